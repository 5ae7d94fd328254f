"""Patient search in the sidebar: type-ahead over the viewer's own patients, opened with the key '/'.

Each pause in typing reruns this fragment alone, so the page beside it stays as it is.
"""

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard import access, selection
from dashboard.components.browser_files import mount
from dashboard.permissions import Viewer
from dashboard.presenters import people
from dashboard.services import patients
from data_access.patients import PatientHead

_KEY = "patient_search"


@access.part
def show(viewer: Viewer) -> None:
    """Draw the search box; opening a result goes to that patient's Summary."""
    opened = _box(viewer, _KEY, "Search patients by name or record number", "Search patients", by_slash=True)
    if opened is not None:
        selection.open_patient(opened)


@access.part
def choose(viewer: Viewer, *, key: str, label: str, chosen: Callable[[str], None]) -> None:
    """Draw a search box of its own on a page; the link of whoever is chosen goes to `chosen`, then the page follows."""
    opened = _box(viewer, key, label, label, by_slash=False)
    if opened is not None:
        chosen(opened)
        st.rerun()


def _box(viewer: Viewer, key: str, label: str, placeholder: str, *, by_slash: bool) -> str | None:
    typed = _typed(key)
    found = patients.search(viewer, typed)
    as_of = selection.today()
    result = mount(
        "patient_search",
        key=key,
        data={
            "label": label,
            "placeholder": placeholder,
            "by_slash": by_slash,
            "text": typed,
            "results": tuple(_result(head, as_of) for head in found),
        },
        on_typed_change=_nothing,
        on_opened_change=_nothing,
    )
    return result.opened if isinstance(result.opened, str) else None


def _result(head: PatientHead, as_of: date) -> dict[str, str]:
    return {
        "link": head.link_id,
        "href": f"summary?p={head.link_id}",
        "name": people.name(head),
        "second": f"{people.about(head, as_of)} · {head.record_number}",
    }


def _typed(key: str) -> str:
    kept = st.session_state.get(key)
    text = kept.get("typed") if kept is not None else None
    return text if isinstance(text, str) else ""


def _nothing() -> None:
    """The value is read from the result; a callback is what makes Streamlit keep it."""
