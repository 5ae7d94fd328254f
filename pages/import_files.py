"""Import: files into the record, seen before anything is written."""

import streamlit as st

from dashboard import access
from dashboard.components import import_files, import_history
from dashboard.permissions import Permission

viewer = access.require(Permission.IMPORT)
st.title("Import", anchor=False)
import_files.show(viewer)
import_history.show(viewer)
