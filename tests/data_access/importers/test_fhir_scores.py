"""The scores of the four FHIR bundles, read by hand from their JSON, and what each says once imported."""

from datetime import date

import pytest

from clinical.measures import Meaning, meaning
from clinical.record import Score
from data_access.records import MeasureRecord
from tests.data_access.importers.reading_files import DATA, read

Shown = tuple[str, str, float, str, tuple[float | None, ...]]

BENU = [
    # 'Very Severe', 'Severe', 'Moderate' of answers 1 to 5; then 'Not at all' ... 'A little bit' of 1 to 5
    ("PROMIS Pain Intensity 3a (raw)", "2023-03-07", 12, "{score}", (5, 4, 3)),
    ("PROMIS Pain Interference 8a (raw)", "2023-03-07", 24, "{score}", (1, 2, 3, 4, 5, 4, 3, 2)),
    ("MME", "", 220, "{MME}/d", ()),
]
BRENDA = [
    *[("Wong-Baker FACES", "", score, "{score}", ()) for score in (10, 6, 6, 6)],
    ("PEG", "", 5, "{score}", (7, 5, 4)),
    ("PEG", "", 7, "{score}", (8, 5, 8)),
    ("PEG", "", 8, "{score}", (8, 6, 10)),
    *[("STarT Back", "", score, "{score}", ()) for score in (4, 3, 5)],
    *[("MME", "", score, "{MME}/d", ()) for score in (220, 220, 220, 190, 160)],
    *[("PHQ-9", "", score, "{score}", ()) for score in (8, 15, 18)],
]
SHARON = [
    ("PROMIS Pain Intensity 3a (raw)", "2022-05-26", 13, "{score}", (5, 4, 4)),
    ("PROMIS Pain Interference 8a (raw)", "2022-05-26", 40, "{score}", (5,) * 8),
    ("MME", "", 220, "{MME}/d", ()),
]


def scores(bundle: str) -> list[MeasureRecord]:
    return list(read((DATA / "fhir" / f"{bundle}.json").read_bytes()).only.measures)


def shown(record: MeasureRecord) -> Shown:
    day = "" if record.day is None else record.day.isoformat()
    assert record.score is not None
    return record.instrument, day, record.score, record.unit, record.items


@pytest.mark.parametrize(
    ("bundle", "expected"),
    [
        ("benufldevelopbundle", BENU),
        ("brenda_jackson", BRENDA),
        ("noConditionsufldevelopbundle", []),
        ("sharonDecisionCompleteBundle", SHARON),
    ],
)
def test_every_score_with_its_day_unit_and_answers(bundle: str, expected: list[Shown]) -> None:
    """What was only issued on a day was not observed on it: such scores have no day."""
    assert sorted(map(shown, scores(bundle))) == sorted(expected)


def said(bundle: str) -> list[tuple[str, Meaning]]:
    return [
        (each.instrument, meaning(Score(each.day, each.instrument, each.score, each.items, each.unit)))
        for each in scores(bundle)
    ]


def test_totals_of_the_phq_9_have_their_bands() -> None:
    found = {each.value: each.band for name, each in said("brenda_jackson") if name == "PHQ-9"}
    assert found == {8: "mild", 15: "moderately severe", 18: "moderately severe"}


def test_a_peg_that_was_cut_to_a_whole_number_is_shown_as_sent_with_what_its_answers_give() -> None:
    found = {each.value: each.caveat for name, each in said("brenda_jackson") if name == "PEG"}
    assert found == {5: "On record as 5; its answers give 5.3.", 7: "", 8: ""}


@pytest.mark.parametrize("bundle", ["benufldevelopbundle", "sharonDecisionCompleteBundle"])
def test_raw_sums_of_promis_take_no_band_of_t_scores(bundle: str) -> None:
    found = [each for name, each in said(bundle) if name.startswith("PROMIS")]
    assert [(each.kind, each.band) for each in found] == [("raw sum", "")] * 2


def test_the_days_are_those_of_the_answers() -> None:
    assert {each.day for each in scores("sharonDecisionCompleteBundle")} == {date(2022, 5, 26), None}
