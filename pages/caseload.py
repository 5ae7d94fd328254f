"""Caseload: who needs me, and why?"""

import streamlit as st

from dashboard import access
from dashboard.permissions import Permission

viewer = access.require(Permission.VIEW_CASELOAD)
st.title("Who needs me, and why", anchor=False)
