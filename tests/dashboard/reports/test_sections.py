"""Each section with everything on record, with too little and with nothing; its numbers are those of the screen."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.change import compare, sample
from clinical.diary import Period
from clinical.findings import Medicine
from clinical.medication import NO_DOSES, Person, review
from clinical.since_plan import DAILY
from dashboard.presenters import flares_episodes, medication_prompts, pain_map_facts, pointers
from dashboard.presenters.measures_table import lead
from dashboard.presenters.words import number
from dashboard.reports.compose import compose
from dashboard.reports.document import Document, Picture, Section, Table
from dashboard.reports.record import Order, Record
from tests.conftest import AS_OF, DEMO_PATIENTS
from tests.dashboard.reports import whole
from tests.dashboard.reports.composed import AUTHOR, everything, made, read, said, section
from tests.dashboard.services.clinic import OTHER_TEAMS_PATIENT, PATIENT
from tests.data_access.made_up import TODAY


@pytest.fixture
def record(whole_clinic: sa.Engine) -> Record:
    return read(whole_clinic, PATIENT, TODAY)


@pytest.fixture
def document(record: Record) -> Document:
    return made(record, everything("rheumatology", reason="Pain spreads.\nSince spring.", question="Is it the spine?"))


def table(found: Section, beginning: str) -> Table:
    """The table of the section whose caption begins so."""
    return next(b for b in found.blocks if isinstance(b, Table) and b.caption.startswith(beginning))


def shown(found: Section) -> dict[str, Picture]:
    return {block.name: block for block in found.blocks if isinstance(block, Picture)}


def test_reason_and_question_stand_apart_as_they_were_typed(document: Document) -> None:
    assert "Reason: Pain spreads.\nSince spring." in said(section(document, "reason"))
    assert "Question asked: Is it the spine?" in said(section(document, "reason"))


def test_red_flags_are_told_asked_positive_negative_and_not_asked(document: Document) -> None:
    found = section(document, "red_flags")
    assert found.blocks[0].strong  # type: ignore[union-attr]
    assert said(found).startswith("Red flag, emergency, answered on 22 Nov 2026: Saddle or genital numbness.")
    asked = table(found, "Red flags that were asked")
    assert [row[:2] for row in asked.rows] == [
        ("Saddle or genital numbness (cauda equina)", "Yes"),
        ("New bladder or bowel change (cauda equina)", "No"),
    ]
    assert asked.rows[0][2:] == ("22 Nov 2026", "Dr T", "since Monday")
    assert "Not asked\nCauda equina: new sexual dysfunction; weakness or pain in both legs" in said(found)
    assert "Infection (none asked): fever; rigors;" in said(found)
    assert "excludes nothing" in said(found)


def test_a_closed_red_flag_says_who_closed_it_and_why(sqlite_engine: sa.Engine) -> None:
    whole.closed(whole.stored(sqlite_engine))
    found = said(section(made(read(sqlite_engine, PATIENT, TODAY), everything("gp_letter")), "red_flags"))
    assert "Closed by a clinician" in found
    assert "examined, normal" in found
    assert "Still open" not in found


def test_where_it_hurts_is_drawn_six_times_each_with_sides_days_and_words(document: Document, record: Record) -> None:
    found = section(document, "pain")
    maps = shown(found)
    assert list(maps) == ["typical", "worst", "how_often", "change", "last_7_days", "last_28_days"]
    assert all("Left and right are the patient's." in each.alt and each.svg for each in maps.values())
    assert all("with a map" in each.caption for each in maps.values())
    assert "16 Nov – 22 Nov 2026" in maps["last_7_days"].caption
    assert record.pages is not None
    assert pain_map_facts.lead(record.pages.map).text in said(found)
    assert f"Mean: {number(record.outcomes.pain.now)} of 10" in said(found)


def test_in_a_week_no_map_is_drawn_twice(whole_clinic: sa.Engine) -> None:
    week = read(whole_clinic, PATIENT, TODAY, days=7)
    assert list(shown(section(made(week, everything("physiotherapy")), "pain"))) == [
        "typical",
        "worst",
        "how_often",
        "change",
    ]


def test_criteria_are_thresholds_on_these_answers_with_both_editions_and_the_estimate(document: Document) -> None:
    found = said(section(document, "criteria"))
    assert "2016 criteria thresholds not met and 2011 criteria thresholds met; WPI 7, SSS 8, FS 15" in found
    assert "2016 criteria: Thresholds not met; on these answers: spread not met." in found
    assert "Regional pain: 3 regions of the 5" in found
    assert "Estimate from the map, to be confirmed with the patient: strict reading" in found
    assert "never a diagnosis" in found
    assert "has fibromyalgia" not in found


def test_without_an_assessment_the_criteria_are_not_assessable_whatever_the_map_says(demo_engine: sa.Engine) -> None:
    records = [read(demo_engine, number, AS_OF) for number in range(1, DEMO_PATIENTS + 1)]
    never = next(
        r for r in records if r.pages and not r.pages.criteria.standing and r.pages.criteria.strict.days_logged
    )
    found = said(section(made(never, everything("rheumatology")), "criteria"))
    assert "2016 criteria thresholds not assessable on these answers" in found
    assert "The map alone never decides." in found


def test_the_course_says_of_flares_what_the_page_says(document: Document, record: Record) -> None:
    found = section(document, "course")
    assert record.pages is not None
    view = record.pages.flares
    assert flares_episodes.lead(view).text in said(found)
    assert table(found, "3 episodes").rows == tuple(row.cells for row in flares_episodes.table(view, None).rows)
    assert "Typical way back: " in said(found)
    assert shown(found)["course"].alt.startswith("Course: three flares in 12 weeks")
    assert found.rests_on == "31 Aug – 22 Nov 2026; 56 of 84 days logged"


def test_sleep_and_the_rest_are_compared_by_the_marks_of_the_plan(document: Document, record: Record) -> None:
    rows = {row[0]: row for row in table(section(document, "daily_life"), "Means of").rows}
    for column, title in (("stress", "Stress (0–10)"), ("sleep_hours", "Sleep, hours")):
        now, before = (sample(record.diary, each, column) for each in (record.periods.now, record.periods.before))
        change = compare(now, before, DAILY[column].benchmark)
        assert rows[title][1:3] == (number(change.now), number(change.before))
    assert "Mood (0–10)" not in rows  # nobody answered it
    assert "18 of 56 logged nights were under 5 hours." in said(section(document, "daily_life"))


def test_what_was_never_answered_is_no_row_and_without_any_answer_no_section(whole_clinic: sa.Engine) -> None:
    document = made(read(whole_clinic, OTHER_TEAMS_PATIENT, TODAY), everything("psychology"))
    assert "Sleep, stress, mood, fatigue and stiffness" in document.not_recorded


_WRITTEN = ("notes", "examination", "assessment", "plan", "treatments")
"""Sections in the words of clinicians."""


def test_no_document_says_that_anything_was_caused_or_that_somebody_has_it(demo_engine: sa.Engine) -> None:
    told = []
    for number_of in range(1, DEMO_PATIENTS + 1):
        document = made(read(demo_engine, number_of, AS_OF), everything("referral_pain"))
        computed = [each for each in document.sections if each.code not in _WRITTEN]
        told += [said(each) for each in computed]
    words = "\n".join(told).lower()
    assert not re.search(r"\bcaused\b|has fibromyalgia|due to the", words)
    assert "went with" in words


_FOUND = re.compile(": .*(went with|was followed by) (more|less) pain")


def test_every_association_found_carries_its_interval_and_days(demo_engine: sa.Engine) -> None:
    found = 0
    for number_of in range(1, DEMO_PATIENTS + 1):
        document = made(read(demo_engine, number_of, AS_OF), everything("referral_pain"))
        told = [each for each in document.sections if each.code == "associations"]
        lines = [line for each in told for line in said(each).splitlines() if _FOUND.search(line)]
        assert all("95 %" in line and "paired day" in line for line in lines)
        found += len(lines)
    assert found


def test_questionnaires_carry_day_range_band_change_and_sources(document: Document, record: Record) -> None:
    found = section(document, "measures")
    rows = {row[0].partition(" (")[0]: row for row in table(found, "Two questionnaires").rows}
    assert rows["PHQ-9"][1:4] == ("13 Nov 2026", "14 (0–27, lower is better)", "moderate (unconfirmed)")
    assert rows["GAD-7"][2] == "no total (0–21, lower is better); 2 of 7 answered"
    assert record.pages is not None
    assert lead(record.pages.measures).text in said(found)
    source = "PHQ-9: Patient Health Questionnaire 9: depression. Flareboard's clinical reference; bands from 0 minimal"
    assert source in said(found)
    assert table(found, "One score without a date").rows[0][:2] == ("FIQR", "48.5")
    assert "11 on 1 Mar 2026 and 14 on 13 Nov 2026" in shown(found)["scores"].alt


def test_medicines_are_told_prescribed_and_taken_with_prompts_and_why_they_were_stopped(
    document: Document, record: Record
) -> None:
    found = section(document, "medication")
    now = {row[0]: row for row in table(found, "On the list now").rows}
    assert now["Amitriptyline"][1:4] == ("10 mg, at night", "since 7 Jan 2025", "25 of 25 logged days; last 22 Nov")
    assert table(found, "Stopped").rows[0][2] == "1 Mar 2025 – 5 Jan: dizzy"
    assert record.pages is not None
    cards = [c for g in medication_prompts.prompts(record.pages.medication, may_answer=False).groups for c in g.prompts]
    checks = table(found, "Checks of the medicines").rows
    assert [row[1] for row in checks] == [f"{card.title}. {card.statement}" for card in cards]
    assert checks[0][0] == "High" and checks[0][3] == "open"
    assert "Opioids: At most 40 MME a day prescribed" in said(found)
    assert "Factors: CDC 2022." in said(found)
    assert "Amitriptyline: 10 mg" in shown(found)["medicines"].alt
    assert "which is never to be read as safe" in said(found)


def test_treatments_carry_amount_days_response_and_why_they_ended(document: Document) -> None:
    found = section(document, "treatments")
    assert table(found, "Treatment tried").rows == (
        ("Activity pacing", "10 min on, 5 off", "since 23 Sep", "Easier days."),
        ("Acupuncture or dry needling", "six sessions", "stopped 5 Jul (no benefit)", "not recorded"),
    )
    assert re.search(r"Used and logged in the diary, 31 Aug – 22 Nov 2026: heat on \d+ days;", said(found))


def test_goals_carry_both_levels_and_who_does_what_by_when(document: Document) -> None:
    found = section(document, "plan")
    goals = {row[0].partition(".")[0]: row for row in table(found, "Goals").rows}
    level = "−1: less than expected (start not rated)"
    assert goals["Walk to the park"][1:4] == ("Minutes: 5 → 20 min", "22 Dec 2026", level)
    assert goals["Swim once a week"][3:] == ("not rated (start −1)", "M. Physio")
    assert "Goal attainment T cannot be computed: not rated yet: Swim once a week." in said(found)
    assert "Ring the employer (K. Works): due 27 Nov" in said(found)
    assert "Order a sleep diary (psychology): due 19 Nov, overdue" in said(found)


def test_of_the_formulation_only_what_is_recorded_is_told(document: Document) -> None:
    found = said(section(document, "assessment"))
    assert "Biological: Sore after colds." in found and "Protective: A dog." in found
    assert "Psychological" not in found and "Social" not in found
    assert "Safeguarding and reasonable adjustments: not recorded" in found


def test_notes_are_whole_and_an_examination_is_what_stands_under_its_heading(document: Document) -> None:
    examined = said(section(document, "examination"))
    assert "Tender over both shoulders." in examined and "grip 4 of 5" in examined
    assert "Walk every day" not in examined
    noted = said(section(document, "notes"))
    assert all(words in noted for words in ("Since last time", "Better in the water.", "1. Walk every day"))
    assert "Review, Physiotherapy · M. Physio, signed 22 Nov 2026" in noted


def test_notes_of_another_time_stay_out_of_the_notes(whole_clinic: sa.Engine) -> None:
    end = TODAY - timedelta(days=1)
    record = read(whole_clinic, PATIENT, TODAY)
    before = replace(record, periods=replace(record.periods, now=Period(end - timedelta(days=30), end)))
    document = made(before, everything("psychology"))
    assert "Clinicians' notes" in document.not_recorded
    assert "The period ends 1 day before this document was made." in said(section(document, "data_notes"))


def test_pointers_come_with_their_caution_and_none_reassures(document: Document, record: Record) -> None:
    found = said(section(document, "pointers"))
    assert record.pages is not None
    assert pointers.lead(record.pages.pointers).text in found
    assert "never a diagnosis" in found and "excludes nothing" in found
    assert "Osteoporotic compression fracture: Pattern seen" in found


def test_the_data_notes_name_gaps_undated_entries_and_the_versions_of_the_method(document: Document) -> None:
    found = said(section(document, "data_notes"))
    assert "56 of 84 days logged, longest gap 15 days, last entry 22 Nov 2026" in found
    assert "1 further entry came without a date" in found
    assert re.search(r"Method: Flareboard \d+\.\d+\.\d+; thresholds of \d+ \w+ \d{4}, flare detector of", found)


def test_what_is_missing_of_an_empty_record_is_named_in_the_order_of_the_sections(whole_clinic: sa.Engine) -> None:
    document = compose(read(whole_clinic, OTHER_TEAMS_PATIENT, TODAY), everything("referral_pain"), AUTHOR)
    assert document.not_recorded[:3] == ("Diagnoses", "What matters to the patient", "Pain now")
    assert "Medicines" in document.not_recorded and "Goals, plan and who does what" in document.not_recorded
    assert "ask before prescribing" in said(section(document, "allergies"))


def test_a_longer_text_is_told_whole(record: Record) -> None:
    long = "Since the operation it has been worse. " * 40
    document = made(record, Order(reason=long, question=long))
    assert said(section(document, "reason")).count("Since the operation") == 80


def test_the_detail_names_every_medicine_that_was_not_checked(record: Record) -> None:
    names = [f"Made-up remedy {number}" for number in range(1, 9)]
    found = review([Medicine(name) for name in names], NO_DOSES, Person(), TODAY)
    changed = replace(record, review=found)
    told = said(section(made(changed, everything("rheumatology")), "medication"))
    assert [name for name in names if name not in told] == []


def test_a_letter_says_which_of_its_words_are_whose_and_asks_only_what_was_asked(record: Record) -> None:
    found = section(made(record, everything("gp_letter", reason="Discharge.")), "reason")
    assert found.source.startswith("reason clinician-entered; course patient-reported; flares found by Flareboard's")
    assert found.rests_on.endswith("of 84 days logged")
    assert "Question asked" not in said(found)
    asked = section(made(record, everything("gp_letter", reason="Discharge.", question="Who follows up?")), "reason")
    assert "Question asked: Who follows up?" in said(asked)


def test_what_flareboard_does_not_record_is_said_in_every_document_for_clinicians(record: Record) -> None:
    for template in ("referral_pain", "gp_letter"):
        found = said(section(made(record, Order(template=template)), "data_notes"))
        assert "Not recorded in Flareboard: work, safeguarding, reasonable adjustments." in found
