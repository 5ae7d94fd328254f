"""Medicines: prescribed and taken, what the checks raise and how it was answered, numbers with their method."""

from clinical import marks
from dashboard.presenters import medication_list, medication_numbers, medication_prompts, medication_tables
from dashboard.presenters.medication_prompts import Card
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import mid_sentence, of_days, sentence_case, span
from dashboard.reports import medication_sections, print_lanes
from dashboard.reports.document import Block, Table
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import (
    BOTH,
    NOTHING,
    Content,
    bullets,
    headed,
    of_facts,
    pages_of,
    paragraphs,
    picture,
)
from dashboard.services.medication_review import MedicationView

NO_DAY = "A day without a dose record is unknown, not missed."
_EVERY = 10_000
"""The detail names every medicine that a check could not look at."""
SIDE_EFFECTS = "Effect and side effects are recorded as reasons for stopping and in notes, not by medicine."


def medication(record: Record, _: Order) -> Content:
    """The list by standing, past medicines with the reason, checks with answers, numbers, what was not checked."""
    view = pages_of(record).medication
    if view.empty:
        return NOTHING
    blocks = (
        *_lists(view),
        *picture("medicines", print_lanes.figure(record)),
        *paragraphs(f"{NO_DAY} {SIDE_EFFECTS}"),
        *_numbers(view),
        *_checks(view),
        *_tables(view),
        *paragraphs(medication_sections.not_checked(record, most=_EVERY)),
    )
    return Content(blocks, BOTH, f"taken: {span(view.last_28)}, {of_days(view.logged_28, view.last_28.days)}")


def _lists(view: MedicationView) -> tuple[Block, ...]:
    """One table a standing: on the list, only logged, not begun, stopped with the reason."""
    shown = medication_list.listed(view, (), may_change=False)
    return tuple(_list(group) for group in shown.groups)


def _list(group: medication_list.Group) -> Table:
    columns = (*medication_list.COLUMNS[:4], medication_list.COLUMNS[5])
    return Table(
        group.title, columns, tuple((sentence_case(row.cells[0]), *row.cells[1:4], _turns(row)) for row in group.rows)
    )


def _turns(row: medication_list.Row) -> str:
    """What pain did before and after its start, change and stop, as far as anything can be said."""
    return "; ".join(_turn(fact) for fact in row.turns) or row.no_turn


def _turn(fact: Fact) -> str:
    return f"{fact.name}: {mid_sentence(fact.value)}{f' ({fact.detail})' if fact.detail else ''}"


def _numbers(view: MedicationView) -> tuple[Block, ...]:
    """As-needed use, painkiller days, daily paracetamol, MME with its method, medicines beside activity."""
    found = medication_numbers.facts(view)
    methods = [f"{fact.name}: {marks.in_words(fact.evidence.rows[0][1])}" for fact in found]
    return (*headed(medication_numbers.HEADING, of_facts(found)), *bullets(methods))


def _checks(view: MedicationView) -> tuple[Block, ...]:
    """Every prompt that stands with its answers, the gravest first; what it means that there is none."""
    shown = medication_prompts.prompts(view, may_answer=False)
    cards = [card for group in shown.groups for card in group.prompts]
    said = paragraphs(shown.nothing)
    if not cards:
        return headed("Checks of the medicines", said)
    columns = ("Level", "Prompt", "Guideline", "Answered")
    return (Table("Checks of the medicines: prompts, never verdicts", columns, tuple(map(_check, cards))), *said)


def _check(card: Card) -> tuple[str, ...]:
    answered = "; ".join(card.answers) or "open"
    return card.level_said, f"{card.title}. {card.statement}", card.mark or "–", answered


def _tables(view: MedicationView) -> tuple[Block, ...]:
    """MME with its factors, and doses to look at again; what is not checked is said in a sentence."""
    blocks: list[Block] = []
    for plain in medication_tables.computed(view):
        blocks += [Table(plain.title, plain.columns, plain.rows), *paragraphs(marks.in_words(plain.note))]
    return tuple(blocks)
