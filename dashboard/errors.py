"""Errors of this floor. Like those of the floor below they say what happened, what is safe, and what to do next."""

import secrets

from data_access.errors import Conflict, DatabaseRefused, ExplainedError, Overtaken, UnreadableFile

__all__ = [
    "ConfigurationRefused",
    "Conflict",
    "DatabaseRefused",
    "ExplainedError",
    "NotPermitted",
    "Overtaken",
    "UnexpectedError",
    "UnreadableFile",
    "reference_number",
]


class NotPermitted(ExplainedError):
    """The signed-in person may not do this, or not with this patient; it says no more than that."""

    def __init__(self, what: str = "open this") -> None:
        super().__init__(
            f"Your role or care team does not allow you to {what}.",
            "Nothing was shown and nothing was changed; the attempt is in the audit trail.",
            "If you need it for your work, ask an administrator to add you to the patient's care team.",
        )


class ConfigurationRefused(ExplainedError):
    """The server does not start with this configuration."""


class UnexpectedError(ExplainedError):
    """Something went wrong that nobody foresaw; the log knows where."""

    def __init__(self) -> None:
        super().__init__(
            "Something went wrong while this page was made.",
            "What was saved before is safe; what this click wanted to change was not changed.",
            "Try once more. If it happens again, tell the people who run Flareboard the reference number.",
        )


_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another


def reference_number() -> str:
    """A number to quote on the telephone, like 7KQ4-M2XA; the log carries the same one."""
    half = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2)]
    return "-".join(half)
