"""Imports and their checks in the background, so that the page can show how far they are, be left, or be closed.

A few run at once and a few more wait; more than that is refused rather than piled up. When the server stops, what
runs ends after the person it is at: every person is whole then, and the batch that was not finished says so.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from dashboard.errors import Conflict, ExplainedError, UnexpectedError, reference_number
from dashboard.permissions import Viewer
from dashboard.services.import_reports import FileReport
from dashboard.services.imports import Progress

AT_ONCE = 2
MOST_UNFINISHED = 8
"""Running and waiting ones of everybody together; each holds its files in memory."""
REMEMBERED = timedelta(hours=1)

log = logging.getLogger("flareboard")

Kind = Literal["check", "import"]
Work = Callable[[Callable[[Progress], None]], list[FileReport]]


class _Stopped(Exception):
    """Ends the work between two people."""


@dataclass(slots=True)
class Job:
    """One import or check. `reports` is there once it is done, `error` and its `reference` once it has failed."""

    number: str
    user_id: int
    kind: Kind
    began_at: datetime
    people: int = 0  # how many it is about, as far as a check found out
    progress: Progress | None = None
    reports: list[FileReport] | None = None
    error: ExplainedError | None = None
    reference: str = ""
    finished: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.finished.is_set()


class Jobs:
    """The jobs of one server. Each person has at most one import and one check."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[tuple[int, Kind], Job] = {}
        self._unfinished = 0
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="import")

    def begin(self, viewer: Viewer, kind: Kind, work: Work, *, now: datetime, people: int = 0) -> Job:
        """Starts it. Raises Conflict while an import of the same person runs, or too many wait already."""
        job = Job(secrets.token_hex(8), viewer.user_id, kind, now, people)
        with self._lock:
            before = self._jobs.get((viewer.user_id, kind))
            if before is not None and not before.is_done:
                if kind == "import":
                    raise _still_running()
                before.stopping.set()
            if self._unfinished >= MOST_UNFINISHED:
                raise _too_many()
            self._unfinished += 1
            self._jobs = {key: each for key, each in self._jobs.items() if not _is_over(each, now)}
            self._jobs[viewer.user_id, kind] = job
        self._pool.submit(self._run, job, work)
        return job

    def latest(self, viewer: Viewer, kind: Kind, *, now: datetime) -> Job | None:
        """That person's job of that kind, None once it is dismissed or long over."""
        with self._lock:
            job = self._jobs.get((viewer.user_id, kind))
        if job is not None and _is_over(job, now):
            self.dismiss(viewer, kind)
            return None
        return job

    def dismiss(self, viewer: Viewer, kind: Kind) -> None:
        """Forgets it; a check that still runs ends, an import goes on to its end."""
        with self._lock:
            job = self._jobs.get((viewer.user_id, kind))
            if job is None or (kind == "import" and not job.is_done):
                return
            del self._jobs[viewer.user_id, kind]
        job.stopping.set()

    def stop(self) -> None:
        """Ends everything at the next person; nothing waits any longer."""
        with self._lock:
            for job in self._jobs.values():
                job.stopping.set()

    def _run(self, job: Job, work: Work) -> None:
        def tell(progress: Progress) -> None:
            if job.stopping.is_set():
                raise _Stopped
            job.progress = progress

        try:
            job.reports = work(tell)
        except _Stopped:
            job.error = _stopped()
        except ExplainedError as error:
            job.error = error
        except Exception as error:
            job.error, job.reference = UnexpectedError(), reference_number()
            log.error("%s %s in an import", job.reference, type(error).__name__)  # never its message
        finally:
            with self._lock:
                self._unfinished -= 1
            job.finished.set()


def _is_over(job: Job, now: datetime) -> bool:
    return job.is_done and now - job.began_at > REMEMBERED


def _still_running() -> Conflict:
    return Conflict(
        "An import of yours is still running.",
        "It goes on, and what it has finished is on record; the files you dropped now were not touched.",
        "Wait until it is done, then import these.",
    )


def _too_many() -> Conflict:
    return Conflict(
        "Many imports are running at this moment.",
        "None of your files was read in; nothing was changed.",
        "Try again in a minute.",
    )


def _stopped() -> ExplainedError:
    return ExplainedError(
        "The import was ended before its last file.",
        "Every person it had finished is whole, and what was not reached is as it was.",
        "Import the same files again: what is on record already is not added twice.",
    )


JOBS = Jobs()
