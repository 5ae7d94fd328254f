"""One questionnaire score in words: value, range, meaning, change, importance, each with rule, source and mark."""

from clinical.measures import BandSet, Difference, Instrument, Judged
from clinical.measures.scored import Important
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.known import UNITS
from dashboard.presenters.words import MINUS, day, full_day, listed, plainly, several
from dashboard.services.measures import Course, MeasuresView, Reading

UP, DOWN = "▲", "▼"
MARKS = {
    "V": "read in the primary source",
    "V2": "read in a secondary source that names the primary one",
    "K": "unconfirmed: from general knowledge, not checked again",
    "P": "our own choice, no published source",
}
"""What the evidence marks of the reference mean."""
CAUTION = "A prompt to read the answers with the person, never a verdict."
NONE_DEFINED = "none defined"
NO_MARK = "no agreed mark"
FIRST, NO_TOTAL = "first score", "no total"
MAY_BE = "may be important"
WHY_DISAGREE, WHY_BETWEEN = "the published marks disagree", "it lies between the ends of the published mark"
WHY_NO_FIGURE = "the published mark cannot be worked out for it"
ITEM_9_UNKNOWN = "item 9 not known: ask"
"""A statement beside a PHQ-9 whose answer to item 9 is not on record; it opens nothing and closes nothing."""


def value(reading: Reading) -> str:
    """'14', '58.5', '−1', '21342' of a profile, or 'no total'."""
    if reading.meaning.profile:
        return reading.meaning.profile
    shown = reading.meaning.value
    return NO_TOTAL if shown is None else plainly(shown).replace("-", MINUS)


def scale(reading: Reading) -> str:
    """'0–27', 'T, mean 50', 'MME a day' of an amount, or that the range is not known."""
    known = reading.instrument
    if known is None:
        return "not known"
    if reading.meaning.kind == "T score" or (reading.meaning.kind == "no total" and known.entry == "T"):
        return "T, mean 50"
    if reading.meaning.profile:
        return "five levels, 1–5"
    ends = known.score
    if ends is None:
        return "not known"
    if not is_scale(known):
        return UNITS.get(reading.score.unit, "") or "an amount"
    return f"{ends.low:g}–{ends.high:g}".replace("-", MINUS)


LARGEST_SCALE = 1000
"""No questionnaire reaches further; steps and doses that came in as scores do, and are amounts without a better way."""


def better(known: Instrument | None) -> str:
    """The same with an arrow: '▼ better'."""
    if not direction(known):
        return ""
    return f"{DOWN if known is not None and known.higher_is == 'worse' else UP} better"


def is_scale(known: Instrument) -> bool:
    """Whether its range is that of a scale and not only what an amount may be."""
    return known.score is None or known.score.high <= LARGEST_SCALE


def direction(known: Instrument | None) -> str:
    """Which way is better; '' where that is not known."""
    if known is None or not is_scale(known):
        return ""
    return "lower is better" if known.higher_is == "worse" else "higher is better"


def answered(reading: Reading) -> str:
    """'9 of 9', '7 of 9', or 'total only' where no answers are held."""
    known = reading.instrument
    items = reading.score.items
    if not items:
        return "total only"
    asked = max(len(items), known.item_count if known else 0)
    return f"{sum(item is not None for item in items)} of {asked}"


def meaning(reading: Reading) -> str:
    """The band, or that none is defined."""
    return reading.meaning.band or NONE_DEFINED


def unconfirmed(mark: str) -> str:
    """'unconfirmed' behind what nobody checked; nothing for the rest."""
    return "unconfirmed" if mark == "K" else ""


def never(reading: Reading) -> str:
    """What the number must not be taken for, '' for most: 'Never evidence of a nerve lesion'."""
    caveat = reading.instrument.caveat.text if reading.instrument else ""
    return caveat.partition(":")[0].partition(",")[0] if caveat.startswith("Never") else ""


