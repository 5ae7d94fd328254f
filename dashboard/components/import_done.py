"""Import, step three: how far it is, and once it is done what became of every file, with the people it was about."""

from collections.abc import Sequence

import streamlit as st

from dashboard import access, clock, selection
from dashboard.components import import_check, import_progress, import_rejected, states
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import imports as words
from dashboard.services import import_checking
from dashboard.services.import_checking import Met
from dashboard.services.import_jobs import JOBS, Job
from dashboard.services.import_reports import FileReport

LINKED = 12
"""People whose pages are one click away; the others are found by the search."""
LEAVE = "You can leave this page or close it: the import goes on, and its result is found here and in the list below."


def show(job: Job) -> None:
    """Draw the import: how far it is, why it ended early, or its result."""
    if not job.is_done:
        import_progress.show(job, job.people, LEAVE)
        return
    if job.reports is None:
        if job.error is not None:
            states.explained(job.error, job.reference)
    else:
        _result(job.reports)
    st.button("Import more files", type="primary", on_click=_dismiss, key="import_more")


def _result(reports: list[FileReport]) -> None:
    people = import_checking.people(reports)
    st.subheader(words.headline(reports, people, done=True), anchor=False)
    _links([each for each in people if each.link_id and not each.why])
    for place, report in enumerate(reports):
        import_check.file_lines(report, place, done=True)
    import_rejected.show(reports, done=True)


def _links(people: Sequence[Met]) -> None:
    if not people:
        return
    with st.container(key="import_opened", horizontal=True, vertical_alignment="center"):
        st.caption("Open the Summary of")
        for place, each in enumerate(people[:LINKED]):
            st.button(words.opens(each), key=f"import_open_{place}", on_click=selection.open_next, args=(each.link_id,))
        if len(people) > LINKED:
            st.caption(f"and {len(people) - LINKED:,} more, found by the search")


def _dismiss() -> None:
    viewer: Viewer = access.require(Permission.IMPORT)
    JOBS.dismiss(viewer, "import")


def latest(viewer: Viewer) -> Job | None:
    """The import of that person that runs, or has ended and was not put away."""
    return JOBS.latest(viewer, "import", now=clock.now())
