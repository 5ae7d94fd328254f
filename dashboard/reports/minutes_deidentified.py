"""The minutes without the people, for teaching: 'Patient 1', an age band, disciplines instead of names.

Left out for good: names, record numbers, birth dates, the team, the meeting's title and its day. Free text is left out
too unless somebody asks for it; then every name and number that is known here is replaced where it stands as it was
written, which a reader must still check: a text can tell who somebody is without naming them.
"""

import re
from collections.abc import Mapping
from datetime import date

from clinical.plan import Action
from dashboard.presenters.case_review import age_band
from dashboard.presenters.notes import discipline
from dashboard.presenters.words import full_day, listed, several
from dashboard.reports import minutes_words as named
from dashboard.reports.minutes import ActionRow, AgendaRow, Attendance, Minutes, PatientPart, Said
from dashboard.reports.minutes_words import PARTS, Case, Told
from dashboard.reports.one_page import UNKNOWN, Line
from data_access.meetings import Discussion
from data_access.patients import PatientHead

_SHORTEST_NAME, _SHORTEST_PART = 2, 3
_TITLES = {"Dr.", "Prof", "Prof.", "Mrs"}
_WRITTEN_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y")
_TEXT_KEPT = (
    "Free text is printed. Names and record numbers known here were replaced; whatever else could tell who somebody is "
    "was not found by a machine: read every line before you pass this on."
)
_TEXT_LEFT_OUT = "Free text is left out; what was recorded is named instead."


def minutes(told: Told, *, free_text: bool) -> Minutes:
    """The minutes of that meeting without names; with its texts only where `free_text` is asked for."""
    numbered = list(enumerate(told.cases, 1))
    replaced = _Replaced(told) if free_text else None
    without = named.undecided(told)
    return Minutes(
        title="Case review, de-identified for teaching",
        subtitle="",
        author="",
        synthetic=any(case.head.synthetic for case in told.cases),
        header=(
            Line("Date", f"{told.meeting.day:%B %Y}"),
            Line("Patients", several(len(told.cases), "patient")),
            Line("Time spent", named.spent(sum(named.seconds(case) for case in told.cases))),
        ),
        attendance=_attendance(told),
        undecided_title=named.undecided_title(told),
        undecided=tuple(f"Patient {number}: {named.outcome(case)}" for number, case in numbered if case in without),
        warnings=(_TEXT_KEPT if free_text else _TEXT_LEFT_OUT, *named.warnings(told)),
        agenda=tuple(_row(number, case, replaced) for number, case in numbered),
        patients=tuple(_part(number, case, told, replaced) for number, case in numbered),
        footer="Case review · de-identified for teaching · not part of any record",
        notes=(),
    )


class _Replaced:
    """Texts of the meeting with the names and numbers of its people replaced by what they are."""

    def __init__(self, told: Told) -> None:
        self._instead = {**_colleagues(told), **_patients(told)}
        longest_first = sorted(self._instead, key=len, reverse=True)
        found = "|".join(re.escape(name) for name in longest_first)
        self._any = re.compile(rf"(?<!\w)(?:{found})(?!\w)") if found else None

    def text(self, text: str) -> str:
        """The text with every name and number replaced that stands in it as it was written elsewhere."""
        return self._any.sub(lambda hit: self._instead[hit.group()], text) if self._any else text


def _patients(told: Told) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, case in enumerate(told.cases, 1):
        head = case.head
        names = (head.record_number, head.family_name, head.given_name, *_parts(head.family_name, head.given_name))
        for name in (*names, *_birth_dates(head)):
            found |= dict.fromkeys(_spellings(name), f"Patient {number}")
    return found


def _parts(*names: str) -> list[str]:
    """Each name inside names of several; what is as short as 'de' may be a word as well."""
    return [part for name in names for part in re.split(r"[\s-]+", name) if len(part) >= _SHORTEST_PART]


def _birth_dates(head: PatientHead) -> tuple[str, ...]:
    born = head.birth_date
    if born is None:
        return ()
    return full_day(born), f"{born.day} {born:%B %Y}", *(f"{born:{way}}" for way in _WRITTEN_DATES)


