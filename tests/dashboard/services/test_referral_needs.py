"""What a document still lacks: each point is met by what fills it in, and by nothing else; each leads somewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.diary import Period
from clinical.plan import EMPTY, Formulation, Goal, PlannedIntervention
from clinical.record import Action, Score
from dashboard import navigation
from dashboard.periods import Periods
from dashboard.reports.record import Order, Record
from dashboard.reports.templates import TEMPLATES
from dashboard.services import referral_needs, report_record
from data_access.engine import reading
from data_access.records import AllergyRecord, ConditionRecord
from tests.dashboard.services.clinic import OTHER_TEAMS_PATIENT, PATIENT, fill
from tests.data_access.made_up import TODAY

PERIOD = Period(TODAY - timedelta(days=83), TODAY)
PERIODS = Periods(PERIOD, PERIOD.before(), "3m")


def record(engine: sa.Engine, patient_id: int) -> Record:
    with reading(engine) as conn:
        return report_record.read(conn, patient_id, PERIODS, TODAY)


@pytest.fixture
def bare(sqlite_engine: sa.Engine) -> Record:
    """Somebody of whom only the name is known."""
    return record(fill(sqlite_engine), OTHER_TEAMS_PATIENT)


def missing(about: Record, order: Order | None = None, template: str = "referral_pain") -> set[str]:
    return {need.code for need in referral_needs.needs(about, order or Order(template=template)) if not need.met}


@pytest.mark.parametrize("template", TEMPLATES)
def test_of_somebody_of_whom_nothing_is_known_everything_is_missing_but_what_need_not_be_settled(
    bare: Record, template: str
) -> None:
    every = {need.code for need in referral_needs.needs(bare, Order(template=template))}
    assert every - missing(bare, template=template) <= {"safety", "prompts"}
    assert {"allergies", "medicines"} <= every


def test_a_referral_that_is_complete_lacks_nothing_of_its_order(bare: Record) -> None:
    order = Order("Dr R. Heum", "Why?", "soon", "yes, asked today", "rheumatology", "Worse.")
    assert not missing(bare, order) & {"recipient", "question", "urgency", "consent", "reason"}


def test_that_no_allergy_is_known_is_no_allergy_on_record(bare: Record) -> None:
    order = Order(template="gp_letter")
    none = AllergyRecord("No known allergy", status="unconfirmed")
    assert "allergies" in missing(replace(bare, allergies=(none,)), order)
    assert "allergies" not in missing(replace(bare, allergies=(none, AllergyRecord("latex"))), order)


FILLED = {
    "allergies": {"allergies": (AllergyRecord("latex"),)},
    "diagnoses": {"conditions": (ConditionRecord("Fibromyalgia"),)},
    "matters": {"plan": replace(EMPTY, formulation=Formulation(matters="the sea"))},
    "assessment": {"plan": replace(EMPTY, formulation=Formulation(social="lives alone"))},
    "goals": {"plan": replace(EMPTY, goals=(Goal("Swim"),))},
    "actions": {"plan": replace(EMPTY, actions=(Action("Call"),))},
    "treatments": {"plan": replace(EMPTY, interventions=(PlannedIntervention("walking", status="active"),))},
    "function": {"scores": (Score(TODAY, "PEG", 5.0),)},
}


@pytest.mark.parametrize("code", FILLED)
def test_each_point_is_met_by_what_fills_it_in_and_by_nothing_else(bare: Record, code: str) -> None:
    filled = replace(bare, **FILLED[code])  # type: ignore[arg-type]
    assert missing(bare) - missing(filled) == {code}


def test_what_is_only_planned_was_not_tried_and_an_undated_score_says_nothing_of_today(bare: Record) -> None:
    planned = replace(EMPTY, interventions=(PlannedIntervention("walking"),))
    assert "treatments" in missing(replace(bare, plan=planned))
    assert "function" in missing(replace(bare, scores=(Score(None, "PEG", 5.0),)))


def test_distress_counts_for_psychology_and_function_does_not(bare: Record) -> None:
    asked = replace(bare, scores=(Score(TODAY, "PEG", 5.0),))
    assert "distress" in missing(asked, template="psychology")
    assert "distress" not in missing(replace(bare, scores=(Score(TODAY, "PHQ-9", 5.0),)), template="psychology")


def test_a_year_of_diary_fills_map_and_course(sqlite_engine: sa.Engine) -> None:
    assert not missing(record(fill(sqlite_engine), PATIENT)) & {"map", "course"}


def test_each_kind_of_document_asks_for_its_own(bare: Record) -> None:
    only = {
        kind: missing(bare, template=kind) - missing(bare, template="gp_letter")
        for kind in ("rheumatology", "psychology", "physiotherapy")
    }
    assert "criteria" in only["rheumatology"]
    assert "distress" in only["psychology"]
    assert {"function", "treatments"} <= only["physiotherapy"]
    assert not missing(bare, template="patient_copy") & {"recipient", "urgency", "consent", "question"}


def test_every_point_names_its_rule_and_is_a_field_of_the_order_or_leads_to_a_page(bare: Record) -> None:
    pages = {page.url_path for page in navigation.PAGES}
    for template in TEMPLATES:
        for need in referral_needs.needs(bare, Order(template=template)):
            assert need.source
            assert need.page in pages if need.page else hasattr(Order(), need.code)


def test_a_rule_of_referrals_is_named_for_referrals_only(bare: Record) -> None:
    def source(template: str, code: str = "allergies") -> str:
        needs = referral_needs.needs(bare, Order(template=template))
        return next(need.source for need in needs if need.code == code)

    assert source("psychology") == referral_needs.SHALL
    assert (source("gp_letter"), source("gp_letter", "recipient")) == (referral_needs.IPS, referral_needs.SHORT_SET)
    assert source("patient_copy") == referral_needs.SHORT_SET
