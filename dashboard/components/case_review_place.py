"""Which meeting and which patient of its queue the Case review shows, and whether it hides who they are.

In the address as validated numbers, so that a reload, a second screen and 'back' find the same place; remembered in
the session, so that somebody who looked something up on another page comes back to it.
"""

from dataclasses import dataclass, replace

import streamlit as st

_KEPT = "case_review.place"
_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Place:
    """`meeting_id` None: the list of meetings. `at` None: the meeting itself, else a place of its queue, from 1."""

    meeting_id: int | None = None
    at: int | None = None
    teaching: bool = False  # nothing on the page says who the patient is


LIST = Place()


def asked() -> bool:
    """Whether the address itself names a meeting; a link of the menu does not."""
    return _number("meeting") is not None


def hides() -> bool:
    """Whether the page is to hide who its patients are, asked before it is drawn."""
    return st.query_params.get("teaching") == "1" if asked() else _kept().teaching


def now() -> Place:
    """Where this browser is: what the address says, else where it was earlier in this session."""
    meeting_id = _number("meeting")
    if meeting_id is None:
        return go(_kept())
    return _remember(_without_patient(Place(meeting_id, _number("at"), st.query_params.get("teaching") == "1")))


def go(to: Place) -> Place:
    """Go there; the page follows with this run, or with the next one where a callback says it."""
    said = {
        "meeting": to.meeting_id,
        "at": to.at if to.meeting_id else None,
        "teaching": 1 if to.teaching and to.meeting_id else None,
    }
    for name, value in said.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != str(value):
            st.query_params[name] = str(value)
    return _remember(_without_patient(to))


def to_list() -> None:
    """Go to the list of meetings."""
    go(LIST)


def to_meeting(meeting_id: int) -> None:
    """Go to that meeting."""
    go(Place(meeting_id, None, _kept().teaching))


def to_patient(meeting_id: int, at: int) -> None:
    """Go to that place of its queue; 0 is the meeting itself."""
    go(Place(meeting_id, at or None, _kept().teaching))


def hide(teaching: bool) -> None:
    """Hide who the patients are, or show it again."""
    go(replace(_kept(), teaching=teaching))


def _kept() -> Place:
    kept = st.session_state.get(_KEPT)
    return kept if isinstance(kept, Place) else LIST


def _without_patient(place: Place) -> Place:
    """The place; while it hides who the patients are, the address names none either."""
    if place.teaching:
        st.query_params.pop("p", None)
    return place


def _remember(place: Place) -> Place:
    st.session_state[_KEPT] = place
    return place


def _number(name: str) -> int | None:
    text = st.query_params.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0
    return number if 0 < number <= _MOST else None
