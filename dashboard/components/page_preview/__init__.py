"""The pages of a document as pictures, one at a time, as large as one wants to read them.

They travel over the signed-in connection, not over a media address that would answer anybody who has it; and only the
page that is looked at does: a document of ten pages weighs megabytes, and is drawn anew with every word of its order.
"""

import base64
from collections.abc import Sequence

import streamlit as st

from dashboard.components.browser_files import mount


def show(pages: Sequence[bytes], *, of: str, alt: str) -> None:
    """Draw the page (PNG) that is looked at; `of` names whose they are, `alt` says what they are for who sees none."""
    key = f"page_preview_{of}"
    at = _at(key, len(pages))
    picture = base64.b64encode(pages[at]).decode("ascii")
    data = {"picture": picture, "at": at, "count": len(pages), "alt": f"{alt}, page {at + 1} of {len(pages)}"}
    mount("page_preview", key=key, data=data, on_at_change=_nothing)


def _at(key: str, count: int) -> int:
    """The page that was turned to last, as far as there is one of that number now."""
    state = st.session_state.get(key)
    asked = state.get("at") if state is not None else None
    return min(max(asked, 0), count - 1) if isinstance(asked, int) else 0


def _nothing() -> None:
    """The page is read from the component's state; Streamlit wants a callback to know the state by."""
