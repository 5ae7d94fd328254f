"""The evidence behind a statement: its rule, its inputs, its dates and how many logged days it rests on."""

from dataclasses import dataclass

CAUTION = "Computed from the diary: a prompt, never a verdict. What went together need not be cause and effect."


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands one click behind a statement: labelled rows, in the order they are read."""

    title: str
    rows: tuple[tuple[str, str], ...]
    caution: str = CAUTION
