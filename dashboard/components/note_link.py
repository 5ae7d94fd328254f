"""The way from a marker of a chart to the note it stands for."""

from collections.abc import Sequence

import streamlit as st

from dashboard import navigation
from dashboard.components import notes_list
from dashboard.services.timeline import Marker

_PAGE = next(page for page in navigation.PAGES if page.file == "care_plan.py")


def show(markers: Sequence[Marker], patient: str) -> None:
    """Draw a link for each note among those markers; `patient` is the opaque link of whose it is."""
    noted = [marker for marker in markers if marker.note_id is not None]
    if not noted:
        return
    with st.container(horizontal=True, gap="small", key="note_links"):
        for marker in noted:
            st.page_link(
                navigation.as_page(_PAGE),
                label=f"Open the {marker.label.lower()}",
                icon=":material/edit_note:",
                query_params={"p": patient, notes_list.LINKED: str(marker.note_id)},
            )
