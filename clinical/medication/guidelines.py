"""Medicines started after a chronic primary pain diagnosis although NG193 advises against it; and who disagrees."""

from datetime import date

from clinical.medication.drugs import Drug
from clinical.medication.facts import Facts
from clinical.medication.listing import OnList
from clinical.medication.making import Days, Rule, made
from clinical.medication.person import GROUPS, pain_onset, recorded
from clinical.medication.prompts import NotChecked, Prompt
from clinical.reviewed import Row, cited, mark, rows

CHECK = "started_against_guidance"
_STATEMENTS = tuple(row for row in rows("guideline_statements") if row["kind"] == "medicine" and row["classes"])
_AGAINST = tuple(row for row in _STATEMENTS if row["stance"] == "do not start")
_FOR = tuple(row for row in _STATEMENTS if row["stance"] == "weak for")
_ADULT = 16


def started(facts: Facts) -> tuple[list[Prompt], list[NotChecked]]:
    """A prompt for each line of the list that began after the diagnosis; or why this was not checked."""
    lines = [(line, row) for line in facts.listed if (row := _advises_against(line)) is not None]
    if not lines:
        return [], []
    if why := _not_about(facts):
        return [], [NotChecked(CHECK, "", why)]
    onset = pain_onset(facts.person)
    if onset is None:
        return [], [NotChecked(CHECK, "", "the day of the chronic primary pain diagnosis is not on record")]
    later: dict[str, list[tuple[OnList, Row]]] = {}
    for line, row in lines:
        if _after(line, onset):
            later.setdefault(" ".join(line.medicine.name.casefold().split()), []).append((line, row))
    prompts = [_prompt(facts, [line for line, _ in same], same[0][1]) for same in later.values()]
    unknown = [
        NotChecked(CHECK, line.medicine.name, "the day it was started is not on record")
        for line, _ in lines
        if line.medicine.start is None
    ]
    return prompts, unknown


def _advises_against(line: OnList) -> Row | None:
    """The statement about the medicine that most concerns it."""
    return None if line.drug is None else next((row for row in _AGAINST if _about(line.drug, row)), None)


def _about(drug: Drug, row: Row) -> bool:
    return any(drug.of(each) for each in row["classes"].split("|"))


def _not_about(facts: Facts) -> str:
    """Why NG193 is not asked about this person; '' when it is."""
    primary = [c for c in facts.person.conditions if GROUPS["chronic_primary_pain"].holds(c)]
    if not primary and facts.person.pain_onset is None:
        return "no chronic primary pain diagnosis is on record, and NG193 is about that only"
    if others := recorded(facts.person, "other_pain"):
        return f"another pain diagnosis is on record ({', '.join(dict.fromkeys(others))}), and NG193 is not about that"
    age = facts.person.age(facts.as_of)
    if age is None:
        return "the date of birth is not on record, and NG193 is about people of 16 and over"
    return f"NG193 is about people of {_ADULT} and over" if age < _ADULT else ""


def _after(line: OnList, onset: date) -> bool:
    return line.medicine.start is not None and line.medicine.start > onset


def _prompt(facts: Facts, lines: list[OnList], row: Row) -> Prompt:
    name, drug = lines[0].medicine.name, lines[0].drug
    other = next((each for each in _FOR if drug is not None and _about(drug, each)), None)
    disagrees = f" Guidelines disagree: {other['wording']}." if other is not None else ""
    rule = Rule(
        check=CHECK,
        level="info",
        title=f"Started after the diagnosis: {row['about']}",
        basis=(
            "A line of the list that began after the day of a chronic primary pain diagnosis, with no other pain "
            f"diagnosis on record. {'; '.join(cited(each) for each in (row, other) if each is not None)}"
        ),
        evidence=mark(row),
        guideline=row["guideline"] if other is None else f"{row['guideline']}; {other['guideline']} disagrees",
    )
    said = f"{name[:1].upper()}{name[1:]}: {row['wording']}.{disagrees}"
    start = min(line.medicine.start for line in lines if line.medicine.start is not None)
    taken = max((use.days_taken for use in facts.uses if lines[0] in use.lines), default=0)
    return made(rule, said, [name], [line.input for line in lines], Days(start, facts.as_of, taken, start))
