"""Everything the minutes of a case review say, as words ready to be set; nothing is worked out after this.

One view for both files: the PDF to file and the Word document to go on with. A part that was left empty is named as
not recorded, and who was not decided about stands at the top.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dashboard.reports import typesetting
from dashboard.reports.one_page import Line
from dashboard.reports.printable import BOX, printable

TEMPLATE = "minutes.typ"
DECISION = "Decision"
"""The label of the decision, which is set apart."""
BOXED = f"{BOX} stands for a character this document has no glyph for; see the record for the full text."


@dataclass(frozen=True, slots=True)
class Attendance:
    """How somebody stood to the meeting, and the people of whom it is so, each 'name, discipline'."""

    label: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One patient of the agenda."""

    number: str
    patient: str
    question: str
    outcome: str
    spent: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said under one heading, line by line as it was written."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What is to be done, by whom and by when, and how it stands as the file is made."""

    what: str
    owner: str
    due: str
    status: str


@dataclass(frozen=True, slots=True)
class PatientPart:
    """One patient: what was said, what follows. `missing` names what was left empty; '' where nothing was.

    `no_actions` says that none was agreed; '' where that goes without saying, as the patient was not reached.
    """

    title: str
    about: str
    outcome: str
    decided: bool
    said: tuple[Said, ...]
    missing: str
    actions: tuple[ActionRow, ...]
    no_actions: str
    facts: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes. `warnings` stand in a frame on top: who is undecided, what was left out, what is not final."""

    title: str
    subtitle: str
    author: str
    synthetic: bool
    header: tuple[Line, ...]
    attendance: tuple[Attendance, ...]
    undecided_title: str
    undecided: tuple[str, ...]
    warnings: tuple[str, ...]
    agenda: tuple[AgendaRow, ...]
    patients: tuple[PatientPart, ...]
    footer: str
    notes: tuple[str, ...]

    def pdf(self, *, now: datetime) -> bytes:
        """The minutes as tagged PDF (PDF/UA-1), A4. Raises typesetting.CannotSet."""
        data: dict[str, Any] = _safe(asdict(self))
        if BOX in str(data):
            data["notes"] = [*data["notes"], BOXED]
        return typesetting.pdf(TEMPLATE, data, now=now)


def _safe(value: Any) -> Any:
    """The same structure with every text printable."""
    if isinstance(value, dict):
        return {key: _safe(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_safe(item) for item in value]
    return printable(value) if isinstance(value, str) else value
