"""What the FHIR interface can do, as a CapabilityStatement: one operation, read only."""

from typing import Any

_DEFINITION = "http://hl7.org/fhir/uv/ips/OperationDefinition/summary"

STATEMENT: dict[str, Any] = {
    "resourceType": "CapabilityStatement",
    "status": "active",
    "date": "2026-11-23",
    "kind": "instance",
    "software": {"name": "Flareboard"},
    "implementation": {"description": "Summaries of patients with chronic pain, read only"},
    "fhirVersion": "4.0.1",
    "format": ["application/fhir+json", "json"],
    "rest": [
        {
            "mode": "server",
            "documentation": (
                "POST /fhir/Patient/$summary with a Parameters resource whose parameter 'identifier' holds the record "
                "number, or GET /fhir/Patient/[link]/$summary with the opaque link of a patient's page. Nothing else "
                "can be read, nothing can be written."
            ),
            "security": {
                "cors": False,
                "description": "A bearer token that acts for one member of staff, within their role and care teams.",
            },
            "resource": [
                {
                    "type": "Patient",
                    "operation": [{"name": "summary", "definition": _DEFINITION}],
                }
            ],
        }
    ],
}
