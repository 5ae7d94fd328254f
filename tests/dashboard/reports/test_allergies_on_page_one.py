"""Allergies on the one page: those of high criticality are whole however little room there is."""

from dataclasses import replace

import pytest

from dashboard.reports.one_page import OnePage
from data_access.records import AllergyRecord
from tests.dashboard.reports import people
from tests.dashboard.reports.test_minutes import page_letters
from tests.dashboard.reports.test_one_page import RECORDS, crowded, opened, page

ANAPHYLAXIS = "anaphylaxis, needed adrenaline"
SEVERE = AllergyRecord(
    "Amoxicillin with clavulanic acid " * 4, reaction="anaphylaxis, needed adrenaline", criticality="high"
)
MILD = AllergyRecord("Nickel in clothing and jewellery " * 4, reaction="itch", criticality="low")


def letters(made: OnePage) -> str:
    """The letters of the page without spaces."""
    pdf = opened(made)  # its pages go with it
    return "".join(page_letters(pdf.pages[0])).replace(" ", "").replace("\u200b", "")


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_an_allergy_of_high_criticality_is_never_cut_and_another_says_that_it_was(name: str) -> None:
    pages = letters(page(replace(RECORDS[name], allergies=[MILD, SEVERE] * 3)))
    assert pages.count("acid,highcriticality:anaphylaxis,neededadrenaline") == 3
    tight = letters(page(replace(crowded(), allergies=[MILD, SEVERE] * 3)))
    assert tight.count("acid,highcriticality:anaphylaxis,neededadrenaline") == 3
    assert tight.count("(cut:wholeunderAllergies)") == 3


def test_many_long_allergies_of_high_criticality_leave_one_page() -> None:
    severe = replace(SEVERE, reaction=people.HOSTILE)
    assert len(opened(page(replace(RECORDS["hostile"], allergies=[severe] * 9))).pages) == 1
