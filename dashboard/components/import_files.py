"""Import, step one: the files that were dropped, each as a card that says what it is or why it cannot be read."""

import streamlit as st

from dashboard import selection
from dashboard.components import import_uploads, mapping_step
from dashboard.permissions import Viewer
from dashboard.presenters.words import escaped
from dashboard.services import import_staging
from dashboard.services.import_staging import Staged

_KNOWN = "import_files.known"


def show(viewer: Viewer) -> list[Staged]:
    """Draw the field and a card for each file; the files, in their order."""
    dropped = import_uploads.show()
    known: dict[str, Staged] = st.session_state.get(_KNOWN, {})
    staged = {
        file.file_id: known.get(file.file_id)
        or import_staging.stage(viewer, file.file_id, file.name, file.size, file.getvalue, as_of=selection.today())
        for file in dropped
    }
    st.session_state[_KNOWN] = staged
    for one in staged.values():
        _card(viewer, one)
    return list(staged.values())


def _card(viewer: Viewer, one: Staged) -> None:
    with st.container(border=True, key=f"import_card_{one.number}"):
        st.markdown(f"**{escaped(one.name)}**")
        if one.look.error is None:
            st.caption(escaped(one.look.format))
        else:
            mapping_step.show(viewer, one)
