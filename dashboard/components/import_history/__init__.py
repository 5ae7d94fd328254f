"""Imports of the past: a list drawn from one JSON message, what was rejected in each, and taking one back."""

from collections.abc import Callable

import streamlit as st

from dashboard import access, selection
from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.components.import_history import taking_back
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import import_history as words
from dashboard.presenters.words import escaped
from dashboard.services import import_undo

SHOWN, MORE = 15, 60
_KEY = "import_history"
_SHOWN = "import_history.shown"
_ASKED = "import_history.asked"


def show(viewer: Viewer) -> None:
    """Draw the list; a click shows what was rejected, asks to take an import back, or shows more."""
    with st.container(key="import_history_part"):
        st.subheader("Imported before", anchor=False)
        taking_back.tell()
        most = int(st.session_state.get(_SHOWN, SHOWN))
        found = import_undo.history(viewer, most + 1)
        if found:
            _draw(found[:most], more=len(found) > most)
        else:
            st.caption(words.NOTHING)
    _follow()


def _draw(found: list[import_undo.BatchLine], *, more: bool) -> None:
    lines = words.lines(found, selection.today())
    mount(
        "import_history",
        key=_KEY,
        data={"lines": opened(lines), "more": more},
        on_rejected_change=_heard("rejected"),
        on_undo_change=_heard("undo"),
        on_more_change=_more,
    )


def _heard(event: str) -> Callable[[], None]:
    def heard() -> None:
        key = st.session_state[_KEY].get(event)
        if isinstance(key, str) and key.isdecimal():
            st.session_state[_ASKED] = (event, int(key))

    return heard


def _more() -> None:
    st.session_state[_SHOWN] = int(st.session_state.get(_SHOWN, SHOWN)) + MORE


def _follow() -> None:
    """Open the dialog that a click asked for; a callback can draw nothing."""
    event, number = st.session_state.pop(_ASKED, ("", 0))
    if event == "undo":
        taking_back.ask(number)
    elif event == "rejected":
        _rejected(number)


@st.dialog("Rows that were rejected", width="large")
def _rejected(number: int) -> None:
    viewer = access.require(Permission.IMPORT)
    try:
        line = import_undo.account(viewer, number)
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    taking_back.about(line)
    if rows := words.reasons(line):
        told = [{"Rows": count, "Why": escaped(why), "Where": escaped(places)} for count, why, places in rows]
        with st.container(key="import_undo_removed"):
            st.table(told, border="horizontal", hide_index=True)
    if left := words.left_out(line):
        st.caption(left)
