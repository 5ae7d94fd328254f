"""What waits for the signed-in person: four lists drawn from one JSON message, and what a click in them asks for."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard import access, clock, selection
from dashboard.components import case_review_dialog, plan_form
from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.errors import ExplainedError, Overtaken
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import my_work as words
from dashboard.presenters.words import escaped
from dashboard.services import my_work
from dashboard.services.my_work import MyWork

_KEY = "my_work"
_SHOWN = "my_work.shown"
_TOLD = "my_work.told"
_DONE = "my_work.done"
"""The action marked as done just now: whose, its number and the revision it has since."""
_PAGES = ("care_plan", "add_entry", "measures", "pain_map", "case_review", "share")


def show_told() -> None:
    """Say, once, what became of an action; what was done can be taken back right there."""
    told, kind = st.session_state.pop(_TOLD, ("", ""))
    with st.container(key="my_work_told", horizontal=True, vertical_alignment="center"):
        if kind == "done":
            st.success(told)
            st.button("Undo", on_click=_undo, key="my_work_undo")
        elif told:
            st.warning(told)


def show(viewer: Viewer, mine: MyWork) -> None:
    """Draw the lists; a click opens the patient at that page, marks an action as done, queues them, or shows more."""
    parts = words.parts(mine, viewer, st.session_state.get(_SHOWN, {}), selection.today())
    mount(
        "my_work",
        key=_KEY,
        data=opened(parts),
        on_opened_change=_heard("opened", _open),
        on_done_change=_heard("done", _done),
        on_queued_change=_heard("queued", _queue),
        on_more_change=_more,
    )


def _heard(event: str, do: Callable[[Mapping[str, Any]], None]) -> Callable[[], None]:
    def heard() -> None:
        line = st.session_state[_KEY].get(event)
        if isinstance(line, dict):
            do(line)

    return heard


def _open(line: Mapping[str, Any]) -> None:
    page, link = line.get("page"), line.get("link")
    further = {name: str(line[name]) for name in ("note", "meeting") if str(line.get(name)).isdecimal()}
    if isinstance(form := line.get("form"), str) and form:
        further[plan_form.LINKED] = form
    if page in _PAGES and isinstance(link, str):
        selection.open_next(link, page, further)


def _queue(line: Mapping[str, Any]) -> None:
    if isinstance(link := line.get("link"), str):
        case_review_dialog.ask(link)


def _more() -> None:
    part = st.session_state[_KEY].get("more")
    if isinstance(part, str):
        shown = st.session_state.get(_SHOWN, {})
        st.session_state[_SHOWN] = {**shown, part: shown.get(part, words.SHOWN) + words.MORE}


def _done(line: Mapping[str, Any]) -> None:
    link, number, revision, title = (line.get(name) for name in ("link", "action", "revision", "what"))
    if isinstance(link, str) and isinstance(number, int) and isinstance(revision, int):
        _set(link, number, revision, done=True, told=words.done(str(title)))


def _undo() -> None:
    kept = st.session_state.pop(_DONE, None)
    if kept is not None:
        _set(*kept, done=False, told="")


def _set(link: str, number: int, revision: int, *, done: bool, told: str) -> None:
    viewer = access.require(Permission.EDIT_PLAN)
    try:
        action = my_work.set_status(viewer, link, number, revision, done=done, now=clock.now(), as_of=selection.today())
    except Overtaken as late:
        st.session_state[_TOLD] = (words.overtaken(late.theirs), "late")
    except ExplainedError as error:
        said = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
        st.session_state[_TOLD] = (escaped(said), "refused")
    else:
        st.session_state[_DONE] = (link, number, action.revised.revision)
        st.session_state[_TOLD] = (told, "done" if done else "")
