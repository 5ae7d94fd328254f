"""What a document holds: the sections that were chosen, in order, none of them empty, and what is not recorded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from dashboard.reports.compose import chosen, compose, offered
from dashboard.reports.document import Bullets, Document, Pairs, Paragraph, Picture, Table
from dashboard.reports.record import Order
from dashboard.reports.templates import SECTIONS, TEMPLATES
from tests.conftest import AS_OF, DEMO_PATIENTS
from tests.dashboard.reports import people
from tests.dashboard.reports.composed import AUTHOR, everything, made, read
from tests.dashboard.services.clinic import OTHER_TEAMS_PATIENT, PATIENT, fill
from tests.data_access.made_up import TODAY


def has_words(block: object) -> bool:
    """Whether a block says or shows anything, in every place it has."""
    match block:
        case Paragraph(text=text):
            return bool(text.strip())
        case Bullets(items=items):
            return bool(items) and all(item.strip() for item in items)
        case Pairs(lines=lines):
            return bool(lines) and all(line.label.strip() and line.text.strip() for line in lines)
        case Table(columns=columns, rows=rows):
            return bool(rows) and all(len(row) == len(columns) for row in rows) and any(map(any, rows))
        case Picture():
            return bool(block.svg and block.alt and block.caption)
    return False


def assert_sound(document: Document, order: Order) -> None:
    """No empty heading, no section twice or out of order, and every chosen one is there or said to be missing."""
    codes = [section.code for section in document.sections]
    assert codes == [kind.code for kind in offered(TEMPLATES[order.template]) if kind.code in codes]
    for section in document.sections:
        assert section.title and section.blocks
        assert all(has_words(block) for block in section.blocks), (document.record_number, section.code)
    assert len(codes) + len(document.not_recorded) == len(chosen(order))
    assert {kind.code for kind in offered(TEMPLATES[order.template]) if kind.always} <= set(codes)
    assert all(line.text for line in (*document.header, *document.signature))


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_demo_patient_gets_a_document_with_an_empty_heading(template: str, demo_engine: sa.Engine) -> None:
    order = everything(template, recipient="Dr R. Heum")
    for patient_id in range(1, DEMO_PATIENTS + 1):
        assert_sound(made(read(demo_engine, patient_id, AS_OF), order), order)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_patient_of_whom_only_the_name_is_known_gets_what_is_always_said(
    template: str, sqlite_engine: sa.Engine
) -> None:
    record = read(fill(sqlite_engine), OTHER_TEAMS_PATIENT, TODAY)
    order = everything(template)
    document = made(record, order)
    assert_sound(document, order)
    assert {each.code for each in document.sections} == {code for code, kind in SECTIONS.items() if kind.always}


def test_without_a_choice_the_short_set_of_the_template_is_taken() -> None:
    for template in TEMPLATES.values():
        codes = {kind.code for kind in chosen(Order(template=template.code))}
        assert codes == set(template.short) | {code for code, kind in SECTIONS.items() if kind.always}


def test_what_cannot_be_left_out_is_there_although_it_was_not_chosen() -> None:
    codes = [kind.code for kind in chosen(Order(sections=("pain",)))]
    assert codes == ["reason", "red_flags", "allergies", "pain", "data_notes"]


def test_the_document_says_who_sends_it_to_whom_and_whether_it_is_signed(sqlite_engine: sa.Engine) -> None:
    record = read(fill(sqlite_engine), PATIENT, TODAY)
    order = Order("Dr R. Heum", template="rheumatology", paper="letter")
    preview = made(record, order)
    signed = compose(record, order, AUTHOR, signed_at=datetime(2026, 11, 22, 14, 3, tzinfo=UTC))
    assert preview.title == "Referral to rheumatology: TESTFALL, Anna (T-1)"
    assert (preview.paper, preview.author, preview.made_on) == ("letter", "Dr A. Invented", TODAY)
    assert {line.label: line.text for line in preview.signature} == {
        "Author": "Dr A. Invented, medicine",
        "Signed": "not signed: a preview",
        "Reviewed by": "not recorded",
        "To": "Dr R. Heum",
    }
    assert signed.signed_at is not None
    assert signed.sections == preview.sections
    assert "not signed" not in str(signed.signature)


def test_a_document_is_never_made_of_half_a_record() -> None:
    with pytest.raises(ValueError, match="whole record"):
        made(replace(people.full(), pages=None), Order())


def test_pain_of_a_time_long_over_is_not_headed_pain_now(sqlite_engine: sa.Engine) -> None:
    record = read(fill(sqlite_engine), PATIENT, TODAY)
    order = everything("rheumatology")
    assert "Pain now" in {section.title for section in made(record, order).sections}
    later = replace(record, as_of=TODAY + timedelta(days=400))
    titles = {section.title for section in made(later, order).sections}
    assert "Pain, 31 Aug – 22 Nov 2026 (13 months before this document)" in titles
    assert "Pain now" not in titles
