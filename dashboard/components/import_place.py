"""Where somebody is on the Import page: the files they dropped, what they chose for each, and the check they asked for.

In this browser session alone, and only while the page is open: the bytes are let go as soon as another page is drawn,
the files are removed, or the import has begun, which holds them itself until it is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from dashboard import clock
from dashboard.permissions import Viewer
from dashboard.services import patients
from dashboard.services.import_checking import Choices
from dashboard.services.import_jobs import JOBS, Job
from dashboard.services.import_staging import Staged
from data_access.importers.mapped_rules import ColumnMapping
from data_access.patients import PatientHead

_KEY = "import.place"
_OF_A_TABLE = "mapping_step."
PAGE = "import_files"


@dataclass(frozen=True, slots=True)
class Place:
    """`whose` and `mappings` by the SHA-256 of a file; `only` and `whose` are links, '' for none."""

    files: tuple[Staged, ...] = ()
    whose: Mapping[str, str] = field(default_factory=dict)
    mappings: Mapping[str, ColumnMapping] = field(default_factory=dict)
    one_only: bool = False
    only: str = ""
    check: str = ""  # the number of the check that was asked for
    asked: tuple[str, ...] = ()  # the numbers of the files that it is about
    refused: str = ""  # why the last thing asked for did not happen


def now() -> Place:
    """What was dropped and chosen so far."""
    kept = st.session_state.get(_KEY)
    return kept if isinstance(kept, Place) else Place()


def keep(place: Place) -> None:
    """Remember that for the next run."""
    st.session_state[_KEY] = place


def let_go(viewer: Viewer | None) -> None:
    """Forget files and choices, and end a check that still runs."""
    if st.session_state.pop(_KEY, None) is None:
        return
    for name in [name for name in st.session_state if str(name).startswith(_OF_A_TABLE)]:
        del st.session_state[name]
    if viewer is not None:
        JOBS.dismiss(viewer, "check")


def remove(number: str) -> None:
    """Take one file away."""
    place = now()
    keep(replace(place, files=tuple(one for one in place.files if one.number != number)))


def head_of(viewer: Viewer, link: str) -> PatientHead | None:
    """The patient who was chosen, as long as the viewer may see them."""
    return patients.by_link(viewer, link) if link else None


def record_number(viewer: Viewer, link: str) -> str:
    """The record number of the patient who was chosen, '' for none."""
    head = head_of(viewer, link)
    return head.record_number if head is not None else ""


def choices(viewer: Viewer) -> Choices:
    """What was chosen, as the services take it."""
    place = now()
    filed = {sha256: number for sha256, link in place.whose.items() if (number := record_number(viewer, link))}
    only = record_number(viewer, place.only) if place.one_only else ""
    return Choices(only, filed, place.mappings)


def check(viewer: Viewer) -> Job | None:
    """The check of these files, None where none was asked for or it is gone."""
    job = JOBS.latest(viewer, "check", now=clock.now())
    return job if job is not None and job.number == now().check else None
