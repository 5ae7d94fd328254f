"""The Flares and patterns page: episodes, the chosen one, verdicts, and every state."""

import re
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.presenters.notes import moment
from dashboard.presenters.words import escaped
from data_access import flares
from data_access.access import User
from data_access.engine import writing
from data_access.flares import Verdict
from data_access.records import EntryRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import ago, stored
from tests.pages.opening import drawn, everything_shown, head, link, page, person

FILE, RECORD = "flares.py", "FLARES-1"


@pytest.fixture
def flaring(clinic: Engine) -> str:
    """The link of somebody in a flare for ten days, with one of a week six weeks ago."""
    bad = [*range(10), *range(40, 47)]
    entries = tuple(EntryRecord(ago(days), pain=8.0 if days in bad else 2.0 + days % 2) for days in range(120))
    return stored(clinic, *entries, record=RECORD).link_id


def rows(opened: AppTest) -> list[dict[str, Any]]:
    (table,) = drawn(opened, "flares_table")
    return list(table["rows"])


def test_one_screen_says_how_many_flares_and_what_stood_around_the_latest(physician: User, flaring: str) -> None:
    opened = page(FILE, physician, p=flaring, period="3m")
    assert not opened.exception
    lead, detail = drawn(opened, "pain_map_reading")[:2]
    assert "Two flares; 17 of 91 logged days in a flare or spike" in lead["lead"]["text"]
    assert "in a flare today, day 10" in lead["lead"]["text"]
    assert [row["cells"][0] for row in rows(opened)] == ["Flare since 13 Nov", "Flare 7 Oct – 13 Oct"]
    assert [row["chosen"] for row in rows(opened)] == [True, False]
    assert detail["heading"] == "Flare since 13 Nov, day 10"
    assert len(opened.get("plotly_chart")) == 1


def test_every_statement_is_one_click_from_its_rule_and_its_days(physician: User, flaring: str) -> None:
    opened = page(FILE, physician, p=flaring, period="3m")
    lead, detail = drawn(opened, "pain_map_reading")[:2]
    below = [fact for section in drawn(opened, "pain_map_reading")[2:] for fact in section["facts"]]
    for said in (lead["lead"], *detail["facts"], *below):
        assert {"Rule", "Inputs", "Dates", "Rests on"} <= {label for label, _ in said["evidence"]["rows"]}


def test_a_flare_that_was_an_infection_is_struck_out_and_every_number_follows(
    clinic: Engine, physician: User, flaring: str
) -> None:
    page(FILE, physician, p=flaring, period="3m")
    verdict = Verdict(ago(9), "not_a_flare", "infection: sinusitis", None, None, physician.user_id, NOW)
    with writing(clinic) as conn:
        flares.give_verdict(conn, head(clinic, RECORD).patient_id, verdict)
    again = page(FILE, physician, p=flaring, period="3m")
    assert rows(again)[0]["counts"] is False
    assert rows(again)[0]["cells"][-1] == "Not a flare (infection)"
    assert "One flare; 7 of 91" in drawn(again, "pain_map_reading")[0]["lead"]["text"]
    assert any("sinusitis" in said.value for said in again.markdown)
    offered = {button.key for button in again.button}
    assert "flares_confirm" in offered
    assert "flares_dismiss" not in offered


def test_a_coordinator_reads_and_gives_no_verdict(clinic: Engine, flaring: str) -> None:
    opened = page(FILE, person(clinic, role="coordinator"), p=flaring, period="3m")
    assert not opened.exception
    assert rows(opened)
    assert "flares_confirm" not in {button.key for button in opened.button}


def test_a_coordinator_reads_who_judged_when_and_what(clinic: Engine, physician: User, flaring: str) -> None:
    verdict = Verdict(ago(9), "not_a_flare", "infection: sinusitis", None, None, physician.user_id, NOW)
    with writing(clinic) as conn:
        flares.give_verdict(conn, head(clinic, RECORD).patient_id, verdict)
    opened = page(FILE, person(clinic, role="coordinator"), p=flaring, period="3m")
    (said,) = (text.value for text in opened.markdown if "sinusitis" in text.value)
    assert said.startswith("Not a flare")
    assert physician.name in said
    assert escaped(moment(NOW)) in said


def test_a_period_without_an_episode_says_what_that_rests_on(physician: User, flaring: str) -> None:
    opened = page(FILE, physician, p=flaring, period="custom", days=f"{ago(30)}_{ago(15)}")
    assert not opened.exception
    assert drawn(opened, "flares_table") == []
    assert any("No episode in these days: 16 of 16 days logged" in said.value for said in opened.caption)


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        (None, "Nothing logged yet"),
        (EntryRecord(None, pain=3.0, source_key="undated"), "No day with a date"),
        (EntryRecord(ago(100), pain=3.0), "No diary entry in this period"),
    ],
)
def test_without_days_to_show_it_says_why(
    clinic: Engine, physician: User, entry: EntryRecord | None, title: str
) -> None:
    link = stored(clinic, *([entry] if entry else []), record="S-1").link_id
    opened = page(FILE, physician, p=link, period="4w")
    assert not opened.exception
    assert opened.subheader[0].value == title


def test_recurrence_associations_and_change_cards_stand_below(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00002"), period="3m")
    headings = [section["heading"] for section in drawn(opened, "pain_map_reading")[2:]]
    assert [re.split("[:,]", heading)[0] for heading in headings] == [
        "How flares come back",
        "What pain went with",
        "The other way round",
        "Before and after each change of treatment",
    ]


def test_a_few_days_alone_are_too_few_for_a_usual_level(clinic: Engine, physician: User) -> None:
    link = stored(clinic, EntryRecord(AS_OF, pain=9.0), record="S-1").link_id
    opened = page(FILE, physician, p=link, period="4w")
    assert not opened.exception
    assert "too few logged days" in drawn(opened, "pain_map_reading")[0]["lead"]["text"]


def test_another_teams_patient_is_not_shown(clinic: Engine, flaring: str) -> None:
    opened = page(FILE, person(clinic, role="auditor"), p=flaring)
    assert "Mapped" not in everything_shown(opened)
    assert drawn(opened, "flares_table") == []


def test_ten_years_stay_light(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00001"), period="all")
    assert not opened.exception
    assert sum(len(node.proto.json) for node in opened.get("bidi_component")) < 100_000
