"""Whose a file is that does not say it: chosen by the search, shown with name and date of birth."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.components import import_place, patient_search
from dashboard.permissions import Viewer
from dashboard.presenters import imports as words
from dashboard.presenters.words import escaped
from dashboard.services.import_people import identity


def of_file(viewer: Viewer, sha256: str, label: str, kept: Callable[[str, str], None]) -> None:
    """Ask for the patient of that file, or show who was chosen; the file and the link chosen go to `kept`."""
    link = import_place.now().whose.get(sha256, "")
    _ask(viewer, link, f"whose_{sha256[:16]}", label, partial(kept, sha256))


def only_one(viewer: Viewer) -> None:
    """Ask for the one patient that the files are to be read for."""
    label = "The patient: name or record number"
    _ask(viewer, import_place.now().only, "only", label, _keep_only)


def _ask(viewer: Viewer, link: str, name: str, label: str, chosen: Callable[[str], None]) -> None:
    head = import_place.head_of(viewer, link)
    with st.container(key=f"import_{name}", horizontal=True, vertical_alignment="center"):
        if head is None:
            patient_search.choose(viewer, key=f"import_search_{name}", label=label, chosen=chosen)
            return
        st.markdown(f"For **{words.who(identity(head))}** · {escaped(head.record_number)}")
        st.button("Change", key=f"import_change_{name}", type="tertiary", on_click=chosen, args=("",))


def keep(sha256: str, link: str) -> None:
    """Remember whose that file is; '' forgets it."""
    place = import_place.now()
    whose = {key: kept for key, kept in place.whose.items() if key != sha256} | ({sha256: link} if link else {})
    import_place.keep(replace(place, whose=whose, check=""))


def _keep_only(link: str) -> None:
    import_place.keep(replace(import_place.now(), only=link, check=""))
