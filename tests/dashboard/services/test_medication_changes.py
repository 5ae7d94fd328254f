"""Adding a medicine and stopping one: kept as written, and whatever cannot be is said at its field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from clinical.record import Medicine
from dashboard.errors import Conflict, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import medication_changes
from dashboard.services.medication_changes import (
    AllergyQuestioned,
    DoseQuestioned,
    FieldRefused,
    Stopping,
    Wanted,
    record_of,
)
from data_access import medication
from data_access.engine import reading
from data_access.patients import PatientHead
from data_access.records import AllergyRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.medicated import medicated
from tests.dashboard.pain_maps import ago, stored

Acting = Callable[..., Viewer]
TRAMADOL = Wanted("tramadol", "50", "mg", "oral", "up to four times a day", as_needed=True, start=ago(3), token="t1")


@pytest.fixture
def patient(clinic: Engine) -> PatientHead:
    return stored(clinic, record="MED-1")


@pytest.fixture
def clinician(acting: Acting) -> Viewer:
    return acting("clinician", whole_clinic=True)


def on_list(clinic: Engine, patient: PatientHead) -> list[Medicine]:
    with reading(clinic) as conn:
        return medication.listed(conn, patient.patient_id)


def add(who: Viewer, patient: PatientHead, wanted: Wanted) -> Medicine:
    return medication_changes.add(who, patient.patient_id, wanted, now=NOW, as_of=AS_OF)


def test_what_was_filled_in_stands_on_the_list(clinic: Engine, patient: PatientHead, clinician: Viewer) -> None:
    added = add(clinician, patient, TRAMADOL)
    assert on_list(clinic, patient) == [added]
    assert (added.name, added.dose, added.unit, added.as_needed, added.start) == ("tramadol", 50, "mg", True, ago(3))


def test_the_same_filling_in_sent_twice_is_one_medicine(
    clinic: Engine, patient: PatientHead, clinician: Viewer
) -> None:
    add(clinician, patient, TRAMADOL)
    add(clinician, patient, TRAMADOL)
    assert len(on_list(clinic, patient)) == 1


def test_an_unknown_name_is_kept_letter_by_letter(clinic: Engine, patient: PatientHead, clinician: Viewer) -> None:
    added = add(clinician, patient, Wanted("Großmutters Tee №5", "2,5", "{drop}", token="t2"))
    assert added.name == "Großmutters Tee №5"
    assert added.dose == 2.5
    assert added.atc == ""


@pytest.mark.parametrize(("typed", "meant"), [("75", 75), ("2.5", 2.5), ("2,5", 2.5), ("0,125", 0.125), (" 50 ", 50)])
def test_a_decimal_comma_is_understood(typed: str, meant: float) -> None:
    assert record_of(replace(TRAMADOL, medicine="own mixture", dose=typed), as_of=AS_OF).dose == meant


@pytest.mark.parametrize("typed", ["1,000", "1.000", "20,000"])
def test_what_could_be_a_thousand_is_refused_clearly(typed: str) -> None:
    with pytest.raises(FieldRefused, match="thousand") as refused:
        record_of(replace(TRAMADOL, dose=typed), as_of=AS_OF)
    assert refused.value.field == "dose"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"medicine": "  "}, "medicine"),
        ({"medicine": "x" * 201}, "medicine"),
        ({"dose": "fifty"}, "dose"),
        ({"dose": "-5"}, "dose"),
        ({"dose": "0"}, "dose"),
        ({"unit": ""}, "unit"),
        ({"unit": "ug/h"}, "dose"),
        ({"dose": "99999"}, "dose"),
        ({"start": AS_OF + timedelta(days=1)}, "start"),
        ({"end": AS_OF + timedelta(days=1)}, "end"),
        ({"end": ago(10), "reason_stopped": "no benefit"}, "end"),
        ({"end": ago(1)}, "reason"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(
    clinic: Engine, patient: PatientHead, clinician: Viewer, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(FieldRefused) as refused:
        add(clinician, patient, replace(TRAMADOL, **changed))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert on_list(clinic, patient) == []


def test_an_unusual_dose_is_asked_about_and_kept_once_it_is_meant(
    clinic: Engine, patient: PatientHead, clinician: Viewer
) -> None:
    unusual = replace(TRAMADOL, dose="2000")
    with pytest.raises(DoseQuestioned):
        add(clinician, patient, unusual)
    assert on_list(clinic, patient) == []
    assert add(clinician, patient, replace(unusual, dose_is_meant=True)).dose == 2000


def test_a_medicine_may_lack_everything_but_its_name(patient: PatientHead, clinician: Viewer) -> None:
    added = add(clinician, patient, Wanted("naproxen"))
    assert (added.dose, added.unit, added.start) == (None, "", None)


def test_a_stop_puts_day_and_reason_on_the_line(clinic: Engine, patient: PatientHead, clinician: Viewer) -> None:
    added = add(clinician, patient, TRAMADOL)
    stopping = Stopping((added,), ago(1), "side effects", "drowsy")
    medication_changes.stop(clinician, patient.patient_id, stopping, now=NOW, as_of=AS_OF)
    (stopped,) = on_list(clinic, patient)
    assert (stopped.end, stopped.reason_stopped) == (ago(1), "side effects: drowsy")


def test_all_lines_of_a_renewed_prescription_end_together(
    clinic: Engine, patient: PatientHead, clinician: Viewer
) -> None:
    lines = [add(clinician, patient, replace(TRAMADOL, start=ago(days), token=f"t{days}")) for days in (9, 3)]
    stopping = Stopping(tuple(lines), ago(1), "no benefit")
    medication_changes.stop(clinician, patient.patient_id, stopping, now=NOW, as_of=AS_OF)
    assert [each.end for each in on_list(clinic, patient)] == [ago(1), ago(1)]


def test_when_one_of_the_lines_changed_none_is_stopped(clinic: Engine, patient: PatientHead, clinician: Viewer) -> None:
    first, second = (add(clinician, patient, replace(TRAMADOL, start=ago(d), token=f"t{d}")) for d in (9, 3))
    with pytest.raises(Conflict):
        stopping = Stopping((first, replace(second, dose=75)), ago(1), "no benefit")
        medication_changes.stop(clinician, patient.patient_id, stopping, now=NOW, as_of=AS_OF)
    assert [each.end for each in on_list(clinic, patient)] == [None, None]


def test_whoever_stops_it_second_is_told_that_it_was_stopped(patient: PatientHead, clinician: Viewer) -> None:
    added = add(clinician, patient, TRAMADOL)
    stopping = Stopping((added,), ago(1), "no benefit")
    medication_changes.stop(clinician, patient.patient_id, stopping, now=NOW, as_of=AS_OF)
    with pytest.raises(Conflict):
        medication_changes.stop(clinician, patient.patient_id, stopping, now=NOW, as_of=AS_OF)


@pytest.mark.parametrize(
    ("end", "reason", "remark", "field"),
    [
        (None, "no benefit", "", "end"),
        (AS_OF + timedelta(days=1), "no benefit", "", "end"),
        (ago(4), "no benefit", "", "end"),
        (ago(1), "", "", "reason"),
        (ago(1), "other", "  ", "reason"),
    ],
)
def test_a_stop_that_cannot_be_changes_nothing(
    clinic: Engine, patient: PatientHead, clinician: Viewer, end: date | None, reason: str, remark: str, field: str
) -> None:
    added = add(clinician, patient, TRAMADOL)
    with pytest.raises(FieldRefused) as refused:
        stopping = Stopping((added,), end, reason, remark)
        medication_changes.stop(clinician, patient.patient_id, stopping, now=NOW, as_of=AS_OF)
    assert refused.value.field == field
    assert on_list(clinic, patient) == [added]


def test_a_coordinator_changes_no_medicine(clinic: Engine, patient: PatientHead, acting: Acting) -> None:
    with pytest.raises(NotPermitted):
        add(acting("coordinator", whole_clinic=True), patient, TRAMADOL)
    assert on_list(clinic, patient) == []


@pytest.mark.parametrize("medicine", ["Codeine", "co-codamol 30/500", "Codeine phosphate 30 mg"])
def test_a_recorded_allergy_is_asked_about_before_anything_is_saved(
    clinic: Engine, clinician: Viewer, medicine: str
) -> None:
    patient = medicated(clinic, allergies=(AllergyRecord("Codeine", reaction="rash"),))
    wanted = Wanted(medicine, token="t9")
    with pytest.raises(AllergyQuestioned, match=r"Codeine \(rash\)") as asked:
        add(clinician, patient, wanted)
    assert "Nothing was saved" in asked.value.what_is_safe
    assert on_list(clinic, patient) == []
    assert add(clinician, patient, replace(wanted, allergy_is_known=True)).name == medicine


@pytest.mark.parametrize("record", [AllergyRecord("Codeine", status="resolved"), AllergyRecord("Penicillin")])
def test_an_allergy_that_is_over_or_of_something_else_is_not_asked_about(
    clinic: Engine, clinician: Viewer, record: AllergyRecord
) -> None:
    patient = medicated(clinic, allergies=(record,))
    assert add(clinician, patient, Wanted("codeine", token="t9")).name == "codeine"


@pytest.mark.parametrize(
    ("medicine", "dose", "frequency"),
    [
        ("paracetamol", "9999", "four times a day"),
        ("paracetamol", "12000", ""),
        ("tramadol", "500", "four times a day"),
        ("fentanyl patch", "50", "every 72 hours"),
    ],
)
def test_what_a_dose_comes_to_in_a_day_is_asked_about(medicine: str, dose: str, frequency: str) -> None:
    wanted = replace(TRAMADOL, medicine=medicine, dose=dose, frequency=frequency, route="")
    with pytest.raises((DoseQuestioned, FieldRefused)):
        record_of(wanted, as_of=AS_OF)
