"""Observations and questionnaire responses as readings, each with the moment it belongs to."""

import re
from collections.abc import Iterator

from data_access.importers.fhir_bundle import Resource, Resources
from data_access.importers.fhir_codes import BODY_MAP, ITEMS, LOINC, PAIN, PANELS
from data_access.importers.fhir_entries import of_entry
from data_access.importers.fhir_gathering import Origin
from data_access.importers.fhir_mark_details import Details, details, is_detail, painful_site, with_details
from data_access.importers.fhir_own import ENTRY, kind_of, why_not_read_back
from data_access.importers.fhir_readings import NotTaken, NotUsed, Reading, Unread, is_known, named, readings
from data_access.importers.fhir_shape import (
    Coding,
    Node,
    Unreadable,
    Value,
    codings,
    obj,
    objects,
    reference,
    text,
    value_of,
    walk,
)
from data_access.importers.fhir_time import Moment, moment, of

_NOT_OBSERVED = ("entered-in-error", "cancelled", "registered")
_LOINC = re.compile(r"[0-9]{1,7}-[0-9]")


def origin_of_observation(resource: Resource, resources: Resources) -> Origin:
    """Where an observation comes from; what is derived from one resource belongs together. Raises ImpossibleDate."""
    return Origin(resource.key, resource.where, of(resource.node, "effective"), _group(resource, resources))


def _group(resource: Resource, resources: Resources) -> str:
    derived = reference(resource.node, "derivedFrom")
    found = resources.find(derived) if derived else None
    if found is not None and _is_map(found) and not _is_map(resource):
        return _group(found, resources)  # a mark belongs to the entry that its map belongs to
    return found.key if found else derived or resource.key


def _is_map(resource: Resource) -> bool:
    return any((coding.system, coding.code) == BODY_MAP for coding in codings(obj(resource.node, "code")))


def of_observation(resource: Resource) -> list[Reading]:
    """What an observation says, its components included. Raises NotUsed or NotTaken."""
    node = resource.node
    status = text(node, "status")
    if status in _NOT_OBSERVED:
        raise NotUsed(f"Observation {status}")
    if reason := why_not_read_back(node):
        raise NotUsed(reason)
    if kind_of(node) == ENTRY[1]:
        return of_entry(node)
    parts = objects(node, "component")
    own = [part for part in parts if is_detail(part)]
    if not own:
        return _said(node, parts, Details())
    said = details(own)
    return with_details(_said(node, [part for part in parts if not is_detail(part)], said), said)


def _said(node: Node, parts: list[Node], own: Details) -> list[Reading]:
    """What an observation says, the details of a mark left aside."""
    codes = codings(obj(node, "code"))
    value = value_of(node)
    site = _site(node)
    if value is None and own.painful and site and any((c.system, c.code) == PAIN for c in codes):
        return [painful_site(site)]
    if parts:
        return list(_of_parts(codes, value, site, parts))
    if value is None and any((c.system, c.code) in PANELS for c in codes):
        raise NotUsed(f"Observation {named(codes)} (its members are read on their own)")
    if value is None and is_known(codes) and not site:
        raise NotUsed(f"Observation {named(codes)} without a value")
    return _named(codes, list(_readings(codes, value, site)))


def _of_parts(codes: tuple[Coding, ...], value: Value, site: Node, parts: list[Node]) -> Iterator[Reading]:
    """Readings of the whole and of its components; at least one must have a meaning here, none is half read."""
    found = False
    if value is not None and is_known(codes):
        yield from _readings(codes, value, site)
        found = True
    for part in parts:
        code = codings(obj(part, "code"))
        where = obj(part, "bodySite") or _extended_site(part) or site
        answer = value_of(part)
        if answer is None or not is_known(code):
            yield Unread(f"Observation component {named(code)}")
            continue
        yield from _readings(code, answer, where)
        found = True
    if not found:
        raise NotUsed(f"Observation {named(codes)}")


def _readings(codes: tuple[Coding, ...], value: Value, site: Node) -> Iterator[Reading]:
    try:
        yield from readings(codes, value, site)
    except NotUsed as kind:
        raise NotUsed(f"Observation {_with_code(codes, str(kind))}") from None


def _with_code(codes: tuple[Coding, ...], kind: str) -> str:
    name = named(codes)
    return kind if kind == name else f"{name}: {kind}"


def _named(codes: tuple[Coding, ...], found: list[Reading]) -> list[Reading]:
    if not found:
        raise NotUsed(f"Observation {named(codes)}")
    return found


def _site(node: Node) -> Node:
    site = obj(node, "bodySite")
    extended = obj(node, "extension") if site else {}
    # Some profiles put the laterality beside the body site, not inside it.
    return {**site, "extension": [*objects(site, "extension"), *([extended] if extended else [])]} if site else {}


def _extended_site(part: Node) -> Node:
    """R4 components have no bodySite; profiles carry it in an extension."""
    for extension in objects(part, "extension"):
        if text(extension, "url").casefold().endswith("bodysite"):
            return obj(extension, "valueCodeableConcept")
    return {}


def origin_of_response(resource: Resource) -> Origin:
    """Where a questionnaire response comes from; `authored` is when the answers were given. Raises ImpossibleDate."""
    when: Moment = moment(text(resource.node, "authored"))
    return Origin(resource.key, resource.where, when, resource.key)


def of_response(resource: Resource) -> list[Reading]:
    """What the items of a questionnaire response say whose code is known. Raises NotUsed or NotTaken."""
    node = resource.node
    if text(node, "status") == "entered-in-error":
        raise NotUsed("QuestionnaireResponse entered in error")
    found: list[Reading] = []
    for item in walk(objects(node, "item"), "item"):
        codes = _item_codes(item)
        answers = objects(item, "answer")
        if not answers:
            continue
        if not is_known(codes):
            found.append(Unread("QuestionnaireResponse item without a code we know"))
            continue
        if len(answers) > 1:
            raise NotTaken("an item with several answers where one number belongs")
        found += _item_readings(codes, value_of(answers[0]))
    if all(isinstance(reading, Unread) for reading in found):
        raise NotUsed(f"QuestionnaireResponse {text(node, 'questionnaire')} (no item with a code we know)")
    return found


def _item_codes(item: Node) -> tuple[Coding, ...]:
    """A questionnaire item has no code of its own; forms made from LOINC use the code as the link."""
    link = text(item, "linkId").rstrip("/").rsplit("/", 1)[-1]
    key = (LOINC, link)
    known = bool(_LOINC.fullmatch(link)) and (key in ITEMS or key == PAIN or is_known((Coding(*key, ""),)))
    return (Coding(LOINC, link, ""),) if known else ()


def _item_readings(codes: tuple[Coding, ...], value: Value) -> list[Reading]:
    if isinstance(value, Unreadable):
        raise NotTaken(value.why)
    try:
        return list(readings(codes, value, {}))
    except NotUsed as kind:
        raise NotUsed(f"QuestionnaireResponse item {_with_code(codes, str(kind))}") from None
