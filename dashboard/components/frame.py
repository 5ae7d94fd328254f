"""The frame around every page: navigation, the signed-in person, and whatever goes wrong inside."""

import logging

import streamlit as st

from dashboard import access, navigation, selection
from dashboard.components import states
from dashboard.errors import ExplainedError, reference_number
from dashboard.navigation import PAGES, PageEntry
from dashboard.permissions import Viewer

log = logging.getLogger("flareboard")


def run(viewer: Viewer | None) -> None:
    """Draw the frame, then the page; an error ends in its explanation with a reference number."""
    home = navigation.home(viewer)
    pages = {entry: _page(entry, home) for entry in PAGES}
    page = st.navigation(list(pages.values()), position="hidden")
    if viewer is not None:
        _sidebar(viewer, pages)
    try:
        page.run()
    except ExplainedError as error:
        reference = reference_number()
        log.warning("%s: %s", reference, type(error).__name__)
        states.explained(error, reference)


def _page(entry: PageEntry, home: PageEntry) -> "st.Page":
    return st.Page(entry.path, title=entry.title, icon=entry.icon, url_path=entry.url_path, default=entry is home)


def _sidebar(viewer: Viewer, pages: dict[PageEntry, "st.Page"]) -> None:
    with st.sidebar:
        st.markdown("**Flareboard**")
        for entry, page in pages.items():
            if navigation.may_open(viewer, entry):
                st.page_link(page, query_params=selection.link_parameters() if entry.of_patient else None)
        st.caption(f"{viewer.name}")
        st.button("Sign out", on_click=access.leave)
