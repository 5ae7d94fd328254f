"""Text written in Markdown as plain blocks: headings, paragraphs, lists, quotes, code and simple tables.

Nothing here is ever markup: blocks hold words, and the browser puts words into textContent. HTML, links, images and
references stay the text that was written: nothing can be clicked and nothing is fetched. What Markdown would take from
the words of a record, it does not take here: a list keeps the numbers and signs it was written with ('+ 2 points'),
a star between two letters or digits stays a star ('2*50 mg'), and '> 5 nights' is no quotation. Should any other word
or number be missing from the blocks, the whole text is shown as it was written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

DEEPEST = 24
"""Levels of nesting that are read, two for each list in a list; a text that goes deeper is shown as it was written."""
MOST_PARTS = 6_000
"""Lines, signs of formatting and parts of one text that are read; one with more is shown as it was written."""

Look = Literal["plain", "strong", "emphasis", "both", "code"]
_RULES = {
    "core": ["normalize", "block", "inline", "text_join"],
    "block": ["blockquote", "fence", "heading", "hr", "list", "paragraph", "table"],
    "inline": ["text", "newline", "escape", "backticks", "emphasis"],
    "inline2": ["balance_pairs", "emphasis", "fragments_join"],
}
_QUOTE_ENDS = ["paragraph", "reference", "blockquote", "list"]
_LESS_THAN = re.compile(r">[ \t]*[\d=<.,]")
_MARKS = frozenset("#*_`>|\\~-:•–")
"""Signs that say how words are shown and may go once they are, and those an item is shown with."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words written alike."""

    text: str
    look: Look = "plain"


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    runs: Runs
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in lines as they were written."""

    runs: Runs
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list behind its mark as written: '•', '–', '+', '3.'."""

    mark: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; its items may hold lists."""

    ordered: bool
    items: tuple[Item, ...]
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said or wrote."""

    blocks: "tuple[Block, ...]"
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Code:
    """Text in columns, letter by letter; `language` is what stood beside its fence."""

    text: str
    language: str = ""
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words; every row has as many cells as the head."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """A line across."""

    kind: Literal["line"] = "line"


Block = Heading | Paragraph | Listing | Quote | Code | Table | Line


def blocks(text: str) -> tuple[Block, ...]:
    """The text as blocks, every word and number of it in order; as one plain paragraph where it cannot be read."""
    if text.count("\n") > MOST_PARTS or sum(map(text.count, "*_`|\\")) > MOST_PARTS:
        return as_written(text)
    for tables in (True, False):
        found = tuple(_blocks(iter(_reader(tables).parse(text))))
        shown = tuple(words(found))
        if len(shown) <= MOST_PARTS and _bare("".join(shown)) == _bare(text):
            return found
    return as_written(text)


def as_written(text: str) -> tuple[Block, ...]:
    """The text as a single paragraph without any formatting."""
    return (Paragraph((Run(text),)),) if text.strip() else ()


def words(found: Iterable[Block]) -> Iterator[str]:
    """Every piece of text in the blocks, in the order it is read, marks of items included."""
    for block in found:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield from (run.text for run in runs)
            case Listing(items=items):
                for item in items:
                    yield item.mark
                    yield from words(item.blocks)
            case Quote(blocks=inner):
                yield from words(inner)
            case Code(text=code, language=language):
                yield from (language, code)
            case Table(head=head, rows=rows):
                yield from (run.text for row in (head, *rows) for cell in row for run in cell)


def _bare(text: str) -> str:
    """The text without spaces and without signs of formatting."""
    return "".join(c for c in text.replace("\0", "\ufffd") if not c.isspace() and c not in _MARKS)


@cache
def _reader(tables: bool) -> MarkdownIt:
    """What reads Markdown: rules that keep words only, none that makes a link, an image or HTML."""
    made = MarkdownIt("zero", {"maxNesting": DEEPEST, "html": False, "linkify": False, "typographer": False})
    made.core.ruler.enableOnly(_RULES["core"])
    made.block.ruler.enableOnly([rule for rule in _RULES["block"] if tables or rule != "table"])
    made.inline.ruler.enableOnly(_RULES["inline"])
    made.inline.ruler2.enableOnly(_RULES["inline2"])
    made.block.ruler.at("blockquote", _quotation, {"alt": _QUOTE_ENDS})
    made.inline.ruler.at("emphasis", _emphasis)
    return made


def _quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A quotation, unless what follows the sign is a number: '> 5 nights' says 'more than'."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return not _LESS_THAN.match(line) and blockquote(state, start, end, silent)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Emphasis, unless its sign stands inside a word or between two numbers: '2*50 mg' is a dose."""
    sign, start = state.src[state.pos], state.pos
    if sign not in "*_" or silent:
        return False
    end = start
    while end < state.posMax and state.src[end] == sign:
        end += 1
    if start > 0 and end < state.posMax and state.src[start - 1].isalnum() and state.src[end].isalnum():
        state.pending += state.src[start:end]
        state.pos = end
        return True
    return emphasis.tokenize(state, silent)


_ITEM_MARKS = {"*": "•", "-": "–", "+": "+"}
_ENDS = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}


def _blocks(tokens: Iterator[Token], end: str = "") -> Iterator[Block]:
    """The blocks up to that closing token; an iterator of tokens is read once, front to back."""
    for token in tokens:
        if token.type == end:
            return
        if token.type == "heading_open":
            yield Heading(int(token.tag[1:]), _runs(next(tokens)))
        elif token.type == "paragraph_open":
            yield Paragraph(_runs(next(tokens)))
        elif token.type in _ENDS:
            yield Listing(token.type.startswith("ordered"), tuple(_items(tokens, _ENDS[token.type])))
        elif token.type == "blockquote_open":
            yield Quote(tuple(_blocks(tokens, "blockquote_close")))
        elif token.type == "fence":
            yield Code(token.content.rstrip("\n"), token.info.strip())
        elif token.type == "table_open":
            yield _table(tokens)
        elif token.type == "hr":
            yield Line()


def _items(tokens: Iterator[Token], end: str) -> Iterator[Item]:
    for token in tokens:
        if token.type == end:
            return
        mark = f"{token.info}{token.markup}" if token.info else _ITEM_MARKS[token.markup]
        yield Item(mark, tuple(_blocks(tokens, "list_item_close")))


def _table(tokens: Iterator[Token]) -> Table:
    rows: list[list[Runs]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token))
    return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


_TURNS = {"strong_open": (1, 0), "strong_close": (-1, 0), "em_open": (0, 1), "em_close": (0, -1)}
_BREAKS = ("softbreak", "hardbreak")


def _runs(inline: Token) -> Runs:
    """The words of a line, those beside each other that look alike in one piece."""
    found: list[tuple[Look, list[str]]] = []
    strong = emphasised = 0
    for token in inline.children or ():
        more, leaning = _TURNS.get(token.type, (0, 0))
        strong, emphasised = strong + more, emphasised + leaning
        text = "\n" if token.type in _BREAKS else token.content
        look = "code" if token.type == "code_inline" else _look(strong, emphasised)
        if text and found and found[-1][0] == look:
            found[-1][1].append(text)
        elif text:
            found.append((look, [text]))
    return tuple(Run("".join(pieces), look) for look, pieces in found)


def _look(strong: int, emphasised: int) -> Look:
    if strong and emphasised:
        return "both"
    return "strong" if strong else "emphasis" if emphasised else "plain"
