"""Those who take part out as FHIR R4: the patient, the clinicians who care for them, their team, Flareboard itself."""

from collections.abc import Sequence

from data_access import fhir_marks
from data_access.fhir_nodes import Node, Written, address, reference
from data_access.patients import Member
from data_access.records import PatientRecord

_TEST_DATA = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    "code": "HTEST",
    "display": "test health data",
}
_USER = "urn:flareboard:user"
"""The system of the numbers of accounts: they mean somebody only where the document was made."""
FLAREBOARD_ADDRESS = address("urn:flareboard:device")


def patient(record: PatientRecord) -> Node:
    """The person under their record number; an invented one says so. Without a name where none is known."""
    node = fhir_marks.patient(record)
    node["name"] = [{name: value for name, value in node["name"][0].items() if value}]
    if not node["name"][0]:
        del node["name"]
    return node | ({"meta": {"tag": [_TEST_DATA]}} if record.synthetic else {})


def practitioner(name: str, user_id: int | None = None) -> Written:
    """Somebody of the clinic; two of one name are two, by the number of their account (None: by name alone)."""
    node: Node = {"resourceType": "Practitioner", "name": [{"text": name}]}
    if user_id is None:
        return address("urn:flareboard:practitioner", name), node
    known = {"identifier": [{"system": _USER, "value": str(user_id)}]}
    return address("urn:flareboard:practitioner", str(user_id), name), node | known


def organization(name: str) -> Written:
    """A care team or a service by name."""
    return address("urn:flareboard:organization", name), {"resourceType": "Organization", "name": name}


def device() -> Written:
    """Flareboard, which put the document together and found the flares."""
    return FLAREBOARD_ADDRESS, {
        "resourceType": "Device",
        "deviceName": [{"name": "Flareboard", "type": "user-friendly-name"}],
    }


def care_team(person: str, members: Sequence[Member], organization_address: str) -> list[Written]:
    """The CareTeam and its members, each with their discipline; [] where nobody cares for the patient yet."""
    if not members:
        return []
    people = [practitioner(member.name, member.user_id) for member in members]
    roles = [
        {"member": reference(where)} | ({"role": [{"text": member.discipline}]} if member.discipline else {})
        for (where, _), member in zip(people, members, strict=True)
    ]
    own = address(person, "care team", *(where for where, _ in people))
    team: Node = {"resourceType": "CareTeam", "status": "active", "subject": reference(person), "participant": roles}
    if organization_address:
        team["managingOrganization"] = [reference(organization_address)]
    return [(own, team), *people]
