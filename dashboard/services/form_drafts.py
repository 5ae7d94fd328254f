"""A form while it is being filled in: it saves itself, one draft a person, patient and form.

Two windows of one person share a draft: what each of them changed is put together; where both changed the same answer,
nothing is overwritten and the person decides. What a form asks and what its answers mean is known to its caller, who
also says which permission it takes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection

from dashboard.errors import Conflict
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from dashboard.services.form_fields import LONGEST_FORM, Raws, too_long
from data_access import form_drafts
from data_access.form_drafts import FormDraft

LONGEST_NAME = 60
"""Characters of a form's name."""
_LONGEST_CONTENT = 300_000
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What is being filled in; `revision` 0 where nothing is. `on` is the revision of the thing it began from."""

    answers: Raws = field(default_factory=dict)
    on: int = 0
    revision: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What a window sends: its answers, those it last knew the server to hold, and the revision both began from.

    `began`: there was a draft when the window looked last, so that none now means that it was saved or discarded.
    """

    answers: Raws
    base: Raws
    on: int = 0
    began: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. 'gone': saved or discarded in another window; 'conflict': `both` were changed in two."""

    kind: Literal["draft", "gone", "conflict"]
    held: Held
    both: tuple[str, ...] = ()


def held(viewer: Viewer, permission: Permission, patient_id: int, form: str) -> Held:
    """What the viewer is filling in of that form. Raises NotPermitted."""
    with work.reading(viewer, permission, patient_id, action="open own form") as conn:
        return _read(form_drafts.draft(conn, patient_id, viewer.user_id, form))


def keep(viewer: Viewer, permission: Permission, patient_id: int, form: str, sent: Sent, *, now: datetime) -> Outcome:
    """The draft with what the window changed. Raises NotPermitted, ExplainedError (too long), DatabaseRefused.

    What is sent again because its answer got lost finds its own answers there, which is no conflict.
    """
    _check_length(sent.answers)
    with work.writing(
        viewer, permission, patient_id, action="save form draft", resource=f"form {form}", goes_on=True
    ) as conn:
        for _ in range(_MOST_TRIES):
            outcome = _put_together(conn, viewer, patient_id, form, sent, now)
            if outcome is not None:
                return outcome
    raise Conflict(
        "This form is being changed in another window at this very moment.",
        "Nothing was overwritten; what you typed is still here.",
        "Go on typing: it is saved with the next word.",
    )


def _put_together(
    conn: Connection, viewer: Viewer, patient_id: int, form: str, sent: Sent, now: datetime
) -> Outcome | None:
    """None where another window was quicker."""
    there = _read(form_drafts.draft(conn, patient_id, viewer.user_id, form))
    if not there.revision and sent.began:
        return Outcome("gone", there)
    answers, both = merged(sent, there.answers) if there.revision else (sent.answers, ())
    if both:
        return Outcome("conflict", there, both)
    on = there.on if there.revision else sent.on
    if there.revision and answers == there.answers:
        return Outcome("draft", there)
    saved = _save(conn, viewer, patient_id, form, Held(answers, on, there.revision), now)
    return None if saved is None else Outcome("draft", saved)


def merged(sent: Sent, there: Raws) -> tuple[Raws, tuple[str, ...]]:
    """What stands once both changes are put together, and the answers that were changed in both windows."""
    changed = {name: value for name, value in sent.answers.items() if value != sent.base.get(name)}
    both = (name for name, value in changed.items() if there.get(name) not in (sent.base.get(name), value))
    return {**there, **changed}, tuple(both)


def _save(conn: Connection, viewer: Viewer, patient_id: int, form: str, now_held: Held, now: datetime) -> Held | None:
    content = _content(now_held)
    if len(content) > _LONGEST_CONTENT:
        raise too_long(len(content))
    saved = form_drafts.save_draft(
        conn, patient_id, viewer.user_id, form, content=content, expected_revision=now_held.revision, now=now
    )
    return None if saved is None else Held(now_held.answers, now_held.on, saved.revision, saved.saved_at)


def _content(kept: Held) -> str:
    return json.dumps({"on": kept.on, "answers": kept.answers}, ensure_ascii=False, separators=(",", ":"))


def _check_length(answers: Raws) -> None:
    length = sum(len(str(each)) for each in answers.values())
    if length > LONGEST_FORM:
        raise too_long(length)


def begin_on(
    viewer: Viewer,
    permission: Permission,
    patient_id: int,
    form: str,
    answers: Raws,
    *,
    on: int,
    now: datetime,
) -> Held:
    """The draft with these answers, standing on that revision from now on: what was chosen of two versions."""
    _check_length(answers)
    with work.writing(
        viewer, permission, patient_id, action="save form draft", resource=f"form {form}", goes_on=True
    ) as conn:
        for _ in range(_MOST_TRIES):
            there = _read(form_drafts.draft(conn, patient_id, viewer.user_id, form))
            saved = _save(conn, viewer, patient_id, form, Held(answers, on, there.revision), now)
            if saved is not None:
                return saved
    raise Conflict(
        "This form is being changed in another window at this very moment.",
        "Nothing was overwritten; both versions are kept.",
        "Choose once more.",
    )


def discard(viewer: Viewer, permission: Permission, patient_id: int, form: str) -> None:
    """Throw away what the viewer was filling in. Raises NotPermitted."""
    with work.writing(viewer, permission, patient_id, action="discard form draft", resource=f"form {form}") as conn:
        form_drafts.discard_draft(conn, patient_id, viewer.user_id, form)


def _read(draft: FormDraft | None) -> Held:
    if draft is None:
        return Held()
    kept: dict[str, Any] = json.loads(draft.content)
    answers = kept.get("answers")
    return Held(
        dict(answers) if isinstance(answers, Mapping) else {}, int(kept.get("on", 0)), draft.revision, draft.saved_at
    )
