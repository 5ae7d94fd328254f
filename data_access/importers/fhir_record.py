"""What the clinic knows and plans: conditions, allergies, goals, care-plan activities, procedures, and the person."""

from collections.abc import Iterator
from datetime import date

from data_access.importers.fhir_bundle import Resource, Resources
from data_access.importers.fhir_codes import LOINC, SNOMED
from data_access.importers.fhir_readings import NotTaken, NotUsed
from data_access.importers.fhir_shape import (
    Node,
    Number,
    codings,
    label,
    number,
    obj,
    objects,
    quantity,
    status_of,
    text,
    texts,
)
from data_access.importers.fhir_time import Moment, bounds, day, of
from data_access.records import (
    SUSPECTED,
    UNVERIFIED,
    ActionRecord,
    AllergyRecord,
    ConditionRecord,
    EventRecord,
    GoalRecord,
    PatientRecord,
    Sex,
)

_ICD_10 = ("http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm")
_RECORD_NUMBER = "MR"
_OTHER_NUMBERS_USE = ("old", "temp")
_SEXES: dict[str, Sex] = {"female": "female", "male": "male", "other": "other"}
_GAS = {"LA34479-8": 2, "LA34480-6": 1, "LA34481-4": 0, "LA34483-0": -1, "LA34484-8": -2}
_PRIORITY = "http://terminology.hl7.org/CodeSystem/goal-priority"
_IMPORTANCE = {"high-priority": 3, "medium-priority": 2, "low-priority": 1}
"""R4 defines the priority of a goal as its level of importance; its place among 0-3 is our reading [P]."""
_DONE = ("completed",)
_NOT_DONE = ("cancelled", "stopped", "entered-in-error", "revoked")


def person(resource: Resource) -> PatientRecord:
    """The Patient as a person on record. Raises NotTaken, ImpossibleDate."""
    node = resource.node
    name = _name(node)
    family = text(name, "family") or text(name, "text")
    return PatientRecord(
        record_number=record_number(node),
        family_name=" ".join(family.split()),
        given_name=" ".join(" ".join(texts(name, "given")).split()),
        birth_date=day(text(node, "birthDate")),
        sex=_SEXES.get(text(node, "gender"), "unknown"),
    )


def record_number(node: Node) -> str:
    """The medical record number; else the one identifier without a type; else the id. Raises NotTaken."""
    found = _identifier(node) or text(node, "id").strip()
    if not found:
        raise NotTaken("the patient has neither a record number nor an id")
    return found


def has_record_number(node: Node) -> bool:
    """Whether the number is one of a record, not just the id that another system gave."""
    return bool(_identifier(node))


def _identifier(node: Node) -> str:
    current = [i for i in objects(node, "identifier") if text(i, "use") not in _OTHER_NUMBERS_USE]
    records = [i for i in current if any(c.code == _RECORD_NUMBER for c in codings(obj(i, "type")))]
    untyped = [i for i in current if not obj(i, "type")]
    chosen = records or (untyped if len(untyped) == 1 else [])
    return text(chosen[0], "value").strip() if chosen else ""


def _name(node: Node) -> Node:
    names = objects(node, "name")
    wanted = ("official", "usual", "")
    return next((n for use in wanted for n in names if text(n, "use") == use), names[0] if names else {})


def condition(resource: Resource) -> ConditionRecord:
    """A Condition. Raises NotUsed, NotTaken, ImpossibleDate."""
    node = resource.node
    _require_not_refuted(resource)
    system, code = _code(obj(node, "code"), (SNOMED, *_ICD_10))
    onset = of(node, "onset").day if "onsetDateTime" in node else bounds(obj(node, "onsetPeriod"))[0]
    return ConditionRecord(
        label=_label(node, "condition"),
        code_system=system,
        code=code,
        onset_day=onset,
        status=_standing(node, f"{SUSPECTED}: "),
        source_key=resource.key,
        where=resource.where,
    )


def allergy(resource: Resource) -> AllergyRecord:
    """An AllergyIntolerance with its reactions. Raises NotUsed, NotTaken."""
    node = resource.node
    _require_not_refuted(resource)
    system, code = _code(obj(node, "code"), (SNOMED,))
    return AllergyRecord(
        label=_label(node, "allergy"),
        code_system=system,
        code=code,
        reaction=_reactions(node),
        criticality=text(node, "criticality"),
        status=_standing(node, ""),
        source_key=resource.key,
        where=resource.where,
    )


def _standing(node: Node, suspected: str) -> str:
    """How it stands, in the words on record: 'active', 'resolved', 'suspected: differential', 'resolved; unconfirmed'.

    An allergy that nobody confirmed is 'unconfirmed': it stays on the list, and with the checks of medicines.
    """
    clinical = status_of(node, "clinicalStatus") or "active"
    verified = status_of(node, "verificationStatus")
    if verified not in UNVERIFIED:
        return clinical
    return f"{suspected}{verified}" if clinical == "active" else f"{clinical}; {verified}"


