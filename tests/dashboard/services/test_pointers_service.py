"""Pointers of a stored patient: the log with its qualities, the record, the answers, and what is left out."""

from dataclasses import replace

from sqlalchemy import Engine

from dashboard.services import pointers, safety
from dashboard.services.pointers import PointersView
from dashboard.services.safety import Asked
from data_access.engine import writing
from data_access.ingest import add
from data_access.records import ConditionRecord, EntryRecord, MarkRecord, PatientBundle, PatientRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import entry, stored
from tests.dashboard.services.clinic import PHYSIO
from tests.pages.opening import head

RECORD = "POINT-1"
LINE = tuple(MarkRecord(region, 6, ("shooting",)) for region in ("b_lumbar_r", "b_buttock_r", "b_thigh_r", "b_calf_r"))


def view(clinic: Engine, record: str = RECORD) -> PointersView:
    return pointers.view(PHYSIO, head(clinic, record), as_of=AS_OF)


def outcome(found: PointersView, code: str) -> str:
    return next(each.outcome for each in found.found.look_alikes if each.code == code)


def test_somebody_who_never_logged_has_not_enough_of_anything(clinic: Engine) -> None:
    stored(clinic, record=RECORD)
    found = view(clinic)
    assert (found.days_logged, found.map_days) == (0, 0)
    assert {each.outcome for each in found.found.look_alikes} == {"not_enough"}


def test_a_line_of_pain_down_the_leg_is_found_with_its_days_and_kind(clinic: Engine) -> None:
    stored(clinic, *(entry(days, *LINE) for days in range(10)), record=RECORD)
    found = view(clinic)
    (sciatica,) = (each for each in found.found.look_alikes if each.code == "sciatica")
    assert sciatica.outcome == "seen"
    assert len(sciatica.days) == 10
    shooting = next(item for item in sciatica.one_of if item.code == "shooting_leg")
    assert shooting.state == "yes"
    assert outcome(found, "radiculopathy") == "seen"


def test_maps_of_broader_codes_are_counted_and_left_out(clinic: Engine) -> None:
    exact = [entry(days, LINE[0]) for days in range(10)]
    broad: list[EntryRecord] = [replace(entry(days, *LINE), detail_unknown=True) for days in range(10, 20)]
    stored(clinic, *exact, *broad, record=RECORD)
    found = view(clinic)
    assert (found.map_days, found.broad) == (10, 10)
    assert outcome(found, "sciatica") == "not_seen"


def test_marks_older_than_the_last_months_do_not_speak(clinic: Engine) -> None:
    stored(clinic, *(entry(days, *LINE) for days in range(200, 230)), record=RECORD)
    assert outcome(view(clinic), "sciatica") == "not_enough"


def test_an_answer_counts_with_the_next_view(clinic: Engine) -> None:
    patient = stored(clinic, record=RECORD)
    asas = {
        "back_pain_over_3_months": "yes",
        "onset_age": "28",
        "onset_manner": "gradual",
        "improves_with_exercise": "yes",
        "improves_with_rest": "no",
    }
    assert outcome(view(clinic), "axial_spondyloarthritis") == "not_enough"
    safety.answer(PHYSIO, patient.patient_id, Asked(asas, AS_OF, 0), now=NOW, as_of=AS_OF)
    assert outcome(view(clinic), "axial_spondyloarthritis") == "seen"


def test_only_active_diagnoses_of_the_record_count(clinic: Engine) -> None:
    conditions = (ConditionRecord("Psoriasis", status="inactive"), ConditionRecord("Crohn's disease"))
    bundle = PatientBundle(PatientRecord(RECORD, "Recorded", synthetic=True), "demo", conditions=conditions, team_id=1)
    with writing(clinic) as conn:
        add(conn, bundle, batch_id=None, now=NOW, as_of=AS_OF)
    axial = next(each for each in view(clinic).found.look_alikes if each.code == "axial_spondyloarthritis")
    states = {item.code: item.state for item in axial.further}
    assert (states["psoriasis"], states["inflammatory_bowel_disease"]) == ("unknown", "yes")
