"""The minutes as a Word document to go on with: real headings, lists and tables, nothing left of a template."""

from datetime import datetime

from docx.document import Document as WordDocument

from dashboard.reports import word_document
from dashboard.reports.minutes import DECISION, Minutes, PatientPart
from dashboard.reports.one_page import Line
from dashboard.reports.word_document import About, facts, notice, paragraph
from dashboard.reports.word_text import clean

_HEADINGS = {"Heading 1": (18, 0, 4), "Heading 2": (13, 16, 3), "Heading 3": (10.5, 8, 1)}


def docx(minutes: Minutes, *, now: datetime) -> bytes:
    """The document, A4, in British English, with title and author among its properties."""
    about = About(minutes.title, minutes.author, minutes.subtitle)
    document = word_document.empty(about, _HEADINGS, now=now)
    _top(document, minutes)
    _attendance(document, minutes)
    _agenda(document, minutes)
    for part in minutes.patients:
        _patient(document, part)
    for note in minutes.notes:
        paragraph(document, note, "Small print")
    _footer(document, minutes)
    return word_document.saved(document)


def _heading(document: WordDocument, text: str, level: int) -> None:
    document.add_heading(clean(text), level)


def _top(document: WordDocument, minutes: Minutes) -> None:
    _heading(document, minutes.title, 1)
    if minutes.subtitle:
        paragraph(document, minutes.subtitle, "About")
    if minutes.synthetic:
        notice(document, "Synthetic data – not real people")
    for warning in minutes.warnings:
        notice(document, warning)
    if minutes.undecided:
        _heading(document, minutes.undecided_title, 2)
        for line in minutes.undecided:
            paragraph(document, line, "List Bullet")
    facts(document, minutes.header)


def _attendance(document: WordDocument, minutes: Minutes) -> None:
    _heading(document, "Who was there", 2)
    facts(document, [Line(group.label, "; ".join(group.people) or "not recorded") for group in minutes.attendance])


def _agenda(document: WordDocument, minutes: Minutes) -> None:
    _heading(document, "Agenda", 2)
    if not minutes.agenda:
        paragraph(document, "No patient of this meeting can be shown.")
        return
    rows = [(row.number, row.patient, row.question, row.outcome, row.spent) for row in minutes.agenda]
    word_document.table(document, ("No.", "Patient", "Question", "Outcome", "Time spent"), (13, 45, 60, 28, 24), rows)


def _patient(document: WordDocument, part: PatientPart) -> None:
    _heading(document, part.title, 2)
    about = paragraph(document, part.about, "About")
    about.add_run(f" · {clean(part.outcome)}").bold = True
    about.paragraph_format.keep_with_next = True
    for said in part.said:
        _heading(document, said.label, 3)
        for line in said.lines:
            paragraph(document, line, "Decision" if said.label == DECISION else "Normal")
    if part.missing:
        paragraph(document, part.missing, "About")
    rows = [(action.what, action.owner, action.due, action.status) for action in part.actions]
    if rows or part.no_actions:
        _heading(document, "Actions", 3)
    if rows:
        word_document.table(document, ("What", "Who", "By when", "Status"), (78, 42, 30, 20), rows)
    elif part.no_actions:
        paragraph(document, part.no_actions, "About")
    facts(document, part.facts)


def _footer(document: WordDocument, minutes: Minutes) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    foot.style = document.styles["Small print"]
    foot.add_run(f"{clean(minutes.footer)} · ")
    word_document.page_numbers(foot)
