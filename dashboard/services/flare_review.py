"""Flares and patterns of one patient: every episode with what stood around it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from sqlalchemy import Connection

from clinical.diary import Completeness, Diary, Period, completeness
from clinical.flare_context import Around, Before, LitUp
from clinical.flares import Flare, UsualRange, flare_days, usual_range
from clinical.record import Event
from clinical.recovery import Recovery
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.services import diaries, history, markers, work
from dashboard.services import timeline as time
from dashboard.services.kept import Kept
from dashboard.services.timeline import Timeline
from data_access import access, flares
from data_access.flares import JudgedFlare, Verdict
from data_access.patients import PatientHead

State = Literal["full", "never_logged", "undated_only", "nothing_in_period"]
READ = "view flares"
_NO_HAPPENING = ("visit", "appointment")


@dataclass(frozen=True, slots=True)
class Episode:
    """One detected episode as it counts now, with what stood around it. `found`: the day it was detected to start."""

    judged: JudgedFlare
    lit_up: LitUp
    before: Before
    recovery: Recovery

    @property
    def found(self) -> date:
        return self.judged.detected.start

    @property
    def flare(self) -> Flare:
        return self.judged.flare

    @property
    def counts(self) -> bool:
        return self.judged.counts


@dataclass(frozen=True, slots=True, eq=False)
class FlaresView:
    """All the page shows of one patient in one period; `episodes` touch the period, the latest first.

    `counted` are the episodes of the whole diary that count, in order of start; `left_over` verdicts whose episode the
    diary no longer holds; `flare_days` logged days of the period in a flare or spike, `_before` of the period before.
    """

    key: Hashable
    state: State
    as_of: date
    periods: Periods
    completeness: Completeness
    logged_before: int
    diary: Diary
    episodes: tuple[Episode, ...]
    counted: tuple[Flare, ...]
    usual: UsualRange | None
    flare_days: int
    flare_days_before: int
    timeline: Timeline
    left_over: tuple[Verdict, ...]
    names: dict[int, str]

    def episode(self, found: date | None) -> Episode | None:
        """The episode that was found to start on that day, if the period has it."""
        return next((each for each in self.episodes if each.found == found), None)

    def on(self, day: date) -> Episode | None:
        """The latest episode of the period that holds that day."""
        return next((e for e in self.episodes if e.flare.start <= day <= (e.flare.end or self.as_of)), None)

    def said(self, flare: Flare) -> tuple[date, ...]:
        """The days of that episode that the person called a flare, in order."""
        answers = self.diary.column("flare", Period(flare.start, flare.end or self.as_of))
        return tuple(flare.start + timedelta(days=int(i)) for i in np.flatnonzero(answers == 1))

    def pain_on(self, day: date) -> float | None:
        """Pain 0-10 on that day, None where it was not answered."""
        (pain,) = self.diary.column("pain", Period(day, day)).tolist()
        return None if pain != pain else float(pain)


_views: Kept[FlaresView] = Kept(64)


def view(viewer: Viewer, head: PatientHead, periods: Periods, *, as_of: date) -> FlaresView:
    """Everything the page shows of that patient and period. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        return of(conn, head, periods, as_of)


def of(conn: Connection, head: PatientHead, periods: Periods, as_of: date) -> FlaresView:
    """The same, inside a piece of work that was let in already."""
    key = (conn.engine, head.patient_id, head.data_version, periods.now, periods.before, as_of)
    return _views.get(key, lambda: _view(conn, head, periods, as_of, key))


def _view(conn: Connection, head: PatientHead, periods: Periods, as_of: date, key: Hashable) -> FlaresView:
    diary, known = diaries.load(conn, head), history.load(conn, head)
    judged = flares.judged(conn, head.patient_id)
    given = flares.verdicts(conn, head.patient_id)
    counted = tuple(each.flare for each in judged if each.counts)
    now = periods.now
    inside = [each for each in judged if each.flare.start <= now.end and (each.flare.end or as_of) >= now.start]
    around = Around(diary, counted, as_of)
    logged = completeness(diary, now)
    happened = [event for event in known.events if event.day is not None and now.start <= event.day <= now.end]
    usual = usual_range(diary, counted, now.end)
    return FlaresView(
        key=key,
        state=_state(logged, diary, known.undated_entries),
        as_of=as_of,
        periods=periods,
        completeness=logged,
        logged_before=diary.days_logged(periods.before),
        diary=diary,
        episodes=tuple(_episode(around, each, happenings(known)) for each in reversed(inside)),
        counted=counted,
        usual=usual,
        flare_days=flare_days(diary, counted, now, as_of),
        flare_days_before=flare_days(diary, counted, periods.before, as_of),
        timeline=time.timeline(
            diary,
            now,
            counted,
            usual=usual,
            markers=markers.markers(happened, known.medicines, known.actions, (), counted),
            as_of=as_of,
        ),
        left_over=_left_over(judged, given),
        names={user.user_id: user.name for user in access.users(conn)},
    )


def _episode(around: Around, judged: JudgedFlare, happened: Sequence[Event]) -> Episode:
    flare = judged.flare
    return Episode(judged, around.lit_up(flare), around.before(flare, happened), around.recovery(flare))


def happenings(known: history.History) -> tuple[Event, ...]:
    """What happened, visits left out: treatments by the medicines' own dates, then every other event; by day."""
    told = markers.markers(known.events, known.medicines, (), (), ())
    found = [Event(one.day, one.kind, one.detail) for one in told if one.kind not in _NO_HAPPENING]
    return tuple(sorted(found, key=lambda event: event.day or date.min))


def _left_over(judged: Sequence[JudgedFlare], given: Sequence[Verdict]) -> tuple[Verdict, ...]:
    matched = [verdict for each in judged for verdict in each.history]
    return tuple(verdict for verdict in given if verdict not in matched)


def _state(logged: Completeness, diary: Diary, undated: int) -> State:
    if logged.days_logged:
        return "full"
    if diary.logged.any():
        return "nothing_in_period"
    return "undated_only" if undated else "never_logged"
