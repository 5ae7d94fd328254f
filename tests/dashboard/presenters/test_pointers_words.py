"""Pointers in words: what to consider and why, 'not enough to say' for what is missing, never a probability."""

import re

from clinical.pointers import Known, pointers
from dashboard.presenters import pointers as words
from dashboard.presenters.pain_map_facts import Fact
from dashboard.services.pointers import PointersView
from dashboard.services.safety import SafetyView
from tests.clinical.pointed import ASAS, TODAY, each_day, logged, said, without_log


def view(known: Known) -> PointersView:
    safety = SafetyView((), (), known.answers, len(known.answers), TODAY)
    return PointersView("key", TODAY, pointers(known), safety, 20, 18, 0)


def look_alike(known: Known, title: str) -> Fact:
    found = [words.look_alike(each, TODAY) for each in view(known).found.look_alikes]
    return next(fact for fact in found if fact.name == title)


def back_pain(known: Known, title: str) -> Fact:
    found = [words.back_pain_set(each, TODAY) for each in view(known).found.sets]
    return next(fact for fact in found if fact.name == title)


LEG = each_day(range(28), {}) | each_day(range(3), {"b_calf_l": 6, "b_lumbar_l": 3})


def test_nothing_known_is_not_enough_to_say_and_no_reassurance() -> None:
    lead = words.lead(view(without_log()))
    assert lead.text.startswith("Not enough to say")
    assert "excludes nothing" in lead.text


def test_no_pattern_is_no_reassurance_either() -> None:
    everywhere = each_day(range(112), {"b_calf_l": 5, "b_calf_r": 5, "b_lumbar_l": 5, "b_lumbar_r": 5})
    lead = words.lead(view(Known(logged(everywhere), {})))
    assert lead.text == f"No pattern seen in what was logged and asked. {words.NO_REASSURANCE}"


def test_a_pattern_says_what_to_consider_and_which_days_and_regions_triggered_it() -> None:
    known = Known(logged(LEG), {})
    assert "consider a neurological examination" in words.lead(view(known)).text
    fact = look_alike(known, "Bulging disc, radiculopathy")
    assert fact.value == "Pattern seen"
    assert "left calf" in fact.detail
    assert "3 days, 20 Nov – 22 Nov" in fact.detail
    rows = dict(fact.evidence.rows)
    assert rows["Days"] == "20 Nov 2026, 21 Nov 2026, 22 Nov 2026"
    assert rows["One of 1"].startswith("Leg worse than back: yes · log: leg above back on 3 of 3 days")
    assert rows["One of 3"] == "Worse on coughing or sneezing: not known · asked: not asked"


def test_one_thing_to_consider_is_said_once_for_two_patterns() -> None:
    line = {"b_lumbar_r": 3, "b_buttock_r": 5, "b_thigh_r": 5, "b_calf_r": 6}
    known = Known(logged(each_day(range(28), {}) | each_day(range(5), line)), {})
    text = words.lead(view(known)).text
    assert "a neurological examination (as in bulging disc, radiculopathy and sciatica)" in text
    assert text.count("neurological") == 1


def test_what_is_missing_is_named() -> None:
    fact = look_alike(without_log(), "Scoliosis")
    assert (fact.value, fact.known) == ("Not enough to say", False)
    assert fact.detail.startswith("not known: 80 % or more")


def test_a_set_shows_its_rule_and_its_published_accuracy() -> None:
    fact = back_pain(without_log(**ASAS), "ASAS experts 2009")
    assert fact.value == "4 of 5 hold: consider rheumatology"
    assert fact.detail == "1 not known · 4 or more · sens. 79.6 %, spec. 72.4 %"
    rows = dict(fact.evidence.rows)
    assert "38.6 / 91.9" in rows["Accuracy"]
    assert rows["Item 1"] == "Began before 40: yes · asked: at 31, Dr Vega, 22 Nov 2026"


def test_ng65_with_exactly_three_names_hla_b27() -> None:
    three = {"nsaid_response_48h": "yes", "psoriasis": "yes", "improves_with_exercise": "yes"}
    basics = {"back_pain_over_3_months": "yes", "low_back_pain": "yes", "onset_age": "40"}
    others = ("wakes_second_half_of_night", "buttock_pain", "family_history", "arthritis", "enthesitis")
    asked = basics | dict.fromkeys(others, "no")
    open_still = back_pain(without_log(**basics, **three), "NICE NG65 referral checklist")
    assert open_still.value == "Not enough to say: 3 of 9 hold"
    assert back_pain(without_log(**asked, **three), "NICE NG65 referral checklist").value == (
        "3 of 9 hold: HLA-B27, refer if positive"
    )
    four = back_pain(without_log(**basics, **three, family_history="yes"), "NICE NG65 referral checklist")
    assert four.value == "4 of 9 hold: consider referral to rheumatology"


def test_calin_alone_is_shown_and_is_no_prompt() -> None:
    calin = {"back_pain_over_3_months": "yes", "onset_age": "30", "onset_manner": "gradual"}
    fact = back_pain(without_log(**calin, improves_with_exercise="yes"), "Calin 1977")
    assert fact.value == "4 of 5 hold: no prompt by itself"


def test_a_set_that_is_for_longer_pain_says_that_it_does_not_apply() -> None:
    fact = back_pain(without_log(back_pain_over_3_months="no"), "ASAS experts 2009")
    assert fact.value == "Does not apply: not back pain for more than 3 months"


def test_no_word_of_it_is_a_probability_or_a_diagnosis_that_is_had() -> None:
    known = Known(logged(LEG), said(ASAS))
    now = view(known)
    facts = [words.look_alike(each, TODAY) for each in now.found.look_alikes]
    text = " ".join([words.lead(now).text, *(f"{fact.value} {fact.detail}" for fact in facts)])
    assert not re.search(r"probab|likely|risk of|has (sciatica|scoliosis|axial)|diagnos", text)
