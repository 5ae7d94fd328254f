"""A questionnaire while it is being filled in: every answer is kept as it is given, one draft a person and form.

Two windows of one person share a draft. Each sends what was changed in it and gets back what stands, so the last
answer to a question counts and both windows show it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import measure_drafts
from data_access.drafts import FormDraft

Answer = int | float | str | list[str]
Answers = dict[str, Answer]
"""By the name of the question; what is not in here was not answered."""
TOTALS = "totals"
"""The form in which totals are entered, beside one form for each questionnaire."""
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What is being filled in of a form; `revision` 0 where nothing is."""

    answers: Answers = field(default_factory=dict)
    revision: int = 0
    saved_at: datetime | None = None


def held(viewer: Viewer, patient_id: int, form: str) -> Held:
    """What the viewer is filling in of that form. Raises NotPermitted."""
    with work.reading(viewer, Permission.ENTER_SCORES, patient_id, action="view questionnaire draft") as conn:
        return of(conn, viewer, patient_id, form)


def waiting(viewer: Viewer, patient_id: int) -> dict[str, Held]:
    """Everything the viewer began and did not save, by form. Raises NotPermitted."""
    with work.reading(viewer, Permission.ENTER_SCORES, patient_id, action="view questionnaire draft") as conn:
        return every(conn, viewer, patient_id)


def every(conn: Connection, viewer: Viewer, patient_id: int) -> dict[str, Held]:
    """The same inside a piece of work that was let in already."""
    return {each.form: _read(each) for each in measure_drafts.listed(conn, patient_id, viewer.user_id)}


def of(conn: Connection, viewer: Viewer, patient_id: int, form: str) -> Held:
    """The same inside a piece of work that was let in already."""
    return _read(measure_drafts.draft(conn, patient_id, viewer.user_id, form))


def _read(draft: FormDraft | None) -> Held:
    return Held() if draft is None else Held(json.loads(draft.content), draft.revision, draft.saved_at)


def keep(
    viewer: Viewer, patient_id: int, form: str, changed: Mapping[str, Answer | None], *, began: bool, now: datetime
) -> Held:
    """What stands once these answers are kept; None takes one back. `began`: the window has filled in some before.

    Raises NotPermitted, and Conflict where another window saved or discarded the form meanwhile.
    """
    resource = f"questionnaire {form}"
    with work.writing(
        viewer,
        Permission.ENTER_SCORES,
        patient_id,
        action="save questionnaire draft",
        resource=resource,
        goes_on=True,
    ) as conn:
        for _ in range(_MOST_TRIES):
            before = of(conn, viewer, patient_id, form)
            if began and not before.revision:
                raise gone()
            saved = _save(conn, viewer, patient_id, form, before, changed, now)
            if saved is not None:
                return saved
    raise moved()


def _save(
    conn: Connection,
    viewer: Viewer,
    patient_id: int,
    form: str,
    before: Held,
    changed: Mapping[str, Answer | None],
    now: datetime,
) -> Held | None:
    answers = {name: value for name, value in {**before.answers, **changed}.items() if value is not None}
    content = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    revision = before.revision
    saved = measure_drafts.save_draft(
        conn, patient_id, viewer.user_id, form, content=content, expected_revision=revision, now=now
    )
    return None if saved is None else Held(answers, saved.revision, saved.saved_at)


def discard(viewer: Viewer, patient_id: int, form: str) -> None:
    """Throw away what the viewer was filling in. Raises NotPermitted."""
    with work.writing(
        viewer,
        Permission.ENTER_SCORES,
        patient_id,
        action="discard questionnaire draft",
        resource=f"questionnaire {form}",
    ) as conn:
        measure_drafts.discard_draft(conn, patient_id, viewer.user_id, form)


def gone() -> ExplainedError:
    """What a window is told whose form was saved or thrown away in another one."""
    return Conflict(
        "This questionnaire was saved or discarded in another window of yours.",
        "Nothing was saved twice; a score that was saved stands in the table.",
        "Look at the scores; begin the questionnaire anew if it is needed once more.",
    )


def moved() -> ExplainedError:
    """What a window is told that saves what it has not seen."""
    return Conflict(
        "Answers were changed in another window of yours since this one was drawn.",
        "No score was saved; every answer is kept.",
        "Look at the answers as they stand now, then save.",
    )
