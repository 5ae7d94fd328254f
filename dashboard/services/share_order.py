"""What may be ordered: how long its texts are, what must be chosen before it is signed, how it is kept on record."""

import json
import re
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from dashboard.errors import ExplainedError
from dashboard.periods import Periods
from dashboard.reports.record import CONSENTS, LONGEST_QUESTION, LONGEST_RECIPIENT, URGENCIES, Order
from dashboard.reports.templates import SECTIONS, TEMPLATES, Template

FORMATS = {
    "pdf": "PDF",
    "docx": "Word",
    "fhir": "FHIR document",
    "text": "Plain text",
    "csv": "Diary as CSV",
}
"""Formats of a document by their codes, as they are called."""
WHOLE_DIARY = "csv"
"""The one format that knows no sections: every note and single answer of the period."""
ENDINGS = {"pdf": "pdf", "docx": "docx", "fhir": "json", "text": "txt", "csv": "zip", "png": "png"}
NOT_ASKED = "not asked"
CONSENT_CHOICES = (*CONSENTS, NOT_ASKED)
"""That consent was not asked is said too: nothing goes out without a word about it."""
LONGEST_REASON = 600
LIMITS = {"recipient": LONGEST_RECIPIENT, "reason": LONGEST_REASON, "question": LONGEST_QUESTION}
"""Characters of each text that fit page and database."""
_CALLED = {"recipient": "recipient", "reason": "reason", "question": "question asked"}
_PAPERS = ("a4", "letter")


class OrderRefused(ExplainedError):
    """The order cannot be signed as it stands; `fields` says at each field why."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(
            f"The document cannot be made like this. {' '.join(fields.values())}",
            "Nothing was made, and what you typed is still in its field.",
            "Correct it, look at the preview, and sign.",
        )
        self.fields = fields


def formats_of(template: Template) -> tuple[str, ...]:
    """The formats of that kind of document; one page to a patient or practice takes no whole diary with it."""
    return tuple(code for code in FORMATS if template.summary or code != WHOLE_DIARY)


def check(order: Order) -> None:
    """Raises OrderRefused for a text that does not fit (half a question is another question) or no known choice."""
    wrong = {name: _too_long(order, name) for name in LIMITS if len(getattr(order, name)) > LIMITS[name]}
    allowed: tuple[tuple[str, str, Collection[str]], ...] = (
        ("template", order.template, TEMPLATES),
        ("urgency", order.urgency, ("", *URGENCIES)),
        ("consent", order.consent, ("", *CONSENT_CHOICES)),
        ("paper", order.paper, _PAPERS),
    )
    wrong |= {name: f"There is no such {name}." for name, given, known in allowed if given not in known}
    if not set(order.sections) <= set(SECTIONS):
        wrong["sections"] = "There is no such section."
    if wrong:
        raise OrderRefused(wrong)


def check_signable(order: Order, formats: Collection[str]) -> None:
    """Raises OrderRefused also where no format is chosen, or nothing is said about consent."""
    check(order)
    wrong = {}
    if not formats or not set(formats) <= set(FORMATS):
        wrong["formats"] = "Choose at least one format."
    elif not set(formats) <= set(formats_of(TEMPLATES[order.template])):
        wrong["formats"] = f"{FORMATS['csv']} holds more than this kind of document may; leave it out."
    if not order.consent and not TEMPLATES[order.template].plain:
        wrong["consent"] = f"Say whether the patient agreed; '{NOT_ASKED}' is an answer too, and is printed."
    if wrong:
        raise OrderRefused(wrong)


def _too_long(order: Order, name: str) -> str:
    length = len(getattr(order, name))
    return f"The {_CALLED[name]} has {length:,} characters; {LIMITS[name]} fit."


def file_name(template: str, record_number: str, as_of: date, made_as: str) -> str:
    """'rheumatology-FB-00017-2026-11-22.pdf': the record number tells two patients' files apart, no name is in it."""
    number = re.sub(r"[^A-Za-z0-9-]+", "-", record_number).strip("-")[:40] or "patient"
    return f"{template.replace('_', '-')}-{number}-{as_of.isoformat()}.{ENDINGS[made_as]}"


def as_json(order: Order, periods: Periods, seen: str = "") -> str:
    """What was asked for, as it is kept with what was made; `seen` is the fingerprint of the preview it was made of."""
    days = {
        name: [each.start.isoformat(), each.end.isoformat()]
        for name, each in (("period", periods.now), ("before", periods.before))
    }
    preview = {"seen": seen} if seen else {}
    return json.dumps({**asdict(order), **days, **preview}, ensure_ascii=False, separators=(",", ":"))


def of_preview(asked: str) -> bool:
    """Whether what was asked for so was looked at before it was made."""
    return bool(asked) and "seen" in json.loads(asked)


def of_json(asked: str) -> Order | None:
    """The order that was kept so; None where none was."""
    if not asked:
        return None
    kept: dict[str, Any] = json.loads(asked)
    known = {name: kept[name] for name in Order.__dataclass_fields__ if name in kept}
    return Order(**{**known, "sections": tuple(known.get("sections", ()))})
