"""Errors a person reads: each says what happened, what is safe, and what to do next. Never patient data in them."""

from typing import Any


class ExplainedError(Exception):
    """An error with its explanation; the three parts are shown as they stand."""

    def __init__(self, what_happened: str, what_is_safe: str, what_to_do: str) -> None:
        super().__init__(f"{what_happened} {what_is_safe} {what_to_do}")
        self.what_happened = what_happened
        self.what_is_safe = what_is_safe
        self.what_to_do = what_to_do


class DatabaseRefused(ExplainedError):
    """The database cannot be used as it is: other migration, read-only, full, locked, or not reachable."""


class UnreadableFile(ExplainedError):
    """A file that is no format of ours, truncated, too large, too deep, or of a wrong version; nothing was written."""


class Conflict(ExplainedError):
    """Somebody else changed the same thing first; nothing was overwritten."""


class Overtaken(Conflict):
    """Another revision stands than the one a save was made on; `theirs` is the thing as it stands now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(
            "Somebody else saved this while you were changing it.",
            "Their version is on record and what you filled in is still there; nothing was overwritten.",
            "Look at both, choose field by field, and save again.",
        )
        self.theirs = theirs


class RowRefused(ExplainedError):
    """A row that breaks a rule of its table, or a change to a row that may never change; nothing was written."""

    def __init__(self, constraint: str) -> None:
        super().__init__(
            f"The database refused a row: {constraint}.",
            "Nothing was written by this step; everything confirmed before it is safe.",
            "Correct the value and try again.",
        )
        self.constraint = constraint
