"""All checks of one patient's medicines at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from clinical.medication.allergies import allergies
from clinical.medication.combinations import combinations, duplicates
from clinical.medication.doses import DailySeries, DoseTable
from clinical.medication.enabling import ReliefLog, TakenWith, taken_with
from clinical.medication.facts import Facts, gather
from clinical.medication.guidelines import started
from clinical.medication.listing import OnList, counted, on_list, unclear, whose
from clinical.medication.log import day_of, read
from clinical.medication.maxima import maxima
from clinical.medication.mme import MmeResult
from clinical.medication.opioids import mme_on, mme_prescribed, opioids_taken, thresholds
from clinical.medication.overuse import AnalgesicDays, analgesic_days, not_counted
from clinical.medication.paracetamol import paracetamol
from clinical.medication.person import Person
from clinical.medication.prompts import NotChecked, Prompt, gravest_first
from clinical.medication.stops import stops
from clinical.record import Medicine


@dataclass(frozen=True, slots=True, eq=False)
class Mme:
    """Morphine milligram equivalents a day, prescribed and taken apart: they are never added up.

    `prescribed` by the list on `as_of`, at most; `taken` day by day; `latest` the last day on which an opioid was
    logged as taken, with each factor, None when there is none. `whose` says whether that list is prescribed, reported
    by the person, or both.
    """

    prescribed: MmeResult
    taken: DailySeries
    latest_day: date | None
    latest: MmeResult | None
    whose: str = "prescribed"


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """What the checks have to say of one patient's medicines on `as_of`: prompts for a clinician, gravest first.

    `paracetamol`: mg in any 24 hours, taken, day by day. `taken_with`: medicines beside other activity (empty when
    that was not handed in). `unrecognised`: names that are in no check. `not_checked`: what could not be checked.
    """

    as_of: date
    prompts: tuple[Prompt, ...]
    on_list: tuple[OnList, ...]
    mme: Mme
    paracetamol: DailySeries
    analgesic_days: tuple[AnalgesicDays, ...]
    taken_with: tuple[TakenWith, ...]
    unrecognised: tuple[str, ...]
    not_checked: tuple[NotChecked, ...]


def review(
    medicines: Sequence[Medicine], doses: DoseTable, person: Person, as_of: date, relief: ReliefLog | None = None
) -> Review:
    """Every check of the list on `as_of` and of the doses logged up to it; `person` is on record as of that day."""
    facts = gather(on_list(medicines, as_of), read(doses, medicines, as_of), person, medicines)
    taken, _ = opioids_taken(facts)
    prescribed = mme_prescribed(facts)
    paracetamol_a_day, about_paracetamol, uncounted = paracetamol(facts)
    found: list[tuple[list[Prompt], list[NotChecked]]] = [
        allergies(facts),
        (about_paracetamol, uncounted),
        thresholds(facts, taken, prescribed),
        maxima(facts),
        combinations(facts),
        started(facts),
        (list(duplicates(facts)), []),
        stops(facts),
        ([], [*not_counted(facts.log), *unclear(facts.listed)]),
    ]
    return Review(
        as_of=as_of,
        prompts=gravest_first(prompt for prompts, _ in found for prompt in prompts),
        on_list=facts.listed,
        mme=_mme(facts, taken, prescribed),
        paracetamol=paracetamol_a_day,
        analgesic_days=analgesic_days(facts.log),
        taken_with=taken_with(facts.log, relief) if relief is not None else (),
        unrecognised=_unrecognised(facts),
        not_checked=tuple(dict.fromkeys(each for _, not_checked in found for each in not_checked)),
    )


def _mme(facts: Facts, taken: DailySeries, prescribed: MmeResult) -> Mme:
    opioids = [line for line in counted(facts.listed) if line.drug is not None and line.drug.of("opioid")]
    said = whose(opioids) or "prescribed"
    if not len(taken):
        return Mme(prescribed, taken, None, None, said)
    latest = int(taken.day[-1].astype(np.int64))
    return Mme(prescribed, taken, day_of(latest), mme_on(facts, latest), said)


def _unrecognised(facts: Facts) -> tuple[str, ...]:
    """Names on the list or in the log of the last 28 days that no check knows, each once."""
    names = [line.medicine.name for line in facts.listed if line.drug is None]
    names += [kind.medicine for kind in facts.log.recent_kinds if kind.drug is None]
    return tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]
