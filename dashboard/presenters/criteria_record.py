"""Assessments on record in words: the latest as one sentence, and all of them as a table."""

from clinical.criteria import EDITIONS, Outcome
from clinical.fibromyalgia import SHIPPED_SCALE, fs_band
from dashboard.presenters.criteria import CAUTION, VERDICTS, area_names, inputs, rule, verdict
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.notes import moment
from dashboard.presenters.pain_map_facts import Lead
from dashboard.presenters.pain_map_table import Cell, Column, Table
from dashboard.presenters.words import day, full_day, listed, several
from dashboard.services.criteria import CriteriaView, Standing, answers_of


def lead(view: CriteriaView) -> Lead:
    """The latest assessment that stands, or that there is none."""
    if not view.standing:
        rows = (("Rule", rule("2016")), ("Rests on", "nothing: no assessment on record"))
        text = f"none as of {full_day(view.as_of)}. The map alone never decides."
        return Lead("Assessment on record", text, Evidence("Criteria on record", rows, CAUTION))
    latest = view.standing[0]
    made = latest.assessed
    rows = (
        ("Rule", f"2016: {rule('2016')}. 2011: {rule('2011')}"),
        ("Inputs", inputs(answers_of(made))),
        ("Dates", f"areas and three symptoms: the week before {full_day(made.day)}"),
        ("Rests on", f"answers recorded by {made.user_name}, {moment(made.assessed_at)}"),
        ("From the map then", area_names(made.estimate_areas) or "no area"),
        *((("Remark", made.remark),) if made.remark else ()),
    )
    said = listed([verdict(outcome) for outcome in latest.result.outcomes.values()])
    text = f"{day(made.day, view.as_of)}, {made.user_name}: {said}; {scores(latest)}."
    return Lead("Latest on record", text, Evidence("Criteria on record", rows, CAUTION))


def scores(of: Standing) -> str:
    """'WPI 9, SSS 8, FS 17 (severe, Wolfe 2015)'; what cannot be known is said."""
    found = of.result
    sss = "not known" if found.sss is None else str(found.sss)
    fs = "not known" if found.fs is None else f"{found.fs} ({fs_band(found.fs)}, {SHIPPED_SCALE})"
    return f"WPI {found.wpi}, SSS {sss}, FS {fs}"


COLUMNS = (
    Column("Day", number=False),
    Column("WPI"),
    Column("SSS"),
    Column("FS"),
    Column("Band", number=False),
    Column("Regions of 5"),
    *(Column(edition, number=False) for edition in EDITIONS),
    Column("Recorded by", number=False),
    Column("Remark", number=False),
)
UNKNOWN = Cell("–", None)


def table(view: CriteriaView) -> Table:
    """Every assessment, the latest first; those that were corrected say so."""
    caption = (
        f"WPI 0–19, SSS 0–12, FS 0–31 with its band by {SHIPPED_SCALE} (unconfirmed [K]); 2016 and 2011: thresholds "
        "met, not met, or not assessable on the answers given"
    )
    return Table(caption, COLUMNS, tuple(_row(view, each) for each in view.assessments), "")


def _row(view: CriteriaView, of: Standing) -> tuple[Cell, ...]:
    made, found = of.assessed, of.result
    when = f"{day(made.day, view.as_of)}{'' if of.stands else ' (corrected)'}"
    return (
        Cell(when, made.day.isoformat()),
        *(UNKNOWN if score is None else Cell(str(score), score) for score in (found.wpi, found.sss, found.fs)),
        UNKNOWN if found.fs is None else Cell(fs_band(found.fs), found.fs),
        Cell(str(len(found.regions or ())), len(found.regions or ())),
        *(Cell(_short(found.outcomes[edition]), _short(found.outcomes[edition])) for edition in EDITIONS),
        Cell(f"{made.user_name}, {moment(made.assessed_at)}", made.assessed_at.isoformat()),
        Cell(_remark(view, of), _remark(view, of) or None),
    )


def _short(outcome: Outcome) -> str:
    return VERDICTS[outcome.verdict].removeprefix("thresholds ")


def _remark(view: CriteriaView, of: Standing) -> str:
    made = of.assessed
    corrects = view.one(made.replaces)
    said = [
        "counts no more" if not of.stands else "",
        f"correction of what {corrects.assessed.user_name} recorded" if corrects else "",
        made.remark,
    ]
    return ": ".join(part for part in said if part)


def option(view: CriteriaView, of: Standing) -> str:
    """'3 Nov, WPI 9, SSS 8 (Dr Ada)': an assessment to choose."""
    made, found = of.assessed, of.result
    sss = "–" if found.sss is None else found.sss
    return f"{day(made.day, view.as_of)}, WPI {found.wpi}, SSS {sss} ({made.user_name})"


def chart_title(view: CriteriaView) -> str:
    """What the chart shows, and of how many assessments."""
    return f"WPI, SSS and FS over {several(len(view.standing), 'assessment')}"


def spoken(view: CriteriaView) -> str:
    """What a screen reader says of the chart: every point."""
    points = [f"{full_day(each.assessed.day)}: {scores(each)}" for each in reversed(view.standing)]
    return f"{chart_title(view)}. {'; '.join(points)}."
