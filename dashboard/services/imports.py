"""Files into the record: recognised, checked, added one patient at a time, and accounted for to the last row.

One transaction per patient: an interruption leaves whole patients. A dry run does the same and takes it all back.
Of several files those that say who the patients are go first, so that the order they are named in does not matter.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from dashboard.database import current_engine
from dashboard.errors import NotPermitted, UnreadableFile
from dashboard.permissions import COMMAND_LINE, Permission, Viewer
from dashboard.services import mapping, work
from dashboard.services.import_people import (
    NOT_CONFIRMED,
    Confirmed,
    PersonMet,
    days_of,
    doubt,
    identity,
    standing,
)
from dashboard.services.import_reports import COUNTED, FileReport, as_json, for_the_history
from dashboard.services.import_whom import NOT_ASKED_FOR, all_rejected, asked_for, is_another, require_still, went_to
from data_access import access, audit, batches, ingest, patients
from data_access import engine as database
from data_access.importers import mapped, mapped_people, reading, recognise
from data_access.importers.mapped_rules import ColumnMapping
from data_access.importers.parsed import ParsedFile
from data_access.importers.reading import DEFAULT_LIMITS, Limits, Source
from data_access.ingest import Ingested
from data_access.patients import PatientHead
from data_access.records import PatientBundle, PatientRecord, Rejection

__all__ = ["COUNTED", "FileReport", "Offered", "Progress", "Wishes", "as_json", "import_files"]

ANOTHER_PERSON = "somebody else is on record under this record number (another name, and no date of birth to settle it)"
NOT_YOURS = "this patient is not in the care of your team"
NOT_YOURS_TO_CLOSE = "only a clinician may close a red flag or a safety item, also by a file"
MOST_ROWS_KEPT = 500
"""Rejected rows that are kept with the batch, to be looked up later; their number is always kept."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file to import: the name it was given under, and how to read it (may raise UnreadableFile)."""

    name: str
    read: Callable[[], Source]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to import: only for one patient ('' for all), and whether to write at all.

    By the SHA-256 of a file: `filed_under` is the record number a file goes to that names nobody of ours, `mappings`
    how a table of another make is read.
    """

    to_patient: str = ""
    dry_run: bool = False
    limits: Limits = DEFAULT_LIMITS
    filed_under: Mapping[str, str] = field(default_factory=dict)
    mappings: Mapping[str, ColumnMapping] = field(default_factory=dict)
    confirmed: Confirmed | None = None  # whom somebody looked at and confirmed; None: whoever asks answers for all
    refused: Mapping[str, str] = field(default_factory=dict)  # by record number, why they could not be confirmed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: the file that is read now, counted from 1, and the people of all files that are done."""

    file: int
    files: int
    name: str
    people: int = 0
    read: float | None = None  # the share of a large file that is read, 0-1


@dataclass(frozen=True, slots=True)
class _Import:
    viewer: Viewer
    engine: Engine
    wishes: Wishes
    team_id: int | None
    as_of: date
    now: datetime
    tell: Callable[[Progress], None]
    created: set[str] = field(default_factory=set)  # record numbers of patients this import made, or would have made
    refused: dict[str, str] = field(default_factory=dict)  # record numbers that are somebody else's here, and why


class _TakenBack(Exception):
    """Carries the outcome of a dry run out of its transaction, which is rolled back."""

    def __init__(self, outcome: Ingested) -> None:
        self.outcome = outcome


