"""A case review put into words: meeting, discussions and agreed actions in, the finished minutes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clinical.plan import Action
from dashboard.presenters import people
from dashboard.presenters.case_review import minutes_of
from dashboard.presenters.notes import discipline
from dashboard.presenters.words import counted, full_day, listed, several
from dashboard.reports.minutes import DECISION, ActionRow, AgendaRow, Attendance, Minutes, PatientPart, Said
from dashboard.reports.one_page import UNKNOWN, Line
from data_access.meetings import Discussion, Meeting
from data_access.patients import PatientHead

PARTS = (
    ("question", "Question"),
    ("discussion", "Discussion"),
    ("options", "Options considered"),
    ("decision", DECISION),
    ("reason", "Reason"),
    ("disagreement", "Disagreement"),
)
"""What is recorded about a patient, in the order it is printed."""
ATTENDANCE = (("present", "Present"), ("apologies", "Apologies"), ("invited", "Invited, attendance not recorded"))
NO_DECISION = "no decision recorded"
NOT_FINAL = "Not final: this meeting is not closed. What is written here may still change."
AHEAD = "This meeting has not begun: patients and questions may still change."
PRIVATE = "Confidential: holds health data of named people"
_AS_RECORDED = (
    "Printed from the meeting's record as it stood when this file was made. Actions stand as the care plan has them "
    "now, with title, owner, date and status: what was agreed at the meeting is in the signed note of each patient's "
    "record, and that note is what counts. Research and demonstration; not for clinical use until classified."
)


@dataclass(frozen=True, slots=True)
class Case:
    """One patient of the meeting; `discussion` None where nothing was ever written."""

    head: PatientHead
    discussion: Discussion | None
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the minutes are made from. `cases` in the order of the queue; `left_out` patients the reader may not see."""

    meeting: Meeting
    team: str
    cases: tuple[Case, ...]
    left_out: int
    names: Mapping[int, str]
    disciplines: Mapping[int, str]


def minutes(told: Told) -> Minutes:
    """The minutes of that meeting, with names; of one that has not begun its agenda."""
    meeting, ahead = told.meeting, to_come(told)
    parts = () if ahead else tuple(_part(number, case, told) for number, case in enumerate(told.cases, 1))
    day = full_day(meeting.day)
    return Minutes(
        title=f"{'Agenda for' if ahead else 'Minutes of'} the case review on {day}",
        subtitle=meeting.title,
        author=_recorder(told),
        synthetic=any(case.head.synthetic for case in told.cases),
        header=(
            Line("Team", told.team or UNKNOWN),
            Line("Date", f"{day}{_hours(meeting)}"),
            Line("Chair", UNKNOWN),
            Line("Recorded by", _recorder(told) or UNKNOWN),
            Line("Patients", several(len(told.cases), "patient")),
            Line("Time spent", spent(sum(seconds(case) for case in told.cases))),
        ),
        attendance=_attendance(meeting),
        undecided_title=undecided_title(told),
        undecided=tuple(f"{_name(case.head)}: {outcome(case)}" for case in undecided(told)),
        warnings=warnings(told),
        agenda=tuple(_row(number, case) for number, case in enumerate(told.cases, 1)),
        patients=parts,
        footer=f"Case review {day} · {PRIVATE}",
        notes=(_AS_RECORDED,),
    )


def to_come(told: Told) -> bool:
    """Whether the meeting has not begun: nothing but questions is on record."""
    return told.meeting.status == "planned" and not any(reached(case) for case in told.cases)


def undecided(told: Told) -> tuple[Case, ...]:
    """The patients without a decision; none of a meeting that has not begun."""
    return () if to_come(told) else tuple(case for case in told.cases if not decided(case))


def decided(case: Case) -> bool:
    """Whether a decision is on record."""
    return bool(case.discussion and case.discussion.decision.strip() and case.discussion.status == "discussed")


def outcome(case: Case) -> str:
    """'decided', 'discussed, no decision recorded', 'deferred', 'not discussed'."""
    if decided(case):
        return "decided"
    if case.discussion is None or not reached(case):
        return "not discussed"
    return "deferred" if case.discussion.status == "deferred" else f"discussed, {NO_DECISION}"


def undecided_title(told: Told) -> str:
    """'Without a decision: 2 of 5 patients', or '' when there is one about everybody."""
    without = len(undecided(told))
    return f"Without a decision: {without} of {several(len(told.cases), 'patient')}" if without else ""


def warnings(told: Told) -> tuple[str, ...]:
    """What a reader must know before reading: not final, patients left out."""
    found = [AHEAD if to_come(told) else NOT_FINAL] if told.meeting.status != "closed" else []
    if told.left_out:
        found.append(
            f"{counted(told.left_out, 'patient').capitalize()} of this meeting left out: not in the care of the person "
            "who made this file."
        )
    return tuple(found)


