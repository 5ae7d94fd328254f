"""What somebody who may can begin here: a questionnaire on screen, a total, or what was begun and not saved."""

import streamlit as st

from dashboard import access
from dashboard.components import measures_filling, patient_page
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import measures_filling as words
from dashboard.services import measure_drafts
from dashboard.services.measure_drafts import TOTALS
from dashboard.services.measure_forms import FORMS


def show(asked: Asked) -> None:
    """Draw the buttons, and the drafts that wait; nothing for who may only read."""
    if not asked.viewer.may(Permission.ENTER_SCORES):
        return
    with st.container(horizontal=True, gap="small", key="measures_actions"):
        with st.popover("Fill in on screen", icon=":material/edit_document:", key="measures_fill"):
            for name in FORMS:
                st.button(name, key=f"measures_open_{FORMS.index(name)}", on_click=_open, args=(asked, name))
        st.button(
            "Enter a total", icon=":material/pin:", key="measures_open_total", on_click=_open, args=(asked, TOTALS)
        )


def show_waiting(asked: Asked) -> None:
    """What was begun and not saved, each with the button that goes on with it."""
    if not asked.viewer.may(Permission.ENTER_SCORES):
        return
    for name, held in measure_drafts.waiting(asked.viewer, asked.head.patient_id).items():
        if name not in (*FORMS, TOTALS):
            continue  # begun on another page, which shows it there
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"measures_draft_{name}"):
            st.caption(f"{words.begun(name, held)} · {words.saved(held)}", width="content")
            st.button("Go on", key=f"measures_go_on_{name}", on_click=_open, args=(asked, name))


def _open(asked: Asked, name: str) -> None:
    access.require(Permission.ENTER_SCORES)
    measures_filling.open_form(asked, name)
    patient_page.redraw()
