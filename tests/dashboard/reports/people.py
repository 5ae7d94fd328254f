"""Records made by hand for the tests of the page: a full one, an empty one, one entry, undated entries only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from clinical import outcomes
from clinical.body_map import REGION_INDEX, UNMARKED
from clinical.diary import Diary, Period, empty_diary
from clinical.findings import Action, Event, Medicine, Score
from clinical.flares import flares_of, usual_range
from clinical.plan import EMPTY, Formulation, Goal, Plan, PlannedIntervention, Rating
from clinical.red_flags import RED_FLAGS
from clinical.safety import YES, Answer
from dashboard.periods import Periods
from dashboard.reports.record import DoseCount, Record
from dashboard.services.markers import markers
from dashboard.services.timeline import Lane, timeline
from data_access.patients import PatientHead
from data_access.records import AllergyRecord, ConditionRecord, EntryRecord, MarkRecord

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HEAD = PatientHead(1, "opaque01", "FB-00017", "Sample", "Rowan", date(1979, 2, 3), "female", 1, True, 1)
REGIONS = ("b_lumbar_l", "b_lumbar_r", "b_trapezius_l", "f_knee_r")


def days_back(days: int) -> date:
    return TODAY - timedelta(days=days)


def diary(days: int, *, missing: Sequence[int] = ()) -> Diary:
    """Pain 4 every day up to today with a week of 8 that ended three weeks ago; `missing` counts back from today."""
    made = empty_diary(days_back(days - 1), days)
    made.entries[:] = 1
    made.values["pain"][:] = 4
    made.values["pain"][max(days - 28, 0) : max(days - 21, 0)] = 8
    made.values["pain_worst"][:] = made.values["pain"]
    made.values["sleep_hours"][:] = np.where(np.arange(days) % 5 == 0, 4, 7)
    made.values["stress"][:] = 3
    made.has_map[:] = True
    for region in REGIONS:
        made.maps[:, REGION_INDEX[region]] = 4
    for back in missing:
        made.entries[days - 1 - back] = 0
        made.has_map[days - 1 - back] = False
        made.maps[days - 1 - back] = UNMARKED
        for column in made.values.values():
            column[days - 1 - back] = np.nan
    return made


def record(logged: Diary, *, days: int = 84, **parts: object) -> Record:
    """The record of that diary over the last `days` days; `parts` replace what else it holds."""
    now = Period(days_back(days - 1), TODAY)
    periods = Periods(now, now.before(), "3m")
    found = flares_of(logged, TODAY) if len(logged) else []
    scores = [Score(days_back(20), "PHQ-4", 5), Score(days_back(100), "PHQ-4", 7)] if len(logged) else []
    made = Record(
        head=HEAD,
        diary=logged,
        periods=periods,
        flares=found,
        timeline=timeline(logged, now, found, usual=usual_range(logged, found, now.end), as_of=TODAY),
        outcomes=outcomes.outcomes(logged, found, scores, now, periods.before, TODAY),
        scores=scores,
        medicines=[],
        doses={},
        conditions=[],
        allergies=[],
        plan=EMPTY,
        owners={},
        recent=[],
        undated=[],
        as_of=TODAY,
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def plan() -> Plan:
    """What matters in their words, one goal rated twice, one treatment that goes on and one that was stopped."""
    goal = Goal(
        "Walk to school", "minutes", 5, 20, "min", days_back(-28), attainment=-1, baseline_attainment=-2,
        made=days_back(90), goal_id=1,
    )  # fmt: skip
    pacing = PlannedIntervention(
        "pacing", amount="10 min on, 5 off", start=days_back(60), status="active", response="Easier days."
    )
    needles = PlannedIntervention(
        "acupuncture", amount="six sessions", start=days_back(200), end=days_back(140), status="stopped",
        why_stopped="no benefit",
    )  # fmt: skip
    return Plan(
        Formulation(matters="I want to be the one who picks her up."),
        (goal,),
        (needles, pacing, PlannedIntervention("cbt")),
        (Action("Pacing plan review", due=days_back(10), discipline="physiotherapy", owner_user_id=1),),
        (Rating(1, -1, days_back(5), "", "M. Physio", NOW, 1),),
    )


def full(days: int = 84) -> Record:
    """Months of logs, medicines taken and stopped, a plan."""
    logged = diary(max(400, days), missing=(40, 41, 42, 60))
    duloxetine = Medicine("Duloxetine", start=days_back(60), dose=60, unit="mg", frequency="once daily")
    stopped = Medicine("Amitriptyline", days_back(300), days_back(62), dose=10, unit="mg", reason_stopped="drowsiness")
    tramadol = Medicine("Tramadol", days_back(200), as_needed=True, dose=50, unit="mg")
    plain = record(logged, days=days)
    lane = Lane("Duloxetine", "60 mg", False, ((days_back(60), TODAY, 1.0),), np.ones(len(plain.timeline), np.float32))
    happened = markers([Event(days_back(70), "visit", "Visit")], [duloxetine, stopped], [], [], plain.flares)
    return replace(
        plain,
        timeline=replace(plain.timeline, lanes=(lane,), markers=happened),
        medicines=[duloxetine, stopped, tramadol],
        doses={"Duloxetine": DoseCount(58, 2), "Ibuprofen": DoseCount(3, 0)},
        conditions=[ConditionRecord("Fibromyalgia", onset_day=date(2021, 3, 3)), ConditionRecord("Migraine")],
        allergies=[AllergyRecord("Codeine", reaction="rash", criticality="high")],
        plan=plan(),
        owners={1: "M. Physio"},
        recent=[EntryRecord(TODAY, marks=(MarkRecord("b_lumbar_l", 4, ("aching", "stiff")),))],
    )


def empty() -> Record:
    """A patient of whom nothing is known but the name."""
    return record(empty_diary(date(1970, 1, 1)))


def one_entry() -> Record:
    """A patient with one entry, twelve days ago, without a map."""
    logged = empty_diary(days_back(12), 1)
    logged.entries[0] = 1
    logged.values["pain"][0] = logged.values["pain_worst"][0] = 6
    return record(logged)


def undated_only() -> Record:
    """A patient all of whose entries came without a date."""
    return replace(empty(), undated=[EntryRecord(None, pain=5.0), EntryRecord(None, pain=7.0, marks=())])


HOSTILE = (
    '#panic("x") #import "@preview/x:1.0.0" *bold* $x^2$ \\ `raw` @ref <label> [a](http://x) '
    '#image("http://x/y.png") <script>alert(1)</script> ]]> & "quoted" \x00\u202e😀漢字'
)


def hostile() -> Record:
    """Markup, control characters and endless words in every place that holds text, and every red flag open."""
    head = replace(HEAD, record_number="../../etc #x", family_name="N" * 120, given_name=HOSTILE[:120], synthetic=False)
    medicines = [
        Medicine(f"{HOSTILE[:180]} {number} mg tablet", frequency=HOSTILE[:120], start=days_back(9))
        for number in range(30)
    ]
    scores = [Score(day, f"{HOSTILE[:60]} {n}", n, unit=HOSTILE[:30]) for n in range(12) for day in (None, TODAY)]
    scores.append(Score(TODAY, "PHQ-9", 20, (2.0,) * 9))
    return replace(
        full(),
        head=head,
        medicines=medicines,
        scores=scores,
        conditions=[ConditionRecord((HOSTILE * 3)[:300])] * 14,
        plan=Plan(
            Formulation(matters=HOSTILE * 20),
            (Goal((HOSTILE * 3)[:400]),) * 9,
            (PlannedIntervention("pacing", amount=HOSTILE[:200], response=(HOSTILE * 3)[:400], status="active"),) * 9,
            (Action((HOSTILE * 3)[:400]),) * 9,
            (),
        ),
        allergies=[AllergyRecord(HOSTILE, reaction=HOSTILE)] * 9,
        answers=[Answer(flag, YES, TODAY, HOSTILE, HOSTILE, NOW, 0) for flag in RED_FLAGS],
    )
