"""The caseload's rows: one table drawn from one JSON message, with links and buttons."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.components.browser_files import mount
from dashboard.theme import PAIN_RAMP

COLUMNS: tuple[dict[str, Any], ...] = (
    {"title": "Patient"},
    {"title": "Pain, 28 days (shaded: flare)"},
    {"title": "Mean, change", "number": True},
    {"title": "Flare days", "number": True},
    {"title": "Regions", "number": True},
    {"title": "Sleep", "number": True},
    {"title": "Logged", "number": True},
    {"title": "Last reviewed"},
    {"title": "Next visit"},
    {"title": "Also"},
    {"title": "Action", "hidden": True},
)


_KEY = "caseload_table"


def show(
    groups: list[dict[str, Any]],
    *,
    caption: str,
    may_review: bool,
    may_queue: bool,
    opened: Callable[[str], None],
    reviewed: Callable[[str], None],
    undone: Callable[[str], None],
    queued: Callable[[str], None],
) -> None:
    """Draw the groups (see `rows.groups`); a click is reported by the patient's opaque link."""
    data = {
        "groups": groups,
        "columns": COLUMNS,
        "ramp": PAIN_RAMP,
        "caption": caption,
        "may_review": may_review,
        "may_queue": may_queue,
    }
    mount(
        "caseload_table",
        key=_KEY,
        data=data,
        on_opened_change=_reporting("opened", opened),
        on_reviewed_change=_reporting("reviewed", reviewed),
        on_undone_change=_reporting("undone", undone),
        on_queued_change=_reporting("queued", queued),
    )


def _reporting(event: str, report: Callable[[str], None]) -> Callable[[], None]:
    def clicked() -> None:
        link = st.session_state[_KEY].get(event)
        if isinstance(link, str):
            report(link)

    return clicked
