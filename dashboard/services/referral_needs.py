"""What this kind of document still lacks: each point with the rule it comes from and the place where it is filled in.

A checklist for the sender, never a bar: a document that lacks something can be signed, and says what is not recorded.
"""

from collections.abc import Callable
from dataclasses import dataclass

from clinical import measures
from clinical.red_flags import RED_FLAGS
from clinical.safety import open_items
from dashboard.presenters.plan import open_actions, tried_in_order
from dashboard.reports import medication_sections
from dashboard.reports.record import Order, Record
from dashboard.reports.templates import TEMPLATES
from data_access.care_plan import says_none

SHALL = "C-CDA: shall (9.2)"
SHOULD = "C-CDA: should (9.2)"
IPS = "IPS: required (9.3)"
SHORT_SET = "Short set [P] (9.4)"
OWN = "This kind [P]"
"""Where a point comes from; the numbers are sections of the clinical reference."""
_FUNCTION = ("PEG", "FIQR", "BPI-SF interference", "EQ-5D-5L", "PROMIS Pain Interference", "PROMIS Physical Function")
_CRITERIA, _RED_FLAGS = (("part", "criteria"),), (("part", "pointers"),)
_REFERRALS = ("referral_pain", "rheumatology", "physiotherapy", "psychology")
_LETTERS = (*_REFERRALS, "gp_letter")
_ALL = tuple(TEMPLATES)
_TOLD_TO_THE_PATIENT = "Open safety items settled: this paper names them to the patient, so talk first"
_IN_IPS = ("diagnoses", "allergies", "medicines")


@dataclass(frozen=True, slots=True)
class Need:
    """One point. `page`: where it is filled in, by its address, '' for the order itself, whose field `code` then is.

    `further` goes with the address of the page.
    """

    code: str
    title: str
    met: bool
    source: str
    page: str = ""
    further: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    title: str
    source: str
    templates: tuple[str, ...]
    has: Callable[[Record, Order], bool]
    page: str = ""
    further: tuple[tuple[str, str], ...] = ()


def needs(record: Record, order: Order) -> tuple[Need, ...]:
    """Every point that counts for the document that was ordered, those of the order itself first."""
    return tuple(
        Need(rule.code, rule.title, rule.has(record, order), _source(rule, order.template), rule.page, rule.further)
        for rule in _RULES
        if order.template in rule.templates
    )


def _source(rule: _Rule, template: str) -> str:
    """The rule's source; C-CDA speaks of referrals, IPS of what a letter to the practitioner sums up."""
    if template in _REFERRALS or rule.source not in (SHALL, SHOULD):
        return rule.source
    return IPS if template == "gp_letter" and rule.code in _IN_IPS else SHORT_SET


def _diagnoses(record: Record, order: Order) -> bool:
    return bool(record.conditions)


def _allergies(record: Record, order: Order) -> bool:
    return not all(map(says_none, record.allergies))


def _medicines(record: Record, order: Order) -> bool:
    return bool(record.medicines or record.doses)


def _asked_red_flags(record: Record, order: Order) -> bool:
    return any(each.question in RED_FLAGS and each.asked_on <= record.as_of for each in record.answers)


def _safety_settled(record: Record, order: Order) -> bool:
    return not open_items(record.answers, record.closures, record.scores, record.as_of)


def _prompts_answered(record: Record, order: Order) -> bool:
    return not medication_sections.unanswered(record)


def _matters(record: Record, order: Order) -> bool:
    return bool(record.plan.formulation.matters.strip())


def _formulated(record: Record, order: Order) -> bool:
    said = record.plan.formulation
    return any(text.strip() for text in (said.biological, said.psychological, said.social, said.protective))


def _map(record: Record, order: Order) -> bool:
    return bool(record.diary.during(record.periods.now).has_map.any())


def _logged(record: Record, order: Order) -> bool:
    return bool(record.timeline.logged.any())


