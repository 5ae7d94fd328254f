"""What every format of a document says beside its sections, in the same words."""

from collections.abc import Sequence

from dashboard.presenters.notes import moment
from dashboard.presenters.words import span
from dashboard.reports.document import Document, Section

UNSIGNED = "Preview, not signed"
SYNTHETIC = "Synthetic data – not a real person"
SIGNATURE = "Signature"
PICTURE = "Picture"
_LONGEST_NAME = 60
_LONGEST_NUMBER = 40


def status(document: Document) -> str:
    """'Preview, not signed', or who signed it and when, as the clock stands at the clinic."""
    if document.signed_at is None:
        return UNSIGNED
    return f"Signed by {document.author}, {moment(document.signed_at)}"


def whose(document: Document) -> str:
    """'SAMPLE, Rowan · FB-00017': on every page, so that a sheet which went astray finds back."""
    return f"{document.patient_name[:_LONGEST_NAME]} · {document.record_number[:_LONGEST_NUMBER]}"


def foot(document: Document) -> tuple[str, ...]:
    """What stands at the foot of every page: period, days logged, author."""
    return (span(document.period), document.logged, f"Author: {document.author}")


def about(section: Section) -> str:
    """'patient-reported · 31 Aug – 22 Nov 2026, 80 of 84 days logged', or '' where neither is said."""
    return " · ".join(words for words in (section.source, section.rests_on) if words)


def absent(document: Document) -> str:
    """Which chosen sections have nothing to say, and which of its kind were left out, in sentences; '' for none."""
    names = "; ".join(document.not_recorded)
    nothing = f"Chosen for this document, with nothing on record: {names}." if names else ""
    return " ".join(part for part in (nothing, left_out(document.left_out)) if part)


def left_out(titles: Sequence[str]) -> str:
    """'Left out by the sender: medicines; goals, plan and who does what.'; '' where nothing was."""
    names = "; ".join(title[:1].lower() + title[1:] for title in titles)
    return f"Left out by the sender: {names}." if names else ""


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
