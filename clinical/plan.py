"""The care plan: formulation, goals, interventions and actions, each with its owner, its days and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clinical.record import UNREVISED, Action, Pinned, Revised

__all__ = ["Action", "Formulation", "Goal", "Pinned", "Plan", "PlannedIntervention", "Rating", "Revised"]

Course = Literal["planned", "active", "paused", "finished", "stopped"]
CHARTS: Mapping[str, str] = {
    "pain": "Pain",
    "spread": "Regions in pain",
    "flare_days": "Flare days",
    "sleep_hours": "Sleep",
    "sleep_quality": "Sleep quality",
    "stress": "Stress",
    "mood": "Mood",
    "fatigue": "Fatigue",
    "stiffness_minutes": "Morning stiffness",
    "interference": "Interference",
    "activity": "Activity",
    "rescue_doses": "As-needed doses",
    "region": "Pain in one region",
}
"""What an item can rest on, by code; a questionnaire is 'measure:' and its code."""


@dataclass(frozen=True, slots=True)
class Formulation:
    """How the team understands this person's pain; `matters` is what matters to them, in their words."""

    biological: str = ""
    psychological: str = ""
    social: str = ""
    protective: str = ""
    matters: str = ""
    revised: Revised = UNREVISED


@dataclass(frozen=True, slots=True)
class Goal:
    """One SMART goal [P]. `attainment` is the level it was rated with last, `baseline_attainment` that of the start."""

    title: str
    measure: str = ""
    baseline: float | None = None
    target: float | None = None
    unit: str = ""
    due: date | None = None
    status: str = "active"
    attainment: int | None = None
    why: str = ""
    confidence: int | None = None
    barriers: str = ""
    owner_user_id: int | None = None
    owner_name: str = ""
    review: date | None = None
    importance: int | None = None
    difficulty: int | None = None
    baseline_attainment: int | None = None
    made: date | None = None
    evidence: Pinned | None = None
    revised: Revised = UNREVISED
    goal_id: int = 0


@dataclass(frozen=True, slots=True)
class PlannedIntervention:
    """One intervention of the vocabulary on a plan; `amount` says how much and how often, in words."""

    code: str
    detail: str = ""
    discipline: str = ""
    owner_user_id: int | None = None
    owner_name: str = ""
    amount: str = ""
    start: date | None = None
    review: date | None = None
    end: date | None = None
    status: Course = "planned"
    why_stopped: str = ""
    response: str = ""
    goal_id: int | None = None
    made: date | None = None
    evidence: Pinned | None = None
    revised: Revised = UNREVISED
    intervention_id: int = 0


@dataclass(frozen=True, slots=True)
class Rating:
    """How far a goal was reached on a day, -2..+2, and who said so."""

    goal_id: int
    level: int
    day: date
    remark: str
    user_name: str
    rated_at: datetime
    rating_id: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything agreed about one person, in the order it was made."""

    formulation: Formulation
    goals: tuple[Goal, ...]
    interventions: tuple[PlannedIntervention, ...]
    actions: tuple[Action, ...]
    ratings: tuple[Rating, ...]


Item = Formulation | Goal | PlannedIntervention | Action
EMPTY = Plan(Formulation(), (), (), (), ())
