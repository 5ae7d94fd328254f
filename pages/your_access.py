"""Your access: what the signed-in person's role may do, and what it may not."""

import streamlit as st

from dashboard import access
from dashboard.permissions import Permission

viewer = access.require()
st.title("What you may do here", anchor=False)
for permission in Permission:
    if viewer.may(permission):
        st.markdown(f"- {permission.value}")
