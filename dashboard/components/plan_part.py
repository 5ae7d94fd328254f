"""The plan of the Care plan page: what matters and what is late, goals, actions, interventions, formulation.

One part that is drawn anew by itself: a click on 'Done' reruns neither the notes beside it nor the frame around it.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from clinical.plan import Action
from dashboard import access, clock, selection
from dashboard.components import frame, plan_form, plan_section
from dashboard.components.patient_page import Asked
from dashboard.components.plan_form import PART
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import plan_actions, plan_goals, plan_history, plan_interventions, plan_top
from dashboard.presenters.plan_history import Names
from dashboard.presenters.plan_items import ChangesShown, Section, Shown
from dashboard.presenters.words import escaped
from dashboard.services import plan, plan_drafts, plan_saving
from dashboard.services.plan import PlanView
from dashboard.services.plan_saving import Status

_UNFOLDED = "plan_part.unfolded"
_HISTORY = "plan_part.history"
_WRONG = "plan_part.wrong"
_SECTIONS: tuple[Callable[[PlanView, Shown], Section], ...] = (
    plan_top.section,
    plan_goals.section,
    plan_actions.section,
    plan_interventions.section,
    plan_top.formulation,
)
_STATUSES: dict[str, Status] = {"done": "done", "cancel": "cancelled", "reopen": "open"}
_DONE: dict[str, str] = {"done": "Marked as done", "cancel": "Cancelled", "reopen": "Open again"}


def show(asked: Asked) -> None:
    """Draw the plan of that patient."""
    _part([asked], asked)


@st.fragment(key=PART)
def _part(found: list[Asked], before: Asked) -> None:
    """Draw it. `found` is good for the run that drew the page; alone, it decides anew who looks at whom."""
    try:
        asked = found.pop() if found else _find(before)
        plan_form.follow_link(asked)
        _draw(asked, plan.view(asked.viewer, asked.head, as_of=selection.today()))
    except ExplainedError as error:
        frame.explain(error)


def _find(before: Asked) -> Asked:
    viewer = access.current()
    if viewer is None or not viewer.may(Permission.VIEW_PATIENT):
        st.rerun()  # the whole page: its own guard says why it ends
    head = selection.patient(viewer)
    if head.link_id != before.head.link_id:
        st.rerun()  # nobody's plan is ever drawn below somebody else's banner
    return Asked(viewer, head, before.periods)


def _draw(asked: Asked, view: PlanView) -> None:
    shown = _shown(asked, view)
    for make in _SECTIONS:
        section = make(view, shown)
        with st.container(key=f"plan_{section.name}", gap="small"):
            _said(section.name)
            if section.panel:
                plan_form.show(view, asked)
            plan_section.show(section, do=lambda act, key: _do(asked, view, act, key))


def _said(section: str) -> None:
    if words := plan_form.said(section):
        st.success(escaped(words), icon=":material/check:")
    if section == "actions" and (wrong := st.session_state.pop(_WRONG, "")):
        st.warning(escaped(wrong))


def _shown(asked: Asked, view: PlanView) -> Shown:
    opened = _of(asked, _HISTORY)
    history = str(opened[0]) if opened else ""
    return Shown(
        may_edit=asked.viewer.may(Permission.EDIT_PLAN),
        history=history,
        changes=_changes(asked, view, history),
        unfolded=frozenset(_of(asked, _UNFOLDED)),
        panel=plan_form.is_open(asked) if asked.viewer.may(Permission.EDIT_PLAN) else "",
        drafts=plan_drafts.waiting(asked.viewer, asked.head.patient_id),
    )


def _of(asked: Asked, name: str) -> Sequence[str]:
    """What the person opened on this patient's plan; nothing of another patient's."""
    kept = st.session_state.get(name)
    return kept[1] if isinstance(kept, tuple) and kept[0] == asked.head.link_id else ()


def _changes(asked: Asked, view: PlanView, key: str) -> ChangesShown | None:
    kind, number = _parsed(key)
    item = view.item(kind, number) if key else None
    if item is None:
        return None
    changes = plan.changes(asked.viewer, asked.head.patient_id, item)
    ratings = [each for each in view.plan.ratings if kind == "goal" and each.goal_id == number]
    names = Names(view.names, {goal.goal_id: goal.title for goal in view.plan.goals})
    return plan_history.shown(plan_history.title(item), changes, ratings, names)


def _do(asked: Asked, view: PlanView, act: str, key: str) -> None:
    """What a click asked for, before the part is drawn anew."""
    kind, number = _parsed(key)
    if act == "unfold":
        _toggle(asked, _UNFOLDED, key, alone=False)
    elif act == "history":
        _toggle(asked, _HISTORY, key, alone=True)
    elif act in ("change", "rate"):
        plan_form.open_form(asked, "rating" if act == "rate" else kind, number)
    elif act in _STATUSES:
        _set_status(asked, view, act, key)


def _toggle(asked: Asked, name: str, key: str, *, alone: bool) -> None:
    there = tuple(_of(asked, name))
    left = tuple(each for each in there if each != key)
    added = left if key in there else (key,) if alone else (*left, key)
    st.session_state[name] = (asked.head.link_id, added)


def _set_status(asked: Asked, view: PlanView, act: str, key: str) -> None:
    viewer = access.require(Permission.EDIT_PLAN)
    of, _, seen = key.partition("@")
    action = view.item(*_parsed(of))
    if not isinstance(action, Action) or str(action.revised.revision) != seen:
        return
    try:
        saved = plan_saving.set_status(
            viewer, asked.head.patient_id, action, _STATUSES[act], now=clock.now(), as_of=clock.today()
        )
    except ExplainedError as error:
        st.session_state[_WRONG] = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
        return
    plan_form.say("actions", f"{_DONE[act]} by {viewer.name}: {saved.title}")


def _parsed(key: str) -> tuple[str, int]:
    """'goal:3' and 'action:3@2' as what it is and its number; 0 where there is none."""
    kind, _, number = key.partition("@")[0].partition(":")
    return kind, int(number) if number.isdecimal() else 0
