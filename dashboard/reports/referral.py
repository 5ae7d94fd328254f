"""The referral summary put into words: record and order in, the finished page out. Facts only, no verdicts."""

import re
from dataclasses import replace
from datetime import date

from clinical.change import Change
from clinical.diary import completeness
from clinical.flares import Flare
from clinical.outcomes import Distress, Outcomes
from dashboard.periods import in_words
from dashboard.presenters import people
from dashboard.presenters.outcomes import NO_RATE, NONE_BEFORE, TOO_FEW_FOR_A_RATE, WORDS, not_measured_since
from dashboard.presenters.words import (
    MINUS,
    NO_DATA,
    counted,
    day,
    full_day,
    listed,
    number,
    of_days,
    plainly,
    several,
    span,
    times,
)
from dashboard.reports import medication_sections, plan_sections, print_chart, safety_sections
from dashboard.reports.one_page import NO_QUESTION, UNKNOWN, Figure, Line, OnePage, OutcomeRow
from dashboard.reports.pain_sections import body_map, pain_lines, pain_title
from dashboard.reports.record import Author, Order, Record
from dashboard.reports.score_sections import latest_scores, undated_scores
from dashboard.services.timeline import FlareSpan, Timeline

_EVIDENCE_MARK = re.compile(r"\s*\[[VKP]\d?\]")  # how well a source was checked: for the reference, not the page
COURSE_SIZES = ((190.0, 5), (165.0, 4), (140.0, 4), (115.0, 3), (95.0, 2))
"""Height in points and medicines shown, from roomy to tight."""
_CAUTION = (
    "Flares are found by Flareboard's rule against the person's own usual level: a prompt, never a verdict; what went "
    "together need not be cause and effect. Not on this page: examination, investigations, daily paracetamol and "
    "morphine equivalents. Research and demonstration; not for clinical use until classified."
)


def referral(record: Record, order: Order, author: Author) -> OnePage:
    """The page of that record, addressed as ordered."""
    period = record.periods.now
    logged = of_days(completeness(record.diary, period).days_logged, period.days)
    name = _name(record)
    return OnePage(
        title=f"Referral summary: {name} ({record.head.record_number})",
        record_number=record.head.record_number,
        patient_name=name,
        patient_line=_identifiers(record),
        synthetic=record.head.synthetic,
        header=_header(record, order, author, logged),
        footer=(f"{name[:60]} · {record.head.record_number[:40]}", span(period), logged, f"Author: {author.name}"),
        allergies=plan_sections.allergies(record),
        red_flag=safety_sections.open_red_flags(record),
        red_flags=safety_sections.asked_red_flags(record),
        prompts=medication_sections.dangers(record),
        unanswered=(*safety_sections.unanswered(record), *medication_sections.unanswered(record)),
        question=order.question.strip() or NO_QUESTION,
        diagnoses=plan_sections.diagnoses(record),
        matters=plan_sections.matters(record),
        goals=plan_sections.goals(record),
        attainment=plan_sections.attainment(record),
        treatments=plan_sections.treatments(record),
        actions=plan_sections.actions(record),
        pain_title=pain_title(record),
        pain=pain_lines(record),
        typical=body_map(record, "typical"),
        worst=body_map(record, "worst"),
        course_title=_course_title(record),
        courses=_courses(record),
        course_text=_course_text(record),
        outcomes=_known_outcomes(record),
        compared=_compared(record),
        scores=latest_scores(record),
        undated_scores=undated_scores(record),
        medicines=plan_sections.medicines(record),
        medicines_note=plan_sections.medicines_note(record),
        data_notes=_data_notes(record),
        logged=logged,
    )


def _name(record: Record) -> str:
    family, given = record.head.family_name, record.head.given_name
    return f"{family.upper()}, {given}" if given else family.upper()


def _identifiers(record: Record) -> str:
    head = record.head
    born = "date of birth not recorded"
    if head.birth_date is not None:
        born = f"born {full_day(head.birth_date)} ({people.age(head.birth_date, record.as_of)} years)"
    sex = "sex not recorded" if head.sex == "unknown" else head.sex
    return f"{born} · {sex} · record {head.record_number}"


