"""The pain map of one patient: 'where does it hurt, and what changed?' as one view model, without a screen.

What is computed is kept by data version, filter and periods, so that a click computes nothing a second time.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from clinical import fibromyalgia, map_difference, maps, spread
from clinical.body_map import PRESENT, REGION_INDEX, REGIONS, UNMARKED, active, area_shares
from clinical.diary import Completeness, Days, Diary, Period, completeness
from clinical.fibromyalgia import WpiEstimate
from clinical.map_difference import DifferenceFacts, MapDifference
from clinical.maps import Mode, RegionMap
from clinical.parts import acr_regions
from clinical.spread import RadiationCount, SpreadCourse
from clinical.thresholds import days as whole
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.services import diaries, history, timeline, work
from dashboard.services.kept import Kept
from dashboard.services.pain_map_faint import FaintMap, filtered, no_typical, wandering
from dashboard.services.timeline import Steps
from data_access import diary
from data_access.patients import PatientHead

State = Literal["full", "never_logged", "undated_only", "nothing_in_period", "no_maps"]
READ = "view pain map"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which marks count: those with any of the qualities and one of the depths; empty asks for nothing."""

    qualities: tuple[str, ...] = ()
    depths: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.qualities or self.depths)


ALL = Filter()
OTHERWISE = 253
"""Packed value, in a step to play, of a region that hurts, but not with the quality or depth asked for."""
QUALITY_WORDS = {"tender_to_touch": "tender to touch"}
"""Where the code does not read by itself."""


def said(chosen: Filter) -> str:
    """'burning or aching, and deep'; '' where nothing is filtered."""
    kinds = " or ".join(QUALITY_WORDS.get(code, code) for code in chosen.qualities)
    return ", and ".join(part for part in (kinds, " or ".join(chosen.depths)) if part)


@dataclass(frozen=True, slots=True)
class Spread:
    """The typical map as a whole: regions drawn, their share of the figure in %, and of the five regions which hurt."""

    regions: int
    area: float
    acr_regions: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PainMapView:
    """All the page shows of one patient in one period; in a state but 'full' there is no map to show.

    `diary` holds the marks that pass `chosen`, `every` all of them; `radiation`, `spots` (entries by spot) and `wpi`
    rest on all marks, the first two without the `broad` maps of the period, whose detail is not known.
    `key` names what the view was made of. `now` and `before` are courses of one step, the whole period.
    """

    key: Hashable
    state: State
    as_of: date
    periods: Periods
    chosen: Filter
    completeness: Completeness
    logged_before: int
    diary: Diary
    every: Diary
    difference: MapDifference
    facts: DifferenceFacts
    typical: Spread
    now: SpreadCourse
    before: SpreadCourse
    course: SpreadCourse
    radiation: RadiationCount
    spots: dict[str, int]
    broad: int
    wpi: WpiEstimate
    undated: int

    @property
    def map_days(self) -> int:
        """Days of the period with a map."""
        return self.difference.days_now

    @property
    def map_days_before(self) -> int:
        """Days of the period compared with that have a map."""
        return self.difference.days_before


_views: Kept[PainMapView] = Kept(64)
_maps: Kept[RegionMap] = Kept(256)
_filtered: Kept[Diary] = Kept(32)
_details: Kept[diary.MarkDetails] = Kept(64)
_frames: Kept["tuple[Step, ...]"] = Kept(16)


def view(viewer: Viewer, head: PatientHead, periods: Periods, chosen: Filter = ALL, *, as_of: date) -> PainMapView:
    """Everything the page shows of that patient and period. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        return of(conn, head, periods, chosen, as_of=as_of)


def of(conn: Connection, head: PatientHead, periods: Periods, chosen: Filter = ALL, *, as_of: date) -> PainMapView:
    """The same, inside a piece of work that was let in already."""
    key = (conn.engine, head.patient_id, head.data_version, chosen, periods.now, periods.before, as_of)
    return _views.get(key, lambda: _view(conn, head, periods, chosen, as_of, key))


def details(viewer: Viewer, head: PatientHead) -> diary.MarkDetails:
    """How many marks carry which quality and depth, over the whole diary. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        key = (conn.engine, head.patient_id, head.data_version)
        return _details.get(key, lambda: diary.mark_details(conn, head.patient_id))


def region_map(shown: PainMapView, mode: Mode) -> RegionMap:
    """The body map of the period in that mode: values 0-10, percent, or points of change."""
    return _maps.get((shown.key, mode), lambda: _shown_map(shown, mode))


def ghosts(shown: PainMapView, mode: Mode) -> tuple[str, ...]:
    """Regions that hurt earlier: typically in the period before; for the latest map, on any day of the period."""
    if mode == "change" or isinstance(region_map(shown, mode), FaintMap):
        return ()  # what the map itself says of the regions it leaves out is worth more
    earlier = region_map(shown, "worst") if mode == "latest" else shown.difference.before
    return tuple(REGIONS[i].region_id for i in np.flatnonzero(_drawn(earlier)))


