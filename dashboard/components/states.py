"""The states a page can be in instead of its content: nothing chosen, not permitted, refused, failed."""

from collections.abc import Sequence

import streamlit as st

from dashboard.errors import ExplainedError


def no_patient_chosen() -> None:
    """Say that a patient page needs a patient."""
    _state(
        "No patient chosen",
        "Find a patient by name or record number (press **/**), or open one from the caseload.",
    )


def no_such_patient() -> None:
    """Say that the link opens nothing for this person; the same words whether it exists or not."""
    _state(
        "This link does not open a patient for you",
        "The link is not valid, or the patient is not in your care team. Nothing was shown. "
        "If you need it for your work, ask an administrator to add you to the care team.",
    )


def nothing_yet(title: str, what_to_do: str) -> None:
    """An empty list: say so, and what fills it."""
    _state(title, what_to_do)


def listed(title: str, items: Sequence[str]) -> None:
    """A short list under its heading; our own words only."""
    st.subheader(title, anchor=False)
    st.markdown("\n".join(f"- {item}" for item in items) or "Nothing.")


def explained(error: ExplainedError, reference: str = "") -> None:
    """An error with what happened, what is safe, what to do next, and its reference number."""
    lines = [error.what_is_safe, f"**What to do:** {error.what_to_do}"]
    if reference:
        lines.append(f"Reference **{reference}**")
    _state(error.what_happened, "\n\n".join(lines))
    if reference:
        with st.container(key="again", horizontal_alignment="center"):
            st.button("Try again")  # any click runs the page anew


def _state(title: str, body: str) -> None:
    with st.container(key="state", border=True, width=640):
        st.subheader(title, anchor=False)
        st.markdown(body)
