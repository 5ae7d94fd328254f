"""Questions asked once that a diary cannot answer, read from data, and what an answer to them may be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from clinical import reviewed

Kind = Literal["yes_no", "age", "weight", "choice"]
NOT_KNOWN = "not_known"
"""Asked, and neither the person nor the record knows."""
OLDEST = 120
LIGHTEST_KG, HEAVIEST_KG = 20.0, 400.0
"""A weight beyond these is taken for a slip of the keys (or for stones or grams): a product decision."""
_WEIGHT = re.compile(r"[0-9]{2,3}([.,][0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question; `conditions`, `medicines` and `atc` are the words of a record that answer it with a yes."""

    question: str
    group: str
    kind: Kind
    choices: tuple[str, ...]
    wording: str
    conditions: tuple[str, ...]
    medicines: tuple[str, ...]
    atc: str
    source: str
    evidence: str


def _load() -> dict[str, AskedQuestion]:
    return {row["question"]: _question(row) for row in reviewed.rows("asked_questions")}


def _question(row: reviewed.Row) -> AskedQuestion:
    kind: Kind = next(each for each in get_args(Kind) if each == row["kind"])
    return AskedQuestion(
        question=row["question"],
        group=row["group"],
        kind=kind,
        choices=("yes", "no") if kind == "yes_no" else _several(row["choices"]),
        wording=row["wording"],
        conditions=_several(row["condition_words"]),
        medicines=_several(row["medicine_words"]),
        atc=row["atc"],
        source=row["source"],
        evidence=row["evidence"],
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


ASKED: dict[str, AskedQuestion] = _load()
"""Every question by its code, in the order they are asked."""
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(each.group for each in ASKED.values()))


def of_group(group: str) -> tuple[AskedQuestion, ...]:
    """The questions of that group, in the order they are asked."""
    return tuple(each for each in ASKED.values() if each.group == group)


def possible(question: AskedQuestion, answer: str) -> bool:
    """Whether that is an answer to the question: one of its choices, an age, a weight, or that it is not known."""
    if answer == NOT_KNOWN:
        return True
    if question.kind == "age":
        return answer.isascii() and answer.isdecimal() and int(answer) <= OLDEST
    if question.kind == "weight":
        return _kilograms(answer) is not None
    return answer in question.choices


def typed(question: AskedQuestion) -> bool:
    """Whether its answer is typed and not chosen."""
    return question.kind in ("age", "weight")


def weight_kg(answers: Mapping[str, str]) -> float | None:
    """The weight among the answers that stand, in kg; None where nobody answered it with one."""
    return _kilograms(answers.get("weight_kg", ""))


def _kilograms(answer: str) -> float | None:
    if not _WEIGHT.fullmatch(answer):
        return None
    kg = float(answer.replace(",", "."))
    return kg if LIGHTEST_KG <= kg <= HEAVIEST_KG else None
