"""Imports in the background: bounded, watched, ended between two people, and never silent about a failure."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard.errors import Conflict, DatabaseRefused, UnexpectedError
from dashboard.services import import_checking
from dashboard.services.import_checking import Choices
from dashboard.services.import_jobs import JOBS, MOST_UNFINISHED, Jobs, Work
from dashboard.services.import_reports import FileReport
from dashboard.services.imports import Progress
from data_access import batches, patients
from data_access.engine import reading
from tests.dashboard.services.imported import AS_OF, LONGEST, NOW, PEOPLE, checked, everybody, staged, viewer


class Held:
    """Work that waits until it is let go, and then tells how far it is."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, tell: Callable[[Progress], None]) -> list[FileReport]:
        self.begun.set()
        assert self.go_on.wait(LONGEST)
        tell(Progress(1, 1, "diary.csv", 3))
        return []


@pytest.fixture
def held() -> Iterator[Held]:
    work = Held()
    yield work
    work.go_on.set()


def failing(error: Exception) -> Work:
    def work(_: Callable[[Progress], None]) -> list[FileReport]:
        raise error

    return work


def test_a_second_import_of_the_same_person_waits_for_the_first(held: Held) -> None:
    jobs, who = Jobs(), viewer()
    running = jobs.begin(who, "import", held, now=NOW)
    with pytest.raises(Conflict, match="still running"):
        jobs.begin(who, "import", held, now=NOW)
    jobs.dismiss(who, "import")
    assert jobs.latest(who, "import", now=NOW) is running
    held.go_on.set()
    assert running.finished.wait(LONGEST)
    assert (running.reports, running.progress) == ([], Progress(1, 1, "diary.csv", 3))


def test_more_than_a_few_imports_at_once_are_refused_and_nothing_piles_up(held: Held) -> None:
    jobs = Jobs()
    begun = [jobs.begin(viewer(user_id=number), "import", held, now=NOW) for number in range(MOST_UNFINISHED)]
    with pytest.raises(Conflict, match="Many imports"):
        jobs.begin(viewer(user_id=99), "import", held, now=NOW)
    held.go_on.set()
    assert all(job.finished.wait(LONGEST) for job in begun)
    assert jobs.begin(viewer(user_id=99), "import", held, now=NOW).finished.wait(LONGEST)


def test_a_new_check_ends_the_one_before(held: Held) -> None:
    jobs, who, second = Jobs(), viewer(), Held()
    first = jobs.begin(who, "check", held, now=NOW)
    assert held.begun.wait(LONGEST)
    jobs.begin(who, "check", second, now=NOW)
    held.go_on.set()
    second.go_on.set()
    assert first.finished.wait(LONGEST)
    assert (first.reports, first.error is not None) == (None, True)


def test_nobody_sees_the_job_of_somebody_else(held: Held) -> None:
    jobs = Jobs()
    jobs.begin(viewer(user_id=5), "import", held, now=NOW)
    assert jobs.latest(viewer(user_id=6), "import", now=NOW) is None


def test_a_failure_is_explained_and_its_message_goes_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    jobs, who = Jobs(), viewer()
    job = jobs.begin(who, "import", failing(ValueError("Sample, Rowan")), now=NOW)
    assert job.finished.wait(LONGEST)
    assert isinstance(job.error, UnexpectedError)
    assert job.reference in caplog.text
    assert "Rowan" not in caplog.text
    refused = DatabaseRefused("The disk is full.", "It is safe.", "Make room.")
    known = jobs.begin(who, "import", failing(refused), now=NOW)
    assert known.finished.wait(LONGEST)
    assert known.error is refused


def test_a_result_is_remembered_for_an_hour(held: Held) -> None:
    jobs, who = Jobs(), viewer()
    held.go_on.set()
    job = jobs.begin(who, "import", held, now=NOW)
    assert job.finished.wait(LONGEST)
    assert jobs.latest(who, "import", now=NOW + timedelta(minutes=50)) is job
    assert jobs.latest(who, "import", now=NOW + timedelta(minutes=70)) is None


def test_a_result_that_nobody_came_back_for_does_not_stay_for_ever(held: Held) -> None:
    jobs = Jobs()
    held.go_on.set()
    assert jobs.begin(viewer(user_id=5), "check", held, now=NOW).finished.wait(LONGEST)
    jobs.begin(viewer(user_id=6), "check", held, now=NOW + timedelta(hours=2))
    assert jobs.latest(viewer(user_id=5), "check", now=NOW) is None


def test_a_server_that_stops_leaves_whole_people_and_a_batch_that_says_it_was_interrupted(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.services.imports.current_engine", lambda: engine)
    monkeypatch.setattr("dashboard.services.work.current_engine", lambda: engine)
    monkeypatch.setattr(JOBS, "_jobs", {})
    who = viewer()
    people = "".join(f"P{number},Neu,Nina,1970-02-03,female\n" for number in range(5))
    files = [staged(who, "patients.csv", f"{PEOPLE}\n{people}")]
    confirmed = everybody(checked(who, files))
    create = patients.create

    def create_and_stop(*given: object) -> int:
        JOBS.stop()
        return create(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(patients, "create", create_and_stop)
    job = import_checking.take(who, files, Choices(), confirmed, met=(), as_of=AS_OF, now=NOW)
    assert job.finished.wait(LONGEST)
    assert (job.reports, job.error is not None) == (None, True)
    with reading(engine) as conn:
        assert len(patients.numbers(conn)) == 1
        assert [batch.finished_at for batch in batches.listed(conn)] == [None]
        assert conn.execute(sa.text("SELECT count(*) FROM patient_snapshots")).scalar() == 1
