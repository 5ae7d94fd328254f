"""The courses of the questionnaires as panels of one chart: scale, bands, important difference, points."""

from collections.abc import Sequence
from datetime import date

from clinical.measures import BandSet, Difference, Range
from dashboard.charts.measures_course import GroundBand, Incomplete, ScorePanel, ScorePoint
from dashboard.presenters import measures_words as words
from dashboard.presenters.words import day, full_day, listed
from dashboard.services.measures import Course, MeasuresView, Reading

T_ENDS = Range(20.0, 80.0)
"""Ends of the axis of a T score: three standard deviations around 50."""
MOST_PANELS = 9
"""More would not fit beside the table; the rest is told in words."""


def panels(view: MeasuresView) -> tuple[ScorePanel, ...]:
    """One panel for each questionnaire, in the order of the table."""
    return tuple(_panel(view, course) for course in drawn(view))


def drawn(view: MeasuresView) -> tuple[Course, ...]:
    """The courses that have a number to draw."""
    return tuple(each for each in view.courses if _numbers(each.readings))[:MOST_PANELS]


def left_out(view: MeasuresView) -> str:
    """Which questionnaires are not drawn, '' where all are."""
    shown = drawn(view)
    others = [each.code for each in view.courses if each not in shown]
    return f"Not drawn: {listed(others, 12)}." if others else ""


def _numbers(readings: Sequence[Reading]) -> list[float]:
    return [each.meaning.value for each in readings if each.meaning.value is not None]


def _panel(view: MeasuresView, course: Course) -> ScorePanel:
    kind = course.held.meaning.kind  # one with gaps changes neither the scale nor its bands
    alike = [each for each in course.readings if each.meaning.kind == kind]  # raw sums and T scores share no axis
    ends = _ends(course, alike)
    now = view.periods.now
    points = tuple(_point(each) for each in alike if each.day is not None and now.start <= each.day <= now.end)
    return ScorePanel(
        title=course.code,
        lines=(_direction(course), _mark(course)),
        low=ends.low,
        high=ends.high,
        bands=_bands(course, ends),
        points=tuple(point for point in points if point is not None),
        important=_important(course, ends),
        nothing=f"last {words.value(course.held)} on {day(course.held.day, view.as_of)}, before these days",
        incomplete=tuple(_incomplete(each) for each in _with_gaps(course, view)),
    )


def _with_gaps(course: Course, view: MeasuresView) -> list[Reading]:
    now = view.periods.now
    return [each for each in course.readings if not each.held and each.day and now.start <= each.day <= now.end]


def _incomplete(reading: Reading) -> Incomplete:
    """Its day, with how much was answered."""
    day_of = reading.day or date.min
    return Incomplete(day_of, f"{words.gaps(reading)}, no total, {full_day(day_of)}")


def _ends(course: Course, alike: Sequence[Reading]) -> Range:
    """The ends of the scale; of a T score three standard deviations, of an unknown scale the scores themselves."""
    known, numbers = course.instrument, _numbers(alike)
    if course.held.meaning.kind == "T score":
        return Range(min([T_ENDS.low, *numbers]), max([T_ENDS.high, *numbers]))
    if known is not None and known.score is not None and words.is_scale(known):
        return known.score
    low, high = min(numbers), max(numbers)
    return Range(low, high) if low < high else Range(low - 1, high + 1)


def _point(reading: Reading) -> ScorePoint | None:
    if reading.day is None or reading.meaning.value is None:
        return None
    band = f", {reading.meaning.band}" if reading.meaning.band else ""
    said = f"{words.value(reading)}{band}, {full_day(reading.day)}"
    return ScorePoint(reading.day, reading.meaning.value, words.value(reading), said)


def _direction(course: Course) -> str:
    known = course.instrument
    if known is None or not words.is_scale(known):
        return "scale not known" if known is None else words.scale(course.held)
    return f"{words.scale(course.held)}, {words.better(known)}"


def _mark(course: Course) -> str:
    by = _deciding(course)
    return f"I {words.figure(by[0]).removesuffix('s').removesuffix(' point')} important" if by else words.NO_MARK


def _deciding(course: Course) -> list[Difference]:
    known = course.instrument
    if known is None:
        return []
    if course.held.judged.by is not None:
        return [course.held.judged.by]
    value = course.held.meaning.value
    return [each for each in known.deciding if value is not None and each.holds_for(value)]


def _important(course: Course, ends: Range) -> tuple[float, ...]:
    sizes = (each.points_to or each.points for each in _deciding(course))
    return tuple(size for size in sizes if size is not None and size <= ends.high - ends.low)[:1]


def _bands(course: Course, ends: Range) -> tuple[GroundBand, ...]:
    used, known = course.held.meaning.band_set, course.instrument
    if used is None or known is None:
        return ()
    return tuple(_ground(used, ends, higher_is_worse=known.higher_is == "worse"))


def _ground(used: BandSet, ends: Range, *, higher_is_worse: bool) -> list[GroundBand]:
    """Each band from its lowest score to that of the next one; the shade follows which way is worse."""
    lows = [max(min(band.low, ends.high), ends.low) for band in used.bands]
    lows[0] = ends.low
    steps = max(len(lows) - 1, 1)
    found = []
    for place, (band, low, high) in enumerate(zip(used.bands, lows, [*lows[1:], ends.high], strict=True)):
        badness = place / steps if higher_is_worse else 1 - place / steps
        if high > low:
            found.append(GroundBand(low, high, band.name.rpartition(": ")[2], badness))
    return found


def spoken(view: MeasuresView) -> str:
    """The chart in words, for a screen reader: each questionnaire with its first and last score of the period."""
    said = []
    for panel in panels(view):
        ends = f"{panel.points[0].said} to {panel.points[-1].said}" if panel.points else panel.nothing
        ends = ", ".join([ends, *(each.said for each in panel.incomplete)])
        better = panel.lines[0].replace(words.DOWN, "lower").replace(words.UP, "higher")
        said.append(f"{panel.title} ({better}): {ends}")
    return "; ".join(said) or "no score to draw"
