"""Flares and the answers to what is asked out as FHIR R4. Neither is read back: they are found or asked anew.

A red flag that nobody asked goes out as not asked, never as a no.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from clinical import marks
from clinical.asked import ASKED, NOT_KNOWN
from clinical.flares import Flare
from clinical.red_flags import RED_FLAGS
from clinical.safety import NO, YES, Answer, Closure, closing_of, red_flag_subject, standing
from data_access.fhir_nodes import (
    Node,
    Written,
    absent,
    address,
    category,
    component,
    identified,
    moment,
    own_concept,
    period,
    quantity,
    reference,
)
from data_access.importers.fhir_own import RED_FLAG

QUESTION = "urn:flareboard:question"
STILL_OPEN = "Still open: nothing in this record closes it."
"""Stands beside a yes that no clinician closed, whatever was answered later."""


def of_flares(person: str, found: Sequence[Flare], device: str) -> Iterator[Written]:
    """One observation for each episode, from its first to its last day; an open one is preliminary."""
    for flare in found:
        own = address(person, "flare", flare.kind, flare.start.isoformat())
        node: Node = {
            "resourceType": "Observation",
            "status": "final" if flare.end else "preliminary",
            "category": category("survey"),
            "code": own_concept("flare-episode", f"Episode of more pain than usual: {flare.kind}"),
            "subject": reference(person),
            "effectivePeriod": period(flare.start, flare.end),
            "device": reference(device),
            "method": {"text": marks.in_words(flare.rule)},
            "component": list(_of_flare(flare)),
        }
        yield own, identified({name: value for name, value in node.items() if value != {"text": ""}}, own)


def _of_flare(flare: Flare) -> Iterator[Node]:
    yield component(own_concept("flare-kind", "Kind"), {"valueString": flare.kind})
    for name, label, value in (
        ("flare-peak-pain", "Highest pain, 0-10", flare.peak_pain),
        ("flare-usual-pain", "Usual pain before, 0-10", flare.usual_pain),
    ):
        if value is not None:
            yield component(own_concept(name, label), {"valueQuantity": quantity(value)})
    yield component(own_concept("flare-days-logged", "Days logged"), {"valueInteger": flare.days_logged})
    yield component(own_concept("flare-days-missing", "Days without an entry"), {"valueInteger": flare.days_missing})


def of_red_flags(person: str, answers: Sequence[Answer], closures: Sequence[Closure], as_of: date) -> Iterator[Written]:
    """One observation for each question of the checklist: the answer that stands, or that it was not asked.

    Every other yes that nobody closed is an observation of its own: a later no closes nothing.
    """
    known = [each for each in answers if each.asked_on <= as_of]
    latest = standing(known)
    for question, flag in RED_FLAGS.items():
        code = own_concept("red-flag", flag.label, (RED_FLAG, question))
        closings = [each for each in closures if each.subject == red_flag_subject(question)]
        answer = latest.get(question)
        own = address(person, "red flag", question)
        yield own, identified(_flag(person, code, answer, closings), own)
        ticked = [each for each in known if each.question == question and each.answer == YES and each is not answer]
        for each in ticked:
            if closing_of(each, closings) is None:
                own = address(person, "red flag", question, repr(each))
                yield own, identified(_flag(person, code, each, closings), own)


def _flag(person: str, code: Node, answer: Answer | None, closings: Sequence[Closure]) -> Node:
    """One answer; a yes says whether it is still open or who closed it."""
    node = _asked(person, code, answer)
    if answer is None or answer.answer != YES:
        return node
    closed = closing_of(answer, closings)
    said = _closing(closed) if closed else {"text": STILL_OPEN}
    return node | {"note": [*node.get("note", ()), said]}


def of_questions(person: str, answers: Sequence[Answer], as_of: date) -> Iterator[Written]:
    """One observation for each other question that was asked: the answer that stands."""
    found = standing(each for each in answers if each.question in ASKED and each.asked_on <= as_of)
    for question, answer in found.items():
        own = address(person, "question", question)
        code = own_concept("asked", ASKED[question].wording, (QUESTION, question))
        yield own, identified(_asked(person, code, answer), own)


def _asked(person: str, code: Node, answer: Answer | None) -> Node:
    node: Node = {
        "resourceType": "Observation",
        "status": "final",
        "category": category("exam"),
        "code": code,
        "subject": reference(person),
    }
    if answer is None:
        return node | {"dataAbsentReason": absent("not-asked")}
    node |= {**moment("effectiveDateTime", answer.asked_on), "performer": [{"display": answer.user_name}]}
    if answer.remark:
        node["note"] = [{"text": answer.remark}]
    return node | _said(answer.answer)


def _said(answer: str) -> Node:
    if answer == NOT_KNOWN:
        return {"dataAbsentReason": absent("asked-unknown")}
    return {"valueBoolean": answer == YES} if answer in (YES, NO) else {"valueString": answer}


def _closing(closure: Closure) -> Node:
    return {
        "authorString": closure.user_name,
        "time": closure.closed_at.isoformat(),
        "text": f"Closed through {closure.closed_through.isoformat()}: {closure.reason}",
    }


def questions_of(group: str) -> frozenset[str]:
    """The codes of the questions of that group."""
    return frozenset(question for question, asked in ASKED.items() if asked.group == group)
