"""The patient copy: what was asked to be on the safe side, how soon to speak of what is open; never reassurance."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from clinical.red_flags import RED_FLAGS, Level
from clinical.safety import ITEM_9, NO, YES, Answer, SafetyItem
from dashboard.presenters.words import several
from dashboard.reports import safety_sections
from dashboard.reports.document import Block
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import Content, bullets, headed, pages_of, paragraphs
from dashboard.reports.sections.plain_words import FROM_RECORD, on

_TODAY = "Please tell your team today. If it is new or worse, get urgent medical help."
HOW_SOON: Mapping[Level, str] = {
    "emergency": f"Act now, the same day. {_TODAY}",
    "same_day": f"This is for today. {_TODAY}",
    "urgent": "This is urgent. Please tell your team as soon as you can. If it gets worse, get urgent medical help.",
    "soon": "Please speak with your team about this soon.",
}
"""What each level of the checklist asks of the person; the first words are the checklist's, the others ours [P]."""
_AT_ANY_TIME = "You can speak about this with your team at any time."
OF_SELF_HARM: Mapping[str, str] = {
    "stated_intent": f"You told your team that you want to end your life, or to hurt yourself. {_AT_ANY_TIME}",
    ITEM_9: (
        "In a questionnaire you said that you have had thoughts of being better off dead or of hurting yourself. "
        f"{_AT_ANY_TIME}"
    ),
}
"""What was said of self-harm, to the person themselves and in words of care [P]."""
NOT_ASKED = "Some questions are asked to be on the safe side. They have not been asked here yet. You can ask for them."


def red_flags(record: Record, _: Order) -> Content:
    """What is still to be talked about and how soon, then how many questions were asked with what answer."""
    standing = pages_of(record).pointers.safety.standing
    asked = [each for name, each in standing.items() if name in RED_FLAGS and each.asked_on <= record.as_of]
    still = safety_sections.still_open(record)
    told = headed("Please talk with your team about this", _open(still))
    if not asked and not told:
        return Content(paragraphs(NOT_ASKED), FROM_RECORD)
    return Content((*told, *paragraphs(_counted(asked, still))), "your answers, written down by your team")


def _open(still: Sequence[SafetyItem]) -> tuple[Block, ...]:
    """The most pressing first, each level under how soon to speak of it."""
    blocks: list[Block] = []
    for level, items in groupby(still, key=lambda item: item.level):
        blocks += [*paragraphs(HOW_SOON[level], strong=True), *bullets(map(_item, items))]
    return tuple(blocks)


def _item(item: SafetyItem) -> str:
    """What was answered with yes, as it was asked, and when; thoughts of self-harm in words of care."""
    if item.question in OF_SELF_HARM:
        return OF_SELF_HARM[item.question]
    return f"You said yes{on(item.day)}. The question was: “{RED_FLAGS[item.question].wording}”"


def _counted(asked: Sequence[Answer], still: Sequence[SafetyItem]) -> str:
    """How many were asked: what stands above counts as yes, whatever was answered since."""
    if not asked:
        return ""
    named = {item.question for item in still}
    yes = [each for each in asked if each.answer == YES or each.question in named]
    no = sum(each.answer == NO and each.question not in named for each in asked)
    closed = sum(each.question not in named for each in yes)
    done = f" Your team has looked at {closed} of these and closed {'it' if closed == 1 else 'them'}." if closed else ""
    return (
        f"Your team asked you {several(len(asked), 'question')} to be on the safe side. You said yes to {len(yes)} and "
        f"no to {no}.{done} If anything has changed since then, tell your team."
    )
