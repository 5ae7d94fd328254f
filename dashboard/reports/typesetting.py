"""Pages set by Typst: data in, PDF or pictures out. Data travel as JSON values and are never part of the markup.

The compiler is kept warm (fonts read once, unchanged parts remembered): about 30 ms a page.
"""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import pikepdf
import typst

_FOLDER = Path(str(files("dashboard.reports")))
_NO_GLYPH = ("could not be displayed", "disallowed codepoint")
_lock = Lock()  # one compiler, many threads


class CannotSet(Exception):
    """The compiler refused the page. It says no more: the compiler's own words quote the text, which is a patient's."""


class NoGlyph(CannotSet):
    """A character of the text has no glyph in the font."""


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(_FOLDER / "fonts")])
    # System fonts stay out: the same data give the same page on every machine.
    return typst.Compiler(str(_FOLDER / "one_page.typ"), root=str(_FOLDER), font_paths=fonts, ignore_system_fonts=True)


def pdf(template: str, data: Mapping[str, Any], *, now: datetime) -> bytes:
    """The tagged PDF (PDF/UA-1) of a template in this folder, filled with the data. Raises CannotSet."""
    made = _compile(template, data, "pdf", pdf_standards="ua-1", timestamp=int(now.timestamp()))
    if len(made) != 1:
        raise CannotSet
    return _compact(made[0])


def picture(template: str, data: Mapping[str, Any], *, dots_per_inch: float) -> bytes:
    """The first of the same pages as PNG: the very letters of the PDF, whatever fonts the reader has."""
    return pictures(template, data, dots_per_inch=dots_per_inch)[0]


def pictures(template: str, data: Mapping[str, Any], *, dots_per_inch: float) -> tuple[bytes, ...]:
    """Every page as PNG. Raises CannotSet."""
    return tuple(_compile(template, data, "png", ppi=dots_per_inch))


def _compile(template: str, data: Mapping[str, Any], kind: Literal["pdf", "png"], **options: Any) -> list[bytes]:
    try:
        with _lock:
            made = _compiler().compile(
                str(_FOLDER / template), sys_inputs={"data": json.dumps(data)}, format=kind, **options
            )
    except typst.TypstError as error:
        raise (NoGlyph if any(words in str(error) for words in _NO_GLYPH) else CannotSet) from None
    except BaseException as error:
        # A panic inside the compiler is no Exception and would take the whole server thread with it.
        if type(error).__name__ == "PanicException":
            raise CannotSet from None
        raise
    return list(made) if isinstance(made, list) else [made] if made is not None else []


def _compact(made: bytes) -> bytes:
    """The same PDF in about half the bytes: what the tags say is packed as well, which the compiler leaves out."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as document:
        document.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return packed.getvalue()


def can_set(text: str) -> bool:
    """Whether the font holds every character of the text."""
    try:
        pdf("plain.typ", {"text": text}, now=datetime.fromtimestamp(0, UTC))
    except CannotSet:
        return False
    return True
