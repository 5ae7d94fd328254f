"""Caseload: who needs me, and why?"""

import streamlit as st

from dashboard import access, clock, selection
from dashboard.components import case_review_dialog, caseload_filters, caseload_table, states
from dashboard.permissions import Permission
from dashboard.presenters import caseload as words
from dashboard.services import caseload

viewer = access.require(Permission.VIEW_CASELOAD)
as_of = selection.today()

st.title("Who needs me, and why", anchor=False)
case_review_dialog.follow(viewer)
with st.container(horizontal=True, vertical_alignment="center", key="caseload_filters"):
    asked = caseload_filters.show(viewer)
    queue = caseload.queue(viewer, asked)
    st.caption(words.line(queue.found.total, as_of))

if queue.found.rows:
    caseload_table.show(
        words.groups(queue.found, viewer_id=viewer.user_id, as_of=as_of),
        caption=words.caption(queue.page, queue.pages),
        may_review=viewer.may(Permission.MARK_REVIEWED),
        may_queue=viewer.may(Permission.PREPARE_MEETINGS),
        opened=selection.open_next,
        reviewed=lambda link: caseload.mark_reviewed(viewer, link, now=clock.now(), as_of=as_of),
        undone=lambda link: caseload.undo_review(viewer, link, now=clock.now(), as_of=as_of),
        queued=case_review_dialog.ask,
    )
    caseload_filters.show_pages(queue)
elif asked.text or asked.reason:
    states.nothing_yet("Nobody fits", "Clear the text or choose another reason to see more patients.")
else:
    states.nothing_yet(words.NOBODY[asked.reach], words.HOW_THEY_COME)
