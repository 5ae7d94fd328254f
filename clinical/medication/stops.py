"""Medicines that were logged daily and then missed for days: facts of the log that ask for a look, never a schedule."""

import numpy as np

from clinical.medication.facts import Facts
from clinical.medication.limits import source, whole
from clinical.medication.log import Flags, Ints, day_of
from clinical.medication.making import Days, Rule, made
from clinical.medication.prompts import NotChecked, Prompt
from clinical.medication.uses import Use, rows_behind

_CLASSES = ("snri", "gabapentinoid", "benzodiazepine", "opioid")
_RULE = Rule(
    "abrupt_stop",
    "medium",
    "Missed after daily use",
    f"An SNRI, gabapentinoid, benzodiazepine or opioid logged as taken on {whole('stop_daily_days')} days in a row or "
    f"more, then missed on more than {whole('stop_missed_days')} days on which doses were logged. Days without "
    "any dose in the log are not counted as missed. "
    f"{source('stop_missed_days')}",
    "P",
    "Our own check",
)


def stops(facts: Facts) -> tuple[list[Prompt], list[NotChecked]]:
    """A prompt for each substance whose daily use broke off in the last 28 days; and where nobody logged since."""
    prompts: list[Prompt] = []
    unknown: list[NotChecked] = []
    for use in dict.fromkeys(use for each in _CLASSES for use in facts.groups[each]):
        found = _stop(facts, use)
        if found is not None:
            prompts.append(_prompt(facts, use, *found))
        elif why := _nothing_since(facts, use):
            unknown.append(NotChecked(_RULE.check, next(iter(use.names), use.substance), why))
    return prompts, unknown


def _runs(facts: Facts, use: Use) -> list[tuple[int, int, int]]:
    """First and last day of each run of days on which it was taken or worn, and the first day of the next one."""
    taken = np.flatnonzero(use.working) + facts.log.since(1) - len(use.working) + 1
    if not len(taken):
        return []
    breaks = np.flatnonzero(np.diff(taken) > 1)
    firsts = taken[np.concatenate(([0], breaks + 1))]
    lasts = taken[np.concatenate((breaks, [len(taken) - 1]))]
    nexts = np.concatenate((firsts[1:], [facts.log.since(1) + 1]))
    return list(zip(firsts.tolist(), lasts.tolist(), nexts.tolist(), strict=True))


def _stop(facts: Facts, use: Use) -> tuple[int, int, Ints] | None:
    """The first and last day of the latest daily run that broke off, and the days missed since."""
    needed, missed_more = whole("stop_daily_days"), whole("stop_missed_days")
    earliest = facts.log.since(whole("window_days"))
    for first, last, until in reversed([run for run in _runs(facts, use) if run[2] > earliest]):
        missed = facts.log.logged[(facts.log.logged > last) & (facts.log.logged < until)]
        long_enough = last - first + 1 >= needed and len(missed) > missed_more
        if long_enough and missed[missed_more] >= earliest:
            return first, last, missed
    return None


def _nothing_since(facts: Facts, use: Use) -> str:
    """That daily use ended and too few days were logged since to call it missed; '' when that is not so."""
    runs = _runs(facts, use)
    if not runs:
        return ""
    first, last, _ = runs[-1]
    recent = last >= facts.log.since(whole("window_days"))
    if not recent or last - first + 1 < whole("stop_daily_days"):
        return ""
    latest = max(last, int(facts.log.logged[-1]))
    if facts.log.since(1) - latest <= whole("stop_missed_days"):
        return ""
    day = day_of(latest)
    return f"logged daily before, and nothing logged since {day.day} {day:%b %Y}: days without any log are not known"


def _prompt(facts: Facts, use: Use, first: int, last: int, missed: Ints) -> Prompt:
    again = bool(_after(use.working, facts.log.since(1) - last).any())
    name = next(iter(use.names), use.substance)
    worn = " or worn" if _worn(use) else ""
    since = "then taken again" if again else "not logged as taken since"
    statement = (
        f"{name[:1].upper()}{name[1:]}: logged as taken{worn} on {last - first + 1} days in a row, then missed on "
        f"{len(missed)} days with other doses in the log, {since}.{_on_list(use)} Review."
    )
    begins = day_of(int(missed[0]))
    when = Days(begins, day_of(int(missed[-1])), len(missed), begins)
    return made(_RULE, statement, [use.substance], rows_behind([use], facts.log), when)


def _after(flags: Flags, days: int) -> Flags:
    """The flags of the last so many days."""
    return flags[len(flags) - days :]


def _worn(use: Use) -> bool:
    return bool((use.working & ~use.taken).any())


def _on_list(use: Use) -> str:
    return " It is still on the list." if use.lines else " It is not on the list."
