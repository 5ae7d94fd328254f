"""Which people of a file are taken up at all, and in which words the others are refused."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services.import_reports import NOT_ASKED_FOR, FileReport
from data_access import access, batches, patients
from data_access.importers.parsed import ParsedFile
from data_access.ingest.kinds import KINDS
from data_access.patients import PatientHead
from data_access.records import PatientBundle, PatientRecord, Rejection
from data_access.text import folded

__all__ = ["NOT_ASKED_FOR", "all_rejected", "asked_for", "is_another", "require_still", "went_to"]


def asked_for(parsed: ParsedFile, wanted: str, only: str, report: FileReport) -> Iterator[PatientBundle]:
    """The patients of the file; with a patient asked for (`wanted` for this file, `only` for all), only that one.

    A file about one person whose number is but another system's id may be filed under the number asked for. Any other
    number names somebody else, and what belongs to somebody else is never filed under a wrong name.
    """
    for bundle in _named(parsed, wanted, report):
        if only and bundle.patient.record_number != only:
            _leave(bundle, report)
        else:
            yield bundle


def _named(parsed: ParsedFile, wanted: str, report: FileReport) -> Iterator[PatientBundle]:
    if not wanted and not parsed.ownerless:
        yield from parsed.bundles
        return
    bundles = iter(parsed.bundles)
    alone = next(bundles, None)
    second = next(bundles, None)
    for bundle in (bundle for bundle in (alone, second, *bundles) if bundle is not None):
        number = bundle.patient.record_number
        if not wanted:
            report.rejected += all_rejected(bundle, parsed.ownerless)
        elif number == wanted:
            yield bundle
        elif second is None and number in parsed.by_id:
            yield replace(bundle, patient=replace(bundle.patient, record_number=wanted))
        else:
            _leave(bundle, report)


def _leave(bundle: PatientBundle, report: FileReport) -> None:
    left = all_rejected(bundle, NOT_ASKED_FOR)
    report.rejected += left
    report.left_out += len(left)


def all_rejected(bundle: PatientBundle, why: str) -> list[Rejection]:
    """A rejection for each record of the patient, or one for the patient when there are no records."""
    records = [(kind.singular, record) for kind in KINDS for record in kind.of(bundle)]
    listed = [Rejection(record.where or "patient", name, why) for name, record in records]
    return listed or [Rejection("patient", "patient", why)]


def is_another(head: PatientHead, person: PatientRecord) -> bool:
    """Both names differ and no date of birth says that it is the same person."""
    if head.birth_date and person.birth_date:
        return False  # settled by the dates; ingest refuses where they differ
    pairs = ((head.family_name, person.family_name), (head.given_name, person.given_name))
    known = [(folded(held), folded(said)) for held, said in pairs if held and said]
    return bool(known) and all(held != said for held, said in known)


def went_to(conn: Connection, viewer: Viewer, report: FileReport) -> tuple[str, ...]:
    """Record numbers of others whom the same bytes reached in an import that stands; only those the viewer may see."""
    if not any(met.filed or met.by_id for met in report.people):
        return ()  # the file itself says whose it is
    mine = {met.record_number for met in report.people}
    heads = patients.heads(conn, batches.reached_by_bytes(conn, report.sha256)).values()
    return tuple(sorted(h.record_number for h in heads if viewer.in_scope(h.team_id) and h.record_number not in mine))


def require_still(conn: Connection, viewer: Viewer) -> None:
    """Returns while whoever imports still may: a long import ends between two people. Raises NotPermitted."""
    user = access.user(conn, viewer.user_id)
    if user is None:
        return  # the command line, which is nobody's account
    wide = viewer.whole_clinic and user.scope != "clinic"
    if wide or not user.active or user.role != viewer.role or not viewer.teams <= user.teams:
        raise NotPermitted(Permission.IMPORT.value)
