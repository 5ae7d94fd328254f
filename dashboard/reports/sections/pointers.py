"""Pointers to other conditions: what pattern was seen, not seen or cannot be told, with the caution first."""

from dashboard.presenters import pointers as words
from dashboard.presenters.words import sentence_case
from dashboard.reports.document import Block
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import COMPUTED, NOTHING, Content, headed, of_facts, pages_of, paragraphs


def pointers(record: Record, _: Order) -> Content:
    """The sentence on top, each look-alike, the sets of inflammatory back pain; nothing without log and answers."""
    view = pages_of(record).pointers
    if not view.days_logged and not view.safety.standing:
        return NOTHING
    look_alikes = of_facts(words.look_alike(each, view.as_of) for each in view.found.look_alikes)
    sets = of_facts(words.back_pain_set(each, view.as_of) for each in view.found.sets)
    blocks: tuple[Block, ...] = (
        *paragraphs(words.lead(view).text, *((words.CAUTION, words.FIBROMYALGIA) if view.found.seen else ())),
        *headed(words.LOOK_ALIKES_HEADING, look_alikes),
        *headed(words.SETS_HEADING, sets),
    )
    return Content(blocks, COMPUTED, sentence_case(words.rests_on(view)))