def _colleagues(told: Told) -> dict[str, str]:
    names = [one.name for one in told.meeting.people] + list(told.names.values())
    names += _parts(*names)
    names += [case.discussion.teller_name for case in told.cases if case.discussion]
    names += [action.owner_name for case in told.cases for action in case.actions]
    return {spelling: "a colleague" for name in names for spelling in _spellings(name) if name not in _TITLES}


def _spellings(name: str) -> tuple[str, ...]:
    return (name, name.upper()) if len(name) >= _SHORTEST_NAME else ()


def _attendance(told: Told) -> tuple[Attendance, ...]:
    """How many of each discipline; nobody by name."""
    found = []
    for kind, label in named.ATTENDANCE:
        there = [discipline(one.discipline) for one in told.meeting.people if one.attendance == kind]
        counts = tuple(f"{of} ({there.count(of)})" for of in dict.fromkeys(there))
        if counts or kind == "present":
            found.append(Attendance(label, counts))
    return tuple(found)


def _row(number: int, case: Case, replaced: _Replaced | None) -> AgendaRow:
    question = " ".join(case.discussion.question.split()) if case.discussion else ""
    shown = replaced.text(question) if replaced else "recorded" if question else ""
    return AgendaRow(
        number=str(number),
        patient=f"Patient {number}",
        question=shown or UNKNOWN,
        outcome=named.outcome(case),
        spent=named.spent(named.seconds(case)),
    )


def _part(number: int, case: Case, told: Told, replaced: _Replaced | None) -> PatientPart:
    sex = "sex not known" if case.head.sex == "unknown" else case.head.sex
    return PatientPart(
        title=f"Patient {number}",
        about=f"{age_band(case.head.birth_date, told.meeting.day)} · {sex}",
        outcome=named.outcome(case),
        decided=named.decided(case),
        said=_said(case.discussion, replaced) if case.discussion else (),
        missing=named.missing(case),
        actions=tuple(_action(count, action, told, replaced) for count, action in enumerate(case.actions, 1)),
        no_actions=named.no_actions(case),
        facts=_facts(case, told),
    )


def _said(discussion: Discussion, replaced: _Replaced | None) -> tuple[Said, ...]:
    there = [(label, named.lines(getattr(discussion, name))) for name, label in PARTS]
    if replaced:
        return tuple(Said(label, tuple(map(replaced.text, text))) for label, text in there if text)
    recorded = [label.lower() for label, text in there if text]
    return (Said("Recorded", (listed(recorded, len(recorded)),)),) if recorded else ()


def _action(count: int, action: Action, told: Told, replaced: _Replaced | None) -> ActionRow:
    return ActionRow(
        what=replaced.text(action.title) if replaced else f"Action {count}",
        owner=_owner(action, told.disciplines),
        due=_after(action.due, told),
        status=action.status,
    )


def _owner(action: Action, disciplines: Mapping[int, str]) -> str:
    of = disciplines.get(action.owner_user_id or 0, "") or action.discipline
    return discipline(of) if of else "somebody named" if action.owner_name else "nobody named"


def _after(day: date | None, told: Told) -> str:
    """'3 weeks after the meeting': how far, not when."""
    if day is None:
        return "no date agreed"
    days = (day - told.meeting.day).days
    if days < 0:
        return "before the meeting"
    return f"{several(round(days / 7), 'week')} after the meeting" if days > 3 else "within days"


def _facts(case: Case, told: Told) -> tuple[Line, ...]:
    discussion = case.discussion
    if discussion is None or not named.reached(case):
        return ()
    somebody = bool(discussion.teller_name or discussion.teller_user_id)
    dissent = bool(discussion.disagreement.strip() or discussion.disagreement_by.strip())
    return (
        Line("Who tells the patient", "named" if somebody else UNKNOWN),
        Line("Next review", _after(discussion.next_review, told)),
        Line("Time spent", named.spent(discussion.seconds)),
        Line("Disagreement", "recorded" if dissent else "none recorded"),
    )
