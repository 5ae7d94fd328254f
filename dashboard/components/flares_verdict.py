"""The verdict on one episode: how it stands, every earlier one, and the dialogs that give a new one."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import access, clock
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import flares_episodes as words
from dashboard.presenters import flares_verdicts as verdict_words
from dashboard.presenters.words import escaped
from dashboard.services import flare_verdicts
from dashboard.services.flare_review import Episode, FlaresView
from dashboard.services.flare_verdicts import LONGEST_REMARK, REASONS, Judgement


def show(view: FlaresView, each: Episode, asked: Asked) -> None:
    """Draw the state of the verdict, the buttons where the person may judge, and the history."""
    st.markdown("**Your verdict**" if asked.viewer.may(Permission.JUDGE_FLARES) else "**Verdict**")
    st.markdown(escaped(verdict_words.status(each, view.names)))
    if asked.viewer.may(Permission.JUDGE_FLARES):
        _buttons(view, each, asked.head.patient_id)
    if len(each.judged.history) > 1:
        st.caption("Every verdict on it, the latest first")
        for said in verdict_words.history(each, view.names, view.as_of):
            st.markdown(escaped(said))


def _buttons(view: FlaresView, each: Episode, patient_id: int) -> None:
    shift = each.flare.kind == "shift"
    verdict = each.judged.verdict
    with st.container(horizontal=True, gap="small", key="flares_buttons"):
        confirmed = verdict is not None and verdict.verdict == "confirmed"
        if not confirmed and st.button("Confirm …", icon=":material/check:", key="flares_confirm"):
            _confirm(view, each, patient_id)
        label = f"{verdict_words.NOT_ONE[each.flare.kind]} …"
        if each.counts and st.button(label, icon=":material/block:", key="flares_dismiss"):
            _dismiss(view, each, patient_id)
        if not shift and st.button("Change dates …", icon=":material/date_range:", key="flares_dates"):
            _change_dates(view, each, patient_id)


@st.dialog("Confirm this episode?")
def _confirm(view: FlaresView, each: Episode, patient_id: int) -> None:
    _about(view, each)
    st.markdown(f"Its dates are those that were found: {escaped(verdict_words.as_found(each, view.as_of))}.")
    remark = _remark(each, "confirm")
    _buttons_of("Confirm", Judgement(each.found, len(each.judged.history), "confirmed", remark=remark), patient_id)


@st.dialog("Not an episode?")
def _dismiss(view: FlaresView, each: Episode, patient_id: int) -> None:
    _about(view, each)
    reason = st.radio(
        "Why (required)",
        REASONS,
        index=None,
        format_func=verdict_words.reason_option,
        horizontal=True,
        key=_key(each, "reason"),
    )
    remark = _remark(each, "dismiss")
    said = Judgement(each.found, len(each.judged.history), "not_a_flare", reason or "", remark)
    _buttons_of(verdict_words.NOT_ONE[each.flare.kind], said, patient_id)


@st.dialog("Change the dates")
def _change_dates(view: FlaresView, each: Episode, patient_id: int) -> None:
    _about(view, each)
    st.markdown(f"Found: {escaped(verdict_words.as_found(each, view.as_of))}.")
    start = _day(each, "First day", each.flare.start)
    goes_on = each.judged.detected.end is None and st.checkbox(
        "It still goes on", value=each.flare.end is None, key=_key(each, "goes_on")
    )
    end = None if goes_on else _day(each, "Last day", each.flare.end or view.as_of)
    remark = _remark(each, "dates")
    said = Judgement(each.found, len(each.judged.history), "dates_changed", remark=remark, start=start, end=end)
    _buttons_of("Change dates", said, patient_id)


def _day(each: Episode, label: str, value: date) -> date | None:
    """A day of any time: one that cannot be is answered in words when it is saved, never dropped by the field."""
    chosen = st.date_input(
        label, value, min_value=_EARLIEST, max_value=_LATEST, format="YYYY-MM-DD", key=_key(each, label)
    )
    return chosen if isinstance(chosen, date) else None


_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)


def _key(each: Episode, field: str) -> str:
    """A field belongs to one episode as it stands: nothing filled in for it is carried over to another."""
    return f"flares_{field.casefold().replace(' ', '_')}_{each.found.isoformat()}_{len(each.judged.history)}"


def _about(view: FlaresView, each: Episode) -> None:
    st.markdown(f"**{escaped(words.heading(view, each))}**")
    st.markdown(verdict_words.WHAT_IT_DOES)


def _remark(each: Episode, about: str) -> str:
    label = "Remark (stays with the verdict)"
    return st.text_input(label, max_chars=LONGEST_REMARK, key=_key(each, f"remark {about}"))


def _buttons_of(label: str, said: Judgement, patient_id: int) -> None:
    refused = st.container()
    with st.container(horizontal=True):
        if st.button(label, type="primary", key="flares_judge_now"):
            _judge(said, patient_id, refused)
        if st.button("Leave as it is", key="flares_leave"):
            st.rerun()


def _judge(said: Judgement, patient_id: int, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.JUDGE_FLARES)
    try:
        flare_verdicts.judge(viewer, patient_id, said, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        refused.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.rerun()
