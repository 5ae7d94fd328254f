"""What changed since last time: facts with their numbers, dates, days and rule. Words are made by the presenters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from clinical.change import sample
from clinical.diary import Diary, Period, completeness, empty_diary
from clinical.finding import Finding, FindingKind, Value
from clinical.findings_pain import flare_day_facts, flare_regions, pain_change, shifts, spread_change
from clinical.findings_sleep import sleep_and_stress
from clinical.findings_treatment import as_needed_days, treatments
from clinical.flares import Flare
from clinical.instruments import PREFERRED, instrument_code, score_change
from clinical.item_9_known import latest_without
from clinical.record import Action, Event, Medicine, Score
from clinical.red_flags import RED_FLAGS
from clinical.safety import SafetyItem
from clinical.thresholds import cited, days

__all__ = ["Action", "Event", "Finding", "FindingKind", "Medicine", "Score", "Value", "since"]


def since(  # noqa: PLR0913 - each is a separate part of the record
    diary: Diary,
    flares: Sequence[Flare],
    medications: Sequence[Medicine],
    events: Sequence[Event],
    measures: Sequence[Score],
    actions: Sequence[Action],
    now: Period,
    before: Period,
    as_of: date,
    *,
    as_needed: Mapping[str, Sequence[date]] | None = None,
    safety: Sequence[SafetyItem] = (),
) -> list[Finding]:
    """The facts behind the 'since last visit' sentences, most important first: at most six, besides open safety items.

    `as_needed`: for each as-needed medicine the days it was taken; None when only the diary's daily count is known.
    `safety`: open red flags and safety items, the most pressing first.
    """
    now = Period(now.start, max(min(now.end, as_of), now.start))
    known = _until(diary, as_of)
    found = [
        *_safety(safety, as_of),
        *_item_9_unknown(measures, as_of),
        *_diary_facts(known, flares, now, before, as_of),
    ]
    if completeness(known, now).days_logged:
        found += as_needed_days(known, as_needed, now, before)
    found += treatments(known, flares, medications, events, now, as_of)
    found += _score_changes(measures, now)
    found += _overdue(actions, now, as_of)
    return _most_important(found)


def _until(diary: Diary, as_of: date) -> Diary:
    if not len(diary) or as_of < diary.start:
        return empty_diary(as_of)
    return diary.during(Period(diary.start, as_of))


def _diary_facts(diary: Diary, flares: Sequence[Flare], now: Period, before: Period, as_of: date) -> list[Finding]:
    logged = completeness(diary, now)
    if not logged.days_logged:
        return [_no_entries(logged.last_entry, now, as_of)]
    gap = _gap(diary, now)
    if sample(diary, now).days < days("change_min_days"):
        return [_not_enough(diary, now, logged.days_logged), *gap]
    return [
        *pain_change(diary, flares, now, before),
        *flare_day_facts(diary, flares, now, before, as_of),
        *sleep_and_stress(diary, now, before),
        *flare_regions(diary, flares, now),
        *spread_change(diary, now, before),
        *shifts(diary, flares, now),
        *gap,
    ]


def _most_important(found: list[Finding]) -> list[Finding]:
    """Ordered by rank and numbered from 0; safety is never dropped and never takes another fact's place."""
    ordered = sorted(found, key=lambda finding: finding.importance)  # stable: equal ranks keep the order of the record
    safety = [finding for finding in ordered if finding.kind in _SAFETY]
    rest = [finding for finding in ordered if finding.kind not in _SAFETY]
    kept = safety + rest[: days("most_findings")]
    return [replace(finding, importance=place) for place, finding in enumerate(kept)]


def _no_entries(last_entry: date | None, now: Period, as_of: date) -> Finding:
    silent = None if last_entry is None else (as_of - last_entry).days
    values: dict[str, Value] = {"last_entry": last_entry, "days_since": silent}
    return Finding("no_entries", 1, values, 0, "no diary entry in the period", now.start, now.end)


def _not_enough(diary: Diary, now: Period, logged: int) -> Finding:
    part = diary.during(now)
    answered = np.flatnonzero(~np.isnan(part["pain"]))
    last = int(answered[-1]) if answered.size else None
    values: dict[str, Value] = {
        "days_logged": logged,
        "days_needed": days("change_min_days"),
        "last_pain": None if last is None else float(part["pain"][last]),
        "last_entry": now.start + timedelta(days=int(np.flatnonzero(part.logged)[-1])),
    }
    return Finding("not_enough_days", 1, values, logged, cited("change_min_days"), now.start, now.end)


_SAFETY = ("red_flag", "safety_item", "item_9_unknown")


