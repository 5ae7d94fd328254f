"""The criteria in words: the estimate, what the answers say by each edition, and what is missing; never a diagnosis."""

from collections.abc import Iterable

from clinical.criteria import AREAS, Answers, Conditions, Outcome, Result
from clinical.fibromyalgia import (
    ACR_REGIONS,
    AREA_LABELS,
    OTHER_SCALE,
    RULES,
    SHIPPED_SCALE,
    SYMPTOMS,
    Rule,
    Symptom,
    severity_band,
)
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import listed, plainly, sentence_case, several, span
from dashboard.services.criteria import CriteriaView

VERDICTS = {"met": "thresholds met", "not_met": "thresholds not met", "not_assessable": "not assessable"}
CAUTION = "A prompt on these answers, never a diagnosis; the clinician has the last word."
STATES = {"met": "met", "not_met": "not met", "open": "open"}
REGION_LABELS = {
    "left_upper": "Left upper",
    "right_upper": "Right upper",
    "left_lower": "Left lower",
    "right_lower": "Right lower",
    "axial": "Axial",
}
BACK_AND_LEGS = frozenset({"axial", "left_lower", "right_lower"})
"""The picture of back pain that radiates to buttocks and legs: regional pain under 2016 (reference 1.7, T11)."""
_MISSING = {
    AREAS: "areas to confirm",
    "months": "duration",
    "other_disorder": "other disorder",
    **{symptom.item: symptom.label.lower() for symptom in SYMPTOMS},
}


def facts(view: CriteriaView, answers: Answers, found: Result) -> tuple[Fact, ...]:
    """What the answers say: both editions, the three scores and the spread, each with its evidence."""
    editions = [_edition(view, answers, outcome) for outcome in found.outcomes.values()]
    return (*editions, _wpi(view, answers, found), _sss(view, answers, found), _fs(found), _spread(found))


def verdict(outcome: Outcome) -> str:
    """'2016 criteria thresholds met', '... not assessable on these answers'."""
    open_end = " on these answers" if outcome.verdict == "not_assessable" else ""
    return f"{outcome.edition} criteria {VERDICTS[outcome.verdict]}{open_end}"


def _edition(view: CriteriaView, answers: Answers, outcome: Outcome) -> Fact:
    known = outcome.verdict != "not_assessable"
    value = sentence_case(VERDICTS[outcome.verdict])
    missing = missing_words(outcome.missing)
    detail = f"on these answers: {failing(outcome.conditions) or 'every condition is met'}"
    if not known:
        detail = f"on these answers; missing: {missing}"
    rules = RULES[outcome.edition]
    rows = (
        ("Rule", f"{rule(outcome.edition)}. {others(outcome.edition)}"),
        ("Inputs", inputs(answers)),
        ("Missing", missing or "nothing"),
        ("Dates", recall(view)),
        ("Rests on", "answers of the patient and the clinician; the map alone never decides (reference 1.6)"),
        ("Source", rules[0].source),
    )
    return Fact(f"{outcome.edition} criteria", value, detail, Evidence(verdict(outcome), rows, CAUTION), known=known)


def missing_words(missing: Iterable[str]) -> str:
    """'areas to confirm, fatigue and duration'; 'all 6 symptoms' where none was answered."""
    lacking = list(missing)
    items = [symptom.item for symptom in SYMPTOMS]
    named = [_MISSING[name] for name in lacking if name not in items or not set(items) <= set(lacking)]
    if set(items) <= set(lacking):
        named.insert(lacking.index(items[0]), f"all {len(items)} symptoms")
    return listed(named, len(_MISSING))


def failing(conditions: Conditions) -> str:
    """The conditions that are not met: 'scores and spread not met'; '' for none."""
    named = {
        "scores": conditions.scores,
        "spread": conditions.spread,
        "duration": conditions.duration,
        "other disorder": conditions.other_disorder,
    }
    failed = [name for name, state in named.items() if state == "not_met"]
    return f"{listed(failed)} not met" if failed else ""


def rule(edition: str) -> str:
    """The whole rule of an edition in words, from its definition."""
    first = RULES[edition][0]
    spread = f"; pain in at least {first.regions_from} of the 5 regions" if first.regions_from else ""
    other = "; no other disorder that sufficiently explains the pain" if first.other_disorder_excludes else ""
    return f"{scores_rule(edition)}{spread}; for at least {plainly(first.months_from)} months{other}"


def scores_rule(edition: str) -> str:
    """'WPI 7 or more and SSS 5 or more, or WPI 4–6 and SSS 9 or more'."""
    return ", or ".join(_arm(each) for each in RULES[edition])


def _arm(arm: Rule) -> str:
    wpi = f"{arm.wpi_from} or more" if arm.wpi_to == len(AREA_LABELS) else f"{arm.wpi_from}–{arm.wpi_to}"
    return f"WPI {wpi} and SSS {arm.sss_from} or more"


