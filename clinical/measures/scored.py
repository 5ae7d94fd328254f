"""What scoring answers gives, and what a stored score says when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from clinical.measures.definition import BandSet, Difference


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of a set of answers, as shown; None with `why` where it cannot be worked out.

    `t_score` where a table gives one. `components` are the named parts (None: not computable). `missing` are the places
    (from 1) not answered. `profile` is the five digits of an EQ-5D-5L.
    """

    code: str
    score: float | None
    t_score: float | None = None
    components: Mapping[str, float | None] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    computable: bool = False
    why: str = ""
    profile: str = ""

    @property
    def kept(self) -> float | None:
        """What is kept and shown as the score: the T score where there is one."""
        return self.score if self.t_score is None else self.t_score


Kind = Literal["score", "T score", "raw sum", "raw sum or T score", "profile", "no total"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one stored score says. `value` is the number to show and to draw, rounded; a T score where one is known.

    `band` is '' where no band is shown for it, and `why` says so; `caveat` is what must stand beside it; `profile` is
    the five digits of an EQ-5D-5L.
    """

    value: float | None
    kind: Kind
    band: str
    band_set: BandSet | None
    why: str
    caveat: str
    profile: str = ""


Important = Literal["yes", "no", "not settled"]
Direction = Literal["better", "worse", "unchanged"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A score against the one before: the difference of the two as shown, and whether it is important.

    `direction` takes into account which way is better; None values where there is nothing to compare, with `why`. `by`
    is the published difference that judged, `others` the other figures of this form with what each would say.
    """

    difference: float | None
    percent: float | None
    direction: Direction | None
    important: Important | None
    by: Difference | None
    others: tuple[tuple[Difference, Important], ...]
    rule: str
    why: str = ""
