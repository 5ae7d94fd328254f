"""MME of the list and of the log against the thresholds of three guidelines, each under its own name."""

from collections.abc import Iterable, Iterator

import numpy as np

from clinical.medication.doses import DailySeries
from clinical.medication.facts import Facts
from clinical.medication.limits import whole
from clinical.medication.listing import OnList, counted, whose
from clinical.medication.log import Floats, Ints, day_of
from clinical.medication.making import LEVEL, Days, Rule, made, while_listed
from clinical.medication.mme import HOW_MANY, DailyDose, MmeResult, daily_mme, works_for
from clinical.medication.prompts import Input, NotChecked, Prompt
from clinical.medication.recognising import sounds_like_an_opioid
from clinical.medication.series import Amounts, amounts, by_day, missing, mme_of, rows_worn
from clinical.reviewed import Row, cited, mark, rows

_THRESHOLDS = sorted(rows("mme_thresholds"), key=lambda row: float(row["at"]))
_NEVER = "For awareness of risk only: the factors must not be used to choose a dose of another opioid"


def mme_prescribed(facts: Facts) -> MmeResult:
    """MME of the list, if every line is taken as often as it says."""
    return daily_mme([line.daily for line in counted(facts.listed) if _opioid(line)])


def _opioid(line: OnList) -> bool:
    """Whether it is one, or sounds like one and is not recognised."""
    return line.drug.of("opioid") if line.drug is not None else sounds_like_an_opioid(line.medicine.name)


def mme_on(facts: Facts, day: int) -> MmeResult:
    """MME of what was logged as taken on that day, with the patches that may be worn yet."""
    return daily_mme([_dose(facts, row, day) for row in _rows_on(facts, day)])


def _rows_on(facts: Facts, day: int) -> list[int]:
    """The doses of opioids that count on that day."""
    return [int(row) for row in rows_worn(facts.log, amounts(facts.log, mme_of), day)]


def _beside_unknown(facts: Facts, day: int) -> bool:
    """Whether a medicine nobody recognised was taken on that day: it may be an opioid too."""
    unknown = facts.log.rows([kind.drug is None for kind in facts.log.kinds])
    return bool((facts.log.day[unknown] == day).any())


def _dose(facts: Facts, row: int, day: int) -> DailyDose:
    log = facts.log
    kind, dose, days_on = log.kinds[log.kind[row]], float(log.dose[row]), day - int(log.day[row])
    return DailyDose(kind.medicine, None if np.isnan(dose) else dose, kind.unit, 1, kind.route, kind.atc, days_on)


def opioids_taken(facts: Facts) -> tuple[DailySeries, Amounts]:
    """MME of each day on which an opioid was logged as taken."""
    found = amounts(facts.log, mme_of)
    return by_day(facts.log, found, "MME"), found


def thresholds(facts: Facts, series: DailySeries, listed: MmeResult) -> tuple[list[Prompt], list[NotChecked]]:
    """Prompts of the highest threshold that is reached, by the log and by the list; what could not be computed."""
    unknown = [NotChecked("mme", name, f"taken: {why}") for name, why in missing(facts.log, mme_of)]
    unknown += [NotChecked("mme", name, f"taken: {HOW_MANY}") for name in _overlapping(facts, series)]
    unknown += [NotChecked("mme", each.medicine, f"on the list: {each.why}") for each in listed.cannot_compute]
    return [*_taken(facts, series), *_listed(facts, listed)], unknown


def _overlapping(facts: Facts, series: DailySeries) -> list[str]:
    """The patches of the latest of the last 28 days on which it is not clear how many were worn."""
    days = series.day[series.up_to > series.value].astype(np.int64)
    if not len(days) or days[-1] < facts.log.since(whole("window_days")):
        return []
    return [each.medicine for each in mme_on(facts, int(days[-1])).cannot_compute if each.why == HOW_MANY]


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
    worst = int(recent[np.argmax(series.up_to[recent])])
    reached = _reached(float(series.up_to[worst]))
    if not reached:
        return
    day = int(series.day[worst].astype(np.int64))
    result = mme_on(facts, day)
    days = series.day[_rank(series.up_to) >= len(reached)].astype(np.int64)
    count = int((days >= first).sum())
    amount = _amount(result, whole_=not _beside_unknown(facts, day))
    statement = (
        f"Taken: {amount} on the highest of the last {whole('window_days')} days, "
        f"at this threshold on {count} of them. {_said(reached)} Review."
    )
    spell = day_of(_spell(days))
    when = Days(spell, day_of(days[-1]), count, spell)
    yield made(_rule(reached, on_list=False), statement, _names(result), _day_inputs(facts, day), when)


def _spell(days: Ints) -> int:
    breaks = np.flatnonzero(np.diff(days) > whole("together_gap_days"))
    return int(days[breaks[-1] + 1] if len(breaks) else days[0])


def _amount(result: MmeResult, *, whole_: bool) -> str:
    """'at least 120 MME (180 with every patch that may be worn)'; `whole_`: nothing beside it is not recognised."""
    more = f" ({result.up_to:g} with every patch that may be worn)" if result.up_to > result.at_least else ""
    return f"{'at least ' if result.cannot_compute or not whole_ else ''}{result.at_least:g} MME{more}"


def _names(result: MmeResult) -> list[str]:
    return sorted({part.opioid for part in result.parts})


def _factors(result: MmeResult) -> list[str]:
    """The arithmetic of each opioid, every factor shown."""
    return [f"{p.amount:g} {p.unit} {p.opioid} x {p.factor:g} = {p.mme:g} MME" for p in result.parts]


def _day_inputs(facts: Facts, day: int) -> Iterator[Input]:
    for row in _rows_on(facts, day):
        said = "; ".join(_factors(daily_mme([_dose(facts, row, day)])))
        yield facts.log.input(row, said or "MME not known")


def _patch(line: OnList) -> bool:
    return line.drug is not None and works_for(line.drug, line.medicine.unit, line.medicine.route) > 0


def _listed(facts: Facts, listed: MmeResult) -> Iterator[Prompt]:
    reached = _reached(listed.up_to)
    if not reached:
        return
    lines = [line for line in counted(facts.listed) if _opioid(line)]
    known = all(line.drug is not None for line in facts.listed)
    factors = "; ".join(_factors(listed))
    # A patch is worn every day, however seldom it is changed.
    taken = [line for line in lines if not _patch(line)]
    averaged = any(line.times is not None and line.times.averaged and line.count for line in taken)
    more = " An average over days: on a day one is taken it can be more." if averaged else ""
    more += (
        " Several lines of one product differ: all are counted, check which holds."
        if any(line.rivals for line in lines)
        else ""
    )
    statement = (
        f"On the list, {whose(lines)}: {_amount(listed, whole_=known)} a day "
        f"if every line is taken as often as it says ({factors}).{more} "
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
