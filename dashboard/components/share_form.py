"""What the sender says: to whom, how urgent, with whose consent, and what is asked."""

import streamlit as st

from dashboard.reports.record import CONSENTS, LONGEST_QUESTION, LONGEST_RECIPIENT, URGENCIES, Order

TEMPLATE = "referral summary"


def show(link_id: str) -> Order:
    """Draw the form; returns the order as it stands. What was typed stays while the person moves between pages."""

    def key(name: str) -> str:
        return f"share_{name}_{link_id}"

    st.caption(f"Template: {TEMPLATE}, for the period chosen above")
    recipient = st.text_input(
        "To (name, department, place)", max_chars=LONGEST_RECIPIENT, key=key("recipient"), persist_state="session"
    )
    question = st.text_area(
        "Reason for referral and question",
        max_chars=LONGEST_QUESTION,
        height=150,
        key=key("question"),
        persist_state="session",
    )
    with st.container(horizontal=True):
        urgency = st.selectbox("Urgency", URGENCIES, index=None, key=key("urgency"), persist_state="session")
        consent = st.selectbox("Consent to share", CONSENTS, index=None, key=key("consent"), persist_state="session")
    return Order(recipient, question, urgency or "", consent or "")
