"""Questions asked once that a diary cannot answer, read from data, and what an answer to them may be."""

from dataclasses import dataclass
from typing import Literal, get_args

from clinical import reviewed

Kind = Literal["yes_no", "age", "choice"]
NOT_KNOWN = "not_known"
"""Asked, and neither the person nor the record knows."""
OLDEST = 120


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
    """Whether that is an answer to the question: one of its choices, a whole age, or that it is not known."""
    if answer == NOT_KNOWN:
        return True
    if question.kind == "age":
        return answer.isascii() and answer.isdecimal() and int(answer) <= OLDEST
    return answer in question.choices
