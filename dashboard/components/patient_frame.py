"""What every patient page carries: banner, data-quality strip, period control."""

from functools import partial

import streamlit as st

from dashboard import selection
from dashboard.components import case_review_dialog, patient_banner, period_control
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import caseload, people, quality, safety_items
from dashboard.presenters.words import day
from dashboard.services import patients
from dashboard.services.patients import Calendar
from data_access.patients import PatientHead


def show(viewer: Viewer, head: PatientHead) -> Periods:
    """Draw the frame of that patient; returns the periods chosen in it."""
    return period_row(banner(viewer, head))


def banner(viewer: Viewer, head: PatientHead) -> Calendar:
    """Draw who this is; returns what was logged when, for the row below."""
    as_of = selection.today()
    frame = patients.frame(viewer, head, as_of=as_of)
    allergies = people.allergies(frame.allergies)
    patient_banner.show(
        name=people.name(head),
        about=people.about(head, as_of),
        record=head.record_number,
        alerts=[*allergies, *caseload.alerts(frame.marks)],
        safety=[
            *(safety_items.words(item, as_of) for item in frame.safety),
            *(safety_items.unsaved(each, as_of) for each in frame.unsaved),
        ],
        no_allergies="" if allergies else "No allergy recorded",
        diagnoses=people.diagnoses(frame.conditions) or "none recorded",
        next_visit="none planned" if frame.next_visit is None else day(frame.next_visit, as_of),
        team=people.care_team(frame.care_team, frame.team_name),
        queue=partial(case_review_dialog.ask, head.link_id) if viewer.may(Permission.PREPARE_MEETINGS) else None,
    )
    case_review_dialog.follow(viewer)
    return frame.calendar


def period_row(logged: Calendar) -> Periods:
    """Draw period control and data-quality strip in one line; returns the periods chosen."""
    as_of = selection.today()
    periods = selection.periods(logged)
    with st.container(horizontal=True, vertical_alignment="center", key="period_row"):
        period_control.show(logged, periods, as_of=as_of)
        patient_banner.show_quality(quality.quality(logged.diary, periods.now, as_of))
    return periods
