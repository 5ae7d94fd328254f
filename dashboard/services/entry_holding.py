"""What is being filled in, as the database holds it: a draft's answers, when it was begun and when it was saved."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dashboard.errors import ExplainedError
from dashboard.permissions import Viewer
from dashboard.services import entry_fields
from dashboard.services.entry_fields import Fields
from data_access import entry_drafts
from data_access.entry_drafts import LONGEST_CONTENT, EntryDraft

_BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Held:
    """What is being filled in; `revision` 0 where nothing is, `begun_at` None where it is not known."""

    fields: Fields
    revision: int = 0
    saved_at: datetime | None = None
    begun_at: datetime | None = None


def held(conn: Connection, viewer: Viewer, patient_id: int, corrects: int) -> Held:
    """What the viewer is filling in for that patient: a new entry, or the correction of one."""
    return as_held(entry_drafts.draft(conn, patient_id, viewer.user_id, corrects))


def as_held(draft: EntryDraft | None) -> Held:
    """The draft read with care."""
    if draft is None:
        return Held({})
    said = json.loads(draft.content)
    return Held(entry_fields.cleaned(said), draft.revision, draft.saved_at, _instant(said.get(_BEGUN)))


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def keep(conn: Connection, viewer: Viewer, patient_id: int, corrects: int, held: Held, now: datetime) -> Held:
    """The draft as saved, one revision on. Raises ExplainedError when it is too long to keep."""
    begun = held.begun_at or (None if held.revision else now)
    told = {**held.fields, **({_BEGUN: begun.isoformat()} if begun else {})}
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    if len(content) > LONGEST_CONTENT:
        raise ExplainedError(
            "This note is too long to be kept with an entry, which holds 10,000 characters.",
            "What was saved before is untouched, and your text is still here.",
            "Shorten it, or write it as a note on the Care plan page.",
        )
    saved = entry_drafts.save_draft(
        conn,
        patient_id,
        viewer.user_id,
        content=content,
        corrects=corrects,
        expected_revision=held.revision,
        now=now,
    )
    return Held(held.fields, saved.revision, now, begun)
