"""Which FHIR resources stand behind each section of a document: those of the chosen sections and no others."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from clinical.measures import INSTRUMENTS
from clinical.plan import PlannedIntervention
from dashboard.reports.record import Author, Order, Record
from dashboard.reports.templates import SECTIONS, TEMPLATES
from data_access import fhir_care, fhir_diary, fhir_findings, fhir_people, fhir_scores, fhir_treatment
from data_access.fhir_nodes import Node, Written, address, person_address, reference
from data_access.records import EventRecord, MeasureRecord, PatientBundle

ANSWERS: Mapping[str, Collection[str]] = {
    "pain": ("pain", "sensitivity", "tenderness", "marks"),
    "course": ("pain", "flare"),
    "daily_life": (
        "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "mood", "stiffness_minutes", "activity",
    ),
    "associations": ("weather",),
    "treatments": ("relief",),
    "notes": ("note",),
}  # fmt: skip
"""The answers of the diary that go out with each section; the first chosen one refers to the entries."""
_FOR_MEDICINES = "For the medicine checks"
_TREATMENT = ("procedure", "treatment_start", "treatment_stop")
_PRIORITIES = {"routine": "routine", "urgent": "urgent"}
"""Urgencies that R4 has a code for; 'soon' has none, and stands in words."""


@dataclass(frozen=True, slots=True)
class Parties:
    """What a document needs beside the record: the stored rows as records, who signs it, and what was ordered."""

    stored: PatientBundle
    author: Author
    order: Order


@dataclass(frozen=True, slots=True)
class Told:
    """The resources of one section: `named` those it refers to, `further` those that these refer to in turn."""

    named: list[Written] = field(default_factory=list)
    further: list[Written] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the sections are made from, `wanted` the codes of those that were chosen; `signed`: it may be sent."""

    record: Record
    parties: Parties
    wanted: frozenset[str]
    signed: bool

    @property
    def stored(self) -> PatientBundle:
        """The stored rows."""
        return self.parties.stored

    @property
    def person(self) -> str:
        """The address of the patient."""
        return person_address(self.stored.patient.record_number)

    @property
    def as_of(self) -> date:
        """The day it is at the clinic."""
        return self.record.as_of


def wanted(order: Order) -> frozenset[str]:
    """The codes of the sections of that order: the chosen ones or the short set, and those that are always there."""
    always = (code for code, kind in SECTIONS.items() if kind.always)
    return frozenset((*(order.sections or TEMPLATES[order.template].short), *always))


def told(sources: Sources) -> dict[str, Told]:
    """The resources of each chosen section that has any, by its code."""
    makers = {
        "reason": _reason,
        "red_flags": _red_flags,
        "allergies": lambda s: Told(list(fhir_care.of_allergies(s.person, s.stored.allergies))),
        "diagnoses": lambda s: Told(_conditions(s)),
        "course": _course,
        "criteria": lambda s: Told(_scores(s, "criteria")),
        "measures": lambda s: Told(_scores(s, "measures")),
        "medication": _medication,
        "treatments": _treatments,
        "pointers": lambda s: Told(_questions(s, for_medicines=False)),
        "plan": _plan,
    }
    found = {code: make(sources) for code, make in makers.items() if code in sources.wanted}
    return _with_diary(sources, found)


def _with_diary(sources: Sources, found: dict[str, Told]) -> dict[str, Told]:
    """The diary's entries, with no answer that no chosen section tells, in the first section that tells one."""
    holding = [code for code in ANSWERS if code in sources.wanted]
    answers = frozenset(answer for code in holding for answer in ANSWERS[code])
    entries = [fhir_diary.only(entry, answers) for entry in sources.stored.entries]
    whole = answers == frozenset(fhir_diary.ANSWERS)
    kept = [entry for entry in entries if whole or not fhir_diary.says_nothing(entry)]
    if kept:
        into = found.setdefault(holding[0], Told())
        for _, resources in fhir_diary.of_entries(sources.person, kept):
            into.named.append(resources[0])
            into.further.extend(resources[1:])
    return found


def _reason(sources: Sources) -> Told:
    """What is asked of whom, as a ServiceRequest; a letter asks nothing."""
    order, person = sources.parties.order, sources.person
    if not is_referral(order):
        return Told()
    author = fhir_people.practitioner(sources.parties.author.name)
    node: Node = {
        "resourceType": "ServiceRequest",
        "status": "active" if sources.signed else "draft",
        "intent": "order",
        "code": {"text": TEMPLATES[order.template].title},
        "subject": reference(person),
        "authoredOn": sources.as_of.isoformat(),
        "requester": reference(author[0], sources.parties.author.name),
    }
    if to := recipient(order):
        node["performer"] = [to]
    if order.urgency in _PRIORITIES:
        node["priority"] = _PRIORITIES[order.urgency]
    if order.reason.strip():
        node["reasonCode"] = [{"text": order.reason.strip()}]
    notes = [f"Urgency: {order.urgency}" if order.urgency else "", order.question.strip()]
    if said := [{"text": text} for text in notes if text]:
        node["note"] = said
    own = address(person, "service request", *map(str, node.values()))
    return Told([(own, node)], [author])


