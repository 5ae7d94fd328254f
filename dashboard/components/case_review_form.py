"""When a case review is, of which team, who is there, who sent apologies and which guests come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import access, clock
from dashboard.components import case_review_begun, case_review_place
from dashboard.errors import ExplainedError, Overtaken
from dashboard.permissions import Viewer
from dashboard.presenters.people import role
from dashboard.presenters.words import escaped
from dashboard.services import case_review_arranging as arranging
from dashboard.services.case_review import Meeting, TeamOf
from dashboard.services.case_review_arranging import Arranged

TITLE = "Case review"
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)
_MADE = "case_review_form.made"


def make(viewer: Viewer, teams: Sequence[TeamOf]) -> None:
    """Draw the form of a new meeting; saved, its page opens. What is filled in stays until then, closed or not."""
    as_of = clock.today()
    form = _Form(f"new_{st.session_state.get(_MADE, 0)}")
    team = form.team(teams)
    asked = _fields(form, Arranged(team, as_of + timedelta(days=1), TITLE), team)
    if form.saved("Make the meeting", asked, as_of):
        made = form.kept(lambda: arranging.make(viewer, asked, now=clock.now(), as_of=as_of))
        if made is not None:
            st.session_state[_MADE] = int(st.session_state.get(_MADE, 0)) + 1
            case_review_place.to_meeting(made.meeting_id)
            st.rerun()


def change(viewer: Viewer, meeting: Meeting, team: TeamOf) -> None:
    """Draw the form of a meeting there is; saved, its page is drawn anew.

    Where somebody else saved it meanwhile, it goes on upon theirs, with what was filled in and what they saved.
    """
    as_of, old = clock.today(), case_review_begun.begun(meeting, team)
    form = _Form(f"{meeting.meeting_id}_{old.on.revised.revision}")
    case_review_begun.tell(old)
    asked = _fields(form, old.start, team)
    if asked == old.start and not old.theirs:
        case_review_begun.done(meeting)  # nothing was typed: opened anew, it shows the meeting as it stands then
    if not form.saved("Save", asked, as_of):
        return
    try:
        saved = form.kept(lambda: arranging.change(viewer, old.on, asked, now=clock.now(), as_of=as_of))
    except Overtaken as late:
        case_review_begun.overtaken(old, asked, late.theirs, team)
        access.draw_again()
    if saved is not None:
        case_review_begun.done(meeting)
        st.rerun()


def _fields(form: "_Form", start: Arranged, team: TeamOf) -> Arranged:
    with st.container(horizontal=True, gap="small"):
        day = form.day(start.day)
        title = form.title(start.title)
    members = {user.user_id: f"{user.name} · {role(user.role, user.discipline or '')}" for user in team.members}
    there = form.people("Present", team.team_id, members, start.present)
    sorry = form.people("Apologies", team.team_id, members, start.apologies)
    return Arranged(team, day, title, there, sorry, form.guests(start.guests))


@dataclass(frozen=True, slots=True)
class _Form:
    """The fields of one meeting as it was read; below each is the place where its problem is said."""

    of: str
    below: dict[str, DeltaGenerator] = field(default_factory=dict)

    def key(self, name: str) -> str:
        return f"case_review_form_{name}_{self.of}"

    def team(self, teams: Sequence[TeamOf]) -> TeamOf:
        named = {team.team_id: team for team in teams}
        chosen = st.selectbox(
            "Team",
            list(named),
            format_func=lambda key: named[key].name,
            key=self.key("team"),
            persist_state="session",
        )
        return named.get(chosen, teams[0])

    def day(self, first: date | None) -> date | None:
        with st.container(width=180, gap="xsmall"):
            chosen = st.date_input(
                "Day",
                first,
                min_value=_EARLIEST,
                max_value=_LATEST,
                format="YYYY-MM-DD",
                key=self.key("day"),
                persist_state="session",
            )
            self._below("day")
        return chosen if isinstance(chosen, date) else None

    def title(self, first: str) -> str:
        with st.container(gap="xsmall"):
            typed = st.text_input("Title", first, key=self.key("title"), persist_state="session")
            self._below("title")
        return typed

    def people(self, label: str, team_id: int, members: Mapping[int, str], chosen: Sequence[int]) -> tuple[int, ...]:
        picked = st.multiselect(
            label,
            list(members),
            [each for each in chosen if each in members],
            format_func=lambda key: members.get(key, "no longer in the team"),
            key=self.key(f"{label.lower()}_{team_id}"),
            placeholder="Members of the team",
            persist_state="session",
        )
        self._below(label.lower())
        return tuple(picked)

    def guests(self, first: str) -> str:
        typed = st.text_area(
            "Guests, one a line: name, role",
            first,
            height=80,
            key=self.key("guests"),
            placeholder="Dr Example, general practice",
            persist_state="session",
        )
        self._below("guests")
        return typed

    def saved(self, label: str, asked: Arranged, as_of: date) -> bool:
        """Draw the button; whether it was pressed and nothing stands against it. What does is said at its field."""
        pressed = st.button(label, type="primary", key=self.key("save"))
        found = arranging.problems(asked, as_of) if pressed else {}
        for name, problem in found.items():
            self.below.get(name, st.container()).error(escaped(problem))
        return pressed and not found

    def kept(self, keep: Callable[[], Meeting]) -> Meeting | None:
        """What was saved; None where that was refused, with the reason. Raises Overtaken."""
        try:
            return keep()
        except Overtaken:
            raise
        except ExplainedError as error:
            st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
            return None

    def _below(self, name: str) -> None:
        self.below[name] = st.container()
