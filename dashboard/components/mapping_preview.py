"""What the first rows of a foreign diary become by the mapping as it stands, and which rows would be rejected."""

import streamlit as st

from dashboard.presenters import mapping as words
from dashboard.presenters.imports import shown
from dashboard.services.mapping import Preview

_MOST = 8


def show(preview: Preview) -> None:
    """Draw the counts, the first entries as they would be kept, and the first rows that would be rejected."""
    st.markdown(f"**What it becomes:** {shown(words.counts(preview))}")
    if told := words.mostly(preview):
        st.error(shown(told), icon=":material/block:")
    if rows := words.converted_rows(preview, _MOST):
        st.dataframe(rows, hide_index=True, height="content", row_height=28)
    for line in words.other_rows(preview):
        st.caption(shown(line))
    if preview.rejected:
        with st.expander(f"Rows that would be rejected: {preview.rejected_rows:,}", expanded=preview.mostly is None):
            for said in preview.rejected:
                st.markdown(f"- {shown(words.rejection(said))}")
