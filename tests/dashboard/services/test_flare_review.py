"""Episodes and verdicts: nobody outside the care team, history kept, and every derived number follows at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from clinical.diary import Period
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.services import flare_review, flare_verdicts, summary
from dashboard.services.flare_review import Episode, FlaresView
from dashboard.services.flare_verdicts import Judgement
from data_access import audit, flares, patients
from data_access.engine import reading
from data_access.patients import PatientHead
from data_access.records import EntryRecord
from data_access.tables import patient_snapshots
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import ago, stored

Acting = Callable[..., Viewer]
WEEKS = Period(ago(83), AS_OF)
PERIODS = Periods(WEEKS, WEEKS.before(), "custom")
BAD = [*range(10), *range(40, 47)]


def flaring() -> tuple[EntryRecord, ...]:
    """Four months of pain 2-3, with a week of 8 long ago and ten days of it up to today."""
    return tuple(EntryRecord(ago(days), pain=8.0 if days in BAD else 2.0 + days % 2) for days in range(120))


@pytest.fixture
def head(clinic: Engine) -> PatientHead:
    return stored(clinic, *flaring(), record="FLARES-1")


@pytest.fixture
def clinician(acting: Acting) -> Viewer:
    return acting("clinician", whole_clinic=True)


def again(clinic: Engine, head: PatientHead) -> PatientHead:
    with reading(clinic) as conn:
        found = patients.head(conn, head.patient_id)
    assert found is not None
    return found


def seen(clinic: Engine, viewer: Viewer, head: PatientHead) -> FlaresView:
    return flare_review.view(viewer, again(clinic, head), PERIODS, as_of=AS_OF)


def judge(viewer: Viewer, head: PatientHead, about: Episode, verdict: str, **said: object) -> None:
    made = Judgement(about.found, len(about.judged.history), verdict, **said)  # type: ignore[arg-type]
    flare_verdicts.judge(viewer, head.patient_id, made, now=NOW, as_of=AS_OF)


def snapshot(clinic: Engine, head: PatientHead) -> tuple[int | None, int | None]:
    with reading(clinic) as conn:
        s = patient_snapshots.c
        query = sa.select(s.flare_day_now, s.flare_days).where(s.patient_id == head.patient_id)
        row = conn.execute(query).one()
    return row.flare_day_now, row.flare_days


def test_the_episodes_of_the_period_come_latest_first(clinic: Engine, clinician: Viewer, head: PatientHead) -> None:
    shown = seen(clinic, clinician, head)
    assert [(each.flare.kind, each.flare.start, each.flare.end) for each in shown.episodes] == [
        ("flare", ago(9), None),
        ("flare", ago(46), ago(40)),
    ]
    assert (shown.flare_days, shown.flare_days_before) == (17, 0)
    assert shown.episodes[1].recovery.days is not None
    assert shown.on(ago(43)) == shown.episodes[1]
    assert shown.on(ago(20)) is None


def test_a_dismissed_flare_leaves_every_number_at_once_and_stays_on_the_page(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    assert snapshot(clinic, head) == (10, 10)
    judge(clinician, head, seen(clinic, clinician, head).episodes[0], "not_a_flare", reason="infection")
    assert snapshot(clinic, head) == (None, 0)
    outcomes = summary.view(clinician, again(clinic, head), PERIODS, as_of=AS_OF).outcomes
    assert outcomes.flare_days_per_28.now == pytest.approx(7 * 28 / 84, abs=0.05)
    shown = seen(clinic, clinician, head)
    assert [each.counts for each in shown.episodes] == [False, True]
    assert (shown.flare_days, len(shown.counted)) == (7, 1)


def test_the_last_word_counts_and_every_word_stays(clinic: Engine, clinician: Viewer, head: PatientHead) -> None:
    judge(
        clinician, head, seen(clinic, clinician, head).episodes[0], "not_a_flare", reason="other", remark="moved house"
    )
    judge(clinician, head, seen(clinic, clinician, head).episodes[0], "confirmed")
    about = seen(clinic, clinician, head).episodes[0]
    assert about.counts
    assert [(v.verdict, v.reason) for v in about.judged.history] == [
        ("not_a_flare", "other: moved house"),
        ("confirmed", ""),
    ]
    assert snapshot(clinic, head) == (10, 10)


def test_changed_dates_change_the_days_that_count(clinic: Engine, clinician: Viewer, head: PatientHead) -> None:
    judge(clinician, head, seen(clinic, clinician, head).episodes[0], "dates_changed", start=ago(5))
    shown = seen(clinic, clinician, head)
    assert (shown.episodes[0].flare.start, shown.flare_days) == (ago(5), 13)
    assert snapshot(clinic, head) == (6, 6)


def test_a_verdict_is_on_record_with_who_and_what(clinic: Engine, clinician: Viewer, head: PatientHead) -> None:
    judge(clinician, head, seen(clinic, clinician, head).episodes[1], "not_a_flare", reason="injury")
    with reading(clinic) as conn:
        events = [e for e in audit.listed(conn, head.patient_id) if e.action == "judge flare"]
    assert [(e.resource, e.detail) for e in events] == [(f"flare {ago(46)}", "not_a_flare injury")]


def test_two_who_judge_at_once_do_not_overwrite_each_other(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    about = seen(clinic, clinician, head).episodes[0]
    judge(clinician, head, about, "confirmed")
    with pytest.raises(Conflict):
        judge(clinician, head, about, "not_a_flare", reason="injury")
    with reading(clinic) as conn:
        assert len(flares.verdicts(conn, head.patient_id)) == 1


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("not_a_flare", {}),
        ("not_a_flare", {"reason": "laziness"}),
        ("not_a_flare", {"reason": "other", "remark": "  "}),
        ("confirmed", {"remark": "x" * 301}),
        ("dates_changed", {"start": ago(2), "end": ago(5)}),
        ("dates_changed", {"start": ago(2), "end": AS_OF + timedelta(days=1)}),
        ("dates_changed", {"start": ago(9)}),
        ("dates_changed", {"start": ago(30), "end": ago(20)}),
        ("dates_changed", {"start": ago(41), "end": ago(1)}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    clinic: Engine, clinician: Viewer, head: PatientHead, verdict: str, said: dict[str, object]
) -> None:
    about = seen(clinic, clinician, head).episodes[0]
    with pytest.raises(ExplainedError):
        judge(clinician, head, about, verdict, **said)
    assert seen(clinic, clinician, head).episodes[0].judged.history == ()


@pytest.mark.parametrize(
    ("verdict", "what_happened"),
    [
        ({"start": ago(2), "end": ago(5)}, "first day lies after"),
        ({"start": ago(2), "end": AS_OF + timedelta(days=1)}, "in the future"),
        ({"start": ago(30), "end": ago(20)}, "outside the episode"),
        ({"start": ago(41), "end": ago(1)}, "Another flare that counts"),
        ({"start": ago(600), "end": ago(1)}, "Nothing was logged before"),
    ],
)
def test_dates_that_cannot_be_are_answered_with_what_is_safe_and_what_to_do(
    clinic: Engine, clinician: Viewer, head: PatientHead, verdict: dict[str, object], what_happened: str
) -> None:
    if what_happened.startswith("Nothing"):  # the earlier flare would be named first
        judge(clinician, head, seen(clinic, clinician, head).episodes[1], "not_a_flare", reason="injury")
    with pytest.raises(ExplainedError, match=what_happened) as refused:
        judge(clinician, head, seen(clinic, clinician, head).episodes[0], "dates_changed", **verdict)
    assert "still here" in refused.value.what_is_safe
    assert refused.value.what_to_do


def test_days_of_which_none_was_logged_are_no_episode(clinic: Engine, clinician: Viewer) -> None:
    bad = (*range(10, 14), *range(16, 20))
    days = [day for day in range(100) if day not in (14, 15)]
    entries = [EntryRecord(ago(day), pain=8.0 if day in bad else 2.0 + day % 2) for day in days]
    gappy = stored(clinic, *entries, record="FLARES-2")
    about = seen(clinic, clinician, gappy).episodes[0]
    with pytest.raises(ExplainedError, match="Not one of these days was logged"):
        judge(clinician, gappy, about, "dates_changed", start=ago(15), end=ago(14))


def test_an_episode_that_ended_in_the_diary_gets_a_last_day(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    with pytest.raises(ExplainedError, match="ended"):
        judge(clinician, head, seen(clinic, clinician, head).episodes[1], "dates_changed", start=ago(45))


def test_only_clinicians_of_the_care_team_judge(
    clinic: Engine, acting: Acting, clinician: Viewer, head: PatientHead
) -> None:
    about = seen(clinic, clinician, head).episodes[0]
    for stranger in (acting("coordinator", whole_clinic=True), acting("clinician", teams=(999,)), acting("auditor")):
        with pytest.raises(NotPermitted):
            judge(stranger, head, about, "confirmed")
    with pytest.raises(NotPermitted):
        flare_review.view(acting("clinician", teams=(999,)), head, PERIODS, as_of=AS_OF)
    assert seen(clinic, acting("coordinator", whole_clinic=True), head).episodes


def test_a_verdict_whose_episode_the_diary_no_longer_holds_is_not_lost(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    about = seen(clinic, clinician, head).episodes[1]
    judge(clinician, head, about, "confirmed")
    with clinic.begin() as conn:
        flares.store(conn, head.patient_id, [])
        patients.changed(conn, head.patient_id)
    assert [verdict.flare_start for verdict in seen(clinic, clinician, head).left_over] == [about.found]


def test_the_states_are_told_apart(clinic: Engine, clinician: Viewer) -> None:
    def state(record: str, *entries: EntryRecord) -> str:
        return flare_review.view(clinician, stored(clinic, *entries, record=record), PERIODS, as_of=AS_OF).state

    assert state("S-1") == "never_logged"
    assert state("S-2", EntryRecord(None, pain=3.0, source_key="undated")) == "undated_only"
    assert state("S-3", EntryRecord(ago(100), pain=3.0)) == "nothing_in_period"
    assert state("S-4", EntryRecord(ago(3), pain=3.0)) == "full"


def test_what_is_known_is_made_once(clinic: Engine, clinician: Viewer, head: PatientHead) -> None:
    assert seen(clinic, clinician, head) is seen(clinic, clinician, head)


def test_a_period_without_an_episode_still_knows_those_of_the_diary(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    quiet = Period(ago(30), ago(15))
    shown = flare_review.view(clinician, head, Periods(quiet, quiet.before(), "custom"), as_of=AS_OF)
    assert (shown.state, shown.episodes, len(shown.counted)) == ("full", (), 2)
