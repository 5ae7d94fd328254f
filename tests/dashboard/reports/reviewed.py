"""A case review of five invented patients: long talk, disagreement, one deferred, one not reached, one short."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from clinical.plan import Action
from clinical.record import Revised
from dashboard.reports.minutes_words import Case, Told
from data_access.meetings import Discussion, Meeting, Person
from data_access.patients import PatientHead

DAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 15, 40, tzinfo=UTC)
WROTE = Revised(2, "Milo Invented", NOW)
PEOPLE = (
    Person(1, "Dr Ada Invented", "medicine", "present"),
    Person(2, "Milo Invented", "physiotherapy", "present"),
    Person(3, "Kemi Invented", "psychology", "present"),
    Person(None, "Ros Guest", "dietetics", "present"),
    Person(4, "Noor Invented", "nursing", "apologies"),
    Person(5, "Oli Invented", "occupational_therapy", "invited"),
)
MEETING = Meeting(
    7, 1, DAY, "Fortnightly review", "closed", PEOPLE, (1, 2, 3, 4, 5),
    NOW - timedelta(minutes=70), NOW, Revised(5, "Cleo Invented", NOW),
)  # fmt: skip
NAMES = {1: "Dr Ada Invented", 2: "Milo Invented", 3: "Kemi Invented"}
DISCIPLINES = {1: "medicine", 2: "physiotherapy", 3: "psychology"}


def head(number: int, family: str, given: str, born: date | None) -> PatientHead:
    """One invented person."""
    return PatientHead(number, f"link{number}", f"FB-{number:05}", family, given, born, "female", 1, True, 1)


def action(title: str, owner: int | None = None, due: date | None = None, *, name: str = "") -> Action:
    """One agreed action."""
    return Action(title, due, owner_user_id=owner, owner_name=name, meeting_id=7)


LONG = Discussion(
    7,
    question="Flares have doubled since September although tramadol was raised: what next, and who leads?",
    status="discussed",
    discussion=(
        "Pain 6.4 over the last 28 days, 5.1 before; 9 flare days, 3 before. Nights under 5 h went with seven of the "
        "nine flare days (77 of 84 days logged). Rowan walks to the shop again, which matters most to her.\n"
        "Physiotherapy: graded walking was kept up until the second flare; the plan has no step for a bad week, so she "
        "stops completely and starts again from nothing.\n"
        "Psychology: worry about work in the evenings, lies awake from two. Two sessions of CBT for insomnia done; the "
        "sleep diary is the part she finds hard. No low mood beyond what the PHQ-9 of 3 November shows (9).\n"
        "Medicine: tramadol 200 mg a day with little change in pain or function after ten weeks; constipation. "
    )
    * 2,
    options=(
        "1. Taper tramadol over eight weeks, keep amitriptyline 10 mg.\n2. Leave tramadol, add duloxetine.\n"
        "3. Leave medicines as they are until sleep treatment is finished."
    ),
    decision="Taper tramadol by 50 mg every two weeks from 1 December; CBT for insomnia goes on; plan for flares.",
    reason="No benefit after ten weeks, side effects, and sleep comes first. She asked for fewer tablets herself.",
    disagreement="Would wait with the taper until sleep treatment is finished: two changes cannot be told apart.",
    disagreement_by="Kemi Invented, psychology",
    teller_user_id=1,
    next_review=date(2027, 1, 14),
    seconds=1260,
    note_id=41,
    revised=WROTE,
)
CASES = (
    Case(
        head(1, "Sample", "Rowan", date(1979, 2, 3)),
        LONG,
        (
            action("Write the taper plan and send it to the GP", 1, date(2026, 11, 26)),
            action("Flare plan with three steps, agreed with Rowan, one page for the fridge", 2, date(2026, 12, 3)),
            action("Ring the GP about repeat prescriptions", None, None, name="Ros Guest"),
        ),
    ),
    Case(
        head(2, "Invented-Longname-Doublebarrelled", "Annabel Georgina Theodora", date(1990, 7, 30)),
        Discussion(
            7, "Is hydrotherapy worth a second course?", "discussed",
            discussion="First course: pain 7.0 before, 6.8 after; enjoyed it; did not go on alone.", seconds=600,
            revised=WROTE,
        ),
        (),
    ),
    Case(
        head(3, "Deferred", "Jo", date(2009, 1, 2)),
        Discussion(
            7, "Transition to adult services", "deferred", reason="Mother could not come; wants to be there.",
            next_review=date(2026, 12, 3), seconds=95, revised=WROTE,
        ),
        (action("Invite mother to 3 December", None, date(2026, 11, 24)),),
    ),
    Case(head(4, "Queue", "Lee", None), Discussion(7, "Return to work: what can we write?"), ()),
    Case(
        head(5, "Short", "Pat", date(1931, 5, 6)),
        Discussion(
            7, "Stop massage?", "discussed", discussion="Agreed by all.", options="Stop; exercise class instead.",
            decision="Stop massage, offer the Tuesday class.", reason="No lasting effect over six months.",
            teller_name="Milo Invented", next_review=date(2027, 2, 11), seconds=40, revised=WROTE,
        ),
        (action("Book the class", 2, date(2026, 12, 1)),),
    ),
)  # fmt: skip
TOLD = Told(MEETING, "North team", CASES, 1, NAMES, DISCIPLINES)
HOSTILE = '=HYPERLINK("http://x") #panic("x") </w:t><w:br/> {{ PAGE }} \x00\x07\u202e\ud800\ufffe \U0001f4a3 $x$ *b* 中'


def hostile() -> Told:
    """The same with text in it that wants to be something else."""
    said = replace(LONG, question=HOSTILE, discussion=f"{HOSTILE}\n" * 5, decision=HOSTILE, disagreement_by=HOSTILE)
    case = Case(replace(CASES[0].head, family_name=HOSTILE), said, (action(HOSTILE, None, DAY, name=HOSTILE),))
    return replace(TOLD, cases=(case,), meeting=replace(MEETING, title=HOSTILE))


def long() -> Told:
    """Every text as long as a record can hold, without a space in it."""
    said = replace(LONG, discussion="W" * 20_000, options="an option; " * 1_800, decision="line\n" * 400)
    return replace(TOLD, cases=(Case(CASES[0].head, said, CASES[0].actions),) * 2)


def empty() -> Told:
    """A meeting of which nothing is on record but its day."""
    return Told(Meeting(8, 1, DAY, "", "planned"), "", (), 0, {}, {})
