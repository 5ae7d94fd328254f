"""What the document still lacks, each with the way to where it is filled in; what is there already stays quiet."""

from urllib.parse import urlencode

import streamlit as st

from dashboard import navigation, selection
from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.permissions import Viewer
from dashboard.presenters import share_checklist as words
from dashboard.services.referral_needs import Need


def show(viewer: Viewer, needs: tuple[Need, ...]) -> None:
    """Draw the checklist; a click on a point opens its page for this patient, as far as the viewer may open it."""
    pages = {page.url_path: page.title for page in navigation.PAGES if navigation.may_open(viewer, page)}
    drawn = words.checklist(needs, pages)
    data = {**opened(drawn), "hrefs": {need.code: _href(need) for need in needs if need.page in pages}}
    result = mount("share_checklist", key="share_checklist", data=data, on_go_change=_nothing)
    wanted = next((need for need in needs if need.page in pages and need.code == result.go), None)
    if wanted is not None:
        page = next(each for each in navigation.PAGES if each.url_path == wanted.page)
        st.switch_page(page.path, query_params=_parameters(wanted))


def in_short(needs: tuple[Need, ...]) -> str:
    """In one line how many points are missing; '' for none."""
    drawn = words.checklist(needs, {})
    return f"{drawn.heading}: see the checklist below." if drawn.lacking else ""


def _nothing() -> None:
    """The click is read from the component's result; Streamlit wants a callback to know the trigger by."""


def _parameters(need: Need) -> dict[str, str]:
    return {**selection.link_parameters(), **dict(need.further)}


def _href(need: Need) -> str:
    """For a second tab; a plain click goes there without loading the page anew."""
    return f"{need.page}?{urlencode(_parameters(need))}"
