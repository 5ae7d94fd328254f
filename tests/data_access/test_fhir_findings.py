"""Red flags as FHIR: a later no closes nothing, a closing holds for what it closed, days ahead do not count."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from clinical.asked import ASKED
from clinical.red_flags import RED_FLAGS
from clinical.safety import NO, YES, Answer, Closure, red_flag_subject
from data_access import fhir_findings
from data_access.fhir_nodes import person_address
from tests.data_access.made_up import NOW, TODAY

PERSON = person_address("T-1")


def said(answer: str, asked_on: date, given: datetime = NOW, number: int = 1, question: str = "fever") -> Answer:
    return Answer(question, answer, asked_on, "", "Dr T", given, number)


def closed(through: date, at: datetime) -> Closure:
    return Closure(red_flag_subject("fever"), "seen, viral", through, "Dr V", at, 1)


def fever(answers: Sequence[Answer], closures: Sequence[Closure] = ()) -> list[Any]:
    """The observations of that one question."""
    made = list(fhir_findings.of_red_flags(PERSON, answers, closures, TODAY))
    assert len({own for own, _ in made}) == len(made)
    assert {node["code"]["coding"][1]["code"] for _, node in made} == RED_FLAGS.keys()
    return [node for _, node in made if node["code"]["coding"][1]["code"] == "fever"]


def notes(node: Any) -> list[str]:
    return [each["text"] for each in node.get("note", ())]


def test_the_answer_of_the_latest_day_stands_whenever_it_was_entered() -> None:
    yes, older = said(YES, TODAY - timedelta(days=2)), said(NO, TODAY - timedelta(days=170), NOW, 2)
    (found,) = fever([yes, older])
    assert found["valueBoolean"] is True
    assert found["effectiveDateTime"] == (TODAY - timedelta(days=2)).isoformat()


def test_an_open_yes_stands_beside_a_later_no() -> None:
    yes, later = said(YES, TODAY - timedelta(days=9)), said(NO, TODAY - timedelta(days=1), NOW, 2)
    now, still = fever([yes, later])
    assert (now["valueBoolean"], notes(now)) == (False, [])
    assert (still["valueBoolean"], notes(still)) == (True, [fhir_findings.STILL_OPEN])
    assert still["effectiveDateTime"] == (TODAY - timedelta(days=9)).isoformat()


def test_a_yes_that_was_closed_does_not_come_back_beside_a_no() -> None:
    yes = said(YES, TODAY - timedelta(days=9), NOW - timedelta(days=9))
    later = said(NO, TODAY - timedelta(days=1), NOW, 2)
    (found,) = fever([yes, later], [closed(TODAY - timedelta(days=5), NOW - timedelta(days=5))])
    assert found["valueBoolean"] is False


def test_an_old_closing_is_not_printed_on_a_red_flag_that_is_open_again() -> None:
    yes = said(YES, TODAY - timedelta(days=9), NOW - timedelta(days=9))
    again = said(YES, TODAY - timedelta(days=1), NOW - timedelta(days=1), 2)
    closing = closed(TODAY - timedelta(days=5), NOW - timedelta(days=5))
    (found,) = fever([yes, again], [closing])
    assert notes(found) == [fhir_findings.STILL_OPEN]
    (held,) = fever([yes], [closing])
    assert "seen, viral" in notes(held)[0]


def test_what_was_asked_on_a_day_ahead_is_not_there_yet() -> None:
    (found,) = fever([said(YES, TODAY + timedelta(days=1))])
    assert found["dataAbsentReason"]["coding"][0]["code"] == "not-asked"


def test_of_another_question_the_latest_day_stands_too() -> None:
    question = next(iter(ASKED))
    latest, older = (said(each, TODAY - timedelta(days=d), NOW, d, question) for each, d in ((YES, 2), (NO, 170)))
    ((_, found),) = fhir_findings.of_questions(PERSON, [latest, older], TODAY)
    assert found["valueBoolean"] is True
