"""Imports of the past in words: one line each, what was rejected and why, and what taking one back would remove."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard.presenters import imports, people
from dashboard.presenters.words import counted, day, full_day, listed, sentence_case, several
from dashboard.services.import_undo import BatchLine, Look, Obstacle, Undone
from data_access.batches import Reached
from data_access.patients import PatientHead

NOTHING = "Nothing was imported yet for the patients you care for."
OLDER = "Brought in by an older version: it cannot be taken back."
UNFINISHED = "Not finished"
INTERRUPTED = "It still runs, or was interrupted: every patient it did finish is whole."
WHAT_IT_DOES = (
    "Everything this file added is removed from the record at once, with every number that was worked out from it. "
    "Rows that a later, longer export shares with it are here only once, and go with it: import that one again then. "
    "What is removed is kept with the import; documents that were signed and sent stay as they are. The same file can "
    "be imported again."
)
WHAT_ELSE = (
    "Nothing is taken back while later work rests on it. Single entries, scores and medicines can be corrected, "
    "withdrawn or stopped on their own pages."
)
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One import: what it was, who brought it when, what it added for whom; `rejected` the rows it did not take.

    `state` '' where it stands, 'interrupted', 'older' or 'undone'; `told` says so in words.
    """

    key: str
    file: str
    format: str
    when: str
    by: str
    added: str
    about: str
    rejected: str
    state: str
    told: str
    undo: bool


def lines(found: Sequence[BatchLine], as_of: date) -> tuple[Line, ...]:
    """One line for each import, in their order."""
    return tuple(_line(each, as_of) for each in found)


def _line(each: BatchLine, as_of: date) -> Line:
    batch, report = each.batch, each.batch.report
    rejected = _number(report, "rejected")
    state, told = _state(each, as_of)
    return Line(
        key=str(batch.batch_id),
        file=imports.visible(file_name(each)),
        format=f"{imports.format_name(batch.format)} · import {batch.batch_id}",
        when=moment(batch.started_at, as_of),
        by=each.brought_by,
        added=sentence_case(imports.records(_counts(report))) if batch.finished_at else UNFINISHED,
        about=_about(each, report),
        rejected=f"{rejected:,} rejected" if rejected else "",
        state=state,
        told=told,
        undo=each.can_be_undone,
    )


def file_name(each: BatchLine) -> str:
    """The name of the file without the folder it lay in."""
    return each.batch.file_name.replace("\\", "/").rsplit("/", 1)[-1] or "a file without a name"


def moment(instant: datetime, as_of: date) -> str:
    """'22 Nov, 14:03'."""
    local = instant.astimezone()
    return f"{day(local.date(), as_of)}, {local:%H:%M}"


def _state(each: BatchLine, as_of: date) -> tuple[str, str]:
    batch = each.batch
    if batch.undone_at is not None:
        why = f": {imports.visible(each.undo.reason)}" if each.undo and each.undo.reason else ""
        by = f" by {each.undone_by}" if each.undone_by else ""
        return "undone", f"Taken back {moment(batch.undone_at, as_of)}{by}{why}"
    if batch.finished_at is None:
        return "interrupted", INTERRUPTED
    return ("", "") if batch.kept else ("older", OLDER)


def _about(each: BatchLine, report: Mapping[str, Any]) -> str:
    there, unused = (_number(report, name) for name in ("already_there", "unused"))
    about = f"for {several(each.reached, 'patient')}" if each.reached else ""
    more = f"{there:,} there already" if there else ""
    left = f"{unused:,} without a place here" if unused else ""
    return " · ".join(part for part in (about, more, left) if part)


def _number(report: Mapping[str, Any], name: str) -> int:
    found = report.get(name)
    return found if isinstance(found, int) else 0


def _counts(report: Mapping[str, Any]) -> Mapping[str, int]:
    found = report.get("added")
    return {"patients": _number(report, "new_patients"), **(found if isinstance(found, dict) else {})}


