"""The answers of a criteria assessment: areas to confirm, symptoms, duration. Each is kept as soon as it is given."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from clinical.fibromyalgia import ACR_REGIONS, SYMPTOMS, Symptom
from dashboard import access, clock
from dashboard.components import criteria_figure, patient_page
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.presenters import criteria_form as words
from dashboard.presenters.criteria import REGION_LABELS
from dashboard.presenters.words import escaped
from dashboard.services import criteria, criteria_filling
from dashboard.services.criteria import LONGEST_REMARK, CriteriaView, Filled
from dashboard.services.criteria_filling import LONGEST_MONTHS, Filling, Said

_TOLD = "criteria.told"
MOST_TYPED = 4000
"""Letters of a remark that its draft holds."""
_BLANK: tuple[Any, ...] = ([], "")


def show(asked: Asked, view: CriteriaView, filling: Filling) -> None:
    """Draw the form as it stands."""
    _about(view, filling)
    _areas(asked, view, filling)
    _symptoms(asked, filling)
    _circumstances(asked, filling)
    _remark(asked, filling)
    _told(asked)
    _buttons(asked, view, filling)


def _about(view: CriteriaView, filling: Filling) -> None:
    correcting = view.corrected_by(filling)
    begun = filling.begun_before(view.as_of)
    if correcting is not None:
        st.info(escaped(words.correcting(correcting, view)))
    elif begun is not None:
        st.warning(escaped(words.begun_before(begun, view)))


def _areas(asked: Asked, view: CriteriaView, filling: Filling) -> None:
    st.markdown("**Areas in pain during the past week**", help=words.AREAS_HELP)
    st.markdown(escaped(words.provenance(view, filling)))
    drawing, choosing = st.columns([0.36, 0.64], gap="small")
    with drawing, st.container(key="criteria_figure"):
        criteria_figure.show(asked, view, filling)
    chosen = filling.shown_areas(view.strict.areas)
    with (
        choosing,
        st.container(key=f"criteria_areas_{'confirmed' if filling.confirmed(view.as_of) else 'open'}", gap="small"),
    ):
        _pills(asked, chosen)
    key = _key(asked, "confirmed")
    _put(key, filling.confirmed(view.as_of))
    st.checkbox(
        words.confirm_label(view, len(chosen)),
        key=key,
        on_change=_confirmed,
        args=(asked.head.patient_id, key, view.as_of),
    )


def _pills(asked: Asked, chosen: frozenset[str]) -> None:
    keys = {region: _key(asked, region) for region in ACR_REGIONS}
    for region, areas in ACR_REGIONS.items():
        _put(keys[region], [area for area in areas if area in chosen])
        st.pills(
            REGION_LABELS[region],
            list(areas),
            selection_mode="multi",
            format_func=words.area_option,
            key=keys[region],
            on_change=_areas_changed,
            args=(asked.head.patient_id, tuple(keys.values())),
        )


def _symptoms(asked: Asked, filling: Filling) -> None:
    for recall in dict.fromkeys(symptom.recall for symptom in SYMPTOMS):
        of = [symptom for symptom in SYMPTOMS if symptom.recall == recall]
        graded = of[0].highest > 1
        st.markdown(f"**{words.symptoms_title(recall, graded=graded)}**")
        if graded:
            st.caption(words.LEVELS_WORDS)
        with st.container(horizontal=not graded, gap="small", key=f"criteria_{'graded' if graded else 'asked'}"):
            for symptom in of:
                _symptom(asked, filling, symptom)


def _symptom(asked: Asked, filling: Filling, symptom: Symptom) -> None:
    key = _key(asked, symptom.item)
    _put(key, filling.item(symptom.item))
    st.segmented_control(
        words.symptom_label(symptom),
        list(range(symptom.highest + 1)),
        format_func=partial(words.level, highest=symptom.highest),
        key=key,
        on_change=_changed,
        args=_of(asked, symptom.item, key),
    )


def _circumstances(asked: Asked, filling: Filling) -> None:
    with st.container(horizontal=True, key="criteria_circumstances"):
        key = _key(asked, "months")
        _put(key, filling.months)
        st.number_input(
            words.MONTHS_LABEL,
            value=None,
            step=1.0,
            format="%g",
            placeholder="months",
            key=key,
            on_change=_changed,
            args=_of(asked, "months", key),
            width=240,
        )
        key = _key(asked, "other_disorder")
        _put(key, filling.other_disorder)
        st.segmented_control(
            words.OTHER_LABEL,
            [False, True],
            format_func={False: "No", True: "Yes"}.__getitem__,
            key=key,
            on_change=_changed,
            args=_of(asked, "other_disorder", key),
        )
    if filling.months is not None and not 0 <= filling.months <= LONGEST_MONTHS:
        st.error(f"A duration is between 0 and {LONGEST_MONTHS} months. It is kept as you typed it, and not counted.")


def _remark(asked: Asked, filling: Filling) -> None:
    key = _key(asked, "remark")
    _put(key, filling.remark)
    # Streamlit drops a text above max_chars: far more may be typed and is kept; saving it is refused, with the limit.
    st.text_area(
        words.remark_label(correction=filling.replaces is not None),
        max_chars=MOST_TYPED,
        height=68,
        key=key,
        on_change=_changed,
        args=_of(asked, "remark", key),
    )
    if len(filling.remark) > LONGEST_REMARK:
        st.error(
            f"A remark has at most {LONGEST_REMARK} characters, this one {len(filling.remark)}. Shorten it to save."
        )


def _buttons(asked: Asked, view: CriteriaView, filling: Filling) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="criteria_buttons"):
        label = "Save assessment" if filling.replaces is None else "Save correction"
        st.button(label, type="primary", key="criteria_save", on_click=_save, args=(asked, view))
        if filling.said:
            leave = "Start over" if filling.replaces is None else "Leave the correction"
            st.button(leave, key="criteria_start_over", on_click=_start_over, args=(asked.head.patient_id,))
            st.caption("Kept as you go; not on record until it is saved.", width="content")


def _told(asked: Asked) -> None:
    """What became of the last click, for this patient only; said once."""
    of, kind, text = st.session_state.pop(_TOLD, (None, "", ""))
    if of == asked.head.patient_id:
        (st.success if kind == "saved" else st.error)(text)


def _key(asked: Asked, name: str) -> str:
    return f"criteria_{name}_{asked.head.link_id}"


def _of(asked: Asked, name: str, key: str) -> tuple[int, str, str]:
    return asked.head.patient_id, name, key


def _put(key: str, value: Any) -> None:
    """The draft decides what a field holds; one that holds it already is left alone, with what is typed in it."""
    now = st.session_state.get(key)
    if now != value and not (now is None and value in _BLANK):
        st.session_state[key] = value


def _areas_changed(patient_id: int, keys: tuple[str, ...]) -> None:
    _keep(patient_id, {"areas": [area for key in keys for area in st.session_state.get(key) or ()]})


def _confirmed(patient_id: int, key: str, day: date) -> None:
    _keep(patient_id, {"confirmed": day.isoformat() if st.session_state[key] else None})


def _changed(patient_id: int, name: str, key: str) -> None:
    _keep(patient_id, {name: st.session_state[key]})


def _keep(patient_id: int, changed: Mapping[str, Said | None]) -> None:
    viewer = access.current()
    if viewer is None:
        return  # the part closes with the door
    try:
        criteria_filling.keep(viewer, patient_id, changed, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        _tell_error(patient_id, error)


def _start_over(patient_id: int) -> None:
    viewer = access.current()
    if viewer is not None:
        criteria_filling.discard(viewer, patient_id)


def correct(asked: Asked, assessment: criteria.Standing) -> None:
    """Begin to correct that assessment: its answers come into the form, what was being filled in goes."""
    said = criteria_filling.as_filled(assessment.assessed)
    _start_over(asked.head.patient_id)
    _keep(asked.head.patient_id, said)


def _save(asked: Asked, view: CriteriaView) -> None:
    viewer, patient_id = access.current(), asked.head.patient_id
    if viewer is None:
        return
    try:
        filling = criteria_filling.held(viewer, patient_id)
        estimate = view.strict.areas
        filled = Filled(
            filling.answers(estimate, view.as_of), estimate, filling.remark, filling.replaces, filling.months
        )
        criteria.record(viewer, patient_id, filled, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        _tell_error(patient_id, error)
        return
    st.session_state[_TOLD] = (patient_id, "saved", "Saved. The assessment is on record below.")
    patient_page.redraw()


def _tell_error(patient_id: int, error: ExplainedError) -> None:
    text = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
    st.session_state[_TOLD] = (patient_id, "error", text)
