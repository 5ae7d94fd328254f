"""Daily amounts of what was taken: paracetamol in any 24 hours, MME a day, milligrams of a substance a day."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clinical.medication.amounts import BELOW_A_PIECE, NO_DOSE, scale
from clinical.medication.doses import DailySeries
from clinical.medication.drugs import Part
from clinical.medication.limits import whole
from clinical.medication.log import Flags, Floats, Ints, Kind, Log
from clinical.medication.mme import HOW_MANY, NOT_RECOGNISED, TINY, all_worn, opioid_scale, opioids, works_for
from clinical.medication.recognising import sounds_like_an_opioid

_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit of a way of writing a dose adds (None: not known), with what is missing ('' when nothing).

    `days` after which a patch is due (0: no patch); `one_only` for patches counted by the piece; a dose below `least`
    is less than one piece.
    """

    per_unit: float | None
    why: str = ""
    days: int = 0
    one_only: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """The doses of something, in the order of the log: `row` their places, `value` each (0 when not known).

    `most` if all patches that were logged at once are worn; `sure` false where the dose cannot be counted, or not
    wholly; `days` after which a patch is due (0: no patch).
    """

    row: Ints
    value: Floats
    most: Floats
    sure: Flags
    days: Ints


Sharing = Callable[[Kind], Share | None]


def amounts(log: Log, of: Sharing) -> Amounts:
    """The doses of which `of` says what their unit holds (None: it is not about them)."""
    shares = [of(kind) for kind in log.kinds]
    row = log.rows([share is not None for share in shares])
    filled = [share or Share(0.0) for share in shares] or [Share(0.0)]
    kind, dose = log.kind[row], log.dose[row]
    per_unit = np.array([np.nan if share.per_unit is None else share.per_unit for share in filled])[kind]
    whole_ = np.array([not share.why for share in filled])[kind]
    one_only = np.array([share.one_only for share in filled])[kind]
    enough = dose >= 0.999 * np.array([share.least for share in filled])[kind]  # the log rounds
    most: Floats = np.where(enough, per_unit * dose, np.nan).astype(np.float64)
    known = np.isfinite(most)
    most = _rounded(np.where(known, most, 0.0))
    value = np.where(known & one_only, _rounded(per_unit), most)
    return Amounts(row, value, most, known & whole_, np.array([share.days for share in filled])[kind])


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
            continue
        doses = log.dose[recent & (log.kind == number)]
        if np.isnan(doses).any():
            found[log.kinds[number].medicine, NO_DOSE] = None
        if (doses < 0.999 * share.least).any():
            found[log.kinds[number].medicine, HOW_MANY if share.one_only else BELOW_A_PIECE] = None
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
    return Share(found.per_unit, found.why, least=found.least)


def mme_of(kind: Kind) -> Share | None:
    """MME of each dose, of a patch MME a day."""
    if kind.drug is None:
        return Share(None, NOT_RECOGNISED) if sounds_like_an_opioid(kind.medicine) else None
    if not kind.drug.of("opioid"):
        return None
    found = [opioid_scale(kind.drug, part, kind.unit, kind.route) for part in opioids(kind.drug)]
    why = next((why for _, why in found if why), "")
    scaled = [factor for factor, _ in found if factor is not None]
    days = works_for(kind.drug, kind.unit, kind.route)
    if not scaled:
        return Share(None, why, days)
    one_only, least = any(factor.one_only for factor in scaled), max(factor.least for factor in scaled)
    return Share(sum(factor.mme for factor in scaled), why, days, one_only, least)


def by_day(log: Log, found: Amounts, unit: str) -> DailySeries:
    """The sum of each day on which any of it was logged; patches count on the days they may be worn."""
    single = found.days == 0
    worn = _worn(log, found)
    days = np.unique(np.concatenate((log.day[found.row[single]], np.array(sorted(worn), np.int64))))
    value, sure, timed = _sums(log, found, single, days)
    most = value.copy()
    for day, patches in worn.items():
        at = int(np.searchsorted(days, day))
        value[at] += patches.least
        most[at] += patches.most
        sure[at] &= patches.clear
    return _series(days, np.round(value, 3), sure, timed, unit, np.round(most, 3))


