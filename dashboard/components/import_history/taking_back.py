"""The dialog that takes an import back: what goes, what is in the way, and a reason that has to be given."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import access, clock, selection
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import import_history as words
from dashboard.presenters.imports import visible
from dashboard.presenters.words import escaped
from dashboard.services import import_undo
from dashboard.services.import_undo import LONGEST_REASON, BatchLine, Look, Resting

_TOLD = "import_history.told"
_OPENINGS = "import_history.openings"


def tell() -> None:
    """Say, once, what was taken back."""
    if told := st.session_state.pop(_TOLD, ""):
        st.success(escaped(told))


def ask(number: int) -> None:
    """Open the dialog about that import; each opening has fields of its own."""
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening
    _dialog(number, opening)


@st.dialog("Take this import back?", width="medium")
def _dialog(number: int, opening: int) -> None:
    viewer = access.require(Permission.IMPORT)
    try:
        found = import_undo.look(viewer, number)
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    about(found.line)
    if found.obstacles:
        _in_the_way(found)
    else:
        _removed(found)
        _reason(number, opening)


def about(line: BatchLine) -> None:
    """Draw which import it is: the file, its format, when and by whom."""
    with st.container(key="import_undo_head"):
        st.markdown(f"**{escaped(visible(words.file_name(line)))}**")
        st.caption(escaped(words.told(line, selection.today())))


def _in_the_way(found: Look) -> None:
    st.warning("It cannot be taken back: later work rests on it. Nothing was changed.")
    with st.container(key="import_undo_obstacles"):
        for whose, said in words.in_the_way(found, selection.today()):
            if whose:
                st.markdown(f"**{escaped(whose)}**")
            st.markdown("\n".join(f"- {escaped(each)}" for each in said))
    st.caption(words.WHAT_ELSE)
    if st.button("Close", key="import_undo_close"):
        st.rerun()


def _removed(found: Look) -> None:
    rows = words.removed(found, selection.today())
    told = [{"Patient": escaped(whose), "Is removed": escaped(what)} for whose, what in rows]
    with st.container(key="import_undo_removed"):
        st.table(told, border="horizontal", hide_index=True)
        if more := words.more(found):
            st.caption(more)
    st.markdown(words.WHAT_IT_DOES)


def _reason(number: int, opening: int) -> None:
    with st.form(f"import_undo_form_{opening}", border=False, enter_to_submit=False):
        # No max_chars: Streamlit then drops what is too long; here it is answered in words and stays.
        reason = st.text_area(
            f"Why (required, up to {LONGEST_REASON} characters; it stays with the import)",
            height=80,
            key=f"import_undo_reason_{opening}",
        )
        refused = st.container()
        with st.container(horizontal=True):
            if st.form_submit_button("Take back", type="primary", key="import_undo_now"):
                _take_back(number, reason, refused)
            if st.form_submit_button("Leave as it is", key="import_undo_leave"):
                st.rerun()


def _take_back(number: int, reason: str, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.IMPORT)
    try:
        done = import_undo.undo(viewer, number, reason, now=clock.now(), as_of=clock.today())
    except Resting:
        refused.error("Somebody worked on it meanwhile, so nothing was taken back. Close this and look again.")
    except ExplainedError as error:
        refused.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
    else:
        st.session_state[_TOLD] = words.done(done)
        st.rerun()
