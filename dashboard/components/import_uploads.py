"""The field that files are dropped on. What was dropped is taken out of it at once, so that it can be let go.

Streamlit would keep every upload in memory until the browser's session ends, also when nobody can reach it any more.
"""

import io
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from dashboard import access, selection
from dashboard.components import import_place
from dashboard.permissions import Permission
from dashboard.presenters import imports as words
from dashboard.services import import_staging

_ROUND = "import_uploads.round"
MOST = 50
"""Files at once; more come as a zip, or one lot after the other."""
MOST_BYTES = 400_000_000
"""Of all files of one person together, which wait in memory until they are read in."""


def show() -> None:
    """Draw the field; it is empty again as soon as the files are taken."""
    key = f"import_drop_{st.session_state.get(_ROUND, 0)}"
    st.file_uploader(
        "Drop files here, several at once",
        accept_multiple_files=True,
        key=key,
        on_change=_take,
        args=(key,),
        help="FHIR, CSV, body maps, or a diary of another make. From an iPhone the export.zip as it is, not unpacked.",
    )


def _take(key: str) -> None:
    viewer = access.require(Permission.IMPORT)
    place = import_place.now()
    dropped: list[UploadedFile] = st.session_state.get(key) or []
    known = {one.sha256 for one in place.files if one.sha256}
    staged, said = list(place.files), ""
    for file in dropped:
        if len(staged) >= MOST or sum(one.size for one in staged) + file.size > MOST_BYTES:
            said = f"{MOST} files or {words.size(MOST_BYTES)} are the most at once; the others were not taken."
            break
        content = file.getvalue()
        opened = partial(io.BytesIO, content)
        one = import_staging.stage(viewer, file.file_id, file.name, file.size, opened, as_of=selection.today())
        if one.sha256 and one.sha256 in known:
            said = "A file that was dropped twice is listed once."
            continue
        known.add(one.sha256)
        staged.append(one)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    import_place.keep(replace(place, files=tuple(staged), check="", refused=said))
    _release(dropped)


def _release(dropped: list[UploadedFile]) -> None:
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in dropped:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
