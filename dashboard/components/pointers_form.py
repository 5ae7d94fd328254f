"""The red-flag checklist and the questions asked once, as forms: each answer is kept as a draft as it is given."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from clinical import asked as once
from clinical import red_flags
from clinical.asked import AskedQuestion
from clinical.red_flags import RedFlag
from dashboard import access, clock, selection
from dashboard.components import frame, measures_draft
from dashboard.components.measures_draft import Field, Standing, Window
from dashboard.components.patient_page import Asked
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import pointers_form as words
from dashboard.presenters import safety as safety_words
from dashboard.presenters.words import escaped
from dashboard.services import measure_drafts, safety
from dashboard.services.measure_drafts import Answer
from dashboard.services.measure_forms import DAY
from dashboard.services.safety import SafetyView

RED_FLAGS, QUESTIONS = "red_flags", "asked_questions"
REMARK = "remark"
_OPEN, _SAID, _CLASH, _SEEN = "pointers.open", "pointers.said", "pointers.clash", "seen"
_NOT_ASKED = safety_words.NOT_ASKED


def opened(asked: Asked) -> str:
    """The form that is open for this patient, '' where none is or the person may not fill it in."""
    kept = st.session_state.get(_OPEN)
    mine = isinstance(kept, tuple) and kept[0] == asked.head.link_id and asked.viewer.may(Permission.ASSESS)
    return str(kept[1]) if mine and isinstance(kept, tuple) else ""


def open_form(asked: Asked, name: str) -> None:
    """Has that form stand in the part's place from the next run on."""
    measures_draft.close()
    st.session_state[_OPEN] = (asked.head.link_id, name)


def begun(asked: Asked, name: str) -> str:
    """What this person began to fill in and did not save, in words; '' for nothing."""
    held = measure_drafts.held(asked.viewer, asked.head.patient_id, name)
    return words.begun(_given(held.answers, _fields(name)))


def leave(asked: Asked, told: str = "", *, alarming: bool = False) -> None:
    """Back to the pointers with the next run, and what is to be said there; `alarming`: never in green."""
    measures_draft.close()
    st.session_state.pop(_OPEN, None)
    if told:
        st.session_state[_SAID] = (asked.head.link_id, told, alarming)


def show_said(asked: Asked) -> None:
    """Draw what was done last with this patient's forms; told once."""
    kept = st.session_state.pop(_SAID, None)
    if isinstance(kept, tuple) and kept[0] == asked.head.link_id:
        draw = partial(st.error, icon=":material/warning:") if kept[2] else st.success
        draw(escaped(str(kept[1])))


@access.part
def show(asked: Asked, name: str) -> None:
    """Draw that form in place of the pointers."""
    view = safety.view(asked.viewer, asked.head, as_of=selection.today())
    here = measures_draft.window(asked, name)
    # A click answers what was on the screen before it, not what somebody else wrote meanwhile.
    seen = int(st.session_state.get(here.key(_SEEN), view.seen))
    st.session_state[here.key(_SEEN)] = view.seen
    try:
        stands = measures_draft.standing(asked, here, _fields(name))
        with st.container(key="pointers_form", gap="small"):
            _top(asked, name, here)
            _red_flags(view, here) if name == RED_FLAGS else _questions(view, here)
            _end(asked, name, here, stands, seen)
    except ExplainedError as error:
        frame.explain(error)
        _back(asked, "Back to the pointers")


def _fields(name: str) -> list[Field]:
    asked = [_choice(one) for one in red_flags.RED_FLAGS] if name == RED_FLAGS else [*map(_field, once.ASKED.values())]
    return [measures_draft.day(), *asked, measures_draft.text(REMARK)]


def _choice(name: str) -> Field:
    return Field(name, lambda value, _: None if value == _NOT_ASKED else value, lambda answer: answer or _NOT_ASKED)


def _field(question: AskedQuestion) -> Field:
    return measures_draft.text(question.question) if once.typed(question) else _choice(question.question)


def _top(asked: Asked, name: str, here: Window) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="pointers_form_top"):
        st.subheader(words.TITLES[name], anchor=False)
        _back(asked, "Back (the draft is kept)")
    st.markdown(escaped(words.LEADS[name]))
    st.date_input("Asked on", key=here.key(DAY), format="YYYY-MM-DD", width=170)


def _red_flags(view: SafetyView, here: Window) -> None:
    for group in red_flags.GROUPS:
        st.subheader(escaped(safety_words.group_title(group)), anchor=False)
        if note := safety_words.group_note(group):
            st.caption(escaped(note))
        for flag in red_flags.of_group(group):
            _flag(view, here, flag)


