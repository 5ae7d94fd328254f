"""Where it hurts: in numbers, on maps of the period, of its last 7 and 28 days and against the days before."""

from datetime import timedelta

from clinical import marks
from clinical.diary import Period
from clinical.fibromyalgia import RULES
from dashboard.presenters import criteria as criteria_words
from dashboard.presenters import criteria_record, pain_map_facts
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import full_day, sentence_case, span
from dashboard.reports import pain_maps
from dashboard.reports.document import Block, Table
from dashboard.reports.one_page import Line
from dashboard.reports.pain_sections import pain_lines
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import (
    COMPUTED,
    ENTERED,
    NOTHING,
    REPORTED,
    Content,
    logged,
    of_fact,
    pages_of,
    pairs,
    paragraphs,
)
from dashboard.services.criteria import CriteriaView, Standing, answers_of


def pain(record: Record, _: Order) -> Content:
    """Means, worst, spread, side, radiation and back spots; the maps; what changed against the period before."""
    view = pages_of(record).map
    lines = [line for line in pain_lines(record) if line.label != "Back spots" or not view.map_days]
    if {line.label for line in lines} <= {"Duration", "Not recorded"}:
        return NOTHING
    facts = [_on_maps(fact) for fact in pain_map_facts.facts(view) if fact.known]
    change = pain_map_facts.lead(view)
    blocks: tuple[Block, ...] = (
        *pairs(lines),
        *pain_maps.pictures(record),
        *(pairs(facts) if view.map_days else ()),
        *(paragraphs(f"{change.heading}: {change.text}") if view.map_days else ()),
    )
    return Content(blocks, REPORTED, logged(record))


def _on_maps(fact: Fact) -> Line:
    """A statement of the pain map; its spread is that over the five regions, beside the number of regions above."""
    line = of_fact(fact)
    return Line("Widespread or regional", line.text) if fact.name == "Spread" else line


def criteria(record: Record, _: Order) -> Content:
    """The latest assessment on record with both editions, and the estimate of the week, which decides nothing."""
    view = pages_of(record).criteria
    if not view.standing:
        return _estimate_alone(view)
    latest = view.standing[0]
    blocks: tuple[Block, ...] = (
        *paragraphs(f"On record, {criteria_record.lead(view).text}"),
        *pairs(_assessed(view, latest)),
        *paragraphs(criteria_words.regional(latest.result), criteria_words.CAUTION),
        *_earlier(view),
        *paragraphs(_estimate(view)),
    )
    return Content(blocks, ENTERED, f"answers of {full_day(latest.assessed.day)}: {_recall(latest)}")


def _recall(of: Standing) -> str:
    """The window of each kind of question, which ended on the day of the answers."""
    week = Period(of.assessed.day - timedelta(days=6), of.assessed.day)
    return f"areas and three symptoms of the week {full_day(week.start)} – {full_day(week.end)}, three of 6 months"


def _assessed(view: CriteriaView, of: Standing) -> list[Line]:
    """Both editions, WPI with its areas, SSS with its answers, FS with the scale of its band, generalised pain."""
    answers, found = answers_of(of.assessed), of.result
    facts = {fact.name: fact for fact in criteria_words.facts(view, answers, found)}
    areas = criteria_words.area_names(answers.areas or ()) or "no area"
    editions = [_edition(facts[f"{edition} criteria"], edition) for edition in RULES]
    scores = [_marked(of_fact(fact)) for name, fact in facts.items() if name.startswith(("SSS", "FS", "Spread"))]
    return [
        *editions,
        Line("WPI, widespread pain index", f"{found.wpi} of 19: {areas}"),
        *scores,
        Line("Answers", sentence_case(criteria_words.inputs(answers).partition("; ")[2])),
    ]


def _marked(line: Line) -> Line:
    return Line(line.label, marks.in_words(line.text))


def _edition(fact: Fact, edition: str) -> Line:
    return Line(fact.name, marks.in_words(f"{fact.value}; {fact.detail}. Rule: {criteria_words.rule(edition)}"))


def _earlier(view: CriteriaView) -> tuple[Block, ...]:
    """Every assessment as a table where there are several, the latest first."""
    if len(view.assessments) < 2:
        return ()
    shown = criteria_record.table(view)
    rows = tuple(_row([cell.text or "–" for cell in row]) for row in shown.rows)
    columns = ("Day", "WPI", "SSS", "FS", "Regions of 5", "2016", "2011", "Recorded by")
    return (Table(marks.in_words(shown.caption), columns, rows, (1, 2)),)


def _row(cells: list[str]) -> tuple[str, ...]:
    """The row of the screen with the band beside its score, and the remark beside who wrote it."""
    day, wpi, sss, fs, band, regions, by_2016, by_2011, who, remark = cells
    score = fs if band == "–" else f"{fs}, {band}"
    return (day, wpi, sss, score, regions, by_2016, by_2011, who if remark == "–" else f"{who}: {remark}")


def _estimate_alone(view: CriteriaView) -> Content:
    """What the map says where nobody assessed; nothing where there is no map either."""
    if not view.strict.days_logged:
        return NOTHING
    rules = [f"{edition} criteria thresholds not assessable on these answers" for edition in RULES]
    said = f"No assessment on record, so: {'; '.join(rules)}. The map alone never decides."
    return Content(paragraphs(said, _estimate(view)), COMPUTED, span(view.week))


def _estimate(view: CriteriaView) -> str:
    """'Estimate from the map, to be confirmed with the patient: strict reading, ...'."""
    if not view.strict.days_logged:
        return ""
    return f"Estimate from the map, to be confirmed with the patient: {criteria_words.estimate_words(view)}."
