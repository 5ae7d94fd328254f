"""A case review in words: meetings, who is there, how each patient stands; and a patient whom nobody may know."""

from collections.abc import Iterable, Mapping
from datetime import date

from clinical.plan import Action, Goal, Plan
from dashboard.presenters import people
from dashboard.presenters.notes import discipline
from dashboard.presenters.words import day, full_day, listed, number, plainly, several
from dashboard.reports.case_review_note import named_with_role, teller
from dashboard.services.case_review import Discussion, Meeting, Queued
from dashboard.services.case_review_case import Earlier
from data_access.meetings import Person
from data_access.patients import PatientHead

BAND, OLDEST_BAND = 5, 90
"""Years of an age band; from the oldest on there is one band only, since so old a person is known by their age."""
NOT_YOURS = "Patient of another team"
DEIDENTIFIED = (
    "De-identified for teaching: no name, record number, birth date, texts or notes are on this page; in the menu "
    "stands only who is signed in. What can still identify: the exact days of visits, flares, events and medicine "
    "starts, in the period, the sentences and the chart, and the measurements. Whoever knows one of those days may "
    "know the patient: do not photograph or share it."
)
_STATUS = {"planned": "to come", "open": "open now", "closed": "closed"}
_STATES = {"queued": "to discuss", "discussed": "discussed", "deferred": "deferred"}


def heading(meeting: Meeting, *, teaching: bool = False) -> str:
    """'Pain team meeting, 24 Nov 2026'; 'Case review, November 2026' where nobody may know of whom."""
    if teaching:
        return f"Case review, {meeting.day:%B %Y}"
    return f"{meeting.title}, {full_day(meeting.day)}"


def line(meeting: Meeting, team: str, as_of: date, *, teaching: bool = False) -> str:
    """'Tue 24 Nov · Team North · 5 patients · to come', without day and team where nobody may know of whom."""
    queue = several(len(meeting.queue), "patient") if meeting.queue else "nobody queued"
    which = () if teaching else (_when(meeting, as_of), team)
    return " · ".join(part for part in (*which, queue, _overdue(meeting, as_of)) if part)


def _when(meeting: Meeting, as_of: date) -> str:
    if meeting.day == as_of:
        return "today"
    return f"{_WEEKDAYS[meeting.day.weekday()]} {day(meeting.day, as_of)}"


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _overdue(meeting: Meeting, as_of: date) -> str:
    late = meeting.status != "closed" and meeting.day < as_of
    return "its day is over, not closed" if late else _STATUS[meeting.status]


def present(everybody: Iterable[Person]) -> str:
    """'Present: A (medicine), B. Apologies: C. Not yet marked: D.'; who is meant by each, in their order."""
    every = tuple(everybody)
    return _by_attendance({kind: [named_with_role(who) for who in every if who.attendance == kind] for kind in _KINDS})


def present_by_discipline(everybody: Iterable[Person]) -> str:
    """'Present: Medicine (1), Guest (2). Apologies: Psychology (1).'; nobody by name, and nothing a guest wrote."""
    every = tuple(everybody)
    there = {kind: [_discipline(who) for who in every if who.attendance == kind] for kind in _KINDS}
    return _by_attendance(
        {kind: [f"{of} ({each.count(of)})" for of in dict.fromkeys(each)] for kind, each in there.items()}
    )


_KINDS = {"present": "Present", "apologies": "Apologies", "invited": "Invited, not marked"}


def _by_attendance(named: Mapping[str, list[str]]) -> str:
    said = [f"{_KINDS[kind]}: {', '.join(each)}" for kind, each in named.items() if each]
    return ". ".join(said) + "." if said else "Nobody is named yet."


def _discipline(who: Person) -> str:
    """A guest's role is free text and could be a name."""
    return "Guest" if who.user_id is None else discipline(who.discipline)


def label(each: Queued, *, teaching: bool = False) -> str:
    """What the strip calls a patient: the name, or 'Patient 3' where nobody may know who it is."""
    if each.head is None:
        return NOT_YOURS
    return f"Patient {each.place}" if teaching else people.name(each.head)


def state(each: Queued) -> str:
    """The code of how a patient stands: hidden, signed, discussed, deferred, queued."""
    if each.said is None:
        return "hidden"
    return "signed" if each.said.note_id is not None else each.said.status


