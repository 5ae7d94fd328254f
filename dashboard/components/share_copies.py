"""The document as text to copy into a record, whole or section by section, and each of its figures as a picture."""

import secrets
from functools import partial

import streamlit as st

from dashboard import access, clock, selection
from dashboard.components import file_delivery
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters.words import escaped
from dashboard.reports import document_text
from dashboard.reports.document import Document, Section
from dashboard.reports.record import Order
from dashboard.services import sharing
from dashboard.services.delivery import Delivery

_WHOLE = "Whole document"
_READY = "share_copies.ready"


def show(asked: Asked, order: Order, document: Document) -> None:
    """Draw both, folded away until somebody wants them: then, and only then, are they made."""
    text = st.expander("Text for the record", icon=":material/content_copy:", key="share_text", on_change="rerun")
    if text.open:
        with text:
            _texts(asked, document)
    drawn = st.expander("Pictures", icon=":material/image:", key="share_pictures", on_change="rerun")
    if drawn.open:
        with drawn:
            _pictures(asked, order, document)


def _texts(asked: Asked, document: Document) -> None:
    sections = {section.code: section for section in document.sections}
    chosen = st.selectbox(
        "What to copy",
        ["", *sections],
        format_func=lambda code: sections[code].title if code else _WHOLE,
        key=f"share_text_of_{asked.head.link_id}",
    )
    found = sections.get(chosen or "")
    described = st.checkbox("Describe the pictures in words", key=f"share_text_described_{asked.head.link_id}")
    written = partial(document_text.section_text, found) if found else partial(document_text.text, document)
    text = written(described=described)
    st.code(text, language=None, height=420)
    st.caption(
        "As in the preview, not signed. The button at its corner copies it; what you paste is not on record here."
    )


def _pictures(asked: Asked, order: Order, document: Document) -> None:
    offered = [(section, picture) for section in document.sections for picture in sharing.pictures(section)]
    if not offered:
        st.caption("No section of this document holds a picture.")
    for section, picture in offered:
        _offer(asked, order, section, picture.name, picture.caption)
    ready = st.session_state.pop(_READY, None)
    if isinstance(ready, Delivery):
        name, number = ready.export.file_name, secrets.token_hex(8)
        file_delivery.give(name, ready.content, media_type="image/png", number=number, key="picture_delivery")
        st.success(f"{escaped(name)} was handed to your browser.")


def _offer(asked: Asked, order: Order, section: Section, name: str, caption: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"share_picture_{name}"):
        st.markdown(f"**{escaped(section.title)}**: {escaped(caption)}", width="stretch")
        st.button(
            "PNG",
            icon=":material/download:",
            key=f"share_png_{name}",
            on_click=partial(_make, asked, order, name),
            help="The figure with its heading and caption, kept on record like every document",
        )


def _make(asked: Asked, order: Order, name: str) -> None:
    try:
        st.session_state[_READY] = sharing.picture(
            access.require(Permission.EXPORT),
            asked.head.patient_id,
            asked.periods,
            order,
            name,
            as_of=selection.today(),
            now=clock.now(),
        )
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
