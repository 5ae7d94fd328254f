"""Signing the draft: what is signed is read once more, and what signing means is said before it is done."""

import streamlit as st

from dashboard import access, clock
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import notes as words
from dashboard.presenters.words import escaped, sentence_case
from dashboard.services import notes
from dashboard.services.notes import LONGEST_REASON, NEW_NOTE, Draft, Note

_DONE = "note_signing.done"
_READ = "note_signing.read"
"""Revision of the draft that stood in the dialog when it was drawn last: only that one is signed."""


@st.dialog("Sign this note?", width="medium")
def confirm(viewer: Viewer, patient_id: int, patient: str, amends: Note | None) -> None:
    """Show the text, who signs and what that means; sign on the second, deliberate click."""
    draft = notes.draft(viewer, patient_id, amends.note_id if amends else NEW_NOTE)
    if draft is None:
        st.info("The draft was signed or discarded in another window.")
        return
    st.markdown(f"For **{escaped(patient)}**, by **{escaped(viewer.name)}**, {words.discipline(viewer.discipline)}")
    with st.container(height=220, border=True):
        st.text(draft.text)
    st.caption(escaped(_about(draft)))
    reason = _reason(amends)
    ask = _colleagues(viewer, patient_id)
    st.markdown(words.WHAT_SIGNING_MEANS)
    read = st.session_state.get(_READ) == draft.revision
    st.session_state[_READ] = draft.revision
    with st.container(horizontal=True):
        if st.button("Sign and make final", type="primary", key="note_sign_now"):
            _sign(patient_id, draft, amends, reason, ask, read=read)
        if st.button("Back to the draft", key="note_sign_back"):
            st.rerun()


def ask(viewer: Viewer, patient_id: int, patient: str, amends: Note | None) -> None:
    """Ask for the signature; what was read for an earlier one does not count."""
    st.session_state.pop(_READ, None)
    confirm(viewer, patient_id, patient, amends)


def _about(draft: Draft) -> str:
    pinned = [words.kind(draft.template), words.pinned(draft.pin, clock.today()), *_pins(draft)]
    about = ", ".join(part for part in pinned if part)
    saved = f"{words.saved(draft)}; what is not saved yet is not part of it."
    return f"{sentence_case(about)}. {saved}" if about else saved


def _pins(draft: Draft) -> list[str]:
    """Whether it is about a flare or a goal, in short, and the region."""
    named = (("a flare", draft.pins.flare), ("a goal", draft.pins.goal))
    return [*(f"about {what}" for what, pinned in named if pinned), words.region(draft.pins.region)]


def _colleagues(viewer: Viewer, patient_id: int) -> list[int]:
    """The colleagues who are asked to countersign, by user number."""
    named = {each.user_id: each for each in notes.who_may_cosign(viewer, patient_id)}
    if not named:
        return []
    return st.pills(
        "Ask colleagues to countersign (optional)",
        list(named),
        selection_mode="multi",
        format_func=lambda number: escaped(words.colleague(named[number])),
        key="note_ask",
    )


def _reason(amends: Note | None) -> str:
    if amends is None:
        return ""
    return st.text_input(
        f"Why version {amends.version} is amended (required, stays with the note)",
        max_chars=LONGEST_REASON,
        key="note_amend_reason",
    )


def _sign(patient_id: int, draft: Draft, amends: Note | None, reason: str, ask: list[int], *, read: bool) -> None:
    if not read:
        st.warning("Newer words were saved since you opened this. Read the text above, then sign.")
        return
    viewer = access.require(Permission.WRITE_NOTE)
    try:
        note = notes.sign(
            viewer, patient_id, revision=draft.revision, amends=amends, reason=reason, ask=ask, now=clock.now()
        )
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.session_state[_DONE] = f"Note signed {words.moment(note.signed_at)}."
    st.rerun()


def show_done() -> bool:
    """Whether a note was signed just now; says so once."""
    done = st.session_state.pop(_DONE, None)
    if done is None:
        return False
    st.success(done)
    return True
