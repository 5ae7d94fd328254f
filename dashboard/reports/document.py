"""A document on its way out, as words, tables and pictures: what every format is made from, and nothing else.

No number is worked out after this and no format adds or leaves out a section, so that the PDF, the Word file, the text
and the narrative of a FHIR document say the same.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clinical.diary import Period
from dashboard.reports.one_page import Line

Paper = Literal["a4", "letter"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together; `strong` for what must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Items, most important first."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels and what stands beside them."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under their column titles; `numeric` are the places of columns set to the right."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A vector figure with its alternative text and the sentence under it; `wide` fills the line."""

    name: str
    svg: str
    alt: str
    caption: str
    wide: bool = True


Block = Paragraph | Bullets | Pairs | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document under its heading; never without a block.

    `code` is one of `templates.SECTIONS`; `source` is 'patient-reported', 'clinician-entered' or who computed it;
    `rests_on` its dates and how many logged days it rests on, '' where that means nothing.
    """

    code: str
    title: str
    blocks: tuple[Block, ...]
    source: str = ""
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document. `not_recorded` names chosen sections that have nothing to say, in one sentence at the end.

    `left_out` names those of the short set that the sender took out, so that nobody takes their absence for none.
    """

    template: str
    title: str
    paper: Paper
    patient_name: str
    patient_line: str
    record_number: str
    synthetic: bool
    header: tuple[Line, ...]
    sections: tuple[Section, ...]
    not_recorded: tuple[str, ...]
    signature: tuple[Line, ...]
    period: Period
    logged: str
    author: str
    made_on: date
    signed_at: datetime | None = None
    left_out: tuple[str, ...] = ()
