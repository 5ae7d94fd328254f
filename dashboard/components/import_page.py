"""The Import page's three steps: files, check, done; which of them it is follows from what there is."""

import streamlit as st

from dashboard.components import import_check, import_done, import_files, import_place
from dashboard.permissions import Viewer

STEPS = ("Files", "Check", "Done")


def show(viewer: Viewer) -> None:
    """Draw the step that somebody is at."""
    running = import_done.latest(viewer)
    check = import_place.check(viewer) if running is None else None
    _steps(2 if running is not None else 1 if check is not None else 0)
    with st.container(key="import_step"):
        if running is not None:
            import_done.show(running)
        elif check is not None:
            import_check.show(viewer, check)
        else:
            import_files.show(viewer)


def _steps(here: int) -> None:
    with st.container(key="import_steps", horizontal=True, vertical_alignment="center"):
        st.title("Import", anchor=False, width="content")
        said = [
            f"**{place}  {name}**" if place == here + 1 else f"{place}  {name}" for place, name in enumerate(STEPS, 1)
        ]
        st.markdown(" › ".join(said))
