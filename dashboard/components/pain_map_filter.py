"""Which marks count: the qualities and depths chosen for a patient, kept for as long as the session lasts."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from clinical.body_map import DEPTHS, QUALITIES
from dashboard import access
from dashboard.components import patient_page
from dashboard.components.patient_page import Asked
from dashboard.presenters import pain_map as words
from dashboard.presenters.pain_map_facts import filter_label
from dashboard.services import pain_map
from dashboard.services.pain_map import ALL, Filter

_CHOSEN = "pain_map_filter"
_OPEN = "pain_map_filter_open"
_QUALITIES, _DEPTHS = "pain_map_qualities", "pain_map_depths"


def chosen(patient: str) -> Filter:
    """What was chosen for that patient; everything to begin with."""
    kept = st.session_state.get(_CHOSEN)
    return kept[1] if isinstance(kept, tuple) and kept[0] == patient else ALL


@access.part
def show(asked: Asked) -> None:
    """Draw the button that opens the choice; what is chosen redraws the page."""
    now = chosen(asked.head.link_id)
    # With other words it is another button to the browser: it stays open because `_choose` says so.
    opened = st.popover(filter_label(now), icon=":material/filter_alt:", key=_OPEN, on_change="rerun")
    if opened.open:  # counting the marks of ten years waits until somebody wants it
        with opened:
            _choices(asked, now)


def _choices(asked: Asked, now: Filter) -> None:
    found = pain_map.details(asked.viewer, asked.head)
    st.markdown(words.filter_help(found.marks, found.qualities.get("", 0), found.depths.get("", 0)))
    _pills("Quality: any of these", _QUALITIES, QUALITIES, now.qualities, found.qualities, asked.head.link_id)
    _pills("Depth", _DEPTHS, DEPTHS, now.depths, found.depths, asked.head.link_id)


def _pills(
    label: str, key: str, options: Sequence[str], kept: Sequence[str], counts: Mapping[str, int], patient: str
) -> None:
    st.pills(
        label,
        options,
        selection_mode="multi",
        default=list(kept),
        format_func=partial(words.option, counts=counts),
        key=f"{key}_{patient}",
        on_change=_choose,
        args=(patient,),
    )


def _choose(patient: str) -> None:
    qualities = st.session_state.get(f"{_QUALITIES}_{patient}") or ()
    depths = st.session_state.get(f"{_DEPTHS}_{patient}") or ()
    wanted = Filter(tuple(one for one in QUALITIES if one in qualities), tuple(one for one in DEPTHS if one in depths))
    st.session_state[_CHOSEN] = (patient, wanted)
    st.session_state[_OPEN] = True
    patient_page.redraw()
