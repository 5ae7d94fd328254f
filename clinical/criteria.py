"""What a set of answers says by the 2016 and the 2011 criteria, condition by condition; never a diagnosis.

Areas that nobody confirmed for the past week leave everything that counts them open (reference 1.6, rule 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from clinical.fibromyalgia import (
    NOT_COUNTED,
    RULES,
    Assessment,
    Edition,
    SymptomSeverity,
    Verdict,
    assess_2011,
    assess_2016,
)

State = Literal["met", "not_met", "open"]
EDITIONS: tuple[Edition, ...] = ("2016", "2011")
AREAS = "areas"
"""The name under which areas that are not confirmed are missing."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered. `areas` are those confirmed for the past week, None as long as nobody confirmed them."""

    areas: frozenset[str] | None = None
    symptoms: SymptomSeverity = field(default_factory=SymptomSeverity)
    months: float | None = None
    other_disorder: bool | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """How each condition of an edition stands; None where that edition does not ask for it."""

    scores: State
    spread: State | None
    duration: State
    other_disorder: State | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers say by one edition, and what is missing for it."""

    edition: Edition
    verdict: Verdict
    missing: tuple[str, ...]
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class Result:
    """WPI 0-19, SSS 0-12, FS 0-31 and the five regions, each None while it cannot be known; both editions' outcome.

    `uncounted`: painful areas that count in the WPI but satisfy none of the five regions.
    """

    wpi: int | None
    sss: int | None
    fs: int | None
    regions: tuple[str, ...] | None
    generalised: bool | None
    uncounted: tuple[str, ...]
    outcomes: Mapping[Edition, Outcome]


def result(answers: Answers) -> Result:
    """What those answers say. Raises ValueError for an unknown area or a negative duration."""
    painful = answers.areas or frozenset()
    found: dict[Edition, Assessment] = {
        "2016": assess_2016(painful, answers.symptoms, answers.months),
        "2011": assess_2011(painful, answers.symptoms, answers.months, answers.other_disorder),
    }
    confirmed = answers.areas is not None
    by_2016 = found["2016"]
    return Result(
        wpi=by_2016.wpi if confirmed else None,
        sss=by_2016.sss,
        fs=by_2016.fs if confirmed else None,
        regions=by_2016.regions if confirmed else None,
        generalised=by_2016.generalised if confirmed else None,
        uncounted=tuple(sorted(painful & NOT_COUNTED)),
        outcomes={edition: _outcome(edition, answers, found[edition]) for edition in EDITIONS},
    )


def _outcome(edition: Edition, answers: Answers, found: Assessment) -> Outcome:
    conditions = _conditions(edition, answers, found)
    if answers.areas is None:
        return Outcome(edition, "not_assessable", (AREAS, *found.missing), conditions)
    return Outcome(edition, found.verdict, found.missing, conditions)


def _conditions(edition: Edition, answers: Answers, found: Assessment) -> Conditions:
    """Each condition by itself: one that fails is told even while another answer is missing."""
    confirmed, rules = answers.areas is not None, RULES[edition]
    wanted, longest = max(rule.regions_from for rule in rules), max(rule.months_from for rule in rules)
    scores = any(rule.wpi_from <= found.wpi <= rule.wpi_to and (found.sss or 0) >= rule.sss_from for rule in rules)
    excluding = any(rule.other_disorder_excludes for rule in rules)
    other = answers.other_disorder
    return Conditions(
        scores=_state(scores, known=confirmed and found.sss is not None),
        spread=_state(len(found.regions) >= wanted, known=confirmed) if wanted else None,
        duration=_state((answers.months or 0) >= longest, known=answers.months is not None),
        other_disorder=_state(not other, known=other is not None) if excluding else None,
    )


def _state(met: bool, *, known: bool) -> State:
    return "open" if not known else "met" if met else "not_met"
