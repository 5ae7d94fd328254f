"""The Summary page: every state, the map modes and the way back from a region, nothing sent that is not needed."""

import json
from datetime import timedelta

from sqlalchemy import Engine

from data_access.access import User
from tests.conftest import AS_OF
from tests.pages.opening import charts, drawn, everything_shown, link, page, person


def test_one_screen_holds_sentences_outcomes_map_timeline_and_tiles(clinic: Engine, physician: User) -> None:
    opened = page("summary.py", physician, p=link(clinic, "FB-00002"), period="3m")
    assert not opened.exception
    (top,) = drawn(opened, "summary_top")
    assert 3 <= len(top["sentences"]) <= 7
    assert len(top["outcomes"]) == 3
    assert [row["name"].split(" · ")[0] for row in top["bands"]["rows"]] == ["now", "before"]
    assert all(row["name"].endswith(" d") for row in top["bands"]["rows"])
    assert len(drawn(opened, "body_map")) == len(drawn(opened, "day_tiles")) == len(charts(opened)) == 1


def test_every_statement_carries_its_rule_dates_and_days(clinic: Engine, physician: User) -> None:
    (top,) = drawn(page("summary.py", physician, p=link(clinic, "FB-00002"), period="3m"), "summary_top")
    for sentence in top["sentences"]:
        assert {"Rule", "Inputs", "Dates", "Rests on"} <= {label for label, _ in sentence["evidence"]["rows"]}
    flares = next(dict(s["evidence"]["rows"]) for s in top["sentences"] if "flare day" in s["parts"][1][1])
    assert "usual pain" in flares["Flare from 17 Nov"]
    assert "the patient said: flare" in flares["Flare from 17 Nov"]
    assert {"Threshold", "Short nights"} <= flares.keys()
    for outcome in top["outcomes"]:
        assert "Rule" in {label for label, _ in outcome["evidence"]["rows"]}


def test_the_switch_says_what_happened_since_the_plan_and_each_line_has_its_evidence(
    clinic: Engine, physician: User
) -> None:
    (top,) = drawn(page("summary.py", physician, p=link(clinic, "FB-00002"), period="3m"), "summary_top")
    plan = top["plan"]
    assert plan["heading"] == "Since the plan"
    assert 1 <= len(plan["lines"]) <= 6
    for line in plan["lines"]:
        assert line["title"] and line["said"]
        assert {"Agreed", "Stands"} <= {label for label, _ in line["evidence"]["rows"]}


def test_a_map_mode_changes_the_map(clinic: Engine, physician: User) -> None:
    opened = page("summary.py", physician, p=link(clinic, "FB-00002"), period="3m")
    assert drawn(opened, "body_map")[0]["title"] == "Typical pain"
    opened.button_group(key="summary_map_mode").set_value("how_often").run()
    assert drawn(opened, "body_map")[0]["title"] == "How often it hurt"


def test_the_first_summary_of_ten_years_is_far_below_two_megabytes(clinic: Engine, physician: User) -> None:
    opened = page("summary.py", physician, p=link(clinic, "FB-00001"), period="all")
    assert len(json.dumps(charts(opened))) < 120_000
    assert sum(len(node.proto.json) for node in opened.get("bidi_component")) < 100_000


def test_who_never_logged_is_told_what_to_do(clinic: Engine, physician: User) -> None:
    opened = page("summary.py", physician, p=link(clinic, "FB-00010"))
    assert not opened.exception
    assert opened.subheader[0].value == "Nothing logged yet"
    assert charts(opened) == []
    assert drawn(opened, "summary_top")[0]["outcomes"] == []


def test_one_entry_starts_with_the_latest_map_and_compares_nothing(clinic: Engine, physician: User) -> None:
    opened = page("summary.py", physician, p=link(clinic, "FB-00009"), period="4w")
    assert not opened.exception
    assert drawn(opened, "body_map")[0]["title"] == "Latest map"
    (top,) = drawn(opened, "summary_top")
    assert top["outcomes"][0]["words"].startswith("no diary before")
    assert [part["label"] for part in top["bands"]["rows"][0]["parts"]] == ["1 day: moderate"]


def test_days_without_an_entry_offer_all_days(clinic: Engine, physician: User) -> None:
    last = AS_OF - timedelta(days=10)
    opened = page("summary.py", physician, p=link(clinic, "FB-00007"), period="custom", days=f"{last}_{AS_OF}")
    assert opened.subheader[0].value == "No diary entry in this period"
    opened.button(key="summary_show_all").click().run()
    assert not opened.exception
    assert len(charts(opened)) == 1


def test_another_teams_patient_is_not_shown(clinic: Engine) -> None:
    stranger = person(clinic, role="auditor")
    opened = page("summary.py", stranger, p=link(clinic, "FB-00002"))
    assert "Imagined" not in everything_shown(opened)
    assert charts(opened) == []
