"""A total worked out elsewhere: which questionnaires take one, how it is read, and why it cannot be."""

from datetime import date

from clinical.measures import INSTRUMENTS, Instrument, allowed, instrument, least_item_9, read_total
from clinical.record import Score
from dashboard.services.measure_drafts import Answers

INSTRUMENT, VERSION, DAY, TOTAL, ITEM_9 = "instrument", "version", "day", "total", "item_9"
"""The answers of the form."""
LONGEST_VERSION = 40
OFFERED = tuple(each.code for each in INSTRUMENTS.values() if each.entry != "none")
"""Questionnaires whose total can be entered, in the order of the definitions."""


def problems(answers: Answers, as_of: date, born: date | None) -> dict[str, str]:
    """Why it cannot be saved, by the field that is wrong; empty where it can."""
    code = str(answers.get(INSTRUMENT, ""))
    if code not in OFFERED:
        return {INSTRUMENT: "Choose the questionnaire."}
    found = {
        VERSION: _version(str(answers.get(VERSION, ""))),
        DAY: day_problem(answers, as_of, born),
        TOTAL: total_problem(code, str(answers.get(TOTAL, ""))) or _empty(answers),
    }
    return {field: words for field, words in found.items() if words}


def _version(text: str) -> str:
    return f"At most {LONGEST_VERSION} characters." if len(text.strip()) > LONGEST_VERSION else ""


def day_problem(answers: Answers, as_of: date, born: date | None) -> str:
    """Why the day cannot be, '' where it can."""
    day = day_of(answers, as_of)
    if day > as_of:
        return f"{day.isoformat()} lies in the future. Choose the day it was answered."
    if born is not None and day < born:
        return f"{day.isoformat()} lies before the person was born. Choose the day it was answered."
    return ""


def day_of(answers: Answers, as_of: date) -> date:
    """The day that was chosen; today where none was."""
    said = answers.get(DAY)
    return date.fromisoformat(said) if isinstance(said, str) else as_of


def total_problem(code: str, text: str) -> str:
    """Why that text is no total of the questionnaire, with its range; '' where it is one, and where it is empty."""
    return read_total(code, text).problem


def _empty(answers: Answers) -> str:
    return "" if str(answers.get(TOTAL, "")).strip() else "Enter the total."


def as_score(answers: Answers, as_of: date) -> Score:
    """The score those answers say; only of answers without `problems`."""
    code = str(answers[INSTRUMENT])
    total = read_total(code, str(answers[TOTAL]))
    return Score(day_of(answers, as_of), code, total.value, _item_9(code, answers.get(ITEM_9)), total.unit)


def allowed_words(known: Instrument) -> str:
    """What a total may be: 'a whole number from 0 to 27'."""
    return allowed(known)


def opens_safety(answers: Answers) -> bool:
    """Whether saving it opens the same-day safety item: by the answer, or by a total that cannot be without it."""
    given, code = answers.get(ITEM_9), str(answers.get(INSTRUMENT, ""))
    if not asks_item_9(code):
        return False
    if isinstance(given, int | float) and given > 0:
        return True
    return least_item_9(Score(None, code, read_total(code, str(answers.get(TOTAL, ""))).value)) is not None


def lacks_item_9(answers: Answers) -> bool:
    """Whether it is a PHQ-9 beside which the answer to item 9 is not given."""
    return asks_item_9(str(answers.get(INSTRUMENT, ""))) and not isinstance(answers.get(ITEM_9), int | float)


def asks_item_9(code: str) -> bool:
    """Whether one of its answers opens a safety item, so that it is asked for beside the total."""
    known = instrument(code)
    return known is not None and known.safety_item > 0


def _item_9(code: str, answer: object) -> tuple[float | None, ...]:
    """The one answer that was given beside the total, in its place; no answers where it was not."""
    known = instrument(code)
    if known is None or not known.safety_item or not isinstance(answer, int | float):
        return ()
    items: list[float | None] = [None] * known.item_count
    items[known.safety_item - 1] = float(answer)
    return tuple(items)
