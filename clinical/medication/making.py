"""How the checks put a prompt together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clinical.medication.facts import Facts, latest_start, since
from clinical.medication.listing import OnList
from clinical.medication.prompts import Input, Level, Prompt, prompt_key
from clinical.medication.uses import Together, Use, rows_behind
from clinical.reviewed import Mark, Row, cited, mark


@dataclass(frozen=True, slots=True)
class Rule:
    """What a prompt says of itself whatever it found: check, level, title, basis with its source, and whose it is."""

    check: str
    level: Level
    title: str
    basis: str
    evidence: Mark
    guideline: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days a finding held, see `Prompt`; `undated` what is told apart by no day and goes into the key."""

    first: date | None
    latest: date | None
    logged: int
    asks_for: date | None
    undated: str = ""


LEVEL: dict[str, Level] = {"high": "high", "medium": "medium", "info": "info"}


def rule_of(row: Row) -> Rule:
    """The rule of a row of the definitions."""
    basis = f"{row['basis']}. {cited(row)}"
    return Rule(row["check"], LEVEL[row["level"]], row["title"], basis, mark(row), row["guideline"])


def made(rule: Rule, statement: str, medicines: Iterable[str], inputs: Iterable[Input], days: Days) -> Prompt:
    """The prompt of that rule."""
    named = tuple(dict.fromkeys(medicines))
    return Prompt(
        key=prompt_key(rule.check, rule.level, named, days.undated),
        check=rule.check,
        level=rule.level,
        title=rule.title,
        statement=statement,
        basis=rule.basis,
        evidence=rule.evidence,
        guideline=rule.guideline,
        medicines=named,
        inputs=tuple(inputs),
        first_day=days.first,
        latest_day=days.latest,
        days_logged=days.logged,
        asks_for=days.asks_for,
    )


def while_listed(facts: Facts, lines: Sequence[OnList]) -> Days:
    """From the day all those lines are on the list: answered once, it stays answered until one is added.

    A line without a start is part of the key, so that another one of that kind asks again.
    """
    undated = "; ".join(sorted(_line(line) for line in lines if line.medicine.start is None))
    return Days(since(lines), facts.as_of, 0, latest_start(lines), undated)


def _line(line: OnList) -> str:
    m = line.medicine
    return f"{m.name} {m.dose} {m.unit} {line.count or m.frequency} {line.copies}".casefold()


def of_together(rule: Rule, found: Together, facts: Facts, also: str = "") -> Prompt:
    """The prompt about substances that were there together: answered once, it stays answered while they go on."""
    statement = f"{'; '.join(_said(found.members))}.{f' {also}' if also else ''} Review."
    days = Days(found.first_day, found.latest_day, found.days_logged, found.first_day)
    return made(rule, statement, _substances(found.members), rows_behind(found.members, facts.log), days)


def _substances(members: Iterable[Use]) -> list[str]:
    """The substances the key is made of: another brand of the same is not a new finding."""
    return sorted({use.substance for use in members})


def _said(members: Iterable[Use]) -> list[str]:
    found = [use.said for use in members]
    return [f"{found[0][:1].upper()}{found[0][1:]}", *found[1:]] if found else []
