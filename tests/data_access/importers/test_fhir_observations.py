"""Observations: what each code says, where the pain is, and when it was."""

from datetime import date
from typing import Any

import pytest

from data_access.records import EntryRecord, MarkRecord, MeasureRecord
from tests.data_access.importers.reading_files import (
    LOINC,
    MYPAIN,
    SNOMED,
    Node,
    bundle,
    coded,
    concept,
    observation,
    read,
)

LEFT, RIGHT, BOTH = "7771000", "24028007", "51440002"
KNEE, LUMBAR = "72696002", "52612000"
PMS = "http://cds.ahrq.gov/cdsconnect/pms"


def entry_of(*resources: Node) -> EntryRecord:
    found = read(bundle(*resources))
    assert found.reasons == []
    (entry,) = found.only.entries
    return entry


def measure_of(*resources: Node) -> MeasureRecord:
    found = read(bundle(*resources))
    assert found.reasons == []
    (measure,) = found.only.measures
    return measure


def reason_of(resource: Node) -> str:
    (reason,) = read(bundle(resource)).reasons
    return reason


def site(*codes: str) -> Node:
    return {"coding": [{"system": SNOMED, "code": code} for code in codes]}


def marks(*resources: Node) -> dict[str, int | None]:
    return {mark.region_id: mark.intensity for mark in entry_of(*resources).marks or ()}


def test_a_pain_rating_is_the_pain_of_an_entry_at_its_moment() -> None:
    entry = entry_of(observation("72514-3", 6.5))
    assert (entry.day, entry.at_time, entry.pain, entry.marks) == (date(2026, 3, 2), "08:30", 6.5, None)
    assert entry.source_key == "Observation/o-72514-3"


def test_pain_sleep_and_a_map_of_one_moment_are_one_entry() -> None:
    entry = entry_of(
        observation("72514-3", 6),
        observation("93832-4", {"valueQuantity": {"value": 5.5, "unit": "hours", "code": "h"}}),
        observation("72514-3", 7, id="o-knee", bodySite=site(KNEE, LEFT)),
    )
    assert (entry.pain, entry.sleep_hours) == (6, 5.5)
    assert {mark.region_id for mark in entry.marks or ()} == {"f_knee_l", "b_knee_l"}


def test_minutes_of_sleep_become_hours() -> None:
    quantity = {"valueQuantity": {"value": 330, "unit": "min", "code": "min"}}
    assert entry_of(observation("93832-4", quantity)).sleep_hours == 5.5


def test_the_day_is_the_one_the_source_wrote_whatever_its_time_zone() -> None:
    late = observation("72514-3", 6, effectiveDateTime="2026-03-02T23:50:00-08:00")
    assert entry_of(late).day == date(2026, 3, 2)


def test_a_period_counts_for_its_last_day() -> None:
    week = {"start": "2026-02-24", "end": "2026-03-02"}
    assert entry_of(observation("72514-3", 6, effectiveDateTime=None, effectivePeriod=week)).day == date(2026, 3, 2)


@pytest.mark.parametrize("when", [{}, {"effectiveDateTime": "2026"}, {"effectiveDateTime": "2026-03"}])
def test_an_observation_without_a_day_is_undated_and_never_given_another_one(when: dict[str, Any]) -> None:
    entry = entry_of(observation("72514-3", 6, **{"effectiveDateTime": None, "issued": "2026-03-02T08:30:00Z"} | when))
    assert (entry.day, entry.at_time, entry.pain) == (None, "", 6)


