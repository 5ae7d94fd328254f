"""The part of a long note that is shown first: its beginning, or what stands around the first word searched for."""

from collections.abc import Sequence
from dataclasses import dataclass

from data_access.text import words

LONGEST_SHOWN = 800
"""Characters shown before the reader asks for the whole note."""
MOST_LINES = 12
"""Lines shown before, however short they are."""
_LINES_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a text; `before` and `after` say where something is left out."""

    text: str
    before: bool
    after: bool

    @property
    def whole(self) -> bool:
        return not (self.before or self.after)


def excerpt(text: str, terms: Sequence[str]) -> Excerpt:
    """Part of that text, cut between lines or words; all of it where it is short."""
    whole = _beginning(text)
    if whole == text:
        return Excerpt(text, before=False, after=False)
    start = _first_hit(text, terms, len(whole))
    part = _beginning(text[start:])
    return Excerpt(part, before=start > 0, after=start + len(part) < len(text))


def _beginning(text: str) -> str:
    """The first lines, at most `LONGEST_SHOWN` characters; without its last word where a line is longer than that."""
    lines = text.split("\n", MOST_LINES)
    part = "\n".join(lines[:MOST_LINES])[: LONGEST_SHOWN + 1]
    if len(part) <= LONGEST_SHOWN:
        return part
    for end in ("\n", " "):
        kept, found, _ = part.rpartition(end)
        if found and len(kept) > LONGEST_SHOWN // 2:
            return kept
    return part[:LONGEST_SHOWN]


def _first_hit(text: str, terms: Sequence[str], seen: int) -> int:
    """Where to begin so that the first line that holds a term is seen; 0 where its first `seen` characters hold it."""
    starts, at = [0], 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if _holds(line, terms):
            return starts[max(len(starts) - 1 - _LINES_BEFORE, 0)] if at > seen else 0
        starts.append(at)
    return 0


def _holds(line: str, terms: Sequence[str]) -> bool:
    """Whether a word of the line begins with one of the folded terms, as the search finds it."""
    plain = f" {words(line)}"
    return any(f" {term}" in plain for term in terms)
