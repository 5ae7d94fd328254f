"""The Import page's two acts: look at what the files would do, and do it for the people who were confirmed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Literal

from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from dashboard.services.import_jobs import JOBS, Job
from dashboard.services.import_people import MAY_GO_IN, Confirmed, Identity, Seen, Standing
from dashboard.services.import_reports import FileReport
from dashboard.services.import_staging import Staged
from dashboard.services.imports import Offered, Progress, Wishes, import_files, team_for_new
from data_access import access
from data_access.importers.mapped_rules import ColumnMapping

_WORST: tuple[Standing, ...] = ("refused", "elsewhere", "unknown", "partly", "new", "same", "number")


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen on the way: one patient only ('': everybody), and whose a file is that does not say it."""

    to_patient: str = ""
    filed_under: Mapping[str, str] = field(default_factory=dict)  # record number by the file's SHA-256
    mappings: Mapping[str, ColumnMapping] = field(default_factory=dict)  # by the file's SHA-256


@dataclass(frozen=True, slots=True)
class Met:
    """One person over all files: what they say of them, who is on record, and what would go in."""

    record_number: str
    standing: Standing
    said: tuple[Identity, ...]  # what the files say, each once; empty where they give no more than the number
    held: Identity | None
    why: str
    sha256: str  # of a file about nobody but this person that carries no record number of ours; '' for none
    files: tuple[str, ...]
    added: Mapping[str, int]  # rows by kind
    already_there: int
    rejected: int
    days: tuple[date, date] | None
    seen: tuple[Seen, ...]
    link_id: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether everything about this person is on record as far as it can be: nothing would be written."""
        return self.held is not None and not self.added and self.standing in MAY_GO_IN and not self._fills_a_gap

    @property
    def _fills_a_gap(self) -> bool:
        held = self.held or Identity()
        return any(
            (said.family_name and not held.family_name)
            or (said.given_name and not held.given_name)
            or (said.birth_date and not held.birth_date)
            for said in self.said
        )


def check(viewer: Viewer, files: Sequence[Staged], choices: Choices, *, as_of: date, now: datetime) -> Job:
    """Starts to find out what the files would do; nothing is written. Raises NotPermitted, Conflict."""
    return _begin(viewer, "check", files, _wishes(choices, dry_run=True), as_of=as_of, now=now)


def take(
    viewer: Viewer,
    files: Sequence[Staged],
    choices: Choices,
    confirmed: Confirmed,
    *,
    met: Sequence[Met],
    as_of: date,
    now: datetime,
) -> Job:
    """Starts to read the files in for the people who were confirmed, of all those the check met.

    Raises NotPermitted, Conflict.
    """
    refused = {each.record_number: each.why for each in met if each.why}
    wishes = replace(_wishes(choices, dry_run=False), confirmed=confirmed, refused=refused)
    return _begin(viewer, "import", files, wishes, as_of=as_of, now=now, people=sum(len(each.files) for each in met))


def _wishes(choices: Choices, *, dry_run: bool) -> Wishes:
    return Wishes(
        choices.to_patient,
        dry_run,
        filed_under=choices.filed_under,
        mappings=choices.mappings,
    )


def _begin(
    viewer: Viewer,
    kind: Literal["check", "import"],
    files: Sequence[Staged],
    wishes: Wishes,
    *,
    as_of: date,
    now: datetime,
    people: int = 0,
) -> Job:
    if not viewer.may(Permission.IMPORT):
        raise NotPermitted(Permission.IMPORT.value)
    offered = [Offered(one.name, one.read) for one in files]
    return JOBS.begin(viewer, kind, partial(_run, viewer, offered, wishes, as_of, now), now=now, people=people)


def _run(
    viewer: Viewer,
    offered: Sequence[Offered],
    wishes: Wishes,
    as_of: date,
    now: datetime,
    tell: Callable[[Progress], None],
) -> list[FileReport]:
    reports = import_files(viewer, offered, wishes, as_of=as_of, now=now, progress=tell)
    if wishes.dry_run:  # who is on record is about to be shown beside the file
        on_record = {met.patient_id for report in reports for met in report.people if met.patient_id}
        work.looked_at(viewer, on_record, action="check import", resource="name and date of birth")
    return reports


def people(reports: Sequence[FileReport]) -> list[Met]:
    """Everybody the files are about, each once, by record number; those who need a decision first."""
    gathered: dict[str, list[tuple[FileReport, int]]] = {}
    for report in reports:
        for place, met in enumerate(report.people):
            gathered.setdefault(met.record_number, []).append((report, place))
    found = [_met(number, placed) for number, placed in gathered.items()]
    return sorted(found, key=lambda each: (_WORST.index(each.standing), each.record_number))


def _met(number: str, placed: Sequence[tuple[FileReport, int]]) -> Met:
    all_of_them = [report.people[place] for report, place in placed]
    saids = tuple(dict.fromkeys(met.said for met in all_of_them if not met.said.says_nothing))
    standing = min((met.standing for met in all_of_them), key=_WORST.index)
    days = [met.days for met in all_of_them if met.days]
    return Met(
        record_number=number,
        standing="partly" if standing in ("new", "same") and len(saids) > 1 else standing,
        said=saids,
        held=next((met.held for met in all_of_them if met.held), None),
        why=next((met.why for met in all_of_them if met.why), ""),
        sha256=next((report.sha256 for report, place in placed if _unnamed(report, place)), ""),
        files=tuple(report.file for report, _ in placed),
        added=sum((met.added for met in all_of_them), Counter()),
        already_there=sum(met.already_there for met in all_of_them),
        rejected=sum(met.rejected for met in all_of_them),
        days=(min(first for first, _ in days), max(last for _, last in days)) if days else None,
        seen=tuple(dict.fromkeys(met.seen for met in all_of_them)),
        link_id=next((met.link_id for met in all_of_them if met.link_id), ""),
    )


def _unnamed(report: FileReport, place: int) -> bool:
    met = report.people[place]
    return met.filed or (met.by_id and len(report.people) == 1)


def team_of_new(viewer: Viewer) -> str:
    """The name of the care team that new patients would belong to, '' for none yet. Raises NotPermitted."""
    with work.looking_up(viewer, Permission.IMPORT, action="import") as conn:
        team_id = team_for_new(conn, viewer)
        return access.team_name(conn, team_id) if team_id is not None else ""
