"""Findings as plain English: each fact one sentence with its numbers, and its evidence one click behind it.

'went with', 'after' and 'since' are the only ways two things are put side by side; never 'because' or 'caused'.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

from clinical.diary import Period
from clinical.finding import Finding, Value
from clinical.thresholds import limit
from dashboard.periods import Periods, in_words
from dashboard.presenters import episodes
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.outcomes import AGAINST_BEFORE, AT_START, WORDS
from dashboard.presenters.regions import region_names
from dashboard.presenters.words import (
    after_short_nights,
    counted,
    day,
    exactly,
    listed,
    number,
    plainly,
    sentence_case,
    several,
    span,
    times,
)  # fmt: skip

NOTHING = "Nothing was found that changed in this period."
URGENT = {"safety_item": "safety", "item_9_unknown": "overdue", "red_flag": "safety", "actions_overdue": "overdue"}

Part = tuple[Literal["strong", ""], str]
Rows = tuple[tuple[str, str], ...]
_T = TypeVar("_T", int, float, str, date)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in parts, so that its number can be printed strong; `tone` is safety, overdue or empty."""

    parts: tuple[Part, ...]
    tone: str
    evidence: Evidence

    @property
    def text(self) -> str:
        """The sentence without emphasis."""
        return "".join(text for _, text in self.parts)


def heading(periods: Periods) -> str:
    """'Since last visit', or the length looked at."""
    if periods.choice == "visit":
        return "Since last visit"
    return f"{sentence_case(in_words(periods.now.days))}, what changed"


def sentences(found: tuple[Finding, ...], as_of: date) -> list[Sentence]:
    """One sentence per fact, in the given order: most important first."""
    return [sentence(fact, as_of) for fact in found]


def sentence(fact: Finding, as_of: date) -> Sentence:
    """The fact in words, with its evidence."""
    lead, rest = _SAID[fact.kind](Values(fact), as_of)
    parts: tuple[Part, ...] = (("strong", lead), ("", rest)) if rest else (("strong", lead),)
    return Sentence(parts, URGENT.get(fact.kind, ""), _evidence(fact, lead, as_of))


class Values:
    """Typed reading of a fact's values: None stays None, a wrong type is an error."""

    def __init__(self, fact: Finding) -> None:
        self._values = fact.values

    def text(self, name: str) -> str:
        """A text, '' for none."""
        return self._of(name, str) or ""

    def day(self, name: str) -> date | None:
        """A day, None for none."""
        return self._of(name, date)

    def count(self, name: str) -> int:
        """A whole number, 0 for none."""
        return int(self.value(name) or 0)

    def value(self, name: str) -> float | None:
        """A number, None for none."""
        found = self._values[name]
        if found is not None and not isinstance(found, int | float):
            raise TypeError(f"{name} is no number")
        return found

    def _of(self, name: str, kind: type[_T]) -> _T | None:
        found = self._values[name]
        if found is not None and not isinstance(found, kind):
            raise TypeError(f"{name} is no {kind.__name__}")
        return found


Said = tuple[str, str]


def _safety(v: Values, as_of: date) -> Said:
    return f"Ask today: PHQ-9 item 9 is {v.text('answered')}", f" of 3, {_answered(v, as_of)}; still open"


def _item_9_unknown(v: Values, as_of: date) -> Said:
    score = "with gaps" if v.value("score") is None else number(v.value("score"), 0)
    return "PHQ-9 item 9 not known: ask", f"; the latest PHQ-9, {score} on {day(v.day('day'), as_of)}, does not tell it"


def _red_flag(v: Values, as_of: date) -> Said:
    further = v.count("further")
    more = f", and {several(further, 'more red flag')}" if further else ""
    if not v.text("pressing"):
        return f"Red flag: {v.text('label')}", f", {_answered(v, as_of)}{more}; still open"
    named = "; ".join([v.text("label"), *v.text("pressing").split("|")])
    return f"Red flags: {named}", f", the first {_answered(v, as_of)}{more}; still open"