def told(each: BatchLine, as_of: date) -> str:
    """'Import 7 · Flareboard CSV: diary · 22 Nov, 14:03 by M. Physio'."""
    by = f" by {each.brought_by}" if each.brought_by else ""
    format_name = imports.format_name(each.batch.format)
    return f"Import {each.batch.batch_id} · {format_name} · {moment(each.batch.started_at, as_of)}{by}"


def reasons(each: BatchLine) -> list[tuple[str, str, str]]:
    """Why rows were rejected: how many, why, and the first of their places; the most common reason first."""
    rows = each.batch.report.get("rejected_rows")
    places: dict[str, list[str]] = {}
    for where, what, why in rows if isinstance(rows, list) else []:
        places.setdefault(why, []).append(where if what in ("", where) else f"{where} ({what})")
    ordered = Counter({why: len(found) for why, found in places.items()}).most_common()
    return [(f"{n:,}", imports.visible(why), imports.visible(listed(places[why], _PLACES))) for why, n in ordered]


def left_out(each: BatchLine) -> str:
    """That more rows were rejected than are kept with their reasons; '' where all of them are."""
    rows = each.batch.report.get("rejected_rows")
    kept, total = len(rows) if isinstance(rows, list) else 0, _number(each.batch.report, "rejected")
    if not kept:
        return "An older version kept their number, not their reasons."
    return f"The first {kept:,} of {total:,} rejected rows." if total > kept else ""


def removed(found: Look, as_of: date) -> list[tuple[str, str]]:
    """Whom something is taken from, and what."""
    return [(who(head, as_of), _removed(each, found.pressing.get(head.patient_id, 0))) for head, each in found.people]


def who(head: PatientHead, as_of: date) -> str:
    """'Sample, Rowan · born 3 Feb 1979 · FB-00017'."""
    born = f"born {full_day(head.birth_date)}" if head.birth_date else "date of birth not known"
    return imports.visible(f"{people.name(head)} · {born} · {head.record_number}")


_FIELDS = {
    "family_name": "family name",
    "given_name": "given name",
    "birth_date": "date of birth",
    "sex": "sex",
    "team_id": "care team",
}


def _removed(each: Reached, pressing: int) -> str:
    parts = [imports.records(each.added, "")]
    if pressing:
        parts.append(f"of these {counted(pressing, 'PHQ-9', 'PHQ-9')} with item 9 answered, a safety item")
    if each.created:
        parts.append("the person, who was not on record before")
    elif each.filled:
        known = listed([_FIELDS.get(name, name) for name in each.filled], len(_FIELDS))
        parts.append(f"{known}, not known before")
    return sentence_case("; ".join(part for part in parts if part)) or "Who cares for them"


def more(found: Look) -> str:
    """'And 9 further people.'; '' where all are named."""
    return f"And {counted(found.more, 'further person', 'further people')}." if found.more else ""


def in_the_way(found: Look, as_of: date) -> list[tuple[str, list[str]]]:
    """Whose record something rests in, '' for the import as a whole, and what it is."""
    grouped: dict[int, list[str]] = {}
    for each in found.obstacles:
        grouped.setdefault(each.patient_id, []).append(_obstacle(each, as_of))
    return [(who(found.heads[of], as_of) if of in found.heads else "", said) for of, said in grouped.items()]


def _obstacle(each: Obstacle, as_of: date) -> str:
    on = f", {day(each.on, as_of)}" if each.on else ""
    return f"{sentence_case(each.what)}{on}: {each.why}"


def done(undone: Undone) -> str:
    """'Taken back: 412 diary entries, for two people, one of them no longer on record.'."""
    people_of, gone = len(undone.patients), len(undone.gone)
    left = f", {counted(gone, 'of them', 'of them')} no longer on record" if gone else ""
    if gone == people_of:
        left = f", who {'is' if gone == 1 else 'are'} no longer on record"
    what = imports.records(undone.rows, "what it had filled in" if people_of > gone else "no records")
    return f"Taken back: {what}, for {counted(people_of, 'person', 'people')}{left}."
