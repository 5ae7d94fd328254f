"""The LOINC codes of questionnaires: those of the definitions mean the same to an import."""

from clinical.measures import INSTRUMENTS
from data_access.importers.fhir_codes import LOINC, TOTALS

EVERY = list(INSTRUMENTS.values())


def test_loinc_codes_stand_only_where_verified_and_mean_what_an_import_takes_them_for() -> None:
    codes = {code: each.code for each in EVERY for code in each.loinc}
    assert {code: TOTALS[LOINC, code].name for code in codes} == codes
    assert codes["44261-6"] == "PHQ-9"
    assert not {"89794-0", "97546-9", "77565-0", "69737-5"} & set(codes)  # wrong, or not certain (reference 2.5)
    for code in ("ISI", "PSS-10", "PSS-4", "PSQI", "FIQR", "WPI", "SSS", "PEG"):
        assert INSTRUMENTS[code].loinc == ()
