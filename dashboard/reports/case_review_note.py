"""A patient's part of a case review as the text of a signed note: who was there, what was said, decided and agreed.

Markdown, with the words of the record as they were written.
"""

from collections.abc import Iterable, Mapping, Sequence

from clinical.plan import Action
from dashboard.presenters.words import full_day
from data_access.meetings import Discussion, Meeting, Person

NOTHING = "not recorded"
_ATTENDANCE = (("present", "Present"), ("apologies", "Apologies"))


def text(meeting: Meeting, said: Discussion, actions: Sequence[Action], owners: Mapping[int, str]) -> str:
    """The note of that patient; the discussion's own texts stand under their headings, what is empty says so."""
    marked = any(who.attendance == "present" for who in meeting.people)
    parts = [
        f"# Case review, {full_day(meeting.day)}",
        *(
            _people(word, [who for who in meeting.people if who.attendance == kind], marked)
            for kind, word in _ATTENDANCE
        ),
        *(f"## {heading}\n{words}" for heading, words in sections(said, actions, owners)),
    ]
    return "\n\n".join(parts)


def sections(said: Discussion, actions: Sequence[Action], owners: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """What the note says of the patient, heading and words.

    An action that was cancelled since is not one the meeting agreed to: it is left out.
    """
    standing = [action for action in actions if action.status != "cancelled"]
    return (
        _part("Question", said.question),
        _part("Decision", said.decision),
        _part("Reason", said.reason),
        ("Disagreement", _disagreement(said)),
        _part("Actions", "\n".join(f"- {_action(action, owners)}" for action in standing) or "None agreed."),
        _part("Who tells the patient", teller(said, owners)),
        _part("Next review", full_day(said.next_review) if said.next_review else ""),
        _part("Discussion", said.discussion),
        _part("Options considered", said.options),
    )


def _people(word: str, people: Iterable[Person], marked: bool) -> str:
    """Nobody sent apologies is said only where it was marked who was there."""
    named = ", ".join(named_with_role(who) for who in people)
    return f"**{word}:** {named or ('none' if marked else NOTHING)}"


def named_with_role(who: Person) -> str:
    """'Milo Invented (physiotherapy)', or the name alone."""
    role = who.discipline.replace("_", " ")
    return f"{who.name} ({role})" if role else who.name


def _part(heading: str, words: str) -> tuple[str, str]:
    return heading, words.strip() or f"{NOTHING.capitalize()}."


def _disagreement(said: Discussion) -> str:
    if not said.disagreement.strip():
        return "None recorded."
    return f"{said.disagreement.strip()}\n\nBy: {said.disagreement_by.strip() or NOTHING}"


def _action(action: Action, owners: Mapping[int, str]) -> str:
    named = "" if action.owner_user_id is None else owners.get(action.owner_user_id, "")
    due = f"by {full_day(action.due)}" if action.due else "no due date"
    return f"{action.title}: {named or action.owner_name or 'owner not recorded'}, {due}"


def teller(said: Discussion, owners: Mapping[int, str]) -> str:
    """The name of whoever tells the patient, '' where nobody was named."""
    named = "" if said.teller_user_id is None else owners.get(said.teller_user_id, "")
    return named or said.teller_name
