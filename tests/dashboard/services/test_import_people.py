"""Whom a file is about: how it stands to the record, and whether what was confirmed still holds."""

from datetime import date

import pytest

from dashboard.services.import_people import (
    CHANGED_SINCE,
    NOT_CONFIRMED,
    Identity,
    Seen,
    Standing,
    doubt,
    standing,
)

BORN = date(1979, 2, 3)
ROWAN = Identity("Sample", "Rowan", BORN)
NUMBER_ALONE = Identity()


@pytest.mark.parametrize(
    ("said", "held", "stands"),
    [
        (ROWAN, ROWAN, "same"),
        (Identity("SAMPLE", "rowan", BORN), ROWAN, "same"),
        (NUMBER_ALONE, ROWAN, "number"),
        (ROWAN, None, "new"),
        (Identity("Sample", "Robin", BORN), ROWAN, "partly"),
        (Identity("Sample", "Rowan"), ROWAN, "partly"),
        (ROWAN, Identity("Sample", "Rowan"), "partly"),
        (Identity("Sample", "Rowan"), Identity("Sample", "Rowan"), "partly"),
    ],
)
def test_only_number_name_and_date_of_birth_together_agree(
    said: Identity, held: Identity | None, stands: Standing
) -> None:
    assert standing(said, held) == stands


def test_who_asks_for_nobody_in_particular_is_not_held_up() -> None:
    assert doubt(None, "P1", ROWAN, None) == ""


def test_nobody_goes_in_who_was_not_confirmed() -> None:
    assert doubt({}, "P1", ROWAN, None) == NOT_CONFIRMED
    assert doubt({"P2": [Seen(ROWAN, None)]}, "P1", ROWAN, None) == NOT_CONFIRMED
    assert doubt({"P1": [Seen(ROWAN, None)]}, "P1", Identity("Other", "Rowan", BORN), None) == NOT_CONFIRMED


@pytest.mark.parametrize(
    "now",
    [
        ROWAN,  # the same file, brought by somebody else a moment earlier
        Identity("Sample", "Rowan"),  # made from a file that knew less
    ],
)
def test_a_new_person_whom_somebody_else_made_meanwhile_is_the_same_person(now: Identity) -> None:
    assert doubt({"P1": [Seen(ROWAN, None)]}, "P1", ROWAN, now) == ""


@pytest.mark.parametrize(
    "now", [Identity("Other", "Rowan", BORN), Identity("Sample", "Rowan", date(1980, 2, 3)), Identity("Other")]
)
def test_another_person_under_the_number_since_the_look_stops_it(now: Identity) -> None:
    assert doubt({"P1": [Seen(ROWAN, None)]}, "P1", ROWAN, now) == CHANGED_SINCE


def test_what_another_file_of_the_same_import_filled_in_is_no_change() -> None:
    seen = [Seen(ROWAN, Identity("Sample")), Seen(NUMBER_ALONE, Identity("Sample"))]
    assert doubt({"P1": seen}, "P1", NUMBER_ALONE, ROWAN) == ""
    assert doubt({"P1": seen[1:]}, "P1", NUMBER_ALONE, ROWAN) == CHANGED_SINCE


def test_a_person_who_is_gone_since_the_look_is_not_made_anew() -> None:
    assert doubt({"P1": [Seen(ROWAN, ROWAN)]}, "P1", ROWAN, None) == CHANGED_SINCE