def _safety(items: Sequence[SafetyItem], as_of: date) -> list[Finding]:
    """One for the open red flags, led by the most pressing; one for item 9; in the order in which they press."""
    flags = [item for item in items if item.kind == "red_flag"]
    asked = [item for item in items if item.kind == "phq9_item9"]
    found = [(flags[0], _red_flags(flags, as_of))] if flags else []
    found += [(asked[0], _item_9(asked[0], as_of))] if asked else []
    return [finding for _, finding in sorted(found, key=lambda each: items.index(each[0]))]


def _red_flags(flags: Sequence[SafetyItem], as_of: date) -> Finding:
    first = flags[0]
    pressing = [item.label for item in flags[1:] if item.level in ("emergency", "same_day")]
    values: dict[str, Value] = {
        "label": first.label,
        "level": first.level,
        "day": first.day,
        "pressing": "|".join(pressing),
        "further": len(flags) - 1 - len(pressing),
    }
    flag = RED_FLAGS[first.question]
    rule = f"answered with yes, open until a clinician closes it with a reason ({flag.source} [{flag.evidence}])"
    return Finding("red_flag", 0, values, 0, rule, first.day or as_of, first.day or as_of)


def _item_9(item: SafetyItem, as_of: date) -> Finding:
    values: dict[str, Value] = {"item_9": item.value, "answered": item.answered, "day": item.day}
    return Finding("safety_item", 0, values, 1, cited("safety_item"), item.day or as_of, item.day or as_of)


def _item_9_unknown(measures: Sequence[Score], as_of: date) -> list[Finding]:
    """That the latest PHQ-9 does not tell item 9: a statement, which opens nothing."""
    latest = latest_without(measures, as_of)
    if latest is None or latest.day is None:
        return []
    values: dict[str, Value] = {"score": latest.score, "day": latest.day}
    rule = "a PHQ-9 total does not tell item 9, and an answer that is missing is not 0"
    return [Finding("item_9_unknown", 1, values, 1, rule, latest.day, latest.day)]


def _score_changes(measures: Sequence[Score], now: Period) -> list[Finding]:
    """Important changes of a distress questionnaire: the last after the first day against the last up to it."""
    found = []
    for code in PREFERRED:
        dated = [m for m in measures if m.day and m.score is not None and instrument_code(m.instrument) == code]
        dated.sort(key=lambda m: (m.day or now.start, m.measure_id))
        inside = [m for m in dated if m.day and now.start < m.day <= now.end]
        earlier = [m for m in dated if m.day and m.day <= now.start]
        if inside and earlier:
            found += _score_change(code, inside[-1], earlier[-1], now)
    return found


def _score_change(code: str, latest: Score, former: Score, now: Period) -> list[Finding]:
    change = score_change(latest, former)
    if not change.important.startswith("important") or latest.day is None or former.day is None:
        return []
    values: dict[str, Value] = {
        "instrument": code,
        "now": change.now,
        "before": change.before,
        "difference": change.difference,
        "important": change.important,
        "day_now": latest.day,
        "day_before": former.day,
        "at_start": int(former.day == now.start),
    }
    return [Finding("score_change", 38, values, 2, change.rule, former.day, latest.day)]


def _overdue(actions: Sequence[Action], now: Period, as_of: date) -> list[Finding]:
    late = sorted((a.due, a.title) for a in actions if a.status == "open" and a.due is not None and a.due < as_of)
    if not late:
        return []
    due, title = late[0]
    values: dict[str, Value] = {"count": len(late), "title": title, "due": due, "days": (as_of - due).days}
    return [Finding("actions_overdue", 42, values, 0, "open, and the due date has passed", due, as_of)]


def _gap(diary: Diary, now: Period) -> list[Finding]:
    """The longest run of unlogged days inside the period and the diary's life, when longer than the threshold."""
    logged = np.flatnonzero(diary.logged)
    first_ever = diary.start + timedelta(days=int(logged[0]))
    period = Period(max(now.start, first_ever), now.end)
    part = diary.logged_during(period)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (~part).view(np.int8), [0]))))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    if not lengths.size or lengths.max() <= days("logging_gap_days"):
        return []
    longest = int(np.argmax(lengths))
    first = period.start + timedelta(days=int(starts[longest]))
    last = first + timedelta(days=int(lengths[longest]) - 1)
    values: dict[str, Value] = {
        "days": int(lengths[longest]),
        "first": first,
        "last": last,
        "still_open": int(last == period.end),
        "days_logged": int(part.sum()),
        "days_in_period": period.days,
    }
    silent = last == period.end and lengths[longest] >= days("stopped_logging_days")
    return [
        Finding("logging_gap", 12 if silent else 60, values, int(part.sum()), cited("logging_gap_days"), first, last)
    ]
