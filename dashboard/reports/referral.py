"""The referral summary put into words: record and order in, the finished page out. Facts only, no verdicts.

Minimum necessary: the page sums up the sections that were chosen, and holds nothing of the others.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from clinical.diary import completeness
from dashboard.presenters.words import of_days, span
from dashboard.reports import (
    compose,
    course_sections,
    data_notes,
    document_words,
    heading,
    medication_sections,
    outcome_sections,
    pain_maps,
    plan_sections,
    safety_sections,
)
from dashboard.reports.left_out import without
from dashboard.reports.one_page import NO_QUESTION, NO_REASON, OnePage
from dashboard.reports.pain_sections import pain_lines, pain_title
from dashboard.reports.record import Author, Order, Record
from dashboard.reports.score_sections import latest_scores, undated_scores
from dashboard.reports.templates import TEMPLATES

_PARTS: Mapping[str, tuple[str, ...]] = {
    "diagnoses": ("diagnoses",),
    "matters": ("matters",),
    "pain": ("pain_title", "pain", "typical_title", "typical", "before_title", "before", "worst_title", "worst"),
    "course": ("course_title", "courses", "course_text", "outcomes_title", "outcomes", "compared"),
    "measures": ("scores", "undated_scores"),
    "medication": ("prompts", "medicines", "medicines_note", "other_prompts", "stopped"),
    "treatments": ("treatments",),
    "plan": ("goals", "attainment", "actions"),
}
"""What of the page each section stands for; all else is always there."""


def referral(record: Record, order: Order, author: Author) -> OnePage:
    """The page of that record, addressed as ordered, with the sections that were chosen."""
    taken = compose.left_out(order)
    record = without(record, [kind.code for kind in taken])
    shown = tuple(kind.code for kind in compose.chosen(order))
    made = _whole(record, order, author)
    said = document_words.left_out([kind.title for kind in taken])
    return replace(made, shown=shown, left_out=said, **_emptied(made, shown))


def _emptied(page: OnePage, shown: Collection[str]) -> dict[str, Any]:
    """The parts of the sections that were not chosen, with nothing in them."""
    names = (name for code, parts in _PARTS.items() if code not in shown for name in parts)
    return {name: type(getattr(page, name))() for name in names}


def _whole(record: Record, order: Order, author: Author) -> OnePage:
    """The page with every part it can have."""
    period = record.periods.now
    logged = of_days(completeness(record.diary, period).days_logged, period.days)
    name, called = heading.name(record), TEMPLATES[order.template].title
    return OnePage(
        title=f"{called}: {name} ({record.head.record_number})",
        heading=called,
        record_number=record.head.record_number,
        patient_name=name,
        patient_line=heading.identifiers(record),
        synthetic=record.head.synthetic,
        shown=(),
        left_out="",
        header=heading.header(record, order, author, logged),
        footer=(f"{name[:60]} · {record.head.record_number[:40]}", span(period), logged, f"Author: {author.name}"),
        allergies=plan_sections.allergies(record),
        red_flag=safety_sections.open_red_flags(record),
        red_flags=safety_sections.asked_red_flags(record),
        prompts=medication_sections.dangers(record),
        unanswered=_unanswered(record),
        reason=order.reason.strip() or NO_REASON,
        question=order.question.strip() or NO_QUESTION,
        diagnoses=plan_sections.diagnoses(record),
        matters=plan_sections.matters(record),
        goals=plan_sections.goals(record),
        attainment=plan_sections.attainment(record),
        treatments=plan_sections.treatments(record),
        stopped=plan_sections.stopped(record),
        actions=plan_sections.actions(record),
        **_pain(record),
        course_title=course_sections.course_title(record),
        courses=course_sections.courses(record),
        course_text=course_sections.course_text(record),
        outcomes_title=outcome_sections.title(record),
        outcomes=outcome_sections.known_outcomes(record),
        compared=outcome_sections.compared(record),
        scores=latest_scores(record),
        undated_scores=undated_scores(record),
        medicines=plan_sections.medicines(record),
        medicines_note=plan_sections.medicines_note(record),
        other_prompts=medication_sections.other_prompts(record),
        data_notes=data_notes.of_one_page(record),
        logged=logged,
    )


def _pain(record: Record) -> dict[str, Any]:
    """Pain in numbers, and the three maps under the days they are of."""
    return {
        "pain_title": pain_title(record),
        "pain": pain_lines(record),
        "typical_title": pain_maps.named(record, "typical"),
        "typical": pain_maps.typical(record),
        "before_title": pain_maps.before_title(record),
        "before": pain_maps.before(record),
        "worst_title": pain_maps.named(record, "worst"),
        "worst": pain_maps.worst(record),
    }


def _unanswered(record: Record) -> tuple[str, ...]:
    """What a reader will want to know of what stands here, and the page cannot say."""
    medicines = () if "medication" in record.left_out else medication_sections.unanswered(record)
    return (*safety_sections.unanswered(record), *medicines)
