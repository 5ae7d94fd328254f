"""The table of questionnaires: one row each, the latest score against the last, and the sentence above it."""

from dataclasses import dataclass

from dashboard.presenters import measures_words as words
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map_facts import Lead
from dashboard.presenters.words import counted, day, full_day, listed, sentence_case, span
from dashboard.services.measures import Course, MeasuresView, Reading

COLUMNS = (
    ("Questionnaire", False),
    ("Score", True),
    ("Range", False),
    ("Date", False),
    ("Answered", False),
    ("Meaning", False),
    ("Against the last", False),
    ("Important?", False),
)
"""Title of each column, and whether numbers stand in it."""
UNDATED_COLUMNS = (*COLUMNS[:3], *COLUMNS[4:6])
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place: text, a smaller note, how it is printed, and the evidence behind it if there is any."""

    text: str
    note: str = ""
    tone: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `key` names it, `old` says that the score lies before the period."""

    key: str
    cells: tuple[Cell, ...]
    chosen: bool = False
    old: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under their columns, with what is counted above; `dense`: notes stand beside and not below."""

    caption: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[Row, ...]
    dense: bool = False


def table(view: MeasuresView, chosen: str) -> Table:
    """One row for each questionnaire with a dated score."""
    later = f"; {words.scores(view.later)} after these days left out" if view.later else ""
    caption = f"{counted(len(view.courses), 'questionnaire')}, the one answered last first{later}"
    return Table(sentence_case(caption), COLUMNS, tuple(_row(view, each, chosen) for each in view.courses))


def _row(view: MeasuresView, course: Course, chosen: str) -> Row:
    latest, old = course.latest, _old(view, course)
    cells = (
        Cell(course.code, words.scores(len(course.readings))),
        *_score(latest),
        Cell(day(latest.day, view.as_of), "before these days" if old else ""),
        *_meant(latest, view),
        Cell(words.against(latest), _was(view, course)),
        _important(course),
    )
    return Row(course.code, cells, course.code == chosen, old)


def _old(view: MeasuresView, course: Course) -> bool:
    return course.latest.day is not None and course.latest.day < view.periods.now.start


def _score(reading: Reading) -> tuple[Cell, Cell]:
    return (
        Cell(words.value(reading), tone="score"),
        Cell(words.scale(reading), words.better(reading.instrument)),
    )


def _meant(reading: Reading, view: MeasuresView) -> tuple[Cell, Cell]:
    bands = reading.meaning.band_set
    doubt = words.unconfirmed(bands.evidence) if bands and reading.meaning.band else ""
    quiet = "" if reading.meaning.band else "quiet"
    note = ". ".join(part for part in (words.never(reading), doubt) if part)
    return (
        Cell(words.answered(reading), words.ITEM_9_UNKNOWN if view.lacks_item_9(reading) else "", "ask"),
        Cell(words.meaning(reading), note, quiet, words.meaning_evidence(reading)),
    )


def _was(view: MeasuresView, course: Course) -> str:
    former = words.before(course, view)
    return f"{'from' if course.latest.held else 'last'} {former}" if former else ""


def _important(course: Course) -> Cell:
    judged = course.latest.judged
    text = words.important(judged)
    if not text:
        return Cell("nothing to compare", tone="quiet")
    if why := words.why_open(judged):
        note = f"{why}: {words.by_which(judged)}"
        return Cell(text, note, words.tone(judged), words.important_evidence(course))
    return Cell(text, words.by_which(judged), words.tone(judged), words.important_evidence(course))


def undated(view: MeasuresView, chosen: int | None) -> Table:
    """Scores that came without a day: what each says alone, never compared and never on the axis."""
    rows = []
    for reading in view.undated:
        cells = (Cell(reading.score.instrument), *_score(reading), *_meant(reading, view))
        number = reading.score.measure_id
        rows.append(Row(str(number), cells, chosen=number == chosen))
    caption = f"{sentence_case(counted(len(rows), 'score'))} without a date: kept apart, not compared, not on the axis"
    return Table(caption, UNDATED_COLUMNS, tuple(rows), dense=True)


def lead(view: MeasuresView) -> Lead:
    """What changed importantly and by which source, what not, and what is only numbers."""
    fresh = [each for each in view.courses if not _old(view, each)]
    text = _fresh(fresh, view) if fresh else _nothing_fresh(view)
    rows = (
        ("Rule", RULE),
        ("Dates", f"{span(view.periods.now)}; the score before may lie further back"),
        *((each.code, _told(each, view)) for each in view.courses),
    )
    return Lead(
        "Against the last scores",
        f"{sentence_case(text)}.",
        Evidence("Scores against the last ones", rows, words.CAUTION),
    )


RULE = (
    "Each latest score of these days against the one before it of the same questionnaire, both as shown. Important: at "
    "least the published difference named; where sources disagree, all are named and none is hidden"
)


def _fresh(courses: list[Course], view: MeasuresView) -> str:
    """'PHQ-9 8 → 14 (moderate), worse by an important ...; no important change in GAD-7; only numbers: PCS'."""
    marked = sorted((each for each in courses if _is(each, "yes")), key=_better)
    doubted = [each for each in courses if _is(each, words.MAY_BE)]
    gaps = [each for each in courses if not each.latest.held]
    worst = [each for each in courses if _is_first_and_worst(each)]
    bare = [each.code for each in courses if _bare(each) and each not in (*gaps, *worst)]
    parts = [
        *(_short(each, view) for each in (*worst, *marked, *doubted, *gaps)),
        _same(courses, marked=bool(marked or doubted)),
        f"only numbers (first score or no agreed mark): {listed(bare, MOST_NAMED)}" if bare else "",
        *(f"{each.code} {words.ITEM_9_UNKNOWN}" for each in courses if view.lacks_item_9(each.latest)),
    ]
    return "; ".join(part for part in parts if part)


def _same(courses: list[Course], *, marked: bool) -> str:
    same = [each.code for each in courses if words.important(each.latest.judged) == "no"]
    by = "" if marked else ", by a published mark,"
    return f"no important change{by} in {listed(same, MOST_NAMED)}" if same else ""


def _is(course: Course, start: str) -> bool:
    return words.important(course.latest.judged).startswith(start)


def _bare(course: Course) -> bool:
    return words.important(course.latest.judged) in ("", words.NO_MARK)


def _is_first_and_worst(course: Course) -> bool:
    """Whether it is the first score, and in the worst of its bands: nothing to compare with, and not to be missed."""
    latest, bands = course.latest, course.latest.meaning.band_set
    if bands is None or latest.instrument is None or not latest.meaning.band or course.before() is not None:
        return False
    worst = bands.bands[-1 if latest.instrument.higher_is == "worse" else 0]
    return latest.meaning.band == worst.name


def _better(course: Course) -> bool:
    """What got worse comes first."""
    return words.tone(course.latest.judged) == "better"


def _moved(course: Course) -> str:
    former = course.before()
    return f"{'no score' if former is None else words.value(former)} → {words.value(course.latest)}"


def _short(course: Course, view: MeasuresView) -> str:
    """The plain verdict: 'PEG 3.7 → 5 (4 to 6), may be important: the published marks disagree'."""
    latest, judged = course.latest, course.latest.judged
    band = f" ({latest.meaning.band})" if latest.meaning.band else ""
    if not latest.held:
        former = words.before(course, view)
        last = f", last total {former}" if former else ""
        return f"{course.code} {words.gaps(latest)} on {day(latest.day, view.as_of)}{last}"
    if judged.difference is None:
        return f"{course.code} {words.value(latest)}{band}, {words.against(latest)}"
    if _is(course, "yes"):
        return f"{course.code} {_moved(course)}{band}, {judged.direction} by {words.by_source(judged)}"
    why = words.why_open(judged)
    return f"{course.code} {_moved(course)}{band}, {words.important(judged)}{f': {why}' if why else ''}"


def _told(course: Course, view: MeasuresView) -> str:
    """The verdict with both days and every published figure, as it stands behind the sentence."""
    former, by = words.before(course, view), words.by_which(course.latest.judged)
    against = f"; {day(course.latest.day, view.as_of)} against the last score of {former}" if former else ""
    return f"{_short(course, view)}{against}{f'; {by}' if by else ''}"


def _nothing_fresh(view: MeasuresView) -> str:
    if not view.courses:
        return "no score with a date up to the end of these days"
    latest = view.courses[0]
    when = "" if latest.latest.day is None else f" on {full_day(latest.latest.day)}"
    last = f"{latest.code}, {words.value(latest.latest)}{when}"
    return f"no questionnaire was answered in these days; the last one was {last}"
