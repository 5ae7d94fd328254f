"""The words of the page: what a receiving clinician reads, and how honestly it says what is not there."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clinical import outcomes
from clinical.body_map import PRESENT, REGION_INDEX
from clinical.diary import Period, empty_diary
from clinical.findings import Action, Medicine, Score
from clinical.goals import attainment
from clinical.medication import NO_DOSES, Person, PromptAnswer, review
from clinical.plan import Goal
from clinical.safety import Answer, Closure
from dashboard.periods import Periods
from dashboard.presenters import plan_goals
from dashboard.reports.one_page import NO_QUESTION, NO_REASON, OnePage, OutcomeRow
from dashboard.reports.record import Author, DoseCount, Order, Record
from dashboard.reports.referral import referral
from data_access.records import AllergyRecord, ConditionRecord, EntryRecord
from tests.dashboard.reports import people

AUTHOR = Author("Dr A. Invented", "occupational_therapy")

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def page(record: Record, order: Order | None = None) -> OnePage:
    return referral(record, order or Order(), AUTHOR)


def header(made: OnePage) -> dict[str, str]:
    return {line.label: line.text for line in made.header}


def pain(made: OnePage) -> dict[str, str]:
    return {line.label: line.text for line in made.pain}


def test_the_header_names_both_sides_the_date_the_period_and_how_much_was_logged() -> None:
    made = header(page(people.full(), Order("Dr R. Heum", "Why?", "urgent", "yes, on record")))
    assert made == {
        "To": "Dr R. Heum",
        "From": "Dr A. Invented, occupational therapy",
        "Date": "22 Nov 2026",
        "Period": "31 Aug – 22 Nov 2026 (12 weeks)",
        "Urgency": "urgent",
        "Consent to share": "yes, on record",
        "Compared with": "8 Jun – 30 Aug 2026",
        "Diary": "80 of 84 days logged",
    }


def test_the_patient_is_identified_by_name_birth_date_sex_and_record_number() -> None:
    made = page(people.full())
    assert made.patient_name == "SAMPLE, Rowan"
    assert made.patient_line == "born 3 Feb 1979 (47 years) · female · record FB-00017"


def test_an_unknown_birth_date_and_sex_are_said_to_be_unknown() -> None:
    head = replace(people.HEAD, birth_date=None, sex="unknown", given_name="")
    made = page(replace(people.full(), head=head))
    assert made.patient_name == "SAMPLE"
    assert made.patient_line == "date of birth not recorded · sex not recorded · record FB-00017"


def test_only_invented_people_carry_the_mark_of_invented_data() -> None:
    assert page(people.full()).synthetic
    assert not page(replace(people.full(), head=replace(people.HEAD, synthetic=False))).synthetic


@pytest.mark.parametrize("record", [people.empty(), people.one_entry(), people.undated_only()])
def test_no_section_is_ever_empty(record: Record) -> None:
    made = asdict(page(record))
    for name in ("allergies", "diagnoses", "goals", "actions"):
        assert made[name]["items"] or made[name]["nothing"]
    assert all(line["text"] for line in (*made["header"], *made["pain"]))
    assert all(value for row in made["outcomes"] for value in row.values())
    assert made["outcomes"] or made["compared"]
    assert (made["reason"], made["question"]) == (NO_REASON, NO_QUESTION)
    assert made["course_text"]
    assert made["red_flags"]
    assert made["medicines"] or made["medicines_note"]
    assert made["typical"]["svg"] or made["typical"]["caption"]


def test_an_empty_record_never_says_none_known() -> None:
    made = page(people.empty())
    assert made.allergies.nothing == "Not recorded: ask before prescribing."
    assert "Not asked" in made.red_flags
    assert list(pain(made)) == ["Not recorded"]
    assert pain(made)["Not recorded"].startswith("mean, last 7 days, worst day")
    assert made.outcomes == ()
    assert made.compared.startswith(
        "Not recorded in either period: pain severity, flare days per 28 logged and emotional distress."
    )


def test_what_the_reader_will_miss_is_listed_for_the_sender() -> None:
    assert page(people.empty()).lacks() == (
        "recipient",
        "urgency",
        "consent to share",
        "reason for referral",
        "question asked",
        "what matters to the patient",
        "allergies",
        "diagnoses",
        "goals",
        "actions",
        "body map",
    )
    assert page(people.full(), Order("x", "y", "soon", "yes, on record", reason="z")).lacks() == ()


def test_an_open_safety_item_stands_on_the_page_with_value_and_day_and_is_listed_as_missing() -> None:
    made = page(replace(people.full(), scores=[Score(people.days_back(3), "PHQ-9", 11, (1.0,) * 9)]))
    assert made.red_flag.startswith("Ask today: PHQ-9 item 9")
    assert "is 1 of 3, answered on 19 Nov 2026" in made.red_flag
    assert made.lacks()[0] == "what was said about PHQ-9 item 9 (ask today)"


def answer(question: str, said: str = "yes", back: int = 3) -> Answer:
    return Answer(question, said, people.days_back(back), "", "Dr T", NOW, 0)


def test_every_open_red_flag_is_named_with_its_day_and_the_asked_ones_with_their_answers() -> None:
    asked = [
        answer("fever"),
        answer("rigors", back=9),
        answer("previous_cancer", "no"),
        answer("unexplained_weight_loss", "no"),
    ]
    made = page(replace(people.full(), answers=asked))
    assert made.red_flag == (
        "Red flag, urgent, answered on 19 Nov 2026: Fever. Red flag, urgent, answered on 13 Nov 2026: Rigors. "
        "Still open: nothing in this record closes them."
    )
    said = "Asked, last on 19 Nov 2026. Yes to what is open above. No to: cancer (2 of 4: "
    assert made.red_flags.startswith(said)
    assert "Not asked: cauda equina (all 4)" in made.red_flags
    assert "does not mean that none is present" in made.red_flags
    assert made.lacks()[0] == "what was done about the open red flags"


def test_a_closed_red_flag_is_said_to_be_closed_and_a_later_no_does_not_close() -> None:
    asked = [answer("fever", back=9), answer("fever", "no"), answer("rigors", back=9)]
    closed = Closure("red_flag:rigors", "examined", people.days_back(9), "Dr T", NOW, 1)
    made = page(replace(people.full(), answers=asked, closures=[closed]))
    assert made.red_flag.startswith("Red flag, urgent, answered on 13 Nov 2026: Fever.")
    assert "Rigors" not in made.red_flag
    assert "Yes to Rigors (closed by a clinician)." in made.red_flags
    assert "No to: infection (1 of 5: fever)" in made.red_flags


def test_an_undated_answer_above_zero_is_open_and_says_that_its_day_is_not_known() -> None:
    made = page(replace(people.full(), scores=[Score(None, "PHQ-9", 9, (1.0,) * 9)]))
    assert "is 1 of 3, date not known." in made.red_flag


@pytest.mark.parametrize("scores", [[], [Score(people.TODAY, "PHQ-9", 8, (1.0,) * 8 + (0.0,))]])
def test_without_an_answer_above_zero_nothing_is_claimed_about_red_flags(scores: list[Score]) -> None:
    made = page(replace(people.full(), scores=scores))
    assert made.red_flag == ""
    assert "Not asked" in made.red_flags


def test_the_latest_score_of_each_questionnaire_carries_its_scale_and_day() -> None:
    scores = [
        Score(people.days_back(100), "PEG", 7.0, unit="{score}"),
        Score(people.days_back(9), "PEG", 5.3, unit="{score}"),
        Score(people.days_back(9), "PROMIS Sleep Disturbance 4a", 52.4),
        Score(people.days_back(20), "PHQ-4", 5),
    ]
    made = page(replace(people.full(), scores=scores))
    assert {line.label: line.text for line in made.scores} == {
        "PEG": "5.3 of 10, 13 Nov 2026",
        "PROMIS Sleep Disturbance 4a": "52.4 (T score), 13 Nov 2026",
    }  # PHQ-4 is among the three outcomes already
    assert made.undated_scores == ()


def test_scores_without_a_date_are_listed_with_their_unit_and_never_given_a_day() -> None:
    scores = [Score(None, "PEG", 5.0, unit="{score}"), Score(None, "PEG", 8.0, unit="{score}")]
    scores += [Score(None, "MME", value, unit="{MME}/d") for value in (220.0, 160.0)]
    made = page(replace(people.empty(), scores=scores))
    assert made.undated_scores == ("PEG 5 and 8 of 10", "MME 220 and 160 MME a day")
    assert made.scores == ()


def test_renewals_of_one_medicine_in_one_strength_are_one_row_with_their_number_and_latest_day() -> None:
    name = "12 HR Oxycodone Hydrochloride 60 MG Extended Release Oral Tablet"
    renewals = [Medicine(name, start=people.days_back(back)) for back in (400, 300, 200)]
    other = Medicine("Oxycodone Hydrochloride 10 MG Oral Capsule", start=people.days_back(200))
    rows = {row.name: row for row in page(replace(people.full(), medicines=[*renewals, other], doses={})).medicines}
    assert rows[name].prescribed == "directions not recorded, 3 requests, latest 6 May"
    assert rows[name].short == "12 HR Oxycodone Hydrochloride 60 MG …"
    assert len(rows) == 2


def test_two_strengths_stay_two_rows_and_what_was_taken_is_counted_once() -> None:
    two = [Medicine("Duloxetine", people.days_back(60), dose=dose, unit="mg") for dose in (30.0, 60.0)]
    rows = page(replace(people.full(), medicines=two, doses={"Duloxetine": DoseCount(5, 0)})).medicines
    assert [row.short for row in rows] == ["Duloxetine 30 mg", "Duloxetine 60 mg"]
    assert [row.taken for row in rows] == ["logged on 5 of 84 days", "counted above, for all strengths"]


def test_over_years_the_maps_rest_on_the_last_twelve_weeks_and_the_page_says_so() -> None:
    made = page(people.full(3650))
    assert made.pain_title == "Pain, 31 Aug – 22 Nov 2026 (last 12 weeks of the period)"
    assert "84 days with a map" in made.typical.caption or "80 days with a map" in made.typical.caption
    assert pain(made)["Spread"].startswith("last 12 weeks: ")
    assert page(people.full()).pain_title == "Pain, 31 Aug – 22 Nov 2026"


def test_over_years_the_chart_counts_flares_and_names_only_events_that_find_room() -> None:
    made = page(people.full(3650)).courses[0]
    assert "flare days in each four weeks (tallest: 7 days); spikes of 1–2 days left out" in made.caption
    assert "Flare 1" not in made.svg
    assert "events named; the others would touch" in made.caption


def test_pain_in_numbers_carries_band_and_days() -> None:
    made = pain(page(people.full()))
    assert made["Mean"] == "4.4 of 10 (moderate), 80 of 84 days"
    assert made["Last 7 days"] == "4.0 of 10 (moderate), 7 of 7 days"
    assert made["Worst day"] == "8 of 10 on 1 Nov"
    assert made["Spread"] == "4 regions of 74: 2 left, 2 right, 0 midline"
    assert made["Qualities"] == "aching 1 day, stiff 1 day (last 28)"
    assert made["Back spots"] == "upper back and trapezius, lower back and buttock or leg"


def test_one_entry_is_called_one_day_and_nothing_is_compared() -> None:
    made = page(people.one_entry())
    assert pain(made)["Mean"] == "6.0 of 10 (moderate), 1 of 84 days"
    assert made.outcomes[0].judged == "not enough days to compare"
    assert made.course_title == "Course: too few days logged to look for flares"
    assert made.course_text == "Too few days were logged to say whether there were flares."
    assert made.typical.caption == "No body map in these days."


def test_entries_without_a_date_are_counted_and_kept_out_of_the_figures() -> None:
    made = page(people.undated_only())
    assert any("2 further entries came without a date and are not in the charts" in note for note in made.data_notes)
    assert made.typical.caption == "No body map in these days. 1 map without a date, not shown."
    assert made.course_title == "Course: nothing was logged in this period"


def test_flares_are_told_with_length_peak_and_usual_level() -> None:
    made = page(people.full())
    assert made.course_title.startswith("Course: one flare in 12 weeks")
    assert "Flare from 26 Oct: 7 days" in made.course_text
    assert "peak 8" in made.course_text
    assert "caused" not in made.course_text


def test_medicines_show_what_was_prescribed_and_what_was_logged_as_taken() -> None:
    rows = {row.name: row for row in page(people.full()).medicines}
    assert rows["Duloxetine"].prescribed == "60 mg once daily, since 23 Sep"
    assert rows["Duloxetine"].taken == "logged on 58 of 84 days; logged as not taken on 2"
    assert rows["Amitriptyline"].prescribed == "10 mg, since 26 Jan, stopped 21 Sep (drowsiness)"
    assert rows["Tramadol"].taken == "not recorded"
    assert rows["Ibuprofen"].prescribed == "not on the prescribed list"


def test_a_medicine_that_ended_before_the_period_was_tried_and_says_why_it_was_stopped() -> None:
    old = Medicine("Gabapentin", people.days_back(400), people.days_back(300), dose=300, unit="mg")
    drowsy = replace(old, name="pregabalin", end=people.days_back(200), reason_stopped="drowsiness")
    made = page(replace(people.full(), medicines=[old, drowsy]))
    assert {"Gabapentin", "Pregabalin"}.isdisjoint(row.name for row in made.medicines)
    assert made.stopped == (
        "Pregabalin 300 mg until 6 May 2026 (drowsiness)",
        "Gabapentin 300 mg until 26 Jan 2026 (reason not recorded)",
    )


def test_a_medicine_from_after_the_period_is_counted_not_listed() -> None:
    made = page(replace(people.full(), medicines=[Medicine("Gabapentin", people.TODAY + timedelta(days=3))]))
    assert made.medicines_note.startswith("1 medicine from after this period not shown.")


def test_reason_and_question_stand_apart_under_the_name_of_the_referral() -> None:
    made = page(people.full(), Order(template="rheumatology", reason="Wakes at night.", question="Which treatment?"))
    assert (made.heading, made.reason, made.question) == (
        "Referral to rheumatology",
        "Wakes at night.",
        "Which treatment?",
    )
    assert page(people.full(), Order(question="Why?")).reason == NO_REASON


def test_where_it_hurt_before_stands_beside_where_it_hurts_now() -> None:
    made = page(people.full())
    assert made.before_title == "Before: 8 Jun – 30 Aug 2026"
    assert "8 Jun – 30 Aug 2026" in made.before.alt and "31 Aug – 22 Nov 2026" in made.typical.alt
    assert "Left lower back 4" in made.before.alt
    short = page(people.record(people.diary(84)))
    assert (short.before.svg, short.before.caption) == ("", "No body map in these days.")


def test_a_dose_logged_under_another_capital_belongs_to_the_same_medicine() -> None:
    record = replace(people.full(), doses={"duloxetine": DoseCount(5, 0)})
    rows = {row.name: row.taken for row in page(record).medicines}
    assert rows["Duloxetine"] == "logged on 5 of 84 days"
    assert "duloxetine" not in rows


def test_an_allergy_carries_reaction_and_criticality() -> None:
    assert page(people.full()).allergies.items == ("Codeine, high criticality: rash",)


def test_the_most_critical_allergy_comes_first() -> None:
    listed = [AllergyRecord("Plasters"), AllergyRecord("Penicillin", criticality="high")]
    assert page(replace(people.full(), allergies=listed)).allergies.items[0].startswith("Penicillin")


def test_an_overdue_action_says_so_with_its_owner() -> None:
    assert page(people.full()).actions.items == ("Pacing plan review (physiotherapy, M. Physio): due 12 Nov, overdue",)


def test_what_matters_stands_as_it_was_said_and_its_absence_is_told() -> None:
    made, nothing = page(people.full()), page(people.empty())
    assert (made.matters, nothing.matters) == ("I want to be the one who picks her up.", "")
    assert "what matters to the patient" in nothing.lacks() and "goals" in nothing.lacks()
    assert "what matters to the patient" not in made.lacks()


def test_a_goal_carries_its_level_that_of_the_start_and_the_t_score_of_all() -> None:
    made = page(people.full())
    assert made.goals.items == (
        "Walk to school; minutes: from 5 to 20 min; by 20 Dec; GAS −1 (less than expected), at the start −2",
    )
    assert made.attainment == "Goal attainment T 40.0 (50: as expected), at the start 30.0."


def test_t_is_not_made_up_where_a_goal_was_not_rated() -> None:
    agreed = people.plan()
    unrated = Goal("Sit through a film", made=people.days_back(60), goal_id=2)
    made = page(replace(people.full(), plan=replace(agreed, goals=(*agreed.goals, unrated))))
    assert made.attainment == "Goal attainment T cannot be computed: not rated yet: Sit through a film."
    assert page(people.empty()).attainment == ""


def test_a_level_that_came_with_an_import_counts_in_print_as_on_the_screen() -> None:
    agreed = people.plan()
    imported = replace(agreed, goals=(replace(agreed.goals[0], attainment=1),), ratings=())
    made = page(replace(people.full(), plan=imported))
    assert made.attainment == "Goal attainment T 60.0 (50: as expected), at the start 30.0."
    shown = plan_goals.lead(attainment(imported), None, people.TODAY)
    assert shown.text == "T score 60.0, at the start 30.0: up 30.0 · 1 up"
    never = replace(imported, goals=(replace(agreed.goals[0], attainment=None),))
    assert page(replace(people.full(), plan=never)).attainment == "Goal attainment not rated yet."


def test_treatment_tried_carries_amount_and_response_and_what_is_only_planned_is_left_out() -> None:
    assert page(people.full()).treatments.items == (
        "Activity pacing; 10 min on, 5 off; since 23 Sep; response: Easier days",
        "Acupuncture or dry needling; six sessions; stopped 5 Jul (no benefit); response not recorded",
    )


def test_an_action_of_somebody_without_an_account_names_them() -> None:
    plan = replace(people.plan(), actions=(Action("Blood results", owner_name="the GP"),))
    assert page(replace(people.full(), plan=plan)).actions.items == ("Blood results (the GP): no date",)


def test_the_outcomes_carry_change_rule_and_days() -> None:
    made = page(people.full())
    assert [row.name for row in made.outcomes] == [
        "Pain severity, mean (0–10)",
        "Flare days per 28 logged",
        "Distress, PHQ-4 (0–12)",
    ]
    assert made.outcomes[0].days == "80 and 84 days"
    assert "[V" not in made.compared
    assert "30 %" in made.compared


def test_a_recorded_map_without_pain_is_not_called_missing() -> None:
    logged = empty_diary(people.TODAY, 1)
    logged.entries[0] = 1
    logged.has_map[0] = True
    made = page(people.record(logged))
    assert made.typical.caption == "Median of painful days; 0 regions, 1 day with a map."
    assert pain(made)["Spread"] == "no region on most days"


def test_the_age_is_counted_in_full_years_on_the_day_of_the_page() -> None:
    head = replace(people.HEAD, birth_date=date(1979, 11, 23))
    assert "(46 years)" in page(replace(people.full(), head=head)).patient_line


def test_an_undated_single_entry_is_spoken_of_in_the_singular() -> None:
    made = page(replace(people.empty(), undated=[EntryRecord(None, pain=5.0)]))
    assert any("1 further entry came without a date and is not in the charts" in note for note in made.data_notes)


MEDICINES = [
    Medicine("Morphine 30 MG tablet", people.days_back(90), dose=60, unit="mg", frequency="twice a day"),
    Medicine("Temazepam 10 MG tablet", people.days_back(90), dose=10, unit="mg", frequency="once a day"),
]


def medicines_page(medicines: list[Medicine], answers: Sequence[PromptAnswer] = ()) -> OnePage:
    found = review(medicines, NO_DOSES, Person(), people.TODAY)
    return page(people.record(people.diary(84), medicines=medicines, review=found, prompt_answers=answers))


def test_every_prompt_of_level_high_stands_on_the_page_open_or_with_its_answer() -> None:
    made = medicines_page(MEDICINES)
    assert "Opioid with a benzodiazepine or Z-drug, 22 Nov 2026: open" in made.prompts
    assert "what was done about the open medication prompts" in made.lacks()
    high = [prompt for prompt in review(MEDICINES, NO_DOSES, Person(), people.TODAY).prompts if prompt.level == "high"]
    done = [PromptAnswer(each.key, people.TODAY, "accepted", "GP rung", "Dr Ada Invented", NOW) for each in high]
    answered = medicines_page(MEDICINES, done)
    assert answered.prompts[0].endswith("answered 'accepted' (GP rung) by Dr Ada Invented, 22 Nov 2026")
    assert "what was done about the open medication prompts" not in answered.lacks()
    assert page(people.record(people.diary(84))).prompts == ()


def test_prompts_of_lower_levels_are_named_with_whether_they_are_open() -> None:
    nsaid = Medicine("Ibuprofen 400 MG tablet", people.days_back(90), dose=400, unit="mg", frequency="once a day")
    ssri = Medicine("Sertraline 50 MG tablet", people.days_back(90), dose=50, unit="mg", frequency="once a day")
    made = medicines_page([nsaid, ssri])
    assert "NSAID with an SSRI or SNRI (medium, open)" in made.other_prompts
    assert page(people.record(people.diary(84))).other_prompts == ""


def test_what_could_not_be_checked_is_named_and_missing_for_the_sender() -> None:
    made = medicines_page([replace(MEDICINES[0], dose=None), Medicine("Made-up remedy", people.days_back(9))])
    notes = " ".join(made.data_notes)
    assert "MME cannot be computed: Morphine 30 MG tablet (the dose is not given)" in notes
    assert "not recognised and in no check: Made-up remedy" in notes
    assert "MME of the list cannot be computed: Morphine 30 MG tablet (the dose is not given)" in made.prompts
    assert "morphine equivalents (MME), which cannot be computed for Morphine 30 MG tablet" in made.lacks()


def test_a_medicine_stopped_on_a_day_nobody_recorded_is_not_listed_as_running() -> None:
    over = Medicine("tramadol", people.days_back(90), dose=50, unit="mg", reason_stopped="dizzy")
    made = page(replace(people.full(), medicines=[over], doses={}))
    assert made.medicines == ()
    assert made.stopped == ("Tramadol 50 mg last day not recorded (dizzy)",)


@pytest.mark.parametrize("ahead", [0, 8])
def test_a_planned_last_day_is_told_with_its_reason_and_is_not_over(ahead: int) -> None:
    ends = people.TODAY + timedelta(days=ahead)
    course = Medicine("Prednisolone", people.days_back(9), ends, dose=5, unit="mg", reason_stopped="course over")
    (row,) = page(replace(people.full(), medicines=[course], doses={})).medicines
    assert row.prescribed == f"5 mg, since 13 Nov, last day {ends.day} Nov (course over)"


def test_a_running_line_tells_more_than_one_that_is_over_on_an_unknown_day() -> None:
    over = Medicine("Tramadol", people.days_back(9), dose=50, unit="mg", reason_stopped="dizzy")
    runs = Medicine("Tramadol", people.days_back(90), dose=50, unit="mg")
    (row,) = page(replace(people.full(), medicines=[over, runs], doses={})).medicines
    assert row.prescribed == "50 mg, since 24 Aug"


@pytest.mark.parametrize(("unit", "said"), [("ug", "25 micrograms"), ("ug/h", "25 micrograms an hour")])
def test_micrograms_are_written_out(unit: str, said: str) -> None:
    patch = Medicine("Fentanyl", people.days_back(9), dose=25, unit=unit)
    over = replace(patch, name="Buprenorphine", end=people.days_back(200), start=None)
    made = page(replace(people.full(), medicines=[patch, over], doses={}))
    assert (made.medicines[0].short, made.medicines[0].prescribed) == (f"Fentanyl {said}", f"{said}, since 13 Nov")
    assert made.stopped[0].startswith(f"Buprenorphine {said} until ")


def test_a_score_from_after_the_period_is_not_its_latest() -> None:
    now = Period(people.days_back(90), people.days_back(30))
    scores = [Score(people.days_back(40), "PEG", 7.0), Score(people.days_back(9), "PEG", 5.0)]
    made = page(replace(people.full(), scores=scores, periods=Periods(now, now.before(), "3m")))
    assert [line.text for line in made.scores] == ["7 of 10, 13 Oct 2026"]


def long_over(*medicines: Medicine) -> OnePage:
    """The page of 29 Apr to 26 May 2022, made years later, for somebody with those medicines."""
    now = Period(date(2022, 4, 29), date(2022, 5, 26))
    return page(replace(people.full(), periods=Periods(now, now.before(), "custom"), medicines=medicines, doses={}))


def test_the_list_is_that_of_the_day_of_the_document_also_where_the_period_is_long_over() -> None:
    made = long_over(
        Medicine("Oxycodone 60 MG tablet", date(2022, 1, 1), date(2022, 1, 13)),
        Medicine("Oxycodone 60 MG tablet", date(2023, 5, 1)),
        Medicine("Naloxone", date(2024, 2, 2)),
        Medicine("Ibuprofen", date(2021, 3, 25), date(2025, 2, 1), reason_stopped="heartburn"),
        Medicine("Codeine", date(2021, 3, 25), date(2022, 5, 9)),
    )
    assert [row.name for row in made.medicines] == ["Naloxone", "Oxycodone 60 MG tablet", "Codeine"]
    assert made.medicines[2].prescribed.endswith("stopped 9 May 2022")
    assert made.stopped == (
        "Ibuprofen until 1 Feb 2025 (heartburn)",
        "Oxycodone 60 MG tablet until 13 Jan 2022 (reason not recorded; another prescription of it is on the list now)",
    )
    assert "not shown" not in made.medicines_note
    assert "The list is that of 22 Nov 2026; what was taken is counted for 29 Apr – 26 May 2022." in made.medicines_note


def test_a_score_of_the_first_day_stands_as_at_the_start_and_not_as_of_the_period_before() -> None:
    first = people.days_back(83)
    whole = people.full()

    def distress(*scores: Score) -> OutcomeRow:
        of = whole.periods
        found = outcomes.outcomes(whole.diary, whole.flares, scores, of.now, of.before, people.TODAY)
        return page(replace(whole, outcomes=found)).outcomes[-1]

    started = Score(first, "PHQ-4", 3)
    assert distress(started, Score(people.days_back(20), "PHQ-4", 4)).before == "3, at the start, 31 Aug"
    alone = distress(started)
    assert (alone.now, alone.before) == ("not measured", "3 (mild), at the start, 31 Aug")
    former = replace(started, day=people.days_back(100))
    assert distress(former, Score(people.days_back(20), "PHQ-4", 4)).before == "3"
    older = replace(started, day=date(2024, 3, 12))
    assert distress(older, Score(people.days_back(20), "PHQ-4", 4)).before == "3, 12 Mar 2024"


def test_that_a_day_is_not_recorded_is_said_once() -> None:
    over = Medicine("Ibuprofen", dose=400, unit="mg", reason_stopped="completed, on a day that is not recorded")
    made = page(replace(people.full(), medicines=[over], doses={}))
    assert made.stopped == ("Ibuprofen 400 mg (completed, on a day that is not recorded)",)


def test_a_period_that_is_long_over_is_never_called_now() -> None:
    made = long_over()
    assert made.pain_title == "Pain, 29 Apr – 26 May 2022 (4 years before this document)"
    assert header(made)["Period"] == "29 Apr – 26 May 2022 (4 weeks, ended 4 years before this document)"
    assert (made.typical_title, made.worst_title) == ("Typical, 29 Apr – 26 May 2022", "Worst, 29 Apr – 26 May 2022")
    assert "Now" not in str(made.data())


@pytest.mark.parametrize(
    ("back", "said"), [(28, ""), (29, "29 days"), (61, "2 months"), (400, "13 months"), (800, "2 years")]
)
def test_how_long_ago_a_period_ended_is_said_from_four_weeks_on(back: int, said: str) -> None:
    now = Period(people.days_back(back + 27), people.days_back(back))
    made = page(replace(people.full(), periods=Periods(now, now.before(), "custom")))
    assert header(made)["Period"].endswith(f"(4 weeks, ended {said} before this document)" if said else "(4 weeks)")
    assert (made.typical_title == "Now: typical") is not bool(said)


def test_flare_days_without_a_flare_say_where_they_are_from() -> None:
    called = people.diary(400)
    called.values["pain"][:] = 4
    called.values["flare"][:] = 0
    called.values["flare"][-3] = 1
    made = page(people.record(called))
    assert made.course_title.startswith("Course: no flares in 12 weeks, 0.3 flare days per 28 logged")
    assert made.course_title.endswith(" (patient said flare once on days otherwise as usual)")


def test_marks_without_intensity_have_a_legend_and_are_never_the_most_painful() -> None:
    painless = people.diary(84)
    painless.maps[:, REGION_INDEX["b_lumbar_l"]] = PRESENT
    made = page(people.record(painless))
    assert "lower back 4" in pain(made)["Most painful"] and "no intensity" not in pain(made)["Most painful"]
    assert made.typical.caption.endswith("Dotted: painful, intensity not recorded.")
    assert "Dotted" not in page(people.full()).typical.caption
    painless.maps[painless.maps > 0] = PRESENT
    assert "Most painful" not in pain(page(people.record(painless)))


def test_a_snomed_name_loses_the_kind_of_thing_it_is() -> None:
    record = replace(people.full(), conditions=[ConditionRecord("Fibromyalgia (disorder)", onset_day=date(2013, 4, 5))])
    assert page(record).diagnoses.items == ("Fibromyalgia, since 5 Apr 2013",)


def test_a_chart_that_leaves_medicines_out_names_them() -> None:
    whole = people.full()
    (lane,) = whole.timeline.lanes
    many = tuple(replace(lane, medicine=f"Medicine {number}") for number in range(1, 7))
    made = page(replace(whole, timeline=replace(whole.timeline, lanes=many)))
    assert made.courses[0].caption.endswith("5 of 6 medicines of these days have a lane; without one: Medicine 6.")
    assert "without one: Medicine 4, Medicine 5 and Medicine 6." in made.courses[-1].caption
    assert "without one" not in page(whole).courses[0].caption
