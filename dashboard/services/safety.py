"""Red flags and safety items of one patient: what is open, what was closed by whom, answering and closing.

Nothing here is inferred from a log. A 'yes' opens its item with the same write; only a named clinician closes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from clinical import asked as once
from clinical.red_flags import RED_FLAGS
from clinical.safety import NO, YES, Answer, Closure, SafetyItem, open_items, standing
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import history, work
from data_access import asked, measures, safety
from data_access.patients import PatientHead

READ = "view red flags"
LONGEST_REASON = 400
LONGEST_REMARK = 400
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class SafetyView:
    """What is open, the most pressing first; every closing, the latest first; the answers that stand by question.

    `asked` counts the red flags with an answer; `seen` is the number of the last answer, 0 before the first.
    """

    open: tuple[SafetyItem, ...]
    closed: tuple[Closure, ...]
    standing: Mapping[str, Answer]
    seen: int
    as_of: date

    @property
    def asked(self) -> int:
        """How many questions of the checklist were ever answered."""
        return sum(question in self.standing for question in RED_FLAGS)


def view(viewer: Viewer, head: PatientHead, *, as_of: date) -> SafetyView:
    """What is open and closed of that patient. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        return of(history.load(conn, head), as_of)


def of(known: history.History, as_of: date) -> SafetyView:
    """The same of what was loaded inside a piece of work that was let in already."""
    return SafetyView(
        open=open_items(known.answers, known.closures, known.scores, as_of),
        closed=known.closures[::-1],
        standing=standing(known.answers),
        seen=max((each.answer_id for each in known.answers), default=0),
        as_of=as_of,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers by question as they were given on `asked_on`; `seen`: the last answer that was on the screen."""

    answers: Mapping[str, str]
    asked_on: date | None
    seen: int
    remark: str = ""


def answer(viewer: Viewer, patient_id: int, said: Asked, *, now: datetime, as_of: date) -> tuple[SafetyItem, ...]:
    """What is open once the answers are on record: red flags or questions asked once, in one act.

    Raises NotPermitted; Conflict when somebody answered the same meanwhile; ExplainedError with what cannot be.
    """
    with work.writing(
        viewer,
        Permission.ASSESS,
        patient_id,
        action="answer questions",
        resource="red flags" if said.answers.keys() & RED_FLAGS.keys() else "questions asked once",
        detail=f"{len(said.answers)} answered",
    ) as conn:
        asked_on = _possible(said, as_of)
        clashing = [
            each
            for each in asked.answers(conn, patient_id)
            if each.answer_id > said.seen and each.question in said.answers
        ]
        if clashing:
            raise _meanwhile(clashing, said.answers)
        given = [
            Answer(question, value.strip(), asked_on, " ".join(said.remark.split()), viewer.name, now, 0)
            for question, value in said.answers.items()
        ]
        asked.give(conn, patient_id, given, user_id=viewer.user_id, as_of=as_of)
        every = asked.answers(conn, patient_id), safety.closures(conn, patient_id), measures.scores(conn, patient_id)
        return open_items(*every, as_of)


def _possible(said: Asked, as_of: date) -> date:
    if not said.answers:
        raise _refused("No question is answered.", "Answer at least one; the others stay 'not asked'.")
    if said.asked_on is None:
        raise _refused("The day is missing on which this was asked.", "Choose the day.")
    if not _EARLIEST <= said.asked_on <= as_of:
        raise _refused(
            "The day on which this was asked lies in the future, or before 1900.", "Choose a day up to today."
        )
    if len(said.remark) > LONGEST_REMARK:
        raise _refused(f"The remark is longer than {LONGEST_REMARK} characters.", "Shorten it.")
    for question, value in said.answers.items():
        _possible_answer(question, value.strip())
    return said.asked_on


def _possible_answer(question: str, value: str) -> None:
    if question in RED_FLAGS:
        if value not in (YES, NO):
            raise _refused("A red flag is answered with yes or no.", "Choose one of them, or leave it 'not asked'.")
    elif question not in once.ASKED:
        raise _refused("One of these questions is not known.", "Load the page again.")
    elif not once.possible(once.ASKED[question], value):
        if once.ASKED[question].kind == "age":
            raise _refused("The age is not a whole number of years from 0 to 120.", "Correct it, or leave it empty.")
        if once.ASKED[question].kind == "weight":
            raise _refused("The weight is not a number of kilograms from 20 to 400.", "Correct it, or leave it empty.")
        raise _refused("One of the answers is none that this question has.", "Choose one of those offered.")


@dataclass(frozen=True, slots=True)
class Closing:
    """A clinician closes `item` as it was on the screen, and says why."""

    item: SafetyItem
    reason: str


def close(viewer: Viewer, patient_id: int, said: Closing, *, now: datetime, as_of: date) -> None:
    """Close the item with everything of its subject up to the day that was seen; it stays on record with the reason.

    Raises NotPermitted; Conflict when somebody was quicker or a new answer came in; ExplainedError without a reason.
    """
    with work.writing(
        viewer,
        Permission.CLOSE_SAFETY,
        patient_id,
        action="close safety item",
        resource=said.item.subject,
    ) as conn:
        reason = _reason(said.reason)
        every = asked.answers(conn, patient_id), safety.closures(conn, patient_id), measures.scores(conn, patient_id)
        if said.item not in open_items(*every, as_of):
            raise _closed_meanwhile()
        through = said.item.day or as_of
        closure = Closure(said.item.subject, reason, through, viewer.name, now, 0)
        safety.close(conn, patient_id, closure, user_id=viewer.user_id, as_of=as_of)


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise _refused(
            "There is no reason.", "Say what was found or done, so that the next reader knows why it was closed."
        )
    if len(reason) > LONGEST_REASON:
        raise _refused(f"The reason is longer than {LONGEST_REASON} characters.", "Shorten it.")
    return reason


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was changed, and what you filled in is still here.", what_to_do)


def _meanwhile(theirs: list[Answer], yours: Mapping[str, str]) -> Conflict:
    """Which questions were answered meanwhile, by whom and with what, each beside the answer it clashes with."""
    both = "; ".join(
        f"{_called(each.question)}: {_plain(each.answer)} by {each.user_name}, yours {_plain(yours[each.question])}"
        for each in theirs
    )
    return Conflict(
        f"Answered by somebody else since you opened this: {both}.",
        "Nothing of yours was written, theirs stands, and your answers are still here.",
        "Look at both; where yours differs and is right, save again: both stay on record.",
    )


def _called(question: str) -> str:
    return RED_FLAGS[question].label if question in RED_FLAGS else once.ASKED[question].wording


def _plain(answer: str) -> str:
    return answer.replace("_", " ")


def _closed_meanwhile() -> Conflict:
    return Conflict(
        "This was closed by somebody else, or answered anew, since you opened it.",
        "Nothing of yours was written, and theirs stands.",
        "Close this dialog and look at what is open now.",
    )
