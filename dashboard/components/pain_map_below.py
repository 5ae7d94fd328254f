"""Below the maps: the measures of both periods in words, and the region table with its download."""

import secrets

import streamlit as st

from dashboard import access, clock
from dashboard.components import file_delivery, pain_map_reading, pain_map_table
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import pain_map_course as words
from dashboard.presenters.pain_map_table import table
from dashboard.services import pain_map, pain_map_export
from dashboard.services.pain_map import PainMapView

MEDIA_TYPE = "text/csv"


def show(view: PainMapView, asked: Asked) -> None:
    """Draw measures and table of that view."""
    with st.container(key="pain_map_measures"):
        pain_map_reading.facts("pain_map_measure_words", "Measures of both periods", words.measures(view))
    with st.container(key="pain_map_regions"):
        with st.container(horizontal=True, vertical_alignment="center", key="pain_map_table_title"):
            st.markdown("**Every region, in words**", width="content")
            if asked.viewer.may(Permission.EXPORT):
                _download(view, asked)
        pain_map_table.show(table(view, pain_map.rows(view)))


@access.part
def _download(view: PainMapView, asked: Asked) -> None:
    clicked = st.button(
        "Download table (CSV)",
        icon=":material/download:",
        key="pain_map_download",
        help="Stored and put on record like every export; it is listed on Share and can be had again there.",
    )
    if clicked:
        _hand_over(view, asked)


def _hand_over(view: PainMapView, asked: Asked) -> None:
    try:
        made = pain_map_export.region_table(asked.viewer, asked.head, view, as_of=view.as_of, now=clock.now())
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    file_delivery.give(made.export.file_name, made.content, media_type=MEDIA_TYPE, number=secrets.token_hex(8))
    st.caption(f"{made.export.file_name} was handed to your browser and is listed on Share.")
