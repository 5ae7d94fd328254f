"""Open red flags and safety items with the dialog that closes one, and what was closed by whom and why.

It stands on its own: any patient page may draw it, with nothing but who asks and about whom.
"""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clinical.safety import SafetyItem, SafetyKind
from dashboard import access, clock, selection
from dashboard.components import patient_page
from dashboard.components.patient_page import Asked
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import safety as words
from dashboard.presenters.words import escaped
from dashboard.services import safety
from dashboard.services.safety import LONGEST_REASON, Closing, SafetyView

_OPENINGS, _STALE = "safety.openings", "safety.stale"


def show(asked: Asked, only: SafetyKind | None = None) -> None:
    """Draw what is open, of that kind alone where one is named; nothing where nothing is open."""
    show_open(safety.view(asked.viewer, asked.head, as_of=selection.today()), asked, only)


def show_open(view: SafetyView, asked: Asked, only: SafetyKind | None = None) -> None:
    """The same of a view that was loaded already."""
    if st.session_state.pop(_STALE, False):
        st.rerun()  # the whole page: the banner still shows what somebody else closed
    items = [item for item in view.open if only in (None, item.kind)]
    for number, item in enumerate(items):
        with st.container(key=f"safety_item_{item.level}_{number}", horizontal=True, vertical_alignment="center"):
            text = escaped(words.item_text(item, view))
            st.markdown(f"**{words.item_heading(item)}**  \n{text}", width="stretch")
            may_close = asked.viewer.may(Permission.CLOSE_SAFETY)
            if may_close and st.button("Close …", icon=":material/task_alt:", key=f"safety_close_{number}"):
                _close(_opened(item, asked.head.patient_id), view)


def show_closed(view: SafetyView) -> None:
    """Every closing, the latest first; nothing where there is none."""
    if view.closed:
        with st.expander(f"Closed red flags and safety items ({len(view.closed)})", key="safety_closed"):
            for closure in view.closed:
                st.markdown(escaped(words.closed(closure, view.as_of)))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A dialog about one item as it stood when it was opened. `opening` counts the dialogs of this browser tab."""

    item: SafetyItem
    patient_id: int
    opening: int

    def key(self, field: str) -> str:
        """The key of a field of this very dialog."""
        return f"safety_{field}_{self.opening}"

    @property
    def kept(self) -> str:
        """Where the reason is kept that was typed for this very item of this patient."""
        return f"safety.reason.{self.patient_id}.{self.item.subject}.{self.item.day}"


def _opened(item: SafetyItem, patient_id: int) -> _Opened:
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening
    return _Opened(item, patient_id, opening)


# Whoever dismisses the dialog meets the whole page as it stands then, with its banner: somebody else may have closed
# the item meanwhile.
@st.dialog("Close this item?", on_dismiss=patient_page.redraw)
def _close(opened: _Opened, view: SafetyView) -> None:
    st.markdown(f"**{escaped(words.item_text(opened.item, view))}**")
    viewer = access.require(Permission.CLOSE_SAFETY)
    # No max_chars: Streamlit drops a text that is too long; the service says so, and it stays in the field.
    # No form: what is typed reaches the server when the field is left, and is there again after a dismissal. It is kept
    # by a callback, which runs also where the dismissal overtakes the run that the typing began.
    st.session_state.setdefault(opened.key("reason"), st.session_state.get(opened.kept, ""))
    reason = st.text_area(
        "Why it can be closed (required)", height=96, key=opened.key("reason"), on_change=_keep, args=(opened,)
    )
    # No caption: on the dark ground a dialog's is hard to read.
    st.markdown(escaped(f"Closed by {viewer.name}. {words.WHAT_CLOSING_DOES} At most {LONGEST_REASON} characters."))
    refused = st.container()
    with st.container(horizontal=True):
        if st.button("Close it", type="primary", key="safety_close_now"):
            _close_now(opened, reason, refused)
        if st.button("Leave it open", key="safety_leave"):
            st.session_state.pop(_STALE, None)
            st.rerun()


def _keep(opened: _Opened) -> None:
    st.session_state[opened.kept] = st.session_state.get(opened.key("reason"), "")


def _close_now(opened: _Opened, reason: str, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.CLOSE_SAFETY)
    said = Closing(opened.item, reason)
    try:
        safety.close(viewer, opened.patient_id, said, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        st.session_state[_STALE] = isinstance(error, Conflict)
        refused.error(escaped(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"))
        return
    st.session_state.pop(opened.kept, None)
    st.rerun()  # the whole page: the banner shows it no more
