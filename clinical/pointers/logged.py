"""The log as pointers read it: the maps of the last days with what they say of quality, and the daily answers.

Which region hurts must be known: a map from broader codes is left out before, and only counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import PRESENT, REGIONS, active
from clinical.diary import Diary, Period
from clinical.pointers.facts import Fact, State, limit, whole

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float32]

MOST_DAYS = 112
"""Days up to today that any pointer looks at: four windows of 28."""


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """The days of a window that have a map: `days` (m,), `hurts` bool (m, 74), `strength` 0-10 (m, 74).

    `strength` is 0 where a filled-in map has no mark, NaN where the mark has no intensity.
    """

    days: tuple[date, ...]
    hurts: Flags
    strength: Numbers

    def __len__(self) -> int:
        return len(self.days)

    def rows(self, where: Flags) -> Flags:
        """Which of the days have pain in any of those regions, bool (m,)."""
        found: Flags = np.logical_or.reduce(self.hurts[:, where], axis=1)
        return found

    def such(self, marks: Flags) -> "Maps":
        """The same days with those of their marks alone, bool (m, 74)."""
        return replace(self, hurts=self.hurts & marks)

    def chosen(self, rows: Flags) -> tuple[date, ...]:
        """The days of those rows."""
        return tuple(day for day, taken in zip(self.days, rows.tolist(), strict=True) if taken)

    def regions(self, rows: Flags, among: Flags) -> tuple[str, ...]:
        """The regions among those that hurt on any of those rows."""
        found = np.logical_or.reduce(self.hurts[rows], axis=0) & among
        return tuple(REGIONS[i].region_id for i in np.flatnonzero(found))


@dataclass(frozen=True, slots=True, eq=False)
class Logged:
    """The diary up to `as_of`; `qualities` say, for a name, which marks carry it: bool (days, 74) on the same days.

    `broad`: maps of the last days that were left out, because they come from broader codes.
    """

    diary: Diary
    as_of: date
    qualities: Mapping[str, Flags] = field(default_factory=dict)
    broad: int = 0

    def period(self, days: int, ago: int = 0) -> Period:
        """That many days, the last of them `ago` days before `as_of`."""
        end = self.as_of - timedelta(days=ago)
        return Period(end - timedelta(days=days - 1), end)

    def maps(self, days: int, ago: int = 0) -> Maps:
        """The maps of that window."""
        part = self.diary.during(self.period(days, ago))
        values = part.maps[part.has_map]
        strength = np.where(values <= 10, values, 0).astype(np.float32)
        strength[values == PRESENT] = np.nan
        every = [part.start + timedelta(days=int(i)) for i in np.flatnonzero(part.has_map)]
        return Maps(tuple(every), active(values), strength)

    def quality(self, name: str, days: int) -> Flags:
        """Which marks of the maps of that window carry the quality, as rows of `maps(days)`."""
        held = self.qualities.get(name)
        if held is None:
            held = np.zeros(self.diary.maps.shape, np.bool_)
        part = self.diary.during(self.period(days))
        every = np.zeros((len(part), held.shape[1]), np.bool_)
        ahead = (part.start - self.diary.start).days
        first, last = max(ahead, 0), max(min(ahead + len(part), len(held)), 0)
        every[first - ahead : last - ahead] = held[first:last]
        taken: Flags = every[part.has_map]
        return taken

    def answers(self, column: str, days: int) -> tuple[tuple[date, ...], Numbers]:
        """The days of the window on which that column was answered, and the answers; none for a column not asked."""
        if column not in self.diary.values:
            return (), np.zeros(0, np.float32)
        period = self.period(days)
        values = self.diary.column(column, period)
        given = np.flatnonzero(~np.isnan(values))
        return tuple(period.start + timedelta(days=int(i)) for i in given), values[given]


def flags_of(*parts: str, side: str = "") -> Flags:
    """The regions of those parts ('buttock', 'calf'), front and back, of that side or of all."""
    return np.array([one.region_id[2:-2] in parts and side in ("", one.side) for one in REGIONS], np.bool_)


def too_few(maps: Maps, needed: int, days: int) -> Fact | None:
    """The fact that there are too few days with a map to say anything; None where there are enough."""
    if len(maps) >= needed:
        return None
    return Fact("unknown", "log", f"{len(maps)} of the {needed} days with a map needed in the last {days}")


def marked(logged: Logged, where: Flags) -> Fact:
    """Yes where any of those regions hurt on 3 of the last 28 days; a log cannot say that it never did."""
    days = whole("month_days")
    maps = logged.maps(days)
    fact = on_days(maps, maps.rows(where), where, whole("pattern_days"), days)
    return fact if fact.state == "yes" else fact.but("unknown")


def on_days(maps: Maps, rows: Flags, where: Flags, least: int, days: int) -> Fact:
    """Yes where the rows are as many as needed; no only where there are enough maps to say so."""
    count = int(rows.sum())
    said = f"{count} of {len(maps)} days with a map, last {days} days"
    if count >= least:
        return Fact("yes", "log", said, maps.chosen(rows), maps.regions(rows, where))
    few = too_few(maps, whole("least_map_days"), days)
    return few or Fact("no", "log", said, maps.chosen(rows), maps.regions(rows, where))


def stiffness(logged: Logged) -> Fact:
    """Morning stiffness: the median of the last 14 days against 30 minutes (reference 8.1, diary mapping)."""
    window, needed = whole("stiffness_days"), whole("stiffness_answers")
    days, minutes = logged.answers("stiffness_minutes", window)
    if len(days) < needed:
        return Fact("unknown", "log", f"{len(days)} of the {needed} answers needed in the last {window} days", days)
    median = float(np.median(minutes))
    state: State = "yes" if median > limit("stiffness_minutes") else "no"
    return Fact(state, "log", f"median {median:.0f} min of {len(days)} answers, last {window} days", days)


def woke(logged: Logged) -> Fact:
    """Woken by pain between 02:00 and 06:00 on 3 nights of 14 (not every diary asks that)."""
    window, needed = whole("woke_days"), whole("woke_nights")
    days, answers = logged.answers("woke_from_pain", window)
    nights = tuple(day for day, answer in zip(days, answers.tolist(), strict=True) if answer == 1)
    if not days:
        return Fact("unknown", "log", "the diary does not ask that")
    said = f"{len(nights)} nights of {len(days)} answered, last {window} days"
    if len(nights) >= needed:
        return Fact("yes", "log", said, nights)
    # As many unanswered nights could make it a yes: then it is not known.
    return Fact("no" if len(nights) + window - len(days) < needed else "unknown", "log", said, nights)


def better_after(logged: Logged, column: str) -> Fact:
    """Better (1) after activity or rest, against the same (0) or worse (-1): the majority of 5 answers or more."""
    window, needed = whole("effect_days"), whole("effect_answers")
    days, answers = logged.answers(column, window)
    if not days:
        return Fact("unknown", "log", "the diary does not ask that")
    if len(days) < needed:
        return Fact("unknown", "log", f"{len(days)} of the {needed} answers needed in the last {window} days", days)
    better = int((answers > 0).sum())
    state: State = "yes" if 2 * better > len(days) else "no"
    return Fact(state, "log", f"better {better} of {len(days)} times, last {window} days", days)


def alternating(logged: Logged) -> Fact:
    """Left buttock only and right buttock only, each on 2 days or more of 28 (reference 8.1, diary mapping).

    No only where a buttock hurt on as many days and never so; where none hurt, sides cannot change.
    """
    window, each = whole("alternating_window"), whole("alternating_days_each")
    maps = logged.maps(window)
    left, right = (maps.rows(flags_of("buttock", side=side)) for side in ("left", "right"))
    counts = (int((left & ~right).sum()), int((right & ~left).sum()))
    said = f"left only on {counts[0]}, right only on {counts[1]} of {len(maps)} days with a map, last {window} days"
    either: Flags = left | right
    enough = int(either.sum()) >= 2 * each and len(maps) >= whole("least_map_days")
    state: State = "yes" if min(counts) >= each else "no" if enough else "unknown"
    rows: Flags = left ^ right
    return Fact(state, "log", said, maps.chosen(rows), maps.regions(rows, flags_of("buttock")))


def over_3_months(logged: Logged, where: Flags) -> Fact:
    """Yes where those regions hurt in each of the last four windows of 28 days; a log can never say no to it."""
    windows, length = whole("lasting_windows"), whole("month_days")
    found = [_first_hurt(logged.maps(length, ago=i * length), where) for i in range(windows)]
    days = tuple(day for day in found if day is not None)
    said = f"marked in {len(days)} of the last {windows} windows of {length} days"
    rows = logged.maps(windows * length)
    hurts = rows.rows(where)
    regions = rows.regions(hurts, where)
    return Fact("yes" if len(days) == windows else "unknown", "log", said, tuple(sorted(days)), regions)


def _first_hurt(maps: Maps, where: Flags) -> date | None:
    rows = maps.rows(where)
    return next(iter(maps.chosen(rows)), None)


def median_of(values: Sequence[float] | Numbers) -> float | None:
    """The median of the known values, None where there is none."""
    known = np.asarray(values, np.float32)
    known = known[~np.isnan(known)]
    return float(np.median(known)) if known.size else None