def seconds(case: Case) -> int:
    """Time the meeting spent on that patient."""
    return case.discussion.seconds if case.discussion else 0


def spent(seconds: int) -> str:
    """'12 min' as the screen says it, or that it was not timed."""
    return minutes_of(seconds) or "not timed"


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def reached(case: Case) -> bool:
    """Whether the meeting came to that patient, as far as its record says."""
    return case.discussion is not None and case.discussion.status != "queued"


def no_actions(case: Case) -> str:
    """That nothing was agreed, where the meeting came to the patient."""
    return "No action was agreed in this meeting." if reached(case) else ""


def missing(case: Case) -> str:
    """'Not recorded: options considered and reason.', or '' when every part was written; disagreement is told apart."""
    if not reached(case):
        asked = case.discussion and case.discussion.question.strip()
        return f"Nothing {'but the question ' if asked else ''}was recorded about this patient."
    empty = [
        label.lower()
        for name, label in PARTS
        if name != "disagreement" and not (case.discussion and getattr(case.discussion, name).strip())
    ]
    return f"Not recorded: {listed(empty, len(empty))}." if empty else ""


def owner(action: Action, names: Mapping[int, str]) -> str:
    """Who does it, by name; 'nobody named' where nobody is."""
    return action.owner_name or names.get(action.owner_user_id or 0, "") or "nobody named"


def _name(head: PatientHead) -> str:
    return f"{head.family_name.upper()}, {head.given_name}" if head.given_name else head.family_name.upper()


def _about(head: PatientHead, day: date) -> str:
    return f"{people.about(head, day)} · record {head.record_number}"


def _hours(meeting: Meeting) -> str:
    """', 14:03 to 15:10' where the clinic stands, as far as it is known."""
    if meeting.opened_at is None:
        return ""
    begins = f", {meeting.opened_at.astimezone():%H:%M}"
    return f"{begins} to {meeting.closed_at.astimezone():%H:%M}" if meeting.closed_at else f"{begins}, not closed"


def _recorder(told: Told) -> str:
    """Whoever wrote last in the meeting or about one of its patients, each once."""
    wrote = [case.discussion.revised.user_name for case in told.cases if case.discussion]
    return ", ".join(dict.fromkeys(name for name in (*wrote, told.meeting.revised.user_name) if name))


def _attendance(meeting: Meeting) -> tuple[Attendance, ...]:
    return tuple(
        Attendance(label, found)
        for kind, label in ATTENDANCE
        if (found := tuple(_person(one.name, one.discipline) for one in meeting.people if one.attendance == kind))
        or kind == "present"
    )


def _person(name: str, of: str) -> str:
    return f"{name}, {discipline(of).lower()}" if of else name


def _row(number: int, case: Case) -> AgendaRow:
    question = case.discussion.question if case.discussion else ""
    return AgendaRow(
        number=str(number),
        patient=f"{_name(case.head)} ({case.head.record_number})",
        question=" ".join(question.split()) or UNKNOWN,
        outcome=outcome(case),
        spent=spent(seconds(case)),
    )


def _part(number: int, case: Case, told: Told) -> PatientPart:
    return PatientPart(
        title=f"{number}. {_name(case.head)}",
        about=_about(case.head, told.meeting.day),
        outcome=outcome(case),
        decided=decided(case),
        said=_said(case.discussion),
        missing=missing(case),
        actions=tuple(
            ActionRow(
                action.title,
                owner(action, told.names),
                full_day(action.due) if action.due else "no date agreed",
                action.status,
            )
            for action in case.actions
        ),
        no_actions=no_actions(case),
        facts=_facts(case, told.names),
    )


def _said(discussion: Discussion | None) -> tuple[Said, ...]:
    if discussion is None:
        return ()
    found = [(name, label, lines(getattr(discussion, name))) for name, label in PARTS]
    return tuple(Said(_label(name, label, discussion), text) for name, label, text in found if text)


def _label(name: str, label: str, discussion: Discussion) -> str:
    if name == "disagreement":
        return f"{label}, by {discussion.disagreement_by.strip() or 'nobody named'}"
    return label


def _facts(case: Case, names: Mapping[int, str]) -> tuple[Line, ...]:
    discussion = case.discussion
    if discussion is None or not reached(case):
        return ()
    told_by = discussion.teller_name or names.get(discussion.teller_user_id or 0, "")
    return (
        Line("Who tells the patient", told_by or UNKNOWN),
        Line("Next review", full_day(discussion.next_review) if discussion.next_review else "no date agreed"),
        Line("Time spent", spent(discussion.seconds)),
        *(() if discussion.disagreement.strip() else (Line("Disagreement", _unsaid(discussion)),)),
    )


def _unsaid(discussion: Discussion) -> str:
    by = discussion.disagreement_by.strip()
    return f"by {by}; about what was not recorded" if by else "none recorded"
