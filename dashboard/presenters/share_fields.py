"""The order of a document as the fields of its form, and the form as an order again."""

from collections.abc import Mapping
from typing import Literal

from dashboard.reports.compose import offered
from dashboard.reports.record import URGENCIES, Order
from dashboard.reports.templates import TEMPLATES, Template
from dashboard.services import form_fields
from dashboard.services.form_fields import FieldSpec, Option, Raws, Value
from dashboard.services.share_order import CONSENT_CHOICES, FORMATS, LIMITS, WHOLE_DIARY, formats_of

FIRST = "referral_pain"
START: Mapping[str, Value] = {"template": FIRST, "paper": "a4"}
"""What stands in the form before anything is chosen."""
ALWAYS, MINIMUM, BEYOND = "Always in it", "The minimum of this kind", "Beyond the minimum necessary"
WHOLE_SAID = "Diary as CSV: everything of the period, with notes and single answers"
_SHORT = {
    "referral_pain": "Pain service",
    "rheumatology": "Rheumatology",
    "physiotherapy": "Physiotherapy",
    "psychology": "Psychology",
    "gp_letter": "GP letter",
    "patient_copy": "Patient copy",
}
_FIRST_PAGE = "first_page"
"""No section: it sums up those that are chosen."""
_HOW_SOON = "Urgency is not chosen; the document says that it is not recorded."
_PAPERS = {"a4": "A4", "letter": "US Letter"}


def template_of(answers: Raws) -> Template:
    """The kind of document that stands in the form; the first where none does."""
    return TEMPLATES.get(str(answers.get("template") or FIRST), TEMPLATES[FIRST])


def fields(template: Template) -> tuple[FieldSpec, ...]:
    """The questions of the order, as that kind of document asks them.

    What a person is told about themselves needs neither question nor urgency nor consent.
    """
    plain = template.plain
    to = "To (patient or carer)" if plain else "To (name, department, place)"
    return (
        FieldSpec("template", "Kind of document", "choice", options=_named(_SHORT), required=True),
        FieldSpec("recipient", to, "text", longest=LIMITS["recipient"]),
        FieldSpec("question", "Question asked", "long", longest=LIMITS["question"], hidden=plain),
        FieldSpec("reason", "Why this is written" if plain else "Reason", "long", longest=LIMITS["reason"]),
        FieldSpec("urgency", "Urgency", "choice", options=_same(URGENCIES), hidden=plain, ask=_HOW_SOON),
        FieldSpec("consent", "Consent to share", "choice", options=_same(CONSENT_CHOICES), hidden=plain, wide=True),
        FieldSpec("sections", "Sections", "several", options=_sections(template), folded=True, wide=True),
        FieldSpec("formats", "Formats", "several", options=_formats(template), wide=True),
        FieldSpec("paper", "Paper", "choice", options=_named(_PAPERS), required=True),
    )


def _same(words: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(each, each) for each in words)


def _named(words: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, said) for code, said in words.items())


def _sections(template: Template) -> tuple[Option, ...]:
    kinds = offered(template)
    summary = Option(_FIRST_PAGE, "First page: the summary of the sections chosen here", ALWAYS, fixed=True)
    first = [summary] if template.summary else []
    always = [Option(kind.code, kind.title, ALWAYS, fixed=True) for kind in kinds if kind.always]
    chosen = [kind for kind in kinds if not kind.always]
    short = [Option(kind.code, kind.title, MINIMUM, preset=True) for kind in chosen if kind.code in template.short]
    beyond = [Option(kind.code, kind.title, BEYOND) for kind in chosen if kind.code not in template.short]
    return (*first, *always, *short, *beyond)


def _formats(template: Template) -> tuple[Option, ...]:
    """PDF to begin with; what holds more than the sections stands apart from those that keep to them."""
    return tuple(
        Option(code, WHOLE_SAID, BEYOND) if code == WHOLE_DIARY else Option(code, FORMATS[code], preset=code == "pdf")
        for code in formats_of(template)
    )


def order(asked: tuple[FieldSpec, ...], answers: Raws) -> Order:
    """The order as it stands in the form, whether or not it could be signed."""
    said = {name: str(answers.get(name) or "").strip() for name in ("recipient", "question", "reason", "urgency")}
    template = template_of(answers)
    paper: Literal["a4", "letter"] = "letter" if answers.get("paper") == "letter" else "a4"
    return Order(
        **({**said, "question": "", "urgency": ""} if template.plain else said),
        consent="" if template.plain else str(answers.get("consent") or ""),
        template=template.code,
        sections=tuple(code for code in _several(asked, answers, "sections") if code != _FIRST_PAGE),
        paper=paper,
    )


def formats(asked: tuple[FieldSpec, ...], answers: Raws) -> tuple[str, ...]:
    """The formats that are chosen there."""
    return _several(asked, answers, "formats")


def _several(asked: tuple[FieldSpec, ...], answers: Raws, name: str) -> tuple[str, ...]:
    return form_fields.codes(next(each for each in asked if each.name == name), answers.get(name))


def too_long(asked: tuple[FieldSpec, ...], answers: Raws) -> dict[str, str]:
    """By field, why its text cannot go out as it stands."""
    texts = [field for field in asked if field.name in LIMITS]
    return form_fields.read(texts, {field.name: answers.get(field.name, "") for field in texts}).errors
