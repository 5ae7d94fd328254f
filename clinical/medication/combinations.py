"""Medicines that ask for a review together: the table of combinations, and two of one class."""

from collections.abc import Iterator, Sequence
from itertools import combinations as pairwise
from itertools import product

import numpy as np

from clinical.medication.amounts import known_dose
from clinical.medication.drugs import CLASS_LABELS, Drug
from clinical.medication.facts import Facts
from clinical.medication.limits import value, whole
from clinical.medication.making import Rule, of_together, rule_of
from clinical.medication.person import GROUPS, recorded
from clinical.medication.prompts import NotChecked, Prompt
from clinical.medication.units import unit_of
from clinical.medication.uses import Use, all_of, not_compared, two_of, uses
from clinical.reviewed import Row, rows

_COMBINATIONS = rows("combinations")
_EXCEPTIONS = tuple(row["atc"] for row in rows("duplicate_exceptions"))
_DUPLICATES = Rule(
    check="same_class",
    level="medium",
    title="Two of the same class",
    basis=(
        "Two different medicines of one ATC class (fifth character), or two long-acting opioids. Product decision: "
        "groups M and N, without classes of unlike medicines. Reference 7.5 [P]"
    ),
    evidence="P",
    guideline="Our own check",
)


def combinations(facts: Facts) -> tuple[list[Prompt], list[NotChecked]]:
    """A prompt for each row of the table that holds, and what of the person was not on record."""
    found: dict[str, tuple[Row, Prompt]] = {}
    unknown: list[NotChecked] = []
    for row in _COMBINATIONS:
        prompt, missing = (_of_person if row["kind"] == "person" else _of_medicines)(facts, row)
        unknown += missing
        if prompt is not None:
            found[row["check"]] = (row, prompt)
    if facts.person.birth_date is None and facts.groups["citalopram"]:
        unknown.append(NotChecked("qt", "citalopram", "the date of birth is not on record: it counts over 65 only"))
    prompts = [prompt for row, prompt in found.values() if not _covered(row, prompt, found)]
    return prompts, unknown


def _covered(row: Row, prompt: Prompt, found: dict[str, tuple[Row, Prompt]]) -> bool:
    """Whether a graver prompt already says it of the same medicines."""
    graver = [found[check][1] for check in row["covered_by"].split("|") if check in found]
    return any(set(prompt.medicines) <= set(other.medicines) for other in graver)


def _of_medicines(facts: Facts, row: Row) -> tuple[Prompt | None, list[NotChecked]]:
    groups = [_group(facts, names) for names in row["classes"].split("|")]
    on_one_day = row["classes"] == "nsaid" or len(groups) > 2
    pairs: list[tuple[Use, Use]]
    if row["kind"] == "two_of":
        found = two_of(groups[0], facts.log, one_day=on_one_day)
        pairs = list(pairwise(groups[0], 2))
    else:
        found = all_of(groups, facts.log)
        pairs = list(product(groups[0], groups[-1]))
    if found is not None:
        return of_together(rule_of(row), found, facts), []
    names = () if on_one_day else not_compared(pairs)
    why = "taken on neighbouring days with a time of day missing: only doses of one day were put together"
    return None, [NotChecked(row["check"], ", ".join(names), why)] if names else []


def _group(facts: Facts, names: str) -> list[Use]:
    """The substances of those classes, joined by '+'."""
    return list(dict.fromkeys(use for name in names.split("+") for use in facts.groups[name]))


def _of_person(facts: Facts, row: Row) -> tuple[Prompt | None, list[NotChecked]]:
    """One class with something of the person; without any medicine of a class that would protect."""
    found = all_of([_group(facts, row["classes"])], facts.log)
    if found is None:
        return None, []
    if row["without"] and any(_surely(facts, use) for use in _group(facts, row["without"])):
        return None, []
    holds, unknown = _holds(facts, row)
    if not holds:
        return None, [NotChecked(row["check"], "", why) for why in unknown]
    also = f"On record: {', '.join(holds)}."
    if row["without"]:
        also += f" No {CLASS_LABELS[row['without']]} with a known dose on the list or in the log."
    return of_together(rule_of(row), found, facts, also), []


def _surely(facts: Facts, use: Use) -> bool:
    """Whether it is on the list or was taken lately with a dose and a unit: what lacks them protects from nothing."""
    log = facts.log
    listed = any(known_dose(line.medicine.dose) and unit_of(line.medicine.unit) for line in use.lines)
    sure = log.rows([n in use.kinds and unit_of(kind.unit) is not None for n, kind in enumerate(log.kinds)])
    recent = log.day[sure] >= log.since(whole("window_days"))
    return listed or bool((recent & np.isfinite(log.dose[sure])).any())


def _holds(facts: Facts, row: Row) -> tuple[list[str], list[str]]:
    """What of the person is on record, and what is not known."""
    holds: list[str] = []
    unknown: list[str] = []
    for wanted in row["person"].split("|"):
        if wanted.startswith("age"):
            said, missing = _age(facts, wanted)
            holds += said
            unknown += missing
        else:
            holds += recorded(facts.person, wanted)
            unknown += _unknown(facts, wanted)
    return holds, unknown


def _unknown(facts: Facts, group: str) -> list[str]:
    """That nothing is on record, where that can be news."""
    age = facts.person.age(facts.as_of)
    if group == "pregnancy" and (facts.person.sex == "male" or (age or 0) >= value("pregnancy_age")):
        return []
    return [f"no {GROUPS[group].label} is on record, which does not mean that there is none"]


def _age(facts: Facts, wanted: str) -> tuple[list[str], list[str]]:
    years, inclusive = int(wanted.strip("age>=")), "=" in wanted
    age = facts.person.age(facts.as_of)
    if age is None:
        return [], ["the date of birth is not on record"]
    return ([f"age {age}"] if age > years or (inclusive and age == years) else []), []


def duplicates(facts: Facts) -> Iterator[Prompt]:
    """Two different substances of one class on the same day."""
    for same in _classes(facts.uses):
        found = two_of(same, facts.log, one_day=any(use.part.of("nsaid") for use in same))
        if found is not None:
            yield of_together(_DUPLICATES, found, facts)
    long_acting = [use for use in uses(facts.listed, facts.log, _long_acting) if use.part.of("opioid")]
    for group, said in ((long_acting, "Both are long-acting opioids."), (facts.groups["snri"], "Both are SNRIs.")):
        both = two_of(group, facts.log)
        if both is not None:
            yield of_together(_DUPLICATES, both, facts, said)


def _long_acting(drug: Drug) -> bool:
    """An opioid that works for long by its name or as a patch: a short-acting line beside it hides it not."""
    return drug.of("opioid") and (drug.long_acting or drug.form == "patch")


def _classes(every: Sequence[Use]) -> list[list[Use]]:
    """The substances by their ATC class, of the groups in which two of one class mean a duplicate."""
    found: dict[str, list[Use]] = {}
    for use in every:
        code = use.part.atc
        if code[:1] in ("M", "N") and not code.startswith(_EXCEPTIONS):
            found.setdefault(code[:5], []).append(use)
    return list(found.values())
