"""'Queue for case review ...': from wherever a patient is in sight, with the question to answer."""

import streamlit as st

from dashboard import access, clock
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters import people
from dashboard.presenters.words import escaped, full_day
from dashboard.services import case_review, patients
from dashboard.services.case_review import Discussion, Meeting
from data_access.patients import PatientHead

_ASKED = "case_review_dialog.asked"
_OPENINGS = "case_review_dialog.openings"


def ask(link: str) -> None:
    """Open the dialog for that patient as soon as the page runs: for callbacks, which can draw nothing."""
    st.session_state[_ASKED] = link
    st.session_state[_OPENINGS] = int(st.session_state.get(_OPENINGS, 0)) + 1


def follow(viewer: Viewer) -> None:
    """Open the dialog that `ask` asked for, if it did."""
    link = st.session_state.pop(_ASKED, None)
    if isinstance(link, str) and viewer.may(Permission.PREPARE_MEETINGS):
        _queue(link, int(st.session_state.get(_OPENINGS, 0)))


@st.dialog("Queue for case review")
def _queue(link: str, opening: int) -> None:
    viewer = access.require(Permission.PREPARE_MEETINGS)
    head = patients.by_link(viewer, link)
    if head is None:
        return
    st.markdown(f"**{escaped(people.name(head))}** · {escaped(words.about(head, clock.today()))}")
    coming = case_review.coming_for(viewer, head)
    if not coming:
        st.markdown("No case review of their team is planned. Make one on the page **Case review**, then queue them.")
        return
    meeting = _which(coming, opening)
    there = {each.meeting_id: said for each, said in coming}[meeting.meeting_id]
    if there is not None and there.note_id is not None:
        _signed(there)
        return
    of = f"{opening}_{meeting.meeting_id}"
    seen = st.session_state.setdefault(f"case_review_seen_{of}", None if there is None else there.question)
    with st.form(f"case_review_queue_{of}", border=False, enter_to_submit=False):
        question = _question(there, of)
        if st.form_submit_button("Change the question" if there else "Queue", type="primary"):
            _keep(viewer, meeting, head, question, seen)
            _told_of(viewer, meeting, head, of)


def _signed(there: Discussion) -> None:
    st.markdown(f"**Question** {escaped(there.question) or 'none was asked'}")
    st.caption("The note of this patient's review is signed. Queue them for another case review with a new question.")


def _which(coming: tuple[tuple[Meeting, Discussion | None], ...], opening: int) -> Meeting:
    named = {meeting.meeting_id: (meeting, said) for meeting, said in coming}

    def said_of(key: int) -> str:
        meeting, said = named[key]
        return f"{words.heading(meeting)}{' (queued already)' if said else ''}"

    chosen = st.selectbox("Case review", list(named), format_func=said_of, key=f"case_review_which_{opening}")
    return named[chosen][0] if chosen in named else coming[0][0]


def _question(there: Discussion | None, of: str) -> str:
    # No max_chars: Streamlit then drops what is too long; here it is answered in words and stays.
    return st.text_area(
        "Question to answer",
        there.question if there else "",
        height=110,
        key=f"case_review_asked_{of}",
        placeholder="What is the team to answer?",
    )


def _told_of(viewer: Viewer, meeting: Meeting, head: PatientHead, of: str) -> None:
    """Say which question stands, after one was refused; it is seen from now on."""
    coming = {each.meeting_id: said for each, said in case_review.coming_for(viewer, head)}
    there = coming.get(meeting.meeting_id)
    if there is not None and there.question != st.session_state.get(f"case_review_seen_{of}"):
        st.session_state[f"case_review_seen_{of}"] = there.question
        st.markdown(f"**Asked now** {escaped(there.question)}")


def _keep(viewer: Viewer, meeting: Meeting, head: PatientHead, question: str, seen: str | None) -> None:
    try:
        case_review.queue(viewer, meeting.meeting_id, head.patient_id, question, seen=seen, now=clock.now())
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.toast(f"Queued for {full_day(meeting.day)}", icon=":material/check:")
    st.rerun()
