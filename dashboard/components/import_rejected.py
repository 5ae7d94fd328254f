"""The rows that do not go in: every reason with its places, and all of them as a file to work through."""

import secrets
from collections.abc import Sequence

import streamlit as st

from dashboard.components import file_delivery
from dashboard.presenters import imports as words
from dashboard.presenters.words import escaped, several
from dashboard.services.import_reports import MOST_IN_A_TABLE, FileReport, rejected_csv

SHOWN = 50
FILE_NAME = "rejected-rows.csv"


def show(reports: Sequence[FileReport], *, done: bool) -> None:
    """Draw the reasons, the most common first; nothing where all went in."""
    found = words.reasons(reports)
    if not found:
        return
    total = sum(reason.count for reason in found)
    verb = "were rejected" if done else "would be rejected"
    with st.container(key="import_rejected", gap="small"):
        st.subheader(f"{several(total, 'row')} {verb}", anchor=False)
        many_files = len(reports) > 1
        st.table(
            [
                {"Rows": f"{each.count:,}", "Why": escaped(each.why), "Where": escaped(each.places)}
                | ({"File": escaped(each.file)} if many_files else {})
                for each in found[:SHOWN]
            ],
            border="horizontal",
            hide_index=True,
        )
        if len(found) > SHOWN:
            st.caption(f"And {len(found) - SHOWN:,} more reasons; all rows are in the file.")
        if total > MOST_IN_A_TABLE:
            st.caption(f"The file holds the first {MOST_IN_A_TABLE:,} of them.")
        if st.button("Save the rejected rows as CSV", icon=":material/download:", key="import_rejected_csv"):
            file_delivery.give(FILE_NAME, rejected_csv(reports), media_type="text/csv", number=secrets.token_hex(8))
