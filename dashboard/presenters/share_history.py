"""What was made for a patient, in words: what it is, for whom, by whom, and what became of it."""

from dashboard.presenters.notes import moment
from dashboard.presenters.words import several, span
from dashboard.reports.templates import TEMPLATES
from dashboard.services.share_order import FORMATS
from dashboard.services.sharing import Share
from data_access.export_states import ExportState
from data_access.exports import Export

_OTHERS = {
    "fhir-marks": "Body maps as FHIR",
    "choir": "Body maps as CHOIR segments",
    "csv": "Table or series as CSV",
    "png": "Picture",
    "pdf": "Referral summary",
}
"""What was made alone, or before documents were signed, by its format."""
WAYS = ("secure e-mail", "post", "handed over", "portal of the recipient", "fax", "another way")
"""How a document may have been sent."""


def title(share: Share) -> str:
    """'Referral to rheumatology'."""
    template = TEMPLATES.get(share.template)
    return template.title if template else _OTHERS.get(share.files[0].format, "Export")


def whom(share: Share) -> str:
    """'for Dr R. Heum'; '' for what has no recipient by its kind."""
    if share.recipient:
        return f"for {share.recipient}"
    return "recipient not recorded" if share.template or share.files[0].format == "pdf" else ""


def about(share: Share) -> str:
    """'Signed by M. Physio, physiotherapy, 22 Nov 2026, 14:03 · 31 Aug – 22 Nov 2026'."""
    who = f"Signed by {share.signed_by}" if share.signed_by else f"Made by {share.sender}, not signed"
    return f"{who}, {moment(share.at)} · {span(share.period)}"


def standing(share: Share) -> str:
    """In one word or two what became of it last."""
    if share.withdrawn:
        return "Withdrawn"
    return "Sent" if share.states else "Made, not marked as sent"


def state(each: ExportState) -> str:
    """'Sent by post, as marked by M. Physio, 22 Nov 2026, 14:03'."""
    more = f" ({each.reason})" if each.reason and each.state == "sent" else ""
    what = f"Sent: {each.how}{more}" if each.state == "sent" else f"Withdrawn: {each.reason}"
    return f"{what} · marked by {each.user_name}, {moment(each.at)}"


def warning(gone: ExportState) -> str:
    """What is read before a withdrawn document is handed out."""
    return (
        f"Withdrawn by {gone.user_name}, {moment(gone.at)}: {gone.reason} This file is for the record only; do not "
        "send it or act on it. It is the same as it was made; its name begins with WITHDRAWN."
    )


def made_as(one: Export) -> str:
    """'PDF'."""
    return FORMATS.get(one.format, one.format.upper())


def file(one: Export) -> str:
    """'PDF · 212 kB'."""
    return f"{made_as(one)} · {several(max(1, round(one.size / 1000)), 'kB', 'kB')}"
