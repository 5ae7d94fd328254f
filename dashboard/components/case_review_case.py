"""What one brings into the discussion of a patient: the question, what was decided before, the plan in brief."""

from datetime import date

import streamlit as st

from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped, several
from dashboard.services.case_review_case import Action, Case, Earlier


def show(case: Case, *, as_of: date) -> None:
    """Draw the question, the last decision with its actions, and the plan; older decisions one click away."""
    st.markdown("**Question to answer**")
    st.markdown(escaped(case.said.question) or "No question was asked.")
    _earlier(case, as_of)
    _plan(case, as_of)


def _earlier(case: Case, as_of: date) -> None:
    if not case.earlier:
        st.caption("Not reviewed before.")
        return
    last, *older = case.earlier
    st.markdown(f"**Decided before**, {escaped(words.earlier_heading(last, as_of))}")
    _decision(last, case, as_of)
    if older:
        with st.expander(f"{several(len(older), 'earlier review')}"):
            for each in older:
                st.markdown(f"**{escaped(words.earlier_heading(each, as_of))}**")
                _decision(each, case, as_of)


def _decision(each: Earlier, case: Case, as_of: date) -> None:
    st.text(words.decided(each.said))
    if each.said.disagreement.strip():
        st.caption(escaped(f"Disagreement ({each.said.disagreement_by}): {each.said.disagreement}"))
    _lines([*each.actions], case, as_of)


def _plan(case: Case, as_of: date) -> None:
    goals, still = words.goals(case.plan, as_of), words.open_actions(case.plan)
    said = f"{several(len(goals), 'active goal')}, {several(len(still), 'open action')}"
    with st.expander(f"Plan in brief: {said}"):
        st.markdown("\n".join(f"- {escaped(goal)}" for goal in goals) or "No active goal.")
        _lines(still, case, as_of)


def _lines(actions: list[Action], case: Case, as_of: date) -> None:
    if actions:
        lines = (escaped(words.action(each, case.owners, as_of)) for each in actions)
        late = (words.is_late(each, as_of) for each in actions)
        st.markdown("\n".join(f"- **{line}**" if over else f"- {line}" for line, over in zip(lines, late, strict=True)))
