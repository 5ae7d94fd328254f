"""Each substance a person is on: by the list, by the log or by both, day by day; and which were there together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import numpy as np

from clinical.medication.drugs import Drug, Part
from clinical.medication.limits import whole
from clinical.medication.listing import OnList
from clinical.medication.log import Flags, Ints, Log, day_of, number
from clinical.medication.mme import works_for
from clinical.medication.prompts import Input

_DAY = 1440


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One substance in one form: the lines of the list, the places in `log.kinds`, and the days.

    One flag a day up to `as_of`: `taken`; `working`, taken or still worn as a patch; `present`, working or on the list.
    `first_at` and `last_at` the minutes of the first and last timed dose of each day (-1: none with a time). `names` as
    written; `since_unknown` when a line of the list has no start.
    """

    part: Part
    names: tuple[str, ...]
    lines: tuple[OnList, ...]
    kinds: tuple[int, ...]
    taken: Flags
    working: Flags
    present: Flags
    first_at: Ints
    last_at: Ints
    since_unknown: bool

    @property
    def substance(self) -> str:
        """Its name in the definitions."""
        return self.part.substance

    @property
    def days_taken(self) -> int:
        """Days of the last 28 on which it was logged as taken."""
        return int(self.taken[-whole("window_days") :].sum())

    @property
    def said(self) -> str:
        """Its name and where it is from: on the list, in the log, or both."""
        where = ["on the list"] if self.lines else []
        window = whole("window_days")
        worn = int(self.working[-window:].sum())
        if worn > self.days_taken:
            where.append(f"a patch counted as worn on {worn} of the last {window} days")
        elif self.days_taken:
            where.append(f"taken on {self.days_taken} of the last {window} days")
        name = next(iter(self.names), self.substance)
        called = name if self.substance in name.casefold() else f"{name} ({self.substance})"
        return f"{called}, {' and '.join(where)}" if where else called


def uses(listed: Sequence[OnList], log: Log, only: Callable[[Drug], bool] = bool) -> tuple[Use, ...]:
    """Every recognised substance of the list and of the log, in the order of its name; `only` of such medicines."""
    first = _first_day(listed, log)
    lines = [line for line in listed if line.drug is not None and only(line.drug)]
    kinds = [place for place, kind in enumerate(log.kinds) if kind.drug is not None and only(kind.drug)]
    keys: dict[tuple[str, str], Part] = {}
    for drug in (*(line.drug for line in lines), *(log.kinds[place].drug for place in kinds)):
        for part in drug.parts if drug is not None else ():
            keys.setdefault((part.substance, part.atc), part)
    return tuple(_use(part, lines, kinds, log, first) for _, part in sorted(keys.items()))


def _first_day(listed: Sequence[OnList], log: Log) -> int:
    starts = [number(line.medicine.start) for line in listed if line.medicine.start is not None]
    logged: list[int] = log.day[:1].tolist()
    return min([log.since(whole("window_days")), *starts, *logged])


def _holds(line_or_kind: OnList | object, part: Part) -> bool:
    drug = getattr(line_or_kind, "drug", None)
    return drug is not None and any((p.substance, p.atc) == (part.substance, part.atc) for p in drug.parts)


def _use(part: Part, listed: Sequence[OnList], of: Sequence[int], log: Log, first: int) -> Use:
    lines = tuple(line for line in listed if _holds(line, part))
    kinds = tuple(place for place in of if _holds(log.kinds[place], part))
    rows = log.rows([place in kinds for place in range(len(log.kinds))])
    taken = np.zeros(log.since(1) - first + 1, np.bool_)
    taken[log.day[rows] - first] = True
    working = taken | _worn(part, kinds, log, first)
    first_at, last_at = _minutes(rows, log, first)
    return Use(
        part=replace(part, strength=None, per=""),
        names=_named(lines, kinds, log),
        lines=lines,
        kinds=kinds,
        taken=taken,
        working=working,
        present=present(working, lines, first),
        first_at=first_at,
        last_at=last_at,
        since_unknown=any(line.medicine.start is None for line in lines),
    )


def _worn(part: Part, kinds: Sequence[int], log: Log, first: int) -> Flags:
    """The days on which a patch of that opioid may be worn, as for MME: from the day it is put on until it is due."""
    worn = np.zeros(log.since(1) - first + 1, np.bool_)
    for place in kinds if part.of("opioid") else ():
        kind = log.kinds[place]
        if kind.drug is None or not (days := works_for(kind.drug, kind.unit, kind.route)):
            continue
        rows = log.rows([each == place for each in range(len(log.kinds))])
        on = log.day[rows] - first
        last = on + days - (log.minute[rows] == 0)
        for later in range(days + 1):
            worn[(on + later)[(on + later <= last) & (on + later < len(worn))]] = True
    return worn


def _minutes(rows: Ints, log: Log, first: int) -> tuple[Ints, Ints]:
    """The minutes of the first and of the last dose of each day that has a time; -1 where none has."""
    size = log.since(1) - first + 1
    earliest, latest = np.full(size, _DAY, np.int64), np.full(size, -1, np.int64)
    timed = rows[log.minute[rows] >= 0]
    np.minimum.at(earliest, log.day[timed] - first, log.minute[timed])
    np.maximum.at(latest, log.day[timed] - first, log.minute[timed])
    return np.where(latest < 0, -1, earliest), latest


