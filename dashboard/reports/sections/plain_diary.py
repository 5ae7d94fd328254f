"""The patient copy: what the diary says of pain, flares, sleep and the rest, every number explained in plain words."""

from clinical.bands import pain_band, time_in_band
from clinical.body_map import REGIONS
from clinical.change import Change, compare, sample
from clinical.diary import completeness
from clinical.flares import Flare
from clinical.rounding import displayed
from clinical.since_plan import DAILY
from dashboard.presenters import measures_words
from dashboard.presenters.flares_associations import found_words
from dashboard.presenters.regions import region_names
from dashboard.presenters.words import counted, full_day, listed, number, plainly, sentence_case, several
from dashboard.reports import course_sections, pain_maps
from dashboard.reports.document import Block, Paragraph, Picture
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import NOTHING, Content, bullets, headed, pages_of, paragraphs
from dashboard.reports.sections.plain_words import (
    ASK,
    BANDS,
    FROM_DIARY,
    OF_TEN,
    between,
    of_days,
    of_ten,
)
from dashboard.services.measures import Course

MOST_PLACES = 6
_CHART = (
    "Each dot is one day. The higher the dot, the more pain. The black bars on top are flares. Striped days have no "
    "entry."
)
_LONG_CHART = "The line is your pain over time. The higher the line, the more pain. Striped times have no entry."


def pain(record: Record, _: Order) -> Content:
    """How strong the pain was and where, on the map of the period."""
    found = sample(record.diary, record.periods.now)
    pictures = _maps(record)
    if found.value is None and not pictures:
        return NOTHING
    return Content((*paragraphs(_how_strong(record)), *_where(record), *pictures), FROM_DIARY)


def _how_strong(record: Record) -> str:
    period = record.periods.now
    found = sample(record.diary, period)
    if found.value is None:
        return "You gave no answer about how strong your pain was."
    value, shares = displayed(found.value, 1), time_in_band(record.diary, period)
    band = pain_band(value)
    severe = several(round(shares.severe * shares.days), "day")
    return (
        f"Your average pain was {of_ten(value)}. {OF_TEN} We call {plainly(value)} {BANDS[band] if band else 'pain'}. "
        f"{of_days(found.days, period)} On {severe} the pain was strong (7 or more)."
    )


def _where(record: Record) -> tuple[Block, ...]:
    """The places that usually hurt, the strongest first."""
    typical = pages_of(record).map.difference.now
    worst_first = pain_maps.hurting(typical)
    names = [_plainly_named(name) for name in region_names("|".join(_ids(worst_first[:MOST_PLACES])))]
    left = len(worst_first) - MOST_PLACES
    more = f"{several(left, 'more place')} {'is' if left == 1 else 'are'} on the map. " if left > 0 else ""
    listed_places = bullets(sentence_case(name) for name in names)
    return (
        *headed("It hurt most here", listed_places),
        *paragraphs(f"{more}Left and right are yours." if names else ""),
    )


_LAY = {
    "trapezius": "slope from neck to shoulder",
    "sacroiliac area": "lowest part of the back",
    "thoracic spine": "middle of the upper back",
    "lumbar spine": "middle of the lower back",
    "abdomen": "belly",
}
"""Names of parts that not everybody knows, as the vocabulary explains them."""


def _plainly_named(place: str) -> str:
    return next((place.replace(known, lay) for known, lay in _LAY.items() if known in place), place)


def _ids(places: list[int]) -> list[str]:
    return [REGIONS[place].region_id for place in places]


def _maps(record: Record) -> tuple[Picture, ...]:
    """Where it usually hurt now and before."""
    said = "The darker the colour, the stronger the pain. The numbers go from 0 to 10."
    now, before = pain_maps.typical(record, pain_maps.LARGE), pain_maps.before(record, pain_maps.LARGE)
    shown = (("typical", pain_maps.map_period(record), now), ("before", pain_maps.before_period(record), before))
    return tuple(
        Picture(name, figure.svg, figure.alt, f"Where it usually hurt {between(period)}. {said}", wide=False)
        for name, period, figure in shown
        if figure.svg
    )


