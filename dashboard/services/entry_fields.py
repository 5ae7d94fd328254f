"""What the form of an entry holds, as JSON: read with care, merged between two windows, made into records and back.

A field that is not there was not answered; none is ever filled in on the person's behalf but day, time and token.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from clinical.body_map import DEPTHS, QUALITIES, REGION_INDEX, REGIONS
from clinical.record import Medicine
from dashboard.errors import ExplainedError
from dashboard.services.notes import cleaned as cleaned_text
from data_access.entries import Filled, Listed
from data_access.records import DoseRecord, EntryRecord, MarkRecord
from data_access.tables import WEATHER

Fields = dict[str, Any]
SCALES = (
    "pain", "fatigue", "interference", "sleep_quality", "stress", "mood", "sensitivity", "tenderness", "activity",
)  # fmt: skip
AMOUNTS = ("sleep_hours", "stiffness_minutes")
RELIEF = (
    "none", "heat", "cold", "massage", "stretching", "walking", "exercise_aerobic", "hydrotherapy", "pacing",
    "stress_management", "mindfulness", "tens", "acupuncture", "chiropractic",
)  # fmt: skip
"""Codes of the intervention vocabulary (reference 9.6) that are used on a day; 'none': asked, and nothing was used."""
MOST_TIMES = 20
"""Times its strength that a medicine may be said to have been taken in one entry: against slips, no medical maximum."""
KEPT_ASIDE = ("token", "day", "time", "reason")
"""Fields that are no answer: with these alone nothing was filled in."""
_TOKEN = re.compile(r"[0-9a-f]{8,40}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def cleaned(raw: object) -> Fields:
    """The known fields of what a browser sent, each of its own kind; whatever else is left out."""
    if not isinstance(raw, Mapping):
        return {}
    found = {name: read(raw.get(name)) for name, read in _READ.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _score(value: object) -> float | None:
    number = _amount(value)
    return number if number is not None and 0 <= number <= 10 else None


def _amount(value: object) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return cast("float", value) if number else None


def _yes_or_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _matching(pattern: re.Pattern[str]) -> Callable[[object], str]:
    return lambda value: value if isinstance(value, str) and pattern.fullmatch(value) else ""


def _day(value: object) -> str:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else ""
    except ValueError:
        return ""


def _text(value: object) -> str:
    return cleaned_text(value) if isinstance(value, str) else ""


def _some_of(known: Sequence[str]) -> Callable[[object], list[str]]:
    return lambda value: [code for code in known if code in value] if isinstance(value, list | tuple) else []


def _doses(value: object) -> dict[str, float]:
    told = value if isinstance(value, Mapping) else {}
    read = ((str(key), _halves(times)) for key, times in sorted(told.items(), key=lambda item: str(item[0])))
    return {key: times for key, times in read if key.isdecimal() and times is not None}


def _halves(value: object) -> float | None:
    """Whole or half times up to the most: half a tablet is taken as one, a third is not."""
    times = _amount(value)
    if times is None or not 0 <= times <= MOST_TIMES or times * 2 != int(times * 2):
        return None
    return _whole(times)


def _marks(value: object) -> list[list[Any]]:
    marks = [_mark(one) for one in value] if isinstance(value, list | tuple) else []
    by_region = {mark[0]: mark for mark in marks if mark is not None}
    return sorted(by_region.values(), key=lambda mark: REGION_INDEX[mark[0]])


def _mark(value: object) -> list[Any] | None:
    match value:
        case [str() as region, (int() | None) as intensity, [*qualities], str() as depth] if region in REGION_INDEX:
            known = [quality for quality in QUALITIES if quality in qualities]
            return [region, _step(intensity), known, depth if depth in DEPTHS else ""]
    return None


def _step(intensity: int | None) -> int | None:
    return intensity if intensity is not None and not isinstance(intensity, bool) and 0 <= intensity <= 10 else None


_READ: dict[str, Callable[[object], Any]] = {
    "token": _matching(_TOKEN),
    "day": _day,
    "time": _matching(_CLOCK),
    **dict.fromkeys(SCALES, _score),
    **dict.fromkeys(AMOUNTS, _amount),
    "flare": _yes_or_no,
    "relief": _some_of(RELIEF),
    "weather": _some_of(WEATHER),
    "doses": _doses,
    "note": _text,
    "reason": _text,
    "no_pain": lambda value: value is True or None,
    "marks": _marks,
}


def merged(mine: Fields, base: Fields, theirs: Fields) -> tuple[Fields, tuple[str, ...]]:
    """What two windows made of `base` put together, and the fields both changed to different answers."""
    result, both = dict(theirs), []
    for name in _READ:
        if mine.get(name) == base.get(name) or mine.get(name) == theirs.get(name):
            continue
        if theirs.get(name) not in (base.get(name), None) and name != "token":
            both.append(name)
        elif name in mine and not (name == "token" and name in theirs):
            result[name] = mine[name]
        elif name not in mine:
            result.pop(name, None)
    return result, tuple(both)


def differing(mine: Fields, base: Fields) -> tuple[str, ...]:
    """The names of what was answered otherwise, in the order they are asked; token and reason are no answers."""
    return tuple(name for name in _READ if name not in ("token", "reason") and mine.get(name) != base.get(name))


def answered(fields: Fields) -> bool:
    """Whether anything was answered at all."""
    return any(name not in KEPT_ASIDE for name in fields)


def begun(fields: Fields, base: Fields, now: datetime) -> Fields:
    """The first answers of an entry; a moment nobody chose is that of the first answer, not of opening the page."""
    chosen = any(fields.get(name) != base.get(name) for name in ("day", "time"))
    if chosen or answered(base):
        return fields
    local = now.astimezone()
    return {**fields, "day": local.date().isoformat(), "time": f"{local:%H:%M}"}


def marks_of(fields: Fields) -> tuple[MarkRecord, ...]:
    """The marks of the form's map; () where none is set."""
    return tuple(MarkRecord(r, intensity, tuple(q), depth) for r, intensity, q, depth in fields.get("marks", ()))


