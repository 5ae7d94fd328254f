"""Assessments on record in words: the latest as one sentence, and all of them as a table."""

from clinical.criteria import EDITIONS, Outcome
from clinical.fibromyalgia import SHIPPED_SCALE, fs_band
from dashboard.presenters.criteria import CAUTION, VERDICTS, area_names, inputs, rule, verdict
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.notes import moment
from dashboard.presenters.pain_map_facts import Lead
from dashboard.presenters.words import day, escaped, full_day, listed, several
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


def table(view: CriteriaView) -> str:
    """A Markdown table of every assessment, the latest first; '' for none."""
    if not view.assessments:
        return ""
    heads = ("Day", "WPI", "SSS", "FS and band", "Regions", *EDITIONS, "Recorded by", "Remark")
    lines = [heads, ["---"] * len(heads), *(_row(view, each) for each in view.assessments)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(view: CriteriaView, of: Standing) -> tuple[str, ...]:
    made, found = of.assessed, of.result
    cells = (
        day(made.day, view.as_of),
        str(found.wpi),
        "–" if found.sss is None else str(found.sss),
        "–" if found.fs is None else f"{found.fs} {fs_band(found.fs)}",
        f"{len(found.regions or ())} of 5",
        *(_short(found.outcomes[edition]) for edition in EDITIONS),
        f"{escaped(made.user_name)}, {moment(made.assessed_at)}",
        _remark(view, of),
    )
    return cells if of.stands else tuple(f"~~{cell}~~" if cell else "" for cell in cells[:-1]) + cells[-1:]


def _short(outcome: Outcome) -> str:
    return VERDICTS[outcome.verdict].removeprefix("thresholds ")


def _remark(view: CriteriaView, of: Standing) -> str:
    made = of.assessed
    corrects = view.one(made.replaces)
    said = [
        "corrected, counts no more" if not of.stands else "",
        f"correction of what {escaped(corrects.assessed.user_name)} recorded" if corrects else "",
        escaped(made.remark),
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