def course(record: Record, _: Order) -> Content:
    """How pain went against the time before, and the flares with what the word means."""
    view = pages_of(record).flares
    if not view.completeness.days_logged:
        return NOTHING
    figure = course_sections.courses(record)[0]
    caption = _LONG_CHART if record.timeline.grouped else f"{_CHART}{_below(record)}"
    told = (_against_before(record), _flares([each.flare for each in view.episodes if each.counts], record))
    blocks: tuple[Block, ...] = (
        *paragraphs(*told),
        *((Picture("course", figure.svg, f"{caption} {' '.join(told)}", caption),) if figure.svg else ()),
    )
    return Content(blocks, FROM_DIARY)


def _below(record: Record) -> str:
    """What stands under the dots, where anything does."""
    shown = (("your hours of sleep", record.timeline.has("sleep_hours")), ("your medicines", record.timeline.lanes))
    named = [what for what, there in shown if there]
    return f" Below you see {listed(named)}." if named else ""


def _against_before(record: Record) -> str:
    change = record.outcomes.pain
    if change.now is None:
        return ""
    told = f"Your average pain was {of_ten(change.now)}. {OF_TEN} {of_days(change.days_now, record.periods.now)}"
    if change.before is None or change.important == "not enough days":
        return f"{told} There is too little from the time before to compare."
    former = between(record.periods.before)
    return f"{told} In the time before, {former}, it was {of_ten(change.before)}. {_size(change)}"


def _size(change: Change) -> str:
    """How large the change is, by the mark that studies use; that it is one says nothing of why."""
    if not change.difference:
        return "That is no change."
    less = "less" if change.difference < 0 else "more"
    if change.important.startswith("important"):
        return f"That is {less} pain. The change is large enough to matter to many people in studies."
    return f"That is a little {less} pain. The change is smaller than what matters to many people in studies."


def _flares(flares: list[Flare], record: Record) -> str:
    """'You had two flares. A flare is a time when ... The last one began on 11 Oct 2026 and lasted 13 days.'"""
    named = [each for each in flares if each.kind == "flare"]
    spikes = sum(each.kind == "spike" and not each.said_only for each in flares)
    meaning = "A flare is a time when your pain is clearly higher than is usual for you."
    told = [f"{_how_many(len(named), record)} {meaning}"]
    if named:
        told.append(_last(max(named, key=lambda each: each.start), record))
    if spikes:
        told.append(
            f"There {'was' if spikes == 1 else 'were'} also {counted(spikes, 'short rise')} of one or two days."
        )
    return " ".join(told)


def _how_many(found: int, record: Record) -> str:
    """'You had two flares.'; that none was found only where enough days were logged to look."""
    if not found and record.outcomes.flare_days_per_28.now is None:
        return "There are too few days in your diary to tell whether you had a flare."
    return f"You had {counted(found, 'flare')}." if found else "No flare was found."


def _last(flare: Flare, record: Record) -> str:
    began = f"The last one began on {full_day(flare.start)}"
    if flare.end is None:
        return f"{began} and is not over yet in your diary."
    return f"{began} and lasted {several((flare.end - flare.start).days + 1, 'day')}."


_SAID = {
    "sleep_hours": ("You slept {now} hours a night on average.", "It was {before} hours in the time before."),
    "sleep_quality": ("Your sleep was {now} out of 10. 10 is best.", "It was {before} in the time before."),
    "stress": ("Your stress was {now} out of 10. 10 is most.", "It was {before} in the time before."),
    "mood": ("Your mood was {now} out of 10. 10 is best.", "It was {before} in the time before."),
    "fatigue": ("You were tired: {now} out of 10. 10 is most.", "It was {before} in the time before."),
    "stiffness_minutes": ("You were stiff for {now} minutes in the morning.", "It was {before} in the time before."),
    "interference": ("Pain got in the way: {now} out of 10. 10 is most.", "It was {before} in the time before."),
    "activity": ("You were active: {now} out of 10. 10 is most.", "It was {before} in the time before."),
}


