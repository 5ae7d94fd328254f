"""Medicines that were logged daily and then missed for days: facts of the log that ask for a look, never a schedule."""

from collections.abc import Iterator

import numpy as np

from clinical.medication.facts import Facts
from clinical.medication.limits import source, whole
from clinical.medication.log import Ints, day_of
from clinical.medication.making import Days, Rule, made
from clinical.medication.prompts import Prompt
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


def stops(facts: Facts) -> Iterator[Prompt]:
    """A prompt for each substance whose daily use broke off in the last 28 days."""
    uses = dict.fromkeys(use for each in _CLASSES for use in facts.groups[each])
    for use in uses:
        found = _stop(facts, use)
        if found is not None:
            yield _prompt(facts, use, *found)


def _stop(facts: Facts, use: Use) -> tuple[int, int, Ints] | None:
    """The first and last day of the latest daily run that broke off, and the days missed since."""
    needed, missed_more = whole("stop_daily_days"), whole("stop_missed_days")
    taken = np.flatnonzero(use.taken) + facts.log.since(1) - len(use.taken) + 1
    if not len(taken):
        return None
    breaks = np.flatnonzero(np.diff(taken) > 1)
    firsts = taken[np.concatenate(([0], breaks + 1))]
    lasts = taken[np.concatenate((breaks, [len(taken) - 1]))]
    nexts = np.concatenate((firsts[1:], [facts.log.since(1) + 1]))
    runs = list(zip(firsts.tolist(), lasts.tolist(), nexts.tolist(), strict=True))
    earliest = facts.log.since(whole("window_days"))
    for first, last, until in reversed([run for run in runs if run[2] > earliest]):
        missed = facts.log.logged[(facts.log.logged > last) & (facts.log.logged < until)]
        long_enough = last - first + 1 >= needed and len(missed) > missed_more
        if long_enough and missed[missed_more] >= earliest:
            return first, last, missed
    return None


def _prompt(facts: Facts, use: Use, first: int, last: int, missed: Ints) -> Prompt:
    again = bool((use.taken[-1:] if last == facts.log.since(1) else use.taken[last - facts.log.since(1) :]).any())
    name = next(iter(use.names), use.substance)
    since = "then taken again" if again else "not logged as taken since"
    statement = (
        f"{name[:1].upper()}{name[1:]}: logged as taken on {last - first + 1} days in a row, then missed on "
        f"{len(missed)} days with other doses in the log, {since}.{_on_list(use)} Review."
    )
    begins = day_of(int(missed[0]))
    when = Days(begins, day_of(int(missed[-1])), len(missed), begins)
    return made(_RULE, statement, [use.substance], rows_behind([use], facts.log), when)


def _on_list(use: Use) -> str:
    return " It is still on the list." if use.lines else " It is not on the list."
