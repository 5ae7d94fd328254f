"""A document as a FHIR R4 document Bundle: the Composition first, then everything it refers to, and nothing else.

Referrals are a Referral note (LOINC 57133-1, C-CDA, clinical reference 9.2), letters a Patient summary (60591-5, IPS,
9.3). Of the two forms C-CDA allows, assessment (51848-0) and plan (18776-5) stand in sections of their own. A section
that the standard demands and that was not chosen says so as `withheld`; one with nothing on record as `unavailable`,
never as 'no known ...'. A copy for the patient holds its words alone: resources would say more than they do, and not in
their words. Left and right are the patient's.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from dashboard.reports import fhir_narrative
from dashboard.reports.compose import left_out
from dashboard.reports.document import Document, Section
from dashboard.reports.fhir_sections import Parties, Sources, Told, is_referral, recipient, signer, told, wanted
from dashboard.reports.left_out import without
from dashboard.reports.record import Record
from dashboard.reports.templates import SECTIONS, TEMPLATES
from data_access import fhir_people
from data_access.fhir_nodes import Node, Written, address, concept, extension, reference, sendable
from data_access.importers.fhir_codes import LOINC

__all__ = ["Parties", "as_json", "bundle"]

LANGUAGE = "en"
_REFERRAL, _SUMMARY = "57133-1", "60591-5"
_REQUIRED = ("reason", "diagnoses", "allergies", "medication", "assessment", "plan")
"""Sections that C-CDA demands of a referral note, and IPS of a summary, by our codes."""
_HOLD_RESOURCES = ("diagnoses", "allergies", "medication")
"""Sections whose list is empty when they hold no resource, whatever their words say."""
_EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
_WHY_EMPTY = {
    "withheld": "Not chosen by the sender for this document; it says nothing of whether anything is on record.",
    "unavailable": "Nothing is recorded; that is not the same as none.",
}
_OWN_SECTION = "urn:flareboard:section"
_AUTHOR_TYPES = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"


def as_json(record: Record, document: Document, parties: Parties, *, now: datetime) -> bytes:
    """The bundle as UTF-8, the same bytes for the same content and moment."""
    made = bundle(record, document, parties, now=now)
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def bundle(record: Record, document: Document, parties: Parties, *, now: datetime) -> Node:
    """The document: Composition, patient, who takes part, the resources of the chosen sections, where it comes from."""
    shown = record if parties.everything else without(record, [kind.code for kind in left_out(parties.order)])
    printed = frozenset(section.code for section in document.sections)
    signed = document.signed_at is not None
    sources = Sources(shown, parties, wanted(parties.order), signed=signed, printed=printed)
    sections = told(sources)
    author = signer(parties)
    composition = _composition(sources, document, sections, now)
    entries = _once(
        [
            composition,
            (sources.person, fhir_people.patient(parties.stored.patient)),
            author,
            *([fhir_people.organization(record.team_name)] if record.team_name else []),
            *(
                each
                for code in SECTIONS
                if code in sections
                for each in (*sections[code].named, *sections[code].further)
            ),
            *_provenance(sources, composition[0], sections, now),
        ]
    )
    return {
        "resourceType": "Bundle",
        "language": LANGUAGE,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": _named_after(entries)},
        "type": "document",
        "timestamp": _instant(now),
        "entry": [{"fullUrl": where, "resource": sendable(_with_id(where, node))} for where, node in entries],
    }


def _once(entries: Iterable[Written]) -> list[Written]:
    """Each address once, where it comes first."""
    found: dict[str, Node] = {}
    for where, node in entries:
        found.setdefault(where, node)
    return list(found.items())


def _with_id(where: str, node: Node) -> Node:
    return {"resourceType": node["resourceType"], "id": where.removeprefix("urn:uuid:"), **node}


def _named_after(entries: list[Written]) -> str:
    """An address made of all that the bundle says."""
    content = json.dumps(entries, sort_keys=True).encode("utf-8")
    return address("urn:flareboard:document", hashlib.sha256(content).hexdigest())


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _composition(sources: Sources, document: Document, sections: Mapping[str, Told], now: datetime) -> Written:
    author, name = signer(sources.parties)[0], document.author
    order = sources.parties.order
    node: Node = {
        "resourceType": "Composition",
        "language": LANGUAGE,
        "text": fhir_narrative.of_document(document),
        "status": "final" if document.signed_at else "preliminary",
        "type": concept((LOINC, _REFERRAL if is_referral(order) else _SUMMARY), TEMPLATES[order.template].title),
        "subject": reference(sources.person),
        "date": _instant(document.signed_at or now),
        "author": [reference(author, name)],
        "title": document.title,
    }
    if document.signed_at:
        signed = {"mode": "professional", "time": _instant(document.signed_at), "party": reference(author, name)}
        node["attester"] = [signed]
    if sources.record.team_name:
        keeper = fhir_people.organization(sources.record.team_name)[0]
        node["custodian"] = reference(keeper, sources.record.team_name)
    if to := recipient(order):
        node["extension"] = [extension("information-recipient", valueReference=to)]
    node["section"] = list(_sections(sources, document, sections))
    said = hashlib.sha256(json.dumps(node, sort_keys=True).encode("utf-8")).hexdigest()
    return address(sources.person, "composition", said), node


def _sections(sources: Sources, document: Document, sections: Mapping[str, Told]) -> Iterator[Node]:
    """The sections in their order: those with something to say, those with resources, those the standard demands."""
    written = {section.code: section for section in document.sections}
    for code in SECTIONS:
        named = sections.get(code, Told()).named
        if code in written or named or code in _REQUIRED:
            words = written.get(code)
            holds = code in _HOLD_RESOURCES and not sources.plain
            empty = not named and (words is None or holds)
            yield _section(code, words, named, empty=empty, chosen=code in sources.wanted)


def _section(code: str, written: Section | None, named: list[Written], *, empty: bool, chosen: bool) -> Node:
    kind = SECTIONS[code]
    own = (_OWN_SECTION, code)
    keys = [(LOINC, kind.loinc), own] if kind.loinc else [own]
    title = written.title if written else kind.title
    node: Node = {"title": title, "code": concept(keys[0], title, *keys[1:])}
    why = "unavailable" if chosen else "withheld"
    if written is not None:
        node["text"] = fhir_narrative.of_section(written)
    else:
        node["text"] = fhir_narrative.of_words(
            _WHY_EMPTY[why] if empty else "Coded entries without words of their own."
        )
    if named:
        node["entry"] = [reference(where) for where, _ in named]
    elif empty:
        node["emptyReason"] = concept((_EMPTY, why))
    return node


def _provenance(sources: Sources, composition: str, sections: Mapping[str, Told], now: datetime) -> Iterator[Written]:
    """Who answers for the document and what put it together; that the diary's entries are the patient's own words."""
    author, name = signer(sources.parties)[0], sources.parties.author.name
    device = fhir_people.device()
    agents = [_agent("author", reference(author, name)), _agent("assembler", reference(device[0], "Flareboard"))]
    yield device
    yield _recorded([composition], agents, now)
    diary = [where for told in sections.values() for where, node in told.named if _is_entry(node)]
    if diary:
        patient = [_agent("author", reference(sources.person)), agents[1]]
        yield _recorded(diary, patient, now)


def _is_entry(node: Node) -> bool:
    return node["resourceType"] == "Observation" and bool(node.get("performer", [{}])[0].get("reference"))


def _agent(role: str, who: Node) -> Node:
    return {"type": concept((_AUTHOR_TYPES, role)), "who": who}


def _recorded(targets: list[str], agents: list[Node], now: datetime) -> Written:
    node: Node = {
        "resourceType": "Provenance",
        "target": [reference(where) for where in targets],
        "recorded": _instant(now),
        "agent": agents,
    }
    return address("urn:flareboard:provenance", json.dumps(node, sort_keys=True)), node
