"""The Summary of one patient: 'how has this patient been, and why?' as one view model, without a screen."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from sqlalchemy import Connection

from clinical import bands, fibromyalgia, findings, flares, maps, outcomes, safety
from clinical.bands import BandShares
from clinical.diary import Completeness, Diary, Period, completeness
from clinical.fibromyalgia import WpiEstimate
from clinical.findings import Action, Event, Finding, Medicine, Score
from clinical.flares import Flare
from clinical.maps import Mode, RegionMap
from clinical.medication.prompts import Prompt
from clinical.outcomes import Outcomes
from clinical.plan import EMPTY, Plan
from clinical.safety import SafetyItem
from dashboard.body_figure import DayTile, day_tiles
from dashboard.charts.spark import NO_SPARK, Spark, spark
from dashboard.database import current_engine
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.services import before_visit, diaries, history, markers, open_items, unsaved, work
from dashboard.services import lanes as lanes_of
from dashboard.services import timeline as time
from dashboard.services.before_visit import SincePlan
from dashboard.services.kept import Kept
from dashboard.services.lanes import LeftOut
from dashboard.services.open_items import OpenItem, Undated
from dashboard.services.timeline import Marker, Timeline
from dashboard.services.unsaved import Unsaved
from data_access import notes, open_prompts
from data_access.medication import Doses
from data_access.notes import Draft, Note
from data_access.patients import PatientHead

State = Literal["full", "never_logged", "undated_only", "nothing_in_period"]
TILE_DAYS = 28


@dataclass(frozen=True, slots=True)
class Record:
    """The parts of one patient's record that the Summary reads."""

    diary: Diary
    flares: tuple[Flare, ...]
    medicines: tuple[Medicine, ...]
    doses: Doses
    scores: tuple[Score, ...]
    events: tuple[Event, ...]
    actions: tuple[Action, ...]
    notes: tuple[Note, ...]
    undated: Undated
    safety: tuple[SafetyItem, ...] = ()  # open ones, the most pressing first
    prompts: tuple[Prompt, ...] = ()  # open ones of level high and medium, the gravest first
    plan: Plan | None = None  # None where its words are not to be shown


@dataclass(frozen=True, slots=True, eq=False)
class SummaryView:
    """All the Summary shows of one patient in one period.

    `state` says whether there is a period to show at all; in every state but 'full' the arrays hold nothing.
    `tiles` are the last 28 days of the period, oldest first.
    """

    state: State
    as_of: date
    periods: Periods
    completeness: Completeness
    days_ever: int
    findings: tuple[Finding, ...]
    outcomes: Outcomes
    sparks: tuple[Spark, ...]  # of pain, of flare days, of stress where that stands for distress
    bands_now: BandShares
    bands_before: BandShares
    wpi: WpiEstimate
    timeline: Timeline
    left_out: tuple[LeftOut, ...]  # medicines of the period without a lane
    tiles: tuple[DayTile, ...]
    open_items: tuple[OpenItem, ...]
    undated: Undated
    diary: Diary
    since_plan: SincePlan | None = None  # None where the words of a plan are not to be shown


def view(viewer: Viewer, head: PatientHead, periods: Periods, *, as_of: date) -> SummaryView:
    """The Summary of that patient for that period, as known on `as_of`. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action="view summary") as conn:
        record = read(conn, head, as_of)
        draft = notes.draft(conn, head.patient_id, viewer.user_id)
        own = unsaved.of(conn, viewer, head.patient_id)
    key = (current_engine(), head.patient_id, head.data_version, periods, as_of)
    shown = _views.get(key, lambda: build(record, periods, as_of))
    if draft is None and not own:
        return shown
    return replace(shown, open_items=_open_items(record, draft, as_of, own))


_views: Kept[SummaryView] = Kept(128)
"""What everybody sees of one version of a record, some 50 kB each; the viewer's own draft is laid over it."""


def read(conn: Connection, head: PatientHead, as_of: date) -> Record:
    """What the Summary reads of that patient, inside a piece of work that was let in already."""
    known = history.load(conn, head)
    return Record(
        diary=diaries.load(conn, head),
        doses=diaries.doses(conn, head),
        flares=known.flares,
        medicines=known.medicines,
        scores=known.scores,
        events=known.events,
        actions=known.actions,
        notes=known.notes,
        undated=open_items.undated(known.undated_entries, known.scores, known.events, known.medicines),
        safety=safety.open_items(known.answers, known.closures, known.scores, as_of),
        prompts=_prompts(conn, head, as_of),
        plan=known.plan,
    )


_open_prompts: Kept[tuple[Prompt, ...]] = Kept(128)


def _prompts(conn: Connection, head: PatientHead, as_of: date) -> tuple[Prompt, ...]:
    key = (conn.engine, head.patient_id, head.data_version, as_of)
    return _open_prompts.get(key, lambda: open_prompts.listed(conn, head.patient_id, as_of))


