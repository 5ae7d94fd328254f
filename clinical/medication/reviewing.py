"""All checks of one patient's medicines at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinical.medication.doses import DailySeries, DoseTable
from clinical.medication.enabling import ReliefLog, TakenWith, taken_with
from clinical.medication.listing import OnList, on_list
from clinical.medication.log import Log, read
from clinical.medication.mme import MmeResult, daily_mme
from clinical.medication.overuse import AnalgesicDays, analgesic_days
from clinical.medication.person import Person
from clinical.medication.prompts import NotChecked, Prompt, gravest_first
from clinical.medication.series import amounts, by_day, held, in_24_hours, mme_of
from clinical.record import Medicine


@dataclass(frozen=True, slots=True, eq=False)
class Mme:
    """Morphine milligram equivalents a day, prescribed and taken apart: they are never added up.

    `prescribed` by the list on `as_of`, at most; `taken` day by day; `latest` the last day on which an opioid was
    logged as taken, with each factor, None when there is none.
    """

    prescribed: MmeResult
    taken: DailySeries
    latest_day: date | None
    latest: MmeResult | None


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
    listed, log = on_list(medicines, as_of), read(doses, medicines, as_of)
    prompts: list[Prompt] = []
    not_checked: list[NotChecked] = []
    return Review(
        as_of=as_of,
        prompts=gravest_first(prompts),
        on_list=listed,
        mme=_mme(listed, log),
        paracetamol=in_24_hours(log, amounts(log, held("paracetamol")), "mg"),
        analgesic_days=analgesic_days(log),
        taken_with=taken_with(log, relief) if relief is not None else (),
        unrecognised=_unrecognised(listed, log),
        not_checked=tuple(dict.fromkeys(not_checked)),
    )


def _mme(listed: Sequence[OnList], log: Log) -> Mme:
    prescribed = daily_mme([line.daily for line in listed if line.drug is not None and line.drug.of("opioid")])
    return Mme(prescribed, by_day(log, amounts(log, mme_of), "MME"), None, None)


def _unrecognised(listed: Sequence[OnList], log: Log) -> tuple[str, ...]:
    """Names on the list or in the log of the last 28 days that no check knows, each once."""
    names = [line.medicine.name for line in listed if line.drug is None]
    names += [kind.medicine for kind in log.recent_kinds if kind.drug is None]
    return tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]
