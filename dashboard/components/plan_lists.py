"""Goals and actions of the care plan, to read."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from clinical.findings import Action
from dashboard.presenters import plan as words
from dashboard.presenters.words import escaped
from data_access.records import GoalRecord


def show(goals: Sequence[GoalRecord], actions: Sequence[Action], owners: Mapping[int, str], *, as_of: date) -> None:
    """Draw goals, open actions (overdue ones first and marked) and what is done."""
    st.subheader("Goals", anchor=False)
    _list([words.goal(goal, as_of) for goal in words.goals_in_order(goals)], "No goal has been agreed yet.")
    st.subheader("Actions", anchor=False)
    still = words.open_actions(actions)
    _list([words.action(action, owners, as_of) for action in still], "No open action.")
    done = words.done_actions(actions)
    if done:
        with st.expander(f"Done or cancelled ({len(done)})"):
            _list([words.action(action, owners, as_of) for action in done], "")


def _list(lines: Sequence[str], nothing: str) -> None:
    if not lines:
        st.caption(nothing)
        return
    st.markdown("\n".join(f"- {escaped(line)}" for line in lines))
