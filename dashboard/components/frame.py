"""The frame around every page: navigation, search, the signed-in person, and whatever goes wrong inside."""

import logging
from contextlib import nullcontext
from itertools import groupby

import streamlit as st
from streamlit.navigation.page import Page

from dashboard import access, navigation, selection
from dashboard.components import case_review_place, import_place, kept_sign_in, patient_search, states
from dashboard.errors import ExplainedError, reference_number
from dashboard.navigation import PAGES, PageEntry
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import people
from dashboard.services import sign_in

SYNTHETIC = "Synthetic data: a demonstration, not for real patients"
IMPORTED = "Demonstration: no sign-in; includes imported records that are not synthetic"
PATIENT_HIDDEN = "The pages of the patient are hidden while de-identified."

log = logging.getLogger("flareboard")


def run(viewer: Viewer | None) -> None:
    """Draw the frame, then the page; an error ends in its explanation with a reference number."""
    pages = {entry: navigation.as_page(entry) for entry in PAGES}
    page = st.navigation([navigation.as_page(navigation.START), *pages.values()], position="hidden")
    try:
        _synthetic_bar()
        if viewer is not None:
            _keep_signed_in()
            selection.follow()
            _sidebar(viewer, pages, page)
        if viewer is None or page.url_path != import_place.PAGE:
            import_place.let_go(viewer)  # the files that were dropped there
        page.run()
    except ExplainedError as error:
        explain(error)


def explain(error: ExplainedError) -> None:
    """Show the error with a reference number, and log that number with what kind of error it was."""
    reference = reference_number()
    log.warning("%s %s", reference, type(error).__name__)
    states.explained(error, reference)


def _synthetic_bar() -> None:
    imported = sign_in.holds_imported()
    with st.container(key="synthetic_bar"), st.container(key="imported_bar" if imported else "invented_bar"):
        st.markdown(IMPORTED if imported else SYNTHETIC)


def _keep_signed_in() -> None:
    ticket = access.ticket()
    if ticket is not None:
        kept_sign_in.show(ticket)


def _sidebar(viewer: Viewer, pages: dict[PageEntry, Page], here: Page) -> None:
    with st.sidebar:
        with st.container(key="product"):
            st.markdown("Flareboard")
        if viewer.may(Permission.VIEW_PATIENT):
            patient_search.show(viewer)
        _links(viewer, pages, here)
        _signed_in(viewer)


def _links(viewer: Viewer, pages: dict[PageEntry, Page], here: Page) -> None:
    parameters = selection.link_parameters()
    hiding = here.url_path == "case_review" and case_review_place.hides()
    permitted = [entry for entry in pages if navigation.may_open(viewer, entry) and not (hiding and entry.of_patient)]
    for group, entries in groupby(permitted, key=lambda entry: entry.group):
        with st.container(key=f"group_{group.lower()}", gap=None):
            st.markdown(group)
            for entry in entries:
                with st.container(key="here") if pages[entry] == here else nullcontext():
                    st.page_link(pages[entry], icon=entry.icon, query_params=parameters if entry.of_patient else None)
    if hiding:
        st.caption(PATIENT_HIDDEN)


def _signed_in(viewer: Viewer) -> None:
    with st.container(key="signed_in", gap=None):
        st.markdown(viewer.name)
        st.caption(people.role(viewer.role, viewer.discipline))
        st.button("Sign out", on_click=access.leave, type="tertiary")
