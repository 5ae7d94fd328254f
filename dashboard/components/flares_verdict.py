"""The verdict on one episode: how it stands, every earlier one, and the dialogs that give a new one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import access, clock
from dashboard.components import patient_page
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import flares_episodes as words
from dashboard.presenters import flares_verdicts as verdict_words
from dashboard.presenters.words import escaped
from dashboard.services import flare_verdicts
from dashboard.services.flare_review import Episode, FlaresView
from dashboard.services.flare_verdicts import LONGEST_REMARK, REASONS, Judgement, Said


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
            _confirm(_opened(view, each, patient_id))
        label = f"{verdict_words.NOT_ONE[each.flare.kind]} …"
        if each.counts and st.button(label, icon=":material/block:", key="flares_dismiss"):
            _dismiss(_opened(view, each, patient_id))
        if not shift and st.button("Change dates …", icon=":material/date_range:", key="flares_dates"):
            _change_dates(_opened(view, each, patient_id))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A dialog about one episode as it stood when it was opened. `opening` counts the dialogs of this browser tab."""

    view: FlaresView
    each: Episode
    patient_id: int
    opening: int

    def key(self, field: str) -> str:
        """The key of a field of this very dialog: the next one starts anew, whatever was left in this one."""
        return f"flares_{field}_{self.opening}"

    def judgement(self, verdict: Said, **more: Any) -> Judgement:
        """That verdict on the episode, by somebody who read the verdicts that stood when the dialog was opened."""
        return Judgement(self.each.found, len(self.each.judged.history), verdict, **more)


def _opened(view: FlaresView, each: Episode, patient_id: int) -> _Opened:
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening
    return _Opened(view, each, patient_id, opening)


# Whoever dismisses a dialog meets the page as it stands then: somebody else may have judged meanwhile.
@st.dialog("Confirm this episode?", on_dismiss=patient_page.redraw)
def _confirm(opened: _Opened) -> None:
    _about(opened)
    as_found = verdict_words.as_found(opened.each, opened.view.as_of)
    st.markdown(f"Its dates are those that were found: {escaped(as_found)}.")
    with _form(opened):
        st.markdown(verdict_words.WHAT_IT_DOES)
        remark = _remark(opened)
        _answer("Confirm", opened, opened.judgement("confirmed", remark=remark))


@st.dialog("Not an episode?", on_dismiss=patient_page.redraw)
def _dismiss(opened: _Opened) -> None:
    _about(opened)
    with _form(opened):
        reason = st.radio(
            "Why (required)",
            REASONS,
            index=None,
            format_func=verdict_words.reason_option,
            horizontal=True,
            key=opened.key("reason"),
        )
        st.markdown(verdict_words.WHAT_IT_DOES)
        remark = _remark(opened)
        said = opened.judgement("not_a_flare", reason=reason or "", remark=remark)
        _answer(verdict_words.NOT_ONE[opened.each.flare.kind], opened, said)


@st.dialog("Change the dates", on_dismiss=patient_page.redraw)
def _change_dates(opened: _Opened) -> None:
    _about(opened)
    each, as_of = opened.each, opened.view.as_of
    st.markdown(f"Found: {escaped(verdict_words.as_found(each, as_of))}.")
    goes_on = each.judged.detected.end is None and st.checkbox(
        "It still goes on", value=each.flare.end is None, key=opened.key("goes_on")
    )
    with _form(opened):
        with st.container(horizontal=True, gap="small", key="flares_days"):
            start = _day(opened, "First day", each.flare.start)
            end = None if goes_on else _day(opened, "Last day", each.flare.end or as_of)
        with st.container(gap="small", key="flares_below_days"):  # as high as the calendar that opens over it
            st.markdown(verdict_words.WHAT_IT_DOES)
            remark = _remark(opened)
        _answer("Change dates", opened, opened.judgement("dates_changed", remark=remark, start=start, end=end))


def _form(opened: _Opened) -> DeltaGenerator:
    """What is in its fields goes to the server with the click, and only then: the answer is to what stands there."""
    return st.form(opened.key("form"), border=False, enter_to_submit=False)


def _day(opened: _Opened, label: str, value: date) -> date | None:
    """A day of any time: one that cannot be is answered in words when it is saved, never dropped by the field."""
    key = opened.key(label.casefold().replace(" ", "_"))
    chosen = st.date_input(label, value, min_value=_EARLIEST, max_value=_LATEST, format="YYYY-MM-DD", key=key)
    return chosen if isinstance(chosen, date) else None


_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)
_OPENINGS = "flares_verdict.openings"


def _about(opened: _Opened) -> None:
    st.markdown(f"**{escaped(words.heading(opened.view, opened.each))}**")


def _remark(opened: _Opened) -> str:
    label = "Remark (stays with the verdict)"
    return st.text_area(label, max_chars=LONGEST_REMARK, height=96, key=opened.key("remark"))


def _answer(label: str, opened: _Opened, said: Judgement) -> None:
    refused = st.container()
    with st.container(horizontal=True):
        if st.form_submit_button(label, type="primary", key="flares_judge_now"):
            _judge(said, opened.patient_id, refused)
        if st.form_submit_button("Leave as it is", key="flares_leave"):
            st.rerun()


def _judge(said: Judgement, patient_id: int, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.JUDGE_FLARES)
    try:
        flare_verdicts.judge(viewer, patient_id, said, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        refused.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.rerun()
