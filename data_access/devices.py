"""Devices whose nights are diary entries, told by their note from what a person said."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {"apple_health": "Apple Health", "fitbit": "Fitbit"}
"""By the word in the keys of their records."""


def sleep_note(name: str) -> str:
    """The note of a night that a device of that name told."""
    return f"Sleep from {name} (device)"


SLEEP_NOTES = tuple(sleep_note(name) for name in NAMES.values())
"""They stay the same for ever: a night that went out as CSV or FHIR and came in again is known by them."""


def of_other_makes(key: str | None) -> tuple[str, ...]:
    """The keys under which devices of other makes tell the same day; () where the key is no device's."""
    make, _, told = (key or "").partition(":")
    return tuple(f"{other}:{told}" for other in NAMES if other != make) if make in NAMES else ()
