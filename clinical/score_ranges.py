"""What the score and the answers of a questionnaire can be, read from `definitions/instruments.csv`.

A questionnaire that does not stand there has no known range, so nothing about it is refused.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from clinical.instruments import instrument_code

_ENDINGS = ("totalscore", "total", "score")


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether the value lies inside."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The ranges of one questionnaire's score; `t_score` where it is also given as T, `item` where all items share one.

    `source` says where the range is written, with its evidence mark.
    """

    code: str
    score: Range
    t_score: Range | None
    item: Range | None
    source: str


def score_range(instrument: str) -> ScoreRange | None:
    """The ranges of a questionnaire however its name is written ('phq9', 'PHQ-9 total score'); None if unknown."""
    return _of_name(instrument)


@lru_cache(maxsize=1024)
def _of_name(instrument: str) -> ScoreRange | None:
    plain = _plain(instrument_code(instrument))
    shorter = (plain.removesuffix(ending) for ending in _ENDINGS)
    return next((SCORE_RANGES[name] for name in (plain, *shorter) if name in SCORE_RANGES), None)


def range_problem(instrument: str, score: float | None, items: Sequence[float | None]) -> str:
    """Why that score or one of its answers cannot be, with the range; '' when all may be."""
    known = score_range(instrument)
    if known is None:
        return ""
    allowed = [known.score, *([known.t_score] if known.t_score else [])]
    if score is not None and not any(each.holds(score) for each in allowed):
        t_score = f" (as a T score: {known.t_score})" if known.t_score else ""
        return f"{known.code} is outside {known.score}{t_score}"
    for place, answer in enumerate(items, 1):
        if known.item and answer is not None and not known.item.holds(answer):
            return f"item {place} of {known.code} is outside {known.item}"
    return ""


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _load() -> dict[str, ScoreRange]:
    text = files("clinical.definitions").joinpath("instruments.csv").read_text("utf-8")
    found: dict[str, ScoreRange] = {}
    for row in csv.DictReader(text.splitlines()):
        made = _from_row(row)
        found |= {_plain(name): made for name in (made.code, *filter(None, row["also_called"].split("|")))}
    return found


def _from_row(row: dict[str, str]) -> ScoreRange:
    def between(low: str, high: str) -> Range | None:
        return Range(float(row[low]), float(row[high])) if row[low] else None

    return ScoreRange(
        code=row["code"],
        score=Range(float(row["low"]), float(row["high"])),
        t_score=between("t_low", "t_high"),
        item=between("item_low", "item_high"),
        source=f"{row['range_source']} [{row['range_evidence']}]",
    )


SCORE_RANGES: dict[str, ScoreRange] = _load()
"""By name in small letters and digits alone, other names included."""
