"""Whatever the bytes: a file is read, or refused in words. Nothing else may come out of an importer."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.errors import ExplainedError
from data_access.importers import checks, fhir_codes
from data_access.importers.csv_rows import COLUMNS
from data_access.importers.flareboard_csv import kind_of
from data_access.importers.reading import MEBIBYTE, Limits, plain_name
from tests.data_access.importers.apple_files import asleep, export, walked, zipped
from tests.data_access.importers.reading_files import AS_OF, DATA, LOINC, SNOMED, read

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
LIMITS = Limits(file_bytes=MEBIBYTE, structure=50_000, rows=500)
SAMPLES = [
    *((DATA / "fhir" / f"{name}.json").read_bytes() for name in ("brenda_jackson", "benufldevelopbundle")),
    (DATA / "choir" / "choir_body_maps_sample.csv").read_bytes()[:4_000],
    b"patient,date,time,medicine,dose,unit,route,as_needed,taken\nP1,2026-03-02,,tramadol,50,mg,,1,1\n",
    (phone := export(asleep("2026-03-01 23:00", "2026-03-02 06:00"), walked("2026-03-02 08:00", "700")).encode()),
    zipped(phone),
    b'Sleep\nStart Time,End Time,Minutes Asleep\n"2026-03-01 11:25PM","2026-03-02 7:02AM","398"\n',
    b'[{"logId": 1, "dateOfSleep": "2026-03-02", "endTime": "2026-03-02T07:04:00.000", "minutesAsleep": 406}]',
]


def survives(content: bytes) -> None:
    """Read or refused; and whatever was read may go into a database."""
    try:
        found = read(content, LIMITS)
    except ExplainedError as error:
        assert error.what_happened and error.what_is_safe and error.what_to_do
        return
    for bundle in found.bundles:
        for records in (bundle.entries, bundle.medications, bundle.doses, bundle.measures, bundle.events):
            assert all(checks.problem(record, AS_OF) == "" for record in records)


@FUZZ
@given(st.binary(max_size=2_000))
def test_any_bytes(content: bytes) -> None:
    survives(content)


@FUZZ
@given(st.binary(max_size=400))
def test_any_bytes_after_the_mark_of_a_zip(content: bytes) -> None:
    survives(b"PK\x03\x04" + content)


@FUZZ
@given(st.text(max_size=1_000))
def test_any_text(text: str) -> None:
    survives(text.encode("utf-8", "surrogatepass"))


@FUZZ
@given(st.sampled_from(SAMPLES), st.data())
def test_real_files_with_bytes_changed_moved_or_cut_out(sample: bytes, data: st.DataObject) -> None:
    content = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[place : place + length] = data.draw(st.binary(max_size=40))
        if not content:
            content = bytearray(b"{")
    survives(bytes(content))


CELLS = st.one_of(
    st.sampled_from(
        ["", "P1", "1", "0", "11", "-1", "2026-03-02", "2027-01-01", "08:30", "nan", "1e400", "=1+1", "'", '"', "none",
         "b_lumbar_l:6:aching", "b_lumbar_l:;detail_unknown", "visit", "x" * 500, "a\nb", "\x00", "heat|massage"]
    ),
    st.text(max_size=12),
)  # fmt: skip


@FUZZ
@given(st.sampled_from(sorted(COLUMNS)), st.lists(st.lists(CELLS, min_size=1, max_size=18), max_size=8))
def test_any_table_under_a_header_of_ours(kind: str, rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    survives("\n".join([",".join(COLUMNS[kind]), *quoted]).encode("utf-8", "surrogatepass"))


@FUZZ
@given(st.lists(st.text(max_size=10), max_size=8))
def test_any_header(names: list[str]) -> None:
    assert kind_of(tuple(names)) in {None, *COLUMNS}


CODES = [code for _, code in (*fhir_codes.DIARY, *fhir_codes.TOTALS, *fhir_codes.ITEMS)]
WORDS = st.sampled_from(
    [
        "Patient/anna", "2026-03-02", "2026-02-30", "final", "active", "completed", LOINC, SNOMED, "7771000",
        "72696002", "LA6568-5", "Patient", "Observation", "#m1", "", "\u0000", "x" * 400, *CODES[:20],
    ]
)  # fmt: skip
ELEMENTS = st.sampled_from(
    [
        "resourceType", "id", "status", "code", "coding", "system", "display", "text", "subject", "patient",
        "reference",
        "effectiveDateTime", "effectivePeriod", "start", "end", "valueQuantity", "valueCodeableConcept", "valueString",
        "valueInteger", "value", "unit", "component", "bodySite", "extension", "item", "answer", "linkId", "identifier",
        "name", "family", "given", "birthDate", "dosageInstruction", "timing", "repeat", "period", "periodUnit",
        "frequency", "doseAndRate", "doseQuantity", "medicationReference", "medicationCodeableConcept", "contained",
        "target", "detailQuantity", "activity", "detail", "description", "derivedFrom", "hasMember", "authoredOn",
        "meta",
        "fhirVersion", "profile", "clinicalStatus", "reaction", "manifestation", "performedDateTime", "dispenseRequest",
    ]
)  # fmt: skip
LEAVES = st.one_of(WORDS, st.none(), st.booleans(), st.integers(-5, 200), st.floats(-1e9, 1e9, allow_nan=False))
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ELEMENTS, inner, max_size=5), max_leaves=12
)
KINDS = st.sampled_from(
    [
        "Patient", "Observation", "Condition", "AllergyIntolerance", "MedicationRequest", "MedicationStatement",
        "MedicationAdministration", "QuestionnaireResponse", "Goal", "CarePlan", "Procedure", "Medication", "Bundle",
    ]
)  # fmt: skip


@FUZZ
@given(st.lists(st.tuples(KINDS, st.dictionaries(ELEMENTS, VALUES, max_size=8)), max_size=5))
def test_any_shape_of_resource(drawn: list[tuple[str, dict[str, Any]]]) -> None:
    patient = {"resourceType": "Patient", "id": "anna"}
    resources = [{"subject": {"reference": "Patient/anna"}, **node, "resourceType": kind} for kind, node in drawn]
    entries = [{"resource": each} for each in (patient, *resources)]
    survives(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode())
    survives("\n".join(json.dumps(each) for each in (patient, *resources)).encode())


@FUZZ
@given(st.text(max_size=300))
def test_any_file_name_becomes_a_plain_one(name: str) -> None:
    kept = plain_name(name)
    assert 0 < len(kept) <= 255
    assert kept.isprintable() and "/" not in kept and "\\" not in kept and kept.strip(".")
