"""Facts of the Medication page: as-needed use, analgesic days, opioids, paracetamol, medicines beside activity."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from clinical import reviewed
from clinical.diary import Period
from clinical.medication import AnalgesicDays, DailySeries, MmePart, MmeResult, TakenWith
from clinical.medication.limits import LIMITS
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.medication_facts import CAUTION
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import (
    NO_DATA,
    day,
    listed,
    number,
    plainly,
    sentence_case,
    several,
    span,
)
from dashboard.services.medication_course import Line
from dashboard.services.medication_review import MedicationView
from dashboard.services.medication_use import FEWEST_LOGGED, USE_DAYS, Use

HEADING = "Prescribed and taken, in numbers"
_MOST = LIMITS["paracetamol_max_mg"]
PARACETAMOL_LINES = (Line(_MOST.value / 1000, f"{_MOST.value / 1000:g} g limit"),)
_WHOSE = {"mme_50": "CDC 2022", "mme_90": "US 2016", "mme_120": "UK"}
_THRESHOLDS = reviewed.rows("mme_thresholds")
OPIOID_LINES = tuple(
    Line(float(row["at"]), f"{row['at']} {_WHOSE.get(row['check'], row['guideline'])}") for row in _THRESHOLDS
)
LINES = {"paracetamol": PARACETAMOL_LINES, "mme": OPIOID_LINES}


def facts(view: MedicationView) -> tuple[Fact, ...]:
    """As-needed use, analgesic days, opioids, paracetamol, and medicines beside activity; each with its evidence."""
    painkillers = [_analgesics(view, group) for group in view.review.analgesic_days]
    found = [_as_needed(view), *painkillers, _paracetamol(view), _opioids(view), _activity(view)]
    return tuple(fact for fact in found if fact is not None)


def _as_needed(view: MedicationView) -> Fact | None:
    """Days with an as-needed medicine per 28 logged days, each by itself."""
    if not view.use:
        return None
    now, was = view.use[0], view.use_before[0]
    known = now.per_28 is not None
    value = f"{now.medicine} {_per_28(now)}{_was(now, was)}" if known else "Too few logged days"
    others = [f"{each.medicine} {_per_28(each)}" for each in view.use[1:]]
    counted = f"{_of_logged(now)}, {span(view.periods.now)}"
    needed = f"{several(now.logged, 'logged day')} of the {FEWEST_LOGGED} it takes, {span(view.periods.now)}"
    detail = "; ".join([counted, *others[:3]]) if known else needed
    pairs = zip(view.use, view.use_before, strict=True)
    inputs = "; ".join(f"{each.medicine}: {_of_logged(each)}, before {_of_logged(past)}" for each, past in pairs)
    rows = (
        (
            "Rule",
            f"Days with a dose per {USE_DAYS} logged days, from {FEWEST_LOGGED} logged days on; a day counts once [P].",
        ),
        ("Inputs", inputs),
        ("Dates", f"{span(view.periods.now)}; before: {span(view.periods.before)}"),
        ("Rests on", f"{several(now.logged, 'logged day')}; before: {was.logged:,}"),
    )
    return Fact(
        f"As needed, days per {USE_DAYS} logged",
        sentence_case(value),
        detail,
        Evidence("As-needed use", rows, CAUTION),
        known,
    )


def _of_logged(use: Use) -> str:
    return f"{use.days:,} of {several(use.logged, 'logged day')}"


def _per_28(use: Use) -> str:
    return NO_DATA if use.per_28 is None else number(use.per_28)


def _was(now: Use, was: Use) -> str:
    return f", was {_per_28(was)}" if now.per_28 is not None and was.per_28 is not None else ""


def _opioids(view: MedicationView) -> Fact | None:
    """MME of the list as it stands, and the highest day that was logged; nothing where no opioid is on either."""
    on_list, highest = view.review.mme.prescribed, peak(view.review.mme.taken, view.last_28)
    logged = bool(_inside(view.review.mme.taken, view.last_28).any())
    if not on_list.parts and not on_list.cannot_compute and not logged and not view.mme_received:
        return None
    known = on_list.value is not None
    value = _prescribed(view)
    taken = f"taken: {_highest(view, highest)}" if highest else _none_counted(logged)
    rows = (
        (
            "Rule",
            f"Dose a day × CDC 2022 factor, summed; as often as the list allows. {_NEVER_CONVERT}",
        ),
        ("Thresholds", "; ".join(f"{row['says']} {reviewed.cited(row)}" for row in _THRESHOLDS)),
        ("On the list", "; ".join(_part(part) for part in on_list.parts) or "none that could be computed"),
        ("Not computed", "; ".join(f"{each.medicine}: {each.why}" for each in on_list.cannot_compute) or "none"),
        ("Taken", f"{taken}; {_days_of(view.review.mme.taken, view.last_28)}"),
        ("Came in with the record", _received(view) or "none"),
        ("Dates", f"list as of {day(view.as_of, view.as_of)}; taken {span(view.last_28)}"),
        ("Rests on", f"{view.logged_28} of {USE_DAYS} days logged"),
    )
    detail = "; ".join(part for part in (_received(view), taken, _not_known(view)) if part)
    told = known or bool(view.mme_received)  # what is on record is not to be overlooked in pale letters
    return Fact("Opioids", value, sentence_case(detail), Evidence("Opioids in MME", rows, CAUTION), told)


def _prescribed(view: MedicationView) -> str:
    """What the list comes to: at most, on average, or at least where something on it is not counted."""
    found = view.review.mme.prescribed
    if not found.parts and not found.cannot_compute:
        return "No opioid on the list"
    if found.value is None:
        return _at_least(found)
    mme = f"{plainly(found.value)} MME a day {view.review.mme.whose}"
    if any(line.drug is None for line in view.review.on_list):
        return f"At least {mme}"
    # A patch is worn every day, however seldom it is changed.
    pieces = {part.medicine for part in found.parts if part.unit != "ug/h"}
    spread = [line for line in view.review.on_list if line.medicine.name in pieces]
    averaged = any(line.times is not None and line.times.averaged for line in spread)
    return f"{mme}, on average" if averaged else f"At most {mme}"


def _not_known(view: MedicationView) -> str:
    """'2 medicines not recognised', which may be opioids; '' where there are none."""
    names = view.review.unrecognised
    return f"{several(len(names), 'medicine')} not recognised" if names else ""


def _highest(view: MedicationView, highest: tuple[date, float]) -> str:
    """'at least 120 MME, up to 180, 22 Nov, the highest day': plain where every dose of the period is counted."""
    series = view.review.mme.taken
    least = "" if _whole(series, view.last_28) and not view.review.unrecognised else "at least "
    return (
        f"{least}{plainly(highest[1])} MME{_up_to(series, view, 1, '')}, {day(highest[0], view.as_of)}, the highest day"
    )


def _whole(series: DailySeries, period: Period) -> bool:
    """Whether every dose of the period could be counted, and it is clear how much counts at once."""
    inside = _inside(series, period)
    return bool((series.complete & (series.up_to <= series.value))[inside].all())


def _up_to(series: DailySeries, view: MedicationView, unit: float, name: str) -> str:
    """', up to 180': what it may be on any day of the period beyond what is sure; '' when that is clear."""
    inside = _inside(series, view.last_28)
    most, sure = float(series.up_to[inside].max()), float(series.value[inside].max())
    return f", up to {plainly(most / unit)}{name}" if most > sure else ""


def _received(view: MedicationView) -> str:
    """'on record, not computed here: 220, 190 MME a day, no date', of the latest day; '' where there is none."""
    if not view.mme_received:
        return ""
    latest = max((score.day for score in view.mme_received if score.day is not None), default=None)
    said = {score.score for score in view.mme_received if score.day == latest and score.score is not None}
    amounts = ", ".join(plainly(amount) for amount in sorted(said, reverse=True)[:3])
    return f"on record, not computed here: {amounts} MME a day, {day(latest, view.as_of)}"


def _none_counted(logged: bool) -> str:
    return "taken, but not to be computed" if logged else "none logged as taken"


_NEVER_CONVERT = "MME tells risk only: the factors must not be used to choose a dose of another opioid (CDC 2022)."


def _at_least(found: MmeResult) -> str:
    if not found.at_least:
        return "MME cannot be computed"
    if found.up_to > found.at_least:
        return f"At least {plainly(found.at_least)} MME, up to {plainly(found.up_to)}: number of patches not clear"
    return f"At least {plainly(found.at_least)} MME, {several(len(found.names), 'medicine')} not wholly counted"


def _part(part: MmePart) -> str:
    """'tramadol 200 mg a day × 0.2 = 40'."""
    unit = part.unit if part.unit == "ug/h" else f"{part.unit} a day"
    return f"{part.medicine}: {plainly(part.amount)} {unit} × {part.factor:g} = {plainly(part.mme)}"


def _named(lines: Sequence[Line]) -> str:
    return "thresholds: " + ", ".join(line.says for line in lines)


def peak(series: DailySeries, period: Period) -> tuple[date, float] | None:
    """The latest of the highest days of the period with its amount; None where nothing was counted."""
    inside = _inside(series, period) & (series.value > 0)
    if not inside.any():
        return None
    value = float(series.value[inside].max())
    return series.day[inside & (series.value == value)][-1].astype(object), value


def _inside(series: DailySeries, period: Period) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (series.day >= np.datetime64(period.start)) & (series.day <= np.datetime64(period.end))
    return found


def _days_of(series: DailySeries, period: Period) -> str:
    """'12 days with a dose, 2 of them not wholly counted'."""
    inside = _inside(series, period)
    short = int((inside & ~series.complete).sum())
    missing = f", {short} of them not wholly counted" if short else ""
    return f"{several(int(inside.sum()), 'day')} with a dose{missing}"


def _paracetamol(view: MedicationView) -> Fact | None:
    """The most that was logged within 24 hours, across all products; nothing where none was logged."""
    period = view.last_28
    if not _inside(view.review.paracetamol, period).any():
        return None
    highest = peak(view.review.paracetamol, period)
    series = view.review.paracetamol
    least = "" if _whole(series, period) else "At least "
    grams = f"{least}{number(highest[1] / 1000, 1, 'g')}" if highest else ""
    value = f"{grams} on {day(highest[0], view.as_of)}" if highest else "Amount not known"
    rows = (
        ("Rule", f"Most within any 24 hours, all products added up; {_named(PARACETAMOL_LINES)}. {_WITHOUT_TIMES}"),
        ("Inputs", f"{_days_of(series, period)}{_up_to(series, view, 1000, ' g by doses without a time')}"),
        ("Dates", span(period)),
        ("Rests on", f"{view.logged_28} of {USE_DAYS} days logged"),
    )
    most = _up_to(series, view, 1000, " g")
    detail = f"most in 24 h{most}, last {USE_DAYS} days · {PARACETAMOL_LINES[0].says}"
    return Fact("Paracetamol taken", value, detail, Evidence("Paracetamol", rows, CAUTION), highest is not None)


_WITHOUT_TIMES = (
    "Doses without a time of day are counted to their calendar day: 24 hours across two days may then hold more."
)


def _analgesics(view: MedicationView, counted: AnalgesicDays) -> Fact:
    """Days of the last 28 with a painkiller of that group, and of the months before."""
    name = f"Days in 28 with {counted.label}"
    before = ", ".join(str(days) for days in counted.months[1:])
    rows = (
        ("Rule", f"Days with any of them; ICHD-3 counts from {counted.threshold} a month. {counted.rule}"),
        ("Careful", counted.caveat),
        ("Inputs", listed(list(counted.medicines), 9) or "none in the last 28 days"),
        ("Dates", f"{span(view.last_28)}; each 28 days before it: {before or 'not known'}"),
        ("Rests on", f"{counted.days_logged} of {USE_DAYS} days with a dose logged; other days are not known"),
    )
    reached = f" · reaches {counted.threshold}" if counted.reached else f" · below {counted.threshold}"
    value = f"{several(counted.days, 'day')}{reached}"
    return Fact(name, value, f"months before: {before}", Evidence("Analgesic days", rows, CAUTION))


def _activity(view: MedicationView) -> Fact | None:
    """How often a medicine and being active fell on one day: it does not say that one helped the other."""
    found = view.review.taken_with
    if not found:
        return None
    told = [each for each in found if each.days_answered] or list(found)
    first = told[0]
    known = first.days_answered > 0
    value = (
        f"{first.medicine}: active on {first.days_active} of {several(first.days_answered, 'day')}"
        if known
        else "Not answered"
    )
    others = [f"{each.medicine} {each.days_active} of {each.days_answered}" for each in told[1:] if each.days_answered]
    rows = (
        ("Rule", _ACTIVITY_RULE),
        ("Inputs", "; ".join(_with(each) for each in found)),
        ("Dates", span(view.last_28)),
        ("Rests on", f"{several(first.days_answered, 'day')} that say what else was used"),
    )
    detail = listed(others, 2) or "days a medicine was taken and activity was answered"
    return Fact("Medicine beside activity", sentence_case(value), detail, Evidence(_ENABLER, rows, CAUTION), known)


_ENABLER = "Medicine as an enabler of activity"
_ACTIVITY_RULE = (
    f"Days of the last {USE_DAYS} on which the medicine was logged as taken, and of those that answered what else was "
    "used: days with exercise, walking, stretching, swimming, pacing or warm water. They fell on one day: which came "
    "first, or helped the other, is not said [P]."
)


def _with(each: TakenWith) -> str:
    """'paracetamol: taken on 19 days, answered on 12, active on 4, anything else on 6 (heat 5, walking 4)'."""
    codes = ", ".join(f"{code.replace('_', ' ')} {days}" for code, days in each.codes[:6])
    told = f"taken on {several(each.days_taken, 'day')}, answered on {each.days_answered}, active on {each.days_active}"
    return f"{each.medicine}: {told}, anything else on {each.days_with}{f' ({codes})' if codes else ''}"
