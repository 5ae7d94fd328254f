"""The named cases: people of the first clinic who must exist because a screen or a rule is looked at through them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data_access.demo.traits import MOST_DAYS, OPTIONAL_ANSWERS, Habits, PainTraits, PatientPlan, Pattern, Scripted


@dataclass(frozen=True, slots=True)
class Case:
    """One named case: what it shows, and how it bends what was drawn."""

    code: str
    shows: str
    change: Callable[[PatientPlan], PatientPlan]


_ALL_ANSWERS = frozenset(name for name, _ in OPTIONAL_ANSWERS)
_REGULAR: dict[str, Any] = {"style": "usual", "worse_days": 0.0, "chance": 0.93, "stopped_days_ago": 0, "maps": 0.99}


def _lasting(plan: PatientPlan, days: int) -> PatientPlan:
    return replace(plan, start=plan.end - timedelta(days=days - 1))


def _pain(plan: PatientPlan, **changes: Any) -> PainTraits:
    return replace(plan.pain, **changes)


def _habits(plan: PatientPlan, **changes: Any) -> Habits:
    return replace(plan.habits, **{**_REGULAR, **changes})


def _ten_years(plan: PatientPlan) -> PatientPlan:
    return replace(
        _lasting(plan, MOST_DAYS),
        pattern="widespread",
        extent=-0.2,
        pattern_of=10_060,  # trapezius, shoulders, low back, thighs; with seed 1 about 30,000 marks in ten years
        pain=_pain(plan, usual=4.6, flares_per_90=1.6, variability=0.9, poor_nights=0.75, sleep_effect=-0.2),
        habits=_habits(
            plan, style="faithful", chance=1.0, maps=1.0, second_entries=0.0, answers=_ALL_ANSWERS, hour=20.5,
            regular_doses_days=365,
        ),
    )  # fmt: skip


def _in_flare(plan: PatientPlan) -> PatientPlan:
    script = Scripted(
        quiet_days=45,
        steady_level=True,
        flares=((58, 7, 2.6), (5, 6, 3.2)),
        treatments=(("duloxetine", 63, 0.0), ("tramadol", 200, 0.0), ("pacing", 40, 0.0)),
    )
    return replace(
        _lasting(plan, 420),
        pattern="widespread",
        extent=-0.3,
        pattern_of=10_506,  # neck, trapezius, between the shoulder blades, low back, buttocks; flares reach the thighs
        pain=_pain(
            plan, usual=4.2, variability=0.7, flares_per_90=1.5, poor_nights=1.0, sleep_effect=-0.17, scripted=script
        ),
        habits=_habits(plan, answers=_ALL_ANSWERS, regular_doses_days=120),
    )


def _usual(level: float, variability: float) -> Callable[[PatientPlan], PatientPlan]:
    def change(plan: PatientPlan) -> PatientPlan:
        pain = _pain(
            plan,
            usual=level,
            variability=variability,
            weekday=(0.0,) * 7,
            winter=0.0,
            flares_per_90=1.8,
            sleep_effect=-0.1,
            stress_effect=0.0,
            scripted=Scripted(steady_level=True),
        )
        return replace(_lasting(plan, 300), pain=pain, habits=_habits(plan, answers=_ALL_ANSWERS))

    return change


def _shifting(
    usual: float, variability: float, *shifts: tuple[int, float, int]
) -> Callable[[PatientPlan], PatientPlan]:
    def change(plan: PatientPlan) -> PatientPlan:
        pain = _pain(
            plan,
            usual=usual,
            variability=variability,
            flares_per_90=1.0,
            winter=0.0,
            scripted=Scripted(quiet_days=75, steady_level=True, shifts=shifts),
        )
        return replace(_lasting(plan, 240), pain=pain, habits=_habits(plan))

    return change


def _stopped(plan: PatientPlan) -> PatientPlan:
    pain = _pain(plan, usual=4.4, scripted=Scripted(quiet_days=80, steady_level=True))
    return replace(_lasting(plan, 190), pain=pain, habits=_habits(plan, stopped_days_ago=26))


def _short_and_steady(plan: PatientPlan) -> PatientPlan:
    pain = _pain(
        plan, usual=4.0, variability=0.5, flares_per_90=0.0, scripted=Scripted(quiet_days=30, steady_level=True)
    )
    return replace(_lasting(plan, 30), pattern="upper_back", pain=pain, habits=_habits(plan, chance=0.97))


def _entries_at_most(most: int, started_days_ago: int) -> Callable[[PatientPlan], PatientPlan]:
    def change(plan: PatientPlan) -> PatientPlan:
        return replace(_lasting(plan, started_days_ago + 1), habits=_habits(plan, chance=1.0, entries_at_most=most))

    return change


def _steady(days: int) -> Callable[[PatientPlan], PatientPlan]:
    def change(plan: PatientPlan) -> PatientPlan:
        pain = _pain(plan, variability=0.8, scripted=Scripted(quiet_days=60, steady_level=True))
        return replace(_lasting(plan, days), pain=pain, habits=_habits(plan, regular_doses_days=0))

    return change


def _radiating_left(plan: PatientPlan) -> PatientPlan:
    pain = _pain(plan, usual=5.0, variability=0.8, scripted=Scripted(steady_level=True))
    return replace(_lasting(plan, 260), pattern="radiating_left", pain=pain, habits=_habits(plan, answers=_ALL_ANSWERS))


def _radiating_right(plan: PatientPlan) -> PatientPlan:
    left = _radiating_left(plan)
    return replace(left, pattern="radiating_right", pattern_of=LEFT_SIDED, extent=0.0)


def _treated(what: str, points: float) -> Callable[[PatientPlan], PatientPlan]:
    def change(plan: PatientPlan) -> PatientPlan:
        script = Scripted(steady_level=True, treatments=((what, 130, points),))
        pain = _pain(plan, usual=5.2, variability=0.8, flares_per_90=1.0, winter=0.0, scripted=script)
        return replace(_lasting(plan, 330), pain=pain, habits=_habits(plan, regular_doses_days=200))

    return change


def _twice_a_day(plan: PatientPlan) -> PatientPlan:
    habits = _habits(plan, second_entries=0.8, answers=_ALL_ANSWERS, hour=7.5)
    return replace(_lasting(plan, 200), habits=habits)


def _paracetamol_twice(plan: PatientPlan) -> PatientPlan:
    script = Scripted(
        quiet_days=60,
        steady_level=True,
        treatments=(("paracetamol", 150, 0.0), ("codeine 30 mg + paracetamol 500 mg", 40, 0.0)),
    )
    pain = _pain(plan, usual=5.4, variability=0.8, scripted=script)
    return replace(_lasting(plan, 230), pain=pain, habits=_habits(plan))


def _pattern(pattern: Pattern, days: int) -> Callable[[PatientPlan], PatientPlan]:
    def change(plan: PatientPlan) -> PatientPlan:
        pain = _pain(plan, usual=5.2, variability=0.8, scripted=Scripted(steady_level=True))
        return replace(_lasting(plan, days), pattern=pattern, pain=pain, habits=_habits(plan, answers=_ALL_ANSWERS))

    return change


def _many_medicines(plan: PatientPlan) -> PatientPlan:
    script = Scripted(
        quiet_days=60,
        steady_level=True,
        treatments=(
            ("fentanyl patch", 210, 0.0),
            ("pregabalin", 400, 0.0),
            ("paracetamol", 300, 0.0),
            ("codeine 30 mg + paracetamol 500 mg", 95, 0.0),
            ("Devil's claw capsules", 60, 0.0),
        ),
    )
    pain = _pain(plan, usual=5.8, variability=0.8, scripted=script)
    habits = _habits(plan, answers=_ALL_ANSWERS, regular_doses_days=120)
    person = replace(plan.person, birth_date=date(1961, 5, 14))  # nobody of eighteen is on an opioid patch here
    return replace(_lasting(plan, 260), person=person, pattern="widespread", pain=pain, habits=habits)


def _asked_about(days: int, *medicines: tuple[str, int, float]) -> Callable[[PatientPlan], PatientPlan]:
    def change(plan: PatientPlan) -> PatientPlan:
        script = Scripted(quiet_days=60, steady_level=True, treatments=medicines)
        pain = _pain(plan, usual=5.0, variability=0.8, scripted=script)
        habits = _habits(plan, answers=_ALL_ANSWERS)
        return replace(_lasting(plan, days), pattern="widespread", pain=pain, habits=habits)

    return change


LEFT_SIDED = 13

CASES: dict[int, Case] = {
    1: Case("ten_years", "ten years of daily logs: 3,650 days, about 30,000 marks", _ten_years),
    2: Case("in_flare", "in a flare today, after poor nights; duloxetine and tramadol together", _in_flare),
    3: Case("high", "usual pain 8 to 9, and still has flares", _usual(8.5, 0.6)),
    4: Case("low", "usual pain 1 to 2, and still has flares", _usual(1.5, 0.6)),
    5: Case("improved", "pain down by 30 % or more over the last four weeks", _shifting(5.8, 0.7, (30, -2.6, 3))),
    6: Case(
        "worse",
        "pain up by 30 % or more over the four weeks before, easing in the last days",
        _shifting(3.4, 1.1, (55, 3.0, 40), (12, -1.2, 4)),
    ),
    7: Case("stopped", "stopped logging 26 days ago", _stopped),
    8: Case("short", "steady, with 30 days of data", _short_and_steady),
    9: Case("one_entry", "one entry, 12 days ago", _entries_at_most(1, 12)),
    10: Case("none", "no entry at all", _entries_at_most(0, 0)),
    11: Case("item_nine", "the last PHQ-9 has item 9 above 0", _steady(160)),
    12: Case("overdue", "an open action is overdue", _steady(140)),
    LEFT_SIDED: Case("left_sided", "low back pain radiating down the left leg", _radiating_left),
    14: Case("right_sided", "the mirror image of FB-00013: radiating down the right leg", _radiating_right),
    15: Case("helped", "amitriptyline, started 130 days ago, went with 2 points less", _treated("amitriptyline", -2.0)),
    16: Case("unchanged", "gabapentin, started 130 days ago, changed nothing", _treated("gabapentin", 0.0)),
    17: Case("harmed", "a walking group, started 130 days ago, went with 1.5 points more", _treated("walking", 1.5)),
    18: Case("twice_a_day", "two entries on most days", _twice_a_day),
    19: Case("paracetamol", "paracetamol above 4 g a day across two products", _paracetamol_twice),
    20: Case(
        "whole_back",
        "the article's picture: all of the back, into buttocks and legs, three of five regions",
        _pattern("back_and_legs", 280),
    ),
    21: Case("one_arm", "right shoulder and arm only; passive measures alone on the plan", _pattern("arm_right", 150)),
    22: Case("half_body", "the left half of the body: WPI high, pain not generalised", _pattern("half_body_left", 210)),
    23: Case(
        "many_medicines",
        "an opioid patch with pregabalin, a combination product, an unknown herbal remedy",
        _many_medicines,
    ),
    24: Case(
        "red_flag_open", "a red flag ticked four days ago and still open; criteria assessed twice", _asked_about(220)
    ),
    25: Case(
        "red_flag_closed",
        "a red flag ticked and closed; criteria assessed three times",
        _asked_about(360, ("duloxetine", 250, 0.0), ("tramadol", 180, 0.0)),
    ),
}
"""By number: person 2 is FB-00002."""