def in_24_hours(log: Log, found: Amounts, unit: str) -> DailySeries:
    """The most of it in any 24 hours that end on the day, and at least the sum of the calendar day.

    Doses without a time of day are in the calendar day's sum only; `most` is with those of the day before as well.
    Two doses 24 hours apart are not in one 24 hours.
    """
    days = np.unique(log.day[found.row])
    value, sure, timed = _sums(log, found, np.ones(len(found.row), np.bool_), days)
    known = log.minute[found.row] >= 0
    at = log.day[found.row][known] * _MINUTES + log.minute[found.row][known]
    running = np.concatenate(([0.0], np.cumsum(found.value[known])))
    begins = np.searchsorted(at, at - _MINUTES, side="right")
    rolling = np.zeros(len(days))
    np.maximum.at(rolling, np.searchsorted(days, at // _MINUTES), np.round(running[1:] - running[begins], 4))
    most: Floats = np.maximum(np.maximum(value, rolling), _with_untimed(log, found, days, rolling))
    # The 24 hours may begin the day before: what is not known of it is not known of them.
    sure &= ~np.isin(days - 1, days[~sure])
    timed &= ~np.isin(days - 1, days[~timed])
    value = np.maximum(value, rolling)
    return _series(days, np.round(value, 3), sure, timed, unit, np.round(most, 3))


def _with_untimed(log: Log, found: Amounts, days: Ints, rolling: Floats) -> Floats:
    """The most that any 24 hours ending on the day can hold when doses without a time fall into them."""
    known = log.minute[found.row] >= 0
    untimed, without = _sums(log, found, ~known, days)[0], np.isin(days, log.day[found.row][~known])
    timed = _sums(log, found, known, days)[0]
    before = np.searchsorted(days, days - 1)
    follows = np.isin(days - 1, days)
    ending_early = np.where(follows, timed[before], 0.0)
    return (
        np.where(without, np.maximum(rolling, ending_early), rolling)
        + untimed
        + np.where(follows, untimed[before], 0.0)
    )


def _sums(log: Log, found: Amounts, chosen: Flags, days: Ints) -> tuple[Floats, Flags, Flags]:
    """The sum of the chosen doses a day, whether all doses of the day are sure, and whether all have a time."""
    place = np.searchsorted(days, log.day[found.row])
    value = np.bincount(place[chosen], found.value[chosen], len(days)).astype(np.float64)
    unsure = np.bincount(place[~found.sure], minlength=len(days)) > 0
    untimed = np.bincount(place[log.minute[found.row] < 0], minlength=len(days)) > 0
    return value, ~unsure, ~untimed


@dataclass(frozen=True, slots=True)
class _Worn:
    """MME of the patches of one day: `least` what is surely worn, `most` with all that may be; `clear` when alike."""

    least: float
    most: float
    clear: bool


def _worn(log: Log, found: Amounts) -> dict[int, _Worn]:
    """What the patches come to on each day they may be worn, up to `as_of`; the same rule as in `daily_mme`.

    A new patch may come beside the old one or in its place, and one may be logged twice. One that is due on the day
    counts until then, and is taken off for a new one.
    """
    on: dict[int, dict[int, list[tuple[float, float]]]] = {}
    unsure: set[int] = set()
    places = np.flatnonzero(found.days)
    for place, row in zip(places.tolist(), found.row[places].tolist(), strict=True):
        put_on = int(log.day[row])
        last = put_on + int(found.days[place]) - (log.minute[row] == 0)
        for day in range(put_on, min(int(last), log.since(1)) + 1):
            on.setdefault(day, {}).setdefault(day - put_on, []).append((found.value[place], found.most[place]))
            if not found.sure[place]:
                unsure.add(day)
    return {day: _of_patches(by_age, day not in unsure) for day, by_age in on.items()}


def _of_patches(by_age: dict[int, list[tuple[float, float]]], known: bool) -> _Worn:
    """The patches of one day by how many days ago they were put on: what one of each and what all of them come to."""
    least = max(sum({one for one, _ in patches}) for patches in by_age.values())
    most = max(least, all_worn((age, every) for age, patches in by_age.items() for _, every in patches))
    return _Worn(float(least), float(most), known and most <= least + TINY)


def rows_worn(log: Log, found: Amounts, day: int) -> Ints:
    """The doses that count on that day: those of the day, and patches that may be worn yet."""
    put_on = log.day[found.row]
    last = put_on + found.days - ((found.days > 0) & (log.minute[found.row] == 0))
    counted: Ints = found.row[(put_on <= day) & (day <= last)]
    return counted


def _series(days: Ints, value: Floats, sure: Flags, timed: Flags, unit: str, most: Floats) -> DailySeries:
    return DailySeries(days.astype("datetime64[D]"), value, sure, timed, unit, most)
