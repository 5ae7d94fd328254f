"""Questionnaires: name, version, day, score, range, band, change against the last with its mark, and the sources."""

from clinical import marks
from dashboard.presenters import measures_table, measures_words
from dashboard.presenters.measures_table import Cell
from dashboard.presenters.words import full_day
from dashboard.reports import print_scores
from dashboard.reports.document import Block, Table
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import (
    NOTHING,
    REPORTED,
    Content,
    bullets,
    headed,
    pages_of,
    paragraphs,
    picture,
)
from dashboard.services.measures import Course, MeasuresView, Reading

COLUMNS = ("Questionnaire", "Date", "Score", "Meaning", "Against the last", "Important?")


def measures(record: Record, _: Order) -> Content:
    """The latest score of each questionnaire up to the end of the period; those without a date apart."""
    view = pages_of(record).measures
    if not view.courses and not view.undated:
        return NOTHING
    blocks: tuple[Block, ...] = (
        *_dated(view),
        *picture("scores", print_scores.figure(record)),
        *_undated(view),
        *headed("Sources", bullets(_sources(view))),
    )
    return Content(blocks, REPORTED, f"scores up to {full_day(record.periods.now.end)}")


def _dated(view: MeasuresView) -> tuple[Block, ...]:
    if not view.courses:
        return ()
    shown = measures_table.table(view, "")
    rows = tuple(_row(course, view, row.cells) for course, row in zip(view.courses, shown.rows, strict=True))
    return (Table(shown.caption, COLUMNS, rows), *paragraphs(measures_table.lead(view).text))


def _row(course: Course, view: MeasuresView, cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """The row of the screen: score, range and how much was answered in one cell."""
    latest, (named, *_, meant, against, important) = course.latest, cells
    return (
        f"{named.text}{_version(latest)} ({named.note})",
        full_day(latest.day) if latest.day else "no date",
        f"{_score(latest)}{_answered(latest)}",
        "; ".join(part for part in (_said(meant), _item_9(latest, view)) if part),
        _said(against),
        _said(important),
    )


def _score(reading: Reading) -> str:
    """'8 (0–27, lower is better)'."""
    about = (measures_words.scale(reading), measures_words.direction(reading.instrument))
    return f"{measures_words.value(reading)} ({', '.join(part for part in about if part)})"


def _answered(reading: Reading) -> str:
    """', 7 of 9 answered' of one with gaps; nothing where all is answered, or only the total is held."""
    said = measures_words.answered(reading)
    of = said.partition(" of ")
    return f"; {said} answered" if of[1] and of[0] != of[2] else ""


def _item_9(reading: Reading, view: MeasuresView) -> str:
    return measures_words.ITEM_9_UNKNOWN if view.lacks_item_9(reading) else ""


def _version(reading: Reading) -> str:
    return f", version {reading.entered.version}" if reading.entered.version else ""


def _said(cell: Cell) -> str:
    return f"{cell.text} ({cell.note})" if cell.note else cell.text or "–"


def _undated(view: MeasuresView) -> tuple[Block, ...]:
    if not view.undated:
        return ()
    shown = measures_table.undated(view, None)
    columns = tuple(title for title, _ in shown.columns)
    rows = tuple(tuple(_said(cell) for cell in row.cells) for row in shown.rows)
    return (Table(shown.caption, columns, rows, (1,)),)


def _sources(view: MeasuresView) -> list[str]:
    """Where range, bands and important differences of each questionnaire come from."""
    named = {each.code: each.latest for each in view.courses}
    named |= {each.score.instrument: each for each in view.undated if each.score.instrument not in named}
    return [f"{name}: {marks.in_words(_cited(reading))}" for name, reading in named.items()]


def _cited(reading: Reading) -> str:
    known = reading.instrument
    if known is None:
        return "its scale is not known here: kept as it was written, nothing is judged"
    bands = reading.meaning.band_set
    said = [f"{known.name}. {known.cited}"]
    said += [f"bands {measures_words.bands_text(bands)}"] if bands else []
    said += [f"important difference: {known.difference_rule}"] if known.difference_rule else []
    return "; ".join(said)
