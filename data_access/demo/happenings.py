"""What happened around the diary: visits, appointments, treatments started and stopped, illness, life."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data_access.demo.course import Course
from data_access.demo.medicines import product
from data_access.demo.names import StaffRole
from data_access.demo.planting import PlantedFlare
from data_access.demo.traits import PatientPlan
from data_access.demo.treatments import Treatment
from data_access.records import EventRecord

MOST_VISITS = 24
VISIT_LABEL: dict[StaffRole, str] = {
    "physician": "Pain clinic review",
    "physiotherapist": "Physiotherapy",
    "psychologist": "Psychology",
    "nurse": "Nurse telephone review",
}
_LIFE = (
    "Moved house",
    "Started a new job",
    "Bereavement",
    "Birth of a grandchild",
    "Back at work part-time",
    "Holiday",
)
_INJURIES = ("Fell on the stairs", "Twisted an ankle", "Minor car accident", "Strained the back lifting")
_INFECTIONS = ("Flu-like illness", "Chest infection", "Urinary tract infection", "Tooth abscess")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit that took place."""

    day: date
    role: StaffRole


def draw_visits(plan: PatientPlan) -> tuple[Visit, ...]:
    """The visits of one person, oldest first: about one in two months, fewer in a long diary; none on the last day."""
    random = plan.random("visits")
    roles: tuple[StaffRole, ...] = ("physician", "physiotherapist", "psychologist", "nurse")
    ago = random.uniform(6, 70) if plan.case not in ("improved", "worse", "in_flare") else random.uniform(57, 84)
    between = max(random.uniform(35, 80), plan.days / MOST_VISITS)
    found = []
    while ago < plan.days - 2:
        role = roles[random.choice(4, p=(0.45, 0.25, 0.15, 0.15))]
        found.append(Visit(_working_day(plan.end - timedelta(days=int(ago))), role))
        ago += between * random.uniform(0.6, 1.5)
    return tuple(reversed(found))


def _working_day(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))


def write_events(plan: PatientPlan, course: Course, visits: tuple[Visit, ...]) -> tuple[EventRecord, ...]:
    """The events of one person in order of day, the next appointment last."""
    random = plan.random("events")
    past = [
        *(EventRecord(visit.day, "visit", VISIT_LABEL[visit.role]) for visit in visits),
        *(event for treatment in course.treatments for event in _treatment_events(plan, treatment)),
        *(event for flare in course.flares for event in _illness(plan, flare, random)),
        *_by_chance(plan, random),
    ]
    once = {(event.day, event.kind, event.label): event for event in past}
    ordered = sorted(once.values(), key=lambda event: (event.day or plan.start, event.kind, event.label))
    return (*ordered, *_next_appointment(plan, random))


def _treatment_events(plan: PatientPlan, treatment: Treatment) -> Iterator[EventRecord]:
    name = treatment.label
    if treatment.is_medicine:
        taken = product(treatment.name)
        unit = "tablets" if taken.unit == "{tablet}" else taken.unit
        name = f"{taken.medicine.capitalize()} {taken.doses[treatment.step]:g} {unit}"
    if plan.start <= treatment.start <= plan.end:
        yield EventRecord(treatment.start, "treatment_start", name)
    if treatment.end is not None and plan.start <= treatment.end <= plan.end:
        yield EventRecord(treatment.end, "treatment_stop", name)


def _illness(plan: PatientPlan, flare: PlantedFlare, random: np.random.Generator) -> Iterator[EventRecord]:
    if flare.trigger == "infection":
        day = max(flare.start - timedelta(days=1), plan.start)
        yield EventRecord(day, "infection", str(random.choice(_INFECTIONS)))


def _by_chance(plan: PatientPlan, random: np.random.Generator) -> list[EventRecord]:
    found = []
    for kind, labels, one_in in (("life_event", _LIFE, 420), ("injury", _INJURIES, 1100)):
        for _ in range(int(random.poisson(max(plan.days - 20, 0) / one_in))):
            day = plan.start + timedelta(days=int(random.uniform(1, plan.days - 1)))
            found.append(EventRecord(day, kind, str(random.choice(labels))))
    return found


def _next_appointment(plan: PatientPlan, random: np.random.Generator) -> list[EventRecord]:
    """The one event that lies ahead, for two in three people."""
    roles: tuple[StaffRole, ...] = ("physician", "physiotherapist", "nurse")
    ahead, role = int(random.uniform(1, 60)), roles[random.choice(3, p=(0.6, 0.25, 0.15))]
    if random.random() > 0.66 and plan.case not in ("in_flare", "item_nine"):
        return []
    day = plan.end + timedelta(days=ahead)
    after_weekend = day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
    return [EventRecord(after_weekend, "appointment", VISIT_LABEL[role])]
