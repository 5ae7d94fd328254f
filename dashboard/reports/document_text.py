"""A document as plain text for pasting into another record: aligned columns, no tabs, no line longer than asked for."""

from collections.abc import Iterable, Iterator

from dashboard.presenters.words import sentence_case
from dashboard.reports import document_words
from dashboard.reports.columns import GAP, padded, shares, width, wrapped
from dashboard.reports.document import Block, Bullets, Document, Pairs, Paragraph, Picture, Section, Table
from dashboard.reports.one_page import Line
from dashboard.reports.word_text import clean

WIDTH = 78
"""Characters of a line."""
_INDENT = "  "
_WIDEST_LABEL = 26


def text(document: Document, *, width: int = WIDTH, described: bool = False) -> str:
    """The whole document; lines end in LF, in no spaces. A picture is its caption; `described`: its contents too."""
    patient = Line("Patient", f"{document.patient_name}, {document.patient_line}")
    foot = [Line("Period", document_words.foot(document)[0]), Line("Diary", document.logged)]
    parts: list[Iterable[str]] = [
        _headed(document.title, "=", width),
        wrapped(clean(document_words.status(document)), width),
        [document_words.SYNTHETIC] if document.synthetic else [],
        _pairs((patient, *document.header), width),
        *(_section(section, width, described) for section in document.sections),
        wrapped(clean(document_words.absent(document)), width),
        [*_headed(document_words.SIGNATURE, "-", width), *_pairs((*document.signature, *foot), width)],
    ]
    return _joined(parts)


def section_text(section: Section, *, width: int = WIDTH, described: bool = False) -> str:
    """One section under its heading, as it stands in the text of the whole document."""
    return _joined([_section(section, width, described)])


def _joined(parts: Iterable[Iterable[str]]) -> str:
    written = ["\n".join(line.rstrip() for line in part).strip("\n") for part in parts]
    return "\n\n".join(part for part in written if part) + "\n"


def _headed(title: str, line: str, places: int) -> list[str]:
    lines = wrapped(clean(title), places)
    return [*lines, line * max(width(each) for each in lines)]


def _section(section: Section, places: int, described: bool) -> Iterator[str]:
    yield from _headed(section.title, "-", places)
    if about := document_words.about(section):
        yield from wrapped(f"[{clean(about)}]", places)
    for number, block in enumerate(section.blocks):
        if number:
            yield ""
        yield from _block(block, places, described)


def _block(block: Block, places: int, described: bool) -> Iterator[str]:
    match block:
        case Paragraph():
            for line in document_words.lines(block.text):
                yield from wrapped(clean(line), places)
        case Bullets():
            for item in block.items:
                yield from _hanging(clean(item), places, first="- ")
        case Pairs():
            yield from _pairs(block.lines, places)
        case Table():
            yield from _table(block, places)
        case Picture():
            yield from _picture(block, places, described)


def _picture(picture: Picture, places: int, described: bool) -> Iterator[str]:
    caption = clean(picture.caption)
    if not described:
        yield from _hanging(f"[{document_words.PICTURE}] {caption or clean(picture.name)}", places)
        return
    yield from _hanging(f"[{document_words.PICTURE}] {clean(picture.alt)}", places)
    yield from _hanging(caption, places, first=_INDENT)


def _hanging(words: str, places: int, *, first: str = "") -> Iterator[str]:
    """The words after `first`; all further lines are indented. No line for no words."""
    for place, line in enumerate(wrapped(words, places - len(_INDENT)) if words else []):
        yield (_INDENT if place else first) + line


def _pairs(lines: Iterable[Line], places: int) -> Iterator[str]:
    shown = [(clean(line.label), clean(line.text)) for line in lines if clean(line.label + line.text)]
    column = min(max((width(label) for label, _ in shown), default=0), _WIDEST_LABEL)
    for label, said in shown:
        yield from _beside(wrapped(label, column), wrapped(said, places - column - GAP), column)


def _beside(left: list[str], right: list[str], column: int) -> Iterator[str]:
    for place in range(max(len(left), len(right))):
        label = left[place] if place < len(left) else ""
        yield padded(label, column + GAP) + (right[place] if place < len(right) else "")


def _table(table: Table, places: int) -> Iterator[str]:
    titles, rows = [clean(title) for title in table.columns], [[clean(cell) for cell in row] for row in table.rows]
    given = shares(titles, rows, places - GAP * (len(titles) - 1))
    yield from wrapped(clean(table.caption), places)
    if sum(given) + GAP * (len(titles) - 1) > places:
        yield from _one_by_one(titles, rows, places)
        return
    yield from _row(titles, given, table.numeric)
    yield from _row(["-" * share for share in given], given, ())
    for row in rows:
        yield from _row(row, given, table.numeric)


def _row(cells: list[str], given: tuple[int, ...], numeric: tuple[int, ...]) -> Iterator[str]:
    wound = [wrapped(cell, share) for cell, share in zip(cells, given, strict=True)]
    for place in range(max(len(lines) for lines in wound)):
        yield (" " * GAP).join(
            padded(lines[place] if place < len(lines) else "", share, right=column in numeric)
            for column, (lines, share) in enumerate(zip(wound, given, strict=True))
        )


def _one_by_one(titles: list[str], rows: list[list[str]], places: int) -> Iterator[str]:
    """A table that is too wide for the line: each row as labels and what stands beside them."""
    for row in rows:
        yield ""
        yield from _pairs((Line(sentence_case(title), cell) for title, cell in zip(titles, row, strict=True)), places)