def region_pain(shown: PainMapView, regions: tuple[str, ...]) -> tuple[Days, Days]:
    """Worst intensity 0-10 of those regions per step of the course, and its 7-day median (NaN for longer steps).

    A day on which they hurt without a number (not rated, or not with what the filter asks for) is a gap, never 0.
    """
    places = [REGION_INDEX[one] for one in regions]
    shows = shown.diary.maps[:, places]
    unknown = active(shown.every.maps[:, places]).any(axis=1) & ~(active(shows) & (shows <= 10)).any(axis=1)
    days = replace(shown.diary, has_map=shown.diary.has_map & ~unknown)
    return timeline.region_pain(days, shown.periods.now, regions)


def no_region_is_typical(shown: PainMapView) -> bool:
    """Whether regions hurt in the period, and none of them on enough days to be typical."""
    return no_typical(shown.difference.now)


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region in both periods: intensities 1-10 (None: none, or no intensity) and days it hurt on."""

    region_id: str
    kind: str
    typical: int | None
    worst: int | None
    days: int
    percent: int
    before: int | None
    days_before: int
    hurts_now: bool  # typically, with or without an intensity
    hurt_before: bool


def rows(shown: PainMapView) -> tuple[RegionRow, ...]:
    """The regions that hurt in either period, strongest first."""
    now, before = shown.difference.now, shown.difference.before
    worst = region_map(shown, "worst")
    often = region_map(shown, "how_often")
    found = np.flatnonzero((now.days_marked > 0) | (before.days_marked > 0))
    made = [_row(shown.difference, worst, often, int(place)) for place in found]
    return tuple(sorted(made, key=lambda row: (-(row.typical or 0), -row.days, -row.days_before)))


def _row(found: MapDifference, worst: RegionMap, often: RegionMap, place: int) -> RegionRow:
    return RegionRow(
        region_id=REGIONS[place].region_id,
        kind=found.kinds[place],
        typical=_whole(found.now, place),
        worst=_whole(worst, place),
        days=int(found.now.days_marked[place]),
        percent=_whole(often, place) or 0,
        before=_whole(found.before, place),
        days_before=int(found.before.days_marked[place]),
        hurts_now=bool(_drawn(found.now)[place]),
        hurt_before=bool(_drawn(found.before)[place]),
    )


def _whole(shown: RegionMap, place: int) -> int | None:
    value = shown.values[place]
    return None if np.isnan(value) else int(value)


@dataclass(frozen=True, slots=True)
class Step:
    """One step to play: its days, its map (packed, 74 bytes) and on how many days with a map it rests."""

    period: Period
    packed: bytes
    days: int


def steps_offered(period: Period) -> tuple[int, ...]:
    """Lengths in days of the steps a period can be played in, the one to begin with first."""
    if period.days <= 60:
        return (1, 7)
    return (7, 1, 28) if period.days <= 400 else (28, 7)


def played(shown: PainMapView, step_days: int) -> tuple[Step, ...]:
    """The period in steps of that many days, oldest first; the first step may be shorter.

    A step longer than a day shows, per region, the median of the days it hurt.
    """
    return _frames.get((shown.key, step_days), lambda: _steps(shown, step_days))


def _steps(shown: PainMapView, step_days: int) -> tuple[Step, ...]:
    period = shown.periods.now
    count = -(-period.days // step_days)
    grid = Period(period.end - timedelta(days=count * step_days - 1), period.end)
    days = shown.diary.during(grid)
    has_map = days.has_map & (days.dates() >= np.datetime64(period.start))
    packed = _packed(np.where(has_map[:, None], days.maps, UNMARKED), step_days)
    if shown.chosen:
        every = _packed(np.where(has_map[:, None], shown.every.during(grid).maps, UNMARKED), step_days)
        packed = np.where(active(every) & ~active(packed), OTHERWISE, packed).astype(np.uint8)
    with_map = has_map.reshape(count, step_days).sum(axis=1)
    starts = [grid.start + timedelta(days=i * step_days) for i in range(count)]
    ends = [start + timedelta(days=step_days - 1) for start in starts]
    return tuple(
        Step(Period(max(start, period.start), end), packed[i].tobytes(), int(with_map[i]))
        for i, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def _packed(maps: NDArray[np.uint8], step_days: int) -> NDArray[np.uint8]:
    """One packed map per step: the median of the days each region hurt, whole numbers, half up."""
    if step_days == 1:
        return maps
    steps = maps.reshape(-1, step_days, maps.shape[1])
    rated = (steps > 0) & (steps <= 10)
    ordered = np.sort(np.where(rated, steps, UNMARKED), axis=1)
    known = rated.sum(axis=1)
    low, high = np.maximum(known - 1, 0) // 2, np.minimum(known // 2, step_days - 1)
    middle = [np.take_along_axis(ordered, place[:, None, :], axis=1)[:, 0, :].astype(np.int16) for place in (low, high)]
    median = (middle[0] + middle[1] + 1) // 2
    unrated = np.where((steps == PRESENT).any(axis=1), PRESENT, UNMARKED)
    return np.where(known > 0, median, unrated).astype(np.uint8)


def _view(
    conn: Connection, head: PatientHead, periods: Periods, chosen: Filter, as_of: date, key: Hashable
) -> PainMapView:
    every = diaries.load(conn, head)
    shown = _passing(conn, head, chosen) if chosen else every
    now, before = shown.during(periods.now), shown.during(periods.before)
    found = map_difference.difference(now, before)
    single, broad = _single_maps(conn, head, every, periods.now)
    logged = completeness(every, periods.now)
    undated = history.load(conn, head).undated_entries
    grid = Steps.of(periods.now)
    return PainMapView(
        key=key,
        state=_state(every, logged, found.days_now, undated),
        as_of=as_of,
        periods=periods,
        chosen=chosen,
        completeness=logged,
        logged_before=every.days_logged(periods.before),
        diary=shown,
        every=every,
        difference=_with_faint(found, every, periods, said(chosen)),
        facts=map_difference.facts(found),
        typical=_spread(found.now),
        now=spread.course(now, periods.now.days),
        before=spread.course(before, periods.before.days),
        course=spread.course(shown.during(grid.grid), grid.step_days),
        radiation=spread.radiation_count(single),
        spots=_spots(single),
        broad=broad,
        wpi=fibromyalgia.wpi_estimate(every.during(_last_week(periods.now))),
        undated=undated,
    )


def _passing(conn: Connection, head: PatientHead, chosen: Filter) -> Diary:
    def load() -> Diary:
        return diary.load_filtered(conn, head.patient_id, qualities=chosen.qualities, depths=chosen.depths)

    return _filtered.get((conn.engine, head.patient_id, head.data_version, chosen), load)


def _state(every: Diary, logged: Completeness, map_days: int, undated: int) -> State:
    if map_days:
        return "full"
    if logged.days_logged:
        return "no_maps"
    if every.logged.any():
        return "nothing_in_period"
    return "undated_only" if undated else "never_logged"


def _last_week(period: Period) -> Period:
    return Period(period.end - timedelta(days=whole("wpi_window_days") - 1), period.end)


def _with_faint(found: MapDifference, every: Diary, periods: Periods, only: str) -> MapDifference:
    """The difference, its maps with the pain they leave out: marks outside the filter, regions that are not typical."""
    if not only:
        return replace(found, now=wandering(found.now), before=wandering(found.before))
    now, before = (maps.typical(every.during(period)) for period in (periods.now, periods.before))
    return replace(found, now=filtered(found.now, now, only), before=filtered(found.before, before, only))


def _single_maps(conn: Connection, head: PatientHead, every: Diary, period: Period) -> tuple[NDArray[np.uint8], int]:
    """The maps of single entries whose detail is known, and how many others there are.

    A day with one entry is its own; only several a day, or a diary with broader codes, have to be read.
    """
    days = every.during(period)
    if days.entries.max(initial=0) <= 1 and not diary.any_broad(conn, head.patient_id):
        return days.maps[days.has_map], 0
    read = diary.entry_maps(conn, head.patient_id, period=period)
    return read.packed[~read.broad], int(read.broad.sum())


def _spots(single: NDArray[np.uint8]) -> dict[str, int]:
    """On how many maps of single entries each of the article's back spots hurts."""
    painful = active(single)
    counts = {
        spot: int(painful[:, [one.index for one in REGIONS if one.article_spot == spot]].any(axis=1).sum())
        for spot in spread.SPOTS[:-1]
    }
    return {**counts, spread.SPOTS[-1]: spread.radiation_count(single).radiating}


def _spread(typical: RegionMap) -> Spread:
    drawn = _drawn(typical)
    return Spread(int(drawn.sum()), float(area_shares()[drawn].sum()), acr_regions(drawn))


def _drawn(shown: RegionMap) -> NDArray[np.bool_]:
    drawn: NDArray[np.bool_] = ~np.isnan(shown.values) | shown.present
    return drawn


def _shown_map(shown: PainMapView, mode: Mode) -> RegionMap:
    if mode == "typical":
        return shown.difference.now
    found = _region_map(shown.diary, shown.periods, mode)
    only = said(shown.chosen)
    return filtered(found, _region_map(shown.every, shown.periods, mode), only) if only else found


def _region_map(every: Diary, periods: Periods, mode: Mode) -> RegionMap:
    days = every.during(periods.now)
    if mode == "change":
        return maps.change(days, every.during(periods.before))
    return {"worst": maps.worst, "how_often": maps.how_often, "latest": maps.latest}[mode](days)
