"""Text as a Word document can hold it: XML takes no control characters, and a reader no signs that turn letters."""

import unicodedata

_LEFT_OUT = {"Cc", "Cf", "Cs", "Cn"}
_JOINERS = "\u200c\u200d"
"""Signs between letters that some scripts and emoji are written with."""


def clean(text: str) -> str:
    """The text on one line, without control characters, direction marks and what no file can hold."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(c for c in composed if c in _JOINERS or unicodedata.category(c) not in _LEFT_OUT)
