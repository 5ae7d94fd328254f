"""What was imported before, on the Import page."""

import streamlit as st

from dashboard.permissions import Viewer


def show(_viewer: Viewer) -> None:
    """Draw the list of imports."""
    st.subheader("Imported before", anchor=False)
