"""Every page once: path, title, icon, permission, group. Only pages that work are listed."""

from dataclasses import dataclass
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page

from dashboard.permissions import Permission, Viewer
from dashboard.settings import PROJECT

FOLDER = PROJECT / "pages"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page. `permission` None: every signed-in person. `of_patient`: its links carry patient and period."""

    file: str
    title: str
    icon: str
    permission: Permission | None
    group: str
    of_patient: bool = False

    @property
    def path(self) -> str:
        """Absolute path of the page's script."""
        return str(FOLDER / self.file)

    @property
    def url_path(self) -> str:
        """The page's address below the root."""
        return self.file.removesuffix(".py")


PAGES = (
    PageEntry("caseload.py", "Caseload", ":material/groups:", Permission.VIEW_CASELOAD, "Clinic"),
    PageEntry("my_work.py", "My work", ":material/task_alt:", Permission.VIEW_CASELOAD, "Clinic"),
    PageEntry("case_review.py", "Case review", ":material/forum:", Permission.PREPARE_MEETINGS, "Clinic"),
    PageEntry("summary.py", "Summary", ":material/monitoring:", Permission.VIEW_PATIENT, "Patient", of_patient=True),
    PageEntry(
        "pain_map.py", "Pain map", ":material/accessibility_new:", Permission.VIEW_PATIENT, "Patient", of_patient=True
    ),
    PageEntry(
        "flares.py",
        "Flares and patterns",
        ":material/stacked_line_chart:",
        Permission.VIEW_PATIENT,
        "Patient",
        of_patient=True,
    ),
    PageEntry(
        "medication.py", "Medication", ":material/medication:", Permission.VIEW_PATIENT, "Patient", of_patient=True
    ),
    PageEntry("measures.py", "Measures", ":material/checklist:", Permission.VIEW_PATIENT, "Patient", of_patient=True),
    PageEntry("care_plan.py", "Care plan", ":material/edit_note:", Permission.VIEW_PATIENT, "Patient", of_patient=True),
    PageEntry("share.py", "Share", ":material/outgoing_mail:", Permission.EXPORT, "Patient", of_patient=True),
    PageEntry("add_entry.py", "Add entry", ":material/add_circle:", Permission.ADD_ENTRY, "Data", of_patient=True),
    PageEntry("import_files.py", "Import", ":material/upload_file:", Permission.IMPORT, "Data"),
    PageEntry("your_access.py", "Your access", ":material/badge:", None, "You"),
)

START = PageEntry("start.py", "Flareboard", "", None, "")
"""The address without a page. It only leads on, so that every page has the same address for everybody."""


def may_open(viewer: Viewer, page: PageEntry) -> bool:
    """Whether the person's role opens that page."""
    return page.permission is None or viewer.may(page.permission)


def home(viewer: Viewer) -> PageEntry:
    """The page a person lands on: the first they may open."""
    return next(page for page in PAGES if may_open(viewer, page))


def go_home(viewer: Viewer) -> NoReturn:
    """Go to the page the person lands on; ends this run."""
    st.switch_page(as_page(home(viewer)))


def as_page(entry: PageEntry) -> Page:
    """The page as Streamlit knows it; without its icon, which the browser would fetch from a foreign server."""
    return st.Page(entry.path, title=entry.title, url_path=entry.url_path, default=entry is START)
