"""What the Import page says of files and of what they would do: counts in plain words, names made harmless."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clinical.diary import Period
from dashboard.errors import ExplainedError
from dashboard.presenters.words import counted, escaped, full_day, listed, sentence_case, several, span
from dashboard.services.import_checking import Met
from dashboard.services.import_people import MAY_GO_IN, NOT_CONFIRMED, Identity
from dashboard.services.import_reports import NOT_ASKED_FOR, FileReport
from dashboard.services.imports import Progress
from data_access.text import folded

BOX = "☐"
_KINDS = {
    "patients": ("new patient", "new patients"),
    "entries": ("diary entry", "diary entries"),
    "regions": ("mark on the body map", "marks on the body map"),
    "medications": ("medicine", "medicines"),
    "doses": ("dose", "doses"),
    "measures": ("score", "scores"),
    "events": ("event", "events"),
    "conditions": ("diagnosis", "diagnoses"),
    "allergies": ("allergy", "allergies"),
    "goals": ("goal", "goals"),
    "actions": ("action of the plan", "actions of the plan"),
    "asked": ("answered question", "answered questions"),
    "closings": ("closing of a safety item", "closings of safety items"),
}
_FORMATS = {
    "flareboard-csv-zip": "Flareboard CSV, several tables in a zip",
    "choir-body-maps": "CHOIR body maps",
    "mapped-diary": "Diary table, read by your mapping",
    "apple-health": "Apple Health export: sleep and steps",
}
_PLACES = 3


def visible(text: str) -> str:
    """The text on one line; what would be invisible or turn the line around stands as a box."""
    return "".join(BOX if unicodedata.category(each)[0] == "C" else each for each in " ".join(text.split(" ")))


def shown(text: str) -> str:
    """Text of a file for a place that reads Markdown: nothing of it is formatted, hidden or followed."""
    return escaped(visible(text))


def size(number_of_bytes: int) -> str:
    """'751 bytes', '99 kB', '1.2 MB'."""
    if number_of_bytes < 1000:
        return several(number_of_bytes, "byte")
    kilo = number_of_bytes / 1000
    return f"{kilo:,.0f} kB" if kilo < 1000 else f"{kilo / 1000:,.1f} MB"


def advice(error: ExplainedError) -> str:
    """What is safe and what to do about a file that cannot be read."""
    return f"{shown(error.what_is_safe)} **What to do:** {shown(error.what_to_do)}"


def format_name(code: str) -> str:
    """A file's format as people say it."""
    if code in _FORMATS:
        return _FORMATS[code]
    if code.startswith("flareboard-csv-"):
        return f"Flareboard CSV: {code.removeprefix('flareboard-csv-')}"
    if code.startswith("fhir-r4-"):
        return f"FHIR R4 ({code.removeprefix('fhir-r4-')})"
    return sentence_case(code.replace("-", " "))


def records(added: Mapping[str, int], nothing: str = "nothing new") -> str:
    """'412 diary entries, 1,204 marks on the body map and 3 medicines'."""
    said = [several(count, *_KINDS.get(kind, (kind, kind))) for kind, count in added.items() if count]
    return listed(said, len(_KINDS)) if said else nothing


def who(person: Identity) -> str:
    """'Sample, Rowan · born 3 Feb 1979', saying what is not known."""
    name = ", ".join(part for part in (person.family_name, person.given_name) if part) or "no name"
    return f"{shown(name)} · {born(person)}"


def born(person: Identity) -> str:
    """'born 3 Feb 1979', or that it is not known."""
    return f"born {full_day(person.birth_date)}" if person.birth_date else "date of birth not given"


