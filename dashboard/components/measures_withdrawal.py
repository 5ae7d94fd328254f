"""Withdrawing a score: it counts no more from then on, and stays on record with the reason."""

import streamlit as st

from dashboard import access, clock
from dashboard.components import patient_page
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import measures_detail as words
from dashboard.presenters.words import escaped
from dashboard.services import measure_entry
from dashboard.services.entries import LONGEST_REASON
from dashboard.services.measures import Reading

_OPENINGS = "measures_withdrawal.openings"


def ask(reading: Reading, patient_id: int) -> None:
    """Open the dialog for that score; each opening starts with an empty reason."""
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening
    _withdraw(reading, patient_id, opening)


# Whoever dismisses the dialog meets the page as it stands then: somebody else may have withdrawn it meanwhile.
@st.dialog("Withdraw this score?", on_dismiss=patient_page.redraw)
def _withdraw(reading: Reading, patient_id: int, opening: int) -> None:
    st.markdown(f"**{escaped(words.heading(reading))}**")
    with st.form(f"measures_withdrawal_{opening}", border=False, enter_to_submit=False):
        st.markdown(
            "It counts no more: not here, not on the Summary, in no export. It stays on record with who withdrew it "
            "and why. A PHQ-9 whose item 9 opened a safety item can be withdrawn once that item is closed."
        )
        # No max_chars: Streamlit drops a text that is too long; the service says so, and it stays in the field.
        reason = st.text_area(
            f"Why (required, stays with the score; at most {LONGEST_REASON} characters)",
            height=96,
            key=f"measures_withdrawal_reason_{opening}",
        )
        refused = st.container()
        with st.container(horizontal=True):
            if st.form_submit_button("Withdraw", type="primary", key="measures_withdraw_now"):
                _now(reading, patient_id, reason, refused)
            if st.form_submit_button("Leave it", key="measures_withdraw_not"):
                st.rerun()


def _now(reading: Reading, patient_id: int, reason: str, refused: st.delta_generator.DeltaGenerator) -> None:
    viewer = access.require(Permission.ENTER_SCORES)
    number = reading.score.measure_id
    try:
        measure_entry.withdraw(viewer, patient_id, number, reason=reason, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        refused.error(escaped(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"))
        return
    st.rerun()
