"""Red flags with who asked when, what was answered and what was not asked; allergies."""

from clinical.red_flags import GROUPS, RED_FLAGS, of_group
from clinical.safety import NO, YES, Answer
from dashboard.presenters import safety as words
from dashboard.presenters.words import full_day, sentence_case
from dashboard.reports import plan_sections, safety_sections
from dashboard.reports.document import Block, Table
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import ENTERED, Content, bullets, headed, pages_of, paragraphs

_SAID = {YES: "Yes", NO: "No"}
ASKED_BY = "answered by the patient, asked and entered by a clinician"


def red_flags(record: Record, _: Order) -> Content:
    """What is open first; every question that was asked with its answer; those not asked by name."""
    view = pages_of(record).pointers.safety
    asked = {name: each for name, each in view.standing.items() if each.asked_on <= record.as_of and name in RED_FLAGS}
    blocks: tuple[Block, ...] = paragraphs(safety_sections.open_red_flags(record), strong=True)
    if not asked:
        return Content((*blocks, *paragraphs(safety_sections.NOT_ASKED), *_closed(record)), ENTERED)
    last = max(each.asked_on for each in asked.values())
    told = (
        *blocks,
        _table(asked),
        *headed("Not asked", bullets(_not_asked(asked))),
        *_closed(record),
        *paragraphs(words.CAUTION),
    )
    return Content(told, ASKED_BY, f"asked last on {full_day(last)}; {len(asked)} of {len(RED_FLAGS)} questions asked")


def _table(asked: dict[str, Answer]) -> Table:
    """The questions asked, those answered with yes first, in the order of the checklist."""
    order = list(RED_FLAGS)
    ordered = sorted(asked.values(), key=lambda each: (each.answer != YES, order.index(each.question)))
    rows = tuple(_row(each) for each in ordered)
    return Table("Red flags that were asked", ("Question", "Answer", "Asked on", "By", "Remark"), rows)


def _row(each: Answer) -> tuple[str, ...]:
    said = _SAID.get(each.answer, "Not known")
    flag = RED_FLAGS[each.question]
    return f"{flag.label} ({flag.group})", said, full_day(each.asked_on), each.user_name, each.remark or "–"


def _not_asked(asked: dict[str, Answer]) -> list[str]:
    """'Cauda equina: new sexual dysfunction', 'Infection (none asked): fever; rigors; ...', one a group."""
    groups = []
    for group in GROUPS:
        open_ = [flag.label.lower() for flag in of_group(group) if flag.question not in asked]
        if open_:
            none = " (none asked)" if len(open_) == len(of_group(group)) else ""
            groups.append(f"{sentence_case(group)}{none}: {'; '.join(open_)}")
    return groups


def _closed(record: Record) -> tuple[Block, ...]:
    """What clinicians closed, with their reasons."""
    closed = [words.closed(each, record.as_of) for each in pages_of(record).pointers.safety.closed]
    return headed("Closed by a clinician", bullets(closed))


def allergies(record: Record, _: Order) -> Content:
    """Every allergy on record, the most critical first; that none is on record is never 'none known'."""
    found = plan_sections.allergies(record)
    return Content(bullets(found.items) or paragraphs(found.nothing), ENTERED)
