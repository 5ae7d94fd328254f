"""What the viewer answered with 'yes' and did not save: red flags and PHQ-9 item 9 in a draft of their own.

A draft is its author's alone: nobody else is told of it, and nothing is open before it is saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from clinical.red_flags import RED_FLAGS
from clinical.safety import YES, SafetyKind
from dashboard.permissions import Viewer
from dashboard.services import measure_drafts
from dashboard.services.measure_drafts import Held

CHECKLIST, QUESTIONNAIRE = "red_flags", "PHQ-9"
_ITEM_9 = "item_9"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """One such answer: `label` of the red flag, '' for item 9; `value` the answer to item 9; when it was kept last."""

    kind: SafetyKind
    label: str
    value: float
    kept_at: datetime
    author: str


def of(conn: Connection, viewer: Viewer, patient_id: int) -> tuple[Unsaved, ...]:
    """Everything of that kind in the viewer's own drafts, inside a piece of work that was let in already."""
    drafts = measure_drafts.every(conn, viewer, patient_id)
    flags = _red_flags(drafts.get(CHECKLIST, Held()), viewer.name)
    return (*flags, *_item_9(drafts.get(QUESTIONNAIRE, Held()), viewer.name))


def _red_flags(held: Held, author: str) -> Iterator[Unsaved]:
    for question, flag in RED_FLAGS.items():
        if held.saved_at is not None and held.answers.get(question) == YES:
            yield Unsaved("red_flag", flag.label, 0.0, held.saved_at, author)


def _item_9(held: Held, author: str) -> Iterator[Unsaved]:
    value = held.answers.get(_ITEM_9)
    if held.saved_at is not None and isinstance(value, int | float) and value > 0:
        yield Unsaved("phq9_item9", "", float(value), held.saved_at, author)