def _answered(v: Values, as_of: date) -> str:
    return "date not known" if v.day("day") is None else f"answered {day(v.day('day'), as_of)}"


def _pain(v: Values, as_of: date) -> Said:
    now, before = v.value("now"), v.value("before")
    if before is None and v.day("first_day") is not None:
        return f"Pain {number(now)}", f" on {several(v.count('days_now'), 'day')}; {_no_diary_before(v, as_of)}"
    if before is None or v.text("important") == "not enough days":
        return f"Pain {number(now)}", f" on {several(v.count('days_now'), 'day')}; too few days before to compare"
    return f"Pain {number(now)}, was {number(before)}", f" ({_how_much(v)}){_outside_flares(v)}"


def _no_diary_before(v: Values, as_of: date) -> str:
    """'no diary before 24 Nov 2016'."""
    return f"no diary before {day(v.day('first_day'), as_of)}"


def _how_much(v: Values) -> str:
    """'up 17 %, below the 30 % mark', 'down 2.1 points, an important change'."""
    difference, percent = v.value("difference") or 0.0, v.value("percent")
    if difference == 0:
        return "unchanged"
    size = f"{abs(percent):.0f} %" if percent is not None else f"{number(abs(difference))} points"
    direction = "up" if difference > 0 else "down"
    if v.text("important").startswith("important"):
        return f"{direction} {size}, {WORDS[v.text('important')]}"
    mark = "below the 30 % mark" if percent is not None else "below the 2-point mark"
    return f"{direction} {size}, {mark}"


def _outside_flares(v: Values) -> str:
    now, before = v.value("outside_now"), v.value("outside_before")
    if now is None or before is None:
        return ""
    if number(now) == number(before):
        return f"; outside flares unchanged at {number(now)}"
    return f"; outside flares {number(now)}, was {number(before)}"


def _flare_days(v: Values, _: date) -> Said:
    now, before = v.count("now"), v.value("before")
    was = f", was {before:.0f}" if before is not None else f" in {several(v.count('days_now'), 'logged day')}"
    days = f"{several(now, 'flare day') if now else 'No flare days'}{was}"
    found = [f"{counted(v.count('flares'), 'flare')}{_after_short_nights(v)}"] if v.count("flares") else []
    found += [counted(v.count("spikes"), "spike")] if v.count("spikes") else []
    found += [f"patient said flare {times(v.count('said_flare'))}"] if v.count("said_flare") else []
    rest = ", ".join(found)
    if v.value("open_day"):
        return f"In a flare now, day {v.count('open_day')}", f"; {days}" + (f": {rest}" if rest else "")
    return days, f": {rest}" if rest else ""


def _after_short_nights(v: Values) -> str:
    return after_short_nights(v.count("after_short_nights"), v.count("flares"))


def _sleep_and_stress(v: Values, _: date) -> Said:
    nights = [_short_nights(v)] if v.count("nights_now") and v.count("nights_before") else []
    sleep = [_was("mean sleep", v.value("sleep_now"), v.value("sleep_before"), "h")] if nights else []
    both = v.value("stress_now") is not None and v.value("stress_before") is not None
    stress = [_was("mean stress", v.value("stress_now"), v.value("stress_before"))] if both else []
    parts = [*nights, *sleep, *stress] if v.text("leads") == "sleep" else [*stress, *nights, *sleep]
    return sentence_case(parts[0]), "".join(f"; {part}" for part in parts[1:])


def _short_nights(v: Values) -> str:
    now = f"{v.count('short_now')} of {several(v.count('nights_now'), 'logged night')}"
    return (
        f"{now} under {limit('short_night_hours'):.0f} h, was {v.count('short_before')} of {v.count('nights_before')}"
    )