def present(working: Flags, lines: Iterable[OnList], first: int) -> Flags:
    """The days on which it was working or on the list; from the first day on when nobody knows since when."""
    found = working.copy()
    for line in lines:
        start = line.medicine.start
        found[0 if start is None else number(start) - first :] = True
    return found


def _named(lines: Iterable[OnList], kinds: Iterable[int], log: Log) -> tuple[str, ...]:
    """Names as written, of the list first, each once whatever its capitals."""
    names = [line.medicine.name for line in lines] + [log.kinds[place].medicine for place in kinds]
    return tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Together:
    """Substances that were there on the same days: `first_day` of this spell (None: not known) to `latest_day`.

    `days_logged`: days of the last 28 on which any of them was logged as taken.
    """

    members: tuple[Use, ...]
    first_day: date | None
    latest_day: date
    days_logged: int


def all_of(groups: Sequence[Sequence[Use]], log: Log) -> Together | None:
    """One of each group, on the same day of the last 28, two groups also within 24 hours; None when there is none."""
    if not groups or not all(groups):
        return None
    held = np.logical_and.reduce([np.logical_or.reduce([use.present for use in group]) for group in groups])
    pairs = [(one, other) for one in groups[0] for other in groups[1]] if len(groups) == 2 else []
    return _together([use for group in groups for use in group], held, pairs, log)


def two_of(group: Sequence[Use], log: Log, *, one_day: bool = False) -> Together | None:
    """Two different substances of the group on the same day of the last 28, or within 24 hours unless `one_day`."""
    distinct: dict[str, Flags] = {}
    for use in group:
        distinct[use.substance] = distinct.get(use.substance, np.zeros_like(use.present)) | use.present
    if len(distinct) < 2:
        return None
    pairs = [pair for pair in combinations(group, 2) if not one_day and pair[0].substance != pair[1].substance]
    return _together(group, np.sum(list(distinct.values()), axis=0) >= 2, pairs, log)


def _across(one: Use, other: Use) -> Flags:
    """The days with a dose of one less than 24 hours after a dose of the other the day before; both with a time."""
    found = np.zeros_like(one.present)
    for before, after in ((one, other), (other, one)):
        found[1:] |= (after.first_at[1:] >= 0) & (before.last_at[:-1] > after.first_at[1:])
    return found


def _apart(one: Use, other: Use) -> Flags:
    """The days after a day with a dose of the other, where a time is missing: nobody knows how far apart they were."""
    found = np.zeros_like(one.present)
    for before, after in ((one, other), (other, one)):
        timed = (after.first_at[1:] >= 0) & (before.last_at[:-1] >= 0)
        found[1:] |= after.taken[1:] & before.taken[:-1] & ~timed
    return found


def not_compared(pairs: Iterable[tuple[Use, Use]]) -> tuple[str, ...]:
    """The substances of those pairs that were taken on neighbouring days of the last 28 without a time of day."""
    window = whole("window_days")
    apart = [pair for pair in pairs if pair[0].substance != pair[1].substance and _apart(*pair)[-window:].any()]
    return tuple(sorted({use.substance for pair in apart for use in pair}))


def _together(group: Sequence[Use], same_day: Flags, pairs: Iterable[tuple[Use, Use]], log: Log) -> Together | None:
    held, involved = same_day.copy(), {use: use.present & same_day for use in group}
    for pair in pairs:
        crossed = _across(*pair)
        held |= crossed
        for use in pair:
            involved[use] |= crossed
    window = whole("window_days")
    if not held[-window:].any():
        return None
    members = tuple(use for use, days in involved.items() if days[-window:].any())
    days = np.flatnonzero(held)
    offset = log.since(1) - len(held) + 1
    begins = _spell(days)
    since_unknown = begins == 0 and any(use.since_unknown and use.present[0] for use in members)
    logged = np.logical_or.reduce([use.taken for use in members])[-window:]
    return Together(
        members=members,
        first_day=None if since_unknown else day_of(begins + offset),
        latest_day=day_of(int(days[-1]) + offset),
        days_logged=int(logged.sum()),
    )


def _spell(days: Ints) -> int:
    """The first of the days that are not more than 28 apart from the last on."""
    breaks = np.flatnonzero(np.diff(days) > whole("together_gap_days"))
    return int(days[breaks[-1] + 1] if len(breaks) else days[0])


def rows_behind(members: Iterable[Use], log: Log) -> tuple[Input, ...]:
    """What a statement about those substances rests on: their lines of the list, and the latest dose of each."""
    found: dict[Input, None] = {}
    for use in members:
        for line in use.lines:
            found[line.input] = None
        rows = log.rows([place in use.kinds for place in range(len(log.kinds))])
        if len(rows) and log.day[rows[-1]] >= log.since(whole("window_days")):
            found[log.input(int(rows[-1]), "latest dose")] = None
    return tuple(found)
