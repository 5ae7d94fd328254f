"""The Summary when there is no period to show: never logged, nothing in these days, or only data without a date."""

import streamlit as st

from dashboard import access, selection
from dashboard.components import body_map, patient_page, summary_top
from dashboard.periods import Chosen
from dashboard.presenters import figures
from dashboard.presenters import known as words
from dashboard.services.known import Known
from dashboard.services.summary import SummaryView

MAP_HEIGHT = 330


def show(view: SummaryView, known: Known, patient: str) -> None:
    """Say why there is no picture and what to do; then everything that is known without one."""
    summary_top.show(view)
    title, what_to_do = figures.no_picture(view.state, view.undated, view.completeness, view.as_of)
    with st.container(key="summary_state", border=True, width=720):
        st.subheader(title, anchor=False)
        st.markdown(what_to_do)
        if view.state == "nothing_in_period":
            st.button("Show all days", on_click=_show_all, type="primary", key="summary_show_all")
    with st.container(key="summary_known"):
        _known(known, patient)


def _known(known: Known, patient: str) -> None:
    treated = [words.medicines(known.medicines), words.diagnoses(known.conditions)]
    found = [words.scores(known.scores), words.events(known.events)]
    widths = [0.3] * bool(known.maps) + [0.4] * any(treated) + [0.3] * any(found)
    columns = iter(st.columns(widths if len(widths) > 1 else [*widths, 0.6]))
    if known.maps:
        with next(columns):
            _maps(known, patient)
    for tables in (treated, found):
        if any(tables):
            with next(columns):
                for table in filter(None, tables):
                    st.markdown(table)


@access.part
def _maps(known: Known, patient: str) -> None:
    several, place = len(known.maps), 0
    title = st.empty()
    if several > 1:
        place = st.selectbox(
            "Map",
            range(several),
            format_func=lambda each: f"Map {each + 1} of {several}",
            key=f"undated_map_{patient}",
            label_visibility="collapsed",
        )
    title.markdown(f"**{words.map_title(several, place)}**")
    shown = known.maps[place]
    body_map.show(
        f"undated_{patient}_{place}",
        shown,
        height=MAP_HEIGHT,
        hint=words.map_caption(shown),
        title=words.map_title(several, place),
    )


def _show_all() -> None:
    selection.choose_period(Chosen("all"))
    patient_page.redraw()
