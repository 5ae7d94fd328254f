"""The Medication page in words: the sentence on top, the facts with their evidence, and what the chart shows."""

from collections.abc import Iterable

from dashboard.presenters import medication_prompts as prompts
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map_facts import Lead
from dashboard.presenters.words import (
    counted,
    day,
    escaped,
    listed,
    sentence_case,
    several,
    span,
)
from dashboard.services.medication_review import ListedMedicine, MedicationView
from dashboard.services.medication_use import ON_LIST_NOW, USE_DAYS, Standing

NOTHING = (
    "No medicine on the list, none logged",
    "That says nothing about what the person takes: ask, and put it on the list. A medicine list from another record "
    "can be brought in with the command flareboard import.",
)
NOTHING_DATED = (
    "No medicine with dates and no dose in these days, so there is nothing to draw. The list below has every medicine."
)
CAUTION = "A prompt for a clinician, never a verdict; never a dose to give, a conversion or a plan to reduce."


def lead(view: MedicationView) -> Lead:
    """Open prompts by level, what is taken, and what no check looked at."""
    parts = [_open(view), _taking(view), _logged(view), _in_no_check(view)]
    text = "; ".join(part for part in parts if part)
    rows = (
        ("Rule", _LEAD_RULE),
        ("Inputs", _lead_inputs(view)),
        ("Dates", f"prompts as of {day(view.as_of, view.as_of)}; chart {span(view.periods.now)}"),
        ("Rests on", f"{view.logged_28} of the last {USE_DAYS} days logged"),
    )
    return Lead("Medicines", f"{sentence_case(text)}.", Evidence("Medicines", rows, CAUTION))


_LEAD_RULE = (
    "Open: prompts that no answer covers. What is prescribed counts as the list stands today, what was taken by the "
    f"log of the last {USE_DAYS} days [P]. A dose, unit, route or strength that is missing never counts as safe."
)


def _open(view: MedicationView) -> str:
    done = f", {counted(len(view.answered), '', ' ').strip()} answered" if view.answered else ""
    if not view.open:
        return f"no prompt open{done}"
    return f"{counted(len(view.open), 'prompt')} open ({prompts.by_level(view.open)}){done}"


def _taking(view: MedicationView) -> str:
    now = _names(each for each in view.listed if each.standing in ON_LIST_NOW)
    return f"on the list now: {listed(now, 6)}" if now else "nothing on the list now"


def _logged(view: MedicationView) -> str:
    taken = _names(each for each in view.listed if each.use.days)
    if not taken:
        return f"no dose logged in the last {USE_DAYS} days"
    only = _names(each for each in view.listed if each.use.days and not each.on_list)
    beside = f", {listed(only, 3)} not on the list" if only else ""
    return f"{len(taken)} logged as taken in the last {USE_DAYS} days{beside}"


def _in_no_check(view: MedicationView) -> str:
    names, partly = [_cut(name) for name in view.review.unrecognised], len(view.review.not_checked)
    told = [f"not recognised and in no check: {listed(names, 3)}"] if names else []
    told += [f"{several(partly, 'check')} not possible or not wholly, listed below"] if partly else []
    return "; ".join(told)


def _names(found: Iterable[ListedMedicine]) -> list[str]:
    """What is recognised by its short name, the rest as written; each once."""
    named = (_cut(each.medicine.name) if each.drug is None else each.drug.name for each in found)
    return list({name.casefold(): name for name in named}.values())


def _cut(name: str) -> str:
    """A name that a sentence can hold; the list has it whole."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


_LONGEST_NAME = 48


def _lead_inputs(view: MedicationView) -> str:
    lines = [each.standing for each in view.listed]
    told = [f"{lines.count(standing)} {words}" for standing, words in _STANDINGS.items() if standing in lines]
    return "; ".join([*told, f"{several(len(view.answered), 'prompt')} answered"])


_STANDINGS: dict[Standing, str] = {
    "current": "on the list",
    "undated": "on the list without a first day",
    "logged": "only in the log",
    "planned": "not begun yet",
    "stopped": "stopped",
}


def chart_title(view: MedicationView) -> str:
    """What the chart shows."""
    return f"Upper row prescribed, lower row taken · {span(view.periods.now)}"


def chart_help(view: MedicationView) -> str:
    """How to read the chart."""
    longer = (
        " One column each step: mean of the days taken, totals by their highest day."
        if view.course.timeline.grouped
        else ""
    )
    return (
        "Prescribed: as high as the dose against the largest of its lane, pale as needed. Taken: the day's total "
        "against the largest, as-needed days as ticks, hollow where an amount is not known. Crosses: something taken "
        f"that could not be counted. Shaded: flares; hatched: not logged.{longer}"
    )


def without_lane(view: MedicationView) -> str:
    """The medicines that have no room in the chart, and those whose days lie outside it; '' for none."""
    told = (("Without a lane", list(view.course.left_out)), ("Outside these days or without a day", _outside(view)))
    return " ".join(f"{why}, in the list below: {escaped(listed(names, 12))}." for why, names in told if names)


def _outside(view: MedicationView) -> list[str]:
    """Names of medicines on the list that have no day of the chart, each once."""
    drawn = {name.casefold() for name in (*(lane.medicine for lane in view.course.lanes), *view.course.left_out)}
    names = [_cut(each.medicine.name) for each in view.listed if each.medicine.name.casefold() not in drawn]
    return list({name.casefold(): name for name in names}.values())


def anything_to_draw(view: MedicationView) -> bool:
    """Whether the period holds a medicine with dates, a dose or a relief measure."""
    return bool(view.course.lanes or view.course.relief)


def spoken(view: MedicationView) -> str:
    """The chart for a screen reader; the list below holds the same."""
    lanes = listed([f"{lane.medicine}: taken on {several(lane.days_taken, 'day')}" for lane in view.course.lanes], 12)
    return f"{chart_title(view)}. {lanes}. The list below says the same in words."
