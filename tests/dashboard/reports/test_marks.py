"""Our own marks of how well a source was checked never leave: the reader gets words."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from clinical import marks
from dashboard.reports.document_text import text
from dashboard.reports.one_page import OnePage
from dashboard.reports.record import Record
from dashboard.reports.referral import referral
from dashboard.reports.templates import TEMPLATES
from data_access.records import ConditionRecord
from tests.dashboard.reports import fhir_documents
from tests.dashboard.reports.composed import AUTHOR, everything, made, read, section
from tests.dashboard.services.clinic import PATIENT
from tests.data_access.made_up import TODAY

MARK = re.compile(r"\[(?:P|K|V\d?)\]|\b[Rr]eference \d")


@pytest.fixture
def record(whole_clinic: sa.Engine) -> Record:
    return read(whole_clinic, PATIENT, TODAY)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_mark_of_ours_is_in_any_section_of_any_document(record: Record, template: str) -> None:
    order = everything(template)
    document = made(record, order)
    assert len(document.sections) > 5
    assert MARK.findall(text(document, width=100_000)) == []
    assert MARK.findall(str(document.sections)) == []
    page: OnePage = referral(record, order, AUTHOR)
    assert MARK.findall(str(page.data())) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_mark_of_ours_is_in_a_fhir_document(demo_engine: sa.Engine, template: str) -> None:
    record, stored = fhir_documents.loaded(demo_engine, "FB-00001")
    bundle = fhir_documents.document(record, stored, everything(template))
    assert re.findall(rf".{{30}}(?:{MARK.pattern}).{{20}}", json.dumps(bundle)) == []


def test_what_a_clinician_wrote_in_brackets_stays(record: Record) -> None:
    order = everything("rheumatology", reason="Scale [P] of the clinic, see reference 5.")
    assert "Scale [P] of the clinic, see reference 5." in str(section(made(record, order), "reason").blocks)


@pytest.mark.parametrize("template", ["rheumatology", "patient_copy"])
def test_a_diagnosis_is_printed_without_the_kind_of_snomed_name(record: Record, template: str) -> None:
    known = replace(record, conditions=[ConditionRecord("Fibromyalgia (disorder)", onset_day=date(2013, 4, 5))])
    told = text(made(known, everything(template)), width=1000)
    assert "Fibromyalgia, since 5 Apr 2013" in told
    assert "(disorder)" not in told


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("ICHD-3 8.2 (reference 7.6) [V]", "ICHD-3 8.2"),
        ("Days of a month [P].", "Days of a month (Flareboard's own rule, not from a guideline)."),
        ("3 T points: Product decision (reference 4) [P]", "3 T points: Flareboard's own rule, not from a guideline"),
        ("Product decision: no mark (reference 5) [P]", "Flareboard's own rule, not from a guideline: no mark."),
        ("Reference 4 (read second hand) [K]", "Flareboard's clinical reference (read second hand) (unconfirmed)"),
        ("Wolfe 2015, unconfirmed [K]", "Wolfe 2015, unconfirmed"),
        ("Salaffi 2021 (reference 4; it prints '>83') [V2]", "Salaffi 2021 (it prints '>83')"),
    ],
)  # fmt: skip
def test_a_mark_becomes_words_and_what_is_unconfirmed_stays_so(rule: str, said: str) -> None:
    assert marks.in_words(rule) == said
