"""Names, ages, allergies, and text that must not turn into markup."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.presenters import people
from data_access.patients import Member, PatientHead
from data_access.records import AllergyRecord
from tests.conftest import AS_OF

HEAD = PatientHead(1, "a" * 32, "FB-00017", "Sample", "Rowan", date(1979, 2, 3), "female", 1, True, 4)


def test_a_person_is_named_and_aged() -> None:
    assert people.name(HEAD) == "Sample, Rowan"
    assert people.about(HEAD, AS_OF) == "47 years · 3 Feb 1979 · female"
    assert people.briefly("male", None, "FB-1", AS_OF) == "M · FB-1"
    assert people.briefly("unknown", None, "FB-1", AS_OF) == "FB-1"


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1979, 11, 22), AS_OF, 47),
        (date(1979, 11, 23), AS_OF, 46),
        (date(2000, 2, 29), date(2025, 2, 28), 24),
        (date(2000, 2, 29), date(2025, 3, 1), 25),
        (None, AS_OF, None),
    ],
)
def test_a_year_is_added_on_the_birthday(born: date | None, on: date, years: int | None) -> None:
    assert people.age(born, on) == years


def test_allergies_that_are_over_are_not_shown() -> None:
    listed = [
        AllergyRecord("codeine", reaction="rash"),
        AllergyRecord("latex"),
        AllergyRecord("nuts", status="refuted"),
    ]
    assert people.allergies(listed) == ["Allergy: codeine (rash)", "Allergy: latex"]


def test_the_team_is_named_or_said_to_be_none() -> None:
    assert people.care_team([Member(1, "Dr A. Invented", "medicine"), Member(2, "M. Physio", None)]) == (
        "Team: Dr A. Invented, M. Physio"
    )
    assert people.care_team([]) == "No care team yet"
    assert people.care_team([], "Pain team 1") == "Team: Pain team 1"


@given(st.text(max_size=60))
def test_escaped_text_has_no_markdown_left_that_works(text: str) -> None:
    escaped = people.escaped(text)
    assert re.sub(r"\\([\\`*_{}\[\]()<>#+\-.!|~$:])", r"\1", escaped) == text
    assert not re.search(r"(?<!\\)(\\\\)*[`*_\[\]<>#!|~$:]", escaped)
