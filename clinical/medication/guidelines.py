"""Medicines started after a chronic primary pain diagnosis although NG193 advises against it; and who disagrees."""

from datetime import date, timedelta

from clinical.medication.drugs import Drug
from clinical.medication.facts import Facts
from clinical.medication.limits import whole
from clinical.medication.listing import OnList
from clinical.medication.making import Days, Rule, made
from clinical.medication.person import GROUPS, Condition, pain_onset
from clinical.medication.prompts import NotChecked, Prompt
from clinical.medication.recognising import recognise
from clinical.record import Medicine
from clinical.reviewed import Row, cited, mark, rows

CHECK = "started_against_guidance"
_STATEMENTS = tuple(row for row in rows("guideline_statements") if row["kind"] == "medicine" and row["classes"])
_AGAINST = tuple(row for row in _STATEMENTS if row["stance"] == "do not start")
_FOR = tuple(row for row in _STATEMENTS if row["stance"] == "weak for")
_ADULT = 16
_ONLY_LOGGED = "in the log alone: the day it was started is not on record"


def started(facts: Facts) -> tuple[list[Prompt], list[NotChecked]]:
    """A prompt for each line of the list that began after the diagnosis; or why this was not checked."""
    lines = [(line, row) for line in facts.listed if (row := _advises_against(line.drug)) is not None]
    logged = [NotChecked(CHECK, name, _ONLY_LOGGED) for name in _only_logged(facts, [line for line, _ in lines])]
    if not lines and not logged:
        return [], []
    if why := _not_about(facts):
        return [], [NotChecked(CHECK, "", why)]
    onset = pain_onset(facts.person)
    if onset is None:
        return [], [NotChecked(CHECK, "", "the day of the chronic primary pain diagnosis is not on record")]
    later: dict[str, list[tuple[OnList, Row]]] = {}
    unknown: list[NotChecked] = []
    for line, row in lines:
        begun = _begun(facts, line, row)
        if begun is None:
            unknown.append(NotChecked(CHECK, line.medicine.name, "the day it was started is not on record"))
        elif begun > onset:
            later.setdefault(" ".join(line.medicine.name.casefold().split()), []).append((line, row))
    return [_prompt(facts, [line for line, _ in same], same[0][1]) for same in later.values()], [*unknown, *logged]


def _only_logged(facts: Facts, lines: list[OnList]) -> list[str]:
    """Names of medicines of the last 28 days in the log that NG193 advises against and that no line is about."""
    listed = {part.substance for line in lines if line.drug is not None for part in line.drug.parts}
    found = [kind for kind in facts.log.recent_kinds if (row := _advises_against(kind.drug)) and kind.drug is not None
             and not _substances(kind.drug, row) & listed]  # fmt: skip
    return list(dict.fromkeys(kind.medicine for kind in found))


def _substances(drug: Drug, row: Row) -> set[str]:
    """The substances of it that the statement is about."""
    return {part.substance for part in drug.parts if any(part.of(each) for each in row["classes"].split("|"))}


def _begun(facts: Facts, line: OnList, row: Row) -> date | None:
    """The day the substance was started: that of the first of the lines that follow each other without a month between.

    Another dose of what was taken before is no start. None when one of those lines does not say when it began.
    """
    begins = line.medicine.start
    wanted = _substances(line.drug, row) if line.drug is not None else set()
    before = [m for m in facts.history if _holds(m, row, wanted)]
    gap = timedelta(days=whole("together_gap_days"))
    while begins is not None:
        # A line that is over on a day nobody recorded leads up to nothing.
        leading = [m for m in before if _ends(m) >= begins - gap and (m.start is None or m.start < begins)]
        if not leading:
            return begins
        begins = None if any(m.start is None for m in leading) else min(m.start for m in leading if m.start)
    return None


def _ends(medicine: Medicine) -> date:
    return medicine.end or (date.min if medicine.reason_stopped else date.max)


def _holds(medicine: Medicine, row: Row, wanted: set[str]) -> bool:
    drug = recognise(medicine.name, medicine.atc, medicine.rxnorm, medicine.route)
    return drug is not None and bool(_substances(drug, row) & wanted)


def _advises_against(drug: Drug | None) -> Row | None:
    """The statement about the medicine that most concerns it."""
    return None if drug is None else next((row for row in _AGAINST if _about(drug, row)), None)


def _about(drug: Drug, row: Row) -> bool:
    return any(drug.of(each) for each in row["classes"].split("|"))


def _not_about(facts: Facts) -> str:
    """Why NG193 is not asked about this person; '' when it is."""
    primary = [c for c in facts.person.conditions if GROUPS["chronic_primary_pain"].holds(c)]
    if not primary and facts.person.pain_onset is None:
        return "no chronic primary pain diagnosis is on record, and NG193 is about that only"
    if others := [c.label for c in facts.person.conditions if GROUPS["other_pain"].holds(c) and not _unspecific(c)]:
        return f"another pain diagnosis is on record ({', '.join(dict.fromkeys(others))}), and NG193 is not about that"
    age = facts.person.age(facts.as_of)
    if age is None:
        return "the date of birth is not on record, and NG193 is about people of 16 and over"
    return f"NG193 is about people of {_ADULT} and over" if age < _ADULT else ""


def _unspecific(condition: Condition) -> bool:
    """Whether it says no more than that there is chronic pain: that names no other cause."""
    group, label = GROUPS["unspecific_pain"], condition.label.casefold().partition("(")[0].strip()
    return condition.code.strip() in group.codes or label in group.words


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
