"""Scores put on record and taken off it: a questionnaire filled in, a total entered, a score withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from clinical.safety import open_items
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import measure_drafts, measure_forms, measure_totals, work
from dashboard.services.entries import required_reason
from dashboard.services.measure_drafts import TOTALS, Held
from data_access import measure_drafts as stored
from data_access import measures, patients, safety
from data_access.entries import Writer
from data_access.records import MeasureRecord

ON_SCREEN, OWN_WORDS = "filled in on screen", "2016, our words, filled in on screen"


@dataclass(frozen=True, slots=True)
class Saved:
    """What was put on record: questionnaire and score (None: answers without a total), with the scores' numbers."""

    scores: tuple[tuple[str, float | None], ...]
    numbers: tuple[int, ...]


def save_form(viewer: Viewer, patient_id: int, name: str, *, revision: int, now: datetime, as_of: date) -> Saved:
    """What was filled in, put on record as answers and score; the draft is gone in the same transaction.

    `revision` is that of the answers the window shows. Answers that give no total are kept without one. Raises
    NotPermitted, Conflict (another window changed or saved it), ExplainedError (what cannot be), with nothing written.
    """
    form = measure_forms.form(name)
    if form is None:
        raise ExplainedError(f"{name} is not filled in on screen.", "Nothing was written.", "Enter its total instead.")
    told = work.Told()
    with work.writing(
        viewer, Permission.ENTER_SCORES, patient_id, action="enter score", resource=name, detail=told
    ) as conn:
        held = _seen(conn, viewer, patient_id, name, revision)
        day = measure_forms.day_of(held.answers, as_of)
        _possible(conn, patient_id, held, as_of)
        given = measure_forms.items(form, held.answers)
        version = OWN_WORDS if form.asks_areas else ON_SCREEN
        records = [
            MeasureRecord(day, scored.code, scored.kept, "", given[scored.code])
            for scored in measure_forms.scored(form, held.answers)
            if any(item is not None for item in given[scored.code])
        ]
        saved = _enter(conn, viewer, patient_id, records, version, Writer(viewer.user_id, now, as_of))
        stored.discard_draft(conn, patient_id, viewer.user_id, name)
        told.words = ", ".join(f"measure {number}" for number in saved.numbers)
        return saved


def save_total(viewer: Viewer, patient_id: int, *, revision: int, now: datetime, as_of: date) -> Saved:
    """The total that was filled in, put on record; the draft is gone in the same transaction. Raises as `save_form`."""
    told = work.Told()
    with work.writing(
        viewer, Permission.ENTER_SCORES, patient_id, action="enter score", resource="total", detail=told
    ) as conn:
        held = _seen(conn, viewer, patient_id, TOTALS, revision)
        found = measure_totals.problems(held.answers, as_of, _born(conn, patient_id))
        if found:
            raise _refused(" ".join(found.values()))
        score = measure_totals.as_score(held.answers, as_of)
        record = MeasureRecord(score.day, score.instrument, score.score, score.unit, score.items)
        version = str(held.answers.get(measure_totals.VERSION, "")).strip()
        saved = _enter(conn, viewer, patient_id, [record], version, Writer(viewer.user_id, now, as_of))
        stored.discard_draft(conn, patient_id, viewer.user_id, TOTALS)
        told.words = f"measure {saved.numbers[0]} {score.instrument}"
        return saved


def _seen(conn: Connection, viewer: Viewer, patient_id: int, name: str, revision: int) -> Held:
    """The draft as the window shows it."""
    held = measure_drafts.of(conn, viewer, patient_id, name)
    if not held.revision:
        raise measure_drafts.gone()
    if held.revision != revision:
        raise measure_drafts.moved()
    return held


def _possible(conn: Connection, patient_id: int, held: Held, as_of: date) -> None:
    wrong = measure_totals.day_problem(held.answers, as_of, _born(conn, patient_id))
    if wrong:
        raise _refused(wrong)
    if not any(name not in (measure_forms.DAY,) for name in held.answers):
        raise _refused("No question is answered yet.")


def _born(conn: Connection, patient_id: int) -> date | None:
    head = patients.head(conn, patient_id)
    return head.birth_date if head else None


def _refused(what_happened: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was saved; what you filled in is still here.", "Correct it and save.")


def _enter(
    conn: Connection, viewer: Viewer, patient_id: int, records: list[MeasureRecord], version: str, writer: Writer
) -> Saved:
    numbers = [measures.enter(conn, patient_id, each, writer=writer, version=version) for each in records]
    return Saved(tuple((each.instrument, each.score) for each in records), tuple(numbers))


def withdraw(viewer: Viewer, patient_id: int, measure_id: int, *, reason: str, now: datetime, as_of: date) -> None:
    """That score counts no more, for that reason; it stays on record. Raises NotPermitted, Conflict, ExplainedError."""
    said = required_reason(reason, "withdrawal")
    with work.writing(
        viewer,
        Permission.ENTER_SCORES,
        patient_id,
        action="withdraw score",
        resource=f"measure {measure_id}",
        detail=said,
    ) as conn:
        if _holds_open(conn, patient_id, measure_id, as_of):
            raise _held_open()
        writer = Writer(viewer.user_id, now, as_of)
        measures.withdraw(conn, patient_id, measure_id, reason=said, writer=writer)


def _holds_open(conn: Connection, patient_id: int, measure_id: int, as_of: date) -> bool:
    """Whether a safety item would be gone, or lose an answer, without that score: only a closing may do that."""
    scores, closures = measures.scores(conn, patient_id), safety.closures(conn, patient_id)
    others = [each for each in scores if each.measure_id != measure_id]
    return open_items((), closures, scores, as_of) != open_items((), closures, others, as_of)


def _held_open() -> ExplainedError:
    return ExplainedError(
        "Item 9 of this PHQ-9 holds a safety item open.",
        "Nothing was withdrawn; the safety item stays open.",
        "Close the safety item first, with the reason; then withdraw the score.",
    )
