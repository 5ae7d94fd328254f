"""A questionnaire while it is filled in, in words: how far, what is missing, what it scores, what saving will do."""

from collections.abc import Sequence

from clinical.measures import Item, Scored, instrument, meaning, read_total
from clinical.record import Score
from dashboard.presenters import measures_words as words
from dashboard.presenters.words import listed, plainly, sentence_case
from dashboard.services import measure_forms, measure_totals
from dashboard.services.measure_drafts import TOTALS, Answers, Held
from dashboard.services.measure_forms import ScreenForm

ITEM_9_OPENS = (
    "Item 9 is above 0: saving opens a safety item for today. It stays open until a named clinician closes it with a "
    "reason. Ask the person now."
)
NOT_SAVED_YET = "Nothing is a score before it is saved; every answer is kept as a draft as soon as it is given."


def progress(form: ScreenForm, answers: Answers) -> tuple[float, str]:
    """The share that is answered, 0 to 1, and '7 of 9 answered'."""
    done, of = form.answered(answers), len(form.names)
    return done / of, f"{done} of {of} answered"


def saved(held: Held) -> str:
    """'Draft saved 14:03:22', or that nothing is kept yet."""
    if held.saved_at is None:
        return "Every answer is saved as a draft"
    return f"Draft saved {held.saved_at.astimezone():%H:%M:%S}"


def label(item: Item) -> str:
    """The question with its place, and the ends of a scale of numbers."""
    ends = [f"{plainly(value)} {said}" for value, said in item.answers if said]
    numbers = f" ({', '.join(ends)})" if len(ends) < len(item.answers) else ""
    return f"{item.place} – {item.text}{numbers}"


def answer(item: Item, value: float) -> str:
    """An answer in its words; a number where it has none beside its neighbours'."""
    said = dict(item.answers)
    return said[value] if all(said.values()) else plainly(value)


def results(form: ScreenForm, answers: Answers) -> tuple[str, ...]:
    """What would be saved, one line a questionnaire: the score with its band, or why there is none."""
    return tuple(_result(each, form, answers) for each in measure_forms.scored(form, answers))


def _result(scored: Scored, form: ScreenForm, answers: Answers) -> str:
    if scored.kept is None:
        return f"{scored.code}: no total. {_why(scored, form, answers)}"
    known = instrument(scored.code)
    read = meaning(Score(None, scored.code, scored.kept, unit="" if scored.t_score is None else "T score"))
    scale = f" of {known.high:g}" if known and known.score and scored.t_score is None else " (T score)"
    band = f", {read.band}" if read.band else ""
    gaps = "" if not scored.missing else f". {_why(scored, form, answers)}"
    return f"{scored.code}: {plainly(read.value)}{scale}{band}{gaps}"


def _why(scored: Scored, form: ScreenForm, answers: Answers) -> str:
    """'Not answered: 3 and 7. No published rule for missing items ...', what the rule makes of the gaps."""
    known = instrument(scored.code)
    rule = f" {sentence_case(known.missing_rule.text)}." if known else ""
    if scored.code == "WPI":
        return "Not answered: the areas. Choose those that hurt, or say that none does."
    gaps = [str(place) for place in scored.missing]
    return f"Not answered: {listed(gaps, 25)}.{rule}"


def opens_safety(form: ScreenForm, answers: Answers) -> bool:
    """Whether saving these answers opens the same-day safety item."""
    return any(_positive(code, answers) for code in form.codes)


def _positive(code: str, answers: Answers) -> bool:
    known = instrument(code)
    given = answers.get(f"item_{known.safety_item}") if known and known.safety_item else None
    return isinstance(given, int | float) and given > 0


def lacks_item_9(form: ScreenForm, answers: Answers) -> bool:
    """Whether it is a PHQ-9 whose item 9 is not answered."""
    known = [instrument(code) for code in form.codes]
    return any(each is not None and each.safety_item and f"item_{each.safety_item}" not in answers for each in known)


def begun(name: str, held: Held) -> str:
    """'PHQ-9 begun, 5 of 9 answered'; a total: 'Total begun'."""
    form = measure_forms.form(name)
    if name == TOTALS or form is None:
        code = str(held.answers.get(measure_totals.INSTRUMENT, ""))
        return f"Total of {code} begun" if code else "Total begun"
    doubt = ". Item 9 is above 0 and not saved yet" if opens_safety(form, held.answers) else ""
    return f"{name} begun, {progress(form, held.answers)[1]}{doubt}"


def already(scores: Sequence[Score]) -> str:
    """That the same questionnaire counts already on that day; '' where it does not."""
    if not scores:
        return ""
    said = [f"{each.instrument} {'without a total' if each.score is None else plainly(each.score)}" for each in scores]
    return f"On record of that day already: {listed(said, 4)}. Both would count; if one of them is wrong, withdraw it."


def done(scores: tuple[tuple[str, float | None], ...], *, asks: bool = False) -> str:
    """'Saved: PHQ-9 14', 'Saved: PHQ-9 without a total'; `asks` where item 9 is not known from it."""
    said = [f"{code} {'without a total' if value is None else plainly(value)}" for code, value in scores]
    ask = f" PHQ-9 {words.ITEM_9_UNKNOWN}." if asks else ""
    return f"Saved: {listed(said, 4)}.{ask}"


def total_preview(answers: Answers) -> str:
    """What the total that was typed says, before it is saved; '' while it is none."""
    code, text = str(answers.get(measure_totals.INSTRUMENT, "")), str(answers.get(measure_totals.TOTAL, ""))
    known = instrument(code)
    if known is None or not text.strip() or measure_totals.total_problem(code, text):
        return ""
    total = read_total(code, text)
    read = meaning(Score(None, code, total.value, unit=total.unit))
    band = f", {read.band}" if read.band else f" ({read.why})" if read.why else ""
    kind = " (T score)" if read.kind == "T score" else ""
    ask = f"; {words.ITEM_9_UNKNOWN}" if measure_totals.lacks_item_9(answers) else ""
    return f"{code}: {plainly(read.value)}{kind}{band}; {words.direction(known)}{ask}"
