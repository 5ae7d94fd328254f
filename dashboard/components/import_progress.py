"""How far an import or its check is, drawn anew every second until it is done."""

import streamlit as st

from dashboard import access, clock
from dashboard.permissions import Permission
from dashboard.presenters import imports as words
from dashboard.services.import_jobs import JOBS, Job

EVERY = "1s"


@st.fragment(run_every=EVERY)
def show(job: Job, everybody: int, said: str) -> None:
    """Draw the bar; the whole page follows as soon as the job is done. `everybody`: how many people, 0 not known."""
    viewer = access.current()
    known = viewer is not None and viewer.may(Permission.IMPORT)
    if not known or job.is_done or (viewer and JOBS.latest(viewer, job.kind, now=clock.now()) is not job):
        st.rerun()
    share, text = words.progress(job.progress, everybody)
    with st.container(key="import_progress", border=True):
        st.progress(share, text=text)
        st.caption(said)
