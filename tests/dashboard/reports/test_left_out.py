"""What the sender took out stands nowhere: not on the first page, not in its pictures, and the document says so."""

import io
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
import sqlalchemy as sa

from clinical.diary import empty_diary
from clinical.findings import Event, Medicine, Score
from clinical.medication import NO_DOSES, Person, review
from dashboard.reports import document_docx, document_text, fhir_narrative
from dashboard.reports.compose import chosen, compose
from dashboard.reports.document import Document, Picture
from dashboard.reports.one_page import OnePage
from dashboard.reports.record import Order, Record
from dashboard.reports.referral import referral
from dashboard.reports.templates import SECTIONS, TEMPLATES, Template
from dashboard.services.markers import markers
from tests.dashboard.reports import people
from tests.dashboard.reports.composed import AUTHOR, read
from tests.dashboard.reports.test_one_page import opened, tags
from tests.data_access.made_up import TODAY

REFERRALS = [template for template in TEMPLATES.values() if template.summary]
ALWAYS = {code for code, kind in SECTIONS.items() if kind.always}
MORPHINE = Medicine("Morphine 30 MG tablet", people.days_back(90), dose=60, unit="mg", frequency="twice a day")
SEDATIVE = Medicine("Temazepam 10 MG tablet", people.days_back(90), dose=10, unit="mg", frequency="once a day")
STOPPED = Medicine("Gabapentin", people.days_back(400), people.days_back(300), reason_stopped="drowsiness")
WORDS = {
    "diagnoses": ("Fibromyalgia", "Migraine"),
    "matters": ("picks her up",),
    "pain": ("Body map, front", "4.4 of 10", "lower back"),
    "course": ("Flare from", "Course: ", "Period before: 8 Jun", "Pain severity"),
    "measures": ("PHQ-4", "PEG"),
    "medication": ("Duloxetine", "Amitriptyline", "Ibuprofen", "Morphine", "Opioid with", "Gabapentin"),
    "treatments": ("Activity pacing", "Acupuncture", "Walking group"),
    "plan": ("Walk to school", "Goal attainment", "Pacing plan review", "Shoes bought"),
}
"""By section, what only that section tells of the record below."""


def record() -> Record:
    """Everything the first page can show, with something of every section in the chart of the course."""
    made = people.full()
    listed = [*made.medicines, MORPHINE, SEDATIVE, STOPPED]
    happened = [Event(people.days_back(30), "treatment_start", "Walking group")]
    done = replace(made.plan.actions[0], title="Shoes bought", status="done", done=people.days_back(8))
    drawn = markers(happened, made.medicines, [done], [], made.flares)
    return replace(
        made,
        medicines=listed,
        review=review(listed, NO_DOSES, Person(), people.TODAY),
        timeline=replace(made.timeline, markers=drawn),
        scores=[*made.scores, Score(people.days_back(9), "PEG", 5.3)],
    )


def without(*codes: str, template: str = "rheumatology") -> Order:
    """An order of the short set but those sections; what cannot be left out is there."""
    short = set(TEMPLATES[template].short) - set(codes)
    kept = tuple(code for code in SECTIONS if code in short | ALWAYS)
    return Order(template=template, reason="Worse.", question="Why?", sections=kept)


def page(*codes: str) -> OnePage:
    return referral(record(), without(*codes), AUTHOR)


def headings(made: OnePage) -> int:
    return sum(str(element.S) == "/H2" for element in tags(opened(made)))


def alternatives(made: OnePage) -> Iterator[str]:
    return (str(element.Alt) for element in tags(opened(made)) if str(element.S) == "/Figure")


@pytest.mark.parametrize("code", WORDS)
def test_a_section_that_was_taken_out_stands_nowhere_on_the_first_page(code: str) -> None:
    whole, made = str(page().data()), str(page(code).data())
    assert [words for words in WORDS[code] if words not in whole] == []
    assert [words for words in WORDS[code] if words in made] == []


@pytest.mark.parametrize("code", WORDS)
def test_all_that_was_not_taken_out_stays(code: str) -> None:
    made = str(page(code).data())
    shared = {"Amitriptyline", "lower back"}
    stay = [words for other, said in WORDS.items() if other != code for words in said if words not in shared]
    drawn = {"Walking group"} if code in ("medication", "course") else set()
    drawn |= {"Shoes bought", "PHQ-4"} if code == "course" else set()
    assert {words for words in stay if words not in made} <= drawn


