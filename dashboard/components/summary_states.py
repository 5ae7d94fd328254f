"""The Summary when there is no period to show: never logged, nothing in these days, or only data without a date."""

import streamlit as st

from dashboard.components import no_days, summary_top, undated_maps
from dashboard.presenters import figures
from dashboard.presenters import known as words
from dashboard.services.known import Known
from dashboard.services.summary import SummaryView

MAP_HEIGHT = 330


def show(view: SummaryView, known: Known, patient: str) -> None:
    """Say why there is no picture and what to do; then everything that is known without one."""
    summary_top.show(view)
    why = figures.no_picture(view.state, view.undated, view.completeness, view.as_of)
    no_days.show("summary", *why, offer_all=view.state == "nothing_in_period")
    with st.container(key="summary_known"):
        _known(known, patient)


def _known(known: Known, patient: str) -> None:
    treated = [words.medicines(known.medicines), words.diagnoses(known.conditions)]
    found = [words.scores(known.scores), words.events(known.events)]
    widths = [0.3] * bool(known.maps) + [0.35] * any(treated) + [0.35] * any(found)
    columns = iter(st.columns(widths if len(widths) > 1 else [*widths, 0.6]))
    if known.maps:
        with next(columns):
            undated_maps.show("summary", known, patient, height=MAP_HEIGHT)
    for tables in (treated, found):
        if any(tables):
            with next(columns):
                for table in filter(None, tables):
                    st.markdown(table)
