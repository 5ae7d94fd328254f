"""What the pain map says in words: the sentence about the change, and facts or measures with their evidence.

One component instead of twenty elements: the words come as JSON and are set as text, a click on a statement opens its
rule, inputs, dates and days without asking the server.
"""

from collections.abc import Sequence
from typing import Any

from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.presenters.pain_map_facts import Fact, Lead


def lead(said: Lead) -> None:
    """Draw the sentence."""
    _draw("pain_map_lead", {"lead": opened(said), "heading": "", "facts": []})


def facts(key: str, heading: str, said: Sequence[Fact]) -> None:
    """Draw named numbers under a heading."""
    _draw(key, {"lead": None, "heading": heading, "facts": [opened(fact) for fact in said]})


def _draw(key: str, data: dict[str, Any]) -> None:
    mount("pain_map_reading", key=key, data=data)
