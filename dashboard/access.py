"""The signed-in person of this session, and the guard that every page states first."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException

from dashboard import clock, selection
from dashboard.components import sign_in as chooser
from dashboard.components import states
from dashboard.demo_sessions import COOKIE, KEY, SESSIONS
from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import sign_in

_TICKET = "access.ticket"
P = ParamSpec("P")
R = TypeVar("R")


def current() -> Viewer | None:
    """The signed-in person, read fresh from the database on every run; None while nobody is signed in."""
    key = st.session_state.get(KEY) or st.context.cookies.get(COOKIE)
    user_id = SESSIONS.user(key, clock.now()) if isinstance(key, str) else None
    viewer = sign_in.viewer_of(user_id) if user_id is not None else None
    if viewer is None:
        st.session_state.pop(KEY, None)
    else:
        st.session_state[KEY] = key
    return viewer


def require(permission: Permission | None = None) -> Viewer:
    """The signed-in person, if they may; otherwise the page ends in the chooser or the 'not permitted' state."""
    viewer = current()
    if viewer is None:
        _stop_at_the_door()
    if permission is not None and not viewer.may(permission):
        sign_in.refused(viewer, permission)
        states.explained(NotPermitted(permission.value))
        st.stop()
    return viewer


def part(draw: Callable[P, R]) -> Callable[P, R]:
    """A fragment that closes with the door: run alone, it first asks whether its person is still signed in.

    A fragment redraws from what it was given when the page was drawn; without this, somebody who signed out in
    another tab would go on reading here.
    """

    @st.fragment
    @wraps(draw)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        key = st.session_state.get(KEY)
        if not isinstance(key, str) or SESSIONS.user(key, clock.now()) is None:
            st.rerun()  # the whole page: its own guard shows the door
        return draw(*args, **kwargs)

    return guarded


def draw_again() -> NoReturn:
    """Draw the part that runs now once more, or the whole page where it runs with that: there is no part of it then."""
    with suppress(StreamlitAPIException):
        st.rerun(scope="fragment")
    st.rerun()


def enter(user_id: int) -> None:
    """Sign a person in for this browser."""
    if sign_in.signed_in(user_id) is not None:
        st.session_state[KEY], st.session_state[_TICKET] = SESSIONS.begin(user_id, clock.now())


def leave() -> None:
    """Sign out everywhere in this browser, and forget what was chosen."""
    viewer = current()
    if viewer is not None:
        SESSIONS.end(st.session_state[KEY])
        sign_in.signed_out(viewer)
    st.session_state.clear()
    selection.forget()


def ticket() -> str | None:
    """The ticket that the browser changes for its cookie, as long as it has not; None otherwise."""
    found = st.session_state.get(_TICKET)
    if isinstance(found, str) and SESSIONS.is_waiting(found, clock.now()):
        return found
    st.session_state.pop(_TICKET, None)
    return None


def _stop_at_the_door() -> NoReturn:
    chooser.show(sign_in.staff(), enter, imported=sign_in.holds_imported())
    st.stop()
