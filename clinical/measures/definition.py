"""What a questionnaire is: its scale, parts, bands and published important differences, each with source and mark."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from clinical.change import Benchmark
from clinical.rounding import displayed

HigherIs = Literal["worse", "better"]
Ship = Literal["yes", "caution", "no"]
Entry = Literal["score", "raw or T", "T", "raw", "none"]
"""What a total typed in may be; 'none' where there is no total (an EQ-5D profile)."""


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
class Sourced:
    """A statement with where it is written and how far that was checked (V, V2, K or P)."""

    text: str
    source: str
    evidence: str

    @property
    def cited(self) -> str:
        """The source with its mark: 'Reference 4 [V]'."""
        return f"{self.source} [{self.evidence}]"


class Band(NamedTuple):
    """One band: the lowest score in it and its name."""

    low: float
    name: str


@dataclass(frozen=True, slots=True)
class BandSet:
    """The bands of one source, lowest first. `of` names the part they are of, '' for the score itself.

    `used` says whether they are the ones shown; `note` what a reader must know of them ('none official').
    """

    name: str
    of: str
    bands: tuple[Band, ...]
    used: bool
    places: int
    note: str
    source: str
    evidence: str

    def band(self, score: float, shown_places: int) -> str:
        """The band of a score: rounded to what is shown, then to the numbers the bands are written in."""
        value = displayed(displayed(score, shown_places), self.places)
        return next((band.name for band in reversed(self.bands) if value >= band.low), "")

    @property
    def cited(self) -> str:
        """The source with its mark."""
        return f"{self.source} [{self.evidence}]"


@dataclass(frozen=True, slots=True)
class Difference:
    """A published important difference: `points` up to `points_to` (equal unless a range), or `percent` alone.

    `decides` is true for the one that judges here; `of` names another form or scale that it was found for, and then it
    is shown and never judges. It holds for a score before of `before_from` or more and `before_to` or less.
    """

    points: float | None
    points_to: float | None
    percent: float | None
    decides: bool
    of: str
    before_from: float | None
    before_to: float | None
    text: str
    source: str
    evidence: str

    def holds_for(self, before: float) -> bool:
        """Whether it speaks of a change from that score."""
        from_low = self.before_from is None or before >= self.before_from
        return from_low and (self.before_to is None or before <= self.before_to)

    @property
    def cited(self) -> str:
        """'5 points, conventional: Reference 4 [V2]'."""
        return f"{self.text}: {self.source} [{self.evidence}]"


@dataclass(frozen=True, slots=True)
class Part:
    """Items that belong together: their places in the questionnaire (from 1), the range and step of an answer.

    `reversed_places` are scored low + high - answer. Some parts are a subscale with a name of its own.
    """

    name: str
    places: tuple[int, ...]
    answer: Range
    step: float
    reversed_places: frozenset[int]
    source: str
    evidence: str

    def allows(self, value: float) -> bool:
        """Whether that can be an answer: in the range and on a step."""
        return self.answer.holds(value) and (value - self.answer.low) % self.step == 0

    @property
    def allowed(self) -> str:
        """What an answer may be, in words: 'a whole number from 0 to 3', '0 or 2'."""
        if self.answer.low + self.step == self.answer.high:
            return f"{self.answer.low:g} or {self.answer.high:g}"
        return f"a whole number from {self.answer}"


_RULES = {
    "sum": "sum of {count} items",
    "mean": "mean of {count} items",
    "fiqr": "sum of 9 function items / 3, of 2 overall items / 1 and of 10 symptom items / 2",
    "profile": "five levels as five digits, no total",
    "given": "as it was given",
}
"""The scoring rules in words."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire. `score` is the range of its score (None: it has no total), `t_score` of its T score.

    `t_range` says where the range of the T score comes from; '' without one.

    `places` are the decimals shown; `recall` the time asked about ('' when the reference does not say); `fewest` the
    answers that a score needs; `safety_item` the place of an item that opens a safety task when above 0 (0: none).
    """

    code: str
    name: str
    domain: str
    score: Range | None
    t_score: Range | None
    t_range: Sourced
    places: int
    higher_is: HigherIs
    recall: Sourced
    scoring: str
    fewest: int
    missing_rule: Sourced
    ship: Ship
    ship_note: Sourced
    loinc: tuple[str, ...]
    caveat: Sourced
    entry: Entry
    safety_item: int
    also_called: tuple[str, ...]
    parts: tuple[Part, ...]
    band_sets: tuple[BandSet, ...]
    differences: tuple[Difference, ...]
    source: str
    evidence: str

    @property
    def low(self) -> float:
        """The lowest score. Raises ValueError where there is no total."""
        return self._range().low

    @property
    def high(self) -> float:
        """The highest score. Raises ValueError where there is no total."""
        return self._range().high

    def _range(self) -> Range:
        if self.score is None:
            raise ValueError(f"{self.code} has no total")
        return self.score

    @property
    def cited(self) -> str:
        """Where range and scoring are written, with the mark."""
        return f"{self.source} [{self.evidence}]"

    @property
    def item_count(self) -> int:
        """How many items it has; 0 where they are not scored here."""
        return max((place for part in self.parts for place in part.places), default=0)

    @property
    def scored_how(self) -> str:
        """The scoring rule in words: 'sum of 10 items, items 4, 5, 7 and 8 turned round first'."""
        said = "one value" if self.item_count == 1 else _RULES[self.scoring].format(count=self.item_count)
        turned = sorted(place for part in self.parts for place in part.reversed_places)
        if not turned:
            return said
        return f"{said}, items {', '.join(map(str, turned[:-1]))} and {turned[-1]} turned round first"

    def part_of(self, place: int) -> Part | None:
        """The part the item at that place (from 1) belongs to."""
        return next((part for part in self.parts if place in part.places), None)

    @property
    def band_set(self) -> BandSet | None:
        """The bands that are shown for the score; None where none are."""
        return next((each for each in self.band_sets if each.used and not each.of), None)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands that are shown for the score, lowest first."""
        return self.band_set.bands if self.band_set else ()

    @property
    def bands_source(self) -> str:
        """Where those bands come from, with the mark; '' without any."""
        return self.band_set.cited if self.band_set else ""

    def band(self, score: float | None) -> str:
        """The band of a score (of a T score where bands are of T); '' for none."""
        return "" if score is None or self.band_set is None else self.band_set.band(score, self.places)

    @property
    def deciding(self) -> tuple[Difference, ...]:
        """The important differences that judge a change here; several only where the score before chooses."""
        return tuple(each for each in self.differences if each.decides)

    @property
    def disagree(self) -> bool:
        """Whether sources give more than one figure, so that the one used is our choice."""
        return len([each for each in self.differences if not each.of and not each.decides]) > 0

    @property
    def benchmark(self) -> Benchmark:
        """The important difference in points as a benchmark of `clinical.change`; no points where none is settled."""
        points = self.deciding[0].points_to if self.deciding else None
        return Benchmark(points, None, min_days=1, min_baseline=0, rule=self.difference_rule, places=self.places)

    @property
    def difference_rule(self) -> str:
        """Every published important difference with its mark, the one that judges here first and named."""
        ordered = sorted(self.differences, key=lambda each: not each.decides)
        said = [each.cited for each in ordered]
        if self.deciding and self.disagree:
            said[0] = f"{said[0]} (sources disagree: our choice [P])"
        return "; ".join(said) or "no agreed important difference found [P]"
