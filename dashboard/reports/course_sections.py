"""The course of the period: the chart of pain, sleep, medicines and events, and its flares in sentences."""

from clinical.flares import Flare
from dashboard.periods import in_words
from dashboard.presenters.words import counted, day, listed, number, plainly, several, times
from dashboard.reports import print_chart, print_parts
from dashboard.reports.one_page import Figure
from dashboard.reports.printable import clipped
from dashboard.reports.record import Record
from dashboard.services.timeline import FlareSpan, Timeline

COURSE_SIZES = ((190.0, 5), (165.0, 4), (140.0, 4), (125.0, 4), (112.0, 4), (98.0, 3))
"""Height in points and medicines shown, from roomy to tight."""


def course_title(record: Record) -> str:
    """'Course: two flares in 12 weeks, 9.0 flare days per 28 logged', or why nothing can be said."""
    if not len(record.timeline) or not record.timeline.logged.any():
        return "Course: nothing was logged in this period"
    flares = sum(shown.kind == "flare" for shown in record.timeline.flares)
    days = record.outcomes.flare_days_per_28
    if days.now is None and not flares:
        return "Course: too few days logged to look for flares"
    rate = f", {number(days.now)} flare days per 28 logged" if days.now is not None else ""
    why = _without_a_flare(record) if rate and not flares else ""
    return f"Course: {counted(flares, 'flare')} in {in_words(record.periods.now.days)}{rate}{why}"


def _without_a_flare(record: Record) -> str:
    """Where flare days are from though no flare was found: ' (one spike; patient said flare once on a usual day)'."""
    said = sum(shown.whole.said_only for shown in record.timeline.flares)
    spikes = sum(shown.kind == "spike" for shown in record.timeline.flares) - said
    parts = [counted(spikes, "spike")] if spikes else []
    parts += [f"patient said flare {times(said)} on days otherwise as usual"] if said else []
    return f" ({'; '.join(parts)})" if parts else ""


def courses(record: Record) -> tuple[Figure, ...]:
    """The same chart from roomy to tight; one without a picture where nothing was logged."""
    if not record.timeline.logged.any():
        return (Figure("", "", ""),)
    alt = f"{course_title(record)}. {course_text(record)} {nights(record)}".strip()
    caption = _course_caption(record.timeline)
    return tuple(
        Figure(
            print_chart.course_svg(record.timeline, height=height, lanes=lanes),
            alt,
            f"{caption}{_without_a_lane(record.timeline, lanes)}",
        )
        for height, lanes in COURSE_SIZES
    )


def _without_a_lane(timeline: Timeline, lanes: int) -> str:
    """' 3 of 6 medicines have a lane; not ibuprofen, ...'; '' where all have one."""
    rest = [clipped(lane.medicine, 30) for lane in timeline.lanes[lanes:]]
    if not rest:
        return ""
    return f" {lanes} of {len(timeline.lanes)} medicines of these days have a lane; without one: {listed(rest, 4)}."


def _course_caption(timeline: Timeline) -> str:
    line = f"{timeline.step_words} median" if timeline.grouped else "7-day median"
    slept = timeline.has("sleep_hours")
    nights_said = "Dark column: night under 5 h." if slept else "Sleep: not logged in this period."
    rest = f"Hatch: no entry. Dashed: the person's usual range outside flares. Line: {line}. {nights_said}"
    if not print_parts.is_long(timeline):
        below = " Bars and ticks below: medicines prescribed, as-needed days." if timeline.lanes else ""
        return f"Black bar: flare or spike. {rest}{below}"
    step = {"weekly": "week", "four-weekly": "four weeks"}.get(timeline.step_words, "day")
    tallest = several(int(print_parts.flare_days(timeline).max(initial=0)), "day")
    events = f" {print_chart.events_named(timeline)} of {several(len(timeline.markers), 'event')} named"
    left = f"{events}; the others would touch." if timeline.markers else ""
    below = " Below: bars, medicines prescribed; columns, share of days taken as needed." if timeline.lanes else ""
    return (
        f"Columns on top: flare days in each {step} (tallest: {tallest}); spikes of 1–2 days left out. {rest}"
        f"{below}{left}"
    )


def nights(record: Record) -> str:
    """'12 of 80 logged nights were under 5 hours.'; '' without a night."""
    hours = record.diary.during(record.periods.now)["sleep_hours"]
    logged = int((hours >= 0).sum())
    return f"{int((hours < 5).sum())} of {several(logged, 'logged night')} were under 5 hours." if logged else ""


def course_text(record: Record) -> str:
    """Flares, spikes and new levels of the period in sentences."""
    if not record.timeline.logged.any():
        return "Nothing was logged in this period."
    spans = record.timeline.flares
    flares = [_episode(shown, record) for shown in spans if shown.kind == "flare"]
    sentences = [*flares[-3:]]
    if len(flares) > 3:
        sentences.insert(0, f"{len(flares) - 3} earlier flares are in the chart.")
    said = sum(shown.whole.said_only for shown in spans)
    spikes = sum(shown.kind == "spike" for shown in spans) - said
    if spikes:
        sentences.append(f"{counted(spikes, 'spike').capitalize()} of 1–2 days.")
    if said:
        sentences.append(f"Patient said flare {times(said)} on days otherwise as usual.")
    sentences += [_shift(flare, record) for flare in record.flares if flare.kind == "shift" and _inside(flare, record)]
    if not sentences and record.outcomes.flare_days_per_28.now is None:
        return "Too few days were logged to say whether there were flares."
    return " ".join(sentences) or "No flare or spike was found in this period."


def _inside(flare: Flare, record: Record) -> bool:
    return record.periods.now.start <= flare.start <= record.periods.now.end


def _episode(shown: FlareSpan, record: Record) -> str:
    found = next((f for f in record.flares if f.kind == "flare" and _matches(f, shown)), None)
    peak = ""
    if found is not None and found.peak_pain is not None:
        usual = f", usual {plainly(found.usual_pain)}" if found.usual_pain is not None else ""
        peak = f", peak {plainly(found.peak_pain)} on {day(found.peak, record.as_of)}{usual}"
    missing = f", {several(found.days_missing, 'day')} without entry" if found and found.days_missing else ""
    open_now = ", still open" if shown.open else ""
    start = found.start if found else shown.start
    return f"Flare from {day(start, record.as_of)}: {several(shown.days, 'day')}{open_now}{peak}{missing}."


def _matches(flare: Flare, shown: FlareSpan) -> bool:
    """A span is a flare clipped to the period."""
    return flare.start <= shown.start and (flare.end is None or flare.end >= shown.start)


def _shift(flare: Flare, record: Record) -> str:
    return (
        f"New usual level from {day(flare.start, record.as_of)}: "
        f"{plainly(flare.usual_pain)} to {plainly(flare.peak_pain)}."
    )
