"""The form of one item of the care plan, open at the head of its section: it keeps itself, saves, or shows a clash.

Which one is open is known to this sign-in; what was typed is a draft of its author, also where the form was closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import streamlit as st

from clinical.plan import Goal, Item
from dashboard import access, clock
from dashboard.components import kept_form
from dashboard.components.kept_form import FormPlace, Submitted
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import plan_fields, plan_goals
from dashboard.presenters.words import escaped
from dashboard.services import plan_answers, plan_saving
from dashboard.services.form_fields import FieldSpec, Value
from dashboard.services.plan import PlanView
from dashboard.services.plan_answers import Filled
from dashboard.services.plan_saving import FieldsRefused
from data_access.plan import Overtaken

PART = "plan_agreed"
"""The part of the page that is drawn anew when something was saved."""
LINKED = "form"
"""The form that a link asks for, in the address: 'goal-3'."""
_OPEN = "plan_form.open"
_SAID = "plan_form.said"
SECTIONS = {
    "formulation": "formulation",
    "goal": "goals",
    "rating": "goals",
    "intervention": "interventions",
    "action": "actions",
}
"""The section in which a form stands open."""
_SAVED = {
    "formulation": "Formulation",
    "goal": "Goal",
    "rating": "Rating",
    "intervention": "Intervention",
    "action": "Action",
}
_STAYS = "What you typed stays a draft."


@dataclass(frozen=True, slots=True)
class _Opened:
    """The open form: what it asks about, what it began with, and where its draft lies."""

    kind: str
    number: int
    item: Item
    place: FormPlace
    fields: tuple[FieldSpec, ...]
    start: dict[str, Value]


def is_open(asked: Asked) -> str:
    """The name of the form that is open for this patient, 'goal 3'; '' for none."""
    kept = st.session_state.get(_OPEN)
    return kept[1] if isinstance(kept, tuple) and kept[0] == asked.head.link_id else ""


def open_form(asked: Asked, kind: str, number: int) -> None:
    """Open that form instead of the one that is open, whose draft stays."""
    access.require(Permission.EDIT_PLAN)
    st.session_state[_OPEN] = (asked.head.link_id, f"{kind} {number}")
    st.session_state.pop(_SAID, None)


def follow_link(asked: Asked) -> None:
    """Open the form that the address asks for, once: the address forgets it, so that it can be closed."""
    wanted = st.query_params.get(LINKED)
    if wanted is None:
        return
    del st.query_params[LINKED]
    kind, _, number = wanted.partition("-")
    known = kind in SECTIONS and number.isascii() and number.isdecimal() and len(number) < 10
    if known and asked.viewer.may(Permission.EDIT_PLAN):
        open_form(asked, kind, int(number))


def close() -> None:
    """Close it; the draft stays."""
    st.session_state.pop(_OPEN, None)


def said(section: str) -> str:
    """What was saved just now in that section, once."""
    kept = st.session_state.get(_SAID)
    if not isinstance(kept, tuple) or kept[0] != section:
        return ""
    st.session_state.pop(_SAID)
    return str(kept[1])


def say(section: str, words: str) -> None:
    """Have that said in that section when the plan is drawn anew."""
    st.session_state[_SAID] = (section, words)


@access.part
def show(view: PlanView, asked: Asked) -> None:
    """Draw the open form; every save of its draft draws this part alone."""
    opened = _opened(view, asked)
    if opened is None:
        close()
        return
    with st.container(border=True, key="plan_panel", gap="small"):
        _head(opened)
        if isinstance(opened.item, Goal) and opened.kind == "rating":
            st.caption(escaped(plan_goals.rated_before(opened.item, view.rated(opened.number))))
        submitted = kept_form.show(opened.place, opened.fields, opened.start, permission=Permission.EDIT_PLAN)
        if submitted is not None:
            _save(opened, submitted, asked, view.names)


def _opened(view: PlanView, asked: Asked) -> _Opened | None:
    kind, _, number = is_open(asked).partition(" ")
    if kind not in plan_fields.TITLES or not number.isdecimal():
        return None
    about = _about(view, kind, int(number))
    if about is None:
        return None
    revision = 0 if kind == "rating" else about.revised.revision
    place = FormPlace(asked.head.patient_id, f"{kind} {number}", _title(kind, int(number)), revision)
    asks = plan_fields.fields(kind, view, asked.periods.now)
    start = {"day": view.as_of} if kind == "rating" else plan_answers.of(about, view.names)
    return _Opened(kind, int(number), about, place, asks, cast(dict[str, Value], start))


def _about(view: PlanView, kind: str, number: int) -> Item | None:
    """What the form is about: what stands on the plan, or a new item; None where it is not there any more."""
    if number or kind == "formulation":
        return view.item("goal" if kind == "rating" else kind, number)
    return None if kind == "rating" else plan_answers.new(kind)


def _title(kind: str, number: int) -> str:
    return plan_fields.TITLES[kind][1 if number else 0]


def _head(opened: _Opened) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="plan_panel_head"):
        named = getattr(opened.item, "title", "") if opened.kind != "formulation" else ""
        about = f": {escaped(named)}" if named else ""
        st.markdown(f"**{opened.place.title}{about}**")
        st.button("Close", key="plan_panel_close", on_click=_close, type="tertiary", help=_STAYS)


def _close() -> None:
    close()
    st.rerun(PART)


def _save(opened: _Opened, submitted: Submitted, asked: Asked, names: Mapping[int, str]) -> None:
    try:
        words = _written(opened, submitted, asked.head.patient_id)
    except Overtaken as late:
        _clash(opened, late, names)
    except FieldsRefused as refused:
        kept_form.refused(opened.place, at_fields(refused.fields, opened.fields))
    except ExplainedError as error:
        kept_form.refused(opened.place, error=error)
    else:
        kept_form.done(opened.place)
        say(SECTIONS[opened.kind], words)
        close()
    st.rerun()  # all of it: the banner, too, says what is open


def _written(opened: _Opened, submitted: Submitted, patient_id: int) -> str:
    """What is said once it was saved."""
    viewer, now, as_of = access.require(Permission.EDIT_PLAN), clock.now(), clock.today()
    said = f"{_SAVED[opened.kind]} saved."
    if opened.kind == "rating":
        rated = plan_answers.rated(opened.number, submitted.values)
        given = plan_saving.rate(viewer, patient_id, rated, now=now, as_of=as_of)
        return f"{said} {plan_goals.rated_beside(given)}".strip()
    filled = Filled(opened.kind, opened.number, submitted.values, submitted.revision)
    plan_saving.save(viewer, patient_id, filled, now=now, as_of=as_of, reason=_reason(submitted))
    return said


def _reason(submitted: Submitted) -> str:
    """What the history says of a change that was laid over somebody else's."""
    if not submitted.reasons:
        return ""
    kept = sum(whose == "mine" for whose in submitted.reasons.values())
    return f"chosen between two versions: {kept} of {len(submitted.reasons)} differing answers kept"


def _clash(opened: _Opened, late: Overtaken, names: Mapping[int, str]) -> None:
    theirs = late.theirs
    kept_form.clash(
        opened.place,
        plan_answers.of(theirs, names),
        revision=theirs.revised.revision,
        by=theirs.revised.user_name,
        at=theirs.revised.at,
    )


def at_fields(found: dict[str, str], fields: tuple[FieldSpec, ...]) -> dict[str, str]:
    """What is wrong at the fields of the form; what it does not ask about is said at none."""
    asked = {field.name for field in fields}
    shown = {_FIELD_OF.get(name, name): words for name, words in found.items()}
    other = " ".join(words for name, words in shown.items() if name not in asked)
    return {name: words for name, words in shown.items() if name in asked} | ({"": other} if other else {})


_FIELD_OF = {"owner_name": "owner", "owner_user_id": "owner"}
"""Fields of a record that go by another name in the form."""
