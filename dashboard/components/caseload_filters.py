"""The caseload's filters and its pages; each keeps what was chosen while the person looks at a patient."""

import streamlit as st

from clinical.triage import REASONS
from dashboard.permissions import Viewer
from dashboard.services import caseload
from dashboard.services.caseload import Asked, Queue, Reach

REACHES: dict[Reach, str] = {"mine": "My patients", "team": "My team", "all": "All"}
_ANY = "any"
_TITLES = {_ANY: "Reason: any", **{reason.code: reason.title for reason in REASONS}}
_PAGE = "caseload_page"
_FIRST_REACH = "caseload_first_reach"


def show(viewer: Viewer) -> Asked:
    """Draw the filters; returns what they ask for."""
    return Asked(_reach(viewer), _reason(), _text(), st.session_state.get(_PAGE) or 1)


def show_pages(queue: Queue) -> None:
    """Draw the page numbers, where there is more than one page."""
    if queue.pages > 1:
        if st.session_state.get(_PAGE, 1) > queue.pages:
            _first_page()
        st.pagination(queue.pages, key=_PAGE, persist_state="session")


def _reach(viewer: Viewer) -> Reach:
    offered = caseload.reaches(viewer)
    if len(offered) < 2:
        return offered[0] if offered else "team"
    return st.segmented_control(
        "Whose patients",
        offered,
        default=_first_reach(viewer),
        required=True,
        format_func=REACHES.__getitem__,
        key="caseload_reach",
        label_visibility="collapsed",
        on_change=_first_page,
        persist_state="session",
    )


def _first_reach(viewer: Viewer) -> Reach:
    # Asked once a session: a default that changes would take back what the person chose.
    if _FIRST_REACH not in st.session_state:
        st.session_state[_FIRST_REACH] = caseload.first_reach(viewer)
    first: Reach = st.session_state[_FIRST_REACH]
    return first


def _reason() -> str | None:
    reason = st.selectbox(
        "Reason",
        list(_TITLES),
        format_func=_TITLES.__getitem__,
        key="caseload_reason",
        label_visibility="collapsed",
        on_change=_first_page,
        persist_state="session",
        width=190,
    )
    return None if reason == _ANY else reason


def _text() -> str:
    return st.text_input(
        "Name or record number",
        key="caseload_text",
        placeholder="Name or record number",
        label_visibility="collapsed",
        on_change=_first_page,
        live=True,
        max_chars=80,
        persist_state="session",
        width=190,
    )


def _first_page() -> None:
    st.session_state.pop(_PAGE, None)
