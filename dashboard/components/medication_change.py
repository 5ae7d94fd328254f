"""The dialogs that add a medicine to the list and stop one."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clinical.record import Medicine
from dashboard import access, clock
from dashboard.components import patient_page
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import medication_list as words
from dashboard.presenters.words import escaped
from dashboard.services import medication_changes
from dashboard.services.medication_changes import (
    LONGEST_FREQUENCY,
    LONGEST_NAME,
    LONGEST_REASON,
    ROUTES,
    STOP_REASONS,
    UNITS,
    AllergyQuestioned,
    FieldRefused,
    Questioned,
    Stopping,
    Wanted,
)

_OPENINGS = "medication_change.openings"
_ADDED = "medication_change.added"
_EARLIEST = date(1900, 1, 1)


def show_done() -> None:
    """Say once what became of the medicine that was just added."""
    added = st.session_state.pop(_ADDED, None)
    if isinstance(added, Medicine):
        st.success(escaped(words.added(added)), icon=":material/check:")


def ask_add(patient_id: int, as_of: date) -> None:
    """Open the dialog with an empty form."""
    _add(patient_id, as_of, _opened())


def ask_stop(seen: tuple[Medicine, ...], patient_id: int, as_of: date) -> None:
    """Open the dialog about that medicine; `seen` are its lines, the earliest first."""
    _stop(seen, patient_id, as_of, _opened())


def _opened() -> str:
    """A name for this very dialog: the next one starts anew, whatever was left in this one."""
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening
    st.session_state.setdefault(f"medication_token_{opening}", secrets.token_hex(8))
    return str(opening)


@st.dialog("Add a medicine", width="medium", on_dismiss=patient_page.redraw)
def _add(patient_id: int, as_of: date, opening: str) -> None:
    with st.form(f"medication_add_{opening}", border=False, enter_to_submit=False):
        fields: Places = {}
        wanted = _filled(opening, as_of, fields)
        meant = st.container(key=f"medication_meant_box_{opening}")
        wanted = _meant(opening, wanted, meant)
        refused = st.container()
        with st.container(horizontal=True):
            if st.form_submit_button("Add to the list", type="primary", key="medication_add_now"):
                _save(wanted, patient_id, opening, fields, refused)
            if st.form_submit_button("Leave the list as it is", key="medication_add_leave"):
                st.rerun()


Places = dict[str, DeltaGenerator]
"""The place below each field where a refusal is said."""


def _filled(opening: str, as_of: date, places: Places) -> Wanted:
    """What is filled in; `places` gets the place of each field."""
    name = st.text_input(
        "Medicine, as on the box or prescription (required)",
        max_chars=LONGEST_NAME,
        key=f"medication_medicine_{opening}",
    )
    places["medicine"] = st.container()
    wanted = _one_dose(Wanted(name), opening, places)
    wanted = _days(wanted, opening, as_of, places)
    return replace(wanted, token=st.session_state[f"medication_token_{opening}"])


def _one_dose(wanted: Wanted, opening: str, places: Places) -> Wanted:
    """The same with dose, unit, route and how often."""
    left, middle, right = st.columns(3)
    with left:
        dose = st.text_input("One dose", key=f"medication_dose_{opening}", placeholder="not known", max_chars=12)
    with middle:
        unit = st.selectbox(
            "Unit", UNITS, index=None, format_func=words.unit, placeholder="choose", key=f"medication_unit_{opening}"
        )
    with right:
        route = st.selectbox("Route", ROUTES, index=None, placeholder="not known", key=f"medication_route_{opening}")
    places["dose"] = places["unit"] = st.container()
    often = "twice a day, at night …"
    frequency = st.text_input(
        "How often", key=f"medication_frequency_{opening}", max_chars=LONGEST_FREQUENCY, placeholder=often
    )
    places["frequency"] = st.container()
    left, right = st.columns(2)
    with left:
        as_needed = st.checkbox("Only as needed", key=f"medication_as_needed_{opening}")
    with right:
        own = st.checkbox("Reported, not prescribed", key=f"medication_reported_{opening}")
    kind: Literal["prescribed", "reported"] = "reported" if own else "prescribed"
    return replace(
        wanted, dose=dose, unit=unit or "", route=route or "", frequency=frequency, as_needed=as_needed, kind=kind
    )


def _days(wanted: Wanted, opening: str, as_of: date, places: Places) -> Wanted:
    """The same with first and last day, and why it was stopped."""
    left, right = st.columns(2)
    with left:
        start = _day("Since (empty: not known)", f"medication_start_{opening}", None, as_of)
    with right:
        end = _day("Until (empty: goes on)", f"medication_end_{opening}", None, as_of)
    places["start"] = places["end"] = st.container()
    reason = st.text_input(
        "Why it was stopped (only with a last day)", key=f"medication_reason_{opening}", max_chars=LONGEST_REASON
    )
    places["reason"] = st.container()
    return replace(wanted, start=start, end=end, reason_stopped=reason)


def _day(label: str, key: str, value: date | None, as_of: date) -> date | None:
    return st.date_input(label, value, key=key, min_value=_EARLIEST, max_value=as_of, format="YYYY-MM-DD")


def _meant(opening: str, wanted: Wanted, box: DeltaGenerator) -> Wanted:
    """The same with what was said to be meant; another dose or medicine is another question."""
    for field, about in _QUESTIONS.items():
        asked = st.session_state.get(f"medication_asked_{field}_{opening}")
        if asked is None or asked[0] != about(wanted):
            continue
        with box:
            st.warning(escaped(asked[1]))
            key = f"medication_meant_{field}_{opening}_{asked[0]}"
            if st.checkbox(escaped(_ANSWERS[field](wanted)), key=key):
                wanted = _with(wanted, field)
    return wanted


def _with(wanted: Wanted, field: str) -> Wanted:
    return replace(wanted, allergy_is_known=True) if field == "allergy" else replace(wanted, dose_is_meant=True)


def _name_of(wanted: Wanted) -> str:
    return wanted.medicine


def _dose_of(wanted: Wanted) -> str:
    return "|".join((wanted.medicine, wanted.dose, wanted.unit, wanted.route, wanted.frequency))


_QUESTIONS: dict[str, Callable[[Wanted], str]] = {"allergy": _name_of, "dose": _dose_of}
"""What a question is about: the same filled in again is the same question."""
_ANSWERS: dict[str, Callable[[Wanted], str]] = {"allergy": words.allergy_known, "dose": words.dose_meant}


def _save(wanted: Wanted, patient_id: int, opening: str, fields: Places, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.CHANGE_MEDICINES)
    try:
        added = medication_changes.add(viewer, patient_id, wanted, now=clock.now(), as_of=clock.today())
    except Questioned as question:
        said = f"{question.what_happened} {question.what_is_safe} {question.what_to_do}"
        field = "allergy" if isinstance(question, AllergyQuestioned) else "dose"
        st.session_state[f"medication_asked_{field}_{opening}"] = (_QUESTIONS[field](wanted), said)
        st.rerun(scope="fragment")
    except FieldRefused as error:
        fields[error.field].error(escaped(f"{error.what_happened} {error.what_to_do}"))
        refused.caption(error.what_is_safe)
        return
    except ExplainedError as error:
        refused.error(escaped(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"))
        return
    st.session_state[_ADDED] = added
    st.rerun()


@st.dialog("Stop a medicine", on_dismiss=patient_page.redraw)
def _stop(seen: tuple[Medicine, ...], patient_id: int, as_of: date, opening: str) -> None:
    st.markdown(f"**{escaped(words.called(seen[-1]))}**")
    st.markdown(words.since(seen))
    with st.form(f"medication_stop_{opening}", border=False, enter_to_submit=False):
        end = _day("Last day (required)", f"medication_stop_end_{opening}", as_of, as_of)
        reason = st.radio(
            "Why (required)",
            STOP_REASONS,
            index=None,
            horizontal=True,
            format_func=words.reason,
            key=f"medication_stop_reason_{opening}",
        )
        remark = st.text_input("Remark (stays with it)", max_chars=160, key=f"medication_stop_remark_{opening}")
        st.markdown(words.WHAT_STOPPING_DOES)
        refused = st.container()
        with st.container(horizontal=True):
            if st.form_submit_button("Put the end on the list", type="primary", key="medication_stop_now"):
                _end(Stopping(seen, end, reason or "", remark), patient_id, refused)
            if st.form_submit_button("Leave it as it is", key="medication_stop_leave"):
                st.rerun()


def _end(stopping: Stopping, patient_id: int, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.CHANGE_MEDICINES)
    try:
        medication_changes.stop(viewer, patient_id, stopping, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        refused.error(escaped(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"))
        return
    st.rerun()
