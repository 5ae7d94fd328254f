"""MME of the list and of the log against the thresholds of three guidelines, each under its own name."""

from collections.abc import Iterable, Iterator

import numpy as np

from clinical.medication.doses import DailySeries
from clinical.medication.facts import Facts
from clinical.medication.limits import whole
from clinical.medication.log import Floats, Ints, day_of
from clinical.medication.making import LEVEL, Days, Rule, made, while_listed
from clinical.medication.mme import DailyDose, MmeResult, daily_mme
from clinical.medication.prompts import Input, NotChecked, Prompt
from clinical.medication.series import Amounts, amounts, by_day, missing, mme_of
from clinical.reviewed import Row, cited, mark, rows

_THRESHOLDS = sorted(rows("mme_thresholds"), key=lambda row: float(row["at"]))
_NEVER = "For awareness of risk only: the factors must not be used to choose a dose of another opioid"


def mme_prescribed(facts: Facts) -> MmeResult:
    """MME of the list, if every line is taken as often as it says."""
    return daily_mme([line.daily for line in facts.listed if line.drug is not None and line.drug.of("opioid")])


def mme_on(facts: Facts, day: int) -> MmeResult:
    """MME of what was logged as taken on that day, with a patch put on up to two days before."""
    return daily_mme([_dose(facts, row) for row in _rows_on(facts, day)])


def _rows_on(facts: Facts, day: int) -> list[int]:
    """The doses of opioids that count on that day."""
    log = facts.log
    shares = [mme_of(kind) for kind in log.kinds]
    rows_ = log.rows([share is not None for share in shares])
    patch = np.array([share is not None and share.patch for share in shares], np.bool_)[log.kind[rows_]]
    days = log.day[rows_]
    worn = patch & (days <= day) & (days > day - whole("patch_hours_days"))
    return [int(row) for row in rows_[(days == day) | worn]]


def _dose(facts: Facts, row: int) -> DailyDose:
    kind, dose = facts.log.kinds[facts.log.kind[row]], float(facts.log.dose[row])
    return DailyDose(kind.medicine, None if np.isnan(dose) else dose, kind.unit, 1, kind.route, kind.atc)


def opioids_taken(facts: Facts) -> tuple[DailySeries, Amounts]:
    """MME of each day on which an opioid was logged as taken."""
    found = amounts(facts.log, mme_of)
    return by_day(facts.log, found, "MME"), found


def thresholds(facts: Facts, series: DailySeries, listed: MmeResult) -> tuple[list[Prompt], list[NotChecked]]:
    """Prompts of the highest threshold that is reached, by the log and by the list; what could not be computed."""
    unknown = [NotChecked("mme", name, f"taken: {why}") for name, why in missing(facts.log, mme_of)]
    unknown += [NotChecked("mme", each.medicine, f"on the list: {each.why}") for each in listed.cannot_compute]
    return [*_taken(facts, series), *_listed(facts, listed)], unknown


def _rank(mme: Floats) -> Ints:
    """How many of the thresholds each amount reaches."""
    reached = np.zeros(len(mme), np.int64)
    for row in _THRESHOLDS:
        reached += mme >= float(row["at"]) if row["inclusive"] == "yes" else mme > float(row["at"])
    return reached


def _reached(mme: float) -> list[Row]:
    """The thresholds that amount reaches, lowest first."""
    return _THRESHOLDS[: int(_rank(np.array([mme]))[0])]


def _rule(reached: list[Row], *, on_list: bool) -> Rule:
    row = reached[-1]
    where = " on the list" if on_list else " taken"
    return Rule(
        check=f"{row['check']}_listed" if on_list else row["check"],
        level=LEVEL[row["level"]],
        title=f"Opioids{where}: {'from' if row['inclusive'] == 'yes' else 'above'} {row['at']} MME a day",
        basis=f"{'; '.join(cited(each) for each in reached)}. {_NEVER}",
        evidence=mark(row),
        guideline=row["guideline"],
    )


def _said(reached: list[Row]) -> str:
    return f"Reached: {'; '.join(row['says'] for row in reached)}."


def _taken(facts: Facts, series: DailySeries) -> Iterator[Prompt]:
    first = facts.log.since(whole("window_days"))
    recent = np.flatnonzero(series.day.astype(np.int64) >= first)
    if not len(recent):
        return
    worst = int(recent[np.argmax(series.value[recent])])
    reached = _reached(float(series.value[worst]))
    if not reached:
        return
    day = int(series.day[worst].astype(np.int64))
    result = mme_on(facts, day)
    at_least = "at least " if not series.complete[worst] else ""
    days = series.day[_rank(series.value) >= len(reached)].astype(np.int64)
    count = int((days >= first).sum())
    statement = (
        f"Taken: {at_least}{series.value[worst]:g} MME on the highest of the last {whole('window_days')} days, "
        f"at this threshold on {count} of them. {_said(reached)} Review."
    )
    spell = day_of(_spell(days))
    when = Days(spell, day_of(days[-1]), count, spell)
    yield made(_rule(reached, on_list=False), statement, _names(result), _day_inputs(facts, day), when)


def _spell(days: Ints) -> int:
    breaks = np.flatnonzero(np.diff(days) > whole("together_gap_days"))
    return int(days[breaks[-1] + 1] if len(breaks) else days[0])


def _names(result: MmeResult) -> list[str]:
    return sorted({part.opioid for part in result.parts})


def _factors(result: MmeResult) -> list[str]:
    """The arithmetic of each opioid, every factor shown."""
    return [f"{p.amount:g} {p.unit} {p.opioid} x {p.factor:g} = {p.mme:g} MME" for p in result.parts]


def _day_inputs(facts: Facts, day: int) -> Iterator[Input]:
    for row in _rows_on(facts, day):
        said = "; ".join(_factors(daily_mme([_dose(facts, row)])))
        yield facts.log.input(row, said or "MME not known")


def _listed(facts: Facts, listed: MmeResult) -> Iterator[Prompt]:
    reached = _reached(listed.at_least)
    if not reached:
        return
    lines = [line for line in facts.listed if line.drug is not None and line.drug.of("opioid")]
    at_least = "at least " if listed.cannot_compute else ""
    factors = "; ".join(_factors(listed))
    averaged = any(line.times is not None and line.times.averaged and line.count for line in lines)
    more = " An average over days: on a day one is taken it can be more." if averaged else ""
    statement = (
        f"On the list: {at_least}{listed.at_least:g} MME a day if every line is taken as often as it says "
        f"({factors}).{more} "
        f"{_said(reached)} Review."
    )
    inputs: Iterable[Input] = (line.input for line in lines)
    yield made(
        _rule(reached, on_list=True),
        statement,
        _names(listed),
        inputs,
        while_listed(facts, lines),
    )
