"""Daily amounts of what was taken: paracetamol in any 24 hours, MME a day, milligrams of a substance a day."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clinical.medication.amounts import NO_DOSE, scale
from clinical.medication.doses import DailySeries
from clinical.medication.drugs import Part
from clinical.medication.limits import whole
from clinical.medication.log import Flags, Floats, Ints, Kind, Log
from clinical.medication.mme import opioid_scale, opioids

_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit of a way of writing a dose adds (None: not known), with what is missing ('' when nothing)."""

    per_unit: float | None
    why: str = ""
    patch: bool = False
    one_only: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """The doses of something, in the order of the log: `row` their places, `value` each (0 when not known).

    `sure` false where the dose cannot be counted, or not wholly; `patch` true where it works for days.
    """

    row: Ints
    value: Floats
    sure: Flags
    patch: Flags


Sharing = Callable[[Kind], Share | None]


def amounts(log: Log, of: Sharing) -> Amounts:
    """The doses of which `of` says what their unit holds (None: it is not about them)."""
    shares = [of(kind) for kind in log.kinds]
    row = log.rows([share is not None for share in shares])
    filled = [share or Share(0.0) for share in shares] or [Share(0.0)]
    per_unit = np.array([np.nan if share.per_unit is None else share.per_unit for share in filled])[log.kind[row]]
    whole_ = np.array([not share.why for share in filled])[log.kind[row]]
    one_only = np.array([share.one_only for share in filled])[log.kind[row]]
    dose = log.dose[row]
    value: Floats = np.where(one_only & (dose != 1), np.nan, per_unit * dose).astype(np.float64)
    known = np.isfinite(value)
    patch = np.array([share.patch for share in filled])[log.kind[row]]
    return Amounts(row, _rounded(np.where(known, value, 0.0)), known & whole_, patch)


def _rounded(value: Floats) -> Floats:
    return np.round(value, 4)


def missing(log: Log, of: Sharing) -> tuple[tuple[str, str], ...]:
    """Of the doses of the last 28 days, the medicines that cannot be counted, or not wholly, and why."""
    recent = log.day >= log.since(whole("window_days"))
    found: dict[tuple[str, str], None] = {}
    for number in np.unique(log.kind[recent]).tolist():
        share = of(log.kinds[number])
        if share is None:
            continue
        if share.why:
            found[log.kinds[number].medicine, share.why] = None
        elif np.isnan(log.dose[recent & (log.kind == number)]).any():
            found[log.kinds[number].medicine, NO_DOSE] = None
        elif share.one_only and (log.dose[recent & (log.kind == number)] != 1).any():
            found[log.kinds[number].medicine, "how many patches are worn at once is not clear"] = None
    return tuple(found)


def held(drug_class: str) -> Sharing:
    """Milligrams of the substance of that class in each dose."""

    def share(kind: Kind) -> Share | None:
        part = kind.drug.part(drug_class) if kind.drug is not None else None
        return None if kind.drug is None or part is None else _scaled(kind, part)

    return share


def _scaled(kind: Kind, part: Part) -> Share:
    if kind.drug is None:
        return Share(None, "")
    found = scale(kind.drug, part, kind.unit)
    return Share(found.per_unit, found.why)


def mme_of(kind: Kind) -> Share | None:
    """MME of each dose, of a patch MME a day."""
    if kind.drug is None or not kind.drug.of("opioid"):
        return None
    found = [opioid_scale(kind.drug, part, kind.unit, kind.route) for part in opioids(kind.drug)]
    why = next((why for _, why in found if why), "")
    scaled = [factor for factor, _ in found if factor is not None]
    if not scaled:
        return Share(None, why)
    patch = any(factor.unit == "ug/h" for factor in scaled)
    return Share(sum(factor.mme for factor in scaled), why, patch, any(factor.one_only for factor in scaled))


def by_day(log: Log, found: Amounts, unit: str) -> DailySeries:
    """The sum of each day on which any of it was logged; patches count on the days they are worn."""
    single = ~found.patch
    days = np.unique(np.concatenate((log.day[found.row[single]], _worn_days(log, found))))
    value, sure, timed = _sums(log, found, single, days)
    for day, worn in _worn(log, found).items():
        at = int(np.searchsorted(days, day))
        value[at] += worn
    return _series(days, np.round(value, 3), sure, timed, unit)


def in_24_hours(log: Log, found: Amounts, unit: str) -> DailySeries:
    """The most of it in any 24 hours that end on the day, and at least the sum of the calendar day.

    Doses without a time of day are in the calendar day's sum only. Two doses 24 hours apart are not in one 24 hours.
    """
    days = np.unique(log.day[found.row])
    value, sure, timed = _sums(log, found, np.ones(len(found.row), np.bool_), days)
    known = log.minute[found.row] >= 0
    at = log.day[found.row][known] * _MINUTES + log.minute[found.row][known]
    running = np.concatenate(([0.0], np.cumsum(found.value[known])))
    begins = np.searchsorted(at, at - _MINUTES, side="right")
    rolling = np.round(running[1:] - running[begins], 4)
    np.maximum.at(value, np.searchsorted(days, at // _MINUTES), rolling)
    # The 24 hours may begin the day before: what is not known of it is not known of them.
    before = np.isin(days - 1, days[~sure])
    return _series(days, np.round(value, 3), sure & ~before, timed, unit)


def _sums(log: Log, found: Amounts, chosen: Flags, days: Ints) -> tuple[Floats, Flags, Flags]:
    """The sum of the chosen doses a day, whether all doses of the day are sure, and whether all have a time."""
    place = np.searchsorted(days, log.day[found.row])
    value = np.bincount(place[chosen], found.value[chosen], len(days)).astype(np.float64)
    unsure = np.bincount(place[~found.sure], minlength=len(days)) > 0
    untimed = np.bincount(place[log.minute[found.row] < 0], minlength=len(days)) > 0
    return value, ~unsure, ~untimed


def _worn_days(log: Log, found: Amounts) -> Ints:
    """Days on which a patch is put on or still works, up to `as_of`."""
    on = np.unique(log.day[found.row[found.patch]])
    worn = np.unique((on[:, None] + np.arange(whole("patch_hours_days"))[None, :]).reshape(-1))
    last = int(np.searchsorted(worn, log.since(1), side="right"))
    return worn[:last]


def _worn(log: Log, found: Amounts) -> dict[int, float]:
    """MME of the patches worn each day: of each medicine the most that was put on on one of the three days.

    The same patch logged twice on a day is one patch; two of different strength are two.
    """
    put_on: dict[tuple[str, int], set[float]] = {}
    places = np.flatnonzero(found.patch)
    for place, row in zip(places.tolist(), found.row[places].tolist(), strict=True):
        key = (log.kinds[log.kind[row]].medicine.casefold(), int(log.day[row]))
        put_on.setdefault(key, set()).add(float(found.value[place]))
    worn: dict[tuple[str, int], float] = {}
    for (medicine, day), rates in put_on.items():
        for later in range(day, min(day + whole("patch_hours_days"), log.since(1) + 1)):
            worn[medicine, later] = max(worn.get((medicine, later), 0.0), sum(rates))
    total: dict[int, float] = {}
    for (_, day), rate in worn.items():
        total[day] = total.get(day, 0.0) + rate
    return total


def _series(days: Ints, value: Floats, sure: Flags, timed: Flags, unit: str) -> DailySeries:
    return DailySeries(days.astype("datetime64[D]"), value, sure, timed, unit)
