"""Drafts of questionnaires, on both engines: one a person, patient and form."""

import pytest
from sqlalchemy import Engine

from data_access import measure_drafts, patients
from data_access.engine import reading, writing
from data_access.records import PatientRecord
from tests.conftest import NOW


@pytest.fixture
def patient_id(engine: Engine) -> int:
    with writing(engine) as conn:
        return patients.create(conn, PatientRecord("M-1", "Invented", "Ida"), None, "link-m-1", NOW)


def test_each_form_of_each_person_has_its_own(engine: Engine, patient_id: int) -> None:
    with writing(engine) as conn:
        phq = measure_drafts.save_draft(conn, patient_id, 7, "PHQ-9", content="{}", expected_revision=0, now=NOW)
        fiqr = measure_drafts.save_draft(conn, patient_id, 7, "FIQR", content="[]", expected_revision=0, now=NOW)
        assert measure_drafts.listed(conn, patient_id, 7) == [fiqr, phq]
        assert measure_drafts.listed(conn, patient_id, 8) == []
        assert measure_drafts.discard_draft(conn, patient_id, 7, "PHQ-9")
        assert not measure_drafts.discard_draft(conn, patient_id, 7, "PHQ-9")
        assert measure_drafts.listed(conn, patient_id, 7) == [fiqr]


@pytest.mark.parametrize("revision", [0, 2])
def test_a_save_on_what_another_window_changed_writes_nothing(engine: Engine, patient_id: int, revision: int) -> None:
    with writing(engine) as conn:
        first = measure_drafts.save_draft(conn, patient_id, 7, "PHQ-9", content="{}", expected_revision=0, now=NOW)
        late = measure_drafts.save_draft(
            conn, patient_id, 7, "PHQ-9", content="[]", expected_revision=revision, now=NOW
        )
        assert late is None
    with reading(engine) as conn:
        assert measure_drafts.draft(conn, patient_id, 7, "PHQ-9") == first
