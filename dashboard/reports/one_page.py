"""Everything one page of a referral says, as words and figures ready to be set; no numbers are worked out after this.

A section that has nothing carries the sentence that says so: none is ever empty.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dashboard.reports import typesetting
from dashboard.reports.printable import BOX, clipped, printable

TEMPLATE = "one_page.typ"
PREVIEW_DOTS_PER_INCH = 130.0

REPORTED = "patient-reported"
ENTERED = "clinician-entered"
NOT_RECORDED = "Not recorded."
UNKNOWN = "not recorded"
NO_REASON = "Not recorded: the sender gave no reason."
NO_QUESTION = "Not recorded: the sender asked no question."


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what stands beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a section, most important first, `whole` of them never cut; `nothing` is said for none."""

    items: tuple[str, ...] = ()
    nothing: str = NOT_RECORDED
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A vector picture with its alternative text and the sentence under it; `svg` empty: only the sentence."""

    svg: str = ""
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome of the programme, in words; `days` is what both sides rest on."""

    name: str
    now: str
    before: str
    change: str
    judged: str
    days: str


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """One medicine in one strength: as prescribed, and as logged by the person; `short` for where there is no row."""

    name: str
    short: str
    prescribed: str
    taken: str


@dataclass(frozen=True, slots=True)
class OnePage:
    """The page. `courses` is the same chart from roomy to tight; the page takes the tallest that fits.

    `shown` are the codes of the sections it sums up; the parts of the others are empty, and `left_out` names them.
    """

    title: str
    heading: str
    record_number: str
    patient_name: str
    patient_line: str
    synthetic: bool
    shown: tuple[str, ...]
    left_out: str
    header: tuple[Line, ...]
    footer: tuple[str, ...]
    allergies: Listing
    red_flag: str
    red_flags: str
    prompts: tuple[str, ...]
    unanswered: tuple[str, ...]
    reason: str
    question: str
    diagnoses: Listing
    matters: str
    goals: Listing
    attainment: str
    treatments: Listing
    stopped: tuple[str, ...]
    actions: Listing
    pain_title: str
    pain: tuple[Line, ...]
    typical_title: str
    typical: Figure
    before_title: str
    before: Figure
    worst_title: str
    worst: Figure
    course_title: str
    courses: tuple[Figure, ...]
    course_text: str
    outcomes_title: str
    outcomes: tuple[OutcomeRow, ...]
    compared: str
    scores: tuple[Line, ...]
    undated_scores: tuple[str, ...]
    medicines: tuple[MedicineRow, ...]
    medicines_note: str
    other_prompts: str
    data_notes: tuple[str, ...]
    logged: str

    def pdf(self, *, now: datetime) -> bytes:
        """The page as tagged PDF."""
        return typesetting.pdf(TEMPLATE, self.data(), now=now)

    def picture(self) -> bytes:
        """The page as PNG: what the PDF will look like."""
        return typesetting.picture(TEMPLATE, self.data(), dots_per_inch=PREVIEW_DOTS_PER_INCH)

    def lacks(self) -> tuple[str, ...]:
        """What a reader of this page will miss: the parts that say 'not recorded'."""
        called = {"To": "recipient"}
        header = [called.get(line.label, line.label.lower()) for line in self.header if line.text == UNKNOWN]
        reason = ["reason for referral"] if self.reason == NO_REASON else []
        question = ["question asked"] if self.question == NO_QUESTION else []
        parts = {
            "what matters to the patient": ("matters", self.matters),
            "allergies": ("allergies", self.allergies.items),
            "diagnoses": ("diagnoses", self.diagnoses.items),
            "goals": ("plan", self.goals.items),
            "actions": ("plan", self.actions.items),
            "body map": ("pain", self.typical.svg),
        }
        missing = (name for name, (code, has) in parts.items() if code in self.shown and not has)
        return (*self.unanswered, *header, *reason, *question, *missing)

    def data(self) -> dict[str, Any]:
        """The words of the page as its template reads them: printable and bounded."""
        data: dict[str, Any] = _safe(asdict(self))
        data["allergies"]["items"] = [clipped(item, _LONGEST_ALLERGY) for item in self.allergies.items]
        if BOX in str(data):
            note = f"{BOX} stands for a character this document has no glyph for; see the record for the full text."
            data["data_notes"] = [*data["data_notes"], note]
        return data


_LONGEST = {"patient_name": 130, "reason": 1220, "question": 620, "title": 160, "matters": 420}
_LONGEST_OTHER = 240
_LONGEST_ALLERGY = 1000
"""Longer than the parts of an allergy on record can be together: which are cut to fit says the template, and how."""


def _safe(value: Any, name: str = "") -> Any:
    """The same structure with every text printable and bounded; SVG passes through, it was made printable before."""
    if isinstance(value, dict):
        return {key: item if key == "svg" else _safe(item, key) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_safe(item, name) for item in value]
    if not isinstance(value, str):
        return value
    if name in _UNCUT:
        return printable(value)
    return clipped(value, _LONGEST.get(name, _LONGEST_OTHER))


_UNCUT = {
    "alt",
    "caption",
    "course_text",
    "red_flag",
    "red_flags",
    "data_notes",
    "medicines_note",
    "other_prompts",
    "compared",
    "left_out",
}
"""Text of our own making, long by design and with no free text beyond names already bounded."""
