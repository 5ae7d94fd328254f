"""The latest entries: when, what, who brought them; each can be corrected or withdrawn with a reason, and stays."""

from datetime import date

import streamlit as st

from dashboard import access, clock
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import entry_list as words
from dashboard.presenters.words import escaped
from dashboard.services import entries
from dashboard.services.entries import LONGEST_REASON, SHOWN, EntryPage, Listed
from data_access.patients import PatientHead

_SHOWN = "entry_list.shown"
_CORRECTING = "entry_list.correcting"
_FIRST_DAY = date(1900, 1, 1)


def shown(head: PatientHead) -> int:
    """How many of that patient's entries the person asked to see."""
    link, count = st.session_state.get(_SHOWN, ("", SHOWN))
    return int(count) if link == head.link_id else SHOWN


def up_to(head: PatientHead) -> date | None:
    """The day from which the person asked to see that patient's entries, None for the latest."""
    asked = st.session_state.get(_up_to_key(head))
    return asked if isinstance(asked, date) else None


def _up_to_key(head: PatientHead) -> str:
    return f"entry_list_up_to_{head.link_id}"


def correcting(head: PatientHead) -> int:
    """The entry of that patient being corrected, 0 for none."""
    wanted = st.session_state.get(_CORRECTING)
    return int(wanted[1]) if wanted and wanted[0] == head.patient_id else entries.NEW_ENTRY


def start_correcting(head: PatientHead, entry_id: int) -> None:
    """Open that entry in the form; a new entry's draft waits meanwhile."""
    st.session_state[_CORRECTING] = (head.patient_id, entry_id)


def stop_correcting() -> None:
    """Back to the new entry; what becomes of an unfinished correction was asked before."""
    st.session_state.pop(_CORRECTING, None)


def show(head: PatientHead, page: EntryPage, *, as_of: date) -> None:
    """Draw the list: the entry recorded last on top, or those of a chosen day and before."""
    asked = up_to(head)
    with st.container(horizontal=True, vertical_alignment="center", key="entries_title"):
        st.subheader(words.title(asked), anchor=False)
        st.date_input(
            "Find a day",
            value=None,
            min_value=_FIRST_DAY,
            max_value=as_of,
            on_change=_more,
            args=(head, SHOWN),
            key=_up_to_key(head),
            width=150,
        )
    if not page.listed:
        st.caption(words.nothing(asked))
    with st.container(key="entries_list", gap=None):
        for listed in page.listed:
            with st.container(horizontal=True, vertical_alignment="center", key=f"entry_{listed.entry_id}"):
                _entry(head, page, listed, as_of)
    if page.more:
        st.button("Show more", on_click=_more, args=(head, shown(head) + SHOWN), key="entries_more")


def _more(head: PatientHead, count: int) -> None:
    st.session_state[_SHOWN] = (head.link_id, count)


def _entry(head: PatientHead, page: EntryPage, listed: Listed, as_of: date) -> None:
    with st.container(gap=None, key=f"entry_said_{listed.entry_id}"):
        _said(page, listed, as_of)
    with st.container(horizontal=True, gap="small", width="content", key=f"entry_buttons_{listed.entry_id}"):
        if listed.entry.marks:
            with st.popover("Map in words", type="tertiary", key=f"entry_regions_{listed.entry_id}"):
                st.text(words.regions(listed.entry))
        if listed.change is None:
            _buttons(head, listed, words.when(listed.entry, as_of))


def _said(page: EntryPage, listed: Listed, as_of: date) -> None:
    closed = words.became(listed, page.names)
    title, answers = escaped(words.when(listed.entry, as_of)), escaped(words.answers(listed))
    if closed:
        st.markdown(f"**{escaped(closed)}**")
    st.markdown(f"~~{title}~~ ~~{answers}~~" if closed else f"**{title}** {answers}")
    if note := listed.entry.note:
        st.text(words.folded(note))
        if words.folded(note) != note:
            with st.popover("Whole note", type="tertiary", key=f"entry_note_{listed.entry_id}"):
                st.text(note)
    st.caption(escaped(words.who(listed, page.names)))


def _buttons(head: PatientHead, listed: Listed, moment: str) -> None:
    st.button(
        "Correct",
        on_click=start_correcting,
        args=(head, listed.entry_id),
        type="tertiary",
        icon=":material/edit:",
        help=f"Correct the entry of {moment}",
        key=f"correct_{listed.entry_id}",
    )
    if st.button("Withdraw …", type="tertiary", icon=":material/block:", key=f"withdraw_{listed.entry_id}"):
        _withdraw(head.patient_id, listed, moment)


@st.dialog("Withdraw this entry?")
def _withdraw(patient_id: int, listed: Listed, moment: str) -> None:
    st.markdown(f"**{escaped(moment)}** {escaped(words.answers(listed))}")
    st.markdown("It stays on record, marked as withdrawn with your name and reason, and counts in no chart any more.")
    reason = st.text_input(
        "Why (required, stays with the entry)",
        max_chars=LONGEST_REASON,
        key=f"withdraw_reason_{patient_id}_{listed.entry_id}",
    )
    with st.container(horizontal=True):
        if st.button("Withdraw it", type="primary", key="withdraw_now"):
            _withdraw_now(patient_id, listed.entry_id, reason)
        if st.button("Keep it", key="withdraw_keep"):
            st.rerun()


def _withdraw_now(patient_id: int, entry_id: int, reason: str) -> None:
    viewer = access.require(Permission.ADD_ENTRY)
    try:
        entries.withdraw(viewer, patient_id, entry_id, reason=reason, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.rerun()
