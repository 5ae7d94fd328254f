"""Entry script: page settings, sign-in, frame, then the page. Runs on every interaction, so it stays short."""

import streamlit as st

from dashboard import access
from dashboard.components import frame, look

st.set_page_config(page_title="Flareboard", layout="wide", initial_sidebar_state="auto")
look.apply()
frame.run(access.current())
