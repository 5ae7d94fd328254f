"""Recorded allergies against the medicines: by their words, their substance, or the class they name; nothing further.

No cross-reaction is inferred: an allergy to codeine says nothing here about morphine.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinical.medication.drugs import CLASS_LABELS, Drug, split
from clinical.medication.facts import Facts
from clinical.medication.listing import OnList
from clinical.medication.log import day_of
from clinical.medication.making import Days, Rule, made, while_listed
from clinical.medication.person import Allergy
from clinical.medication.prompts import Input, NotChecked, Prompt
from clinical.medication.recognising import recognise
from clinical.reviewed import rows

CHECK = "recorded_allergy"
BASIS = (
    "The record itself: a recorded allergy and the medicine share a name, a substance, or the class that the allergy "
    "names. No cross-reaction is inferred (our own rule)"
)
_NONE = re.compile(
    r"no known( (drug|medication|medicine|food|environmental))? allerg(y|ies)|no allerg(y|ies)|"
    r"n\.?k\.?d?\.?a\.?|nil known"
)
_NOISE = re.compile(r"\b(allerg(y|ies|ic)|intoleran(ce|t)|hypersensitiv(ity|e)|adverse reaction|substance|drug|to)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SHORTEST = 4
_CLASSES = tuple((split(row["words"]), row["class"]) for row in rows("allergy_classes"))


@dataclass(frozen=True, slots=True)
class Clash:
    """A recorded allergy that matches a medicine, and what they share: 'codeine', 'the class NSAID'."""

    allergy: Allergy
    shared: str


def clashes(allergies: Sequence[Allergy], name: str, drug: Drug | None) -> tuple[Clash, ...]:
    """The recorded allergies that match that medicine, each once."""
    found = [(allergy, _shared(allergy, name, drug)) for allergy in allergies if not _no_allergy(allergy)]
    return tuple(dict.fromkeys(Clash(allergy, shared) for allergy, shared in found if shared))


def allergies(facts: Facts) -> tuple[list[Prompt], list[NotChecked]]:
    """A prompt for each medicine on the list, or logged in the last 28 days, that matches a recorded allergy."""
    prompts = [*_on_list(facts), *_only_logged(facts)]
    if not facts.listed and not facts.log.recent_kinds:
        return prompts, []
    return prompts, [NotChecked(CHECK, each.label, _WORDS_ONLY) for each in facts.person.allergies if not _known(each)]


_WORDS_ONLY = (
    "allergy text not recognised as a medicine or class: compared with the names on the list by its words only"
)


def said(allergy: Allergy) -> str:
    """'codeine (rash)'."""
    return f"{allergy.label} ({allergy.reaction})" if allergy.reaction else allergy.label


def _on_list(facts: Facts) -> Iterator[Prompt]:
    lines: dict[tuple[Clash, str], list[OnList]] = {}
    for line in facts.listed:
        for clash in clashes(facts.person.allergies, line.medicine.name, line.drug):
            lines.setdefault((clash, line.medicine.name), []).append(line)
    for (clash, name), same in lines.items():
        statement = f"Recorded allergy: {said(clash.allergy)}; {name} is on the list{_because(clash, name)}: review."
        yield made(_rule(clash), statement, _key(clash, name), _inputs(same), while_listed(facts, same))


def _inputs(lines: Sequence[OnList]) -> list[Input]:
    return [line.input for line in lines]


def _only_logged(facts: Facts) -> Iterator[Prompt]:
    """What was taken and stands not on the list; answered once, it stays answered while it is taken."""
    listed = {line.medicine.name.casefold() for line in facts.listed}
    recent = {kind.medicine: kind.drug for kind in facts.log.recent_kinds if kind.medicine.casefold() not in listed}
    for name, drug in recent.items():
        for clash in clashes(facts.person.allergies, name, drug):
            mine = facts.log.rows([kind.medicine == name for kind in facts.log.kinds])
            inputs = [facts.log.input(int(row)) for row in mine]
            first, last = day_of(int(facts.log.day[mine[0]])), day_of(int(facts.log.day[mine[-1]]))
            statement = f"Recorded allergy: {said(clash.allergy)}; {name} was taken{_because(clash, name)}: review."
            days = Days(first, last, len({each.day for each in inputs}), first)
            yield made(_rule(clash), statement, _key(clash, name), inputs, days)


def _rule(clash: Clash) -> Rule:
    return Rule(CHECK, "high", f"Recorded allergy: {said(clash.allergy)}", BASIS, "P", "Our own check")


def _key(clash: Clash, name: str) -> list[str]:
    return [name, f"allergy {said(clash.allergy)}"]


def _because(clash: Clash, name: str) -> str:
    """What they share, where the name does not show it."""
    return "" if clash.shared.casefold() in name.casefold() else f" ({clash.shared})"


def _shared(allergy: Allergy, name: str, drug: Drug | None) -> str:
    held = [part.substance for part in drug.parts] if drug is not None else []
    meant = _meant(allergy)
    substances = {part.substance for part in meant.parts} if meant is not None else set()
    same = [each for each in held if each in substances]
    if same:
        return " and ".join(same)
    named = [each for each in _classes(allergy) if drug is not None and drug.of(each)]
    if named:
        return f"the class {CLASS_LABELS[named[0]]}"
    return _same_words(allergy.label, name)


def _meant(allergy: Allergy) -> Drug | None:
    return recognise(allergy.label)


def _classes(allergy: Allergy) -> list[str]:
    """The classes the words of the allergy name."""
    text = " ".join(allergy.label.casefold().split())
    return [name for words, name in _CLASSES if any(_stands_in(word, text) for word in words)]


def _same_words(label: str, name: str) -> str:
    """The words of the one that stand in the other as they are; '' when they share none of that kind."""
    wanted, given = _words(_NOISE.sub(" ", label.casefold())), _words(name.casefold())
    if len(wanted) >= _SHORTEST and _stands_in(wanted, given):
        return wanted
    first = _words(re.split(r"\d", name.casefold())[0])
    return first if len(first) >= _SHORTEST and _stands_in(first, wanted) else ""


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _stands_in(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _no_allergy(allergy: Allergy) -> bool:
    return says_none_known(allergy.label)


def says_none_known(label: str) -> bool:
    """Whether those words say that there is none."""
    return _NONE.fullmatch(" ".join(label.casefold().split())) is not None


def _known(allergy: Allergy) -> bool:
    return _no_allergy(allergy) or _meant(allergy) is not None or bool(_classes(allergy))
