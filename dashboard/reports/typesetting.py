"""Pages set by Typst: data in, PDF or pictures out. Data travel as JSON values and are never part of the markup.

The compiler is kept warm (fonts read once, unchanged parts remembered): about 30 ms a page.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import typst

_FOLDER = Path(str(files("dashboard.reports")))
_lock = Lock()  # one compiler, many threads


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(_FOLDER / "fonts")])
    # System fonts stay out: the same data give the same page on every machine.
    return typst.Compiler(str(_FOLDER / "one_page.typ"), root=str(_FOLDER), font_paths=fonts, ignore_system_fonts=True)


def pdf(template: str, data: Mapping[str, Any], *, now: datetime) -> bytes:
    """The tagged PDF (PDF/UA-1) of a template in this folder, filled with the data."""
    with _lock:
        made = _compiler().compile(
            str(_FOLDER / template),
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int(now.timestamp()),
        )
    return _single(made)


def drawing(template: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """The same pages as SVG, one each; text is drawn as outlines, so nothing in it can be run or fetched."""
    with _lock:
        made = _compiler().compile(str(_FOLDER / template), sys_inputs={"data": json.dumps(data)}, format="svg")
    return tuple(page.decode() for page in (made if isinstance(made, list) else [_single(made)]))


def can_set(text: str) -> bool:
    """Whether the fonts hold every character of the text."""
    try:
        pdf("plain.typ", {"text": text}, now=datetime.fromtimestamp(0).astimezone())
    except typst.TypstError as error:
        if "could not be displayed" in str(error) or "disallowed codepoint" in str(error):
            return False
        raise
    return True


def _single(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("the compiler gave no single document")
    return made
