"""The criteria in words: never a diagnosis, what is missing named, regional pain said, each scale with its source."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from clinical.criteria import Answers, Result, result
from clinical.diary import Period
from clinical.fibromyalgia import SymptomSeverity, WpiEstimate
from clinical.maps import RegionMap
from dashboard.presenters import criteria as words
from dashboard.presenters import criteria_form as form_words
from dashboard.presenters import criteria_record as record_words
from dashboard.services.criteria import CriteriaView, Standing
from dashboard.services.criteria_filling import Filling
from data_access.criteria import Assessed
from tests.dashboard.assessed import BACK_AND_LEGS, SEVERE

TODAY = date(2026, 11, 22)
WEEK = Period(TODAY - timedelta(days=6), TODAY)
NOWHERE = RegionMap("worst", np.full(74, np.nan, np.float32), 0, np.zeros(74, np.int16), "", np.zeros(74, np.bool_))
T11 = Answers(BACK_AND_LEGS, SEVERE, 18, other_disorder=False)
JAW = Answers(
    frozenset({"neck", "upper_back", "lower_back", "hip_left", "hip_right", "jaw_right", "abdomen"}), SEVERE, 12, False
)


def view(*standing: Standing, days: int = 6) -> CriteriaView:
    strict = WpiEstimate(2, ("lower_back", "neck"), days, days < 4, (6, 2)) if days else WpiEstimate(0, (), 0, True)
    areas = ("lower_arm_left", "lower_back", "neck") if days else ()
    extended = WpiEstimate(len(areas), areas, days, days < 4, (1, 6, 2) if days else (), "extended")
    return CriteriaView(TODAY, WEEK, strict, extended, NOWHERE, standing)


def standing(number: int = 1, *, day: date = TODAY, replaced_by: int | None = None, **said: object) -> Standing:
    made: dict[str, object] = {
        "day": day, "areas": tuple(sorted(BACK_AND_LEGS)), "estimate_areas": ("lower_back",), "reading": "strict",
        "fatigue": 3, "unrefreshed": 3, "cognitive": 2, "headache": 0, "abdominal": 0, "depression": 0, "months": 18.0,
        "other_disorder": False, "remark": "", "replaces": None, "user_name": "Dr A", "assessment_id": number,
        "assessed_at": datetime(2026, 11, 22, 12, tzinfo=UTC),
    }  # fmt: skip
    assessed = Assessed(**made | said)  # type: ignore[arg-type]
    return Standing(assessed, result(T11), replaced_by)


def said(answers: Answers, days: int = 6) -> dict[str, tuple[str, str]]:
    return {each.name: (each.value, each.detail) for each in words.facts(view(days=days), answers, result(answers))}


def everything(answers: Answers) -> str:
    found: Result = result(answers)
    facts = words.facts(view(), answers, found)
    return f"{facts}{words.regional(found)}{words.conditions_table(found)}{words.CAUTION}"


@pytest.mark.parametrize("answers", [T11, JAW, Answers(), Answers(frozenset(), SymptomSeverity(3, 3, 3, 1, 1, 1), 12)])
def test_nobody_is_ever_said_to_have_it(answers: Answers) -> None:
    text = everything(answers).lower()
    assert "has fibromyalgia" not in text
    assert "diagnosed" not in text
    assert "never a diagnosis" in text


def test_the_picture_of_the_article_is_regional_pain_and_says_so() -> None:
    assert words.regional(result(T11)) == (
        "Regional pain: 3 regions of the 5 (left lower, right lower and axial); the 2016 criteria ask for generalised "
        "pain, in at least 4. Pain of the back that radiates to buttocks and legs is regional, however many areas it "
        "takes in."
    )
    assert said(T11)["2016 criteria"] == ("Thresholds not met", "on these answers: spread not met")
    assert said(T11)["2011 criteria"] == ("Thresholds met", "on these answers: every condition is met")
    assert said(T11)["Spread over the 5 regions"] == ("3 of 5: regional pain", "left lower, right lower and axial")


def test_what_counts_in_the_wpi_but_for_no_region_is_named() -> None:
    assert said(JAW)["WPI, widespread pain index"][0] == "7 of 19"
    assert said(JAW)["Spread over the 5 regions"] == (
        "3 of 5: regional pain",
        "left lower, right lower and axial; not counted here: jaw right and abdomen",
    )


def test_the_band_names_its_source_its_mark_and_the_scale_that_disagrees() -> None:
    assert said(T11)["FS, fibromyalgia severity"] == (
        "16 of 31: severe",
        "Wolfe 2015, unconfirmed [K]; Salaffi 2021 says moderate",
    )
    fact = words.facts(view(), T11, result(T11))[4]
    rows = dict(fact.evidence.rows)
    assert "J Rheumatol 2015;42:1494-1501 [K]" in rows["Wolfe 2015"]
    assert rows["Salaffi 2021"].startswith("moderate (16–20)")
    assert "FS alone never says that criteria are met" in rows["Rule"]


def test_a_severe_fs_without_a_painful_area_meets_nothing() -> None:
    found = said(Answers(frozenset(), SymptomSeverity(3, 3, 3, 1, 1, 1), 12, False))
    assert found["FS, fibromyalgia severity"][0] == "12 of 31: severe"
    assert found["2016 criteria"] == ("Thresholds not met", "on these answers: scores and spread not met")
    assert found["Spread over the 5 regions"][0] == "0 of 5: no pain"


def test_what_is_missing_is_named_and_never_read_as_not_met() -> None:
    found = said(Answers())
    assert found["2016 criteria"] == (
        "Not assessable",
        "on these answers; missing: areas to confirm, all 6 symptoms and duration",
    )
    assert found["2011 criteria"][1].endswith("all 6 symptoms, duration and other disorder")
    assert found["WPI, widespread pain index"] == ("Not confirmed", "about 2 from the map")
    one = said(Answers(BACK_AND_LEGS, SymptomSeverity(3, 3, None, 0, 0, 0), 18, False))
    assert one["SSS, symptom severity scale"] == ("Not known", "missing: thinking and memory")
    assert one["2016 criteria"][1] == "on these answers; missing: thinking and memory"


def test_every_fact_is_one_click_from_its_rule() -> None:
    for fact in words.facts(view(), T11, result(T11)):
        assert {"Rule", "Inputs", "Rests on"} <= {name for name, _ in fact.evidence.rows}
        assert fact.evidence.caution == words.CAUTION


def test_the_rules_are_said_as_defined() -> None:
    assert words.rule("2016") == (
        "WPI 7 or more and SSS 5 or more, or WPI 4–6 and SSS 9 or more; pain in at least 4 of the 5 regions; for at "
        "least 3 months"
    )
    assert words.rule("2011").endswith("WPI 3–6 and SSS 9 or more; for at least 3 months; no other disorder that "
                                       "sufficiently explains the pain")  # fmt: skip


def test_both_readings_of_the_map_are_named_and_low_completeness_is_said() -> None:
    assert words.estimate_words(view()) == (
        "strict reading, 16 Nov – 22 Nov 2026: about 2 of 19 (6 of 7 days with a map); extended reading (adjacent "
        "limb area): about 3 (also lower arm left). Days by area: lower back 6 and neck 2"
    )
    assert "3 of 7 days with a map: low completeness" in words.readings(view(days=3))
    assert words.readings(view(days=0)).endswith("nothing is filled in")


def test_the_form_says_where_the_areas_come_from_until_they_are_confirmed() -> None:
    assert form_words.provenance(view(), Filling()).startswith("From the map, to confirm. Strict reading")
    assert form_words.provenance(view(days=0), Filling()).startswith("To be asked. No map in the last 7 days")
    by_hand = Filling({"areas": ["neck", "chest"]})
    assert form_words.provenance(view(), by_hand).startswith(
        "Changed by hand, to confirm: 2 of 19 (not on the map: chest; on the map, not chosen: lower back)."
    )
    confirmed = Filling({**by_hand.said, "confirmed": TODAY.isoformat()})
    assert form_words.provenance(view(), confirmed).startswith("Confirmed: 2 of 19 (")
    assert form_words.confirm_label(view(), 0).endswith("no area hurt")
    assert form_words.area_option("jaw_left") == "Jaw ∅"


def test_what_is_on_record_is_told_with_who_and_corrections_stay_in_sight() -> None:
    first, second = standing(1, replaced_by=2), standing(2, replaces=1, remark="neck | forgotten", user_name="Dr B")
    shown = view(second, first)
    assert record_words.lead(shown).text == (
        "22 Nov, Dr B: 2016 criteria thresholds not met and 2011 criteria thresholds met; WPI 8, SSS 8, FS 16 "
        "(severe, Wolfe 2015)."
    )
    latest, former = ([cell.text for cell in row] for row in record_words.table(shown).rows)
    assert latest[:8] == ["22 Nov", "8", "8", "16", "severe", "3", "not met", "met"]
    assert latest[-1] == "correction of what Dr A recorded: neck | forgotten"
    assert (former[0], former[-1]) == ("22 Nov (corrected)", "counts no more")
    assert record_words.lead(view()).text.startswith("none as of 22 Nov 2026")


def test_the_chart_is_told_point_by_point() -> None:
    shown = view(standing(2), standing(1, day=date(2026, 9, 1)))
    assert record_words.spoken(shown).startswith("WPI, SSS and FS over 2 assessments. 1 Sep 2026: WPI 8, SSS 8, FS 16")
