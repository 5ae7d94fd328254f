"""Flares and patterns of one patient: every episode with what stood around it, and the clinician's last word on it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection

from clinical.diary import Completeness, Diary, completeness
from clinical.flare_context import Around, Before, LitUp
from clinical.flares import Flare, UsualRange, flare_days, usual_range
from clinical.record import Event
from clinical.recovery import Recovery
from dashboard.errors import Conflict, ExplainedError
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.services import diaries, history, markers, work
from dashboard.services import timeline as time
from dashboard.services.kept import Kept
from dashboard.services.timeline import Timeline
from data_access import access, derived, flares
from data_access.flares import JudgedFlare, Verdict
from data_access.patients import PatientHead

State = Literal["full", "never_logged", "undated_only", "nothing_in_period"]
READ = "view flares"
REASONS = ("infection", "injury", "other illness", "data error", "other")
"""Why an episode is not a flare."""
LONGEST_REMARK = 300
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


_views: Kept[FlaresView] = Kept(64)


def view(viewer: Viewer, head: PatientHead, periods: Periods, *, as_of: date) -> FlaresView:
    """Everything the page shows of that patient and period. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a clinician says about the episode found to start on `found`; `seen`: verdicts on it that they had read."""

    found: date
    seen: int
    verdict: Literal["confirmed", "not_a_flare", "dates_changed"]
    reason: str = ""  # one of REASONS, where it is not a flare
    remark: str = ""
    start: date | None = None
    end: date | None = None  # None with changed dates: it still goes on


def judge(viewer: Viewer, patient_id: int, said: Judgement, *, now: datetime, as_of: date) -> None:
    """Put the verdict on record and let everything derived follow, in one transaction.

    Raises NotPermitted; Conflict when somebody judged it meanwhile; ExplainedError with what cannot be.
    """
    with work.writing(
        viewer,
        Permission.JUDGE_FLARES,
        patient_id,
        action="judge flare",
        resource=f"flare {said.found.isoformat()}",
        detail=" ".join(part for part in (said.verdict, said.reason) if part),
    ) as conn:
        judged = flares.judged(conn, patient_id)
        about = next((each for each in judged if each.detected.start == said.found), None)
        if about is None or len(about.history) != said.seen:
            raise _meanwhile()
        _possible(said, about, judged, as_of)
        flares.give_verdict(conn, patient_id, _verdict(viewer, said, now))
        derived.refresh(conn, patient_id, as_of, ())


def _verdict(viewer: Viewer, said: Judgement, now: datetime) -> Verdict:
    moved = said.verdict == "dates_changed"
    remark = " ".join(said.remark.split())
    reason = ": ".join(part for part in (said.reason, remark) if part)
    start, end = (said.start, said.end) if moved else (None, None)
    return Verdict(said.found, said.verdict, reason, start, end, viewer.user_id, now)


def _possible(said: Judgement, about: JudgedFlare, judged: Sequence[JudgedFlare], as_of: date) -> None:
    if len(said.remark) > LONGEST_REMARK:
        raise _refused(f"The remark is longer than {LONGEST_REMARK} characters.", "Shorten it.")
    if said.verdict == "not_a_flare" and said.reason not in REASONS:
        raise _refused("There is no reason why it is not a flare.", "Choose one of the reasons.")
    if said.verdict == "not_a_flare" and said.reason == "other" and not said.remark.strip():
        raise _refused("The reason 'other' says nothing by itself.", "Add a few words in the remark.")
    if said.verdict == "dates_changed":
        _possible_dates(said, about, as_of)
    if said.verdict != "not_a_flare":
        first, last = _days_of(said, about, as_of)
        _apart(first, last, [each.flare for each in judged if each.counts and each is not about], as_of)


def _days_of(said: Judgement, about: JudgedFlare, as_of: date) -> tuple[date, date]:
    if said.verdict == "dates_changed" and said.start is not None:
        return said.start, said.end or as_of
    return about.detected.start, about.detected.end or as_of


def _possible_dates(said: Judgement, about: JudgedFlare, as_of: date) -> None:
    if about.detected.kind == "shift":
        raise _refused("The dates of a new level cannot be changed.", "Confirm it, or say that it is none.")
    if said.start is None or said.start > (said.end or as_of):
        raise _refused("The first day lies after the last day.", "Check both days.")
    if max(said.start, said.end or said.start) > as_of:
        raise _refused("A day lies in the future.", "Choose days up to today.")
    if said.end is None and about.detected.end is not None:
        raise _refused("The diary shows that this episode ended.", "Give its last day.")
    if (said.start, said.end) == (about.flare.start, about.flare.end):
        raise _refused("These are the dates it has already.", "Change one of them, or close this without saving.")
    if said.start > (about.detected.end or as_of) or (said.end or as_of) < about.detected.start:
        raise _refused(
            "These days lie wholly outside the episode that was found.",
            "Say that this one is not a flare; days without an episode cannot be made one here.",
        )


def _apart(first: date, last: date, others: Sequence[Flare], as_of: date) -> None:
    for other in others:
        if other.kind != "shift" and other.start <= last and (other.end or as_of) >= first:
            raise _refused(
                f"Another {other.kind} that counts lies in these days, from {other.start.isoformat()}.",
                "Say of one of the two that it is no episode of its own, or choose days that do not overlap.",
            )


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was changed, and what you filled in is still here.", what_to_do)


def _meanwhile() -> Conflict:
    return Conflict(
        "This episode was judged by somebody else, or its diary changed, since you opened it.",
        "Nothing of yours was written, and theirs stands.",
        "Close this and look at the episode again; then say what you think of it.",
    )