def against(reading: Reading) -> str:
    """'▲ 6', 'unchanged', 'first score', or that there is nothing to compare."""
    difference = reading.judged.difference
    if not reading.held:
        return "incomplete"
    if difference is None:
        return FIRST if reading.judged.why == "no score before" else "not comparable"
    if difference == 0:
        return "unchanged"
    return f"{UP if difference > 0 else DOWN} {plainly(abs(difference))}"


def before(course: Course, view: MeasuresView, place: int = -1) -> str:
    """'8 on 14 Oct', the last score before; '' for the first."""
    former = course.before(place)
    return "" if former is None else f"{value(former)} on {day(former.day, view.as_of)}"


def gaps(reading: Reading) -> str:
    """'incomplete, 3 of 9 answered' of one without a number; '' where there is one."""
    return "" if reading.held else f"incomplete, {answered(reading)} answered"


def figure(difference: Difference) -> str:
    """'5 points', '1–1.75 points', '30 %'; '' where a source gives none."""
    if difference.points is None:
        return f"{plainly(difference.percent)} %" if difference.percent is not None else ""
    if difference.points_to is not None and difference.points_to != difference.points:
        return f"{plainly(difference.points)}–{plainly(difference.points_to)} points"
    return f"{plainly(difference.points)} point{'s' * (difference.points != 1)}"


def _verdicts(judged: Judged) -> set[str]:
    """What the published figures of this form say of the change; what cannot be worked out says nothing."""
    said = [(judged.by, judged.important), *judged.others]
    return {
        verdict
        for each, verdict in said
        if each is not None
        and verdict is not None
        and figure(each)
        and not (each.points is None and verdict not in ("yes", "no"))
    }


def important(judged: Judged) -> str:
    """'yes, worse', 'no', 'may be important', 'no agreed mark', or nothing where there is nothing to compare."""
    if judged.difference is None:
        return ""
    if judged.by is None:
        return NO_MARK
    verdicts = _verdicts(judged)
    if len(verdicts) > 1 or judged.important == "not settled":
        return MAY_BE
    return f"yes, {judged.direction}" if judged.important == "yes" else judged.important or ""


def why_open(judged: Judged) -> str:
    """Why it only may be important: 'the published marks disagree'; '' for the rest."""
    if important(judged) != MAY_BE:
        return ""
    if len(_verdicts(judged)) > 1:
        return WHY_DISAGREE
    by = judged.by
    return WHY_BETWEEN if by is not None and by.points is not None else WHY_NO_FIGURE


_VERDICTS = {"yes": "yes by", "no": "no by", "not settled": "open by"}


def by_which(judged: Judged) -> str:
    """'by 5 points; 1.7 points', 'yes by 1.7 points; no by 5 points': every published figure under what it says."""
    said = [(judged.by, judged.important)] if judged.by else []
    every = [(each, verdict) for each, verdict in (*said, *judged.others) if figure(each)]
    if judged.difference is None or not every:
        return ""
    alike = judged.by is not None and len({verdict for _, verdict in every}) == 1
    if alike:
        return "by " + "; ".join(_marked(each) for each, _ in every)
    of = {name: [_marked(each) for each, verdict in every if verdict == name] for name in _VERDICTS}
    return "; ".join(f"{_VERDICTS[name]} {listed(figures, 6)}" for name, figures in of.items() if figures)


def by_source(judged: Judged) -> str:
    """'an important difference (5 points)': by which figure it is called that; its source stands in the evidence."""
    if judged.by is None:
        return ""
    doubt = _DOUBTS.get(judged.by.evidence, "")
    return f"an important difference ({figure(judged.by)}{f', {doubt}' if doubt else ''})"


_DOUBTS = {"K": "unconfirmed", "P": "our choice"}


def _marked(difference: Difference) -> str:
    doubt = _DOUBTS.get(difference.evidence, "")
    return figure(difference) + (f" ({doubt})" if doubt else "")


def tone(judged: Judged) -> str:
    """'worse' or 'better' for an important change that no source doubts; 'quiet' for what is only a number."""
    said = important(judged)
    if said.startswith("yes"):
        return judged.direction or ""
    return "" if said == MAY_BE else "quiet"


