"""A form whose every answer is kept as it is given: what this browser tab shows, and what the database holds.

The answers live in the draft. What was changed in this tab since it was drawn is kept, then the fields show what
stands: a second tab of the same person is never overwritten unseen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from dashboard import access, clock
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.services import measure_drafts
from dashboard.services.measure_drafts import Answer, Answers, Held
from dashboard.services.measure_forms import DAY

_WINDOW, _OPENINGS = "measures.window", "measures.openings"


@dataclass(frozen=True, slots=True)
class Field:
    """One answer. `read` makes it of the widget's value and the answer before; `shown` is the way back."""

    name: str
    read: Callable[[Any, Answer | None], Answer | None]
    shown: Callable[[Answer | None], Any]


@dataclass(slots=True)
class Window:
    """One form of one patient as this tab shows it; `opening` keeps its widgets apart from those of an earlier one."""

    patient: str
    form: str
    opening: int
    base: Answers = field(default_factory=dict)
    revision: int = 0

    def key(self, name: str) -> str:
        """The key of that answer's widget."""
        return f"measures_{name}_{self.opening}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands; `moved` where another window changed something that this one had not shown."""

    held: Held
    moved: bool


def window(asked: Asked, form: str) -> Window:
    """The window of that form, begun anew for another form or patient."""
    kept = st.session_state.get(_WINDOW)
    if isinstance(kept, Window) and (kept.patient, kept.form) == (asked.head.link_id, form):
        return kept
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening
    st.session_state[_WINDOW] = begun = Window(asked.head.link_id, form, opening)
    return begun


def close() -> None:
    """Forget the window: the draft stays where it is."""
    st.session_state.pop(_WINDOW, None)


def standing(asked: Asked, here: Window, fields: Sequence[Field]) -> Standing:
    """What stands once this tab's changes are kept, and put into the fields before they are drawn.

    Raises NotPermitted, and Conflict where the form was saved or discarded elsewhere.
    """
    viewer, patient_id = access.require(Permission.ENTER_SCORES), asked.head.patient_id
    changed = _changed(here, fields)
    expected = {name: value for name, value in {**here.base, **changed}.items() if value is not None}
    if changed:
        held = measure_drafts.keep(viewer, patient_id, here.form, changed, began=here.revision > 0, now=clock.now())
    else:
        held = measure_drafts.held(viewer, patient_id, here.form)
        if here.revision and not held.revision:
            raise measure_drafts.gone()
    first = here.revision == 0
    here.base, here.revision = held.answers, held.revision
    _show(here, fields)
    return Standing(held, moved=not first and held.answers != expected)


def _changed(here: Window, fields: Sequence[Field]) -> dict[str, Answer | None]:
    found: dict[str, Answer | None] = {}
    for each in fields:
        if here.key(each.name) in st.session_state:
            before = here.base.get(each.name)
            said = each.read(st.session_state[here.key(each.name)], before)
            if said != before:
                found[each.name] = said
    if found and DAY not in here.base and DAY not in found:
        found[DAY] = clock.today().isoformat()  # the day of the first answer, however long it takes
    return found


def _show(here: Window, fields: Sequence[Field]) -> None:
    for each in fields:
        shown, key = each.shown(here.base.get(each.name)), here.key(each.name)
        # Only what differs: setting a field takes back what somebody clicks meanwhile.
        if key not in st.session_state or st.session_state[key] != shown:
            st.session_state[key] = shown


def choice(name: str) -> Field:
    """One of several answers, or none."""
    return Field(name, lambda value, _: value, lambda answer: answer)


def text(name: str) -> Field:
    """Words or a number as it is typed."""
    return Field(name, lambda value, _: value or None, lambda answer: answer or "")


_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)


def day_input(here: Window) -> None:
    """The day it was answered on, of any time: one that cannot be is answered in words, never dropped by the field."""
    key = here.key(DAY)
    st.date_input("Answered on", min_value=_EARLIEST, max_value=_LATEST, key=key, format="YYYY-MM-DD", width=170)


def day() -> Field:
    """The day, today until another one is chosen."""
    return Field(DAY, _day_said, _day_shown)


def _day_said(value: Any, before: Answer | None) -> Answer | None:
    if not isinstance(value, date) or (before is None and value == clock.today()):
        return before
    return value.isoformat()


def _day_shown(answer: Answer | None) -> date:
    return date.fromisoformat(answer) if isinstance(answer, str) else clock.today()
