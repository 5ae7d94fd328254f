"""Cells of Flareboard CSV, both ways: text that cannot start a formula, numbers, days, and the map of an entry.

A cell of text that a spreadsheet would take for a formula is written with an apostrophe before it, and so is one that
already has apostrophes before such a sign; reading takes exactly one away. So every text comes back as it was.
"""

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal

from clinical.body_map import REGION_INDEX
from data_access.records import MarkRecord

NO_PAIN = "none"
"""Cell of a map that was filled in without any mark; an empty cell means no map."""
DETAIL_UNKNOWN = "detail_unknown"
"""Last part of a map whose marks came from broader areas than our regions."""

Depth = Literal["", "surface", "deep"]

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?[0-9]{1,20},[0-9]{1,30}")
_WHOLE = re.compile(r"[0-9]{1,4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CellRefused(ValueError):
    """A cell that cannot be read; the message is the reason, the column is named by whoever reads the row."""


def written_text(text: str) -> str:
    """The text as a cell that is harmless in a spreadsheet."""
    return f"'{text}" if _FORMULA.match(text) else text


def read_text(cell: str) -> str:
    """The text of a cell, its guarding apostrophe taken away."""
    return cell[1:] if _ESCAPED.match(cell) else cell


def written_number(value: float | None) -> str:
    """The shortest text that reads back as the same number; '' for none."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def read_number(cell: str) -> float | None:
    """The number in a cell, None for an empty one."""
    text = cell.strip()
    if not text:
        return None
    if _COMMA.fullmatch(text):
        raise CellRefused("has a decimal comma; write a point, like 2.5")
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise CellRefused("is not a number")
    return float(text) + 0.0  # -0.0 would be written differently than it was read


def written_day(day: date | None) -> str:
    """The day as YYYY-MM-DD, '' for undated."""
    return day.isoformat() if day else ""


def read_day(cell: str) -> date | None:
    """The day in a cell, None for an empty one."""
    text = cell.strip()
    if not text:
        return None
    if not _DAY.fullmatch(text):
        raise CellRefused("is not a date like 2026-03-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellRefused("is not a day of the calendar") from None


def written_instant(instant: datetime) -> str:
    """The instant as YYYY-MM-DDTHH:MM:SS[.ffffff]Z."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def read_instant(cell: str) -> datetime:
    """The instant in a cell; it says its zone."""
    try:
        found = datetime.fromisoformat(cell.strip())
        if found.tzinfo is None:
            raise CellRefused("does not say its zone, like 2026-03-31T08:15:00Z")
        return found.astimezone(UTC)
    except CellRefused:
        raise
    except (ValueError, OverflowError):
        raise CellRefused("is not a moment like 2026-03-31T08:15:00Z") from None


def written_flag(flag: bool | None) -> str:
    """1, 0, or '' for not answered."""
    return "" if flag is None else str(int(flag))


def read_flag(cell: str) -> bool | None:
    """Yes or no in a cell, None for an empty one."""
    text = cell.strip()
    if text not in ("", "0", "1"):
        raise CellRefused("is neither 1 nor 0")
    return None if text == "" else text == "1"


def read_codes(cell: str) -> tuple[str, ...]:
    """The codes joined by |, in their order."""
    text = read_text(cell)
    return tuple(code.strip() for code in text.split("|")) if text.strip() else ()


def written_marks(marks: Sequence[MarkRecord] | None, *, detail_unknown: bool = False) -> str:
    """A map as `id:intensity[:quality|quality][:depth]` joined by `;`, in the order of the vocabulary."""
    if marks is None:
        return ""
    ordered = sorted(marks, key=lambda mark: REGION_INDEX[mark.region_id])
    parts = [_written_mark(mark) for mark in ordered] or [NO_PAIN]
    return ";".join([*parts, DETAIL_UNKNOWN] if detail_unknown else parts)


def _written_mark(mark: MarkRecord) -> str:
    parts = [mark.region_id, written_number(mark.intensity), "|".join(mark.qualities), mark.depth]
    while len(parts) > 2 and not parts[-1]:
        parts.pop()
    return ":".join(parts)


def read_marks(cell: str) -> tuple[tuple[MarkRecord, ...] | None, bool]:
    """The marks of a map (None: no map) and whether their detail is unknown."""
    parts = [part.strip() for part in cell.split(";")]
    detail_unknown = parts[-1] == DETAIL_UNKNOWN
    if detail_unknown:
        parts.pop()
    if parts == [""]:
        return None, detail_unknown
    if parts == [NO_PAIN]:
        return (), detail_unknown
    return tuple(_read_mark(part) for part in parts if part), detail_unknown


def _read_mark(part: str) -> MarkRecord:
    region_id, *rest = part.split(":")
    if region_id not in REGION_INDEX:
        raise CellRefused("names an unknown region")
    if not 1 <= len(rest) <= 3:
        raise CellRefused("is not written as id:intensity[:quality|quality][:depth]")
    intensity, qualities, depth = (*rest, "", "")[:3]
    if intensity and not _WHOLE.fullmatch(intensity):
        raise CellRefused("holds an intensity that is not a whole number from 0 to 10")
    return MarkRecord(
        region_id,
        int(intensity) if intensity else None,
        tuple(qualities.split("|")) if qualities else (),
        _depth(depth),
    )


def _depth(text: str) -> Depth:
    match text:
        case "" | "surface" | "deep":
            return text
    raise CellRefused("holds an unknown depth")
