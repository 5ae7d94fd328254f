"""Your access: what the signed-in person's role may do, and what it may not."""

import streamlit as st

from dashboard import access
from dashboard.components import states
from dashboard.presenters import permits
from dashboard.services import sign_in

viewer = access.require()
view = permits.permits(viewer, sign_in.team_names(viewer))

st.title("What you may do here", anchor=False)
st.text(view.who)
st.markdown(view.why)
may, may_not = st.columns(2)
with may:
    states.listed("You may", view.may)
with may_not:
    states.listed("You may not", view.may_not)
