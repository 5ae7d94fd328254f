"""What the clinic knows and plans out as FHIR R4: diagnoses, allergies, goals, the plan, and what happened."""

from collections.abc import Iterator, Sequence
from datetime import date

from clinical.interventions import INTERVENTIONS
from clinical.plan import PlannedIntervention
from data_access.events import PLANNED
from data_access.fhir_nodes import (
    Node,
    Written,
    address,
    addressed,
    category,
    concept,
    extended,
    extension,
    identified,
    left_out,
    moment,
    own_concept,
    period,
    plain,
    quantity,
    recorded,
    reference,
)
from data_access.importers.fhir_codes import LOINC
from data_access.importers.fhir_own import EVENT, INTERVENTION
from data_access.importers.fhir_record import standing_codes
from data_access.records import ActionRecord, AllergyRecord, ConditionRecord, EventRecord, GoalRecord

_CONDITION = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
_CONDITION_VERIFIED = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_ALLERGY_VERIFIED = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
_PROBLEM = ("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item")
_STANDINGS = {
    _CONDITION: ("active", "recurrence", "relapse", "inactive", "remission", "resolved"),
    _ALLERGY: ("active", "inactive", "resolved"),
}
_CRITICAL = ("low", "high", "unable-to-assess")
_LIFE = ("proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled")
_PRIORITY = "http://terminology.hl7.org/CodeSystem/goal-priority"
_PRIORITIES = {3: "high-priority", 2: "medium-priority", 1: "low-priority"}
GAS_LEVELS = {2: "LA34479-8", 1: "LA34480-6", 0: "LA34481-4", -1: "LA34483-0", -2: "LA34484-8"}
"""The levels of goal attainment scaling (clinical reference 9.7)."""
_AMBULATORY: Node = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}


def of_conditions(person: str, records: Sequence[ConditionRecord]) -> Iterator[Written]:
    """One Condition for each diagnosis."""
    for own, record in addressed(person, "condition", records):
        node: Node = {"resourceType": "Condition", "code": recorded(record.code_system, record.code, record.label)}
        node |= {"subject": reference(person), **moment("onsetDateTime", record.onset_day)}
        clinical, verified = standing_codes(record.status)
        if clinical in _STANDINGS[_CONDITION]:
            node |= {"clinicalStatus": concept((_CONDITION, clinical)), "category": [concept(_PROBLEM)]}
        if verified:
            node["verificationStatus"] = concept((_CONDITION_VERIFIED, verified))
        yield own, identified(extended(node, _other_status(record.status, _STANDINGS[_CONDITION], clinical)), own)


def of_allergies(person: str, records: Sequence[AllergyRecord]) -> Iterator[Written]:
    """One AllergyIntolerance for each allergy; a standing that R4 has no code for stands as active, its word beside."""
    for own, record in addressed(person, "allergy", records):
        clinical, verified = _allergy_standing(record.status)
        known = clinical if clinical in _STANDINGS[_ALLERGY] else "active"
        node: Node = {
            "resourceType": "AllergyIntolerance",
            "clinicalStatus": concept((_ALLERGY, known)),
            "code": recorded(record.code_system, record.code, record.label),
            "patient": reference(person),
        }
        if verified:
            node["verificationStatus"] = concept((_ALLERGY_VERIFIED, verified))
        more = _other_status(record.status, _STANDINGS[_ALLERGY], clinical)
        if record.criticality in _CRITICAL:
            node["criticality"] = record.criticality
        elif record.criticality:
            more.append(extension("criticality", valueString=record.criticality))
        if record.reaction:
            node["reaction"] = [{"manifestation": [{"text": record.reaction}]}]
        yield own, identified(extended(node, more), own)


def _allergy_standing(status: str) -> tuple[str, str]:
    """Clinical and verification status; R4 knows no other doubt about an allergy than `unconfirmed`."""
    clinical, verified = standing_codes(status)
    return (clinical, verified) if verified in ("", "unconfirmed") else (status, "unconfirmed")


def _other_status(status: str, known: Sequence[str], clinical: str = "") -> list[Node]:
    """The words of a standing that R4 has no code for, by its `clinical` part where it has one."""
    return [] if (clinical or status) in known else [extension("status", valueString=status)]


def of_goals(person: str, records: Sequence[GoalRecord]) -> Iterator[Written]:
    """One Goal for each; its attainment as the level of goal attainment scaling."""
    for own, record in addressed(person, "goal", records):
        yield own, identified(_goal(person, record), own)


