"""The order of a document, what it still lacks, and every page as it would be made: drawn anew as the order is typed.

What is signed is what was shown: the stamp of the last preview drawn here goes with the signature.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import access, clock, selection
from dashboard.components import kept_form, page_preview, share_checklist, share_copies, share_history
from dashboard.components.kept_form import FormPlace, Submitted
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import share_fields
from dashboard.presenters.words import listed
from dashboard.reports.record import Order
from dashboard.services import form_drafts, sharing
from dashboard.services.form_fields import FieldSpec, Raws, raws, standing
from dashboard.services.share_order import FORMATS, OrderRefused
from dashboard.services.sharing import Preview, Share, Stamp

FORM = "share"
SIGN, PREPARE = "Sign and make", "Make, not signed"
_SHOWN = "share_part.shown"


@access.part
def show(asked: Asked) -> None:
    """Draw the order beside what comes of it; every save of its draft draws this part alone."""
    answers = _answers(asked)
    fields = share_fields.fields(share_fields.template_of(answers))
    ordered, beside, pages = st.columns([0.34, 0.22, 0.44], gap="medium")
    seen = _shown(asked)  # before it is drawn anew: what is signed now is what was looked at
    preview = _preview(asked, share_fields.order(fields, answers), pages)
    with ordered, st.container(key="share_order"):
        share_history.just_made(asked)
        _form(asked, fields, answers, seen, share_checklist.in_short(preview.checklist) if preview else "")
    with beside, st.container(key="share_checklist_place"):
        if preview is not None:
            share_checklist.show(asked.viewer, preview.checklist)
    if preview is not None:
        with pages, st.container(key="share_pages"):
            alt = f"Preview of the document: {preview.document.title}"
            page_preview.show(preview.pages, of=asked.head.link_id, alt=alt)
        share_copies.show(asked, share_fields.order(fields, answers), preview.document)


def _answers(asked: Asked) -> Raws:
    """What stands in the form: the draft, else what it begins with."""
    held = form_drafts.held(asked.viewer, Permission.EXPORT, asked.head.patient_id, FORM)
    fields = share_fields.fields(share_fields.template_of(held.answers))
    return standing(fields, held.answers) if held.revision else raws(fields, share_fields.START)


def _form(asked: Asked, fields: tuple[FieldSpec, ...], answers: Raws, seen: Stamp | None, lacking: str) -> None:
    place = FormPlace(asked.head.patient_id, FORM, "Order of the document")
    too_long = share_fields.too_long(fields, answers)
    signs = asked.viewer.may(Permission.SIGN)
    submitted = kept_form.show(
        place,
        fields,
        share_fields.START,
        permission=Permission.EXPORT,
        errors=too_long,
        submit=SIGN if signs else PREPARE,
        undone="Not signed" if signs else "Not made",
        remark=lacking,
    )
    if not signs:
        st.caption("What you make says that it is not signed. A clinician of the care team signs it on this page.")
    if submitted is not None:
        _sign(asked, place, fields, submitted, seen)


def _preview(asked: Asked, order: Order, pages: DeltaGenerator) -> Preview | None:
    """The document as ordered, its stamp kept for the signature; None, with the reason said, where it cannot be set."""
    try:
        found = sharing.preview(asked.viewer, asked.head.patient_id, asked.periods, order, as_of=selection.today())
    except ExplainedError as error:
        pages.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return None
    st.session_state[_SHOWN] = (asked.head.link_id, found.stamp)
    return found


def _shown(asked: Asked) -> Stamp | None:
    of, stamp = st.session_state.get(_SHOWN, ("", None))
    return stamp if of == asked.head.link_id and isinstance(stamp, Stamp) else None


def _sign(
    asked: Asked, place: FormPlace, fields: tuple[FieldSpec, ...], submitted: Submitted, stamp: Stamp | None
) -> None:
    """Sign what was shown, or make it unsigned for who may not sign; what is refused stays in the form, with why."""
    answers = raws(fields, submitted.values)
    viewer = access.require(Permission.EXPORT)
    try:
        if stamp is None:
            raise _nothing_shown()
        share = (sharing.sign if viewer.may(Permission.SIGN) else sharing.prepare)(
            viewer,
            asked.head.patient_id,
            asked.periods,
            share_fields.order(fields, answers),
            share_fields.formats(fields, answers),
            stamp,
            as_of=selection.today(),
            now=clock.now(),
        )
    except OrderRefused as refused:
        kept_form.refused(place, refused.fields)
    except ExplainedError as error:
        kept_form.refused(place, error=error)
    else:
        kept_form.done(place, _said(share))
        share_history.remember(asked, share)
        if len(share.files) == 1:
            share_history.hand_over(asked, share.files[0].export_id)
    st.rerun()  # all of it: the history below, too


def _nothing_shown() -> ExplainedError:
    return ExplainedError(
        "No preview was shown here yet.", "Nothing was signed or made.", "Look at the preview, then sign."
    )


def _said(share: Share) -> str:
    """What is said beside the button: one file is handed over at once, several are taken from the list."""
    made = listed([FORMATS[file.format] for file in share.files], len(FORMATS))
    done = "Signed" if share.signed_by else "Made, not signed"
    how = "In your downloads; also" if len(share.files) == 1 else "Download them"
    return f"{done}: {made}. {how} above this form and in the list below."
