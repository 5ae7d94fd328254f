"""The signed-in person of this session, and the guard that every page states first."""

from typing import NoReturn

import streamlit as st

from dashboard import selection
from dashboard.components import sign_in as chooser
from dashboard.components import states
from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import sign_in

_SIGNED_IN = "access.user_id"


def current() -> Viewer | None:
    """The signed-in person, read fresh from the database; None while nobody is signed in."""
    user_id = st.session_state.get(_SIGNED_IN)
    if not isinstance(user_id, int):
        return None
    viewer = sign_in.viewer_of(user_id)
    if viewer is None:
        del st.session_state[_SIGNED_IN]
    return viewer


def require(permission: Permission | None = None) -> Viewer:
    """The signed-in person, if they may; otherwise the page ends in the chooser or the 'not permitted' state."""
    viewer = current()
    if viewer is None:
        _stop_at_the_door()
    if permission is not None and not viewer.may(permission):
        states.explained(NotPermitted(permission.value))
        st.stop()
    return viewer


def enter(user_id: int) -> None:
    """Sign a person in for this session."""
    if sign_in.signed_in(user_id) is not None:
        st.session_state[_SIGNED_IN] = user_id


def leave() -> None:
    """Sign out and forget what was chosen."""
    viewer = current()
    if viewer is not None:
        sign_in.signed_out(viewer)
    st.session_state.clear()
    selection.forget()


def _stop_at_the_door() -> NoReturn:
    chooser.show(sign_in.staff(), enter)
    st.stop()
