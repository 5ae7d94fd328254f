"""Files on their way through the Import page's services, and the jobs that read them in waited for."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

from dashboard.permissions import Role, Viewer
from dashboard.services import import_checking, import_staging
from dashboard.services.import_checking import Choices, Met
from dashboard.services.import_jobs import Job
from dashboard.services.import_people import Confirmed
from dashboard.services.import_reports import FileReport
from dashboard.services.import_staging import Staged

AS_OF = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PEOPLE = "patient,family_name,given_name,birth_date,sex"
LONGEST = 60.0  # seconds that a job may take on a loaded machine


def viewer(role: Role = "clinician", *teams: int, user_id: int = 5) -> Viewer:
    return Viewer(user_id, "Dr Example", role, "medicine", frozenset(teams), whole_clinic=not teams)


def staged(who: Viewer, name: str, content: str | bytes) -> Staged:
    """The file as it was dropped."""
    held = content.encode() if isinstance(content, str) else content
    return import_staging.stage(who, name, name, len(held), partial(io.BytesIO, held), as_of=AS_OF)


def waited(job: Job) -> list[FileReport]:
    """What the job found, once it is done."""
    assert job.finished.wait(LONGEST)
    assert job.error is None, job.error
    assert job.reports is not None
    return job.reports


def checked(who: Viewer, files: Sequence[Staged], choices: Choices | None = None) -> list[FileReport]:
    """What the files would do."""
    return waited(import_checking.check(who, files, choices or Choices(), as_of=AS_OF, now=NOW))


def everybody(reports: Sequence[FileReport]) -> Confirmed:
    """A tick beside everybody who can be confirmed."""
    return {met.record_number: met.seen for met in import_checking.people(reports)}


def taken(
    who: Viewer,
    files: Sequence[Staged],
    confirmed: Confirmed,
    choices: Choices | None = None,
    met: Sequence[Met] = (),
) -> list[FileReport]:
    """What became of the files."""
    job = import_checking.take(who, files, choices or Choices(), confirmed, met=met, as_of=AS_OF, now=NOW)
    return waited(job)
