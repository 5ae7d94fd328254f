"""A table of another make: what its columns mean, said once by a person, with what the rows become beside it."""

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import clock, selection
from dashboard.components import mapping_column, mapping_preview, states
from dashboard.components.mapping_column import Asked
from dashboard.components.mapping_fields import Around
from dashboard.errors import ExplainedError, Overtaken
from dashboard.permissions import Viewer
from dashboard.presenters import mapping as words
from dashboard.presenters.imports import shown
from dashboard.services import mapping as service
from dashboard.services.import_staging import Staged
from dashboard.services.mapping import Begun, Preview
from data_access.column_mappings import Remembered
from data_access.importers.checks import SCORES
from data_access.importers.mapped_check import TABLE, Fault
from data_access.importers.mapped_rules import ColumnMapping, Decimal, Scale

_DECIMALS: dict[Decimal, str] = {".": "point: 2.5", ",": "comma: 2,5"}
Slots = dict[str, DeltaGenerator]


@dataclass(slots=True)
class _State:
    """One file's explanation in this browser tab; `opening` counts how often it was opened for changing."""

    begun: Begun
    mapping: ColumnMapping
    confirmed: bool = False
    opening: int = 0
    theirs: Remembered | None = None  # what a colleague saved while this one was made


def show(viewer: Viewer, staged: Staged) -> ColumnMapping | None:
    """The mapping of that file once somebody said that it is right, None until then."""
    try:
        state = _state(viewer, staged)
        with st.container(key=f"mapping_{staged.sha256[:12]}", gap="small"):
            if state.confirmed:
                return _said(state, staged)
            _ask(viewer, staged, state)
    except ExplainedError as error:
        states.explained(error)
    return None


def _key(staged: Staged) -> str:
    return f"mapping_step.{staged.sha256}"


def _state(viewer: Viewer, staged: Staged) -> _State:
    known = st.session_state.get(_key(staged))
    if isinstance(known, _State):
        return known
    begun = service.begin(viewer, staged.read())
    state = _State(begun, begun.mapping)
    st.session_state[_key(staged)] = state
    return state


def _said(state: _State, staged: Staged) -> ColumnMapping:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/check: {shown(words.used(state.mapping))}")
        st.button("Change columns", key=f"mapping_change_{staged.sha256[:12]}", on_click=_open, args=(state,))
    return state.mapping


def _open(state: _State) -> None:
    state.confirmed, state.opening = False, state.opening + 1


def _ask(viewer: Viewer, staged: Staged, state: _State) -> None:
    key = f"map_{staged.sha256[:12]}_{state.opening}"
    _about(state)
    slots: Slots = {}
    mapping = _columns(state, key, slots)
    faults = service.faults(mapping)
    preview = None if faults else service.preview(viewer, staged.read(), mapping, as_of=selection.today())
    _say(mapping, faults, preview, slots)
    with st.container(key=f"{key}_preview", gap="small"):
        if preview is not None:
            mapping_preview.show(preview)
        for fault in faults:
            if fault.column == TABLE:
                st.warning(fault.what)
        _offer_theirs(state, key)
        ready = preview is not None and preview.mostly is None
        _confirm(viewer, state, mapping, key, words.lacking(faults), ready=ready)


def _about(state: _State) -> None:
    known = state.begun.remembered
    st.markdown("**What do its columns mean?** Look at what is proposed, choose what is missing, then use it.")
    if known and known.mapping:
        st.info(f"Filled in as {shown(known.saved_by_name)} explained such a table before. Look whether it still fits.")
    st.caption(shown(words.about(state.begun)))
    if told := words.encoding_guess(state.begun):
        st.warning(told)


def _columns(state: _State, key: str, slots: Slots) -> ColumnMapping:
    """Draw everything that is asked; the mapping as it stands."""
    begun = state.begun
    with st.container(key=f"{key}_all", horizontal=True, gap="small"):
        common = _common_scale(state.mapping, key)
        decimal = _decimal(state.mapping, key)
        missing = _missing(state.mapping, key)
    columns = [
        Asked(column, begun.sheet.guesses[place], state.mapping.rules[place], f"{key}_{place}")
        for place, column in enumerate(begun.sheet.columns)
    ]
    timed = any(mapping_column.role_now(asked) in ("time", "part", "moment") for asked in columns)
    rules = []
    for asked in columns:
        rule, slots[asked.column.name] = mapping_column.show(asked, Around(decimal, common, timed))
        rules.append(replace(rule, column=asked.column.name))
    return ColumnMapping(tuple(rules), decimal, missing)


def _common_scale(mapping: ColumnMapping, key: str) -> Scale | None:
    """The scale of all columns that do not say theirs, asked where there are such."""
    if not any(rule.role in SCORES and rule.scale is None for rule in mapping.rules):
        return None
    return st.selectbox(
        "Answers go from .. to (where a column does not say)",
        words.SCALES,
        index=None,
        format_func=words.ends,
        placeholder="Choose the scale of the diary",
        key=f"{key}_common",
    )


def _decimal(mapping: ColumnMapping, key: str) -> Decimal:
    signs: tuple[Decimal, ...] = (".", ",")
    return st.selectbox(
        "Decimal sign",
        signs,
        index=signs.index(mapping.decimal),
        format_func=lambda sign: _DECIMALS[sign],
        key=f"{key}_decimal",
    )


def _missing(mapping: ColumnMapping, key: str) -> tuple[str, ...]:
    typed = st.text_input(
        "Cells that mean 'not answered', apart by spaces (an empty one always does)",
        " ".join(word.replace(" ", "_") for word in mapping.missing),
        key=f"{key}_missing",
    )
    return tuple(word.replace("_", " ") for word in typed.split())


def _say(mapping: ColumnMapping, faults: list[Fault], preview: Preview | None, slots: Slots) -> None:
    """Write at each column what is wrong with it."""
    for rule in mapping.rules:
        lacking = [fault.what for fault in faults if fault.column == rule.column]
        rejecting = words.problems_of(rule.column, preview)
        for what in [*lacking, *rejecting]:
            slots[rule.column].markdown(f":red[:material/error: {shown(what)}]")


def _confirm(viewer: Viewer, state: _State, mapping: ColumnMapping, key: str, lacking: str, *, ready: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Use this for the file", type="primary", disabled=not ready, key=f"{key}_use"):
            _use(viewer, state, mapping)
        told = "It is remembered for tables with the same columns. Nothing of the diary is written yet."
        st.caption(shown(lacking) or told)


def _use(viewer: Viewer, state: _State, mapping: ColumnMapping) -> None:
    """Remember the mapping; where a colleague saved another one meanwhile, nothing is lost and both can be had."""
    try:
        state.begun = service.use(viewer, state.begun, mapping, now=clock.now())
    except Overtaken as error:
        state.begun, state.theirs = replace(state.begun, remembered=error.theirs), error.theirs
    else:
        state.mapping, state.confirmed, state.theirs = mapping, True, None
    st.rerun()


def _offer_theirs(state: _State, key: str) -> None:
    """After somebody else was quicker: theirs can be taken, or what stands here be used all the same."""
    theirs = state.theirs
    if theirs is None:
        return
    st.warning(
        f"{shown(theirs.saved_by_name)} explained a table with these columns meanwhile. What you chose still stands "
        "here: use it all the same, or take theirs."
    )
    if theirs.mapping is not None and st.button("Take theirs", key=f"{key}_theirs"):
        state.mapping, state.theirs, state.opening = theirs.mapping, None, state.opening + 1
        st.rerun()
