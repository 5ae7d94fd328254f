"""The columns of a foreign diary in plain words: what a column can be, how a scale is converted, what rows became."""

from collections.abc import Sequence
from datetime import date

from clinical import interventions
from clinical.body_map import REGION_INDEX, REGIONS
from dashboard.presenters.entry_form import QUESTIONS, option
from dashboard.presenters.imports import visible
from dashboard.presenters.regions import region_names
from dashboard.presenters.words import MINUS, full_day, listed, number, plainly, several
from dashboard.services.mapping import Begun, Preview
from data_access.importers.mapped_check import Fault
from data_access.importers.mapped_rules import (
    JOIN,
    LEFT_OUT,
    NOTHING,
    SCALED,
    TEN,
    ColumnMapping,
    DateOrder,
    Rule,
    Scale,
)
from data_access.importers.mapped_table import Column
from data_access.importers.mapped_values import ValueRefused, converted, readings, split_moment, yes
from data_access.records import DoseRecord, EntryRecord, MeasureRecord, Rejection

ROLES = {
    "ignored": "Not used",
    "date": "Date",
    "moment": "Date and time in one cell",
    "time": "Time of day",
    "part": "Part of the day (morning, evening ...)",
    "pain": "Pain",
    "fatigue": "Fatigue",
    "interference": "Gets in the way",
    "sleep_hours": "Hours of sleep",
    "sleep_quality": "Sleep quality",
    "stress": "Stress",
    "mood": "Mood",
    "stiffness_minutes": "Stiffness in the morning",
    "activity": "Activity",
    "sensitivity": "Sensitive to touch",
    "tenderness": "Tender to pressure",
    "flare": "Is this a flare? (yes or no)",
    "regions": "Where it hurts",
    "medicines": "Medicine taken",
    "relief": "What helped",
    "weather": "Weather",
    "steps": "Steps in 24 hours",
    "note": "Note",
    "record_number": "Record number of the patient",
}
"""What a column can be, in the order it is offered."""
_ENDS = {
    question.name: (question.ends[0], question.ends[1].removesuffix(" imaginable"))
    for question in QUESTIONS
    if question.kind == "scale"
} | {"regions": ("no pain", "worst")}
SCALES = (Scale(0, 10), Scale(1, 10), Scale(1, 5), Scale(0, 4), Scale(0, 5), Scale(0, 3), Scale(1, 7), Scale(0, 100))
"""Scales that are offered; any other is typed in."""
_ORDERS: dict[DateOrder, str] = {
    "ymd": "year first",
    "dmy": "day first",
    "mdy": "month first",
    "ymd2": "year first; two digits mean 20..",
    "dmy2": "day first; two digits mean 20..",
    "mdy2": "month first; two digits mean 20..",
    "named": "month in words",
}
PARTS = {
    "": "the row's own time",
    "08:00": "morning, 08:00",
    "12:00": "noon, 12:00",
    "15:00": "afternoon, 15:00",
    "20:00": "evening, 20:00",
    "23:00": "night, 23:00",
}
SEPARATORS = {"": "one in a cell", ";": "semicolon ;", ",": "comma ,", "|": "bar |", "/": "slash /", "+": "plus +"}
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_MOST_STEPS = 11


def about(begun: Begun) -> str:
    """How the table was opened: '12 columns, apart by semicolon; UTF-8; names in line 1.'"""
    sheet = begun.sheet
    said = f"{several(len(sheet.header), 'column')}, apart by {_DELIMITERS[sheet.delimiter]}; {sheet.encoding}"
    rows = several(sheet.looked_at, "row") if sheet.whole else f"the first {sheet.looked_at:,} rows were looked at"
    above = sheet.header_line - 1
    passed = f" ({several(above, 'line')} above them passed over)" if above else ""
    return f"{said}; names in line {sheet.header_line}{passed}; {rows}."


def encoding_guess(begun: Begun) -> str:
    """What to look at where the encoding is a guess, '' where it is none."""
    if not begun.sheet.encoding_guessed:
        return ""
    return "The file does not say how its letters are stored. Read as Windows-1252: look whether accents are right."


def reading_of(order: DateOrder, example: str) -> str:
    """'3 Apr 2026 (day first)'."""
    day = readings(split_moment(example)[0]).get(order)
    return f"{full_day(day) if day else 'not possible'} ({_ORDERS[order]})"


