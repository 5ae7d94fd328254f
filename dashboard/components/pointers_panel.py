"""Pointers and red flags of one patient: what is open, the checklist, the look-alikes and inflammatory back pain.

They look at the last days up to today, whatever period is chosen, and say so.
"""

import streamlit as st

from clinical import red_flags
from dashboard import access, selection
from dashboard.components import pain_map_reading, patient_page, pointers_form, safety_items
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission
from dashboard.presenters import pointers as words
from dashboard.presenters import safety as safety_words
from dashboard.presenters.words import escaped
from dashboard.services import pointers
from dashboard.services.pointers import PointersView


def show(asked: Asked) -> None:
    """Draw the part; a form that is open stands in its place."""
    if form := pointers_form.opened(asked):
        pointers_form.show(asked, form)
        return
    view = pointers.view(asked.viewer, asked.head, as_of=selection.today())
    pointers_form.show_said(asked)
    with st.container(key="pointers_open", gap="small"):
        safety_items.show_open(view.safety, asked)
    with st.container(key="pointers_red_flags", gap="small"):
        _title(asked, safety_words.checklist_title(view.safety), "Ask the red flags", pointers_form.RED_FLAGS)
        groups = [safety_words.group_fact(view.safety, group) for group in red_flags.GROUPS]
        pain_map_reading.facts("pointers_groups", "", groups)
    _pointers(view, asked)
    safety_items.show_closed(view.safety)


def _pointers(view: PointersView, asked: Asked) -> None:
    with st.container(key="pointers_found", gap="small"):
        pain_map_reading.lead(words.lead(view))
        found = [words.look_alike(each, view.as_of) for each in view.found.look_alikes]
        pain_map_reading.facts("pointers_look_alikes", words.LOOK_ALIKES_HEADING, found)
        sets = [words.back_pain_set(each, view.as_of) for each in view.found.sets]
        pain_map_reading.facts("pointers_sets", words.SETS_HEADING, sets)
        _title(asked, words.questions_title(view), "Answer the questions", pointers_form.QUESTIONS)
        st.caption(escaped(f"Rests on {words.rests_on(view)}. {words.FIBROMYALGIA}"))


def _title(asked: Asked, title: str, label: str, form: str) -> None:
    """A title with the button that opens its form, where the person may fill it in."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"pointers_title_{form}"):
        st.markdown(f"**{escaped(title)}**", width="content")
        if asked.viewer.may(Permission.ASSESS):
            if begun := pointers_form.begun(asked, form):
                st.caption(escaped(begun), width="content")
            st.button(
                label, icon=":material/checklist:", key=f"pointers_ask_{form}", on_click=_open, args=(asked, form)
            )


def _open(asked: Asked, form: str) -> None:
    access.require(Permission.ASSESS)
    pointers_form.open_form(asked, form)
    patient_page.redraw()
