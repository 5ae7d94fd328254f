"""The questions of an entry as the form asks them: words, ends of each scale, what can be chosen; and what is answered.

Which end of a scale is the bad one is as in the diary: of mood and sleep quality 10 is best, of activity 10 is most
active, of all others 10 is worst.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from clinical.body_map import REGIONS
from clinical.record import Medicine
from dashboard.presenters.notes import clock_time
from dashboard.presenters.words import day as short_day
from dashboard.presenters.words import full_day, listed, plainly, sentence_case, several
from dashboard.services.entries import Held, Outcome
from dashboard.services.entry_fields import MOST_TIMES, RELIEF, Fields, times_of
from dashboard.services.entry_medicines import prescribed
from data_access.records import DoseRecord, EntryRecord
from data_access.tables import WEATHER

Kind = Literal["scale", "amount", "choice", "several", "doses", "text"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `ends` what 0 and 10 mean, `options` values with their words, `most` the largest amount."""

    name: str
    label: str
    kind: Kind
    ends: tuple[str, str] = ("", "")
    options: tuple[tuple[Any, str], ...] = ()
    unit: str = ""
    most: float = 10.0


def _scale(name: str, label: str, low: str, high: str) -> Question:
    return Question(name, label, "scale", (low, high))


QUESTIONS = (
    _scale("pain", "Pain", "none", "worst imaginable"),
    Question("flare", "Is this a flare?", "choice", options=((True, "Yes"), (False, "No"))),
    _scale("fatigue", "Fatigue", "none", "worst imaginable"),
    _scale("interference", "Gets in the way", "not at all", "completely"),
    Question(
        "sleep_hours", "Sleep last night", "amount", unit="hours", most=24,
        options=tuple((hours, str(hours)) for hours in range(3, 11)),
    ),
    _scale("sleep_quality", "Sleep quality", "very bad", "very good"),
    _scale("stress", "Stress", "none", "extreme"),
    _scale("mood", "Mood", "very low", "very good"),
    Question(
        "stiffness_minutes", "Stiffness this morning", "amount", unit="minutes", most=1440,
        options=((0, "0"), (15, "15"), (30, "30"), (60, "60"), (120, "120")),
    ),
    _scale("activity", "Activity", "rested all day", "very active"),
    _scale("sensitivity", "Sensitive to touch", "not at all", "extremely"),
    _scale("tenderness", "Tender to pressure", "not at all", "extremely"),
)  # fmt: skip
"""In the order they are asked."""

_RELIEF_WORDS = {
    "none": "nothing", "exercise_aerobic": "exercise", "hydrotherapy": "warm water", "tens": "TENS",
    "stress_management": "relaxation",
}  # fmt: skip
_ALONE = "none"
LONG_SINCE = timedelta(hours=1)
"""An entry begun that long ago says when."""

LABELS = {
    **{question.name: question.label for question in QUESTIONS},
    "relief": "What helped",
    "weather": "Weather",
    "doses": "Medicines taken",
    "note": "Note",
    "reason": "Reason",
    "no_pain": "No pain anywhere",
    "marks": "Body map",
    "day": "Day",
    "time": "Time",
}


def questions(
    medicines: Sequence[Medicine], logged: Sequence[DoseRecord], day: date, as_of: date
) -> list[dict[str, Any]]:
    """Every question as the browser draws it; beside each medicine what is `logged` of it on the entry's day."""
    asked = [*QUESTIONS, _several("relief", RELIEF), _several("weather", WEATHER)]
    told = [_told(question) for question in asked]
    doses = [
        {"id": str(m.medication_id), "label": offered(m, logged, day, as_of), "most": MOST_TIMES if m.dose else 1}
        for m in medicines
    ]
    if doses:
        told.append({"name": "doses", "label": LABELS["doses"], "kind": "doses", "medicines": doses})
    return [*told, {"name": "note", "label": LABELS["note"], "kind": "text"}]


def _several(name: str, codes: Sequence[str]) -> Question:
    return Question(name, LABELS[name], "several", options=tuple((code, option(code)) for code in codes))


def _told(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "label": question.label,
        "kind": question.kind,
        "ends": list(question.ends),
        "options": [list(each) for each in question.options],
        "unit": question.unit,
        "most": question.most,
        "alone": _ALONE if question.name == "relief" else "",
    }


def option(code: str) -> str:
    """'nothing', 'warm water', 'damp'."""
    return _RELIEF_WORDS.get(code, code.replace("_", " "))


def medicine(of: Medicine) -> str:
    """'paracetamol 500 mg, as needed'."""
    strength = plainly(of.dose, of.unit) if of.dose else ""
    return " ".join(part for part in (of.name, strength) if part) + (", as needed" if of.as_needed else "")


