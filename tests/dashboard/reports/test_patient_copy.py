"""The patient copy: short sentences, no jargon, goals before pain, numbers explained, nothing alarms or is made up."""

import re
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from clinical.findings import Score
from dashboard.presenters.words import plainly
from dashboard.reports.document import Document, Picture
from dashboard.reports.record import Record
from tests.conftest import AS_OF, DEMO_PATIENTS
from tests.dashboard.reports.composed import everything, made, read, said, section, texts
from tests.dashboard.services.clinic import OTHER_TEAMS_PATIENT, PATIENT
from tests.data_access.made_up import TODAY

COPY = everything("patient_copy")
OURS = ("course", "pain", "daily_life", "associations", "measures", "allergies", "red_flags", "data_notes")
"""Sections in our own words: the others carry those of the record."""
JARGON = re.compile(
    r"\b(mean|median|GAS|T score|WPI|SSS|FS|MME|prompt|baseline|episode|interval|benchmark|IMMPACT|cohort|NRS|"
    r"trapezius|sacroiliac|thoracic|lumbar|abdomen|adjacent|provisional|clinically|severe|moderate|paired)\b"
)
LONGEST = 20
"""Words of the longest sentence of ours."""
USUAL = 10
"""Words of a sentence on average."""


@pytest.fixture
def record(whole_clinic: sa.Engine) -> Record:
    return read(whole_clinic, PATIENT, TODAY)


@pytest.fixture
def document(record: Record) -> Document:
    return made(record, COPY)


def sentences(document: Document) -> list[str]:
    """Our own sentences, with the captions of pictures; a picture's alternative text lists every region."""
    blocks = [block for each in document.sections if each.code in OURS for block in each.blocks]
    own = [text for block in blocks for text in ([block.caption] if isinstance(block, Picture) else texts(block))]
    found = re.split(r"(?<=[.!?])\s+|\n", "\n".join(own))
    return [sentence for sentence in found if len(sentence.split()) > 1]


def test_our_sentences_are_short_and_without_jargon_for_every_demo_patient(demo_engine: sa.Engine) -> None:
    lengths = []
    for number in range(1, DEMO_PATIENTS + 1):
        document = made(read(demo_engine, number, AS_OF), COPY)
        for sentence in sentences(document):
            assert not JARGON.search(sentence), sentence
            lengths.append(len(sentence.split()))
    assert max(lengths) <= LONGEST
    assert sum(lengths) / len(lengths) <= USUAL


def test_goals_and_what_matters_come_before_pain(document: Document) -> None:
    codes = [each.code for each in document.sections]
    assert codes[:3] == ["reason", "matters", "plan"]
    assert codes.index("plan") < codes.index("course") < codes.index("pain")


def test_it_greets_the_person_and_says_which_days_it_is_about(document: Document) -> None:
    assert document.sections[0].title == "About this letter"
    assert said(document.sections[0]).startswith("Dear Anna Testfall,\nThis letter is for you.")
    assert "from 31 Aug to 22 Nov 2026" in said(document.sections[0])
    assert [line.label for line in document.header] == ["From", "Date", "Days it is about", "Your diary"]


def test_the_numbers_are_those_of_the_screen_and_are_explained(document: Document, record: Record) -> None:
    course = said(section(document, "course"))
    assert f"Your average pain was {plainly(record.outcomes.pain.now)} out of 10." in course
    assert "0 means no pain. 10 means the worst pain you can think of." in course
    assert f"In the time before, it was {plainly(record.outcomes.pain.before)} out of 10." in course
    assert "A flare is a time when your pain is clearly higher than is usual for you." in course
    assert "You had three flares." in course


def test_prompts_and_their_levels_stay_out_of_it(document: Document) -> None:
    found = said(section(document, "medication"))
    assert "Morphine 10 mg tablets: 20 mg, twice a day." in found
    assert "Tramadol: stopped on 5 Jan 2026. Why: dizzy." in found
    assert not re.search(r"review|prompt|warning|high|benzodiazepine|mme", found, re.IGNORECASE)
    assert "ask your team" in found


def test_an_open_red_flag_is_asked_again_in_plain_words(document: Document) -> None:
    found = said(section(document, "red_flags"))
    assert found.startswith(
        "Please talk with your team about this\nYou answered yes to this question: “Is there numbness"
    )
    assert "emergency" not in found
    assert "You said yes to 1 and no to 1." in found


def test_thoughts_of_self_harm_are_answered_with_care(record: Record) -> None:
    low = replace(record, scores=[Score(TODAY, "PHQ-9", 9, (1.0,) * 9)])
    found = said(section(made(low, COPY), "red_flags"))
    assert "You can speak about this with your team at any time." in found
    assert "PHQ" not in found and "item 9" not in found


def test_goals_say_how_far_they_were_reached_in_plain_words(document: Document) -> None:
    found = said(section(document, "plan"))
    assert "Walk to the park. You began with 5 and want to reach 20 minutes (minutes)." in found
    assert "So far: less than hoped." in found
    assert "GAS" not in found and "overdue" not in found
    assert "K. Works: Ring the employer. Planned for 27 Nov 2026." in found


def test_what_is_not_on_record_is_not_made_up(whole_clinic: sa.Engine) -> None:
    document = made(read(whole_clinic, OTHER_TEAMS_PATIENT, TODAY), COPY)
    assert [each.code for each in document.sections] == ["reason", "allergies", "red_flags", "data_notes"]
    assert "No allergy is written in your record here." in said(section(document, "allergies"))
    assert "They have not been asked here yet." in said(section(document, "red_flags"))
    assert "Your medicines" in document.not_recorded


def test_an_open_flare_is_not_said_to_be_over(document: Document) -> None:
    assert "The last one began on 5 Oct 2026 and is not over yet in your diary." in said(section(document, "course"))


def test_sections_for_clinicians_are_not_offered(record: Record) -> None:
    asked = replace(COPY, sections=("criteria", "pointers", "examination", "notes", "pain"))
    codes = [each.code for each in made(record, asked).sections]
    assert codes == ["reason", "pain", "allergies", "red_flags", "data_notes"]


def test_a_period_without_entries_claims_no_pain_at_all(whole_clinic: sa.Engine) -> None:
    document = made(read(whole_clinic, PATIENT, date(2025, 1, 31), days=28), COPY)
    assert "Your pain" in document.not_recorded
    assert "You made an entry on 0 of 28 days." in said(section(document, "data_notes"))
