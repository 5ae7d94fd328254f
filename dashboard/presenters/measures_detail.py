"""One questionnaire in full: what its score means, what would be important, its item answers, who entered it."""

from dataclasses import dataclass

from clinical.measures import items as shipped
from dashboard.presenters import measures_words as words
from dashboard.presenters.notes import moment
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import escaped, full_day, plainly, sentence_case
from dashboard.services.measures import Course, MeasuresView, Reading
from data_access.measures import Entered

SOURCES = {
    "clinic": "entered on screen",
    "fhir": "imported (FHIR)",
    "flareboard_csv": "imported (CSV)",
    "demo": "invented for the demonstration",
    "patient": "from the patient",
    "choir": "imported (CHOIR)",
}
NO_WORDING = "Wording of this questionnaire may not be shown here: items by their number."


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """One answer: the question (or only its number) and what was answered, with its words where they may be shown."""

    asked: str
    answer: str
    given: bool


def heading(reading: Reading) -> str:
    """'PHQ-9: 14 on 14 Nov 2026'."""
    when = full_day(reading.day) if reading.day else "date not recorded"
    return f"{reading.score.instrument}: {words.value(reading)}{f', {when}'}"


def options(course: Course) -> list[str]:
    """Every score of a questionnaire, oldest first, each by a name of its own: '14 Nov 2026: 14, moderate'."""
    said = [_option(each) for each in course.readings]
    twice = {each for each in said if said.count(each) > 1}
    nth = [said[: place + 1].count(each) for place, each in enumerate(said)]
    return [f"{each} (number {n})" if each in twice else each for each, n in zip(said, nth, strict=True)]


def _option(reading: Reading) -> str:
    when = full_day(reading.day) if reading.day else "date not recorded"
    band = f", {reading.meaning.band}" if reading.meaning.band else ""
    return f"{when}: {words.value(reading)}{band}"


def facts(course: Course, place: int, view: MeasuresView) -> tuple[Fact, ...]:
    """What it means, whether it changed importantly, what is missing and where it is from; each with its evidence."""
    reading = course.readings[place]
    meaning = words.meaning_evidence(reading)
    found = [
        Fact("Meaning", words.meaning(reading), _bands_note(reading), meaning, known=bool(reading.meaning.band)),
        _against(course, place, view),
        Fact("Answered", _answered(reading, view), _missing(reading), meaning),
    ]
    known = reading.instrument
    if known is not None:
        recall = known.recall.text or "not stated"
        doubt = " (unconfirmed)" if known.recall.text and known.recall.evidence == "K" else ""
        found.append(Fact("Asks about", f"{recall}{doubt}", words.direction(known), meaning))
    return tuple(found)


def _bands_note(reading: Reading) -> str:
    used = reading.meaning.band_set
    if used is None:
        return reading.meaning.why
    return f"{used.note or used.source}{', unconfirmed' if used.evidence == 'K' else ''}"


def _answered(reading: Reading, view: MeasuresView) -> str:
    unknown = f"; {words.ITEM_9_UNKNOWN}" if view.lacks_item_9(reading) else ""
    return f"{words.answered(reading)}{unknown}"


def _against(course: Course, place: int, view: MeasuresView) -> Fact:
    reading = course.readings[place]
    judged, evidence = reading.judged, words.important_evidence(course, place)
    text, former = words.important(judged), words.before(course, view, place)
    name = f"Against the last score of {former}" if former else "Against the last score"
    if not text:
        return Fact(name, words.against(reading), "", evidence, known=False)
    why = words.why_open(judged)
    detail = f"{sentence_case(why)}: {words.by_which(judged)}" if why else words.by_which(judged)
    return Fact(name, f"{words.against(reading)}: {text}", detail, evidence)


def _missing(reading: Reading) -> str:
    known = reading.instrument
    if known is None:
        return ""
    doubt = " (unconfirmed)" if known.missing_rule.evidence == "K" else ""
    return f"{sentence_case(known.missing_rule.text)}{doubt}"


def caveat(reading: Reading) -> str:
    """What must stand beside the number, '' for most questionnaires; and what its own answers give, where another."""
    known, said = reading.instrument, reading.meaning.caveat.rstrip(".")
    if known is None or not said:
        return ""
    doubt = " Unconfirmed." if known.caveat.text and known.caveat.evidence == "K" else ""
    return f"{said}.{doubt}"


def answers(reading: Reading) -> tuple[ItemAnswer, ...]:
    """Every item with its answer, worded only where the wording may be shown; none where no answers are held."""
    form = shipped(reading.score.instrument)
    asked = {item.place: item for item in form.items} if form else {}
    found = []
    for place, given in enumerate(reading.score.items, 1):
        item = asked.get(place)
        said = dict(item.answers).get(given, "") if item and given is not None else ""
        text = f"{place}. {item.text}" if item else f"Item {place}"
        number = "not answered" if given is None else plainly(given)
        found.append(ItemAnswer(text, f"{number}{f' · {said}' if said else ''}", given is not None))
    return tuple(found)


def answers_table(reading: Reading) -> str:
    """The answers as a Markdown table; '' where none are held."""
    rows = [f"| {escaped(each.asked)} | {escaped(each.answer)} |" for each in answers(reading)]
    return "\n".join(["| Item | Answer |", "| --- | --- |", *rows]) if rows else ""


def wording_note(reading: Reading) -> str:
    """Attribution of the wording, or why there is none."""
    form = shipped(reading.score.instrument)
    return form.attribution if form else NO_WORDING


def origin(reading: Reading, view: MeasuresView) -> str:
    """'Entered on screen by Dr Ada Invented; version 2010': where the number comes from."""
    entered = reading.entered
    by = f" by {view.names.get(entered.entered_by, 'somebody')}" if entered.entered_by is not None else ""
    version = f"; version: {entered.version}" if entered.version else ""
    return f"{sentence_case(SOURCES.get(entered.source, entered.source))}{by}{version}."


def withdrawn(entered: Entered, view: MeasuresView) -> str:
    """'PHQ-9 14 of 14 Nov 2026, withdrawn by Milo Invented, 22 Nov 2026 09:30: wrong person'."""
    said, change = entered.record, entered.withdrawal
    when = f" of {full_day(said.day)}" if said.day else ", date not recorded"
    value = "no total" if said.score is None else plainly(said.score)
    if change is None:
        return f"{said.instrument} {value}{when}"
    by = view.names.get(change.user_id, "somebody")
    return f"{said.instrument} {value}{when}, withdrawn by {by}, {moment(change.withdrawn_at)}: {change.reason}"


def nothing(view: MeasuresView) -> tuple[str, str]:
    """Title and text of the page without a dated score."""
    if view.state == "undated_only":
        return (
            "No score with a date",
            "The scores on record came without a date. They stand below, apart: a score without a day is compared with "
            "nothing and never placed on a time axis.",
        )
    return (
        "No questionnaire score yet",
        "Fill in a questionnaire with the patient, or enter a total that was worked out elsewhere. Scores of an "
        "imported record appear here by themselves.",
    )
