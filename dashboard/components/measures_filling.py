"""Filling in a questionnaire with the patient: every question by touch or by keys, the score before it is saved."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from clinical.fibromyalgia import AREA_LABELS
from clinical.measures import Group, Item
from dashboard import access, clock
from dashboard.components import frame, measures_draft
from dashboard.components.measures_draft import Field, Standing, Window
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import measures_filling as words
from dashboard.presenters.words import escaped, sentence_case
from dashboard.services import measure_drafts, measure_entry, measure_forms, measure_totals, measures
from dashboard.services.measure_drafts import Answer, Held
from dashboard.services.measure_forms import AREA_ORDER, AREAS, ScreenForm, name_of

NO_AREA = "none"
_OPEN, _SAID = "measures.open", "measures.said"


def opened(asked: Asked) -> str:
    """The form that is open for this patient, '' where none is."""
    kept = st.session_state.get(_OPEN)
    return kept[1] if isinstance(kept, tuple) and kept[0] == asked.head.link_id else ""


def open_form(asked: Asked, name: str) -> None:
    """Has that form stand in the page's place from the next run on."""
    measures_draft.close()
    st.session_state[_OPEN] = (asked.head.link_id, name)


def leave(said: str = "", asked: Asked | None = None) -> None:
    """Back to the scores with the next run, and what is to be said there."""
    measures_draft.close()
    st.session_state.pop(_OPEN, None)
    if said and asked is not None:
        st.session_state[_SAID] = (asked.head.link_id, said)


def said(asked: Asked) -> str:
    """What was done last on this patient's page; told once."""
    kept = st.session_state.pop(_SAID, None)
    return kept[1] if isinstance(kept, tuple) and kept[0] == asked.head.link_id else ""


@access.part
def show(asked: Asked, name: str) -> None:
    """Draw that form in place of the scores."""
    form = measure_forms.form(name)
    if form is None:
        leave()
        st.rerun()
    here = measures_draft.window(asked, name)
    try:
        stands = measures_draft.standing(asked, here, _fields(form))
        _draw(asked, form, here, stands)
    except ExplainedError as error:
        frame.explain(error)
        back("Back to the scores")


def _fields(form: ScreenForm) -> list[Field]:
    areas = [Field(AREAS, _areas_said, _areas_shown)] if form.asks_areas else []
    return [measures_draft.day(), *areas, *(measures_draft.choice(name_of(item)) for item in form.items)]


def _areas_said(value: Any, before: Answer | None) -> Answer | None:
    """The areas that were chosen; of 'none' and areas, what was chosen last."""
    chosen = [area for area in AREA_ORDER if area in (value or [])]
    if NO_AREA in (value or []) and (not chosen or before):
        return []
    return chosen or None


def _areas_shown(answer: Answer | None) -> list[str]:
    if not isinstance(answer, list):
        return []
    return list(answer) or [NO_AREA]


def _draw(asked: Asked, form: ScreenForm, here: Window, stands: Standing) -> None:
    with st.container(key="measures_form", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", key="measures_form_top"):
            st.subheader(f"{form.name}: {form.title}" if form.name not in form.title else form.title, anchor=False)
            back("Back to the scores (the draft is kept)")
        measures_draft.day_input(here)
        if wrong := measure_totals.day_problem(stands.held.answers, clock.today(), asked.head.birth_date):
            st.error(escaped(wrong))
        for group in form.groups if not form.asks_areas else ():
            _group(group, here)
        if form.asks_areas:
            _areas(here)
            for group in form.groups:
                _group(group, here)
        with st.container(key="measures_form_end", border=True, gap="small"):
            _end(asked, form, here, stands)
        st.caption(escaped(form.attribution))


def _areas(here: Window) -> None:
    st.pills(
        "Where did it hurt in the past week? Left and right are the patient's",
        [*AREA_ORDER, NO_AREA],
        selection_mode="multi",
        format_func=lambda area: AREA_LABELS.get(area, "No pain in any of these"),
        key=here.key(AREAS),
    )


def _group(group: Group, here: Window) -> None:
    if group.heading and group.heading.casefold() not in group.asks.casefold():
        st.subheader(group.heading, anchor=False)
    st.markdown(group.asks)
    for item in group.items:
        _item(item, here)


def _item(item: Item, here: Window) -> None:
    st.segmented_control(
        words.label(item),
        [int(value) for value, _ in item.answers],
        format_func=lambda value: sentence_case(words.answer(item, value)),
        key=here.key(name_of(item)),
        width="stretch",
    )


def _end(asked: Asked, form: ScreenForm, here: Window, stands: Standing) -> None:
    """How far, what it scores so far, and the buttons."""
    answers = stands.held.answers
    share, told = words.progress(form, answers)
    st.progress(share, f"{told} · {words.saved(stands.held)}")
    for line in words.results(form, answers) if answers else ():
        st.markdown(escaped(line))
    if words.opens_safety(form, answers):
        st.error(escaped(words.ITEM_9_OPENS))
    if answers:
        warn_of_same_day(asked, form.codes, measure_forms.day_of(answers, clock.today()))
    complete = not measure_forms.unanswered(form, answers)
    with st.container(horizontal=True, gap="small", key="measures_form_buttons"):
        label = "Save" if complete else "Save as it is, with gaps"
        pressed = st.button(label, type="primary", key="measures_save", disabled=not form.answered(answers))
        discard(asked, form.name)
    if pressed and stands.moved:
        refused(measure_drafts.moved())
    elif pressed:
        _save(asked, form, stands.held)


def _save(asked: Asked, form: ScreenForm, held: Held) -> None:
    viewer = access.require(Permission.ENTER_SCORES)
    try:
        saved = measure_entry.save_form(
            viewer, asked.head.patient_id, form.name, revision=held.revision, now=clock.now(), as_of=clock.today()
        )
    except ExplainedError as error:
        refused(error)
        return
    leave(words.done(saved.scores, asks=words.lacks_item_9(form, held.answers)), asked)
    st.rerun()  # the whole page: banner and caseload marks tell of it too


def warn_of_same_day(asked: Asked, codes: Sequence[str], day: date) -> None:
    """Say which of these questionnaires count already on that day."""
    if there := words.already(measures.of_day(asked.viewer, asked.head, codes, day)):
        st.warning(escaped(there))


def refused(error: ExplainedError) -> None:
    """Say why nothing was saved."""
    st.error(escaped(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"))


def discard(asked: Asked, name: str) -> None:
    """The button that throws the draft away, once it was asked."""
    with st.popover("Discard …", key="measures_discard"):
        st.markdown("Throw away what is filled in here? Saved scores are not touched.")
        if st.button("Discard the answers", key="measures_discard_now"):
            measure_drafts.discard(access.require(Permission.ENTER_SCORES), asked.head.patient_id, name)
            leave("The draft was thrown away.", asked)
            st.rerun()


def back(label: str) -> None:
    """The button that leads back; the draft stays."""
    if st.button(label, icon=":material/arrow_back:", key="measures_back"):
        leave()
        st.rerun()
