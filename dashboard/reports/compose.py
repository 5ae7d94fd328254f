"""A document made of a record: the sections that were chosen, in their order, and who sends it to whom.

A section without content is named as not recorded and has no heading; those that are always there say what is missing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from clinical.diary import completeness
from dashboard.presenters.notes import discipline, moment
from dashboard.presenters.words import of_days, several
from dashboard.reports import heading
from dashboard.reports.document import Document, Section
from dashboard.reports.left_out import without
from dashboard.reports.one_page import UNKNOWN, Line
from dashboard.reports.pain_sections import pain_title
from dashboard.reports.record import Author, Order, Record
from dashboard.reports.sections import (
    care,
    course,
    data_notes,
    measures,
    medicines,
    notes,
    opening,
    pain,
    plain,
    pointers,
    safety,
)
from dashboard.reports.sections.content import Maker
from dashboard.reports.templates import SECTIONS, TEMPLATES, SectionKind, Template

MAKERS: Mapping[str, Maker] = {
    "reason": opening.reason,
    "red_flags": safety.red_flags,
    "allergies": safety.allergies,
    "diagnoses": care.diagnoses,
    "matters": care.matters,
    "pain": pain.pain,
    "criteria": pain.criteria,
    "course": course.course,
    "daily_life": course.daily_life,
    "associations": course.associations,
    "measures": measures.measures,
    "medication": medicines.medication,
    "treatments": care.treatments,
    "pointers": pointers.pointers,
    "examination": notes.examination,
    "plan": care.agreed,
    "assessment": care.formulation,
    "notes": notes.notes,
    "data_notes": data_notes.data_notes,
}


def compose(record: Record, order: Order, author: Author, *, signed_at: datetime | None = None) -> Document:
    """The document as ordered; `signed_at` None for a preview. Raises ValueError for a record read without pages."""
    template, taken = TEMPLATES[order.template], left_out(order)
    record = without(record, [kind.code for kind in taken])
    logged = _logged(record, template)
    made = {kind: _section(record, order, kind) for kind in chosen(order)}
    return Document(
        template=template.code,
        title=_title(record, template),
        paper=order.paper,
        patient_name=heading.name(record),
        patient_line=heading.identifiers(record),
        record_number=record.head.record_number,
        synthetic=record.head.synthetic,
        header=_header(record, order, author, logged),
        sections=tuple(section for section in made.values() if section is not None),
        not_recorded=tuple(kind.title for kind, section in made.items() if section is None),
        signature=_signature(order, author, signed_at),
        period=record.periods.now,
        logged=logged,
        author=author.name,
        made_on=record.as_of,
        signed_at=signed_at,
        left_out=tuple(kind.title for kind in taken),
    )


def offered(template: Template) -> tuple[SectionKind, ...]:
    """The sections that a document of that kind may hold, in the order they are printed, by the titles they have."""
    if template.plain:
        return tuple(replace(SECTIONS[code], title=plain.TITLES[code]) for code in plain.MAKERS)
    kinds = tuple(kind for kind in SECTIONS.values() if kind.code in MAKERS)
    return kinds if template.summary else tuple(map(_of_letter, kinds))


def _of_letter(kind: SectionKind) -> SectionKind:
    """In a letter there is no referral to give a reason for."""
    return replace(kind, title=opening.LETTER_TITLE) if kind.code == "reason" else kind


def chosen(order: Order) -> tuple[SectionKind, ...]:
    """The sections of that order: what was chosen, or the short set, and those that are always there."""
    template = TEMPLATES[order.template]
    wanted = frozenset(order.sections or template.short)
    return tuple(kind for kind in offered(template) if kind.always or kind.code in wanted)


def left_out(order: Order) -> tuple[SectionKind, ...]:
    """The sections of the short set that the sender took out, in the order they would be printed."""
    template, kept = TEMPLATES[order.template], {kind.code for kind in chosen(order)}
    return tuple(kind for kind in offered(template) if kind.code in template.short and kind.code not in kept)


def _logged(record: Record, template: Template) -> str:
    """'61 of 84 days logged'; to the patient 'an entry on 61 of 84 days'."""
    found = completeness(record.diary, record.periods.now)
    if template.plain:
        return f"an entry on {found.days_logged:,} of {several(found.days, 'day')}"
    return of_days(found.days_logged, found.days)


def _section(record: Record, order: Order, kind: SectionKind) -> Section | None:
    """The section under its heading; None where it has nothing to say."""
    makers = plain.MAKERS if TEMPLATES[order.template].plain else MAKERS
    content = makers[kind.code](record, order)
    if not content.blocks:
        return None
    return Section(kind.code, _named(record, kind), content.blocks, content.source, content.rests_on)


def _named(record: Record, kind: SectionKind) -> str:
    """The section's title; pain of a time long over is not pain now."""
    says_now = kind.title == SECTIONS["pain"].title
    return pain_title(record) if says_now and heading.long_over(record) else kind.title


def _header(record: Record, order: Order, author: Author, logged: str) -> tuple[Line, ...]:
    """The header of the first page; a patient reads whom it is from and which days it is about."""
    lines = heading.header(record, order, author, logged)
    if not TEMPLATES[order.template].plain:
        return lines
    known = {"From": "From", "Date": "Date", "Period": "Days it is about", "Diary": "Your diary"}
    return tuple(Line(known[line.label], line.text) for line in lines if line.label in known)


def _title(record: Record, template: Template) -> str:
    """'Referral to rheumatology: SAMPLE, Rowan (FB-00017)'; a letter says whose it is beneath its title."""
    whose = f": {heading.name(record)} ({record.head.record_number})" if template.summary else ""
    return f"{template.title}{whose}"


def _signature(order: Order, author: Author, signed_at: datetime | None) -> tuple[Line, ...]:
    """Who wrote it, whether and when it was signed, who looked at it besides, and to whom it goes."""
    reviewed = () if TEMPLATES[order.template].plain else (Line("Reviewed by", UNKNOWN),)
    known_as = f"{author.name}, {discipline(author.discipline).lower()}" if author.discipline else author.name
    return (
        Line("Author", known_as),
        Line("Signed", moment(signed_at) if signed_at else "not signed: a preview"),
        *reviewed,
        Line("To", order.recipient.strip() or UNKNOWN),
    )