def others(edition: str) -> str:
    """What the edition says of other diagnoses."""
    if RULES[edition][0].other_disorder_excludes:
        return "Generalised pain is not asked for."
    return "Other diagnoses neither exclude it nor are excluded by it."


def inputs(answers: Answers) -> str:
    """What was answered so far: areas, items, duration."""
    items = [f"{symptom.label.lower()} {_answer(symptom, answers)}" for symptom in SYMPTOMS]
    areas = "areas not confirmed" if answers.areas is None else f"areas: {area_names(answers.areas) or 'none'}"
    months = "not answered" if answers.months is None else several_months(answers.months)
    other = {None: "not answered", True: "yes", False: "no"}[answers.other_disorder]
    return f"{areas}; {'; '.join(items)}; duration {months}; other disorder {other}"


def several_months(months: float) -> str:
    """'6 months', '1 month', '2.5 months'."""
    return f"{plainly(months)} {'month' if months == 1 else 'months'}"


def _answer(symptom: Symptom, answers: Answers) -> str:
    given = getattr(answers.symptoms, symptom.item)
    if given is None:
        return "not answered"
    return str(given) if symptom.highest > 1 else "yes" if given else "no"


def area_names(areas: Iterable[str], most: int = len(AREA_LABELS)) -> str:
    """'lower back, neck and upper arm left', in the order of the criteria."""
    chosen = frozenset(areas)
    return listed([label.lower() for area, label in AREA_LABELS.items() if area in chosen], most)


def region_names(regions: Iterable[str]) -> str:
    """'axial, left lower and right lower', in the order of the criteria."""
    chosen = frozenset(regions)
    return listed([REGION_LABELS[name].lower() for name in ACR_REGIONS if name in chosen], len(ACR_REGIONS))


def recall(view: CriteriaView) -> str:
    """The window of each kind of question."""
    return f"areas and three symptoms: past week ({span(view.week)}); three symptoms: previous 6 months"


def _wpi(view: CriteriaView, answers: Answers, found: Result) -> Fact:
    name = "WPI, widespread pain index"
    estimate = f"about {view.strict.count} from the map" if view.strict.days_logged else "no map in the last 7 days"
    value = "Not confirmed" if found.wpi is None else f"{found.wpi} of 19"
    detail = estimate if found.wpi is None else f"areas confirmed; {estimate}"
    rows = (
        ("Rule", "Number of the 19 areas with pain in the past week; jaw, chest and abdomen count here"),
        ("Inputs", "not confirmed yet" if answers.areas is None else area_names(answers.areas) or "no area"),
        ("Dates", span(view.week)),
        ("Rests on", f"the clinician's confirmation; beside it: {estimate_words(view)}"),
        ("Source", RULES["2016"][0].source),
    )
    return Fact(name, value, detail, Evidence(name, rows, CAUTION), known=found.wpi is not None)


def _sss(view: CriteriaView, answers: Answers, found: Result) -> Fact:
    name = "SSS, symptom severity scale"
    lacking = [name for name in found.outcomes["2016"].missing if name not in (AREAS, "months")]
    value = "Not known" if found.sss is None else f"{found.sss} of 12"
    detail = f"missing: {missing_words(lacking)}" if lacking else "three items 0–3, three yes or no"
    items = "; ".join(f"{each.label.lower()} ({each.recall}) {_answer(each, answers)}" for each in SYMPTOMS)
    rows = (
        ("Rule", "Sum of the three items of the past week (0–9) and of the three of the previous 6 months (0–3)"),
        ("Inputs", items),
        ("Dates", recall(view)),
        ("Rests on", f"{len(SYMPTOMS) - len(lacking)} of 6 items answered; with one missing there is no sum"),
        ("Source", RULES["2016"][0].source),
    )
    return Fact(name, value, detail, Evidence(name, rows, CAUTION), known=found.sss is not None)


def _fs(found: Result) -> Fact:
    name = "FS, fibromyalgia severity"
    rows: tuple[tuple[str, str], ...] = (("Rule", "WPI + SSS, 0–31. FS alone never says that criteria are met"),)
    if found.fs is None:
        return Fact(name, "Not known", "WPI and SSS are needed", Evidence(name, rows, CAUTION), known=False)
    used, other = severity_band(found.fs), severity_band(found.fs, OTHER_SCALE)
    rows = (
        *rows,
        ("Inputs", f"WPI {found.wpi} + SSS {found.sss}"),
        (used.scale, f"{used.band} ({used.fs_from}–{used.fs_to}): {used.source}; the cut points are unconfirmed"),
        (other.scale, f"{other.band} ({other.fs_from}–{other.fs_to}): {other.source}"),
        ("Rests on", "two published scales that disagree; Wolfe's is used"),
    )
    detail = f"{SHIPPED_SCALE}, unconfirmed [K]; {OTHER_SCALE} says {other.band}"
    return Fact(name, f"{found.fs} of 31: {used.band}", detail, Evidence(name, rows, CAUTION))


