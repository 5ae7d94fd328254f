"""Answers close prompts until something new happens; impossible doses are refused, unusual ones asked about."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clinical.medication import PromptAnswer, dose_problem, open_prompts
from clinical.medication.drugs import SUBSTANCES
from tests.clinical.medication.made_up import ago, checks, log, prescribed, reviewed


def answer(prompt: str, day: date | None) -> PromptAnswer:
    return PromptAnswer(prompt, day, "accepted", "known and wanted", "Dr Example", datetime(2026, 11, 22, tzinfo=UTC))


def test_a_day_over_a_limit_is_closed_until_the_next_such_day() -> None:
    prompt = checks(reviewed(doses=log((1, "paracetamol", 5000, "mg", ""))))["paracetamol_max"]
    assert open_prompts([prompt], []) == (prompt,)
    assert open_prompts([prompt], [answer(prompt.key, ago(2))]) == (prompt,)
    assert open_prompts([prompt], [answer(prompt.key, ago(2)), answer(prompt.key, ago(1))]) == ()
    assert open_prompts([prompt], [answer("another", ago(1))]) == (prompt,)


def test_what_goes_on_is_answered_once() -> None:
    lines = (prescribed("oxycodone", 5), prescribed("diazepam", 5))
    doses = [(days, name, 5.0, "mg", "") for days in range(3) for name in ("oxycodone", "diazepam")]
    prompt = checks(reviewed(*lines, doses=log(*doses)))["opioid_sedative"]
    assert open_prompts([prompt], [answer(prompt.key, ago(100))]) == ()
    assert open_prompts([prompt], [answer(prompt.key, ago(400))]) == (prompt,)
    without_day = replace(prompt, asks_for=None)
    assert open_prompts([without_day], [answer(prompt.key, None)]) == ()


def test_what_becomes_graver_is_a_new_prompt() -> None:
    less = checks(reviewed(doses=log((1, "morphine", 60, "mg", ""))))["mme_50"]
    more = checks(reviewed(doses=log((1, "morphine", 95, "mg", ""))))["mme_90"]
    assert open_prompts([more], [answer(less.key, ago(0))]) == (more,)
    assert less.key == "mme_50:info:morphine"
    assert len(more.key) <= 200


@pytest.mark.parametrize(
    ("medicine", "dose", "unit", "kind"),
    [
        ("paracetamol", 1000, "mg", None),
        ("paracetamol", 11999, "mg", None),
        ("paracetamol", 12000, "mg", "ask"),
        ("paracetamol", 400_000, "mg", "ask"),
        ("paracetamol", 400_001, "mg", "reject"),
        ("paracetamol", 500, "g", "reject"),
        ("paracetamol 500 mg", 2, "{tablet}", None),
        ("paracetamol 500 mg", 500, "{tablet}", "ask"),
        ("paracetamol 500 mg", 801, "{tablet}", "reject"),
        ("pethidine", 1e9, "mg", "ask"),
        ("pethidine", 150, "mg", None),
        ("fentanyl", 100, "mg", "ask"),
        ("fentanyl", 800, "ug", None),
        ("buprenorphine", 16, "mg", None),
        ("diclofenac gel", 1e6, "g", "ask"),
        ("tramadol", 50, "mg", None),
        ("tramadol", 1201, "mg", "ask"),
        ("tramadol", 25, "ug/h", "reject"),
        ("tramadol", 1, "patch", "reject"),
        ("fentanyl", 25, "ug/h", None),
        ("fentanyl", 151, "ug/h", "ask"),
        ("fentanyl", 5001, "ug/h", "reject"),
        ("fentanyl", 1, "{patch}", None),
        ("diclofenac gel", 2, "{tablet}", "reject"),
        ("diclofenac gel", 4, "g", None),
        ("duloxetine", 60, "wibble", "ask"),
        ("duloxetine", 60, "", None),
        ("duloxetine", -60, "mg", "reject"),
        ("duloxetine", 0, "mg", "reject"),
        ("duloxetine", float("inf"), "mg", "reject"),
        ("duloxetine", None, "mg", None),
        ("wonder pills", 1_000_000, "mg", None),
        ("wonder pills", -1, "mg", "reject"),
        ("co-codamol 30/500", 2, "tablets", None),
    ],
)
def test_doses_that_cannot_be_meant_and_unusual_ones(
    medicine: str, dose: float | None, unit: str, kind: str | None
) -> None:
    found = dose_problem(medicine, "", dose, unit, "")
    assert (found.kind if found else None) == kind
    if found:
        assert not found.what.endswith(".")
        assert not found.why.endswith(".")


@pytest.mark.parametrize(
    ("medicine", "dose", "frequency", "kind", "said"),
    [
        ("tramadol", 300, "four times a day", "ask", "300 mg of tramadol 4 times a day, 1200 mg a day in all"),
        ("tramadol", 299, "four times a day", None, ""),
        ("tramadol", 1200, "four times a day", "ask", "1200 mg of tramadol at once"),
        ("tramadol", 10_001, "four times a day", "reject", "10001 mg of tramadol 4 times a day"),
        ("paracetamol", 9999, "four times a day", "ask", "39996 mg a day in all"),
        ("paracetamol", 1000, "up to four times a day", None, ""),
        ("paracetamol", 9999, "whenever the moon is full", None, ""),
        ("tramadol", 900, "every other day", None, ""),
    ],
)
def test_a_dose_is_looked_at_with_how_often_it_is_taken(
    medicine: str, dose: float, frequency: str, kind: str | None, said: str
) -> None:
    found = dose_problem(medicine, "", dose, "mg", "oral", frequency)
    assert (found.kind if found else None) == kind
    assert said in (found.what if found else "")


def test_a_patch_is_not_multiplied_by_how_often_it_is_changed() -> None:
    assert dose_problem("fentanyl patch", "", 50, "ug/h", "transdermal", "every 72 hours") is None
    assert dose_problem("fentanyl patch", "", 75, "ug/h", "transdermal", "twice a day") is None


def test_no_usual_dose_of_the_list_is_asked_about() -> None:
    for each in SUBSTANCES:
        if each.ceiling is not None:
            assert dose_problem(each.name, each.atc, each.ceiling, each.ceiling_unit, "") is None


def test_why_a_dose_is_asked_about_says_what_it_is_compared_with_and_how_sure_that_is() -> None:
    asked = dose_problem("paracetamol", "N02BE01", 13000, "mg", "oral")
    assert asked is not None
    assert "usual ceiling of a day, 4000 mg (unconfirmed)" in asked.why
    by_ddd = dose_problem("morphine", "N02AA01", 400, "mg", "oral")
    assert by_ddd is not None
    assert "not a dose to give" in by_ddd.why


@pytest.mark.parametrize("added", [ago(0), None])
def test_an_answer_about_a_line_without_a_start_ends_when_another_line_is_added(added: date | None) -> None:
    first = prescribed("fentanyl patch", 25, "ug/h", route="transdermal", start=None)
    more = prescribed("fentanyl patch", 12, "ug/h", route="transdermal", start=added)
    before = checks(reviewed(first))["mme_50_listed"]
    given = answer(before.key, ago(1))
    assert open_prompts([checks(reviewed(first))["mme_50_listed"]], [given]) == ()
    after = checks(reviewed(first, more))["mme_50_listed"]
    assert (after.level, after.medicines) == (before.level, before.medicines)
    assert open_prompts([after], [given]) == (after,)
    known = prescribed("fentanyl patch", 12, "ug/h", route="transdermal", start=ago(30))
    assert open_prompts([checks(reviewed(first, known))["mme_50_listed"]], [answer(before.key, ago(30))]) == ()
