"""Which part of the Pain map page is drawn: one at a time, kept per patient, carried by the URL as one scalar."""

import streamlit as st

from dashboard.components.patient_page import Asked

PARTS = {"map": "Map", "criteria": "Criteria", "pointers": "Pointers and red flags"}
"""What `part` in the URL may say, and the name of that part; the first is where one starts."""
START = "map"
_NAME = "part"
_KEPT = "pain_map_part"


def show(asked: Asked) -> str:
    """Draw the switch; returns the part to draw."""
    patient = asked.head.link_id
    now = chosen(patient)
    key = f"{_KEPT}_{patient}"
    # The URL and what was chosen before decide what is lit, not the widget's own memory.
    st.session_state[key] = now
    with st.container(key="pain_map_part"):
        st.segmented_control(
            "Part of the page",
            list(PARTS),
            format_func=PARTS.__getitem__,
            required=True,
            key=key,
            label_visibility="collapsed",
            on_change=_choose,
            args=(patient, key),
            wrap=True,
        )
    return now


def chosen(patient: str) -> str:
    """The part asked for: the URL's, else the one chosen last for that patient, else the map; never another word."""
    wanted = st.query_params.get(_NAME, "")
    if wanted in PARTS:
        _keep(patient, wanted)
    kept = st.session_state.get(_KEPT, {}).get(patient, START)
    _say(kept)
    return kept if kept in PARTS else START


def _choose(patient: str, key: str) -> None:
    part = st.session_state[key] or START
    _keep(patient, part)
    _say(part)


def _keep(patient: str, part: str) -> None:
    st.session_state[_KEPT] = {**st.session_state.get(_KEPT, {}), patient: part}


def _say(part: str) -> None:
    """The URL names every part but the first; what did not hold leaves it."""
    if part != START and st.query_params.get(_NAME) != part:
        st.query_params[_NAME] = part
    elif part == START and _NAME in st.query_params:
        del st.query_params[_NAME]