def is_referral(order: Order) -> bool:
    """Whether that document asks somebody for something."""
    return TEMPLATES[order.template].summary


def recipient(order: Order) -> Node:
    """To whom it goes, by the words that were typed: a person or a service, nobody here knows; {} where nobody is."""
    name = order.recipient.strip()
    return {"display": name} if name else {}


def _red_flags(sources: Sources) -> Told:
    record = sources.record
    found = fhir_findings.of_red_flags(sources.person, record.answers, record.closures, sources.as_of)
    return Told(list(found))


def _conditions(sources: Sources) -> list[Written]:
    return list(fhir_care.of_conditions(sources.person, sources.stored.conditions))


def _course(sources: Sources) -> Told:
    """The flares of the period, and what happened in it."""
    period = sources.record.periods.now
    flares = [
        flare
        for flare in sources.record.flares
        if flare.start <= period.end and (flare.end is None or flare.end >= period.start)
    ]
    found = list(fhir_findings.of_flares(sources.person, flares, fhir_people.FLAREBOARD_ADDRESS))
    device = [fhir_people.device()] if found else []
    return Told([*found, *_events(sources, sources.stored.events)], device)


def _events(sources: Sources, records: Collection[EventRecord]) -> Iterator[Written]:
    return fhir_care.of_events(sources.person, tuple(records), sources.as_of)


def _scores(sources: Sources, section: str) -> list[Written]:
    """The questionnaires; those that make the criteria stand with these where both sections were chosen."""
    of_criteria = [each for each in sources.stored.measures if _makes_criteria(each)]
    others = [each for each in sources.stored.measures if not _makes_criteria(each)]
    if section == "criteria":
        return list(fhir_scores.of_measures(sources.person, of_criteria))
    shared = [] if "criteria" in sources.wanted else of_criteria
    return list(fhir_scores.of_measures(sources.person, [*others, *shared]))


def _makes_criteria(record: MeasureRecord) -> bool:
    known = INSTRUMENTS.get(record.instrument)
    return known is not None and known.domain == "fibromyalgia"


def _medication(sources: Sources) -> Told:
    person, stored = sources.person, sources.stored
    listed = list(fhir_treatment.of_medications(person, stored.medications, sources.as_of))
    doses = list(fhir_treatment.of_doses(person, stored.doses))
    return Told([*listed, *doses, *_questions(sources, for_medicines=True)])


def _questions(sources: Sources, *, for_medicines: bool) -> list[Written]:
    group = fhir_findings.questions_of(_FOR_MEDICINES)
    asked = [each for each in sources.record.answers if (each.question in group) == for_medicines]
    return list(fhir_findings.of_questions(sources.person, asked, sources.as_of))


def _treatments(sources: Sources) -> Told:
    """Treatments that were tried, where no other section tells them."""
    told = Told()
    if "course" not in sources.wanted:
        happened = [each for each in sources.stored.events if each.kind in _TREATMENT]
        told.named.extend(_events(sources, happened))
    if "plan" not in sources.wanted:
        told.named.extend(fhir_care.plan(sources.person, (), _interventions(sources)))
    return told


def _plan(sources: Sources) -> Told:
    """Goals, the plan and who cares; diagnoses are referred to only where their section was chosen."""
    person, record = sources.person, sources.record
    goals = list(fhir_care.of_goals(person, sources.stored.goals))
    conditions = _conditions(sources) if "diagnoses" in sources.wanted else []
    organizations = [fhir_people.organization(record.team_name)] if record.team_name else []
    team = fhir_people.care_team(person, record.team, organizations[0][0] if organizations else "")
    interventions = _interventions(sources)
    agreed = fhir_care.plan(
        person, sources.stored.actions, interventions, goals, conditions, team[0][0] if team else ""
    )
    return Told([*goals, *agreed, *team[:1]], [*team[1:], *(organizations if team else [])])


def _interventions(sources: Sources) -> list[PlannedIntervention]:
    """The treatments of the plan, an owner who has an account by name."""
    owners = sources.record.owners
    return [
        replace(each, owner_name=each.owner_name or owners.get(each.owner_user_id or 0, ""))
        for each in sources.record.plan.interventions
    ]