_BEFORE = "in the time before"


def daily_life(record: Record, _: Order) -> Content:
    """Averages of sleep, stress, mood and the rest, each beside the time before."""
    said = [line for column in _SAID if (line := _average(record, column))]
    explained = "An average adds up all your answers and divides them by how many there are."
    former = f"The time before is {between(record.periods.before)}." if any(_BEFORE in line for line in said) else ""
    return Content((*paragraphs(explained, former), *bullets(said)), FROM_DIARY) if said else NOTHING


def _average(record: Record, column: str) -> str:
    now, before, chart = record.periods.now, record.periods.before, DAILY[column]
    change = compare(sample(record.diary, now, column), sample(record.diary, before, column), chart.benchmark)
    if change.now is None:
        return ""
    said, was = _SAID[column]
    told = f"{said.format(now=number(change.now))} {of_days(change.days_now, now)}"
    return told if change.before is None else f"{told} {was.format(before=number(change.before))}"


def associations(record: Record, _: Order) -> Content:
    """What went together with more or less pain, and that this tells no reason."""
    found = pages_of(record).patterns.patterns.associations
    tried = [one for one in found if one.verdict != "not enough days"]
    if not tried:
        return NOTHING
    clear = [f"{sentence_case(found_words(one))}." for one in tried if one.found]
    looked = f"We looked at {several(len(tried), 'thing')} in your diary, such as sleep and stress."
    why = "This does not tell us why. Two things can go together without one causing the other."
    nothing = "None of them clearly went with more or less pain."
    return Content((*paragraphs(looked), *(bullets(clear) or paragraphs(nothing)), *paragraphs(why, ASK)), FROM_DIARY)


def measures(record: Record, _: Order) -> Content:
    """The latest score of each questionnaire, its range and which way is better, and the one before."""
    courses = [each for each in pages_of(record).measures.courses if each.latest.meaning.value is not None]
    if not courses:
        return NOTHING
    explained = "These are the questionnaires you filled in. Your answers together make one number, the score."
    return Content((Paragraph(explained), *bullets(map(_score, courses)), Paragraph(ASK)), "your answers")


def _score(course: Course) -> str:
    latest, former = course.latest, course.before()
    scale, way = measures_words.scale(latest), measures_words.direction(latest.instrument)
    when = f" on {full_day(latest.day)}" if latest.day else ""
    said = [f"{course.code}: your score was {measures_words.value(latest)}{when}."]
    said += [f"It can go from {scale.replace('–', ' to ')}."] if "–" in scale else []
    said += [f"{sentence_case(way)}."] if way else []
    said += [f"The time before it was {measures_words.value(former)}."] if former is not None else []
    return " ".join(said)


def data_notes(record: Record, _: Order) -> Content:
    """How much was logged, who worked the numbers out, and that the team is to be told what is wrong."""
    period = record.periods.now
    found = completeness(record.diary, period)
    gap = f" The longest time without an entry was {several(found.longest_gap, 'day')}." if found.longest_gap else ""
    undated = (
        f"{several(len(record.undated), 'entry', 'entries')} had no date, so they are not in the numbers."
        if record.undated
        else ""
    )
    said = (
        f"You made an entry on {found.days_logged:,} of {several(period.days, 'day')}.{gap} A day without an entry is "
        "not counted as a day without pain. It is left out.",
        undated,
        "A computer program named Flareboard worked out the numbers. It can be wrong. It is for research and for "
        "showing how such a program works.",
        "If something in this letter is wrong or hard to understand, tell your team.",
    )
    return Content(paragraphs(*said))
