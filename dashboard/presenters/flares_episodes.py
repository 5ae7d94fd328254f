"""Episodes in words: the sentence on top, the table, and each episode with its evidence."""

from dataclasses import dataclass
from datetime import date

from clinical.body_map import REGION_INDEX
from clinical.flare_context import BEFORE_RULE, DAYS_BEFORE, REGION_RULE, Unusual
from clinical.flares import Flare, day_of, open_flare
from clinical.recovery import RECOVERY_RULE
from dashboard.presenters import episodes
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.flares_verdicts import status
from dashboard.presenters.pain_map_facts import Fact, Lead
from dashboard.presenters.regions import places, region_name
from dashboard.presenters.words import (
    counted,
    day,
    full_day,
    listed,
    number,
    plainly,
    sentence_case,
    several,
    span,
    times,
)
from dashboard.services.flare_review import Episode, FlaresView

KINDS = {"flare": "Flare", "spike": "Spike", "shift": "New level"}
COLUMNS = ("Episode", "Days", "Worst", "Usual", "Regions that lit up", "Went before", "Way back", "Verdict")
NUMBERS = frozenset({"Days", "Worst", "Usual"})
ANSWERS = {
    "sleep_hours": ("sleep", "h"),
    "sleep_quality": ("sleep quality", ""),
    "stress": ("stress", ""),
    "activity": ("activity", ""),
    "mood": ("mood", ""),
    "rescue_doses": ("as-needed doses", "a day"),
}
_NOT_BACK = {
    "open": "still open",
    "not back yet": "not back yet",
    "usual level not known": "usual level not known",
    "another episode first": "another episode first",
    "a new level": "stayed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `episode` names it, `cells` follow the columns, `counts` false where it was dismissed."""

    episode: str
    cells: tuple[str, ...]
    chosen: bool
    counts: bool
    judged: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The episodes of the period as a table, the latest first."""

    caption: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[Row, ...]


def lead(view: FlaresView) -> Lead:
    """What the patient says today, how many episodes, how many days in them, and how it stands today."""
    found = [each.flare for each in view.episodes if each.counts]
    parts = [_said_today(view), _how_many(found), _flare_days(view, found), _today(view)]
    rows = (
        (
            "Rule",
            f"{episodes.THRESHOLD} Flare days: logged days in a flare or spike. Left out: what was said not to be one.",
        ),
        ("Inputs", _inputs(view)),
        ("Dates", span(view.periods.now)),
        ("Compared with", span(view.periods.before)),
        ("Rests on", _rests_on(view)),
    )
    text = "; ".join(part for part in parts if part)
    return Lead("Flares", f"{sentence_case(text)}.", Evidence("Flares of the period", rows))


def _said_today(view: FlaresView) -> str:
    """'the patient says flare today, pain 6', where that is not yet a flare of days: it is what came last."""
    now = next((f for f in reversed(view.counted) if f.start <= view.as_of and f.end is None), None)
    said = view.said(now) if now is not None and now.kind == "spike" else ()
    if not said:
        return ""
    today = said[-1] == view.as_of
    when = "says flare today" if today else f"said flare on {day(said[-1], view.as_of)}"
    pain = view.pain_on(said[-1])
    return f"the patient {when}, {'no pain answer' if pain is None else f'pain {plainly(pain)}'}"


def _how_many(found: list[Flare]) -> str:
    """Days that only the person's own answer calls a flare are told as that, not as spikes of pain."""
    said = sum(flare.said_only for flare in found)
    kinds = [flare.kind for flare in found if not flare.said_only]
    named = [
        counted(kinds.count(kind), one, many)
        for kind, one, many in (
            ("flare", "flare", "flares"),
            ("spike", "spike", "spikes"),
            ("shift", "new level", "new levels"),
        )
        if kind in kinds
    ]
    named += [f"patient said flare {times(said)}"] if said else []
    return listed(named, len(named)) if named else "no flare, spike or new level"


def _flare_days(view: FlaresView, found: list[Flare]) -> str:
    inside = "in a flare or spike" + (" or said to be a flare" if any(flare.said_only for flare in found) else "")
    logged = view.completeness.days_logged
    was = f", was {view.flare_days_before:,} of {view.logged_before:,}" if view.logged_before else ", nothing before"
    return f"{view.flare_days:,} of {several(logged, 'logged day')} {inside}{was}"


def _today(view: FlaresView) -> str:
    now = open_flare(view.counted, view.as_of)
    if now is not None:
        return f"in a flare today, day {day_of(now, view.as_of)}"
    ended = [flare.end for flare in view.counted if flare.kind == "flare" and flare.end is not None]
    if not ended:
        return "" if view.counted else _too_early(view)
    return f"the last flare ended {several((view.as_of - max(ended)).days, 'day')} ago"


def _too_early(view: FlaresView) -> str:
    return "" if view.usual else "too few logged days to know the usual level, so only the patient's own answers count"


def _inputs(view: FlaresView) -> str:
    usual = view.usual
    if usual is None:
        return "usual level not known; every column that was answered"
    within = f"{usual.low:g}–{usual.high:g} on {several(usual.days, 'logged day')} outside flares"
    return f"usual pain {usual.centre:g} ({within}); every column that was answered"


def _rests_on(view: FlaresView) -> str:
    now, before = view.periods.now, view.periods.before
    return (
        f"{view.completeness.days_logged:,} of {several(now.days, 'day')} logged; before: {view.logged_before:,} of "
        f"{several(before.days, 'day')}"
    )


def table(view: FlaresView, chosen: date | None) -> Table:
    """The table of that view."""
    rows = tuple(_row(view, each, chosen) for each in view.episodes)
    waiting = sum(each.judged.verdict is None for each in view.episodes)
    said = f"{counted(waiting, 'episode')} without a verdict" if waiting else "each has a verdict"
    caption = (
        f"{several(len(rows), 'episode')} in {span(view.periods.now)}, the latest first; {said}. "
        "Usual: median pain of logged days outside flares."
    )
    return Table(caption, tuple((column, column in NUMBERS) for column in COLUMNS), rows)


def _row(view: FlaresView, each: Episode, chosen: date | None) -> Row:
    flare = each.flare
    cells = (
        f"{_kind(flare)} {_dates(flare, view.as_of)}",
        _length(flare, view.as_of),
        plainly(flare.peak_pain),
        "not known" if flare.usual_pain is None else plainly(flare.usual_pain),
        _regions(each, 3),
        _preceded(view, each, 2),
        _way_back(each),
        status(each, view.names, short=True),
    )
    return Row(each.found.isoformat(), cells, each.found == chosen, each.counts, each.judged.verdict is not None)


def _kind(flare: Flare) -> str:
    """A day that only the person's own answer calls a flare is no spike of pain."""
    return "Patient said flare" if flare.said_only else KINDS[flare.kind]


def _dates(flare: Flare, as_of: date) -> str:
    if flare.end is None:
        return f"since {day(flare.start, as_of)}"
    return (
        day(flare.start, as_of) if flare.end == flare.start else f"{day(flare.start, as_of)} – {day(flare.end, as_of)}"
    )


def _length(flare: Flare, as_of: date) -> str:
    length = ((flare.end or as_of) - flare.start).days + 1
    return f"{length:,}" + (f" ({flare.days_missing} missing)" if flare.days_missing else "")


def _regions(each: Episode, most: int) -> str:
    if not each.lit_up.known:
        return "no maps to compare"
    return listed(places(each.lit_up.regions), most) or "none"


def _preceded(view: FlaresView, each: Episode, most: int) -> str:
    told = [event.label for event in each.before.events] + [_unusual(one) for one in each.before.unusual]
    if not told:
        return "nothing unusual" if each.before.answered else "not logged"
    return listed(told, most)


def _unusual(one: Unusual) -> str:
    name, unit = ANSWERS[one.column]
    return f"{name} {number(one.mean, 1, unit)} (usually {one.low:g}–{one.high:g})"


def _way_back(each: Episode) -> str:
    found = each.recovery
    return several(found.days, "day") if found.days is not None else _NOT_BACK[found.why]


def heading(view: FlaresView, each: Episode) -> str:
    """'Flare since 13 Nov, day 10', 'Spike 3 Oct'."""
    flare = each.flare
    still = f", day {day_of(flare, view.as_of)}" if flare.end is None else ""
    return f"{_kind(flare)} {_dates(flare, view.as_of)}{still}"


def facts(view: FlaresView, each: Episode) -> tuple[Fact, ...]:
    """The episode one thing at a time, each with its evidence."""
    return (
        _worst(view, each),
        _found_by(view, each),
        _lit_up(view, each),
        _went_before(view, each),
        _recovered(view, each),
    )


def _worst(view: FlaresView, each: Episode) -> Fact:
    flare = each.flare
    word = "New level" if flare.kind == "shift" else "Worst day"
    usual = "usual not known" if flare.usual_pain is None else f"usual {plainly(flare.usual_pain)}"
    known = flare.peak_pain is not None
    value = f"Pain {plainly(flare.peak_pain)}" if known else "No pain answer"
    when = "" if flare.kind == "shift" or not known else f"{day(flare.peak, view.as_of)} · "
    rule = "Highest pain of the episode, of equal days the one worse in everything else; a new level: its median. "
    return Fact(word, value, f"{when}{usual}", _evidence(view, each, word, rule + episodes.usual(flare)), known)


def _found_by(view: FlaresView, each: Episode) -> Fact:
    flare = each.judged.detected
    rule = f"{episodes.THRESHOLD} This one: {flare.rule}."
    evidence = _evidence(view, each, "Found by", rule, f"signals: {episodes.signals(flare) or 'none'}")
    loud = listed([episodes.SIGNALS.get(signal, signal) for signal in flare.signals if signal != "flare"])
    value = "; ".join(part for part in (_own_word(view, flare), loud) if part)
    detail = f"{several(len(flare.signals), 'signal')} · rule one click away"
    return Fact("Found by", sentence_case(value) or "Not known", detail, evidence)


def _own_word(view: FlaresView, flare: Flare) -> str:
    """'the patient's own word on 9 of 11 logged days', before all that was measured; nothing where it was not said."""
    said = len(view.said(flare))
    return f"the patient's own word on {said:,} of {several(flare.days_logged, 'logged day')}" if said else ""


def _lit_up(view: FlaresView, each: Episode) -> Fact:
    found = each.lit_up
    regions = sorted(found.regions, key=REGION_INDEX.__getitem__)
    inputs = ", ".join(region_name(region) for region in regions) or "none"
    rests = f"{several(found.days, 'map day')}, {found.days_usual:,} before it"
    evidence = _evidence(view, each, "Regions that lit up", REGION_RULE, inputs, rests)
    return Fact("Regions that lit up", sentence_case(_regions(each, 4)), rests, evidence, found.known)


def _went_before(view: FlaresView, each: Episode) -> Fact:
    found = each.before
    lines = [f"{_unusual(one)}, {several(one.days, 'day')} against {one.days_usual:,}" for one in found.unusual]
    lines += [f"{event.label} on {day(event.day, view.as_of)}" for event in found.events]
    rests = f"{found.answered} of {several(DAYS_BEFORE, 'day')} before it logged"
    evidence = _evidence(view, each, "What went before", BEFORE_RULE, "; ".join(lines) or "nothing unusual", rests)
    return Fact("Went before", sentence_case(_preceded(view, each, 4)), rests, evidence, bool(lines))


def _recovered(view: FlaresView, each: Episode) -> Fact:
    found = each.recovery
    missing = f"{several(found.missing, 'day')} of it not logged" if found.missing else "every day of it logged"
    detail = missing if found.days is not None else "from the worst day to the usual level"
    evidence = _evidence(view, each, "Way back", RECOVERY_RULE, _way_back(each))
    return Fact("Way back", sentence_case(_way_back(each)), detail, evidence, found.days is not None)


def _evidence(view: FlaresView, each: Episode, title: str, rule: str, inputs: str = "", rests: str = "") -> Evidence:
    flare = each.flare
    last = "today" if flare.end is None else full_day(flare.end)
    logged = f"{several(flare.days_logged, 'logged day')}, {several(flare.days_missing, 'day')} missing"
    rows = (
        ("Rule", rule),
        ("Inputs", inputs or episodes.signals(each.judged.detected)),
        ("Dates", f"{full_day(flare.start)} – {last}"),
        ("Rests on", f"{rests}; {logged}" if rests else logged),
    )
    return Evidence(title, rows)


def chart_title(view: FlaresView) -> str:
    """What the chart shows."""
    return f"Pain, shaded where a flare or spike counts · {span(view.periods.now)}"


def chart_help(view: FlaresView) -> str:
    """How to read the chart."""
    usual = " The band is the person's own usual range." if view.usual else ""
    return f"Hatched: not logged, never drawn through.{usual} A click on a shaded day shows its episode below."


def none_found(view: FlaresView) -> str:
    """The period without an episode: what that rests on."""
    logged = view.completeness
    few = "" if view.usual else " There are too few logged days to know the usual level, so this says little."
    return f"No episode in these days: {logged.days_logged:,} of {several(logged.days, 'day')} logged.{few}"


def not_shown(view: FlaresView) -> tuple[str, str]:
    """Why there is nothing to show, and what to do."""
    if view.state == "never_logged":
        return (
            "Nothing logged yet",
            "Ask the patient to start the diary, fill in a first entry together under Add entry, or have a diary file "
            "brought in. Two weeks of days are enough for a usual level; before that the patient's own answers count.",
        )
    if view.state == "undated_only":
        return (
            "No day with a date",
            "Entries came in without a date. They are kept, and are never placed on a time axis.",
        )
    last = view.completeness.last_entry
    when = f"The last entry was on {full_day(last)}. " if last else ""
    days = several(view.completeness.days, "day")
    return "No diary entry in this period", f"{days} without an entry. {when}Choose a longer period."
