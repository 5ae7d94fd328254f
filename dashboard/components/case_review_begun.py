"""A meeting that somebody began to change: upon which version, and what becomes of it where another one stands.

What only the other one changed is taken over; what was filled in stays, and what they saved is said above it.
"""

from dataclasses import dataclass, fields

import streamlit as st

from dashboard.presenters import form_words
from dashboard.presenters.words import escaped, full_day
from dashboard.services.case_review import Meeting, TeamOf
from dashboard.services.case_review_arranging import Arranged

_LABELS = {"day": "Day", "title": "Title", "present": "Present", "apologies": "Apologies", "guests": "Guests"}
_TOLD = (
    "Somebody else changed this meeting while you did, and theirs is on record. What you filled in stands below; where "
    "you changed nothing stands what they saved. Save once more to put it in place of theirs."
)


@dataclass(frozen=True, slots=True)
class Begun:
    """`on` is the version a save is made on, `start` what stood in the fields; `theirs` what somebody saved since."""

    on: Meeting
    start: Arranged
    theirs: tuple[tuple[str, str], ...] = ()


def asked_of(meeting: Meeting, team: TeamOf) -> Arranged:
    """The meeting as its form holds it."""
    members = {user.user_id for user in team.members}
    marked = {
        kind: tuple(who.user_id for who in meeting.people if who.attendance == kind and who.user_id in members)
        for kind in ("present", "apologies")
    }
    guests = (who for who in meeting.people if who.user_id is None)
    lines = (", ".join(part for part in (who.name, who.discipline) if part) for who in guests)
    return Arranged(team, meeting.day, meeting.title, marked["present"], marked["apologies"], "\n".join(lines))


def begun(meeting: Meeting, team: TeamOf) -> Begun:
    """What this sign-in began to change of that meeting, else the meeting as it stands."""
    kept = st.session_state.get(_key(meeting))
    found = kept if isinstance(kept, Begun) else Begun(meeting, asked_of(meeting, team))
    st.session_state[_key(meeting)] = found
    return found


def overtaken(old: Begun, typed: Arranged, theirs: Meeting, team: TeamOf) -> Begun:
    """It goes on upon `theirs`, with what was typed in the fields that differ from what it began with."""
    was, there = asked_of(old.on, team), asked_of(theirs, team)
    names = [each.name for each in fields(Arranged) if each.name != "team"]
    mine = {name for name in names if getattr(typed, name) != getattr(was, name)}
    start = Arranged(team, **{name: getattr(typed if name in mine else there, name) for name in names})
    by = form_words.theirs(theirs.revised.user_name, theirs.revised.at)
    said = [(_LABELS[name], _said(there, name)) for name in names if getattr(there, name) != getattr(was, name)]
    made = Begun(theirs, start, (("", by), *said))
    st.session_state[_key(theirs)] = made
    return made


def done(meeting: Meeting) -> None:
    """It is saved: the next one begins with the meeting as it stands."""
    st.session_state.pop(_key(meeting), None)


def tell(old: Begun) -> None:
    """Draw what somebody else saved, above what was filled in."""
    if old.theirs:
        lines = [f"{label}: {said}" if label else said for label, said in old.theirs]
        st.warning("\n".join((_TOLD, "", *(f"- {escaped(line)}" for line in lines))))


def _said(of: Arranged, name: str) -> str:
    value = getattr(of, name)
    if name in ("present", "apologies"):
        names = {user.user_id: user.name for user in of.team.members} if of.team else {}
        return ", ".join(names.get(each, "") for each in value) or "nobody"
    if name == "guests":
        return "; ".join(of.guests.splitlines()) or "nobody"
    return full_day(value) if name == "day" else str(value)


def _key(meeting: Meeting) -> str:
    return f"case_review_form.begun_{meeting.meeting_id}"
