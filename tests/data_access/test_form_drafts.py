"""Drafts of forms of the plan and of case reviews, on both engines: one a person, patient and form."""

import pytest
from sqlalchemy import Engine

from data_access import form_drafts, patients
from data_access.engine import reading, writing
from data_access.errors import RowRefused
from data_access.records import PatientRecord
from tests.conftest import NOW


@pytest.fixture
def patient_id(engine: Engine) -> int:
    with writing(engine) as conn:
        return patients.create(conn, PatientRecord("M-1", "Invented", "Ida"), None, "link-m-1", NOW)


def test_each_form_of_each_person_has_its_own(engine: Engine, patient_id: int) -> None:
    with writing(engine) as conn:
        goal = form_drafts.save_draft(conn, patient_id, 7, "goal:1", content="{}", expected_revision=0, now=NOW)
        action = form_drafts.save_draft(conn, patient_id, 7, "action:0", content="[]", expected_revision=0, now=NOW)
        assert form_drafts.listed(conn, patient_id, 7) == [action, goal]
        assert form_drafts.listed(conn, patient_id, 8) == []
        assert not form_drafts.discard_draft(conn, patient_id, 7, "goal:1", revision=2)
        assert form_drafts.discard_draft(conn, patient_id, 7, "goal:1", revision=1)
        assert not form_drafts.discard_draft(conn, patient_id, 7, "goal:1")
        assert form_drafts.discard_draft(conn, patient_id, 7, "action:0")
        assert form_drafts.listed(conn, patient_id, 7) == []


@pytest.mark.parametrize("revision", [0, 2])
def test_a_save_on_what_another_window_changed_writes_nothing(engine: Engine, patient_id: int, revision: int) -> None:
    with writing(engine) as conn:
        first = form_drafts.save_draft(conn, patient_id, 7, "goal:1", content="{}", expected_revision=0, now=NOW)
        late = form_drafts.save_draft(conn, patient_id, 7, "goal:1", content="[]", expected_revision=revision, now=NOW)
        assert late is None
    with reading(engine) as conn:
        assert form_drafts.draft(conn, patient_id, 7, "goal:1") == first


def test_a_draft_may_be_long_and_not_endless(engine: Engine, patient_id: int) -> None:
    longest = "ü" * 300_000
    with writing(engine) as conn:
        form_drafts.save_draft(conn, patient_id, 7, "goal:1", content=longest, expected_revision=0, now=NOW)
    with pytest.raises(RowRefused), writing(engine) as conn:
        form_drafts.save_draft(conn, patient_id, 7, "goal:1", content=f"{longest}.", expected_revision=1, now=NOW)
    with reading(engine) as conn:
        kept = form_drafts.draft(conn, patient_id, 7, "goal:1")
    assert kept is not None
    assert (kept.content, kept.revision) == (longest, 1)