def telling_example(examples: Sequence[str]) -> tuple[str, tuple[DateOrder, ...]]:
    """The date with the most ways to read it, and those ways."""
    found = {each: tuple(readings(split_moment(each)[0])) for each in examples}
    if not found:
        return "", ()
    best = max(found, key=lambda each: len(set(readings(split_moment(each)[0]).values())))
    every = tuple(dict.fromkeys(order for orders in found.values() for order in orders))
    return best, every


def ends(scale: Scale) -> str:
    """'1 to 5'."""
    return f"{scale.low:g} to {scale.high:g}"


def direction(role: str, scale: Scale) -> str:
    """'1 = none, 5 = worst'."""
    least, most = _ENDS.get(role, ("least", "most"))
    first, last = (least, most) if scale.low_is == 0 else (most, least)
    return f"{scale.low:g} = {first}, {scale.high:g} = {last}"


def formula(scale: Scale) -> str:
    """'(value − 1) ÷ 4 × 10: 1 → 0, 2 → 2.5 ...'; '' for a scale that is ours already."""
    if (scale.low, scale.high, scale.low_is) == (0, 10, 0):
        return "already 0 to 10: taken as it is"
    if scale.low >= scale.high:
        return ""
    from_low = f"(value {MINUS} {scale.low:g})" if scale.low else "value"
    way = f"({scale.high:g} {MINUS} value)" if scale.low_is else from_low
    pairs = ", ".join(f"{at:g} → {plainly(converted(at, scale))}" for at in _steps_of(scale))
    return f"{way} ÷ {scale.high - scale.low:g} × 10: {pairs}"


def _steps_of(scale: Scale) -> list[float]:
    """Every whole number of a short scale, both ends and the middle of a long one."""
    if scale.high - scale.low < _MOST_STEPS and scale.low == int(scale.low) and scale.high == int(scale.high):
        return [float(step) for step in range(int(scale.low), int(scale.high) + 1)]
    return [scale.low, (scale.low + scale.high) / 2, scale.high]


def meaning(role: str, code: str) -> str:
    """What a word means, as one says it: 'left knee', 'damp', 'nothing helped'."""
    if code == NOTHING:
        return "no pain" if role == "regions" else "nothing helped"
    if code == LEFT_OUT:
        return "leave this word out"
    if role == "regions":
        return _place(code.split(JOIN))
    known = interventions.INTERVENTIONS.get(code) if role == "relief" else None
    return known.label if known else option(code)


def _place(ids: list[str]) -> str:
    """'left knee', 'neck (both sides), front and back', and one region by its own name: 'Left knee, front'."""
    if len(ids) == 1:
        return REGIONS[REGION_INDEX[ids[0]]].label if ids[0] in REGION_INDEX else ids[0]
    said = region_names("|".join(ids))
    stems, sides = {each[2:-2].replace("_", " ") for each in ids}, {each[-1] for each in ids}
    if len(said) == 1 or len(stems) > 1:
        return ", ".join(said)
    (stem,) = stems
    side = {"l": "left ", "r": "right "}.get("".join(sides), "")
    return f"{side}{stem}{'' if side else ' (both sides)'}, front and back"


def yes_and_no(cells: Sequence[str]) -> str:
    """'“ja” is yes, “nein” is no': the words that need no explaining; '' for none."""
    said = []
    for cell in cells:
        try:
            said.append(f"“{visible(cell)}” is {'yes' if yes(cell, {}) else 'no'}")
        except ValueRefused:
            continue
    return ", ".join(said)


def lacking(faults: Sequence[Fault]) -> str:
    """'Still to be said: Datum, Schmerz', '' for nothing."""
    columns = list(dict.fromkeys(visible(fault.column) for fault in faults if fault.column))
    return f"Still to be said above: {listed(columns, 6)}." if columns else ""


def several_people(rule: Rule, guessed: Rule, column: Column) -> str:
    """What to look at where a column that seems to name people is not read as such, '' otherwise."""
    if guessed.role != "record_number" or rule.role == "record_number" or len(column.examples) < 2:
        return ""
    return "It seems to name more than one person. Not read as their record number, all rows go to one patient."


def problems_of(column: str, preview: Preview | None) -> list[str]:
    """Why rows are rejected because of that column: '12 cells of it: is outside 1 to 5'."""
    own = f"{column} "
    about = [(why, count) for why, count in (preview.reasons if preview else ()) if why.startswith(own)]
    return [f"{several(count, 'cell')} of it: {why.removeprefix(own)}" for why, count in about]