def offered(of: Medicine, logged: Sequence[DoseRecord], day: date, as_of: date) -> str:
    """'paracetamol 500 mg, as needed · already logged today: 1× at 08:00'; also when it was not prescribed then."""
    when = "today" if day == as_of else f"on {short_day(day, as_of)}"
    taken = [_dose(dose, of) for dose in logged if dose.medicine.casefold() == of.name.casefold()]
    parts = [
        medicine(of),
        "" if prescribed(of, day) else f"not prescribed {when}",
        f"already logged {when}: {', '.join(taken)}" if taken else "",
    ]
    return " · ".join(part for part in parts if part)


def _dose(of: DoseRecord, medicine: Medicine) -> str:
    times = times_of(of, medicine)
    amount = f"{times}×" if times else plainly(of.dose, of.unit) if of.dose else "taken"
    return f"{amount} {f'at {of.at_time}' if of.at_time else '(no time)'}"


def saved(held: Held) -> str:
    """'Draft saved 14:03:22', or what will happen."""
    if held.saved_at is None:
        return "What you fill in saves itself as a draft."
    return f"Draft saved {clock_time(held.saved_at)}"


def of_another_day(held: Held, as_of: date) -> str:
    """That the draft is about another day than today, or nothing."""
    day = held.fields.get("day")
    if not held.revision or not day or date.fromisoformat(day) == as_of:
        return ""
    return f"This entry is for {full_day(date.fromisoformat(day))}, not for today."


def begun(held: Held, now: datetime, as_of: date) -> str:
    """'Begun at 06:10', where today's entry was begun an hour ago or more and says a time that long ago."""
    time, at = held.fields.get("time"), held.begun_at
    if at is None or not time or held.fields.get("day") != as_of.isoformat():
        return ""
    latest = f"{(now - LONG_SINCE).astimezone():%H:%M}"
    today = (now - LONG_SINCE).astimezone().date() == as_of
    return f"Begun at {at.astimezone():%H:%M}." if at <= now - LONG_SINCE and today and time <= latest else ""


def time_now(now: datetime) -> str:
    """'14:03' where the clinic stands."""
    return f"{now.astimezone():%H:%M}"


def named(names: Sequence[str]) -> str:
    """'pain, stress and body map'."""
    return listed([LABELS.get(name, name).lower() for name in names], most=6)


def conflict(outcome: Outcome) -> str:
    """What two windows both answered."""
    named = listed([LABELS.get(name, name) for name in outcome.conflicts], most=6)
    return f"Answered differently in another window: {named}. Nothing was overwritten; choose which to keep."


def done(fields: Fields, *, corrected: bool, as_of: date) -> str:
    """'Entry saved: 22 Nov, 14:03 · pain 6 · 3 regions.'."""
    when = " ".join(part for part in (short_day(_day(fields), as_of) + ",", fields.get("time", "")) if part).rstrip(",")
    pain = f"pain {plainly(fields['pain'])}" if "pain" in fields else "pain not answered"
    return " · ".join([f"{'Correction' if corrected else 'Entry'} saved: {when}", pain, map_words(fields)]) + "."


def _day(fields: Fields) -> date | None:
    return date.fromisoformat(fields["day"]) if "day" in fields else None


def map_words(fields: Fields) -> str:
    """'3 regions', 'no pain anywhere', 'no map'."""
    if marks := fields.get("marks"):
        return marked([intensity for _, intensity, *_ in marks])
    return "no pain anywhere" if fields.get("no_pain") else "no map"


def marked(intensities: Sequence[int | None]) -> str:
    """'3 regions, 1 rated 0 (not painful)': a region rated 0 is on record and counts as no region in pain."""
    painless = sum(intensity == 0 for intensity in intensities)
    hurting = len(intensities) - painless
    if not painless:
        return several(hurting, "region")
    if not hurting:
        return f"{several(painless, 'region')} rated 0 (not painful)"
    return f"{several(hurting, 'region')}, {painless} rated 0 (not painful)"


def copy_words(last: EntryRecord, as_of: date) -> str:
    """'Copy yesterday's map (6 regions)', or of which day."""
    assert last.day is not None  # noqa: S101 - only dated entries are offered
    ago = (as_of - last.day).days
    whose = "yesterday's map" if ago == 1 else f"the map of {short_day(last.day, as_of)}"
    return f"Copy {whose} ({marked([mark.intensity for mark in last.marks]) if last.marks else 'no pain'})"


def default_moment(now: datetime, as_of: date) -> Fields:
    """The day and time an entry begins with: now, where the clinic stands."""
    return {"day": as_of.isoformat(), "time": f"{now.astimezone():%H:%M}"}


def region(region_id: str) -> str:
    """The region's name, for lists."""
    return next((sentence_case(each.label) for each in REGIONS if each.region_id == region_id), region_id)
