"""What stands above an entry's form: which entry it corrects, what became of it meanwhile, and what was left begun."""

from datetime import date
from functools import partial

import streamlit as st

from dashboard import access, clock
from dashboard.components import entry_form, entry_list
from dashboard.components.entry_form import Place
from dashboard.errors import ExplainedError
from dashboard.presenters import entry_form as form_words
from dashboard.presenters import entry_list as words
from dashboard.presenters.words import escaped
from dashboard.services import entries, entry_carrying
from dashboard.services.entries import NEW_ENTRY, EntryPage, Listed, Waiting
from data_access.patients import PatientHead

_TOLD = "entry_notices.told"


def show(head: PatientHead, here: Place, page: EntryPage, *, as_of: date) -> None:
    """Draw what the person has to know before filling in."""
    _show_told(head)
    if page.corrected is None:
        entry_list.stop_correcting()
        entry_form.show_done(head)
        _show_begun(here, page, as_of)
        for each in page.waiting:
            _show_waiting(head, each, as_of)
    elif page.corrected.change is None:
        _show_correcting(head, here, page, page.corrected, as_of)
    else:
        _show_overtaken(head, page, page.corrected, as_of)


def _show_told(head: PatientHead) -> None:
    link, told = st.session_state.get(_TOLD, ("", ""))
    if link == head.link_id:
        st.info(told)


def _tell(head: PatientHead, told: str) -> None:
    st.session_state[_TOLD] = (head.link_id, told)


def _show_begun(here: Place, page: EntryPage, as_of: date) -> None:
    now = clock.now()
    if not (begun := form_words.begun(page.held, now, as_of)):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="entry_begun"):
        st.markdown(f"**{begun}** The entry says {page.held.fields['time']}.")
        time = form_words.time_now(now)
        st.button(f"Use the time now, {time}", on_click=partial(entry_form.change, here, page, time=time))


def _show_waiting(head: PatientHead, waiting: Waiting, as_of: date) -> None:
    listed = waiting.listed
    closed = " That entry was changed meanwhile." if listed.change else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"entry_waiting_{listed.entry_id}"):
        st.markdown(
            f"**Unfinished correction of the entry of {escaped(words.when(listed.entry, as_of))}**"
            f"{words.begun(waiting.held.begun_at)}.{closed}"
        )
        st.button("Go on with it", on_click=_correct, args=(head, listed), key=f"entry_go_on_{listed.entry_id}")
        with st.popover("Drop it …", key=f"entry_drop_{listed.entry_id}"):
            st.markdown("What was changed in it is thrown away; the entry stays as it is.")
            st.button("Throw it away", on_click=_drop, args=(head, listed), key=f"entry_drop_now_{listed.entry_id}")


def _correct(head: PatientHead, listed: Listed) -> None:
    st.session_state.pop(_TOLD, None)
    entry_list.start_correcting(head, listed.entry_id)


def _stop() -> None:
    st.session_state.pop(_TOLD, None)
    entry_list.stop_correcting()


def _drop(head: PatientHead, listed: Listed) -> None:
    if (viewer := access.current()) is None:
        return
    try:
        entries.discard(viewer, head.patient_id, corrects=listed.entry_id)
    except ExplainedError as error:
        _tell(head, str(error))
        return
    entry_form.forget(entry_form.place(head, listed.entry_id))
    _stop()


def _show_correcting(head: PatientHead, here: Place, page: EntryPage, corrected: Listed, as_of: date) -> None:
    changed = entry_form.changes(here, page)
    with st.container(horizontal=True, vertical_alignment="center", key="entry_correcting"):
        st.markdown(
            f"**Correcting the entry of {escaped(words.when(corrected.entry, as_of))}.** "
            f"It stays on record, marked as corrected; this one counts instead.{_so_far(page, changed)}"
        )
        if page.held.revision:
            st.button("Stop, keep this for later", on_click=_stop, key="entry_stop")
            st.button("Stop and drop the changes", on_click=_drop, args=(head, corrected), key="entry_stop_drop")
        else:
            st.button("Stop correcting", on_click=_stop, key="entry_stop")


def _so_far(page: EntryPage, changed: tuple[str, ...]) -> str:
    if not page.held.revision:
        return ""
    what = f"Changed so far: {form_words.named(changed)}" if changed else "Nothing changed so far"
    return f" {what}{words.begun(page.held.begun_at)}."


def _show_overtaken(head: PatientHead, page: EntryPage, closed: Listed, as_of: date) -> None:
    """The entry was corrected or withdrawn while somebody corrects it: nothing typed is lost, and they choose."""
    typed = bool(page.held.revision)
    kept = "What you filled in is kept and stands below; it is not saved as an entry. " if typed else ""
    st.warning(
        f"**The entry of {escaped(words.when(closed.entry, as_of))} counts no more.** "
        f"{escaped(words.became(closed, page.names))}. {kept}Choose how to go on."
    )
    with st.container(horizontal=True, key="entry_overtaken"):
        if page.counts is not None:
            _offer(head, closed, page.counts.entry_id, "Correct the entry that counts now", typed=typed)
        if typed:
            _offer(head, closed, NEW_ENTRY, "Use it as a new entry", typed=typed)
            st.button("Keep it for later", on_click=_stop, key="entry_stop")
            st.button("Throw it away", on_click=_drop, args=(head, closed), key="entry_stop_drop")
        else:
            st.button("Stop correcting", on_click=_stop, key="entry_stop")


def _offer(head: PatientHead, closed: Listed, to: int, label: str, *, typed: bool) -> None:
    key = "entry_carry_new" if to == NEW_ENTRY else "entry_carry"
    st.button(label, on_click=_carry if typed else _follow, args=(head, closed, to), key=key, type="primary")


def _follow(head: PatientHead, _closed: Listed, to: int) -> None:
    entry_list.start_correcting(head, to)


def _carry(head: PatientHead, closed: Listed, to: int) -> None:
    if (viewer := access.current()) is None:
        return
    try:
        both = entry_carrying.carry_over(viewer, head.patient_id, closed=closed.entry_id, to=to, now=clock.now())
    except ExplainedError as error:
        _tell(head, str(error))
        return
    for corrects in (closed.entry_id, to):
        entry_form.forget(entry_form.place(head, corrects))
    _stop()
    if to != NEW_ENTRY:
        entry_list.start_correcting(head, to)
    if both:
        _tell(head, f"Your answer stands here where both of you changed one: {form_words.named(both)}. Compare them.")
