"""Safe access to parsed FHIR JSON: a missing element or one of the wrong type is None or empty, never an exception.

Real exports are not always valid R4 (an object where a list belongs, an element of another resource): what is clear is
read, what is not is treated as absent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coding:
    """One code of a code system; `display` as the file wrote it."""

    system: str
    code: str
    display: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit (the UCUM code where there is one)."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Coded:
    """An answer given as codes, or only as text."""

    codings: tuple[Coding, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """An answer in free text."""

    text: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that is there but cannot be taken: `why` in words."""

    why: str


Value = Number | Coded | Words | bool | Unreadable | None


def obj(node: Node, name: str) -> Node:
    """The object under that name; the first one where a list stands; {} where there is none."""
    found = objects(node, name)
    return found[0] if found else {}


def objects(node: Node, name: str) -> list[Node]:
    """The objects under that name, also where one stands without a list around it."""
    value = node.get(name)
    listed = value if isinstance(value, list) else [value]
    return [item for item in listed if isinstance(item, dict)]


def text(node: Node, name: str) -> str:
    """The text under that name, '' where there is none."""
    value = node.get(name)
    return value if isinstance(value, str) else ""


def texts(node: Node, name: str) -> list[str]:
    """The texts in the list under that name."""
    value = node.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def number(value: object) -> float | None:
    """The value as a number, None for anything else (also for true and false)."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def codings(concept: Node) -> tuple[Coding, ...]:
    """The codes of a CodeableConcept that name a code."""
    found = (Coding(text(c, "system"), text(c, "code").strip(), text(c, "display")) for c in objects(concept, "coding"))
    return tuple(coding for coding in found if coding.code)


def label(concept: Node) -> str:
    """What a person reads: the text, else the first display, else the first code, else ''."""
    if found := text(concept, "text").strip():
        return found
    given = codings(concept)
    return next((c.display.strip() for c in given if c.display.strip()), given[0].code if given else "")


def code_of(concept: Node) -> str:
    """The first code of a CodeableConcept, '' where there is none."""
    given = codings(concept)
    return given[0].code if given else ""


def status_of(node: Node, name: str) -> str:
    """A status written as CodeableConcept (its first code) or as plain code."""
    return text(node, name) or code_of(obj(node, name))


def reference(node: Node, name: str) -> str:
    """The reference under that name as it is written, '' where there is none."""
    return text(obj(node, name), "reference")


def quantity(node: Node) -> Value:
    """A Quantity: a number with its unit, or why it is none."""
    value = node.get("value")
    if isinstance(value, str):
        return Unreadable("the number is written as text")
    found = number(value)
    if found is None:
        return Unreadable("the quantity has no number") if node else None
    if text(node, "comparator"):
        return Unreadable("the number is only a limit (less or more than)")
    return Number(found, text(node, "code") or text(node, "unit"))


def value_of(node: Node, prefix: str = "value") -> Value:
    """The value[x] of an Observation, a component or an answer; None where there is none."""
    names = [name for name in node if name.startswith(prefix) and name[len(prefix) : len(prefix) + 1].isupper()]
    if not names:
        return None
    if len(names) > 1:
        return Unreadable("it holds several values at once")
    return _value(node, names[0], names[0].removeprefix(prefix))


def _value(node: Node, name: str, kind: str) -> Value:
    raw = node[name]
    if kind == "Quantity":
        return quantity(obj(node, name)) or Unreadable("the quantity is empty")
    if kind in ("Integer", "Decimal"):
        found = number(raw)
        return Unreadable("the number is written as text") if found is None else Number(found, "")
    if kind == "CodeableConcept":
        concept = obj(node, name)
        return Coded(codings(concept), text(concept, "text"))
    if kind == "Coding":
        return Coded(codings({"coding": [raw]}), "")
    if kind in ("String", "Markdown", "Text") and isinstance(raw, str):
        return Words(raw)
    if kind == "Boolean" and isinstance(raw, bool):
        return raw
    return Unreadable(f"a value of the form {kind[:30]} has no place")


def walk(roots: list[Node], name: str) -> Iterator[Node]:
    """The nodes and everything nested in them under that name, in document order; without recursion."""
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(objects(node, name)))
