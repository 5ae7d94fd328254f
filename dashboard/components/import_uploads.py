"""The field that files are dropped on, and their bytes: kept while the page is open, let go when it is left.

Streamlit keeps what was uploaded until the browser's session ends, also when nobody can reach it any more.
"""

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

_ROUND = "import_uploads.round"
_HELD = "import_uploads.held"


def show() -> list[UploadedFile]:
    """Draw the field; the files that lie on it, in the order they were dropped."""
    dropped = st.file_uploader(
        "Files to import",
        accept_multiple_files=True,
        key=f"import_files_{st.session_state.get(_ROUND, 0)}",
        label_visibility="collapsed",
    )
    st.session_state[_HELD] = tuple(file.file_id for file in dropped)
    return dropped


def let_go() -> None:
    """Forget the files: their bytes leave the server's memory, and the field is empty when it is drawn next."""
    held = st.session_state.pop(_HELD, ())
    if not held:
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file_id in held:
            context.uploaded_file_mgr.remove_file(context.session_id, file_id)