def meaning_evidence(reading: Reading) -> Evidence:
    """What the band rests on: every band with its cut, its source and mark, the direction and the missing-item rule."""
    known = reading.instrument
    title = f"{reading.score.instrument}: {value(reading)}"
    if known is None:
        rows = (("Range", "not known here: kept as it was written, no band and no change is judged"),)
        return Evidence(title, rows, CAUTION)
    used = reading.meaning.band_set
    bands = bands_rows(used) if used else (("Bands", reading.meaning.why or "none are defined"),)
    others = tuple(("Other bands", bands_text(each)) for each in known.band_sets if each is not used)
    return Evidence(title, (*bands, *others, *scale_rows(reading, known)), CAUTION)


def bands_rows(used: BandSet) -> tuple[tuple[str, str], ...]:
    """Cuts, source and mark of the bands that are shown."""
    return (
        ("Bands", bands_text(used, source=False)),
        ("Source", used.cited),
        ("Mark", MARKS[used.evidence]),
        *((("Note", used.note),) if used.note else ()),
    )


def bands_text(bands: BandSet, *, source: bool = True) -> str:
    """'from 0 minimal, from 5 mild ...', with its source."""
    cuts = ", ".join(f"from {band.low:g} {band.name}".replace("-", MINUS) for band in bands.bands)
    of = f"of {bands.of}: " if bands.of else ""
    return f"{of}{cuts}{f'. {bands.cited}' if source else ''}"


def scale_rows(reading: Reading, known: Instrument) -> tuple[tuple[str, str], ...]:
    """Range, direction, recall, scoring, missing-item rule; what stands beside the number."""
    rows = (
        ("Range", f"{scale(reading)}; {direction(known)}. {known.cited}"),
        ("T score", f"{known.t_range.text}. {known.t_range.cited}" if reading.meaning.kind == "T score" else ""),
        ("Asks about", known.recall.text),
        ("Scoring", known.scored_how),
        ("Missing items", f"{known.missing_rule.text}. {known.missing_rule.cited}"),
        ("Beside it", reading.meaning.caveat),
    )
    return tuple(row for row in rows if row[1])


def important_evidence(course: Course, place: int = -1) -> Evidence:
    """The two scores, every published important difference with its source and mark, and what each says."""
    reading, judged = course.readings[place], course.readings[place].judged
    title = f"{course.code}: is the change important?"
    former = course.before(place)
    if judged.difference is None or former is None:
        return Evidence(title, (("Now", _dated(reading)), ("Before", judged.why)), CAUTION)
    rows = (
        ("Now", _dated(reading)),
        ("Last score before", _dated(former)),
        ("Change", _change(judged)),
        *((("Decides here", _cited(judged.by, judged.important)),) if judged.by else ()),
        *((("Also published", _cited(other, said))) for other, said in judged.others),
        *((("For another form", f"{each.of}: {each.cited}")) for each in _of_others(course.instrument)),
        *((("Result", judged.rule),) if judged.by is None else ()),
    )
    return Evidence(title, rows, CAUTION)


def _dated(reading: Reading) -> str:
    return value(reading) if reading.day is None else f"{value(reading)} on {full_day(reading.day)}"


def _change(judged: Judged) -> str:
    if judged.difference is None:
        return "cannot be given"
    percent = f" ({plainly(abs(judged.percent))} %)" if judged.percent is not None else ""
    return f"{plainly(judged.difference).replace('-', MINUS)}{percent}, {judged.direction or 'unchanged'}"


def _cited(difference: Difference, said: Important | None) -> str:
    verdict = f": {said}" if said and figure(difference) else ""
    return f"{figure(difference) or 'no figure'}{verdict}. {difference.cited}, {MARKS[difference.evidence]}"


def _of_others(known: Instrument | None) -> list[Difference]:
    return [each for each in known.differences if each.of] if known else []


def scores(count: int) -> str:
    """'1 score', '3 scores'."""
    return several(count, "score")