def _goals(record: Record, order: Order) -> bool:
    return bool(record.plan.goals)


def _actions(record: Record, order: Order) -> bool:
    return bool(open_actions(record.plan.actions))


def _treatments(record: Record, order: Order) -> bool:
    return bool(tried_in_order(record.plan.interventions))


def _function(record: Record, order: Order) -> bool:
    return any(score.day is not None and _code(score.instrument).startswith(_FUNCTION) for score in record.scores)


def _distress(record: Record, order: Order) -> bool:
    return any(score.day is not None and _domain(score.instrument) == "distress" for score in record.scores)


def _code(name: str) -> str:
    found = measures.instrument(name)
    return found.code if found else name


def _domain(name: str) -> str:
    found = measures.instrument(name)
    return found.domain if found else ""


def _criteria(record: Record, order: Order) -> bool:
    return record.pages is not None and bool(record.pages.criteria.standing)


def _typed(name: str) -> Callable[[Record, Order], bool]:
    def has(record: Record, order: Order) -> bool:
        return bool(str(getattr(order, name)).strip())

    return has


def _plan(form: str) -> tuple[tuple[str, str], ...]:
    """The form that opens on the page of the care plan."""
    return (("form", f"{form}-0"),)


_RULES = (
    _Rule("recipient", "Recipient", SHALL, _LETTERS, _typed("recipient")),
    _Rule("reason", "Reason", SHALL, _LETTERS, _typed("reason")),
    _Rule("question", "Question asked", SHORT_SET, _REFERRALS, _typed("question")),
    _Rule("urgency", "Urgency", SHORT_SET, _REFERRALS, _typed("urgency")),
    _Rule("consent", "Consent to share", SHORT_SET, _LETTERS, _typed("consent")),
    _Rule("red_flags", "Red flags asked", SHORT_SET, _ALL, _asked_red_flags, "pain_map", _RED_FLAGS),
    _Rule("safety", "Open safety items settled", SHORT_SET, _LETTERS, _safety_settled, "pain_map", _RED_FLAGS),
    _Rule("safety", _TOLD_TO_THE_PATIENT, SHORT_SET, ("patient_copy",), _safety_settled, "pain_map", _RED_FLAGS),
    _Rule("allergies", "Allergies", SHALL, _ALL, _allergies, "import_files"),
    _Rule("diagnoses", "Diagnoses", SHALL, _LETTERS, _diagnoses, "import_files"),
    _Rule("medicines", "Medicines", SHALL, _ALL, _medicines, "medication"),
    _Rule("prompts", "Medication prompts answered", SHORT_SET, _LETTERS, _prompts_answered, "medication"),
    _Rule("assessment", "Formulation (assessment)", SHALL, _REFERRALS, _formulated, "care_plan", _plan("formulation")),
    _Rule("goals", "Goals", SHALL, _ALL, _goals, "care_plan", _plan("goal")),
    _Rule("actions", "Who does what by when", SHORT_SET, _LETTERS, _actions, "care_plan", _plan("action")),
    _Rule("matters", "What matters to the patient", SHORT_SET, _ALL, _matters, "care_plan", _plan("formulation")),
    _Rule("map", "Body map in the period", SHORT_SET, _LETTERS, _map, "add_entry"),
    _Rule("course", "Diary entries in the period", SHORT_SET, _ALL, _logged, "add_entry"),
    _Rule("function", "Function, by questionnaire", SHOULD, ("referral_pain", "physiotherapy"), _function, "measures"),
    _Rule("distress", "Mood or anxiety, by questionnaire", SHOULD, ("psychology",), _distress, "measures"),
    _Rule("criteria", "Widespread pain assessed", OWN, ("rheumatology",), _criteria, "pain_map", _CRITERIA),
    _Rule(
        "treatments",
        "Treatment tried",
        OWN,
        ("referral_pain", "physiotherapy", "patient_copy"),
        _treatments,
        "care_plan",
        _plan("intervention"),
    ),
)
