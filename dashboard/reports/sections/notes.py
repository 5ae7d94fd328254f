"""What clinicians wrote in signed notes: examination and investigations under their headings, and whole notes."""

from dashboard.presenters import notes as words
from dashboard.presenters.words import sentence_case, span
from dashboard.reports.document import Block, Paragraph
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import ENTERED, NOTHING, Content
from dashboard.reports.sections.note_text import note_blocks, under
from data_access.notes import Note

EXAMINED = ("Examination", "Investigation", "Findings")
"""How the headings begin under which notes hold an examination or its results (outlines of `note_templates`)."""


def examination(record: Record, _: Order) -> Content:
    """What notes of any day say under headings of an examination, the latest note first."""
    blocks: list[Block] = []
    for note in _standing(record):
        if found := under(note.text, EXAMINED):
            blocks += [Paragraph(_about(note), strong=True), *found]
    return Content(tuple(blocks), ENTERED, "signed notes of the whole record") if blocks else NOTHING


def notes(record: Record, _: Order) -> Content:
    """Every note signed in the period as it stands now, the latest first."""
    now = record.periods.now
    signed = (n for n in _standing(record) if now.start <= n.signed_at.astimezone().date() <= now.end)
    blocks = [part for n in signed for part in (Paragraph(_about(n), strong=True), *note_blocks(n.text))]
    return Content(tuple(blocks), ENTERED, f"notes signed {span(now)}") if blocks else NOTHING


def _standing(record: Record) -> list[Note]:
    """The version of each note that counts, the latest signed first."""
    return [note for note in record.notes if note.current]


def _about(note: Note) -> str:
    """'Assessment, Physiotherapy · M. Physio, signed 22 Nov 2026, 14:03'."""
    parts = (words.kind(note.template), words.author(note.author), words.signed(note), words.amended(note))
    return sentence_case(", ".join(part for part in parts if part))
