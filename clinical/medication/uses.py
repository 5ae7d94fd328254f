"""Each substance a person is on: by the list, by the log or by both, day by day; and which were there together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from clinical.medication.drugs import Part
from clinical.medication.limits import whole
from clinical.medication.listing import OnList
from clinical.medication.log import Flags, Ints, Log, day_of, number
from clinical.medication.prompts import Input


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One substance in one form: the lines of the list, the places in `log.kinds`, and the days.

    `present` and `taken` one flag a day up to `as_of`; `names` as written; `since_unknown` when a line of the list has
    no start. `long_acting` when every medicine that holds it is.
    """

    part: Part
    names: tuple[str, ...]
    lines: tuple[OnList, ...]
    kinds: tuple[int, ...]
    taken: Flags
    present: Flags
    since_unknown: bool
    long_acting: bool

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
        if self.days_taken:
            where.append(f"taken on {self.days_taken} of the last {whole('window_days')} days")
        name = next(iter(self.names), self.substance)
        called = name if self.substance in name.casefold() else f"{name} ({self.substance})"
        return f"{called}, {' and '.join(where)}" if where else called


def uses(listed: Sequence[OnList], log: Log) -> tuple[Use, ...]:
    """Every recognised substance of the list and of the log, in the order of its name."""
    first = _first_day(listed, log)
    keys: dict[tuple[str, str], Part] = {}
    drugs = [line.drug for line in listed] + [kind.drug for kind in log.kinds]
    for drug in drugs:
        for part in drug.parts if drug is not None else ():
            keys.setdefault((part.substance, part.atc), part)
    return tuple(_use(part, listed, log, first) for _, part in sorted(keys.items()))


def _first_day(listed: Sequence[OnList], log: Log) -> int:
    starts = [number(line.medicine.start) for line in listed if line.medicine.start is not None]
    logged: list[int] = log.day[:1].tolist()
    return min([log.since(whole("window_days")), *starts, *logged])


def _holds(line_or_kind: OnList | object, part: Part) -> bool:
    drug = getattr(line_or_kind, "drug", None)
    return drug is not None and any((p.substance, p.atc) == (part.substance, part.atc) for p in drug.parts)


def _use(part: Part, listed: Sequence[OnList], log: Log, first: int) -> Use:
    lines = tuple(line for line in listed if _holds(line, part))
    kinds = tuple(place for place, kind in enumerate(log.kinds) if _holds(kind, part))
    taken = np.zeros(log.since(1) - first + 1, np.bool_)
    taken[log.day[log.rows([place in kinds for place in range(len(log.kinds))])] - first] = True
    drugs = [line.drug for line in lines] + [log.kinds[place].drug for place in kinds]
    return Use(
        part=replace(part, strength=None, per=""),
        names=_named(lines, kinds, log),
        lines=lines,
        kinds=kinds,
        taken=taken,
        present=present(taken, lines, first),
        since_unknown=any(line.medicine.start is None for line in lines),
        long_acting=all(drug is not None and (drug.long_acting or drug.form == "patch") for drug in drugs),
    )


def present(taken: Flags, lines: Iterable[OnList], first: int) -> Flags:
    """The days on which it was taken or on the list; from the first day on when nobody knows since when."""
    found = taken.copy()
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
    """One of each group, on the same day of the last 28; None when there is no such day."""
    if not groups or not all(groups):
        return None
    held = np.logical_and.reduce([np.logical_or.reduce([use.present for use in group]) for group in groups])
    return _together([use for group in groups for use in group], held, log)


def two_of(group: Sequence[Use], log: Log) -> Together | None:
    """Two different substances of the group on the same day of the last 28; None when there is no such day."""
    distinct: dict[str, Flags] = {}
    for use in group:
        distinct[use.substance] = distinct.get(use.substance, np.zeros_like(use.present)) | use.present
    if len(distinct) < 2:
        return None
    return _together(group, np.sum(list(distinct.values()), axis=0) >= 2, log)


def _together(group: Sequence[Use], held: Flags, log: Log) -> Together | None:
    window = whole("window_days")
    if not held[-window:].any():
        return None
    members = tuple(dict.fromkeys(use for use in group if (use.present & held)[-window:].any()))
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