def _header(record: Record, order: Order, author: Author, logged: str) -> tuple[Line, ...]:
    discipline = f", {author.discipline.replace('_', ' ')}" if author.discipline else ""
    period = record.periods.now
    return (
        Line("To", order.recipient.strip() or UNKNOWN),
        Line("From", f"{author.name}{discipline}"),
        Line("Date", full_day(record.as_of)),
        Line("Period", f"{span(period)} ({in_words(period.days)})"),
        Line("Urgency", order.urgency or UNKNOWN),
        Line("Consent to share", order.consent or UNKNOWN),
        Line("Compared with", span(record.periods.before)),
        Line("Diary", logged),
    )


def _course_title(record: Record) -> str:
    if not len(record.timeline) or not record.timeline.logged.any():
        return "Course: nothing was logged in this period"
    flares = sum(shown.kind == "flare" for shown in record.timeline.flares)
    days = record.outcomes.flare_days_per_28
    if days.now is None and not flares:
        return "Course: too few days logged to look for flares"
    rate = f", {number(days.now)} flare days per 28 logged" if days.now is not None else ""
    return f"Course: {counted(flares, 'flare')} in {in_words(record.periods.now.days)}{rate}"


def _courses(record: Record) -> tuple[Figure, ...]:
    if not record.timeline.logged.any():
        return (Figure("", "", ""),)
    alt = f"{_course_title(record)}. {_course_text(record)} {_nights(record)}".strip()
    caption = _course_caption(record.timeline)
    return tuple(
        Figure(print_chart.course_svg(record.timeline, height=height, lanes=lanes), alt, caption)
        for height, lanes in COURSE_SIZES
    )


def _course_caption(timeline: Timeline) -> str:
    line = f"{timeline.step_words} median" if timeline.grouped else "7-day median"
    rest = (
        f"Hatch: no entry. Dashed: the person's usual range outside flares. Line: {line}. Dark column: night under 5 h."
    )
    if not print_chart.is_long(timeline):
        return f"Black bar: flare or spike. {rest} Bars and ticks below: medicines prescribed, as-needed days."
    step = {"weekly": "week", "four-weekly": "four weeks"}.get(timeline.step_words, "day")
    tallest = several(int(print_chart.flare_days(timeline).max(initial=0)), "day")
    events = f" {print_chart.events_named(timeline)} of {several(len(timeline.markers), 'event')} named"
    left = f"{events}; the others would touch." if timeline.markers else ""
    return (
        f"Columns on top: flare days in each {step} (tallest: {tallest}); spikes of 1–2 days left out. {rest} "
        f"Below: bars, medicines prescribed; columns, share of days taken as needed.{left}"
    )


def _nights(record: Record) -> str:
    hours = record.diary.during(record.periods.now)["sleep_hours"]
    logged = int((hours >= 0).sum())
    return f"{int((hours < 5).sum())} of {several(logged, 'logged night')} were under 5 hours." if logged else ""


def _course_text(record: Record) -> str:
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


def _known_outcomes(record: Record) -> tuple[OutcomeRow, ...]:
    """The outcomes of which something is known; the others are named under the table, not set as rows of nothing."""
    words = {NO_DATA: UNKNOWN, "–": "not compared"}
    return tuple(
        replace(row, now=words.get(row.now, row.now), before=words.get(row.before, row.before), change=_change(row))
        for row in _outcomes(record)
        if _is_known(row)
    )


def _change(row: OutcomeRow) -> str:
    return "not compared" if row.change == "–" else row.change


def _is_known(row: OutcomeRow) -> bool:
    return not {row.now, row.before} <= {NO_DATA, UNKNOWN}


def _outcomes(record: Record) -> tuple[OutcomeRow, ...]:
    found = record.outcomes
    rows = [("Pain severity, mean (0–10)", found.pain), ("Flare days per 28 logged", found.flare_days_per_28)]
    shown = [
        OutcomeRow(
            name,
            _value(change, change.now, change.days_now, found),
            _value(change, change.before, change.days_before, found),
            _signed(change.difference, change.percent, 1),
            TOO_FEW_FOR_A_RATE if _unrated(change, found) else WORDS[change.important],
            f"{change.days_now:,} and {several(change.days_before, 'day')}",
        )
        for name, change in rows
    ]
    return (*shown, _distress(found.distress, record.as_of))


