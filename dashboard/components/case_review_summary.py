"""The Summary beside a case review: its sentences, outcomes, map and time series, for the days chosen on the page."""

from datetime import date

import streamlit as st

from dashboard.components import patient_frame, summary_charts, summary_states, summary_top
from dashboard.components.browser_files import mount
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped
from dashboard.services import case_review_teaching, known, patients, summary
from dashboard.services.case_review import Queued, Review
from dashboard.services.summary import SummaryView
from data_access.patients import PatientHead

_SHOWN = ("heading", "sentences", "quiet", "outcomes", "bands")
"""Parts of the upper third without a word of the record; what is added to it later is not shown unasked."""


def show(viewer: Viewer, head: PatientHead, periods: Periods, *, as_of: date) -> None:
    """Draw the Summary of that patient for these periods, its upper part drawn together."""
    view = summary.view(viewer, head, periods, as_of=as_of)
    if view.state == "full":
        summary_top.show(view, compact=True)
        summary_charts.show(view, head.link_id)
    else:
        summary_states.show(view, known.known(viewer, head, as_of=as_of), head.link_id)


def deidentified(viewer: Viewer, review: Review, each: Queued, head: PatientHead, *, as_of: date) -> None:
    """Draw the same without a word that says who it is."""
    st.subheader(escaped(words.anonymous(each, len(review.queue), as_of)), anchor=False)
    calendar = patients.calendar(viewer, head, as_of=as_of)
    periods = patient_frame.period_row(calendar)
    view = case_review_teaching.view(viewer, review.meeting.meeting_id, head, periods, as_of=as_of)
    if view.state != "full":
        st.info("Nothing was logged in this period.")
        return
    _top(view)
    # The name keeps the selections of two patients apart, and stands in the page: it is no patient's link.
    summary_charts.show(view, f"teaching_{review.meeting.meeting_id}_{each.place}")


def _top(view: SummaryView) -> None:
    every = summary_top.content(view)
    hidden = {"heading": "Open items", "items": [], "nothing": "Not shown while de-identified."}
    mount("summary_top", key="summary_top", data={**{name: every[name] for name in _SHOWN}, "open": hidden})
