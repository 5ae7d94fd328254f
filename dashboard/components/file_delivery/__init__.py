"""A file into the person's downloads, over the signed-in connection.

Streamlit's download button puts the file at an address that answers without sign-in for as long as the session
lives. Here no address exists: the bytes come with the page and the browser saves them from its own memory. A large
file comes in parts, since one message has its limit (server.maxMessageSize); the browser saves it once it has all.
"""

import base64

import streamlit as st

from dashboard.components.browser_files import mount

PART = 6 * 1024 * 1024
"""Bytes of the file in one message, which carries them as text, a third longer."""


def give(file_name: str, content: bytes, *, media_type: str, number: str, key: str = "file_delivery") -> None:
    """Save the file in the browser, once for each `number`; `key` where two parts of a page may hand something over."""
    starts = range(0, max(len(content), 1), PART)
    with st.container(gap=None, key=f"{key}_parts"):
        for place, start in enumerate(starts):
            data = {
                "name": file_name,
                "type": media_type,
                "number": number,
                "part": place,
                "parts": len(starts),
                "content": base64.b64encode(content[start : start + PART]).decode("ascii"),
            }
            mount("file_delivery", key=f"{key}_{place}" if place else key, data=data)