def _spread(found: Result) -> Fact:
    name = "Spread over the 5 regions"
    rule_words = "Regions of the five with a painful area; jaw, chest and abdomen satisfy none"
    if found.regions is None:
        rows: tuple[tuple[str, str], ...] = (("Rule", rule_words), ("Inputs", "areas not confirmed"))
        return Fact(name, "Not confirmed", "areas to confirm", Evidence(name, rows, CAUTION), known=False)
    kind = "generalised pain" if found.generalised else "regional pain" if found.regions or found.wpi else "no pain"
    uncounted = area_names(found.uncounted)
    detail = region_names(found.regions) or "none of the five"
    if uncounted:
        detail = f"{detail}; not counted here: {uncounted}"
    rows = (
        ("Rule", f"{rule_words}. Generalised: at least {RULES['2016'][0].regions_from} of 5"),
        ("Inputs", region_names(found.regions) or "none"),
        ("Not counted", uncounted or "none of the areas in pain"),
        ("Rests on", "the areas confirmed for the past week"),
        ("Source", RULES["2016"][0].source),
    )
    return Fact(name, f"{len(found.regions)} of 5: {kind}", detail, Evidence(name, rows, CAUTION))


def regional(found: Result) -> str:
    """What is said where pain is regional; '' where it is generalised, absent or not confirmed."""
    if found.generalised or not found.wpi or found.regions is None:
        return ""
    places = f" ({region_names(found.regions)})" if found.regions else ""
    said = (
        f"Regional pain: {several(len(found.regions), 'region')} of the 5{places}; the 2016 criteria ask for "
        f"generalised pain, in at least {RULES['2016'][0].regions_from}."
    )
    if frozenset(found.regions) <= BACK_AND_LEGS and found.wpi >= RULES["2016"][0].wpi_from:
        said += " Pain of the back that radiates to buttocks and legs is regional, however many areas it takes in."
    return said


def estimate_words(view: CriteriaView) -> str:
    """What the map of the last 7 days says by both readings, with the days each area hurt on."""
    strict = view.strict
    named = [f"{_label(a)} {n}" for a, n in zip(strict.areas, strict.area_days, strict=True)]
    areas = f". Days by area: {listed(named, len(AREA_LABELS))}" if named else ""
    return f"{readings(view)}{areas}"


def readings(view: CriteriaView) -> str:
    """What the map of the last 7 days says by the strict reading, and the extended one named beside it."""
    strict, extended, week = view.strict, view.extended, view.week
    if not strict.days_logged:
        return f"no map in the last 7 days ({span(week)}): nothing is filled in"
    low = ": low completeness" if strict.low_completeness else ""
    return (
        f"strict reading, {span(week)}: about {strict.count} of 19 ({strict.days_logged} of 7 days with a map{low}); "
        f"extended reading (adjacent limb area): about {extended.count}"
        f"{_differs(strict.areas, extended.areas)}"
    )


def _differs(strict: tuple[str, ...], extended: tuple[str, ...]) -> str:
    more, less = area_names(set(extended) - set(strict)), area_names(set(strict) - set(extended))
    said = [f"also {more}" if more else "", f"without {less}" if less else ""]
    return f" ({'; '.join(part for part in said if part)})" if more or less else ""


def _label(area: str) -> str:
    return AREA_LABELS[area].lower()


def conditions_table(found: Result) -> str:
    """A Markdown table: each condition, and how it stands by both editions."""
    by_2016, by_2011 = (found.outcomes[edition].conditions for edition in ("2016", "2011"))
    first = RULES["2016"][0]
    rows = [
        (
            f"Scores: {scores_rule('2016')} (2011: from WPI {RULES['2011'][-1].wpi_from})",
            by_2016.scores,
            by_2011.scores,
        ),
        (f"Pain in at least {first.regions_from} of 5 regions", by_2016.spread, by_2011.spread),
        (f"At this level for at least {plainly(first.months_from)} months", by_2016.duration, by_2011.duration),
        ("No other disorder that sufficiently explains it", by_2016.other_disorder, by_2011.other_disorder),
    ]
    lines = [f"| {name} | {_state(a)} | {_state(b)} |" for name, a, b in rows]
    return "\n".join(("| Condition | 2016 | 2011 |", "|---|---|---|", *lines))


def _state(state: str | None) -> str:
    return "not asked" if state is None else f"**{STATES[state]}**" if state != "open" else "open"
