"""What a form asks: answers travel as typed, are checked for their kind, and read only when they are submitted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clinical.diary import Period
from clinical.record import Pinned
from dashboard.errors import ExplainedError
from dashboard.services import form_fields
from dashboard.services.form_fields import LONGEST_FORM, Colleague, FieldSpec, Option, Somebody, Value

FIELDS = (
    FieldSpec("title", "Goal", "text", required=True),
    FieldSpec("why", "Why", "long", longest=20),
    FieldSpec("target", "Target", "number", least=0, most=600),
    FieldSpec("due", "Due", "day"),
    FieldSpec("status", "Status", "choice", options=(Option("active", "Active"), Option("met", "Met"))),
    FieldSpec("owner", "Owner", "people", people=(Colleague(1, "Ada"), Colleague(2, "Milo"))),
    FieldSpec("confidence", "Confidence", "scale"),
    FieldSpec("level", "Attainment", "level"),
    FieldSpec(
        "evidence",
        "Evidence",
        "evidence",
        charts=(Option("pain", "Pain"), Option("region", "One region")),
        regions=(Option("f_knee_r", "Right knee"),),
    ),
)
VALUES: dict[str, Value] = {
    "title": "Walk",
    "why": "The garden.\nThe dog.",
    "target": 7.5,
    "due": date(2026, 12, 24),
    "status": "active",
    "owner": Somebody(2, "Milo"),
    "confidence": 0,
    "level": -2,
    "evidence": Pinned(Period(date(2026, 8, 31), date(2026, 11, 22)), "region", "f_knee_r"),
}


def answers(**changed: Any) -> dict[str, Any]:
    return {**form_fields.raws(FIELDS, {"title": "Walk"}), **changed}


def errors(**changed: Any) -> dict[str, str]:
    return form_fields.read(FIELDS, form_fields.cleaned(FIELDS, answers(**changed))).errors


def test_values_come_back_from_their_fields_as_they_went_in() -> None:
    told = form_fields.cleaned(FIELDS, form_fields.raws(FIELDS, VALUES))
    found = form_fields.read(FIELDS, told)
    assert found.errors == {}
    assert found.values == VALUES


def test_what_is_not_answered_is_none_and_never_zero() -> None:
    found = form_fields.read(FIELDS, form_fields.raws(FIELDS, {"title": "Walk"}))
    assert found.errors == {}
    assert [found.values[name] for name in ("target", "due", "owner", "confidence", "level", "evidence")] == [None] * 6
    assert found.values["why"] == ""


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": "  "}, "An answer is needed here."),
        ({"title": "x" * 201}, "201 characters; 200 fit."),
        ({"why": "x" * 21}, "21 characters; 20 fit."),
        ({"target": "many"}, "This is not a number."),
        ({"target": "nan"}, "This is not a number that can be meant."),
        ({"target": "-1"}, "A number from 0 to 600."),
        ({"due": "31 Feb 2026"}, "There is no such day."),
        ({"status": "gone"}, "Choose one of those listed."),
        ({"owner": {"id": 9, "name": "Nobody"}}, "Choose somebody from the list, or write a name."),
        ({"owner": {"id": None, "name": "x" * 161}}, "161 characters; 160 fit."),
        ({"confidence": 11}, "A whole number from 0 to 10."),
        ({"level": -3}, "A whole number from -2 to 2."),
        ({"evidence": {"start": "", "end": "", "chart": "pain", "region": ""}}, "Evidence needs its first day"),
        (
            {"evidence": {"start": "2026-11-02", "end": "2026-11-01", "chart": "pain", "region": ""}},
            "The last day comes before the first.",
        ),
        ({"evidence": {"start": "2026-11-02", "end": "", "chart": "", "region": ""}}, "Choose which chart"),
        ({"evidence": {"start": "2026-11-02", "end": "", "chart": "moon", "region": ""}}, "Choose which chart"),
        ({"evidence": {"start": "2026-11-02", "end": "", "chart": "region", "region": ""}}, "Choose the region."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(changed: dict[str, Any], says: str) -> None:
    found = errors(**changed)
    assert list(found) == list(changed)
    assert found[next(iter(changed))].startswith(says)


@pytest.mark.parametrize(("typed", "read"), [("7", 7.0), ("7,5", 7.5), (" 600 ", 600.0), ("", None)])
def test_a_number_is_read_with_either_decimal_sign(typed: str, read: float | None) -> None:
    assert form_fields.read(FIELDS, answers(target=typed)).values["target"] == read


def test_somebody_without_an_account_is_a_name() -> None:
    found = form_fields.read(FIELDS, answers(owner={"id": None, "name": " Her sister "}))
    assert found.values["owner"] == Somebody(None, "Her sister")


def test_whoever_left_may_go_on_owning_what_they_owned_but_is_given_nothing_new() -> None:
    left = {"id": 9, "name": "Left the clinic"}
    before = form_fields.read(FIELDS, answers(owner=left), start={"owner": Somebody(9, "Left the clinic")})
    assert before.values["owner"] == Somebody(9, "Left the clinic")
    assert "owner" in errors(owner=left)


def test_a_region_is_kept_with_its_chart_only() -> None:
    pinned = {"start": "2026-11-02", "end": "", "chart": "pain", "region": "f_knee_r"}
    day = Period(date(2026, 11, 2), date(2026, 11, 2))
    assert form_fields.read(FIELDS, answers(evidence=pinned)).values["evidence"] == Pinned(day, "pain")


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "title",
        [],
        {"title": "Walk", "patient_id": "1"},
        {"title": 5},
        {"title": ["Walk"]},
        {"target": 7.5},
        {"due": {"$date": 1}},
        {"owner": "Milo"},
        {"owner": {"id": True, "name": "Milo"}},
        {"owner": {"id": "2", "name": "Milo"}},
        {"owner": {"name": "Milo"}},
        {"confidence": "7"},
        {"confidence": True},
        {"confidence": 7.5},
        {"level": [1]},
        {"evidence": {"start": "2026-11-02"}},
        {"evidence": {"start": 1, "end": "", "chart": "", "region": ""}},
    ],
)
def test_a_field_that_was_not_asked_or_an_answer_of_another_kind_is_refused(sent: object) -> None:
    with pytest.raises(ExplainedError, match="something that this form does not ask for"):
        form_fields.cleaned(FIELDS, sent)


def test_control_characters_are_cleaned_and_line_ends_are_of_one_kind() -> None:
    owner = {"id": None, "name": "Her\x1b sister"}
    told = form_fields.cleaned(FIELDS, {"title": "a\x00b\x07", "why": "one\r\ntwo\tthree", "owner": owner})
    assert (told["title"], told["why"]) == ("ab", "one\ntwo\tthree")
    assert told["owner"] == {"id": None, "name": "Her sister"}


def test_more_than_a_form_holds_is_refused_before_anything_else() -> None:
    with pytest.raises(ExplainedError, match="a form holds 250,000"):
        form_fields.cleaned(FIELDS, {"why": "x" * (LONGEST_FORM + 1)})


def test_a_draft_of_an_older_form_stands_as_far_as_it_is_still_asked() -> None:
    kept = {"title": "Walk", "gone": "x", "confidence": "seven", "owner": {"id": 2, "name": "M."}}
    standing = form_fields.standing(FIELDS, kept)
    assert set(standing) == {field.name for field in FIELDS}
    assert (standing["title"], standing["confidence"]) == ("Walk", None)
    assert standing["owner"] == {"id": 2, "name": "Milo"}  # as the list calls them


COLOURS = FieldSpec(
    "colours",
    "Colours",
    "several",
    options=(
        Option("white", "White", fixed=True),
        Option("red", "Red", preset=True),
        Option("blue", "Blue", preset=True),
        Option("green", "Green"),
    ),
)


def chosen(answer: str, field: FieldSpec = COLOURS) -> Value:
    return form_fields.read([field], form_fields.cleaned([field], {"colours": answer})).values["colours"]


def test_of_several_the_preset_ones_are_chosen_until_they_are_taken_out_and_fixed_ones_always() -> None:
    assert chosen("") == ("white", "red", "blue")
    assert chosen("+green|-red") == ("white", "blue", "green")
    assert chosen("-white|+nothing|-") == ("white", "red", "blue")


def test_what_was_put_in_and_taken_out_stays_so_when_something_else_is_preset() -> None:
    other = replace(COLOURS, options=(Option("red", "Red"), Option("blue", "Blue"), Option("green", "G", preset=True)))
    assert chosen("+blue|-red", other) == ("blue", "green")


@pytest.mark.parametrize("answer", ["", "-red", "+green|-blue"])
def test_what_is_chosen_of_several_comes_back_as_the_same_choice(answer: str) -> None:
    again = form_fields.raw(COLOURS, chosen(answer))
    assert chosen(str(again)) == chosen(answer)


def test_of_several_that_are_required_one_is_chosen() -> None:
    bare = replace(COLOURS, options=(Option("red", "Red"),), required=True)
    assert form_fields.read([bare], {"colours": ""}).errors == {"colours": "An answer is needed here."}