def _was(what: str, now: float | None, before: float | None, unit: str = "") -> str:
    return f"{what} {number(now, 1, unit)}, was {number(before, 1, unit)}"


def _flare_regions(v: Values, _: date) -> Said:
    usual = region_names(v.text("usual_regions"))
    stays = f"; between them it stays in the {listed(usual)}" if usual else ""
    return f"In flares pain spreads to the {listed(region_names(v.text('regions')))}", stays


def _spread(v: Values, _: date) -> Said:
    new, gone = region_names(v.text("new_regions")), region_names(v.text("gone_regions"))
    changes = [f"new: {listed(new)}"] if new else []
    changes += [f"gone: {listed(gone)}"] if gone else []
    lead = f"Pain in {several(v.count('now'), 'region')} a day, was {v.count('before')}"
    return lead, f"; {'; '.join(changes)}" if changes else ""


def _shift(v: Values, as_of: date) -> Said:
    way = "rise" if v.text("direction") == "up" else "fall"
    lead = f"Lasting {way}: usual pain {number(v.value('level'), 0)}, was {number(v.value('former'), 0)}"
    return lead, f", since {day(v.day('since'), as_of)}"


def _started(v: Values, as_of: date) -> Said:
    return f"{sentence_case(v.text('medicine'))} since {day(v.day('day'), as_of)}", _before_after(v)


def _stopped(v: Values, as_of: date) -> Said:
    return f"{sentence_case(v.text('medicine'))} stopped {day(v.day('day'), as_of)}", _before_after(v)


def _before_after(v: Values) -> str:
    if v.text("why"):
        return f": nothing can be said yet ({v.text('why')})"
    went = f"went with pain {number(v.value('pain_after'))}, was {number(v.value('pain_before'))}"
    return f": {went} ({WORDS[v.text('important')]})"


def _as_needed(v: Values, _: date) -> Said:
    name = sentence_case(v.text("medicine")) or "As-needed medicine"
    before = v.value("before")
    return f"{name} on {several(v.count('now'), 'day')}", f", was {before:.0f}" if before is not None else ""


def _score(v: Values, as_of: date) -> Said:
    lead = f"{v.text('instrument')} {number(v.value('now'), 0)}, was {number(v.value('before'), 0)}"
    dates = f"{day(v.day('day_now'), as_of)} against {day(v.day('day_before'), as_of)}"
    former = f"{AT_START} of this period" if v.count("at_start") else f"the {AGAINST_BEFORE}"
    return lead, f" ({WORDS[v.text('important')]}); {dates}, {former}"


def _overdue(v: Values, as_of: date) -> Said:
    lead = f"{sentence_case(counted(v.count('count'), 'action'))} overdue"
    oldest = ", the oldest" if v.count("count") > 1 else ""
    return lead, f"{oldest}: {v.text('title')}, due {day(v.day('due'), as_of)}"


def _gap(v: Values, as_of: date) -> Said:
    days = several(v.count("days"), "day")
    first = v.day("first")
    if v.count("still_open") and first is not None:
        return f"Nothing logged since {day(first - timedelta(days=1), as_of)}", f" ({days})"
    return f"Nothing logged for {days}", f", {day(first, as_of)} to {day(v.day('last'), as_of)}"


def _not_enough(v: Values, as_of: date) -> Said:
    last = f"; last pain {number(v.value('last_pain'), 0)}" if v.value("last_pain") is not None else ""
    needed = f"too few to say what changed, {v.count('days_needed')} are needed"
    lead = f"{several(v.count('days_logged'), 'logged day')}"
    return lead, f": {needed}{last} ({day(v.day('last_entry'), as_of)})"


def _no_entries(v: Values, as_of: date) -> Said:
    if v.day("last_entry") is None:
        return "No diary entry yet", ""
    ago = several(v.count("days_since"), "day")
    return "No diary entry in this period", f"; the last was on {day(v.day('last_entry'), as_of)}, {ago} ago"


