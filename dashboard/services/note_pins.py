"""What a note about one patient can be pinned to besides days: the goals of the plan and the episodes of the diary."""

from dataclasses import dataclass

from clinical.flares import Flare
from clinical.plan import Goal
from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import history, work
from dashboard.services.notes import NO_PINS, Pins
from data_access import patients

MOST_EPISODES = 60
"""The latest episodes of a long diary; an older one is pinned by its days."""


@dataclass(frozen=True, slots=True)
class Pinnable:
    """Goals in the order they were made, active ones and the one pinned already; episodes, the latest first."""

    goals: tuple[Goal, ...]
    episodes: tuple[Flare, ...]


NOTHING = Pinnable((), ())


def pinnable(viewer: Viewer, patient_id: int, pinned: Pins = NO_PINS) -> Pinnable:
    """What a note of that patient can be pinned to, what it is pinned to included. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, patient_id, action="view care plan") as conn:
        head = patients.head(conn, patient_id)
        if head is None:  # which `reading` has refused already
            raise NotPermitted(Permission.VIEW_PATIENT.value)
        record = history.load(conn, head)
    latest = sorted(record.flares, key=lambda flare: flare.start, reverse=True)
    return Pinnable(
        tuple(goal for goal in record.plan.goals if goal.status == "active" or goal.goal_id == pinned.goal),
        tuple(f for place, f in enumerate(latest) if place < MOST_EPISODES or f.start == pinned.flare),
    )