def standing_codes(status: str) -> tuple[str, str]:
    """The clinical and the verification status those words were made of; the latter '' where they say nothing of it."""
    clinical, _, verified = status.rpartition("; ")
    verified = verified.removeprefix(f"{SUSPECTED}: ")
    return (clinical or "active", verified) if verified in UNVERIFIED else (status, "")


def _require_not_refuted(resource: Resource) -> None:
    status = status_of(resource.node, "verificationStatus")
    if status in ("entered-in-error", "refuted"):
        raise NotUsed(f"{resource.kind} {status}")


def _label(node: Node, what: str) -> str:
    found = label(obj(node, "code"))
    if not found:
        raise NotTaken(f"the {what} has no name")
    return found


def _code(concept: Node, preferred: tuple[str, ...]) -> tuple[str, str]:
    codes = codings(concept)
    chosen = next((c for system in preferred for c in codes if c.system == system), codes[0] if codes else None)
    return (chosen.system, chosen.code) if chosen else ("", "")


def _reactions(node: Node) -> str:
    found = [label(m) for reaction in objects(node, "reaction") for m in objects(reaction, "manifestation")]
    return ", ".join(dict.fromkeys(name for name in found if name))


def goal(resource: Resource) -> GoalRecord:
    """A Goal with its first target. Raises NotUsed, NotTaken, ImpossibleDate."""
    node = resource.node
    status = text(node, "lifecycleStatus")
    if status in ("entered-in-error", "rejected"):
        raise NotUsed(f"Goal {status}")
    title = label(obj(node, "description"))
    if not title:
        raise NotTaken("the goal has no words")
    target = obj(node, "target")
    amount = quantity(obj(target, "detailQuantity"))
    whole = number(target.get("detailInteger"))
    return GoalRecord(
        title=title,
        measure=label(obj(target, "measure")),
        target=amount.value if isinstance(amount, Number) else whole,
        unit=amount.unit if isinstance(amount, Number) else "",
        due_day=day(text(target, "dueDate")),
        status=status or "active",
        attainment=_attainment(node),
        source_key=resource.key,
        where=resource.where,
        importance=_importance(node),
    )


def _importance(node: Node) -> int | None:
    codes = codings(obj(node, "priority"))
    return next((_IMPORTANCE[c.code] for c in codes if c.system == _PRIORITY and c.code in _IMPORTANCE), None)


def _attainment(node: Node) -> int | None:
    codes = codings(obj(node, "achievementStatus"))
    return next((_GAS[c.code] for c in codes if c.system == LOINC and c.code in _GAS), None)


def actions(resource: Resource, resources: Resources) -> list[ActionRecord]:
    """The activities of a CarePlan. Raises NotUsed, NotTaken, ImpossibleDate."""
    node = resource.node
    if text(node, "status") in ("entered-in-error", "revoked", "draft"):
        raise NotUsed(f"CarePlan {text(node, 'status')}")
    made = list(_activities(resource, resources))
    if not made:
        raise NotUsed("CarePlan without activities")
    return made


def _activities(resource: Resource, resources: Resources) -> Iterator[ActionRecord]:
    made_day = day(text(resource.node, "created"))
    for place, activity in enumerate(objects(resource.node, "activity")):
        detail = obj(activity, "detail") or _referred(activity, resource.node, resources)
        title = text(detail, "description") or label(obj(detail, "code")) or label(obj(detail, "medication"))
        if not title:
            raise NotTaken("an activity of the plan has no words")
        status = text(detail, "status")
        yield ActionRecord(
            title=" ".join(title.split()),
            due_day=_due(detail),
            status="done" if status in _DONE else "cancelled" if status in _NOT_DONE else "open",
            source_key=f"{resource.key}#{place}",
            where=f"{resource.where} activity[{place}]",
            owner_name=_performers(detail),
            made_day=made_day,
        )


def _performers(detail: Node) -> str:
    """Who is to do it, in the words of the file; a reference without words names nobody here."""
    named = [" ".join(text(who, "display").split()) for who in objects(detail, "performer")]
    return ", ".join(dict.fromkeys(name for name in named if name))


def _referred(activity: Node, plan: Node, resources: Resources) -> Node:
    found = resources.find(text(obj(activity, "reference"), "reference"), plan)
    if found is None:
        raise NotTaken("an activity refers to something that is not in the file")
    return found.node


def _due(detail: Node) -> date | None:
    first, last = bounds(obj(detail, "scheduledPeriod") or obj(detail, "occurrencePeriod"))
    return last or first or day(text(detail, "occurrenceDateTime"))


def procedure(resource: Resource) -> EventRecord:
    """A Procedure as an event. Raises NotUsed, NotTaken, ImpossibleDate."""
    node = resource.node
    status = text(node, "status")
    if status in ("entered-in-error", "not-done", "preparation"):
        raise NotUsed(f"Procedure {status}")
    period = bounds(obj(node, "performedPeriod"))
    when: Moment = of(node, "performed")
    return EventRecord(
        day=period[0] or when.day,
        kind="procedure",
        label=_label(node, "procedure"),
        source_key=resource.key,
        where=resource.where,
    )
