"""Red flags on the page: every one that is open with its day, and which were asked, with what answer, and which not."""

from collections.abc import Collection, Sequence
from itertools import groupby

from clinical.red_flags import GROUPS, RED_FLAGS, RedFlag, of_group
from clinical.safety import NO, YES, Answer, SafetyItem, open_items, standing
from dashboard.presenters.words import full_day
from dashboard.reports.record import Record

NOT_ASKED = "Not asked in Flareboard: none ticked does not mean none present. Please ask."


def still_open(record: Record) -> tuple[SafetyItem, ...]:
    """Open red flags and safety items, the most pressing first: the very facts the screen shows."""
    return open_items(record.answers, record.closures, record.scores, record.as_of)


def open_red_flags(record: Record) -> str:
    """Each open item in words with its day; '' when none is open."""
    found = still_open(record)
    if not found:
        return ""
    alike = [list(items) for _, items in groupby(found, key=lambda item: (item.kind, item.level, _when(item)))]
    said = " ".join(_of_item_9(items[0]) if items[0].kind == "phq9_item9" else _of_red_flags(items) for items in alike)
    return f"{said} Still open: nothing in this record closes {'them' if found[1:] else 'it'}."


def _of_red_flags(alike: Sequence[SafetyItem]) -> str:
    """'Red flags, urgent, answered on 19 Nov 2026: Fever; Rigors.'"""
    first = alike[0]
    named = "; ".join(item.label for item in alike)
    return f"Red flag{'s' if alike[1:] else ''}, {first.level.replace('_', ' ')}, {_when(first)}: {named}."


def _of_item_9(item: SafetyItem) -> str:
    told = f" ({item.why_at_least})" if item.at_least else ""
    answer = f"{item.answered} of 3{told}, {_when(item)}"
    return f"Ask today: PHQ-9 item 9 (thoughts of being better off dead or of self-harm) is {answer}."


def _when(item: SafetyItem) -> str:
    when = "date not known" if item.day is None else f"answered on {full_day(item.day)}"
    return f"{when} (and {item.earlier} earlier)" if item.earlier else when


def unanswered(record: Record) -> tuple[str, ...]:
    """What a reader will want to know of the open items, and the page cannot say."""
    kinds = {item.kind for item in still_open(record)}
    said = {
        "phq9_item9": "what was said about PHQ-9 item 9 (ask today)",
        "red_flag": "what was done about the open red flags",
    }
    return tuple(words for kind, words in said.items() if kind in kinds)


def asked_red_flags(record: Record) -> str:
    """Which red flags were asked: yes, no and not asked; that none was asked where none was."""
    said = {name: each for name, each in standing(record.answers).items() if name in RED_FLAGS}
    said = {name: each for name, each in said.items() if each.asked_on <= record.as_of}
    if not said:
        return NOT_ASKED
    now_open = {item.question for item in still_open(record)}
    yes = [name for name in RED_FLAGS if _is(said, name, YES)]
    told = {"No to": [n for n in RED_FLAGS if _is(said, n, NO)], "Not asked": [n for n in RED_FLAGS if n not in said]}
    last = max(each.asked_on for each in said.values())
    parts = [_yes(yes, now_open), *(_grouped(*each) for each in told.items())]
    other = [n for n in RED_FLAGS if n in said and said[n].answer not in (YES, NO)]
    parts.append(_grouped("Asked, neither yes nor no", other))
    return f"Asked, last on {full_day(last)}. {' '.join(filter(None, parts))} {_CAUTION}"


_CAUTION = "A no, or not asked, does not mean that none is present."


def _is(said: dict[str, Answer], name: str, answer: str) -> bool:
    return name in said and said[name].answer == answer


def _yes(names: Sequence[str], now_open: Collection[str]) -> str:
    """'Yes to what is open above, and to Fever (closed by a clinician).'; '' where nothing was answered with yes."""
    closed = [f"{RED_FLAGS[name].label} (closed by a clinician)" for name in names if name not in now_open]
    open_above = ["what is open above"] if len(closed) < len(names) else []
    return f"Yes to {', and to '.join([*open_above, *closed])}." if names else ""


def _grouped(what: str, names: Sequence[str]) -> str:
    """'No to: infection (all 5), cancer (2 of 4: Previous cancer, Night pain that ...).'; '' for none."""
    if not names:
        return ""
    return f"{what}: {', '.join(_of_group(group, names) for group in GROUPS if _in(group, names))}."


def _in(group: str, names: Sequence[str]) -> list[RedFlag]:
    return [flag for flag in of_group(group) if flag.question in names]


def _of_group(group: str, names: Sequence[str]) -> str:
    found, whole = _in(group, names), of_group(group)
    if len(found) == len(whole):
        return f"{group} (all {len(whole)})" if len(whole) > 1 else group
    return f"{group} ({len(found)} of {len(whole)}: {'; '.join(flag.label.lower() for flag in found)})"
