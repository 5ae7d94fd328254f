"""What was tried, when, and what it did: treatments that help, do nothing or harm, with the planted effect."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from data_access.demo.medicines import AS_NEEDED, COMMON_AS_NEEDED, OF_NAMED_CASES, REGULAR
from data_access.demo.traits import PatientPlan

Levels = NDArray[np.float64]

INTERVENTIONS = {
    "pacing": "Pacing plan",
    "walking": "Walking group",
    "hydrotherapy": "Warm-water exercise",
    "cbt": "Cognitive behavioural therapy",
    "exercise_aerobic": "Supervised exercise class",
    "sleep_cbti": "Sleep programme",
    "pmp": "Pain management programme",
    "acupuncture": "Acupuncture course",
    "mindfulness": "Mindfulness course",
    "tai_chi": "Tai chi group",
}
"""Codes of reference 9.6 with the label an event carries."""


ONE_MEDICINE = ("improved", "stopped", "short", "one_entry", "none", "overdue")
"""Named cases that stand in the caseload for another reason than their medicines."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment as it was planted. `effect`: points of pain once it works fully, 0 for one that does nothing."""

    name: str  # medicine, or intervention code
    is_medicine: bool
    as_needed: bool
    start: date
    end: date | None
    effect: float
    onset_days: int
    step: int  # which of the product's usual doses
    reason_stopped: str = ""

    @property
    def label(self) -> str:
        """What a chart or an event calls it."""
        return self.name if self.is_medicine else INTERVENTIONS[self.name]


def draw_treatments(plan: PatientPlan) -> tuple[Treatment, ...]:
    """Everything this person takes or took part in, oldest first."""
    random = plan.random("treatments")
    scripted = tuple(_scripted(plan, *script) for script in plan.pain.scripted.treatments)
    drawn = [*_before_the_diary(plan, random), *_during_the_diary(plan, random), *_as_needed(plan, random)]
    if plan.case in ONE_MEDICINE:
        drawn = _one_still_taken(drawn)
    if plan.pain.scripted.steady_level:
        drawn = [replace(treatment, effect=0.0) for treatment in drawn]
    once = {treatment.name: treatment for treatment in reversed((*scripted, *drawn))}
    return tuple(sorted(once.values(), key=lambda treatment: (treatment.start, treatment.name)))


def _one_still_taken(drawn: list[Treatment]) -> list[Treatment]:
    """Of the medicines that are still taken only the first: nothing to look at together."""
    running = [treatment for treatment in drawn if treatment.is_medicine and treatment.end is None]
    return [treatment for treatment in drawn if treatment not in running[1:]]


def _scripted(plan: PatientPlan, name: str, days_ago: int, effect: float) -> Treatment:
    as_needed = name in {product.medicine for product in AS_NEEDED}
    medicine = as_needed or name in {product.medicine for product in (*REGULAR, *OF_NAMED_CASES)}
    start = max(plan.end - timedelta(days=days_ago), plan.start - timedelta(days=30))
    return Treatment(name, medicine, as_needed, start, None, effect, 14, 0)


def _before_the_diary(plan: PatientPlan, random: np.random.Generator) -> list[Treatment]:
    """Medicines taken before the diary began: their effect is part of the usual level; some were stopped long ago."""
    found = []
    for index in random.choice(len(REGULAR), size=random.choice(4, p=(0.25, 0.4, 0.25, 0.1)), replace=False):
        product = REGULAR[index]
        start = plan.start - timedelta(days=int(random.uniform(60, 1500)))
        stopped = random.random() < 0.4
        end = start + timedelta(days=int(random.uniform(20, 58))) if stopped else None
        reason = str(random.choice(("no benefit", "drowsiness", "weight gain", "dizziness"))) if stopped else ""
        found.append(Treatment(product.medicine, True, False, start, end, 0.0, 14, _step(random, index), reason))
    return found


def _step(random: np.random.Generator, index: int) -> int:
    return int(random.choice(len(REGULAR[index].doses)))


def _during_the_diary(plan: PatientPlan, random: np.random.Generator) -> list[Treatment]:
    """New things tried while logging, about one in five months: a third help, a fifth harm, the rest change nothing."""
    most = min(int(random.poisson(plan.days / 150)), 9)
    medicines = list(random.permutation([product.medicine for product in REGULAR]))
    courses = list(random.permutation(list(INTERVENTIONS)))
    starts = np.sort(random.uniform(0.1, 0.95, most)) * plan.days
    return [
        _tried(plan, random, str((medicines if random.random() < 0.5 else courses).pop()), int(offset))
        for offset in starts
    ]


def _tried(plan: PatientPlan, random: np.random.Generator, name: str, offset: int) -> Treatment:
    outcome = random.choice(3, p=(0.35, 0.45, 0.2))
    effect = (-random.uniform(0.7, 1.8), 0.0, random.uniform(0.5, 1.3))[outcome]
    start = plan.start + timedelta(days=offset)
    medicine = name not in INTERVENTIONS
    length = random.uniform(40, 110) if not medicine or outcome else random.uniform(200, 900)
    end = start + timedelta(days=int(length))
    over = end <= plan.end
    reasons = ("" if not medicine else "no longer needed", "no benefit", "side effects")
    return Treatment(
        name=name,
        is_medicine=medicine,
        as_needed=False,
        start=start,
        end=end if over else None,
        effect=float(effect),
        onset_days=int(random.uniform(10, 28)),
        step=0,
        reason_stopped=reasons[outcome] if over and medicine else "",
    )


def _as_needed(plan: PatientPlan, random: np.random.Generator) -> list[Treatment]:
    count = int(random.choice(4, p=(0.12, 0.5, 0.3, 0.08)))
    found = []
    for index in random.choice(len(AS_NEEDED), size=count, replace=False, p=COMMON_AS_NEEDED):
        product = AS_NEEDED[index]
        start = plan.start - timedelta(days=int(random.uniform(10, 900)))
        step = int(random.choice(len(product.doses)))
        found.append(Treatment(product.medicine, True, True, start, None, 0.0, 14, step))
    return found


def effect_by_day(treatment: Treatment, start: date, days: int) -> Levels:
    """Points this treatment adds on each day: it comes in over its onset, and is gone ten days after it stopped."""
    since = np.arange(days) - (treatment.start - start).days
    working = np.clip((since + 1) / treatment.onset_days, 0.0, 1.0)
    if treatment.end is not None:
        after = np.arange(days) - (treatment.end - start).days
        working = working * np.clip(1.0 - after / 10.0, 0.0, 1.0)
    return np.asarray(working * treatment.effect, np.float64)
