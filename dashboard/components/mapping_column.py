"""One column of a foreign diary: its name and examples, what it is, what that needs, and what is wrong with it."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components import mapping_fields
from dashboard.components.mapping_fields import Around, Place
from dashboard.presenters import mapping as words
from dashboard.presenters.imports import shown
from data_access.importers.mapped_guess import Guess, as_role
from data_access.importers.mapped_rules import Rule
from data_access.importers.mapped_table import Column

_ROLES = tuple(words.ROLES)


@dataclass(frozen=True, slots=True)
class Asked:
    """One column with the rule to begin with; `key` begins the keys of its fields."""

    column: Column
    guess: Guess
    rule: Rule
    key: str


def show(asked: Asked, around: Around) -> tuple[Rule, DeltaGenerator]:
    """Draw the column; the rule as it stands, and the place where its faults are said."""
    column = asked.column
    with st.container(key=f"{asked.key}_row", gap="small"):
        said, role, settings = st.columns([3, 3, 6], gap="medium")
        with said:
            mapping_fields.head(column)
        with role:
            chosen = _role(asked)
        with settings:
            begun = asked.rule if chosen == asked.rule.role else as_role(column, chosen, around.decimal)
            with st.container(key=f"{asked.key}_set", horizontal=True, gap="small"):
                rule = mapping_fields.show(column, begun, Place(f"{asked.key}_{chosen}", around))
            faults = st.container(key=f"{asked.key}_faults", gap="small")
    if told := words.several_people(rule, asked.guess.rule, column):
        faults.markdown(f":orange[:material/warning: {told}]")
    return rule, faults


def _role(asked: Asked) -> str:
    chosen = st.selectbox(
        f"What “{shown(asked.column.name)}” is",
        _ROLES,
        index=_ROLES.index(asked.rule.role),
        format_func=lambda each: words.ROLES[each],
        label_visibility="collapsed",
        key=f"{asked.key}_role",
    )
    if asked.rule == asked.guess.rule and chosen == asked.rule.role:
        st.caption(f"Proposed: {shown(asked.guess.reason)}")
    return chosen


def role_now(asked: Asked) -> str:
    """What the column is in this run, before it is drawn."""
    return str(st.session_state.get(f"{asked.key}_role", asked.rule.role))