def words_of(each: Queued, *, closed: bool = False) -> str:
    """How a patient stands, with what is still missing: 'discussed, no decision', 'to discuss', once over 'not ...'."""
    if each.said is None:
        return "not shown to you"
    if each.said.note_id is not None:
        return "note signed"
    said = "not discussed" if closed and each.said.status == "queued" else _STATES[each.said.status]
    return f"{said}, no decision" if each.said.status == "discussed" and not each.said.decision.strip() else said


def queued_already(head: PatientHead, meeting: Meeting) -> str:
    """'Sample, Rowan is already number 1 in this queue.'"""
    return f"{people.name(head)} is already number {meeting.queue.index(head.patient_id) + 1} in this queue."


def about(head: PatientHead, as_of: date) -> str:
    """'47 F · FB-00017'."""
    return people.briefly(head.sex, head.birth_date, head.record_number, as_of)


def anonymous(each: Queued, count: int, as_of: date) -> str:
    """'Patient 2 of 5 · 45 to 49 years · female': all that may be said of who it is."""
    head = each.head
    born, sex = (head.birth_date, head.sex) if head else (None, "unknown")
    return f"Patient {each.place} of {count} · {age_band(born, as_of)} · {'sex not known' if sex == 'unknown' else sex}"


def age_band(born: date | None, as_of: date) -> str:
    """'45 to 49 years', '90 years or older', 'age not known'."""
    years = people.age(born, as_of)
    if years is None:
        return "age not known"
    if years >= OLDEST_BAND:
        return f"{OLDEST_BAND} years or older"
    lower = years - years % BAND
    return f"{lower} to {lower + BAND - 1} years"


def minutes_of(seconds: int) -> str:
    """'4 min', 'under 1 min', '' for no time at all."""
    if seconds <= 0:
        return ""
    return "under 1 min" if seconds < 60 else f"{seconds // 60} min"


def doubtful(meeting: Meeting, as_of: date) -> list[str]:
    """What the notes would say of the meeting itself that cannot be right: its day, and who was there."""
    said = [] if meeting.day <= as_of else [f"The meeting is dated {full_day(meeting.day)}, a day that has not come."]
    if not any(who.attendance == "present" for who in meeting.people):
        said.append("Nobody is marked as present: the notes will say that this was not recorded.")
    return said


def missing(named: Mapping[str, tuple[str, ...]]) -> list[str]:
    """'Sample, Rowan: no decision and nobody tells the patient' for each that lacks something."""
    return [f"{name}: {listed(list(lacks))}" for name, lacks in named.items() if lacks]


def decided(said: Discussion) -> str:
    """The decision, or that there was none."""
    if said.decision.strip():
        return said.decision.strip()
    return "Deferred: not discussed." if said.status == "deferred" else "No decision was recorded."


def told(said: Discussion, owners: Mapping[int, str]) -> str:
    """'Milo Invented tells the patient', or that nobody was named."""
    name = teller(said, owners)
    return f"{name} tells the patient" if name else "nobody named to tell the patient"


def earlier_heading(each: Earlier, as_of: date) -> str:
    """'12 Oct · 2 of 3 actions done, 1 overdue'."""
    if not each.actions:
        return f"{day(each.day, as_of)} · no action agreed"
    done = sum(action.status == "done" for action in each.actions)
    late = sum(is_late(action, as_of) for action in each.actions)
    said = f"{done} of {several(len(each.actions), 'action')} done"
    return f"{day(each.day, as_of)} · {said}{f', {late} overdue' if late else ''}"


def is_late(action: Action, as_of: date) -> bool:
    """Whether an action is open past its day."""
    return action.status == "open" and action.due is not None and action.due < as_of


def action(of: Action, owners: Mapping[int, str], as_of: date) -> str:
    """'Pacing plan (Milo Invented): due 12 Nov, overdue'."""
    owner = "" if of.owner_user_id is None else owners.get(of.owner_user_id, "")
    who = owner or of.owner_name or of.discipline.replace("_", " ") or "owner not recorded"
    return f"{of.title} ({who}): {_state(of, as_of)}"


def _state(of: Action, as_of: date) -> str:
    if of.status == "done":
        return f"done {day(of.done, as_of)}" if of.done else "done"
    if of.status == "cancelled":
        return "cancelled"
    due = f"due {day(of.due, as_of)}" if of.due else "open, no due date"
    return f"{due}, overdue" if is_late(of, as_of) else due