def told(marks: Sequence[Any]) -> list[list[Any]]:
    """Marks as the form's fields hold them."""
    return _marks([[mark.region_id, mark.intensity, list(mark.qualities), mark.depth] for mark in marks])


def placed(marks: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Marks as the map in the browser holds them: each region by its place in the vocabulary."""
    return [[REGION_INDEX[region], *said] for region, *said in marks]


def marks_at(value: object) -> list[list[Any]]:
    """Marks as the form's fields hold them, from those a map in the browser held."""
    found = value if isinstance(value, list | tuple) else []
    known = (one for one in found if isinstance(one, list) and one and one[0] in range(len(REGIONS)))
    return _marks([[REGIONS[place].region_id, *said] for place, *said in known])


def filled(fields: Fields, medicines: Sequence[Medicine], *, now: datetime, as_of: date) -> Filled:
    """The entry and doses these fields say. Raises ExplainedError where nothing is said, or of a time to come."""
    if not answered(fields):
        raise _refused("Nothing is filled in yet.", "Answer at least one question, or mark the map.")
    day = _possible_day(fields, now=now, as_of=as_of)
    marked = marks_of(fields)
    numbers: dict[str, Any] = {name: fields.get(name) for name in (*SCALES, *AMOUNTS)}
    entry = EntryRecord(
        **numbers,
        day=day,
        at_time=fields.get("time", ""),
        flare=fields.get("flare"),
        relief=tuple(fields.get("relief", ())),
        weather=tuple(fields.get("weather", ())),
        note=fields.get("note", ""),
        marks=marked if marked or fields.get("no_pain") else None,
    )
    return Filled(entry, _dose_records(fields, medicines, entry), fields.get("token", ""))


def _possible_day(fields: Fields, *, now: datetime, as_of: date) -> date:
    if "day" not in fields:
        raise _refused("The day is missing.", "Choose the day this entry is about.")
    day = date.fromisoformat(fields["day"])
    if day > as_of or (day == as_of and fields.get("time", "") > f"{now.astimezone():%H:%M}"):
        raise _refused("This moment lies in the future.", "Choose the day and time it was, or empty the time.")
    return day


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was saved; what you filled in is still here.", what_to_do)


def _dose_records(fields: Fields, medicines: Sequence[Medicine], entry: EntryRecord) -> tuple[DoseRecord, ...]:
    """One record a medicine: the times it was taken as one dose of so much; 0 times says that it was not taken."""
    said = fields.get("doses", {})
    records = []
    for medicine in medicines:
        times = said.get(str(medicine.medication_id))
        if times is None:
            continue
        amount = None if medicine.dose is None or times == 0 else medicine.dose * times
        records.append(
            DoseRecord(
                entry.day,
                medicine.name,
                taken=times > 0,
                at_time=entry.at_time,
                dose=amount,
                unit=medicine.unit,
                route=medicine.route,
                as_needed=medicine.as_needed,
            )
        )
    return tuple(records)


def fields_of(listed: Listed, medicines: Sequence[Medicine], token: str) -> Fields:
    """The fields from which a correction of that entry begins."""
    entry = listed.entry
    said = {
        "token": token,
        "day": entry.day.isoformat() if entry.day else "",
        "time": entry.at_time,
        **{name: _told(getattr(entry, name)) for name in (*SCALES, *AMOUNTS)},
        "flare": entry.flare,
        "relief": list(entry.relief),
        "weather": list(entry.weather),
        "doses": times(listed.doses, medicines),
        "note": entry.note,
        "no_pain": entry.marks == () or None,
        "marks": told(entry.marks or ()),
    }
    return cleaned(said)


def _whole(value: float) -> float:
    """The number without a '.0': as JSON and a browser write it."""
    return int(value) if value == int(value) else value


def _told(value: float | None) -> float | None:
    return None if value is None else _whole(value)


def times(records: Sequence[DoseRecord], medicines: Sequence[Medicine]) -> dict[str, float]:
    """How often each medicine was taken, by its number; doses for which the form has no place are left out."""
    found = ((_medicine(record, medicines), record) for record in records)
    return {str(medicine.medication_id): _often(record, medicine) for medicine, record in found if medicine is not None}


def _medicine(record: DoseRecord, medicines: Sequence[Medicine]) -> Medicine | None:
    """The medicine a dose was of, None where the form has no place for it."""
    same = (m for m in medicines if (m.name, m.unit, m.route) == (record.medicine, record.unit, record.route))
    return next((m for m in same if _is_multiple(record, m)), None)


def _is_multiple(record: DoseRecord, medicine: Medicine) -> bool:
    if not record.taken:
        return True
    if record.dose is None or not medicine.dose:
        return record.dose is None and medicine.dose is None
    halves = 2 * record.dose / medicine.dose
    return math.isclose(halves, round(halves)) and 1 <= round(halves) <= 2 * MOST_TIMES


def times_of(record: DoseRecord, medicine: Medicine) -> float | None:
    """How many times the medicine's strength a dose was, in halves, None where it was no multiple of them."""
    same_measure = record.unit == medicine.unit and record.taken
    return _often(record, medicine) if same_measure and _is_multiple(record, medicine) else None


def _often(record: DoseRecord, medicine: Medicine) -> float:
    if not record.taken:
        return 0
    return _whole(round(2 * record.dose / medicine.dose) / 2) if record.dose and medicine.dose else 1


def completed(entry: EntryRecord, listed: Listed) -> EntryRecord:
    """The corrected entry with what the form has no place for: unusual relief codes, and that marks are not exact."""
    unusual = tuple(code for code in listed.entry.relief if code not in RELIEF)
    same_map = told(entry.marks or ()) == told(listed.entry.marks or ())
    coarse = listed.entry.detail_unknown and entry.marks is not None and same_map
    return replace(entry, relief=entry.relief + unusual, detail_unknown=coarse)


def carried(listed: Listed, medicines: Sequence[Medicine], entry: EntryRecord) -> tuple[DoseRecord, ...]:
    """The doses of a corrected entry that the form cannot show: they go along unchanged, at the new moment."""
    left = (dose for dose in listed.doses if _medicine(dose, medicines) is None)
    return tuple(replace(dose, day=entry.day, at_time=entry.at_time, source_key=None) for dose in left)
