"""What must hold for any log: order is irrelevant, more is never less, and what is not known takes nothing away."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.medication import DailyDose, DoseTable, Person, Prompt, Review, daily_mme
from clinical.medication.facts import gather
from clinical.medication.log import read
from clinical.medication.opioids import mme_on, opioids_taken
from clinical.medication.prompts import LEVELS, prompt_key
from tests.clinical.medication.made_up import FIBROMYALGIA, TODAY, Taken, log, prescribed, reviewed

NAMES = (
    "paracetamol", "co-codamol 30/500", "tramadol", "morphine", "fentanyl", "ibuprofen", "naproxen", "aspirin",
    "duloxetine", "sertraline", "pregabalin", "diazepam", "amitriptyline", "mirtazapine", "phenelzine", "omeprazole",
    "sumatriptan", "citalopram", "wonder pills",
)  # fmt: skip
UNITS = ("mg", "g", "{tablet}", "ug/h", "", "wibble")
TIMES = ("", "08:00", "13:30", "23:59")


def dose(units: tuple[str, ...] = UNITS) -> st.SearchStrategy[Taken]:
    amounts = st.one_of(st.none(), st.sampled_from((0.5, 1.0, 25.0, 60.0, 500.0, 2000.0)))
    return st.tuples(
        st.integers(0, 35), st.sampled_from(NAMES), amounts, st.sampled_from(units), st.sampled_from(TIMES)
    )


LOGS = st.lists(dose(), max_size=14)
ADULT = Person(date(1950, 1, 1), "female", 48.0, (FIBROMYALGIA,))
LINES = (prescribed("naproxen", 500), prescribed("sertraline", 100))


def said(found: Review) -> tuple[object, ...]:
    series = (found.paracetamol, found.mme.taken)
    return (
        found.prompts,
        found.unrecognised,
        set(found.not_checked),
        found.analgesic_days,
        *(each.value.tolist() for each in series),
        *(each.complete.tolist() for each in series),
    )


@given(LOGS, st.randoms(use_true_random=False))
def test_the_order_of_doses_makes_no_difference(taken: list[Taken], random: object) -> None:
    shuffled = list(taken)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert said(reviewed(*LINES, doses=log(*taken))) == said(reviewed(*LINES, doses=log(*shuffled)))


@given(LOGS, dose(("", "wibble")))
def test_a_dose_with_an_unknown_unit_never_removes_a_prompt(taken: list[Taken], unknown: Taken) -> None:
    before, after = reviewed(*LINES, doses=log(*taken)), reviewed(*LINES, doses=log(*taken, unknown))
    for prompt in before.prompts:
        # A dose is a dose that was taken whatever its unit: it may end that a medicine was missed, and nothing else.
        assert prompt.check == "abrupt_stop" or any(_still(prompt, other) for other in after.prompts), prompt


def _still(prompt: Prompt, other: Prompt) -> bool:
    """Whether it is there yet, or a graver one names all of its medicines."""
    graver = LEVELS.index(other.level) < LEVELS.index(prompt.level)
    return (graver or other.check == prompt.check) and set(prompt.medicines) <= set(other.medicines)


@given(LOGS, dose())
def test_more_doses_never_lower_a_daily_sum(taken: list[Taken], more: Taken) -> None:
    before, after = reviewed(doses=log(*taken)), reviewed(doses=log(*taken, more))
    for less, greater in ((before.paracetamol, after.paracetamol), (before.mme.taken, after.mme.taken)):
        at = np.searchsorted(greater.day, less.day)
        assert (greater.day[at] == less.day).all()
        assert (greater.value[at] >= less.value - 1e-6).all()


DAILY = st.builds(
    DailyDose,
    st.sampled_from(NAMES),
    st.one_of(st.none(), st.floats(0.1, 1000)),
    st.sampled_from(UNITS),
    st.one_of(st.none(), st.floats(0.1, 6)),
    st.sampled_from(("oral", "transdermal", "")),
)


@given(st.lists(DAILY, max_size=6), DAILY)
def test_mme_of_a_day_only_grows_and_is_whole_only_when_everything_is_known(
    doses: list[DailyDose], more: DailyDose
) -> None:
    less, greater = daily_mme(doses), daily_mme([more, *doses])
    assert greater.at_least >= less.at_least - 1e-3
    assert (less.value is None) == bool(less.cannot_compute)
    assert daily_mme(doses[::-1]) == less
    assert less.value is not None or greater.value is None


WORN = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from(("fentanyl", "Durogesic 25 mcg/h", "Butrans 20 patch", "morphine", "opium drops")),
        st.sampled_from((None, 0.5, 1.0, 2.0, 25.0, 50.0)),
        st.sampled_from(("ug/h", "patch", "mg", "")),
        st.sampled_from(("", "00:00", "10:00")),
    ),
    max_size=8,
)


@given(WORN, st.sampled_from(("", "transdermal", "oral")))
def test_the_course_and_the_table_of_a_day_say_the_same(taken: list[Taken], route: str) -> None:
    facts = gather((), read(log(*taken, route=route), (), TODAY), Person())
    series, _ = opioids_taken(facts)
    for at, day in enumerate(series.day.astype(np.int64).tolist()):
        table = mme_on(facts, day)
        assert (series.value[at], series.up_to[at]) == pytest.approx((table.at_least, table.up_to))
        assert bool(series.complete[at]) == (table.value is not None)


@given(LOGS)
def test_every_prompt_has_a_key_of_its_own_and_shows_what_it_rests_on(taken: list[Taken]) -> None:
    twice = (prescribed("tramadol", 50), prescribed("Tramadol", 100), *LINES)
    found = reviewed(*twice, doses=log(*taken), person=ADULT)
    assert len({prompt.key for prompt in found.prompts}) == len(found.prompts)
    for prompt in found.prompts:
        assert prompt.inputs
        assert prompt.key == prompt_key(prompt.check, prompt.level, prompt.medicines)
        assert prompt.latest_day is None or prompt.latest_day <= found.as_of


def test_a_long_key_is_cut_and_stays_different() -> None:
    many = [f"medicine number {number}" for number in range(30)]
    one, other = (prompt_key("same_class", "medium", [*many, last]) for last in ("zzz", "zzy"))
    assert len(one) == len(other) == 200
    assert one != other


def test_doses_of_nobody_are_not_an_error() -> None:
    empty = log()
    assert isinstance(empty, DoseTable)
    found = reviewed(doses=empty)
    assert (found.prompts, found.not_checked, len(found.paracetamol)) == ((), (), 0)


def test_no_text_suggests_a_dose_a_conversion_or_a_stop() -> None:
    lines = [prescribed(name, 100, frequency="four times a day") for name in NAMES]
    found = reviewed(*lines, doses=log(*((1, name, 100.0, "mg", "08:00") for name in NAMES)))
    assert len(found.prompts) > 10
    words = " ".join(f"{prompt.title} {prompt.statement}" for prompt in found.prompts).casefold()
    for never in ("reduce", "taper", "switch", "convert", "replace", "increase to", "should", "stop"):
        assert never not in words, never
