"""What the sender says: to whom, how urgent, with whose consent, and what is asked."""

from dataclasses import dataclass

import streamlit as st

from dashboard.presenters.words import several
from dashboard.reports.record import CONSENTS, LONGEST_QUESTION, LONGEST_RECIPIENT, URGENCIES, Order

TEMPLATE = "referral summary"


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it stands; `too_long` says for each text that is how much has to go."""

    order: Order
    too_long: tuple[str, ...]


def show(link_id: str) -> Filled:
    """Draw the form. What was typed stays while the person moves between pages, also where it is too long."""

    def key(name: str) -> str:
        return f"share_{name}_{link_id}"

    st.caption(f"Template: {TEMPLATE}, for the period chosen above")
    # No max_chars: Streamlit then drops a text that is too long, and an earlier one would go out in its place.
    recipient = st.text_input("To (name, department, place)", key=key("recipient"), persist_state="session")
    too_long = _tell("To", recipient, LONGEST_RECIPIENT)
    question = st.text_area(
        "Reason for referral and question", height=150, key=key("question"), persist_state="session"
    )
    too_long += _tell("Reason for referral and question", question, LONGEST_QUESTION)
    with st.container(horizontal=True):
        urgency = st.selectbox("Urgency", URGENCIES, index=None, key=key("urgency"), persist_state="session")
        consent = st.selectbox("Consent to share", CONSENTS, index=None, key=key("consent"), persist_state="session")
    return Filled(Order(recipient, question, urgency or "", consent or ""), too_long)


def _tell(label: str, text: str, longest: int) -> tuple[str, ...]:
    """Say under the field that its text does not fit, and by how much."""
    if len(text) <= longest:
        return ()
    said = f"{label}: {len(text):,} characters, the page holds {longest}. Nothing is lost; shorten it by "
    st.error(f"{said}{several(len(text) - longest, 'character')} to download.")
    return (label,)