def test_the_chart_names_no_medicine_of_somebody_whose_medicines_were_taken_out() -> None:
    with_them, without_them = page(), page("medication")
    assert "Duloxetine" in with_them.courses[0].svg and "Walking group" in with_them.courses[0].svg
    assert "Duloxetine" not in without_them.courses[0].svg
    assert "medicines prescribed" in with_them.courses[0].caption
    assert "medicine" not in without_them.courses[0].caption
    assert "Duloxetine" in page("treatments").courses[0].svg


def test_what_was_taken_out_is_named_and_is_not_said_to_be_missing() -> None:
    made = page("medication", "plan", "matters", "pain", "diagnoses")
    assert made.left_out == (
        "Left out by the sender: diagnoses; what matters to the patient; pain now; medicines; "
        "goals, plan and who does what."
    )
    assert page().left_out == ""
    assert made.lacks() == ("recipient", "urgency", "consent to share")


def test_the_page_has_no_heading_and_no_picture_of_what_was_taken_out() -> None:
    assert headings(page()) - headings(page("treatments", "plan")) == 2  # medicines that were stopped stay tried
    assert headings(page()) - headings(page("course", "measures")) == 3
    bare = page(*WORDS)
    assert headings(bare) == 4  # reason, allergies, red flags, about these data
    assert list(alternatives(bare)) == []
    assert len(list(alternatives(page("pain")))) == 1


def test_reason_red_flags_allergies_and_the_notes_on_the_data_always_stay() -> None:
    scored = replace(record(), scores=[Score(people.days_back(3), "PHQ-9", 11, (1.0,) * 9)])
    made = referral(scored, without(*SECTIONS), AUTHOR)
    assert (made.reason, made.question) == ("Worse.", "Why?")
    assert made.red_flag.startswith("Ask today: PHQ-9 item 9")
    assert made.allergies.items == ("Codeine, high criticality: rash",)
    assert made.data_notes[0].startswith("Patient diary: 80 of 84 days logged")
    assert "not checked" not in " ".join(made.data_notes)


def test_a_score_is_no_outcome_where_the_questionnaires_were_taken_out() -> None:
    made = page("measures")
    assert (page().outcomes_title, made.outcomes_title) == ("Three outcomes", "Two outcomes")
    assert [row.name for row in made.outcomes] == ["Pain severity, mean (0–10)", "Flare days per 28 logged"]
    assert "distress" not in made.compared


@pytest.mark.parametrize("template", REFERRALS, ids=lambda template: template.code)
def test_the_minimum_of_every_referral_answers_what_its_first_page_has_to(template: Template) -> None:
    kinds = {kind.code for kind in chosen(Order(template=template.code))}
    assert kinds >= {*WORDS, *ALWAYS}


def test_without_a_map_in_these_days_the_page_says_when_the_last_one_was_made() -> None:
    logged = empty_diary(people.days_back(180), 181)
    logged.entries[0], logged.has_map[0] = 1, True
    made = referral(people.record(logged), Order(), AUTHOR)
    assert made.typical.caption == "No body map in these days; the last is of 26 May 2026."
    logged.has_map[-1] = True
    later = referral(people.record(logged), Order(), AUTHOR)
    assert (later.before.svg, later.before.caption) == ("", "No body map in these days.")


def documents(engine: sa.Engine, template: str, *codes: str) -> Document:
    return compose(read(engine, 1, TODAY), without(*codes, template=template), AUTHOR)


def test_every_format_says_what_was_left_out_and_the_course_is_drawn_without_it(whole_clinic: sa.Engine) -> None:
    document = documents(whole_clinic, "gp_letter", "medication", "plan")
    said = "Left out by the sender: medicines; goals, plan and who does what."
    assert said in " ".join(document_text.text(document).split())
    assert said in fhir_narrative.of_document(document)["div"]
    word = docx.Document(io.BytesIO(document_docx.docx(document, now=people.NOW)))
    assert any(said in paragraph.text for paragraph in word.paragraphs)
    drawn = [block for each in document.sections for block in each.blocks if isinstance(block, Picture)]
    assert drawn and not any("medicines prescribed" in block.caption for block in drawn)
    assert documents(whole_clinic, "gp_letter").left_out == ()


def test_what_was_never_in_the_minimum_is_not_called_left_out(whole_clinic: sa.Engine) -> None:
    assert documents(whole_clinic, "gp_letter", "notes", "criteria", "pain").left_out == ()
    assert documents(whole_clinic, "patient_copy", "matters").left_out == ("What matters to you",)
