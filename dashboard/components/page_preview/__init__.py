"""A page of a document as a picture.

It travels over the signed-in connection, not over a media address that would answer anybody who has it.
"""

import base64
from importlib.resources import files

import streamlit as st


def _asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


_draw = st.components.v2.component(
    "flareboard_page_preview", html='<div class="page"></div>', css=_asset("preview.css"), js=_asset("preview.js")
)


def show(picture: bytes, *, alt: str) -> None:
    """Draw the page (PNG); `alt` says what it is to those who do not see it."""
    _draw(key="page_preview", data={"picture": base64.b64encode(picture).decode("ascii"), "alt": alt})