_SAID: dict[str, Callable[[Values, date], Said]] = {
    "safety_item": _safety,
    "item_9_unknown": _item_9_unknown,
    "red_flag": _red_flag,
    "pain_change": _pain,
    "flare_days": _flare_days,
    "sleep_and_stress": _sleep_and_stress,
    "flare_regions": _flare_regions,
    "spread_change": _spread,
    "shift": _shift,
    "medicine_started": _started,
    "medicine_stopped": _stopped,
    "as_needed_days": _as_needed,
    "score_change": _score,
    "actions_overdue": _overdue,
    "logging_gap": _gap,
    "not_enough_days": _not_enough,
    "no_entries": _no_entries,
}


def _evidence(fact: Finding, title: str, as_of: date) -> Evidence:
    inputs = [
        f"{_named(name)} {_shown(name, value, as_of)}" for name, value in fact.values.items() if name not in _OWN_ROW
    ]
    return Evidence(
        title,
        (
            ("Rule", sentence_case(fact.rule)),
            ("Inputs", "; ".join(said for said in inputs if not said.endswith(" –"))),
            *_unrounded(fact),
            *_nights(fact),
            *_episodes(fact, as_of),
            ("Dates", span(Period(fact.start, fact.end))),
            ("Rests on", several(fact.rests_on_days, "logged day")),
        ),
    )


_OWN_ROW = {"exact_now", "exact_before", "short_nights", "short_before_flare", "at_start"}
"""Values that stand in a row of their own."""
MOST_EPISODES = 3


def _unrounded(fact: Finding) -> Rows:
    now, before = fact.values.get("exact_now"), fact.values.get("exact_before")
    if not isinstance(now, float) or not isinstance(before, float):
        return ()
    return (("Unrounded", f"now {exactly(now)}, before {exactly(before)}; change {exactly(now - before)}"),)


def _nights(fact: Finding) -> Rows:
    """How many short nights there were at all: without it 'after a night under 5 h' cannot be judged."""
    if fact.kind != "flare_days" or not fact.values["sleep_known"]:
        return ()
    all_of_them, led = fact.values["short_nights"], fact.values["short_before_flare"]
    return (("Short nights", f"{all_of_them} in the period, {led} of them before a flare"),)


def _episodes(fact: Finding, as_of: date) -> Rows:
    """The latest episodes, each explained, and the threshold that is the same for all."""
    if not fact.episodes:
        return ()
    latest = sorted(fact.episodes, key=lambda flare: flare.start, reverse=True)
    told = tuple((episodes.called(flare, as_of), episodes.explained(flare, as_of)) for flare in latest[:MOST_EPISODES])
    left = len(latest) - len(told)
    more = (("Earlier", f"{several(left, 'more episode')}: click its days in the time series"),) if left > 0 else ()
    return (*told, *more, ("Threshold", episodes.THRESHOLD))


def _named(name: str) -> str:
    return _INPUTS.get(name, name.replace("_", " "))


_INPUTS = {
    "important": "verdict:",
    "outside_now": "outside flares now",
    "outside_before": "outside flares before",
    "after_short_nights": "flares after a short night",
    "sleep_known": "flares with sleep logged before",
    "longest_days": "longest, days",
    "open_day": "day of the open flare",
    "said_flare": "patient said flare, times",
    "short_now": "nights under 5 h now",
    "short_before": "nights under 5 h before",
    "nights_now": "logged nights now",
    "nights_before": "logged nights before",
    "first_day": "diary since",
}


def _shown(name: str, value: Value, as_of: date) -> str:
    """One input as the evidence prints it, '–' for one that is not known."""
    if value is None or value == "":
        return "–"
    if isinstance(value, date):
        return day(value, as_of)
    if name.endswith("regions"):
        return listed(region_names(str(value)), 12)
    return value if isinstance(value, str) else plainly(value)