def goals(plan: Plan, as_of: date) -> list[str]:
    """The active goals in a line each: what, from where to where, by when, how far."""
    return [_goal(goal, as_of) for goal in plan.goals if goal.status == "active"]


def _goal(goal: Goal, as_of: date) -> str:
    parts = [goal.title]
    if goal.target is not None:
        start = f"from {plainly(goal.baseline)} " if goal.baseline is not None else ""
        parts.append(f"{start}to {plainly(goal.target, goal.unit)}")
    if goal.due is not None:
        parts.append(f"by {day(goal.due, as_of)}")
    if goal.attainment is not None:
        parts.append(f"attainment {'+' if goal.attainment > 0 else ''}{number(goal.attainment, 0)}")
    return "; ".join(parts)


def open_actions(plan: Plan) -> list[Action]:
    """Open actions of the plan, the longest overdue first, those without a day last."""
    still = [each for each in plan.actions if each.status == "open"]
    return sorted(still, key=lambda each: (each.due or date.max, each.title))


def counts(plan: Plan, earlier: int) -> str:
    """'2 active goals, 3 open actions, 1 earlier review': the plan without a word of it."""
    active = sum(goal.status == "active" for goal in plan.goals)
    still = len(open_actions(plan))
    return f"{several(active, 'active goal')}, {several(still, 'open action')}, {several(earlier, 'earlier review')}"


def recorded(said: Discussion, owners: Mapping[int, str], as_of: date) -> list[tuple[str, str]]:
    """What the meeting recorded, heading and text; what is empty is left out, but never the decision."""
    parts = [
        ("Discussion", said.discussion),
        ("Options considered", said.options),
        ("Decision", decided(said)),
        ("Reason", said.reason),
        (f"Disagreement ({said.disagreement_by})", said.disagreement),
        ("Who tells the patient", told(said, owners)),
        ("Next review", day(said.next_review, as_of) if said.next_review else ""),
    ]
    return [(heading, text) for heading, text in parts if text.strip()]


_FIELDS = {
    "discussion": "Discussion",
    "options": "Options considered",
    "decision": "Decision",
    "reason": "Reason",
    "disagreement": "Disagreement, if any",
    "disagreement_by": "Who disagrees",
    "teller": "Who tells the patient",
    "next_review": "Next review",
    "status": "This patient was",
    "title": "Action",
    "owner": "Who does it",
    "due": "By when",
}


def left_written(answers: Mapping[str, object]) -> dict[str, str]:
    """What stands in the fields of a form that was not saved, by the label of each; empty ones left out."""
    said = {_FIELDS.get(name, name): _written(value) for name, value in answers.items()}
    return {label: text for label, text in said.items() if text}


def _written(value: object) -> str:
    """The words of one answer; of a person the name."""
    if isinstance(value, Mapping):
        return str(value.get("name") or "").strip()
    return "" if value is None else str(value).strip()


def closed(meeting: Meeting) -> str:
    """'Closed 24 Nov 2026. Each discussed patient has a signed note of it in their record.'"""
    when = f" {full_day(meeting.closed_at.astimezone().date())}" if meeting.closed_at else ""
    return f"Closed{when}. Each discussed patient has a signed note of it in their record."


def what_closing_does(notes: int, who: str) -> str:
    """What becomes of the queue when it is closed."""
    signed = f"{several(notes, 'discussed patient')}: each part becomes a note in their record, signed by {who}. "
    return f"{signed if notes else ''}After closing nothing can be recorded at this meeting."


def left_open(count: int) -> str:
    """Why a meeting stays open."""
    several_of = "patient of this queue was" if count == 1 else "patients of this queue were"
    return (
        f"{count} {several_of} discussed and came into the care of another team since. Every other note is signed, and "
        "what was recorded of them is kept. To close the meeting, ask a clinician who works in both teams to do it, or "
        "an administrator who that could be."
    )


def unsaved(name: str, *, mine: bool, colleagues: int) -> str:
    """'Sample, Rowan: you wrote something that is not saved; so did 1 colleague'."""
    others = several(colleagues, "colleague")
    if not mine:
        return f"{name}: {others} wrote something that is not saved"
    return f"{name}: you wrote something that is not saved{f'; so did {others}' if colleagues else ''}"
