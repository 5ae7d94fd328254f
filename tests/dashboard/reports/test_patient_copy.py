"""The patient copy: short sentences, no jargon, goals before pain, numbers explained, nothing alarms or is made up."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from clinical.findings import Medicine, Score
from clinical.red_flags import RED_FLAGS
from clinical.safety import NO, YES, Answer, Closure, red_flag_subject
from dashboard.presenters.words import plainly
from dashboard.reports.document import Document, Picture
from dashboard.reports.record import Record
from dashboard.reports.sections import plain_safety
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
    former = f"In the time before, from 8 Jun to 30 Aug 2026, it was {plainly(record.outcomes.pain.before)} out of 10."
    assert former in course
    assert f"You gave an answer on {record.outcomes.pain.days_now} of 84 days." in course
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
        "Please talk with your team about this\n"
        "Act now, the same day. Please tell your team today. If it is new or worse, get urgent medical help.\n"
        "You said yes on 22 Nov 2026. The question was: “Is there numbness"
    )
    assert "You said yes to 1 and no to 1." in found


def test_thoughts_of_self_harm_are_answered_with_care(record: Record) -> None:
    low = replace(record, scores=[Score(TODAY, "PHQ-9", 9, (1.0,) * 9)])
    found = said(section(made(low, COPY), "red_flags"))
    assert "You can speak about this with your team at any time." in found
    assert "PHQ" not in found and "item 9" not in found


def test_goals_say_how_far_they_were_reached_in_plain_words(document: Document) -> None:
    found = said(section(document, "plan"))
    assert "Walk to the park. You began with 5 and want to reach 20 minutes." in found
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


LATER = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def asked(record: Record, *answers: Answer, closures: tuple[Closure, ...] = ()) -> str:
    """The section on red flags of a record in which only these were answered."""
    pages = record.pages
    assert pages is not None
    safety = replace(pages.pointers.safety, standing={each.question: each for each in answers})
    whole = replace(pages, pointers=replace(pages.pointers, safety=safety))
    changed = replace(record, answers=answers, closures=closures, scores=[], pages=whole)
    return said(section(made(changed, COPY), "red_flags"))


def answer(question: str, given: str = YES, *, back: int = 2) -> Answer:
    return Answer(question, given, TODAY - timedelta(days=back), "", "Dr T", LATER, 0)


@pytest.mark.parametrize("question", RED_FLAGS)
def test_every_open_red_flag_says_how_soon_to_speak_of_it(record: Record, question: str) -> None:
    found = asked(record, answer(question))
    assert plain_safety.HOW_SOON[RED_FLAGS[question].level] in found
    urgent_help = "get urgent medical help" in found
    assert urgent_help == (RED_FLAGS[question].level != "soon")
    assert "the person" not in found and " they " not in found


def test_an_emergency_stands_before_what_is_only_soon(record: Record) -> None:
    found = asked(record, answer("previous_cancer"), answer("saddle_numbness"))
    assert found.index("Act now, the same day.") < found.index("numbness") < found.index("soon") < found.index("cancer")


def test_a_stated_intent_is_told_to_the_person_in_words_of_care(record: Record) -> None:
    found = asked(record, answer("stated_intent"))
    assert "Please tell your team today." in found
    assert "You can speak about this with your team at any time." in found
    assert "Has the person said" not in found


def test_what_stands_open_counts_as_yes_although_a_later_answer_was_no(record: Record) -> None:
    both = (answer("fever", back=9), answer("fever", NO, back=2))
    found = asked(record, *both)
    assert "You said yes on 13 Nov 2026. The question was: “Is there a fever?”" in found
    assert "You said yes to 1 and no to 0." in found


def test_a_yes_that_was_closed_is_counted_and_said_to_be_closed(record: Record) -> None:
    closing = Closure(red_flag_subject("fever"), "examined", TODAY, "Dr T", LATER, 0)
    found = asked(record, answer("fever"), answer("rigors"), closures=(closing,))
    assert "You said yes to 2 and no to 0. Your team has looked at 1 of these and closed it." in found


def test_too_few_days_to_find_a_flare_is_not_no_flare(whole_clinic: sa.Engine) -> None:
    thin = read(whole_clinic, PATIENT, TODAY)
    none = replace(thin.outcomes.flare_days_per_28, now=None)
    view = thin.pages
    assert view is not None
    few = replace(
        thin,
        outcomes=replace(thin.outcomes, flare_days_per_28=none),
        pages=replace(view, flares=replace(view.flares, episodes=())),
    )
    told = said(section(made(few, COPY), "course"))
    assert "There are too few days in your diary to tell whether you had a flare." in told
    assert "No flare was found" not in told


def test_an_average_says_on_how_many_days_it_rests(document: Document) -> None:
    found = said(section(document, "daily_life"))
    for line in found.splitlines()[2:]:
        assert re.search(r"You gave an answer on \d+ of 84 days\.", line), line
    assert "The time before is from 8 Jun to 30 Aug 2026." in found


def medicines(record: Record, **changed: object) -> str:
    """The section on medicines with the first of them changed to that standing."""
    pages = record.pages
    assert pages is not None
    listed = pages.medication.listed
    first = replace(listed[0], medicine=Medicine("Made-up remedy", **changed["medicine"]), standing=changed["standing"])  # type: ignore[arg-type]
    whole = replace(pages, medication=replace(pages.medication, listed=(first, *listed[1:])))
    return said(section(made(replace(record, pages=whole), COPY), "medication"))


def test_a_medicine_not_begun_yet_is_told_with_its_day(record: Record) -> None:
    begins = {"start": date(2026, 12, 1), "dose": 25.0, "unit": "ug/h"}
    found = medicines(record, medicine=begins, standing="planned")
    assert "Not begun yet\nMade-up remedy: 25 micrograms an hour. It is to begin on 1 Dec 2026." in found


def test_a_planned_last_day_is_told_with_the_reason(record: Record) -> None:
    ends = {"start": date(2026, 9, 1), "end": date(2026, 11, 30), "reason_stopped": "course is over"}
    found = medicines(record, medicine=ends, standing="current")
    assert "The last day is planned for 30 Nov 2026. Why: course is over." in found


def test_an_unknown_day_of_stopping_is_no_reason(record: Record) -> None:
    over = {"reason_stopped": "stopped, on a day that is not recorded"}
    found = medicines(record, medicine=over, standing="stopped")
    assert "Made-up remedy: stopped, but the day is not written down." in found
    assert "Why: stopped" not in found


def test_how_much_was_logged_is_said_in_words_at_the_foot_and_in_the_header(document: Document, record: Record) -> None:
    days = record.diary.days_logged(record.periods.now)
    assert document.logged == f"an entry on {days} of 84 days"
    assert [line.text for line in document.header if line.label == "Your diary"] == [document.logged]
