"""The upper third of the Summary: what changed, the three outcomes, time in band, open items; evidence in place.

One component instead of thirty elements: the words come as JSON and are set as text, a click on a statement opens its
rule, inputs, dates and days without asking the server.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import selection
from dashboard.charts import time_in_band
from dashboard.components.browser_files import mount
from dashboard.components.component_data import opened
from dashboard.navigation import FOLDER
from dashboard.presenters import before_visit, findings, open_items, outcomes
from dashboard.services.kept import Kept
from dashboard.services.summary import SummaryView

OPENS = ("care_plan.py",)
"""Pages an open item may lead to; nothing else that the browser asks for is opened."""


def show(view: SummaryView, *, compact: bool = False) -> None:
    """Draw the upper third; an open item that was clicked opens its page. `compact`: without time in band."""
    data = {**content(view), "compact": compact, "of": selection.link_id() or ""}
    result = mount("summary_top", key="summary_top", data=data, on_go_change=_nothing)
    if result.go in OPENS:
        st.switch_page(str(FOLDER / result.go), query_params=selection.link_parameters())


def _nothing() -> None:
    """The click is read from the component's result; Streamlit wants a callback to know the trigger by."""


@dataclass(frozen=True, slots=True)
class _Upper:
    texts: tuple[str, ...]
    drawn: dict[str, Any]


_kept: Kept[_Upper] = Kept(128)
"""What everybody sees of one view, by its timeline, made once a view; open items hold the viewer's own draft."""


def said(view: SummaryView) -> tuple[str, ...]:
    """The text of each sentence 'since last visit'."""
    return _upper(view).texts


def content(view: SummaryView) -> dict[str, Any]:
    """Everything the component draws, as JSON."""
    return {**_upper(view).drawn, "open": _open(view)}


def _upper(view: SummaryView) -> _Upper:
    return _kept.get(view.timeline, lambda: _made(view))


def _made(view: SummaryView) -> _Upper:
    sentences = findings.sentences(view.findings, view.as_of)
    cards = _cards(view) if view.state == "full" else []
    drawn = {
        "heading": findings.heading(view.periods),
        "sentences": [opened(sentence) for sentence in sentences],
        "quiet": [] if sentences else [findings.NOTHING],
        "plan": _plan(view),
        "outcomes": [opened(card) for card in cards],
        "bands": {"heading": "Time in band, share of logged days", "rows": _bands(view)},
    }
    return _Upper(tuple(sentence.text for sentence in sentences), drawn)


def _plan(view: SummaryView) -> Any:
    """What the switch beside the heading shows; None where it is not to be shown."""
    return None if view.since_plan is None else opened(before_visit.card(view.since_plan, view.as_of))


def _cards(view: SummaryView) -> list[outcomes.OutcomeCard]:
    return outcomes.cards(view.outcomes, view.periods, view.as_of, view.sparks, view.diary.first_logged)


def _bands(view: SummaryView) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{name} · {shares.days:,} d" if shares.days else name,
            "empty": "" if shares.days else outcomes.no_pain(period, view.diary.first_logged, view.as_of),
            "spoken": f"{name}: {time_in_band.spoken(shares)}",
            "parts": [opened(part) for part in time_in_band.parts(shares)],
        }
        for name, shares, period in (
            ("now", view.bands_now, view.periods.now),
            ("before", view.bands_before, view.periods.before),
        )
    ]


def _open(view: SummaryView) -> dict[str, Any]:
    lines = open_items.lines(view.open_items, view.undated, view.as_of)
    return {
        "heading": f"Open items ({len(view.open_items)})" if lines else "Open items",
        "items": [opened(line) for line in lines],
        "nothing": "" if lines else "Nothing open.",
    }