def progress(now: Progress | None, everybody: int) -> tuple[float, str]:
    """How far an import is, 0-1, and in words; `everybody` 0 where it is not known how many people there are."""
    if now is None:
        return 0.0, "Waiting for its turn"
    file = f"File {now.file} of {now.files}: {shown(now.name)}" if now.files > 1 else shown(now.name)
    if now.read is not None and not now.people:
        return now.read, f"{file} · {now.read:.0%} read"
    if not everybody:
        return (now.file - 1) / now.files, f"{file} · {several(now.people, 'person', 'people')} done"
    return min(now.people / everybody, 1.0), f"{file} · {now.people:,} of {several(everybody, 'person', 'people')} done"


def headline(reports: Sequence[FileReport], people: Sequence[Met], *, done: bool) -> str:
    """What all files together would do, or did, in one line."""
    added: Counter[str] = sum((report.added for report in reports), Counter())
    made = sum(report.new_patients for report in reports)
    if not added and not made:
        return "Nothing was added." if done else "Nothing would be added."
    total = added.total() if added else made
    verb = "would be added" if not done else "was added" if total == 1 else "were added"
    if not added:
        return f"{sentence_case(counted(made, 'new patient'))} {verb}."
    return f"{sentence_case(records(added))} {verb} for {_for_whom(people)}."


def _for_whom(people: Sequence[Met]) -> str:
    touched = [each for each in people if each.added]
    new = [each for each in people if each.standing == "new"]
    with_records = sum(1 for each in new if each.added)
    alone = len(new) - with_records
    more = f", and {counted(alone, 'new patient')} without records" if alone else ""
    if with_records == len(touched):
        return counted(with_records, "new patient") + more
    some = f", {counted(with_records, 'of them', 'of them')} new" if with_records else " on record"
    return counted(len(touched), "person", "people") + some + more


@dataclass(frozen=True, slots=True)
class Reason:
    """Rejected rows with one reason: how many, of which file, and where the first of them stand."""

    file: str
    why: str
    count: int
    places: str


def reasons(reports: Sequence[FileReport]) -> list[Reason]:
    """Every reason that rows were rejected for, the most common first."""
    found: dict[tuple[str, str], list[str]] = {}
    for report in reports:
        for each in report.rejected:
            place = each.what if each.where in ("", "patient") else each.where
            found.setdefault((report.file, each.why), []).append(place)
    made = [
        Reason(visible(file), visible(why), len(places), visible(_first(places)))
        for (file, why), places in found.items()
    ]
    return sorted(made, key=lambda reason: -reason.count)


def _first(places: Sequence[str]) -> str:
    if len(places) <= _PLACES:
        return listed(list(places), _PLACES)
    return f"{', '.join(places[: _PLACES - 1])} and {len(places) - _PLACES + 1:,} more"


def of_others(report: FileReport) -> str:
    """What was left out because of whom it is about, as somebody chose; '' for nothing."""
    other = sum(1 for each in report.rejected if each.why == NOT_ASKED_FOR)
    unticked = sum(1 for each in report.rejected if each.why == NOT_CONFIRMED)
    said = []
    if other:
        said.append(f"{several(other, 'record')} about other people than the one chosen")
    if unticked:
        said.append(f"everything about {counted(unticked, 'person', 'people')} not confirmed")
    return f"Left out: {' and '.join(said)}." if said else ""


def counts(report: FileReport, *, done: bool) -> str:
    """'Adds 412 diary entries · 3 there already · 14 rejected', of one file."""
    new = {"patients": report.new_patients}
    parts = [f"{'Added' if done else 'Adds'} {records(new | report.added)}"]
    if report.already_there:
        parts.append(f"{report.already_there:,} there already")
    if report.undated:
        parts.append(f"{report.undated:,} without a date")
    if report.rejected:
        parts.append(f"{len(report.rejected):,} rejected")
    return " · ".join(parts)


def unused(report: FileReport, most: int) -> str:
    """A list of what has no place here, by kind, the most common first."""
    kinds = [f"- {count:,} × {shown(kind)}" for kind, count in report.unused.most_common(most)]
    more = [f"- and {len(report.unused) - most:,} more kinds"] if len(report.unused) > most else []
    return "\n".join(kinds + more)


