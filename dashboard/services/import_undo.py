"""Imports of the past and taking one back: only those whose patients are all in the viewer's care.

What is taken back is taken back from all its patients in one transaction, with an audit event for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import COMMAND_LINE, Permission, Viewer
from dashboard.services import work
from data_access import access, audit, batches, patients
from data_access import undo as undoing
from data_access.batches import Batch, Brought, Reached, Undo
from data_access.patients import PatientHead
from data_access.undo import LONGEST_REASON, Obstacle, Resting, Undone

__all__ = [
    "LONGEST_REASON",
    "BatchLine",
    "Look",
    "Obstacle",
    "Reached",
    "Resting",
    "Undo",
    "Undone",
    "account",
    "history",
    "look",
    "obstacles",
    "undo",
]

FOR_A_CLINICIAN = "it is a safety item; only a clinician may take it back"
MOST_NAMED = 12
"""People of an import who are named before it is taken back; those in whose record something rests on it always are."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import of the past: the batch, who brought it, how many patients it added something to, and its undoing.

    `undo` None where it stands, or where nobody was reached; `undone_by` who took it back.
    """

    batch: Batch
    brought_by: str
    reached: int
    undo: Undo | None = None
    undone_by: str = ""

    @property
    def can_be_undone(self) -> bool:
        """Whether it is worth asking: it stands, is kept for that and added something."""
        return self.batch.undone_at is None and self.batch.kept and self.reached > 0


@dataclass(frozen=True, slots=True)
class Look:
    """One import before it is taken back: what it did to whom, and what stands in the way.

    `people` are those who are named, with what was done to each; `more` further ones are not. `pressing` by patient:
    how many PHQ-9 with an answer to item 9, which is a safety item, would leave the record with it.
    """

    line: BatchLine
    people: Sequence[tuple[PatientHead, Reached]] = ()
    more: int = 0
    created: int = 0
    obstacles: Sequence[Obstacle] = ()
    heads: Mapping[int, PatientHead] = field(default_factory=dict)
    pressing: Mapping[int, int] = field(default_factory=dict)


def history(viewer: Viewer, most: int | None = None) -> list[BatchLine]:
    """Every import whose patients are all in the viewer's care, the latest first, at most `most`. Raises NotPermitted.

    One that reached nobody, or from whose patients some were taken back altogether, is for who brought it, who took it
    back, and who sees the whole clinic.
    """
    with work.reading(viewer, Permission.IMPORT, action="view imports") as conn:
        return _lines(conn, viewer, None, most)


def account(viewer: Viewer, batch_id: int) -> BatchLine:
    """That import with its account, rejected rows included. Raises NotPermitted."""
    with work.reading(viewer, Permission.IMPORT, action="view import", resource=f"batch {batch_id}") as conn:
        line = _line(conn, viewer, batch_id)
    if line is None:
        raise _refused(viewer, batch_id)
    return line


def look(viewer: Viewer, batch_id: int) -> Look:
    """What taking that import back would do, or why it cannot be. Raises NotPermitted."""
    with work.looking_up(viewer, Permission.IMPORT, action="view import") as conn:
        line = _line(conn, viewer, batch_id)
        if line is not None:
            found = _look(conn, viewer, line)
    if line is None:
        raise _refused(viewer, batch_id)
    work.looked_at(viewer, found.heads, action="view import", resource=f"batch {batch_id}")
    return found


def obstacles(viewer: Viewer, batch_id: int) -> list[Obstacle]:
    """Why that import cannot be taken back; an empty list where nothing speaks against it. Raises NotPermitted."""
    return list(look(viewer, batch_id).obstacles)


def undo(viewer: Viewer, batch_id: int, reason: str, *, now: datetime, as_of: date) -> Undone:
    """What was taken back, for all its patients, with the audit events, in one transaction.

    Raises NotPermitted, Resting where later work rests on it, ExplainedError without a reason, Conflict while it runs.
    """
    with work.looking_up(viewer, Permission.IMPORT, action="undo import") as conn:
        shown = _line(conn, viewer, batch_id) is not None
    if not shown:
        raise _refused(viewer, batch_id)
    told, resource = work.Told(), f"batch {batch_id}"
    with work.writing(viewer, Permission.IMPORT, action="undo import", resource=resource, detail=told) as conn:
        if _line(conn, viewer, batch_id) is None:  # a patient was given to another team this very moment
            raise NotPermitted(Permission.IMPORT.value)
        if guarded := _guarded(viewer, undoing.pressing(conn, batch_id)):
            raise Resting(guarded)
        done = _undo(conn, viewer, batch_id, reason, now=now, as_of=as_of)
        told.words = _detail(done, reason)
    return done


def _undo(conn: Connection, viewer: Viewer, batch_id: int, reason: str, *, now: datetime, as_of: date) -> Undone:
    held = [each.patient_id for each in batches.reached(conn, batch_id)]
    for patient_id in held:
        audit.hold(conn, patient_id)  # every chain before any patient, as other writers take them
    done = undoing.undo(
        conn, batch_id, reason=reason, user_id=viewer.user_id, user_name=viewer.name, now=now, as_of=as_of
    )
    if list(done.patients) != held:
        raise _still_running()
    for patient_id in held:
        gone = "; the person was taken back as well" if patient_id in done.gone else ""
        audit.record(
            conn,
            user_id=viewer.user_id,
            role=viewer.role,
            action="undo import",
            patient_id=patient_id,
            resource=f"batch {batch_id}",
            detail=f"{' '.join(reason.split())}{gone}",
            now=now,
        )
    return done


def _detail(done: Undone, reason: str) -> str:
    counts = ", ".join(f"{count} {kind}" for kind, count in done.rows.items())
    return f"{len(done.patients)} patients, {counts or 'no rows'}: {' '.join(reason.split())}"


def _lines(conn: Connection, viewer: Viewer, wanted: int | None, most: int | None = None) -> list[BatchLine]:
    teams, undos = batches.teams(conn), batches.undos(conn)
    visible = [
        each.batch_id
        for each in batches.brought(conn)
        if wanted in (None, each.batch_id)
        and _in_scope(viewer, each, teams.get(each.batch_id, {}), undos.get(each.batch_id))
    ]
    names = {each.user_id: each.name for each in access.users(conn)} | {COMMAND_LINE: "Command line"}
    found = batches.listed(conn, visible[:most])
    return [_told(each, names, teams.get(each.batch_id, {}), undos.get(each.batch_id)) for each in found]


def _told(batch: Batch, names: Mapping[int, str], of: Mapping[int | None, int], undone: Undo | None) -> BatchLine:
    by, back = (names.get(each, "") if each is not None else "" for each in (batch.user_id, batch.undone_by))
    gone = undone.gone if undone else 0
    return BatchLine(batch, by, sum(of.values()) + gone, undone, undone.user_name if undone else back)


def _in_scope(viewer: Viewer, batch: Brought, of: Mapping[int | None, int], undone: Undo | None) -> bool:
    own = viewer.whole_clinic or viewer.user_id in (batch.user_id, batch.undone_by)
    nobody_left = not of or (undone is not None and undone.gone > 0)
    return all(viewer.in_scope(team) for team in of) and (own or not nobody_left)


def _line(conn: Connection, viewer: Viewer, batch_id: int) -> BatchLine | None:
    return next(iter(_lines(conn, viewer, batch_id)), None)


def _look(conn: Connection, viewer: Viewer, line: BatchLine) -> Look:
    batch_id = line.batch.batch_id
    reached, pressing = batches.reached(conn, batch_id), undoing.pressing(conn, batch_id)
    found = [*_guarded(viewer, pressing), *undoing.obstacles(conn, batch_id)]
    first = {each.patient_id for each in found} | pressing.keys()
    ordered = sorted(reached, key=lambda each: (each.patient_id not in first, not each.created, each.patient_id))
    named = ordered[: max(MOST_NAMED, len([each for each in reached if each.patient_id in first]))]
    heads = patients.heads(conn, [each.patient_id for each in named])
    people = [(heads[each.patient_id], each) for each in named]
    made = sum(each.created for each in reached)
    return Look(line, people, len(reached) - len(named), made, found, heads, pressing)


def _guarded(viewer: Viewer, pressing: Mapping[int, int]) -> list[Obstacle]:
    """What only a clinician takes back: a safety item would leave the caseload without having been closed."""
    if viewer.may(Permission.CLOSE_SAFETY) or viewer.user_id == COMMAND_LINE:
        return []
    return [Obstacle(patient_id, "PHQ-9 with an answer to item 9", FOR_A_CLINICIAN) for patient_id in sorted(pressing)]


def _refused(viewer: Viewer, batch_id: int) -> ExplainedError:
    """What is said of an import that is not shown to that person; who sees all of them asked for one there is not."""
    work.refuse(viewer, Permission.IMPORT, None, f"batch {batch_id}")
    if not viewer.whole_clinic:
        return NotPermitted(Permission.IMPORT.value)
    return ExplainedError(
        "There is no import of that number.",
        "Nothing was changed.",
        "Look at the list of imports on the Import page, or at the number the import printed.",
    )


def _still_running() -> Conflict:
    return Conflict(
        "This import is still adding to the record.",
        "Nothing was taken back.",
        "Wait until it is done, and try again.",
    )