def _unrated(change: Change, found: Outcomes) -> bool:
    """Whether days were logged, but too few for flare days per 28."""
    return change is found.flare_days_per_28 and change.now is None and change.days_now > 0


def _value(change: Change, value: float | None, logged: int, found: Outcomes) -> str:
    if value is None and logged and change is found.flare_days_per_28:
        return NO_RATE
    return number(value)


def _distress(distress: Distress | None, as_of: date) -> OutcomeRow:
    if distress is None:
        return OutcomeRow("Emotional distress", "not recorded", "not recorded", "–", "–", "no score, no stress answer")
    change = distress.change
    places = 1 if distress.by_diary else 0
    if distress.not_measured_since is not None:
        return _not_measured(distress, distress.not_measured_since, as_of)
    rests_on = f"{change.days_now} and {several(change.days_before, 'day')}"
    if not distress.by_diary:
        days = [day(each, as_of) for each in (distress.day_now, distress.day_before) if each]
        rests_on = f"{'score' if len(days) == 1 else 'scores'} of {listed(days)}"
    judged = WORDS[change.important] if distress.by_diary or distress.day_before else NONE_BEFORE
    return OutcomeRow(
        f"Distress, {distress.source} ({distress.low:g}–{distress.high:g})",
        f"{number(change.now, places)}{f' ({distress.band})' if distress.band else ''}",
        number(change.before, places),
        _signed(change.difference, change.percent, places),
        judged,
        rests_on,
    )


def _not_measured(distress: Distress, last: date, as_of: date) -> OutcomeRow:
    band = f" ({distress.band})" if distress.band else ""
    return OutcomeRow(
        f"Distress, {distress.source} ({distress.low:g}–{distress.high:g})",
        "not measured",
        f"{number(distress.change.before, 0)}{band}",
        "–",
        not_measured_since(last, as_of),
        f"score of {day(last, as_of)}",
    )


def _signed(difference: float | None, percent: int | None, places: int) -> str:
    if difference is None:
        return "–"
    if difference == 0:
        return "no change"
    sign = "+" if difference > 0 else MINUS
    share = f" ({'up' if difference > 0 else 'down'} {abs(percent)} %)" if percent is not None else ""
    return f"{sign}{number(abs(difference), places)}{share}"


def _compared(record: Record) -> str:
    rows = _outcomes(record)
    unknown = [row.name.split(",")[0].lower() for row in rows if not _is_known(row)]
    nothing = f"Not recorded in either period: {listed(unknown)}. " if unknown else ""
    if len(unknown) == len(rows):
        return f"{nothing}Period before: {span(record.periods.before)}."
    rule = _EVIDENCE_MARK.sub("", record.outcomes.pain.rule).replace(">=", "≥")
    return f"{nothing}Period before: {span(record.periods.before)}. {rule}"


def _data_notes(record: Record) -> tuple[str, ...]:
    now, before = record.periods.now, record.periods.before
    quality = completeness(record.diary, now)
    last = f"last entry {full_day(quality.last_entry)}" if quality.last_entry else "no dated entry at all"
    former = completeness(record.diary, before)
    notes = [
        f"Patient diary: {of_days(quality.days_logged, quality.days)}, longest gap "
        f"{several(quality.longest_gap, 'day')}, {last}; period before: {of_days(former.days_logged, former.days)}.",
        f"Body maps on {several(int(record.diary.during(now).has_map.sum()), 'day')}.",
    ]
    if record.undated:
        notes.append(
            f"{several(len(record.undated), 'further entry', 'further entries')} came without a date and "
            f"{'is' if len(record.undated) == 1 else 'are'} not in the charts or figures."
        )
    unchecked = medication_sections.not_checked(record)
    return (*notes, *([unchecked] if unchecked else []), _CAUTION)
