"""My work: what waits for me, over all patients of my teams?"""

import streamlit as st

from dashboard import access, selection
from dashboard.components import case_review_dialog, my_work, states
from dashboard.permissions import Permission
from dashboard.presenters import my_work as words
from dashboard.services import my_work as service

viewer = access.require(Permission.VIEW_CASELOAD)
case_review_dialog.follow(viewer)
mine = service.load(viewer)

with st.container(horizontal=True, vertical_alignment="center", key="my_work_title"):
    st.title("What waits for me", anchor=False, width="content")
    st.caption(words.summed_up(mine, selection.today()))
my_work.show_told()
if mine.is_empty:
    states.nothing_yet(words.NOTHING, words.WHAT_COMES_HERE)
else:
    my_work.show(viewer, mine)