def mostly_rejected(reports: Sequence[FileReport]) -> str:
    """That most of these files would be rejected, which may mean that they were not understood."""
    named = listed([shown(report.file) for report in reports])
    return (
        f"Most rows of {named} would be rejected. Either the file is damaged, or its columns do not mean what they "
        "seem to mean. Look at the reasons above before anything is read in."
    )


def named(report: FileReport) -> str:
    """Whom a table names in columns that are not read, to be held against the person who was chosen."""
    return f"The file itself names {shown('; '.join(report.names))}. Compare that with the person it is filed under."


def went_to_others(reports: Sequence[FileReport]) -> str:
    """That the very same files were filed under other people, whose imports stand."""
    files = listed([shown(report.file) for report in reports])
    whose = listed([shown(number) for number in sorted({number for report in reports for number in report.went_to})])
    return (
        f"The very same file ({files}) was imported before for {whose}, and that import stands. A file belongs to one "
        "person: if it was wrong there, take that import back; if it is wrong here, choose the right person."
    )


def left_behind(lacks: Sequence[str]) -> str:
    """'Not with it: 1 file that cannot be read and 2 files ...'; what each lacks is given."""
    if not lacks:
        return "Nothing is written yet."
    said = [f"{several(count, 'file')} {why}" for why, count in Counter(lacks).items()]
    return f"Not with it: {listed(said, len(said))}."


def team_of_new(team: str, *, sees_all: bool) -> str:
    """To which care team new patients would belong, and what it means where there is none."""
    if team:
        return f"New patients will belong to the care team {shown(team)}."
    hidden = "" if sees_all else " You will not see them yourself until then."
    return f"New patients will belong to no care team until an administrator gives them one.{hidden}"


def opens(met: Met) -> str:
    """The label of the link to a person: name and record number."""
    person = met.held or (met.said or (Identity(),))[0]
    name = ", ".join(part for part in (person.family_name, person.given_name) if part)
    return shown(f"{name} · {met.record_number}" if name else met.record_number)


def days(first_and_last: tuple[date, date] | None) -> str:
    """'3 Mar – 9 Nov 2026', or that nothing in the file has a day."""
    return span(Period(*first_and_last)) if first_and_last else "no dated records"


def effect(met: Met) -> str:
    """What the files hold for one person: new, there already, rejected, from when to when."""
    parts = [f"Adds {records(met.added, 'the person alone' if met.standing == 'new' else 'nothing new')}"]
    if met.already_there:
        parts.append(f"{met.already_there:,} there already")
    if met.rejected:
        parts.append(f"{met.rejected:,} rejected")
    return " · ".join([*parts, days(met.days)])


def how_sure(met: Met) -> str:
    """How what the file says of a person stands to the record, in a few words."""
    if met.standing == "partly":
        return sentence_case("; ".join(_differences(met)))
    return {
        "same": "Number, name and date of birth agree",
        "number": "The file gives the record number alone",
        "new": "Not on record yet: a new patient",
        "refused": "Somebody else is on record under this number",
        "elsewhere": "In the care of another team",
        "unknown": "Not on record, and the files do not say who it is",
    }[met.standing]


def _differences(met: Met) -> list[str]:
    if len(met.said) > 1:
        return ["the files name this person in different ways"]
    said, held = (met.said or (Identity(),))[0], met.held or Identity()
    found = []
    if folded(said.family_name) != folded(held.family_name):
        found.append("the family name differs" if said.family_name and held.family_name else "a family name is missing")
    if folded(said.given_name) != folded(held.given_name):
        found.append("the given name differs" if said.given_name and held.given_name else "a given name is missing")
    if said.birth_date is None or held.birth_date is None:
        found.append("the date of birth is missing on one side")
    return found


def may_go_in(people: Sequence[Met]) -> list[Met]:
    """The people who can be confirmed."""
    return [each for each in people if each.standing in MAY_GO_IN]
