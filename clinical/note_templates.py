"""Outlines of notes: the headings each kind of note starts with, in the words of the discipline where that helps.

All of them are our own product decisions (mark P), after the note structure of reference 9.5; none is a standard.
"""

from clinical import reviewed

TEMPLATES = {"assessment": "Assessment", "review": "Review", "telephone": "Telephone", "group_session": "Group session"}
"""The kinds of note that have an outline, by code."""
LABELS = {**TEMPLATES, "case_review": "Case review"}
"""Every kind of note by code; '' is free text."""

_HEADINGS = {
    (row["template"], row["discipline"]): tuple(row["headings"].split("|")) for row in reviewed.rows("note_templates")
}
_OURS = {f"## {heading}" for each in _HEADINGS.values() for heading in each}


def headings(template: str, discipline: str) -> tuple[str, ...]:
    """The headings of that kind of note for that discipline, else those for everybody; () for free text."""
    return _HEADINGS.get((template, discipline)) or _HEADINGS.get((template, ""), ())


def outline(template: str, discipline: str) -> str:
    """Those headings as the Markdown a note starts with; '' for free text."""
    return "\n".join(f"## {heading}\n" for heading in headings(template, discipline))


def is_bare(text: str) -> bool:
    """Whether a text holds nothing but headings of outlines: nobody has written anything yet."""
    return all(not line.strip() or line.strip() in _OURS for line in text.splitlines())
