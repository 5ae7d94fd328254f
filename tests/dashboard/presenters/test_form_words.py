"""A form in words: its draft, its answers, and two versions of one thing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboard.presenters import form_words as words
from dashboard.services.form_drafts import Held
from dashboard.services.form_fields import Colleague, FieldSpec, Option, raws

CHARTS = (Option("pain", "Pain"), Option("region", "Pain in one region"))
FIELDS = {
    field.name: field
    for field in (
        FieldSpec("title", "Goal", "text"),
        FieldSpec("target", "Target", "number", unit="min"),
        FieldSpec("status", "Status", "choice", options=(Option("met", "Met"),)),
        FieldSpec("owner", "Owner", "people", people=(Colleague(2, "Milo", "Physiotherapy"),)),
        FieldSpec("confidence", "Confidence", "scale"),
        FieldSpec("level", "Attainment", "level", options=(Option("1", "better than expected"),)),
        FieldSpec("evidence", "Evidence", "evidence", charts=CHARTS, regions=(Option("knee", "Right knee"),)),
    )
}


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("title", "Walk <b>far</b>", "Walk <b>far</b>"),
        ("title", "  ", "Empty"),
        ("target", " 7.5 ", "7.5 min"),
        ("target", "", "Empty"),
        ("status", "met", "Met"),
        ("status", "retired", "retired"),  # a code that is on no list any more
        ("owner", {"id": 2, "name": ""}, "Milo, Physiotherapy"),
        ("owner", {"id": None, "name": "Her sister"}, "Her sister"),
        ("owner", {"id": None, "name": ""}, "Empty"),
        ("confidence", 0, "0 of 10"),
        ("confidence", None, "Empty"),
        ("level", 1, "+1 better than expected"),
        ("level", 0, "0"),
        ("level", -2, "\N{MINUS SIGN}2"),
        (
            "evidence",
            {"start": "1 Nov 2026", "end": "3 Nov 2026", "chart": "region", "region": "knee"},
            "Pain in one region · Right knee · 1 Nov 2026 – 3 Nov 2026",
        ),
        ("evidence", {"start": "", "end": "", "chart": "", "region": ""}, "Empty"),
    ],
)
def test_an_answer_is_said_in_full(name: str, given: Any, said: str) -> None:
    assert words.said(FIELDS[name], given) == said


def test_only_what_differs_is_shown_with_what_was_left_as_it_was() -> None:
    fields = tuple(FIELDS.values())
    began = raws(fields, {"title": "Walk", "target": 10.0, "status": "met", "confidence": 3})
    mine = {**began, "title": "Walk far", "target": "15", "confidence": 3}
    other = {**began, "title": "Walk on", "confidence": 5}
    found = words.differences(fields, mine, other, began)
    assert [(each.label, each.mine, each.theirs, each.as_it_was) for each in found] == [
        ("Goal", "Walk far", "Walk on", ""),
        ("Target", "15 min", "10 min", "theirs"),
        ("Confidence", "3 of 10", "5 of 10", "mine"),
    ]


def test_where_it_is_not_known_what_they_began_from_nothing_is_said_of_it() -> None:
    fields = tuple(FIELDS.values())
    mine, other = raws(fields, {"title": "Walk"}), raws(fields, {"title": "Swim"})
    assert [each.as_it_was for each in words.differences(fields, mine, other, {})] == [""]


def test_a_draft_says_when_it_was_saved_and_the_day_where_that_is_not_today() -> None:
    at = datetime(2026, 11, 22, 12, 3, 22, tzinfo=UTC)
    held = Held({"title": "Walk"}, 4, 1, at)
    today = at.astimezone().date()
    assert words.saved(held, today) == f"Draft saved {at.astimezone():%H:%M:%S}"
    assert words.saved(held, date(2026, 12, 1)) == f"Draft saved 22 Nov 2026, {at.astimezone():%H:%M}"
    assert words.saved(Held(), today) == "What you fill in saves itself as a draft."


def test_a_newer_version_is_told_to_whoever_began_on_an_older_one_only() -> None:
    held = Held({"title": "Walk"}, 4, 1, datetime(2026, 11, 22, tzinfo=UTC))
    assert "A newer version was saved since you began" in words.overtaken(held, 5)
    assert words.overtaken(held, 4) == ""
    assert words.overtaken(Held(), 5) == ""


@pytest.mark.parametrize(("count", "said"), [(0, "Not saved."), (1, "Not saved: look at 1 answer.")])
def test_what_is_wrong_is_counted(count: int, said: str) -> None:
    assert words.look_at(count) == said


def test_whoever_was_quicker_is_named_with_the_moment_as_far_as_known() -> None:
    at = datetime(2026, 11, 22, 12, 3, tzinfo=UTC)
    assert words.theirs("Milo", at) == f"Saved by Milo, 22 Nov 2026, {at.astimezone():%H:%M}"
    assert words.theirs("", None) == "Saved meanwhile"


@pytest.mark.parametrize(
    ("submit", "said"), [("Save goal", "once you save it."), ("Sign and make", "'Sign and make'.")]
)
def test_a_restored_draft_says_by_which_button_it_counts(submit: str, said: str) -> None:
    held = Held({"title": "Walk"}, 1, 1, datetime(2026, 11, 22, 14, 3, tzinfo=UTC))
    assert words.restored(held, submit).endswith(said)
    assert words.restored(Held(), submit) == ""


def test_several_answers_are_said_by_their_words() -> None:
    field = FieldSpec("s", "S", "several", options=(Option("a", "Apples", preset=True), Option("b", "Pears")))
    assert words.said(field, "+b") == "Apples, Pears"
    assert words.said(field, "-a") == words.NOTHING
    assert words.look_at(1, "Not signed") == "Not signed: look at 1 answer."
