"""The four sample bundles through the medication checks: what was worked out by hand from the files."""

import pytest

from clinical.medication import NO_DOSES, Condition, Person, Review, review
from clinical.record import Medicine
from data_access.records import MedicationRecord
from tests.data_access.importers.reading_files import AS_OF, DATA, read

ER = "12 HR Oxycodone Hydrochloride 60 MG Extended Release Oral Tablet"
CAPSULE = "Oxycodone Hydrochloride 10 MG Oral Capsule"
NAMES = ("benufldevelopbundle", "brenda_jackson", "noConditionsufldevelopbundle", "sharonDecisionCompleteBundle")


def of_file(name: str) -> Review:
    """All checks of the one person in that bundle, on the day of the tests; nobody in them logged a dose."""
    found = read((DATA / "fhir" / f"{name}.json").read_bytes()).only
    conditions = tuple(Condition(each.label, each.code, each.onset_day) for each in found.conditions)
    person = Person(found.patient.birth_date, found.patient.sex, conditions=conditions)
    return review([_medicine(each) for each in found.medications], NO_DOSES, person, AS_OF)


def _medicine(record: MedicationRecord) -> Medicine:
    return Medicine(
        record.medicine, record.start_day, record.end_day, record.as_needed, record.dose, record.unit, record.atc,
        record.rxnorm, record.route, record.frequency, record.reason_stopped, record.kind,
    )  # fmt: skip


def test_ben_one_60_mg_tablet_twice_a_day_is_180_mme() -> None:
    found = of_file("benufldevelopbundle")
    (part,) = found.mme.prescribed.parts
    assert (part.amount, part.factor, found.mme.prescribed.value) == (120, 1.5, 180)
    assert [prompt.check for prompt in found.prompts] == ["mme_120_listed", "opioid_sedative", "nsaid_stomach"]


def test_sharon_two_60_mg_tablets_every_three_days_are_60_mme_on_average_and_it_is_said() -> None:
    found = of_file("sharonDecisionCompleteBundle")
    assert found.mme.prescribed.value == pytest.approx(60)
    by_check = {prompt.check: prompt for prompt in found.prompts}
    assert set(by_check) == {"mme_50_listed", "opioid_sedative", "nsaid_stomach"}
    assert "An average over days" in by_check["mme_50_listed"].statement


def test_brenda_twenty_two_requests_of_two_opioids_without_a_dose_cannot_be_computed() -> None:
    found = of_file("brenda_jackson")
    assert {line.medicine.name: line.copies for line in found.on_list if line.drug and line.drug.of("opioid")} == {
        ER: 11,
        CAPSULE: 11,
    }
    assert (found.mme.prescribed.value, found.mme.prescribed.names) == (None, (ER, CAPSULE))
    assert {each.medicine for each in found.not_checked if each.check == "mme"} == {ER, CAPSULE}
    (sedative,) = (prompt for prompt in found.prompts if prompt.check == "opioid_sedative")
    assert sedative.medicines == ("chlordiazepoxide", "oxycodone")


def test_a_patient_and_nothing_else_asks_for_nothing() -> None:
    found = of_file("noConditionsufldevelopbundle")
    assert (found.prompts, found.on_list, found.unrecognised, found.not_checked) == ((), (), (), ())


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("no")])
def test_what_is_not_recognised_or_not_about_them_is_said(name: str) -> None:
    found = of_file(name)
    assert found.unrecognised == ("POLYETHYLENE GLYCOL 3350 17000 MG Powder for Oral Solution",)
    why = {each.check: each.why for each in found.not_checked}
    assert "another pain diagnosis" in why["started_against_guidance"]
    assert "the dose is not given" in why["paracetamol_max_listed"]
    assert "the dose is not given" in why["nsaid_max"]
