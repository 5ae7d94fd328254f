"""Flares as they count: what the detector found, with the clinician's last word laid over it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from clinical.flares import Flare
from data_access import derived, flares
from data_access.engine import reading, writing
from data_access.errors import RowRefused
from data_access.flares import JudgedFlare, Verdict
from data_access.records import EntryRecord
from data_access.tables import patient_snapshots
from tests.data_access.made_up import NOW, TODAY, about, add

START = date(2026, 6, 10)
FLARE = Flare(
    "flare", START, START + timedelta(days=6), START + timedelta(days=2), 8.0, 4.0, ("pain", "spread"), 6, 1, "the rule"
)
LATER = replace(FLARE, start=START + timedelta(days=40), end=None, peak=START + timedelta(days=41), signals=())


@pytest.fixture
def patient(engine: sa.Engine) -> int:
    """A patient with a closed and an open flare, and entries around the first."""
    quiet = [EntryRecord(START + timedelta(days=n), pain=3.0 + n % 5) for n in range(-10, 20) if n != 4]
    pid = add(engine, about(entries=tuple(quiet))).patient_id
    with writing(engine) as conn:
        flares.store(conn, pid, [FLARE, LATER])
    return pid


def _judge(engine: sa.Engine, pid: int, verdict: Verdict) -> None:
    with writing(engine) as conn:
        flares.give_verdict(conn, pid, verdict)


def _listed(engine: sa.Engine, pid: int) -> list[Flare]:
    with reading(engine) as conn:
        return flares.listed(conn, pid)


def _dismissed(start: date) -> Verdict:
    return Verdict(start, "not_a_flare", "infection", None, None, 1, NOW)


def test_without_verdicts_all_that_was_detected_counts(engine: sa.Engine, patient: int) -> None:
    assert _listed(engine, patient) == [FLARE, LATER]


def test_storing_the_same_flares_again_changes_nothing(engine: sa.Engine, patient: int) -> None:
    with writing(engine) as conn:
        assert flares.store(conn, patient, [FLARE, LATER]) is False
        assert flares.store(conn, patient, [FLARE]) is True
        assert flares.store(conn, patient, []) is True
    assert _listed(engine, patient) == []


def test_a_flare_without_any_pain_answer_is_kept(engine: sa.Engine, patient: int) -> None:
    unknown = replace(FLARE, peak_pain=None, usual_pain=None)
    with writing(engine) as conn:
        flares.store(conn, patient, [unknown])
    assert _listed(engine, patient) == [unknown]


def test_a_dismissed_flare_is_left_out_but_stays_on_record(engine: sa.Engine, patient: int) -> None:
    verdict = _dismissed(START)
    _judge(engine, patient, verdict)
    assert _listed(engine, patient) == [LATER]
    with reading(engine) as conn:
        assert flares.judged(conn, patient) == [
            JudgedFlare(FLARE, verdict, FLARE, (verdict,)),
            JudgedFlare(LATER, None, LATER),
        ]


def test_the_latest_verdict_counts_and_the_earlier_ones_stay(engine: sa.Engine, patient: int) -> None:
    _judge(engine, patient, _dismissed(START))
    _judge(engine, patient, Verdict(START, "confirmed", "", None, None, 2, NOW))
    assert _listed(engine, patient) == [FLARE, LATER]
    with reading(engine) as conn:
        assert [given.verdict for given in flares.verdicts(conn, patient)] == ["not_a_flare", "confirmed"]


def test_changed_dates_move_the_flare_and_its_numbers(engine: sa.Engine, patient: int) -> None:
    moved = Verdict(START, "dates_changed", "", START + timedelta(days=3), START + timedelta(days=9), 1, NOW)
    _judge(engine, patient, moved)
    first = _listed(engine, patient)[0]
    assert (first.start, first.end) == (moved.new_start, moved.new_end)
    assert (first.days_logged, first.days_missing) == (6, 1)  # the fourth day was not logged
    assert (first.peak_pain, first.peak) == (7.0, START + timedelta(days=9))
    assert first.signals == FLARE.signals


def test_a_flare_moved_behind_another_is_listed_behind_it(engine: sa.Engine, patient: int) -> None:
    _judge(engine, patient, Verdict(START, "dates_changed", "", START + timedelta(days=50), None, 1, NOW))
    assert [flare.start for flare in _listed(engine, patient)] == [LATER.start, START + timedelta(days=50)]


@pytest.mark.parametrize("days", [-3, -1, 1, 3])
def test_a_verdict_follows_its_flare_when_later_entries_move_its_start(
    engine: sa.Engine, patient: int, days: int
) -> None:
    _judge(engine, patient, _dismissed(START))
    with writing(engine) as conn:
        flares.store(conn, patient, [replace(FLARE, start=START + timedelta(days=days)), LATER])
    assert _listed(engine, patient) == [LATER]


@pytest.mark.parametrize("days", [-4, 4, 40])
def test_a_verdict_says_nothing_about_another_flare(engine: sa.Engine, patient: int, days: int) -> None:
    _judge(engine, patient, _dismissed(START))
    other = replace(FLARE, start=START + timedelta(days=days))
    with writing(engine) as conn:
        flares.store(conn, patient, [other])
    assert _listed(engine, patient) == [other]


def test_one_verdict_never_speaks_about_two_flares(engine: sa.Engine, patient: int) -> None:
    near = replace(FLARE, start=START + timedelta(days=2))
    _judge(engine, patient, _dismissed(START))
    with writing(engine) as conn:
        flares.store(conn, patient, [FLARE, near])
    assert _listed(engine, patient) == [near]


def test_every_verdict_on_an_episode_stays_readable_wherever_its_start_went(engine: sa.Engine, patient: int) -> None:
    first, second = _dismissed(START), replace(_dismissed(START + timedelta(days=2)), verdict="confirmed", reason="")
    _judge(engine, patient, first)
    with writing(engine) as conn:
        flares.store(conn, patient, [replace(FLARE, start=second.flare_start), LATER])
    _judge(engine, patient, second)
    with reading(engine) as conn:
        judged = flares.judged(conn, patient)[0]
    assert (judged.history, judged.verdict, judged.counts) == ((first, second), second, True)


def test_changed_dates_keep_the_episode_as_it_was_found(engine: sa.Engine, patient: int) -> None:
    moved = Verdict(START, "dates_changed", "", START + timedelta(days=1), START + timedelta(days=4), 1, NOW)
    _judge(engine, patient, moved)
    with reading(engine) as conn:
        judged = flares.judged(conn, patient)[0]
    assert judged.detected == FLARE
    assert judged.flare.start == moved.new_start


def test_an_unknown_verdict_is_refused(engine: sa.Engine, patient: int) -> None:
    with pytest.raises(RowRefused):
        _judge(engine, patient, replace(_dismissed(START), verdict="perhaps"))  # type: ignore[arg-type]


def test_a_dismissed_open_flare_leaves_the_caseload_group(engine: sa.Engine) -> None:
    calm = [EntryRecord(TODAY - timedelta(days=n), pain=2.0) for n in range(10, 100)]
    pid = add(engine, about(entries=(*calm, *(replace(e, day=TODAY - timedelta(days=n), pain=8.0)
                                              for n, e in enumerate(calm[:10])))))  # fmt: skip
    with writing(engine) as conn:
        current = flares.listed(conn, pid.patient_id)[-1]
        assert current.end is None
        flares.give_verdict(conn, pid.patient_id, _dismissed(current.start))
        derived.refresh(conn, pid.patient_id, TODAY, ())
        row = conn.execute(sa.select(patient_snapshots)).one()
    assert (row.flare_day_now, row.flare_days) == (None, 0)
    assert row.strip_flare == bytes(28)