def test_undated_observations_stay_apart() -> None:
    resources = [observation("72514-3", 6, id=f"o{n}", effectiveDateTime=None) for n in range(3)]
    assert len(read(bundle(*resources)).only.entries) == 3


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2026-02-30", "a date that is not a day of the calendar"),
        ("yesterday", "a date that is not a day of the calendar"),
        ("2026-11-23T08:00:00Z", "the date lies in the future"),
        ("1899-01-01", "the date lies before 1900"),
    ],
)
def test_a_day_that_cannot_be_is_rejected(when: str, reason: str) -> None:
    assert reason_of(observation("72514-3", 6, effectiveDateTime=when)) == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (11, "pain is outside 0 to 10"),
        ({"valueQuantity": {"value": "6"}}, "the number is written as text"),
        ({"valueString": "6"}, "the number is written as text"),
        ({"valueQuantity": {"value": 60, "code": "%"}}, "unknown unit for pain"),
        ({"valueQuantity": {"value": 5, "comparator": ">"}}, "the number is only a limit (less or more than)"),
        ({"valueQuantity": {"unit": "{score}"}}, "the quantity has no number"),
        ({"valueQuantity": {"value": 5}, "valueString": "5"}, "it holds several values at once"),
        ({"valueBoolean": True}, "it holds no number"),
        ({"valueRatio": {}}, "a value of the form Ratio has no place"),
    ],
)
def test_a_value_that_cannot_be_is_rejected_with_its_place(value: Any, reason: str) -> None:
    found = read(bundle(observation("72514-3", value), observation("72514-3", 4, id="good", effectiveDateTime=None)))
    (rejection,) = found.account.rejected
    assert (rejection.where, rejection.what, rejection.why) == ("entry[1] Observation/o-72514-3", "Observation", reason)
    assert len(found.only.entries) == 1


def test_an_answer_code_whose_number_is_not_certain_is_counted_and_not_guessed() -> None:
    found = read(bundle(observation("72514-3", coded(LOINC, "LA6113-0", "0"))))
    assert found.only.entries == ()
    assert dict(found.account.unused) == {"Observation 72514-3: answer code whose number is not certain": 1}


def test_the_same_moment_twice_with_the_same_value_counts_once() -> None:
    found = read(bundle(observation("72514-3", 6), observation("72514-3", 6, id="again")))
    assert (len(found.only.entries), found.account.repeated, found.reasons) == (1, 1, [])


def test_the_same_moment_twice_with_other_values_is_rejected() -> None:
    found = read(bundle(observation("72514-3", 6), observation("72514-3", 7, id="other")))
    assert found.only.entries[0].pain == 6
    assert found.reasons == ["the same moment twice with other values"]


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "registered"])
def test_what_was_withdrawn_is_not_used(status: str) -> None:
    found = read(bundle(observation("72514-3", 6, status=status)))
    assert dict(found.account.unused) == {f"Observation {status}": 1}


@pytest.mark.parametrize(
    ("codes", "regions"),
    [
        ((KNEE, LEFT), {"f_knee_l", "b_knee_l"}),
        ((KNEE, RIGHT), {"f_knee_r", "b_knee_r"}),
        ((KNEE, LEFT, "255549009"), {"f_knee_l"}),
        ((KNEE, LEFT, "255551008"), {"b_knee_l"}),
        ((KNEE, BOTH), {"f_knee_l", "b_knee_l", "f_knee_r", "b_knee_r"}),
        ((LUMBAR,), {"b_lumbar_l", "b_lumbar_r", "b_lumbar_spine_m"}),
        ((LUMBAR, LEFT), {"b_lumbar_l"}),
        (("82169009",), {"f_knee_l", "b_knee_l"}),
        (("9736006",), {"f_wrist_hand_r", "b_wrist_hand_r"}),
        (("91775009", "255551008"), {"b_shoulder_l"}),
        (("46862004", RIGHT), {"b_buttock_r"}),
        (("122495006",), {"b_thoracic_spine_m"}),
    ],
)
def test_a_body_site_marks_its_regions_on_the_side_it_names(codes: tuple[str, ...], regions: set[str]) -> None:
    entry = entry_of(observation("72514-3", 5, bodySite=site(*codes)))
    assert {mark.region_id for mark in entry.marks or ()} == regions
    assert {mark.intensity for mark in entry.marks or ()} == {5}
    assert entry.detail_unknown == (len(regions) > 1)
    assert entry.pain is None


def test_a_laterality_in_an_extension_or_a_post_coordinated_code_counts() -> None:
    extended = site(KNEE) | {"extension": [{"url": "x", "valueCodeableConcept": site(LEFT)}]}
    assert set(marks(observation("72514-3", 5, bodySite=extended))) == {"f_knee_l", "b_knee_l"}
    assert set(marks(observation("72514-3", 5, bodySite=site(f"{KNEE}:272741003={RIGHT}")))) == {"f_knee_r", "b_knee_r"}


