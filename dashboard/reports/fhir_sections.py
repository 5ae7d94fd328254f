"""Which FHIR resources stand behind each section of a document: those of the chosen sections and no others."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from clinical.measures import INSTRUMENTS
from clinical.plan import PlannedIntervention
from dashboard.presenters.plan import tried_in_order
from dashboard.reports import print_chart
from dashboard.reports.record import Author, Order, Record
from dashboard.reports.templates import SECTIONS, TEMPLATES
from dashboard.services.timeline import Marker
from data_access import fhir_care, fhir_diary, fhir_findings, fhir_people, fhir_scores, fhir_treatment
from data_access.fhir_nodes import Node, Written, address, person_address, reference
from data_access.records import ActionRecord, EventRecord, MeasureRecord, PatientBundle

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
_NOT_IN_WORDS = ("notes",)
"""Sections whose words are clinicians' alone: what the patient wrote in the diary goes only with the whole record."""
_FOR_MEDICINES = "For the medicine checks"
_STANDING = ("active", "planned", "paused")
"""Standings of the treatments that the words of the plan tell."""
_PRIORITIES = {"routine": "routine", "urgent": "urgent"}
"""Urgencies that R4 has a code for; 'soon' has none, and stands in words."""


@dataclass(frozen=True, slots=True)
class Parties:
    """What a document needs beside the record: the stored rows as records, who signs it, and what was ordered.

    `everything`: the whole record goes out, not only what the words of the document tell.
    """

    stored: PatientBundle
    author: Author
    order: Order
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The resources of one section: `named` those it refers to, `further` those that these refer to in turn."""

    named: list[Written] = field(default_factory=list)
    further: list[Written] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the sections are made from, `wanted` the codes of those that were chosen; `signed`: it may be sent.

    `printed`: the codes of the sections that have words.
    """

    record: Record
    parties: Parties
    wanted: frozenset[str]
    signed: bool
    printed: frozenset[str]

    @property
    def plain(self) -> bool:
        """Whether it is written to the patient: it then holds the words alone, no clinicians' remarks as resources."""
        return TEMPLATES[self.parties.order.template].plain

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
    """The resources of each chosen section that has any, by its code; none in a copy for the patient."""
    if sources.plain:
        return {}
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
    everything = sources.parties.everything
    holding = [code for code in ANSWERS if code in sources.wanted and (everything or code not in _NOT_IN_WORDS)]
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
    author = signer(sources.parties)
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


def signer(parties: Parties) -> Written:
    """Who answers for the document."""
    return fhir_people.practitioner(parties.author.name, parties.author.user_id)


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
    """The flares of the period, and what happened in it as far as the chart names it."""
    period = sources.record.periods.now
    flares = [
        flare
        for flare in sources.record.flares
        if flare.start <= period.end and (flare.end is None or flare.end >= period.start)
    ]
    found = list(fhir_findings.of_flares(sources.person, flares, fhir_people.FLAREBOARD_ADDRESS))
    device = [fhir_people.device()] if found else []
    return Told([*found, *_events(sources)], device)


def _events(sources: Sources) -> Iterator[Written]:
    """What happened: all of it with the whole record, else what the printed chart names."""
    shown = print_chart.named(sources.record.timeline) if "course" in sources.printed else ()
    told = [
        each
        for each in sources.stored.events
        if sources.parties.everything or any(_is_named(each, marker) for marker in shown)
    ]
    return fhir_care.of_events(sources.person, tuple(told), sources.as_of)


def _is_named(event: EventRecord, marker: Marker) -> bool:
    return (event.day, event.kind) == (marker.day, marker.kind) and marker.detail.endswith(event.label)


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
    """Treatments that were tried, where the plan does not tell them."""
    if "plan" in sources.wanted:
        return Told()
    return Told(fhir_care.plan(sources.person, (), _interventions(sources)))


def _plan(sources: Sources) -> Told:
    """Goals, the plan and who cares; diagnoses are referred to only where their section was chosen."""
    person, record = sources.person, sources.record
    goals = list(fhir_care.of_goals(person, sources.stored.goals))
    conditions = _conditions(sources) if "diagnoses" in sources.wanted else []
    organizations = [fhir_people.organization(record.team_name)] if record.team_name else []
    team = fhir_people.care_team(person, record.team, organizations[0][0] if organizations else "")
    interventions = _interventions(sources)
    agreed = fhir_care.plan(person, _actions(sources), interventions, goals, conditions, team[0][0] if team else "")
    return Told([*goals, *agreed, *team[:1]], [*team[1:], *(organizations if team else [])])


def _actions(sources: Sources) -> list[ActionRecord]:
    """The actions that the words of the plan tell: those open and those done in the period, or all of the record."""
    start = sources.record.periods.now.start
    return [
        each
        for each in sources.stored.actions
        if sources.parties.everything or each.status == "open" or (each.done_day or date.min) >= start
    ]


def _interventions(sources: Sources) -> list[PlannedIntervention]:
    """The treatments that the words of the chosen sections tell, an owner who has an account by name."""
    owners = sources.record.owners
    return [
        replace(each, owner_name=each.owner_name or owners.get(each.owner_user_id or 0, ""))
        for each in sources.record.plan.interventions
        if sources.parties.everything or _is_told(each, sources.wanted)
    ]


def _is_told(each: PlannedIntervention, wanted: Collection[str]) -> bool:
    tried = "treatments" in wanted and bool(tried_in_order([each]))
    return tried or ("plan" in wanted and each.status in _STANDING)
