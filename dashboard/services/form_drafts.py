"""A form while it is being filled in: it saves itself, one draft a person, patient and form.

Two windows of one person share a draft: what each of them changed is put together; where both changed the same answer,
nothing is overwritten and the person decides. What a form asks and what its answers mean is known to its caller, who
also says which permission it takes.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection

from dashboard.errors import Conflict
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from dashboard.services.form_fields import LONGEST_FORM, Raws, too_long
from data_access import form_drafts
from data_access.drafts import FormDraft

LONGEST_NAME = 60
"""Characters of a form's name."""
_LONGEST_CONTENT = 300_000
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What is being filled in; `revision` 0 where nothing is.

    `on` is the revision of the thing it began from, `began` what stood in the fields then; empty where that is not
    known.
    """

    answers: Raws = field(default_factory=dict)
    on: int = 0
    revision: int = 0
    saved_at: datetime | None = None
    began: Raws = field(default_factory=dict)


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
    if there.revision and answers == there.answers:
        return Outcome("draft", there)
    first = Held(on=sent.on, began=sent.base)
    begun = replace(there if there.revision else first, answers=answers)
    saved = _save(conn, viewer, patient_id, form, begun, now)
    return None if saved is None else Outcome("draft", saved)


def merged(sent: Sent, there: Raws) -> tuple[Raws, tuple[str, ...]]:
    """What stands once both changes are put together, and the answers that were changed in both windows."""
    changed = {name: value for name, value in sent.answers.items() if value != sent.base.get(name)}
    both = (name for name, value in changed.items() if there.get(name) not in (sent.base.get(name), value))
    return {**there, **changed}, tuple(both)


def _save(conn: Connection, viewer: Viewer, patient_id: int, form: str, changed: Held, now: datetime) -> Held | None:
    content = _content(changed)
    if len(content) > _LONGEST_CONTENT:
        raise too_long(len(content))
    saved = form_drafts.save_draft(
        conn, patient_id, viewer.user_id, form, content=content, expected_revision=changed.revision, now=now
    )
    return None if saved is None else replace(changed, revision=saved.revision, saved_at=saved.saved_at)


def _content(kept: Held) -> str:
    """What it began from is a convenience: where both are too long for one draft, it goes."""
    told = {"on": kept.on, "answers": kept.answers}
    whole = _json({**told, "began": kept.began})
    return whole if len(whole) <= _LONGEST_CONTENT else _json(told)


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


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
    began: Raws,
    now: datetime,
) -> Held:
    """The draft with these answers, standing on that revision from now on: what was chosen of two versions.

    `began` are the answers of that revision.
    """
    _check_length(answers)
    with work.writing(
        viewer, permission, patient_id, action="save form draft", resource=f"form {form}", goes_on=True
    ) as conn:
        for _ in range(_MOST_TRIES):
            there = _read(form_drafts.draft(conn, patient_id, viewer.user_id, form))
            chosen = Held(answers, on, there.revision, began=began)
            saved = _save(conn, viewer, patient_id, form, chosen, now)
            if saved is not None:
                return saved
    raise Conflict(
        "This form is being changed in another window at this very moment.",
        "Nothing was overwritten; both versions are kept.",
        "Choose once more.",
    )


def discard(viewer: Viewer, permission: Permission, patient_id: int, form: str, *, revision: int | None = None) -> None:
    """Throw away what the viewer was filling in; with `revision` only as it stood then. Raises NotPermitted."""
    with work.writing(viewer, permission, patient_id, action="discard form draft", resource=f"form {form}") as conn:
        form_drafts.discard_draft(conn, patient_id, viewer.user_id, form, revision=revision)


def _read(draft: FormDraft | None) -> Held:
    if draft is None:
        return Held()
    kept: dict[str, Any] = json.loads(draft.content)
    answers, began = (dict(kept.get(name) or {}) for name in ("answers", "began"))
    return Held(answers, int(kept.get("on", 0)), draft.revision, draft.saved_at, began)
