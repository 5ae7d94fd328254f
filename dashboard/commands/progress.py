"""How far a long import is, on the terminal of whoever waits for it; nothing where nobody looks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from dashboard.services.imports import Progress

_WIDTH = 78
_CLEARED = f"\r{' ' * _WIDTH}\r"


@contextmanager
def shown(out: TextIO | None = None) -> Iterator[Callable[[Progress], None] | None]:
    """What draws one line that changes on a terminal, gone when the block ends; None where there is no terminal."""
    out = out or sys.stderr
    if not out.isatty():
        yield None
        return
    drawn = ""

    def tell(at: Progress) -> None:
        nonlocal drawn
        line = in_words(at)
        if line != drawn:
            out.write(f"{_CLEARED}{line}")
            out.flush()
            drawn = line

    try:
        yield tell
    finally:
        out.write(_CLEARED)
        out.flush()


def in_words(at: Progress) -> str:
    """'2 of 3, export.zip: 42 % read', cut to one line and without control characters from outside."""
    far = f"{at.read:.0%} read".replace("%", " %") if at.read is not None else f"{at.people} patients"
    line = f"{at.file} of {at.files}, {at.name[-40:]}: {far}"
    return "".join(character if character.isprintable() else " " for character in line)[:_WIDTH]
