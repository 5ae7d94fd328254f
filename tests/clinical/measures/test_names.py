"""Which questionnaire a name means; one answer is never taken for the total."""

import pytest

from clinical.instruments import instrument_code
from clinical.measures import instrument


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("PHQ-9", "PHQ-9"), ("phq9", "PHQ-9"), ("PHQ 9 total", "PHQ-9"),
        ("Patient Health Questionnaire 9 item (PHQ-9) total score", "PHQ-9"),
        ("Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]", "PHQ-9"),
        ("Generalized anxiety disorder 7 item (GAD-7) total score", "GAD-7"), ("GAD2", "GAD-2"),
        ("Patient Health Questionnaire 2 item (PHQ-2) total score", "PHQ-2"), ("phq4 total score", "PHQ-4"),
        ("peg", "PEG"), ("PEG total score", "PEG"), ("PEG 3 item pain scale", "PEG"), ("PEG score", "PEG"),
        ("BPI interference", "BPI-SF interference"), ("BPI-SF pain severity", "BPI-SF severity"),
        ("FIQR total", "FIQR"), ("pss-10", "PSS-10"), ("PSS4", "PSS-4"), ("Insomnia Severity Index", "ISI"),
        ("PSQI score", "PSQI"), ("tsk 11", "TSK-11"), ("EQ VAS", "EQ-5D-5L VAS"), ("EQ-5D-5L", "EQ-5D-5L"),
        ("PainDETECT", "painDETECT"), ("Widespread Pain Index", "WPI"), ("PSD", "FS"),
        ("promis pain interference 4a", "PROMIS Pain Interference 4a"),
        ("PROMIS Pain Interference 8a (raw)", "PROMIS Pain Interference 8a (raw)"),
        ("PROMIS Pain Interference T-score", "PROMIS Pain Interference T-score"),
    ],
)  # fmt: skip
def test_however_it_is_written(written: str, code: str) -> None:
    found = instrument(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "written",
    [
        "PHQ-15", "PHQ-9 item 9", "GAD-7 Q3", "phq-9 question 2", "FIQ", "PSEQ", "PSEQ-10", "TSK-17", "PSS", "PSS-14",
        "PROMIS Pain Interference", "PROMIS Sleep Disturbance 6a", "EQ-5D-3L", "BPI", "pegfilgrastim", "",
    ],
)  # fmt: skip
def test_what_might_be_something_else_is_not_taken_for_it(written: str) -> None:
    assert instrument(written) is None
    assert instrument_code(written) == written