def _goal(person: str, record: GoalRecord) -> Node:
    node: Node = {
        "resourceType": "Goal",
        "lifecycleStatus": record.status if record.status in _LIFE else "active",
        "description": {"text": record.title},
        "subject": reference(person),
    }
    if record.attainment is not None:
        node["achievementStatus"] = concept((LOINC, GAS_LEVELS[record.attainment]), f"GAS {record.attainment:+d}")
    if record.importance in _PRIORITIES:
        node["priority"] = concept((_PRIORITY, _PRIORITIES[record.importance]))
    if target := _target(record):
        node["target"] = [target]
    more = _other_status(record.status, _LIFE)
    if record.baseline is not None:
        more.append(extension("baseline", valueDecimal=plain(record.baseline)))
    if record.importance is not None and record.importance not in _PRIORITIES:
        more.append(extension("importance", valueInteger=record.importance))
    if record.unit and record.target is None:
        more.append(extension("unit", valueString=record.unit))
    return extended(node, more)


def _target(record: GoalRecord) -> Node:
    target: Node = {"measure": {"text": record.measure}} if record.measure else {}
    if record.target is not None:
        target |= {"measure": target.get("measure", left_out()), "detailQuantity": quantity(record.target, record.unit)}
    return target | ({"dueDate": record.due_day.isoformat()} if record.due_day else {})


def plan(
    person: str,
    actions: Sequence[ActionRecord],
    interventions: Sequence[PlannedIntervention],
    goals: Sequence[Written] = (),
    conditions: Sequence[Written] = (),
    team: str = "",
) -> list[Written]:
    """The CarePlan of those actions and treatments, with the goals and diagnoses it is about; [] where it is empty."""
    activities = [*map(_action, actions), *map(_intervention, interventions)]
    if not activities and not goals:
        return []
    own = address(person, "plan", repr(activities))
    node: Node = {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "subject": reference(person),
        "careTeam": [reference(team)] if team else [],
        "addresses": [reference(where) for where, _ in conditions],
        "goal": [reference(where) for where, _ in goals],
        "activity": activities,
    }
    return [(own, identified({name: value for name, value in node.items() if value}, own))]


_DETAIL = {"open": "not-started", "done": "completed", "cancelled": "cancelled"}


def _action(record: ActionRecord) -> Node:
    detail: Node = {"status": _DETAIL[record.status], "description": record.title}
    if record.due_day:
        detail["scheduledPeriod"] = period(None, record.due_day)
    if record.owner_name:
        detail["performer"] = [{"display": record.owner_name}]
    more = [extension("discipline", valueString=record.discipline)] if record.discipline else []
    days = (("made-day", record.made_day), ("done-day", record.done_day))
    more += [extension(name, valueDate=day.isoformat()) for name, day in days if day]
    return extended({"detail": detail}, more)


_COURSES = {"planned": "not-started", "active": "in-progress", "paused": "on-hold"} | {
    "finished": "completed",
    "stopped": "stopped",
}


def _intervention(item: PlannedIntervention) -> Node:
    known = INTERVENTIONS.get(item.code)
    said = "; ".join(part for part in (item.detail, item.amount, item.response) if part)
    detail: Node = {
        "code": concept((INTERVENTION, item.code), known.label if known else item.code),
        "status": _COURSES[item.status],
        "statusReason": {"text": item.why_stopped} if item.why_stopped else {},
        "scheduledPeriod": period(item.start, item.end),
        "performer": [{"display": item.owner_name}] if item.owner_name else [],
        "description": said,
    }
    return {"detail": {name: value for name, value in detail.items() if value}}


def of_events(person: str, records: Sequence[EventRecord], as_of: date) -> Iterator[Written]:
    """Each as a Procedure, an Encounter (visits, planned ones too) or an Observation."""
    for own, record in addressed(person, "event", records):
        if record.kind in PLANNED:
            node = _visit(person, record, as_of)
        elif record.kind == "procedure" and record.label.strip():
            node = _procedure(person, record)
        else:
            node = _happening(person, record)
        yield own, identified(node, own)


def _visit(person: str, record: EventRecord, as_of: date) -> Node:
    ahead = record.day is not None and record.day > as_of
    node: Node = {
        "resourceType": "Encounter",
        "status": "planned" if ahead else "finished" if record.day else "unknown",
        "class": _AMBULATORY,
        "type": [{"text": record.kind}],
        "subject": reference(person),
    }
    if record.day:
        node["period"] = period(record.day, record.day)
    return node | ({"reasonCode": [{"text": record.label}]} if record.label else {})


def _procedure(person: str, record: EventRecord) -> Node:
    node: Node = {"resourceType": "Procedure", "status": "completed", "code": {"text": record.label}}
    return node | {"subject": reference(person), **moment("performedDateTime", record.day)}


def _happening(person: str, record: EventRecord) -> Node:
    node: Node = {
        "resourceType": "Observation",
        "status": "final",
        "category": category("social-history"),
        "code": own_concept(EVENT[1], record.kind),
        "subject": reference(person),
        **moment("effectiveDateTime", record.day),
    }
    return node | ({"valueString": record.label} if record.label else {})
