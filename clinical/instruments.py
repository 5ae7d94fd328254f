"""Questionnaires of emotional distress: scales, bands and published important differences, read from data."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from clinical.change import Benchmark, Change, Sample, compare
from clinical.record import Score
from clinical.rounding import displayed


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire where higher is worse; `bands` are (lowest score, name), lowest first."""

    code: str
    low: float
    high: float
    benchmark: Benchmark
    bands: tuple[tuple[float, str], ...]
    bands_source: str

    def band(self, score: float | None) -> str:
        """The band of a score, classified as displayed (a whole number); empty for no score."""
        if score is None:
            return ""
        whole = displayed(score, 0)
        return next((name for lowest, name in reversed(self.bands) if whole >= lowest), "")


def _load() -> dict[str, Instrument]:
    text = files("clinical.definitions").joinpath("instruments.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    # The others have a range only (clinical/score_ranges.py): no band or change of theirs is judged.
    return {row["code"]: _instrument(row) for row in rows if row["bands"]}


def _instrument(row: dict[str, str]) -> Instrument:
    points = float(row["important_points"]) if row["important_points"] else None
    rule = f"{row['important_source']} [{row['evidence']}]"
    return Instrument(
        code=row["code"],
        low=float(row["low"]),
        high=float(row["high"]),
        benchmark=Benchmark(points, None, min_days=1, min_baseline=0, rule=rule, places=0),
        bands=tuple((float(low), name) for low, name in (part.split(":") for part in row["bands"].split("|"))),
        bands_source=f"{row['bands_source']} [{row['bands_evidence']}]",
    )


INSTRUMENTS: dict[str, Instrument] = _load()
PREFERRED = ("PHQ-4", "PHQ-9", "GAD-7", "PHQ-2", "GAD-2")
"""Which one speaks for emotional distress when several were answered."""


def instrument_code(name: str) -> str:
    """Our code of a questionnaire however it is written ('phq9', 'PHQ-9 total score'); the name itself if unknown."""
    return _code(name)


@lru_cache(maxsize=1024)
def _code(name: str) -> str:
    found = re.search(r"\b(PHQ|GAD)[\s-]?(\d+)\b", name.upper())
    code = f"{found[1]}-{found[2]}" if found else ""
    return code if code in INSTRUMENTS else name


def score_change(now: Score, before: Score | None) -> Change:
    """The change between two scores of one of our `INSTRUMENTS`; a single score is the 'day' it rests on."""
    former = Sample(None, 0) if before is None or before.score is None else Sample(before.score, 1)
    return compare(Sample(now.score, 1 if now.score is not None else 0), former, _of(now).benchmark)


def _of(score: Score) -> Instrument:
    return INSTRUMENTS[instrument_code(score.instrument)]


def latest_item_9(measures: Sequence[Score], as_of: date) -> Score | None:
    """The latest PHQ-9 whose item 9 (thoughts of being better off dead or self-harm) was answered, up to `as_of`.

    A later total without its answers does not clear an earlier answer above 0: it does not say what item 9 was.
    """
    asked = [m for m in measures if m.day and m.day <= as_of and instrument_code(m.instrument) == "PHQ-9"]
    answered = [m for m in asked if len(m.items) >= 9 and m.items[8] is not None]
    return max(answered, key=lambda m: (m.day or date.min, m.measure_id), default=None)
