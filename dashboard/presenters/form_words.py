"""A form in words: when its draft was saved, what an answer says, what two versions of a thing say."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from dashboard.presenters.notes import clock_time, moment
from dashboard.presenters.words import MINUS, several
from dashboard.services import form_fields
from dashboard.services.form_drafts import Held
from dashboard.services.form_fields import FieldSpec, Option, Raw, Raws, empty

NOTHING = "Empty"


class Difference(NamedTuple):
    """One answer on which two versions differ, both in full; `as_it_was` names the one that was not changed, if any."""

    name: str
    label: str
    mine: str
    theirs: str
    as_it_was: Literal["", "mine", "theirs"] = ""


def saved(held: Held, as_of: date) -> str:
    """'Draft saved 14:03:22', with its day where that is not today; or what will happen."""
    if held.saved_at is None:
        return "What you fill in saves itself as a draft."
    today = held.saved_at.astimezone().date() == as_of
    return f"Draft saved {clock_time(held.saved_at) if today else moment(held.saved_at)}"


def restored(held: Held, submit: str = "Save") -> str:
    """That what stands in the form is a draft, or nothing; `submit` is the button that makes it count."""
    if held.saved_at is None:
        return ""
    counts = "It counts once you save it." if submit.startswith("Save") else f"It counts after '{submit}'."
    return f"Your draft of {moment(held.saved_at)} stands here. {counts}"


def overtaken(held: Held, revision: int) -> str:
    """That somebody saved a newer version since the draft was begun, or nothing."""
    if not held.revision or held.on >= revision:
        return ""
    return "A newer version was saved since you began this draft. When you save, you see both and choose."


def look_at(count: int, undone: str = "Not saved") -> str:
    """'Not saved: look at 2 answers.'; 'Not saved.' where none of them is wrong by itself."""
    if not count:
        return f"{undone}."
    return f"{undone}: look at {several(count, 'answer')}."


def theirs(by: str, at: datetime | None) -> str:
    """'Saved by M. Physio, 22 Nov 2026, 14:03'."""
    return ", ".join(part for part in (f"Saved by {by}" if by else "Saved meanwhile", moment(at) if at else "") if part)


def differences(fields: Sequence[FieldSpec], mine: Raws, other: Raws, began: Raws) -> list[Difference]:
    """The answers on which the two differ, in the order of the form; `began` is what both began from."""
    return [
        Difference(
            field.name,
            field.label,
            said(field, mine.get(field.name)),
            said(field, other.get(field.name)),
            _as_it_was(field, mine, other, began),
        )
        for field in fields
        if _plain(field, mine) != _plain(field, other)
    ]


def _as_it_was(field: FieldSpec, mine: Raws, other: Raws, began: Raws) -> Literal["", "mine", "theirs"]:
    before = _plain(field, began)
    if not began:
        return ""
    return "mine" if _plain(field, mine) == before else "theirs" if _plain(field, other) == before else ""


def _plain(field: FieldSpec, answers: Raws) -> Raw:
    given = answers.get(field.name, empty(field))
    return given.strip() if isinstance(given, str) else given


def said(field: FieldSpec, given: Raw) -> str:
    """That answer in words, in full; 'Empty' for none."""
    match field.kind, given:
        case "people", {"id": user_id, "name": name}:
            return _person(field, user_id, name) or NOTHING
        case "evidence", {"start": start, "end": end, "chart": chart, "region": region}:
            return _evidence(field, start, end, chart, region) or NOTHING
        case "choice", str(code):
            return _words(field.options, code) or NOTHING
        case "several", str():
            chosen = form_fields.codes(field, given)
            return ", ".join(_words(field.options, code) for code in chosen) or NOTHING
        case "level", int(level):
            words = next((option.words for option in field.options if option.code == str(level)), "")
            return f"{f'{level:+d}'.replace('-', MINUS) if level else '0'} {words}".strip()
        case "scale", int(step):
            return f"{step} of 10"
        case "number", str(text) if text.strip():
            return f"{text.strip()} {field.unit}".strip()
        case _, str(text) if text.strip():
            return text
    return NOTHING


def _person(field: FieldSpec, user_id: Any, name: Any) -> str:
    known = next((each for each in field.people if each.user_id == user_id), None)
    return person(known.name, known.discipline) if known else str(name).strip()


def person(name: str, discipline: str) -> str:
    """'Milo Invented, Physiotherapy'."""
    return f"{name}, {discipline}" if discipline else name


def _evidence(field: FieldSpec, start: str, end: str, chart: str, region: str) -> str:
    days = " – ".join(day for day in (start, end if end != start else "") if day)
    where = _words(field.regions, region) if chart in field.with_region else ""
    return " · ".join(part for part in (_words(field.charts, chart), where, days) if part)


def _words(options: Sequence[Option], code: str) -> str:
    """The words of that code; the code itself where it is on no list any more."""
    return next((option.words for option in options if option.code == code), code)