def build(record: Record, periods: Periods, as_of: date) -> SummaryView:
    """The view model of a record already read, without anybody's draft."""
    now, before = periods.now, periods.before
    logged, found = record.diary, record.flares
    said = _findings(record, periods, as_of)
    spoken_of = [name for fact in said if isinstance(name := fact.values.get("medicine"), str)]
    drawn = lanes_of.lanes(record.medicines, record.doses, now, spoken_of)
    reached = outcomes.outcomes(logged, found, record.scores, now, before, as_of)
    tiles = Period(now.end - timedelta(days=TILE_DAYS - 1), now.end)
    whole = completeness(logged, now)
    return SummaryView(
        state=_state(record, whole),
        as_of=as_of,
        periods=periods,
        completeness=whole,
        days_ever=int(logged.logged.sum()),
        findings=said,
        outcomes=reached,
        sparks=_sparks(record, now, as_of, reached),
        bands_now=bands.time_in_band(logged, now),
        bands_before=bands.time_in_band(logged, before),
        wpi=fibromyalgia.wpi_estimate(logged.during(Period(now.end - timedelta(days=6), now.end))),
        timeline=_timeline(record, drawn.drawn, now, as_of),
        left_out=drawn.left,
        tiles=day_tiles(logged.during(tiles), flares.flare_mask(found, tiles, as_of)),
        open_items=_open_items(record, None, as_of),
        undated=record.undated,
        diary=logged,
        since_plan=_since_plan(record, now, as_of),
    )


def _since_plan(record: Record, now: Period, as_of: date) -> SincePlan | None:
    if record.plan is None:
        return None
    return before_visit.since_plan(record.plan, record.diary, record.flares, record.scores, now, as_of)


def _open_items(
    record: Record, draft: Draft | None, as_of: date, own: tuple[Unsaved, ...] = ()
) -> tuple[OpenItem, ...]:
    plan = record.plan or EMPTY
    return open_items.open_items(plan, record.safety, record.prompts, record.flares, draft, record.undated, as_of, own)


def _state(record: Record, whole: Completeness) -> State:
    if whole.days_logged:
        return "full"
    if record.diary.logged.any():
        return "nothing_in_period"
    return "undated_only" if record.undated.count else "never_logged"


def _findings(record: Record, periods: Periods, as_of: date) -> tuple[Finding, ...]:
    return tuple(
        findings.since(
            record.diary,
            record.flares,
            record.medicines,
            record.events,
            record.scores,
            record.actions,
            periods.now,
            periods.before,
            as_of,
            as_needed=lanes_of.as_needed_days(record.doses),
            safety=record.safety,
        )
    )


def _sparks(record: Record, now: Period, as_of: date, reached: Outcomes) -> tuple[Spark, ...]:
    days = record.diary.during(now)
    in_flare = np.where(days.logged, flares.flare_mask(record.flares, now, as_of), np.nan).astype(np.float32)
    by_diary = reached.distress is not None and reached.distress.by_diary
    return (
        spark(days["pain"], 10, "mean pain"),
        spark(in_flare, 1, "share of logged days in a flare"),
        spark(days["stress"], 10, "mean stress") if by_diary else NO_SPARK,
    )


def _timeline(record: Record, lanes: tuple[time.Lane, ...], now: Period, as_of: date) -> Timeline:
    inside = [event for event in record.events if event.day is not None and now.start <= event.day <= now.end]
    return time.timeline(
        record.diary,
        now,
        record.flares,
        usual=flares.usual_range(record.diary, record.flares, now.end),
        lanes=lanes,
        markers=markers.markers(
            inside,
            record.medicines,
            record.actions,
            record.notes,
            record.flares,
            record.plan.goals if record.plan else (),
        ),
        as_of=as_of,
    )


def region_map(summary: SummaryView, mode: Mode) -> RegionMap:
    """The body map of the period in that mode: values 0-10, percent, or points of change."""
    return _region_maps.get((summary.timeline, mode), lambda: _region_map(summary, mode))


_region_maps: Kept[RegionMap] = Kept(256)


def _region_map(summary: SummaryView, mode: Mode) -> RegionMap:
    days = summary.diary.during(summary.periods.now)
    if mode == "change":
        return maps.change(days, summary.diary.during(summary.periods.before))
    return _MAPS[mode](days)


_MAPS = {"typical": maps.typical, "worst": maps.worst, "how_often": maps.how_often, "latest": maps.latest}


def timeline_of(summary: SummaryView, regions: tuple[str, ...]) -> Timeline:
    """The timeline, its pain panel showing only those regions; all of them for ()."""
    if not regions:
        return summary.timeline
    return time.only(summary.timeline, summary.diary, regions)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the timeline: what was logged and what happened; `tile` None where it is longer than a day."""

    start: date
    days: int
    tile: DayTile | None
    markers: tuple[Marker, ...]
    flares: tuple[Flare, ...] = ()  # spikes and flares it lies in


def step(summary: SummaryView, day: date) -> Step:
    """The step of the timeline that holds that day."""
    drawn = summary.timeline
    start = day - timedelta(days=(day - drawn.start).days % drawn.step_days)
    here = Period(start, start + timedelta(days=drawn.step_days - 1))
    happened = tuple(marker for marker in drawn.markers if marker.touches(here))
    around = (span for span in drawn.flares if span.kind != "shift" and span.start <= here.end)
    within = tuple(span.whole for span in around if span.end >= here.start)
    if drawn.grouped:
        return Step(start, drawn.step_days, None, happened, within)
    return Step(start, 1, day_tiles(summary.diary.during(here), [bool(within)])[0], happened, within)
