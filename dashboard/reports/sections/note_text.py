"""A note as the blocks of a document: every word of it, without its signs of formatting."""

from collections.abc import Iterable, Iterator

from dashboard.presenters import note_markdown as markdown
from dashboard.reports.document import Block, Bullets, Paragraph, Table


def note_blocks(text: str) -> tuple[Block, ...]:
    """The note's headings as strong lines, its paragraphs, lists and tables."""
    return tuple(_told(markdown.blocks(text)))


def under(text: str, wanted: Iterable[str]) -> tuple[Block, ...]:
    """Only what stands under headings that begin with one of those words; () where there is nothing."""
    beginnings = tuple(word.casefold() for word in wanted)
    inside, found = False, list[markdown.Block]()
    for block in markdown.blocks(text):
        if isinstance(block, markdown.Heading):
            inside = _plain(block.runs).casefold().startswith(beginnings)
        elif inside:
            found.append(block)
    return tuple(_told(found))


def _told(blocks: Iterable[markdown.Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case markdown.Heading(runs=runs):
                yield Paragraph(_plain(runs), strong=True)
            case markdown.Paragraph(runs=runs):
                yield from (Paragraph(line) for line in _plain(runs).splitlines() if line.strip())
            case markdown.Code(text=code):
                yield from (Paragraph(line) for line in code.splitlines() if line.strip())
            case markdown.Listing():
                yield Bullets(tuple(_items(block)))
            case markdown.Quote(blocks=inner):
                yield from _told(inner)
            case markdown.Table(head=head, rows=rows):
                yield Table("", _cells(head), tuple(_cells(row) for row in rows))


def _items(listing: markdown.Listing, depth: int = 0) -> Iterator[str]:
    """One line an item, its mark kept where it counts; lists in lists follow with a dash."""
    for item in listing.items:
        mark = f"{item.mark} " if listing.ordered or item.mark == "+" else ""
        inner = [part for part in item.blocks if isinstance(part, markdown.Listing)]
        own = [part for part in item.blocks if not isinstance(part, markdown.Listing)]
        words = " ".join(" ".join(markdown.words(own)).split())
        yield f"{'– ' * depth}{mark}{words}".strip() or "–"
        for each in inner:
            yield from _items(each, depth + 1)


def _cells(row: tuple[markdown.Runs, ...]) -> tuple[str, ...]:
    return tuple(_plain(cell) for cell in row)


def _plain(runs: markdown.Runs) -> str:
    return "".join(run.text for run in runs).strip()