def import_files(
    viewer: Viewer,
    files: Sequence[Offered],
    wishes: Wishes,
    *,
    as_of: date,
    now: datetime,
    look_in: Engine | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> list[FileReport]:
    """One report per file, in their order. Raises NotPermitted, and DatabaseRefused where writing is not possible.

    `look_in` is for a dry run against another database than the configured one (an empty one, before there is any).
    `progress` is told of each file and each person before their turn; what it raises ends the import between two.
    """
    engine = (look_in if wishes.dry_run else None) or current_engine()
    if not viewer.may(Permission.IMPORT):
        raise NotPermitted(Permission.IMPORT.value)
    with database.reading(engine) as conn:
        team_id = team_for_new(conn, viewer)
    task = _Import(viewer, engine, wishes, team_id, as_of, now, progress or _tell_nobody)
    reports: dict[int, FileReport] = {}
    for place in _patients_first(files):
        done = sum(len(report.people) for report in reports.values())
        at = Progress(len(reports) + 1, len(files), files[place].name, done)
        reports[place] = _import_file(task, files[place], at)
    return [reports[place] for place in range(len(files))]


def _tell_nobody(_: Progress) -> None:
    """For who does not want to know how far it is."""


def _patients_first(files: Sequence[Offered]) -> list[int]:
    """The places of the files in the order to read them in."""
    places = range(len(files))
    return list(places) if len(files) < 2 else sorted(places, key=lambda place: _place_in_line(files[place]))


def _place_in_line(offered: Offered) -> int:
    # Read twice rather than all held at once: a clinic's export may be many large files.
    try:
        return recognise.place_in_line(offered.read())
    except UnreadableFile:
        return 0  # explained when its turn comes


def team_for_new(conn: Connection, viewer: Viewer) -> int | None:
    """The care team of patients that are new: the viewer's own, or the clinic's where it has but one."""
    if len(viewer.teams) == 1:
        return next(iter(viewer.teams))
    teams = access.teams(conn)
    return teams[0].team_id if len(teams) == 1 else None


def _import_file(task: _Import, offered: Offered, at: Progress) -> FileReport:
    report = FileReport(offered.name)
    task.tell(at)
    try:
        source = offered.read()
        wanted = task.wishes.filed_under.get(source.sha256, task.wishes.to_patient)
        parsed = _parsed(task, source, wanted, at, report)
    except UnreadableFile as error:
        report.unreadable = error
        return report
    report.format, report.sha256 = parsed.format, source.sha256
    report.batch_id = None if task.wishes.dry_run else _start(task, source, parsed)
    for bundle in asked_for(parsed, wanted, task.wishes.to_patient, report):
        task.tell(replace(at, people=at.people + len(report.people)))
        _import_patient(task, bundle, parsed, report)
    report.unused.update(parsed.account.unused)
    report.read = parsed.account.read
    report.already_there += parsed.account.repeated
    report.rejected += parsed.account.rejected
    with database.reading(task.engine) as conn:
        report.went_to = went_to(conn, task.viewer, report)
    if report.batch_id is not None:
        _finish(task, report.batch_id, report)
    return report


def _parsed(task: _Import, source: Source, wanted: str, at: Progress, report: FileReport) -> ParsedFile:
    def tell(done: int, of: int) -> None:
        task.tell(replace(at, read=done / max(of, 1)))

    found = task.wishes.mappings.get(source.sha256)
    limits = task.wishes.limits
    if found is None:
        try:
            return recognise.parse(source, task.as_of, limits, tell)
        except UnreadableFile as refused:
            found = _known_mapping(task, source, refused)
    report.mapping = found.memorable.as_json()
    whole = reading.whole(source, limits)
    report.names = mapped_people.one_person(whole, found, limits)
    parsed = mapped.parse(whole, found, wanted, limits, task.as_of)
    if source.sha256 not in task.wishes.mappings:  # nobody looked at a preview of this file
        mapped_people.require_read_as_before(whole, found, parsed.account, limits)
    return parsed


def _known_mapping(task: _Import, source: Source, refused: UnreadableFile) -> ColumnMapping:
    """How the clinic reads tables with that header. Raises UnreadableFile where nobody explained one yet."""
    with database.reading(task.engine) as conn:
        return mapping.of_known_header(conn, source, task.wishes.limits, refused)


def _start(task: _Import, source: Source, parsed: ParsedFile) -> int:
    with work.writing(task.viewer, Permission.IMPORT, action="import", resource=source.sha256) as conn:
        return batches.start(
            conn,
            file_name=source.name,
            sha256=source.sha256,
            format=parsed.format,
            user_id=task.viewer.user_id,
            now=task.now,
        )


def _finish(task: _Import, batch_id: int, report: FileReport) -> None:
    rows = for_the_history(report.rejected[:MOST_ROWS_KEPT])
    counts = as_json(report) | {"rejected": len(report.rejected), "file": "", "rejected_rows": rows}
    if report.mapping:
        counts["mapping"] = json.loads(report.mapping)  # what was converted, and how
    with database.writing(task.engine) as conn:
        batches.finish(conn, batch_id, report=counts, now=task.now)


def _import_patient(task: _Import, bundle: PatientBundle, parsed: ParsedFile, report: FileReport) -> None:
    bundle = _without_closings(task, replace(bundle, team_id=task.team_id), report)
    met = PersonMet(bundle.patient.record_number, identity(bundle.patient), "new", days=days_of(bundle))
    met.by_id = bundle.patient.record_number in parsed.by_id
    met.filed = report.sha256 in task.wishes.filed_under
    report.people.append(met)
    try:
        with database.writing(task.engine) as conn:
            require_still(conn, task.viewer)
            head = patients.find_by_record(conn, bundle.patient.record_number)
            _place(task, met, head)
            if reason := _doubt(task, met) or _refusal(task, head, bundle.patient, parsed):
                _audit_refusal(conn, task, head, reason)
                _remember(task, bundle, reason)
                _reject(report, met, bundle, reason)
                return
            if head is not None:
                audit.hold(conn, head.patient_id)  # the chain before the patient, as every other writer takes them
            outcome = ingest.add(conn, bundle, batch_id=report.batch_id, now=task.now, as_of=task.as_of)
            if task.wishes.dry_run:
                raise _TakenBack(outcome)
            _audit(conn, task, outcome, report.batch_id)
            _link(task, met, patients.head(conn, outcome.patient_id))
    except _TakenBack as taken_back:
        outcome = taken_back.outcome
    _add_up(task, report, met, bundle, outcome)


def _place(task: _Import, met: PersonMet, head: PatientHead | None) -> None:
    """Note who is on record beside the person of the file; nothing of somebody whom the viewer may not see."""
    if head is None:
        return
    if not task.viewer.in_scope(head.team_id):
        met.standing, met.held, met.patient_id, met.link_id = "elsewhere", None, 0, ""
        return
    met.held, met.patient_id, met.link_id = identity(head), head.patient_id, head.link_id
    met.standing = standing(met.said, met.held)


def _link(task: _Import, met: PersonMet, head: PatientHead | None) -> None:
    """Note where to find somebody who was taken, as far as the viewer may see them."""
    if head is not None and task.viewer.in_scope(head.team_id):
        met.patient_id, met.link_id = head.patient_id, head.link_id


def _doubt(task: _Import, met: PersonMet) -> str:
    reason = doubt(task.wishes.confirmed, met.record_number, met.said, met.held)
    return task.wishes.refused.get(met.record_number, reason) if reason == NOT_CONFIRMED else reason


def _reject(report: FileReport, met: PersonMet, bundle: PatientBundle, reason: str) -> None:
    rejected = all_rejected(bundle, reason)
    met.why, met.rejected = reason, len(rejected)
    report.left_out += 1 if reason == NOT_CONFIRMED else len(rejected)
    if reason == NOT_CONFIRMED:  # somebody's own choice: said once, not row by row
        rejected = [Rejection("patient", f"{met.record_number} (records: {len(rejected)})", reason)]
    elif met.standing != "elsewhere":
        met.standing = "unknown" if met.held is None else "refused"
    report.rejected += rejected


def _without_closings(task: _Import, bundle: PatientBundle, report: FileReport) -> PatientBundle:
    """The bundle, without what this viewer may not close; the server's own command line restores everything."""
    if not bundle.closings or task.viewer.may(Permission.CLOSE_SAFETY) or task.viewer.user_id == COMMAND_LINE:
        return bundle
    report.rejected += [Rejection(each.where or "patient", "closing", NOT_YOURS_TO_CLOSE) for each in bundle.closings]
    return replace(bundle, closings=())


def _refusal(task: _Import, head: PatientHead | None, person: PatientRecord, parsed: ParsedFile) -> str:
    number = person.record_number
    only_referred = number in parsed.must_exist or bool(parsed.ownerless)
    if head is None:
        # In a dry run a patient of an earlier file was taken back, and would be on record otherwise.
        return parsed.not_on_record if only_referred and number not in task.created else ""
    if not task.viewer.in_scope(head.team_id):
        return NOT_YOURS
    if only_referred and number in task.refused:
        return task.refused[number]  # what belongs to the person of an earlier file, who is not the one on record
    return ANOTHER_PERSON if is_another(head, person) else ""


def _remember(task: _Import, bundle: PatientBundle, reason: str) -> None:
    if reason not in (NOT_YOURS, NOT_ASKED_FOR, NOT_CONFIRMED):
        task.refused.setdefault(bundle.patient.record_number, reason)


def _audit(conn: Connection, task: _Import, outcome: Ingested, batch_id: int | None) -> None:
    if not outcome.patient_id or not (outcome.added or outcome.created):
        return
    counts = ", ".join(f"{count} {kind}" for kind, count in outcome.added.items()) or "the person"
    audit.record(
        conn,
        user_id=task.viewer.user_id,
        role=task.viewer.role,
        action="import",
        patient_id=outcome.patient_id,
        resource=f"batch {batch_id}",
        detail=f"{counts}; {len(outcome.rejected)} rejected",
        now=task.now,
    )


def _audit_refusal(conn: Connection, task: _Import, head: PatientHead | None, reason: str) -> None:
    if head is None or reason != NOT_YOURS:
        return
    viewer = task.viewer
    patient_id = head.patient_id
    audit.record(conn, user_id=viewer.user_id, role=viewer.role, action="refused", patient_id=patient_id, now=task.now)


def _add_up(task: _Import, report: FileReport, met: PersonMet, bundle: PatientBundle, outcome: Ingested) -> None:
    if not outcome.patient_id:
        reasons = [rejection.why for rejection in outcome.rejected]
        reason = reasons[0] if reasons else ANOTHER_PERSON
        _remember(task, bundle, reason)
        _reject(report, met, bundle, reason)
        return
    met.added.update(outcome.added)
    met.already_there, met.rejected, met.created = outcome.already_there, len(outcome.rejected), outcome.created
    report.patients += 1
    if outcome.created and bundle.patient.record_number not in task.created:
        report.new_patients += 1
        task.created.add(bundle.patient.record_number)
    report.added.update(outcome.added)
    report.already_there += outcome.already_there
    days = [*(e.day for e in bundle.entries), *(m.day for m in bundle.measures), *(d.day for d in bundle.doses)]
    report.undated += days.count(None)
    report.rejected += outcome.rejected
