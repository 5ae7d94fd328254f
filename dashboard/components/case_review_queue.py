"""The queue of a case review: who is asked about and which question, in which order; found by name, sorted, removed."""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from dashboard import access, clock
from dashboard.components import case_review_place, patient_search, states
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped
from dashboard.services import case_review, patients
from dashboard.services.case_review import LONGEST_QUESTION, Queued, Review

_REFUSED = "case_review_queue.refused"
_TOLD = "case_review_queue.told"


def show(viewer: Viewer, review: Review, *, teaching: bool, as_of: date) -> None:
    """Draw the queue; while the meeting is not closed it can be changed in place."""
    changing = review.meeting.status != "closed" and not teaching
    st.subheader(f"Queue ({len(review.queue)})", anchor=False)
    if changing:
        _find(viewer, review)
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error(refused)
    told = st.session_state.pop(_TOLD, "")
    if told and changing:
        st.info(escaped(told))
    if not review.queue:
        how = "Find patients by name above, or queue them from the caseload and from a patient's banner."
        states.nothing_yet("Nobody is queued yet", how)
    with st.container(key="case_review_queue", gap=None):
        for each in review.queue:
            _row(review, each, changing=changing, teaching=teaching, as_of=as_of)


def _find(viewer: Viewer, review: Review) -> None:
    meeting_id = review.meeting.meeting_id
    with st.container(key="case_review_find", width=340):
        patient_search.choose(
            viewer,
            key=f"case_review_find_{meeting_id}",
            label="Queue a patient: name or record number",
            chosen=partial(_queue, meeting_id),
        )


def _queue(meeting_id: int, link: str) -> None:
    def add(viewer: Viewer) -> None:
        head = patients.by_link(viewer, link)
        there = () if head is None else case_review.coming_for(viewer, head)
        queued = [meeting for meeting, said in there if said is not None and meeting.meeting_id == meeting_id]
        if head is not None and queued:
            st.session_state[_TOLD] = words.queued_already(head, queued[0])
        elif head is not None:
            case_review.queue(viewer, meeting_id, head.patient_id, "", now=clock.now())

    _change(add)


def _change(act: Callable[[Viewer], None], *, typed: str = "") -> None:
    """Do it as whoever is signed in; what was refused is said above the queue, with what was typed to copy."""
    viewer = access.current()
    if viewer is None or not viewer.may(Permission.PREPARE_MEETINGS):
        return
    try:
        act(viewer)
    except ExplainedError as error:
        said = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
        st.session_state[_REFUSED] = f"{escaped(said)} You typed: {escaped(typed)}" if typed else escaped(said)


def _row(review: Review, each: Queued, *, changing: bool, teaching: bool, as_of: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"case_row_{each.place}"):
        _who(review, each, teaching, as_of)
        if each.said is None or each.head is None:
            st.caption("Not of your teams: neither name nor question is shown to you.")
        elif teaching:
            st.caption("Question not shown while de-identified.")
        elif changing and each.said.note_id is None:
            _question(review.meeting.meeting_id, each, each.said.question)
        else:
            st.markdown(escaped(each.said.question) or "No question was asked.", width="stretch")
        time = "" if each.said is None else words.minutes_of(each.said.seconds)
        stands = words.words_of(each, closed=review.meeting.status == "closed")
        st.caption(" · ".join(part for part in (stands, time) if part), width=170)
        if changing:
            _buttons(review, each)


def _who(review: Review, each: Queued, teaching: bool, as_of: date) -> None:
    name = words.label(each, teaching=teaching)
    with st.container(width=250, gap=None, key=f"case_who_{each.place}"):
        st.button(
            f"{each.place} · {escaped(name)}",
            type="tertiary",
            on_click=case_review_place.to_patient,
            args=(review.meeting.meeting_id, each.place),
            disabled=each.head is None,
            key=f"case_open_{each.place}",
        )
        if each.head is not None and not teaching:
            st.caption(escaped(words.about(each.head, as_of)))


def _question(meeting_id: int, each: Queued, question: str) -> None:
    # The field is of the question as it stands: changed by somebody else, it is a new field with theirs.
    key = f"case_question_{meeting_id}_{hash((each.patient_id, question))}"
    st.text_input(
        f"Question for {words.label(each)}",
        question,
        key=key,
        placeholder="What is the team to answer?",
        label_visibility="collapsed",
        on_change=_asked,
        args=(meeting_id, each.patient_id, key, question),
    )


def _asked(meeting_id: int, patient_id: int, key: str, seen: str) -> None:
    typed = str(st.session_state.get(key, ""))
    if len(typed) > LONGEST_QUESTION:
        st.session_state[_REFUSED] = (
            f"The question has {len(typed):,} characters; it holds {LONGEST_QUESTION:,}. It is not saved yet and still "
            "in its field: shorten it."
        )
        return
    _change(
        lambda viewer: case_review.queue(viewer, meeting_id, patient_id, typed, seen=seen, now=clock.now()),
        typed=typed,
    )


def _buttons(review: Review, each: Queued) -> None:
    meeting_id, name = review.meeting.meeting_id, escaped(words.label(each))
    with st.container(horizontal=True, gap="xsmall", width="content", key=f"case_order_{each.place}"):
        up, down = (partial(_move, meeting_id, each.patient_id, step) for step in (-1, 1))
        _button(each, "up", "arrow_upward", f"Move {name} up", each.place > 1, up)
        _button(each, "down", "arrow_downward", f"Move {name} down", each.place < len(review.queue), down)
        waits = each.said is None or each.said.status == "queued"  # of another team by now: its own may take it out
        _button(each, "remove", "close", f"Remove {name}", waits, partial(_remove, meeting_id, each.patient_id))


def _button(each: Queued, what: str, icon: str, said: str, may: bool, act: Callable[[], None]) -> None:
    with st.container(key=f"case_{what}_{each.place}", width="content"):
        st.button(said, icon=f":material/{icon}:", disabled=not may, on_click=act, key=f"case_do_{what}_{each.place}")


def _move(meeting_id: int, patient_id: int, step: int) -> None:
    _change(lambda viewer: case_review.move(viewer, meeting_id, patient_id, step, now=clock.now()))


def _remove(meeting_id: int, patient_id: int) -> None:
    _change(lambda viewer: case_review.unqueue(viewer, meeting_id, patient_id, now=clock.now()))
