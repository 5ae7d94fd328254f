"""Paracetamol across all products that hold it: taken in any 24 hours, and what the list allows; never added up."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from clinical.medication.doses import DailySeries
from clinical.medication.facts import Facts, Held, prescribed
from clinical.medication.limits import LIMITS, source, value, whole
from clinical.medication.log import Ints, day_of
from clinical.medication.making import Days, Rule, made, while_listed
from clinical.medication.person import GROUPS, recorded
from clinical.medication.prompts import Input, NotChecked, Prompt
from clinical.medication.series import Amounts, amounts, held, in_24_hours, missing
from clinical.medication.uses import rows_behind

CLASS = "paracetamol"
_GUIDELINE = "UK and US prescribing limit"
_OURS = "Our own check"
_ACROSS = "Summed across every product that holds paracetamol"


def _grams(mg: float) -> str:
    return f"{mg / 1000:.4g} g"


_MOST, _MOST_AT_RISK = _grams(value("paracetamol_max_mg")), _grams(value("paracetamol_risk_mg"))
_LIGHT, _PER_KG = f"{value('paracetamol_low_weight_kg'):g} kg", f"{value('paracetamol_mg_per_kg'):g} mg/kg"
_HOURS = f"{whole('paracetamol_hours')} hours"

_MAX = Rule(
    "paracetamol_max", "high", f"Paracetamol above {_MOST} in {_HOURS}",
    f"More than {_MOST} in any {_HOURS}. {_ACROSS}. {source('paracetamol_max_mg')}",
    LIMITS["paracetamol_max_mg"].evidence, _GUIDELINE,
)  # fmt: skip
_MAX_LISTED = Rule(
    "paracetamol_max_listed", "high", f"The list allows more than {_MOST} of paracetamol a day",
    f"More than {_MOST} a day if every line is taken as often as it says. {_ACROSS}. {source('paracetamol_max_mg')}",
    LIMITS["paracetamol_max_mg"].evidence, _GUIDELINE,
)  # fmt: skip
_RISK = Rule(
    "paracetamol_risk", "medium", f"Paracetamol above {_MOST_AT_RISK} with a risk factor",
    f"More than {_MOST_AT_RISK} in {_HOURS} with a weight under {_LIGHT}, liver disease, an alcohol problem, "
    f"malnutrition or age {whole('paracetamol_risk_age')} or over. {source('paracetamol_risk_mg')}",
    LIMITS["paracetamol_risk_mg"].evidence, _OURS,
)  # fmt: skip
_WEIGHT = Rule(
    "paracetamol_weight", "medium", f"Paracetamol above {_PER_KG}, weight under {_LIGHT}",
    f"More than {_PER_KG} in {_HOURS} under {_LIGHT}. {source('paracetamol_mg_per_kg')}",
    LIMITS["paracetamol_mg_per_kg"].evidence, _OURS,
)  # fmt: skip
_LISTED = {
    _MAX.check: _MAX_LISTED,
    _RISK.check: replace(
        _RISK, check="paracetamol_risk_listed", title=f"The list allows paracetamol above {_MOST_AT_RISK}, risk factor"
    ),
    _WEIGHT.check: replace(
        _WEIGHT, check="paracetamol_weight_listed", title=f"The list allows paracetamol above {_PER_KG}, under {_LIGHT}"
    ),
}
_OFTEN = Rule(
    "paracetamol_often", "info", "Paracetamol on many days for more than three months",
    f"Taken on {whole('paracetamol_days')} days or more in each of the last {whole('months_for_long')} times "
    f"{whole('month_days')} days. {source('paracetamol_days')}",
    LIMITS["paracetamol_days"].evidence, _OURS,
)  # fmt: skip
_RISKS = ("liver_disease", "alcohol_problem", "malnutrition")
SLACK = 0.01
"""Milligrams that rounding may add: what is not above the limit must not look so."""


def paracetamol(facts: Facts) -> tuple[DailySeries, list[Prompt], list[NotChecked]]:
    """The most in any 24 hours day by day, the prompts about it, and what could not be counted."""
    found = amounts(facts.log, held(CLASS))
    series = in_24_hours(facts.log, found, "mg")
    listed = prescribed(facts.listed, CLASS)
    prompts = [*_taken(facts, found, series), *_listed(facts, listed), *_often(facts)]
    not_checked = [NotChecked(_MAX.check, name, f"taken: {why}") for name, why in missing(facts.log, held(CLASS))]
    not_checked += [NotChecked(_MAX_LISTED.check, name, f"on the list: {why}") for name, why in listed.unknown]
    not_checked += _without_times(facts, series)
    not_checked += _person_unknown(facts, series, listed)
    return series, prompts, not_checked


def _limits(facts: Facts) -> list[tuple[Rule, float, str]]:
    """The rules that concern this person, with their limit in mg and what of the person they rest on."""
    found = [(_MAX, value("paracetamol_max_mg"), "")]
    if risks := _risks(facts):
        found.append((_RISK, value("paracetamol_risk_mg"), f"On record: {', '.join(risks)}."))
    kg = facts.person.weight_kg
    if kg is not None and kg < value("paracetamol_low_weight_kg"):
        found.append((_WEIGHT, value("paracetamol_mg_per_kg") * kg, f"On record: weight {kg:g} kg."))
    return found


def _risks(facts: Facts) -> list[str]:
    """What on record lowers the usual limit."""
    person, age = facts.person, facts.person.age(facts.as_of)
    found = [label for group in _RISKS for label in recorded(person, group)]
    if person.weight_kg is not None and person.weight_kg < value("paracetamol_low_weight_kg"):
        found.append(f"weight {person.weight_kg:g} kg")
    if age is not None and age >= value("paracetamol_risk_age"):
        found.append(f"age {age}")
    return found


def _taken(facts: Facts, found: Amounts, series: DailySeries) -> Iterator[Prompt]:
    """A prompt for each rule that any of the last 28 days breaks: it is asked anew on each later day."""
    recent = series.day.astype(np.int64) >= facts.log.since(whole("window_days"))
    for rule, limit, of_person in _limits(facts):
        over = np.flatnonzero(recent & (series.value > limit + SLACK))
        if not len(over):
            continue
        worst = int(over[np.argmax(series.value[over])])
        rows = _rows(facts, found, int(series.day[worst].astype(np.int64)))
        days = series.day[over].astype(np.int64)
        when = Days(day_of(days[0]), day_of(days[-1]), len(over), day_of(days[-1]))
        statement = (
            f"Taken: {_grams(series.value[worst])}{_more(series, worst)} of paracetamol in 24 hours at the most, above "
            f"{_grams(limit)} on "
            f"{len(over)} of the last {whole('window_days')} days.{_how(series, over)} {of_person}"
        )
        yield made(rule, f"{statement.strip()} Review.", _names(facts, recent=True), _inputs(facts, found, rows), when)


def _more(series: DailySeries, at: int) -> str:
    """' (up to 6 g by doses without a time of day)'; '' where every time that matters is known."""
    if series.up_to[at] <= series.value[at] + SLACK:
        return ""
    return f" (up to {_grams(series.up_to[at])} by doses without a time of day)"


def _without_times(facts: Facts, series: DailySeries) -> Iterator[NotChecked]:
    """The rules that 24 hours across two days may break, which nobody can tell without the times of the doses."""
    recent = series.day.astype(np.int64) >= facts.log.since(whole("window_days"))
    for rule, limit, _ in _limits(facts):
        may = np.flatnonzero(recent & (series.up_to > limit + SLACK) & (series.value <= limit + SLACK))
        if len(may):
            most = _grams(float(series.up_to[may].max()))
            yield NotChecked(
                rule.check,
                "paracetamol",
                f"doses without a time of day: 24 hours across two days may hold up to {most}, above {_grams(limit)}, "
                f"ending on {len(may)} of the last {whole('window_days')} days; each calendar day is counted by itself",
            )


def _how(series: DailySeries, over: Ints) -> str:
    """What is not known of those days."""
    said = ""
    if not series.exact_times[over].all():
        said += " Where a time of day is missing, the calendar day's sum is used."
    if not series.complete[over].all():
        said += " Some doses could not be counted: it was at least so much."
    return said


def _rows(facts: Facts, found: Amounts, day: int) -> Ints:
    """The doses of that day and of the 24 hours before its first."""
    days, minutes = facts.log.day[found.row], facts.log.minute[found.row]
    at = days * 1440 + np.maximum(minutes, 0)
    first = at[days == day].min()
    before = (days == day - 1) & (minutes >= 0) & (at > first - 1440)
    return np.flatnonzero((days == day) | before).astype(np.int64)


def _inputs(facts: Facts, found: Amounts, places: Ints) -> list[Input]:
    return [
        facts.log.input(
            int(found.row[place]),
            f"{found.value[place]:g} mg paracetamol" if found.sure[place] else "amount of paracetamol not known",
        )
        for place in places.tolist()
    ]


def _names(facts: Facts, *, recent: bool = False) -> list[str]:
    """The medicines that hold it: in the log of the last 28 days, or on the list."""
    if recent:
        return sorted({kind.drug.name for kind in facts.log.recent_kinds if kind.drug is not None and kind.of(CLASS)})
    return sorted({line.drug.name for line in facts.listed if line.drug is not None and line.drug.of(CLASS)})


def _listed(facts: Facts, listed: Held) -> Iterator[Prompt]:
    """A prompt for each rule that the list breaks when every line is taken as often as it says."""
    more = " at least" if listed.unknown else ""
    said = f"On the list:{more} {_grams(listed.mg)} of paracetamol a day, if every line is taken as often as it says."
    inputs = [line.input for line in listed.lines]
    for rule, limit, of_person in _limits(facts):
        if listed.mg > limit + SLACK:
            above = f" Above {_grams(limit)}. {of_person}" if of_person else ""
            when = while_listed(facts, listed.lines)
            yield made(_LISTED[rule.check], f"{said}{above} Review.", _names(facts), inputs, when)


def _often(facts: Facts) -> Iterator[Prompt]:
    days = facts.log.days([kind.of(CLASS) for kind in facts.log.kinds])
    month, count = whole("month_days"), whole("months_for_long")
    back = (facts.log.since(1) - days) // month
    months = [int((back == each).sum()) for each in range(count)]
    if min(months) < value("paracetamol_days"):
        return
    inside = days[back < count]
    first = day_of(inside[0])
    said = ", ".join(str(each) for each in reversed(months))
    statement = f"Taken on {said} days of the last {count} times {month} days. Review."
    yield made(
        _OFTEN,
        statement,
        ["paracetamol"],
        rows_behind(facts.groups[CLASS], facts.log),
        Days(first, day_of(inside[-1]), len(inside), None),
    )


def _person_unknown(facts: Facts, series: DailySeries, listed: Held) -> Iterator[NotChecked]:
    """What of the person the rules would need, when paracetamol is used at all."""
    recent = (series.day.astype(np.int64) >= facts.log.since(whole("window_days"))).any()
    if not recent and not listed.lines:
        return
    if facts.person.weight_kg is None:
        yield NotChecked(_WEIGHT.check, "", f"the weight is not on record: nothing was checked for under {_LIGHT}")
    if facts.person.birth_date is None:
        age = f"age {whole('paracetamol_risk_age')} or over"
        yield NotChecked(_RISK.check, "", f"the date of birth is not on record: nothing was checked for {age}")
    if unknown := [GROUPS[group].label for group in _RISKS if not _answered(facts, group)]:
        said = "; ".join(unknown)
        yield NotChecked(_RISK.check, "", f"whether there is any is not on record, nothing was checked for: {said}")


def _answered(facts: Facts, group: str) -> bool:
    """Whether it is on record, or was asked and denied: a list of diagnoses without it says nothing."""
    question = GROUPS[group].question
    denied = bool(question) and facts.person.answers.get(question, "").casefold() == "no"
    return denied or bool(recorded(facts.person, group))
