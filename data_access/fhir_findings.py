"""Flares and the answers to what is asked out as FHIR R4. Neither is read back: they are found or asked anew.

A red flag that nobody asked goes out as not asked, never as a no.
"""

from collections.abc import Iterator, Sequence

from clinical.asked import ASKED, NOT_KNOWN
from clinical.flares import Flare
from clinical.red_flags import RED_FLAGS
from clinical.safety import NO, YES, Answer, Closure, red_flag_subject
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

RED_FLAG = "urn:flareboard:red-flag"
QUESTION = "urn:flareboard:question"


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
            "method": {"text": flare.rule},
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


def of_red_flags(person: str, answers: Sequence[Answer], closures: Sequence[Closure]) -> Iterator[Written]:
    """One observation for each question of the checklist: its latest answer, or that it was not asked."""
    latest = {answer.question: answer for answer in answers}
    closed = {closure.subject: closure for closure in closures}
    for question, flag in RED_FLAGS.items():
        answer = latest.get(question)
        node = _asked(person, own_concept("red-flag", flag.label, (RED_FLAG, question)), answer)
        if answer is not None and answer.answer == YES and (done := closed.get(red_flag_subject(question))):
            node["note"] = [*node.get("note", ()), _closing(done)]
        own = address(person, "red flag", question)
        yield own, identified(node, own)


def of_questions(person: str, answers: Sequence[Answer]) -> Iterator[Written]:
    """One observation for each other question that was asked: its latest answer."""
    latest = {answer.question: answer for answer in answers if answer.question in ASKED}
    for question, answer in latest.items():
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
