"""What the pain map says in words: the sentence about the change, and facts or measures with their evidence.

One component instead of twenty elements: the words come as JSON and are set as text, a click on a statement opens its
rule, inputs, dates and days without asking the server.
"""

from collections.abc import Sequence
from importlib.resources import files

import streamlit as st

from dashboard.components.component_data import opened, sent
from dashboard.presenters.pain_map_facts import Fact, Lead


def _asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


_reading = st.components.v2.component(
    "flareboard_pain_map_reading",
    html='<div class="mount"></div>',
    css=_asset("reading.css"),
    js=_asset("reading.js"),
)


def lead(said: Lead) -> None:
    """Draw the sentence."""
    _reading(key="pain_map_lead", data=sent({"lead": opened(said), "heading": "", "facts": []}))


def facts(key: str, heading: str, said: Sequence[Fact]) -> None:
    """Draw named numbers under a heading."""
    _reading(key=key, data=sent({"lead": None, "heading": heading, "facts": [opened(fact) for fact in said]}))