def counts(preview: Preview) -> str:
    """'270 entries, 12 doses from 270 rows; 3 rows would be rejected.'"""
    names = (("entry", "entries"), ("dose", "doses"), ("score", "scores"))
    said = [several(count, one, many) for count, (one, many) in zip(preview.counts, names, strict=True) if count]
    rows = several(preview.read, "row") if preview.whole else f"the first {preview.read:,} rows"
    rejected = preview.rejected_rows
    left = f"{several(rejected, 'row')} would be rejected" if rejected else "no row would be rejected"
    return f"{', '.join(said) or 'Nothing'} from {rows}; {left}."


def mostly(preview: Preview) -> str:
    """What is said where most rows would be rejected, '' where they would not."""
    if preview.mostly is None:
        return ""
    why = "; ".join(f"{reason} ({several(count, 'row')})" for reason, count in preview.mostly.reasons)
    return (
        f"{preview.mostly.rejected:,} of {preview.mostly.read:,} rows would be rejected: something above does not fit. "
        f"Most common: {why}. Nothing is written; change the columns above."
    )


def rejection(said: Rejection) -> str:
    """'line 12: “7”: Schmerz is outside 1 to 5'."""
    what = f"{said.what}: " if said.what.strip("“”") else ""
    return f"{said.where}: {what}{said.why}"


def converted_rows(preview: Preview, most: int) -> list[dict[str, str]]:
    """The first entries as a table: a column for each thing that any of them says."""
    rows = [_entry(entry) for entry in preview.entries[:most]]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [{name: row.get(name, "") for name in names} for row in rows]


def _entry(entry: EntryRecord) -> dict[str, str]:
    said = {"Of": entry.where, "Day": _day(entry.day), "Time": entry.at_time}
    for question in QUESTIONS:
        value = getattr(entry, question.name)
        if value is not None:
            name = "Flare" if question.name == "flare" else ROLES[question.name]
            said[name] = _value(value, question.unit)
    if entry.marks is not None:
        said["Where it hurts"] = ", ".join(region_names("|".join(m.region_id for m in entry.marks))) or "no pain"
    if entry.relief:
        said["What helped"] = ", ".join(meaning("relief", code) for code in entry.relief)
    if entry.weather:
        said["Weather"] = ", ".join(entry.weather)
    if entry.note:
        said["Note"] = visible(entry.note)
    return said


def _value(value: float | bool, unit: str) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else plainly(value, unit)


def _day(day: date | None) -> str:
    return full_day(day) if day else ""


def other_rows(preview: Preview) -> list[str]:
    """The first doses and the first steps, a line each: 'Doses: 3 Mar 2026 08:00 ibuprofen 400 mg; ...'"""
    doses = "; ".join(map(_dose, preview.doses[:3]))
    steps = "; ".join(map(_steps, preview.measures[:3]))
    return [f"{name}: {said} ..." for name, said in (("Doses", doses), ("Steps", steps)) if said]


def _dose(dose: DoseRecord) -> str:
    amount = f" {plainly(dose.dose, dose.unit)}" if dose.dose else ""
    return f"{_day(dose.day)} {dose.at_time} {dose.medicine}{amount}{'' if dose.taken else ', not taken'}"


def _steps(measure: MeasureRecord) -> str:
    return f"{_day(measure.day)} {number(measure.score, 0)} steps"


def used(mapping: ColumnMapping) -> str:
    """'7 of 9 columns read; to 0-10 from 1 to 5: Schmerz; not used: Ort, Puls.'"""
    left = [visible(rule.column) for rule in mapping.rules if rule.role == "ignored"]
    count = len(mapping.rules) - len(left)
    told = [f"{count} of {several(len(mapping.rules), 'column')} read", *_conversions(mapping)]
    return "; ".join([*told, *([f"not used: {listed(left, 6)}"] if left else [])]) + "."


def _conversions(mapping: ColumnMapping) -> list[str]:
    by_scale: dict[Scale, list[str]] = {}
    for rule in mapping.rules:
        if rule.role in SCALED and rule.scale not in (None, TEN):
            by_scale.setdefault(rule.scale or TEN, []).append(visible(rule.column))
    return [f"to 0-10 from {_turned(scale)}: {listed(names, 6)}" for scale, names in by_scale.items()]


def _turned(scale: Scale) -> str:
    return ends(scale) if scale.low_is == 0 else f"{scale.high:g} down to {scale.low:g}"