def test_our_own_region_code_is_one_region() -> None:
    own = concept("urn:flareboard:region", "b_scapula_r")
    assert marks(observation("72514-3", 5, bodySite=own)) == {"b_scapula_r": 5}


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (site("113276009"), "unknown region"),
        (site("1017210004"), "unknown region: the code is a lumbar region of the abdomen, not the low back"),
        (site(KNEE, LEFT, RIGHT), "the body site contradicts itself (two sides, or front and back)"),
        (site("82169009", RIGHT), "the body site contradicts itself (two sides, or front and back)"),
        (site("122495006", LEFT), "unknown region: the body site has no such side or view"),
        ({"text": "left knee"}, "the body site has no code"),
        (concept("urn:flareboard:region", "b_tail_m"), "unknown region"),
    ],
)
def test_an_unknown_region_is_rejected(where: Node, reason: str) -> None:
    assert reason_of(observation("72514-3", 5, bodySite=where)) == reason


def test_the_intensity_of_a_region_is_a_whole_number() -> None:
    half = observation("72514-3", 5.5, bodySite=site(KNEE))
    assert reason_of(half) == "the intensity of a region is not a whole number"


def test_components_are_read_each_on_its_own() -> None:
    parts = [
        {"code": concept(LOINC, "72514-3"), "valueQuantity": {"value": 6}},
        {"code": concept(SNOMED, "82169009"), "valueQuantity": {"value": 4}},
        {"code": concept(LOINC, "8867-4", "Heart rate"), "valueQuantity": {"value": 70}},
    ]
    found = read(bundle(observation("x", system="urn:x", component=parts)))
    (entry,) = found.only.entries
    assert (entry.pain, {mark.region_id for mark in entry.marks or ()}) == (6, {"f_knee_l", "b_knee_l"})
    assert dict(found.account.unused) == {"Observation component 8867-4 Heart rate": 1}


def test_a_component_that_contradicts_another_rejects_the_whole() -> None:
    parts = [{"code": concept(LOINC, "72514-3"), "valueQuantity": {"value": value}} for value in (6, 7)]
    assert reason_of(observation("x", system="urn:x", component=parts)) == "the same moment twice with other values"


def test_a_panel_of_members_is_read_through_its_members() -> None:
    panel = observation("44249-1", hasMember=[{"reference": "Observation/o-44261-6"}])
    found = read(bundle(panel, observation("44261-6", 12)))
    assert found.only.measures[0].score == 12
    assert dict(found.account.unused) == {"Observation 44249-1 (its members are read on their own)": 1}


@pytest.mark.parametrize(
    ("code", "value", "instrument"),
    [
        ("44261-6", 12, "PHQ-9"),
        ("55758-7", 3, "PHQ-2"),
        ("70274-6", 9, "GAD-7"),
        ("91147-9", 5.33, "PEG"),
        ("38221-8", 6, "Wong-Baker FACES"),
        ("77865-4", 63.2, "PROMIS Pain Interference T-score"),
        ("77860-5", 58.1, "PROMIS Sleep Disturbance T-score"),
        ("41950-7", 4200, "Steps in 24 h"),
    ],
)
def test_scores_are_measures_under_their_name(code: str, value: float, instrument: str) -> None:
    measure = measure_of(observation(code, value))
    assert (measure.instrument, measure.score, measure.day) == (instrument, value, date(2026, 3, 2))


@pytest.mark.parametrize(("code", "value"), [("44261-6", 28), ("70274-6", -1), ("91147-9", 11)])
def test_a_score_outside_its_scale_is_rejected(code: str, value: float) -> None:
    assert "is outside" in reason_of(observation(code, value))


def test_a_number_on_the_gad_7_panel_is_not_taken_for_the_total() -> None:
    found = read(bundle(observation("69737-5", 9)))
    assert found.only.measures == ()
    assert found.account.unused.total() == 1


def test_nine_answers_make_the_phq_9() -> None:
    never, several, half, nearly = "LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"
    answers = [never, several, half, nearly, never, never, several, never, several]
    codes = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"]
    items = [observation(code, coded(LOINC, answer)) for code, answer in zip(codes, answers, strict=True)]
    measure = measure_of(*items)
    assert (measure.instrument, measure.score, measure.items) == ("PHQ-9", 8, (0, 1, 2, 3, 0, 0, 1, 0, 1))


