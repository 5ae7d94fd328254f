"""The verdict on one episode: how it stands, every earlier one, and the dialogs that give a new one."""

from datetime import date

import streamlit as st

from dashboard import access, clock
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import flares_episodes as words
from dashboard.presenters import flares_verdicts as verdict_words
from dashboard.presenters.words import escaped
from dashboard.services import flare_review
from dashboard.services.flare_review import LONGEST_REMARK, REASONS, Episode, FlaresView, Judgement


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
    remark = _remark()
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
        key="flares_reason",
    )
    remark = _remark()
    said = Judgement(each.found, len(each.judged.history), "not_a_flare", reason or "", remark)
    _buttons_of(verdict_words.NOT_ONE[each.flare.kind], said, patient_id)


@st.dialog("Change the dates of this episode")
def _change_dates(view: FlaresView, each: Episode, patient_id: int) -> None:
    _about(view, each)
    start = st.date_input("First day", each.flare.start, max_value=view.as_of, format="YYYY-MM-DD", key="flares_start")
    goes_on = each.judged.detected.end is None and st.checkbox(
        "It still goes on", value=each.flare.end is None, key="flares_goes_on"
    )
    end = None
    if not goes_on:
        end = st.date_input(
            "Last day", each.flare.end or view.as_of, max_value=view.as_of, format="YYYY-MM-DD", key="flares_end"
        )
    remark = _remark()
    said = Judgement(
        each.found, len(each.judged.history), "dates_changed", remark=remark, start=_day(start), end=_day(end)
    )
    _buttons_of("Change dates", said, patient_id)


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None


def _about(view: FlaresView, each: Episode) -> None:
    st.markdown(f"**{escaped(words.heading(view, each))}**")
    st.caption(verdict_words.WHAT_IT_DOES)


def _remark() -> str:
    return st.text_input("Remark (stays with the verdict)", max_chars=LONGEST_REMARK, key="flares_remark")


def _buttons_of(label: str, said: Judgement, patient_id: int) -> None:
    with st.container(horizontal=True):
        if st.button(label, type="primary", key="flares_judge_now"):
            _judge(said, patient_id)
        if st.button("Leave as it is", key="flares_leave"):
            st.rerun()


def _judge(said: Judgement, patient_id: int) -> None:
    viewer = access.require(Permission.JUDGE_FLARES)
    try:
        flare_review.judge(viewer, patient_id, said, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.rerun()