def _flag(view: SafetyView, here: Window, flag: RedFlag) -> None:
    before = view.standing.get(flag.question)
    _options(here, flag.question, flag.wording, ("no", "yes"), safety_words.answer_said(before) if before else "")
    if st.session_state.get(here.key(flag.question)) == "yes":
        st.error(escaped(words.yes_said(flag)), icon=":material/warning:")


def _questions(view: SafetyView, here: Window) -> None:
    for group in once.GROUPS:
        st.subheader(escaped(group), anchor=False)
        for question in once.of_group(group):
            answer = view.standing.get(question.question)
            before = safety_words.answer_said(answer) if answer else ""
            if once.typed(question):
                _typed(here, question, before)
            else:
                choices = ("no", "yes") if question.kind == "yes_no" else question.choices
                choices = (*choices, once.NOT_KNOWN)
                _options(here, question.question, question.wording, choices, before)


def _options(here: Window, name: str, wording: str, choices: tuple[str, ...], before: str) -> None:
    with st.container(gap=None, key=f"pointers_asked_{name}"):
        st.radio(
            escaped(wording),
            [_NOT_ASKED, *choices],
            format_func=words.option,
            horizontal=True,
            key=here.key(name),
            width="stretch",
        )
        if before:
            st.caption(escaped(f"Before: {before}"))


def _typed(here: Window, question: AskedQuestion, before: str) -> None:
    with st.container(gap=None, key=f"pointers_asked_{question.kind}"):
        # A text field: what is cannot be is said below and stays; a number field would drop it.
        typed = st.text_input(escaped(question.wording), key=here.key(question.question), width=360)
        if before:
            st.caption(escaped(f"Before: {before}"))
    if typed and not once.possible(question, typed.strip()):
        st.error(words.CANNOT_BE[question.kind])


def _end(asked: Asked, name: str, here: Window, stands: Standing, seen: int) -> None:
    answers = _given(stands.held.answers, _fields(name))
    with st.container(key="pointers_form_end", border=True, gap="small"):
        st.text_area("Remark (stays with these answers)", height=68, key=here.key(REMARK))
        st.caption(escaped(words.progress(name, answers)))
        with st.container(horizontal=True, gap="small", key="pointers_form_buttons"):
            if st.button("Save answers", type="primary", disabled=not answers, key="pointers_save"):
                _save(asked, name, stands, _asked(stands, answers, seen))
            if stands.held.revision and st.button("Throw the draft away", key="pointers_discard"):
                measure_drafts.discard(access.require(Permission.ENTER_SCORES), asked.head.patient_id, name)
                leave(asked, "The draft was thrown away; saved answers stay.")
                st.rerun()
        _clash(asked)


def _clash(asked: Asked) -> None:
    """Why the last save wrote nothing; told once."""
    kept = st.session_state.pop(_CLASH, None)
    if isinstance(kept, tuple) and kept[0] == asked.head.link_id:
        st.error(kept[1])


def _given(held: Mapping[str, Answer], fields: list[Field]) -> dict[str, str]:
    names = [each.name for each in fields if each.name not in (DAY, REMARK)]
    return {name: str(held[name]) for name in names if held.get(name)}


def _asked(stands: Standing, answers: dict[str, str], seen: int) -> safety.Asked:
    held: Mapping[str, Any] = stands.held.answers
    on = held.get(DAY)
    asked_on = date.fromisoformat(on) if isinstance(on, str) else clock.today()
    return safety.Asked(answers, asked_on, seen, str(held.get(REMARK) or ""))


def _save(asked: Asked, name: str, stands: Standing, given: safety.Asked) -> None:
    viewer = access.require(Permission.ASSESS)
    try:
        if stands.moved:
            raise measure_drafts.moved()
        now_open = safety.answer(viewer, asked.head.patient_id, given, now=clock.now(), as_of=clock.today())
    except ExplainedError as error:
        told = escaped(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        if not isinstance(error, Conflict):
            st.error(told)
            return
        st.session_state[_CLASH] = (asked.head.link_id, told)
        st.rerun()  # the whole page: the banner shows what somebody else opened or closed meanwhile
    measure_drafts.discard(viewer, asked.head.patient_id, name)
    opened = safety_words.same_day(now_open) if name == RED_FLAGS else ()
    leave(asked, safety_words.saved(len(given.answers), opened), alarming=bool(opened))
    st.rerun()  # the whole page: the banner shows what a yes opened


def _back(asked: Asked, label: str) -> None:
    if st.button(label, icon=":material/arrow_back:", key="pointers_back"):
        leave(asked)
        st.rerun()