def test_an_incomplete_questionnaire_keeps_its_answers_and_has_no_score() -> None:
    measure = measure_of(observation("44255-8", 2), observation("44260-8", 1))
    assert (measure.score, measure.items) == (None, (None, 2, None, None, None, None, None, None, 1))


def test_a_total_that_its_own_answers_do_not_make_is_rejected() -> None:
    items = [
        observation(code, 1) for code in ("69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7")
    ]
    found = read(bundle(*items, observation("70274-6", 15)))
    assert found.reasons == ["the score is not what its own answers make"]


def test_a_peg_with_its_three_answers_keeps_the_score_as_it_was_given() -> None:
    parts = [
        {"code": concept(PMS, code), "valueQuantity": {"value": value}}
        for code, value in (("PEGPAIN", 7), ("PEGENJOYMENT", 5), ("PEGGENERALACTIVITY", 4))
    ]
    measure = measure_of(observation("PEGASSESSMENT", 5, system=PMS, component=parts))
    assert (measure.instrument, measure.score, measure.items) == ("PEG", 5, (7, 5, 4))


def test_promis_answers_of_one_moment_are_one_measure() -> None:
    answers = {"75262-6": ("LA13958-6", "Very Severe"), "75261-8": ("LA6750-9", "Severe"), "75260-0": ("LA131-5", "")}
    measure = measure_of(*(observation(code, coded(LOINC, *answer)) for code, answer in answers.items()))
    assert (measure.instrument, measure.score, measure.items) == ("PROMIS Pain Intensity 3a (raw)", 10, (5, 4, 1))


def test_an_answer_code_that_says_something_else_than_its_text_is_not_used() -> None:
    found = read(bundle(observation("61758-9", coded(LOINC, "LA6568-5", "Very much"))))
    assert found.only.measures == ()
    assert found.account.unused.total() == 1


def test_morphine_equivalents_keep_their_unit() -> None:
    measure = measure_of(observation("MME", {"valueQuantity": {"value": 220, "code": "{MME}/d"}}, system=PMS))
    assert (measure.instrument, measure.score, measure.unit) == ("MME", 220, "{MME}/d")


def test_pain_quality_by_body_area_marks_both_sides_without_intensity() -> None:
    several = {
        "valueCodeableConcept": {
            "coding": [
                {"system": SNOMED, "code": "27635008", "display": "Aching"},
                {"system": SNOMED, "code": "279093005", "display": "Crushing"},
            ]
        }
    }
    entry = entry_of(observation("mpq-1049", several, system=MYPAIN))
    assert entry.marks == tuple(
        MarkRecord(region, None, ("aching",)) for region in ("f_knee_r", "f_knee_l", "b_knee_l", "b_knee_r")
    )
    assert entry.detail_unknown
    assert entry.note == "Pain knees: crushing"


def test_pain_everywhere_is_kept_in_words_and_marks_nothing() -> None:
    entry = entry_of(observation("mpq-1052", coded(SNOMED, "27635008", "Aching"), system=MYPAIN))
    assert (entry.marks, entry.note) == (None, "Pain everywhere: aching")


def test_a_goal_in_ones_own_words_is_a_goal() -> None:
    (goal,) = read(bundle(observation("mpq-1035", {"valueString": "Walk to the sea"}, system=MYPAIN))).only.goals
    assert goal.title == "Walk to the sea"


def test_every_other_code_is_counted_by_name() -> None:
    drug_screen = observation("19295-5", 2500) | {"code": concept(LOINC, "19295-5", "Opiates")}
    assert dict(read(bundle(drug_screen)).account.unused) == {"Observation 19295-5 Opiates": 1}


def test_what_cannot_be_leaves_the_rest_of_its_moment_alone() -> None:
    found = read(
        bundle(observation("72514-3", 11), observation("93832-4", {"valueQuantity": {"value": 6, "code": "h"}}))
    )
    assert (found.only.entries[0].pain, found.only.entries[0].sleep_hours) == (None, 6)
    assert found.reasons == ["pain is outside 0 to 10"]
