"""One patient of the queue, presented: who, what is asked, the Summary, what was decided before, and what is now."""

import hashlib
from datetime import date

import streamlit as st

from dashboard import access, selection
from dashboard.components import (
    case_review_case,
    case_review_meeting,
    case_review_place,
    case_review_record,
    case_review_summary,
    case_strip,
    jump,
    patient_frame,
    states,
)
from dashboard.components.case_review_place import Place
from dashboard.components.case_strip import Cell, Timer
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped
from dashboard.services import case_review
from dashboard.services import case_review_case as cases
from dashboard.services.case_review import Queued, Review

_MOVED = "case_review_present.moved"


def show(viewer: Viewer, review: Review, place: Place, *, as_of: date) -> None:
    """Draw that place of the queue; a place that is not there any more leads to the meeting."""
    if place.at is None or place.at > len(review.queue):
        case_review_place.to_meeting(review.meeting.meeting_id)
        st.rerun()
    each = review.queue[place.at - 1]
    if each.head is not None and selection.turn_to(each.head.link_id):
        st.rerun()  # the links of the menu lead to the patient in sight
    _heading(review, place)
    _strip(review.meeting.meeting_id, place.at, place.teaching)
    if each.head is None or each.said is None:
        states.nothing_yet(words.NOT_YOURS, "Neither name nor record is shown to you. Go on to the next patient.")
    elif place.teaching:
        case_review_summary.deidentified(viewer, review, each, each.head, as_of=as_of)
        _counts(viewer, review, each)
    else:
        _patient(viewer, review, each, as_of)


def _heading(review: Review, place: Place) -> None:
    meeting = review.meeting
    with st.container(horizontal=True, vertical_alignment="center", key="case_review_heading"):
        st.button(
            "Meeting",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=case_review_place.to_meeting,
            args=(meeting.meeting_id,),
            key="case_review_up",
        )
        st.markdown(f"**{escaped(words.heading(meeting, teaching=place.teaching))}**", width="content")
        case_review_meeting.hide(place.teaching)
    case_review_meeting.refused()
    if place.teaching:
        st.warning(words.DEIDENTIFIED)


@access.part
def _strip(meeting_id: int, at: int, teaching: bool) -> None:
    """Draw strip and timer anew alone: the timer tells the server every few seconds, and the page stays as it is."""
    viewer = access.require(Permission.PREPARE_MEETINGS)
    review = case_review.review(viewer, meeting_id)
    place = case_review_place.now()
    moved = st.session_state.pop(_MOVED, False) or (place.at, place.teaching) != (at, teaching)
    if moved or review is None or at > len(review.queue):
        st.rerun()
    closed = review.meeting.status == "closed"
    cells = [_cell(each, at, teaching, closed) for each in review.queue]
    here = review.queue[at - 1]
    case_strip.show(
        cells,
        _timer(viewer, review, here),
        timed=lambda key, seconds: _timed(meeting_id, key, seconds),
        go=lambda wanted: _go(meeting_id, wanted),
    )


def _cell(each: Queued, at: int, teaching: bool, closed: bool) -> Cell:
    name, stands = words.label(each, teaching=teaching), words.words_of(each, closed=closed)
    return Cell(each.place, name, words.state(each), stands, each.place == at)


def _timer(viewer: Viewer, review: Review, each: Queued) -> Timer | None:
    if each.head is None or each.said is None or review.meeting.status == "planned":
        return None
    may = viewer.may(Permission.RECORD_DECISIONS) and words.state(each) != "signed" and review.meeting.status == "open"
    runs = may and each.said.status == "queued"
    return Timer(_timed_as(review, each), each.said.seconds, runs, may, "Time on this patient")


def _timed_as(review: Review, each: Queued) -> str:
    """What the browser calls the time of a patient: the same wherever they stand in the queue, and no link to them."""
    link = "" if each.head is None else each.head.link_id
    return hashlib.blake2b(f"{review.meeting.meeting_id}/{link}".encode(), digest_size=12).hexdigest()


def _timed(meeting_id: int, key: str, seconds: int) -> None:
    """Keep the time the browser counted, as whoever is signed in; what cannot be kept is only time."""
    viewer = access.current()
    review = None if viewer is None else case_review.review(viewer, meeting_id)
    if viewer is None or review is None:
        return
    patient_id = next((each.patient_id for each in review.queue if each.head and _timed_as(review, each) == key), None)
    if patient_id is not None:
        try:
            cases.spend(viewer, meeting_id, patient_id, seconds)
        except ExplainedError:
            return  # signed or closed meanwhile: the strip says so when it is drawn


def _go(meeting_id: int, wanted: int) -> None:
    case_review_place.to_patient(meeting_id, wanted)
    st.session_state[_MOVED] = True


def _counts(viewer: Viewer, review: Review, each: Queued) -> None:
    found = None if each.head is None else cases.case(viewer, review.meeting.meeting_id, each.head)
    if found is not None:
        st.caption(f"Plan and earlier reviews without their words: {words.counts(found.plan, len(found.earlier))}.")
    st.caption("Recording is off while de-identified. Switch it off to record a decision.")


def _patient(viewer: Viewer, review: Review, each: Queued, as_of: date) -> None:
    if each.head is None:
        return
    periods = patient_frame.show(viewer, each.head)
    case = cases.case(viewer, review.meeting.meeting_id, each.head)
    if case is None:
        st.rerun()  # taken out of the queue while this page was drawn
    jump.link("To the question and the record", "record")
    with st.container(horizontal=True, gap="medium", key="case_review_columns"):
        with st.container(key="case_review_left"):
            case_review_summary.show(viewer, each.head, periods, as_of=as_of)
        with st.container(key="case_review_right"):
            jump.target("Question and record", "record")
            case_review_case.show(case, as_of=as_of)
            case_review_record.show(viewer.user_id, review, each.place, as_of)
