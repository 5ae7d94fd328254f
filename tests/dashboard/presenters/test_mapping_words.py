"""What the mapping step says: readings of a date, ends and formula of a scale, places, and what would be rejected."""

import pytest

from clinical.body_map import REGIONS
from dashboard.presenters import mapping as words
from dashboard.services.mapping import Begun
from data_access.importers import mapped
from data_access.importers.mapped_check import Fault
from data_access.importers.mapped_rules import JOIN, ROLES, ColumnMapping, Rule, Scale
from data_access.importers.mapped_table import Column
from data_access.importers.mapped_words import meanings
from data_access.importers.reading import SourceFile
from data_access.records import Rejection


def test_every_role_has_its_words() -> None:
    assert set(words.ROLES) == set(ROLES)
    assert len(set(words.ROLES.values())) == len(ROLES)


def test_both_readings_of_a_date_are_said() -> None:
    assert words.telling_example(["25/03/2026", "03/04/2026"]) == ("03/04/2026", ("dmy", "mdy"))
    assert words.reading_of("dmy", "03/04/2026") == "3 Apr 2026 (day first)"
    assert words.reading_of("mdy", "03/04/2026 08:30") == "4 Mar 2026 (month first)"
    assert words.reading_of("dmy2", "03.04.26") == "3 Apr 2026 (day first; two digits mean 20..)"


@pytest.mark.parametrize(
    ("scale", "formula"),
    [
        (Scale(1, 5), "(value − 1) ÷ 4 × 10: 1 → 0, 2 → 2.5, 3 → 5, 4 → 7.5, 5 → 10"),
        (Scale(1, 3, 10), "(3 − value) ÷ 2 × 10: 1 → 10, 2 → 5, 3 → 0"),
        (Scale(0, 100), "value ÷ 100 × 10: 0 → 0, 50 → 5, 100 → 10"),
        (Scale(0, 10), "already 0 to 10: taken as it is"),
        (Scale(5, 1), ""),
    ],
)
def test_the_formula_of_a_scale_is_shown_with_its_steps(scale: Scale, formula: str) -> None:
    assert words.formula(scale) == formula


def test_which_end_is_which_is_said_in_the_words_of_the_answer() -> None:
    assert words.direction("pain", Scale(1, 5)) == "1 = none, 5 = worst"
    assert words.direction("sleep_quality", Scale(1, 6, 10)) == "1 = very good, 6 = very bad"


def test_no_two_places_are_called_the_same() -> None:
    said = [words.meaning("regions", place) for place in meanings("regions")]
    assert len(set(said)) == len(said) > len(REGIONS)
    knee = next(place for place in meanings("regions") if JOIN in place and "knee_l" in place)
    assert words.meaning("regions", knee) == "left knee"


def test_what_was_confirmed_says_what_is_converted_and_what_is_left_out() -> None:
    rules = (Rule("Tag", "date", dates="dmy"), Rule("Schmerz", "pain", scale=Scale(1, 5)), Rule("Puls"))
    assert words.used(ColumnMapping(rules)) == "2 of 3 columns read; to 0-10 from 1 to 5: Schmerz; not used: Puls."
    turned = (Rule("Note", "mood", scale=Scale(1, 6, 10)),)
    assert words.used(ColumnMapping(turned)) == "1 of 1 column read; to 0-10 from 6 down to 1: Note."


def test_what_is_missing_and_what_is_rejected_is_said_by_column_and_line() -> None:
    faults = [Fault("", "Say which column holds the date."), Fault("Schmerz", "x"), Fault("Schmerz", "y")]
    assert words.lacking(faults) == "Still to be said above: Schmerz."
    assert words.lacking([]) == ""
    refused = Rejection("line 12", "“7”", "Schmerz is outside 1 to 5")
    assert words.rejection(refused) == "line 12: “7”: Schmerz is outside 1 to 5"
    assert words.rejection(Rejection("line 3", "“”", "the row has 3 cells")) == "line 3: the row has 3 cells"


def test_rows_of_several_people_are_not_filed_under_one_without_a_word() -> None:
    named = Rule("Patient", "record_number")
    two, one = (Column("Patient", each, False, 2, each) for each in (("A", "B"), ("A",)))
    assert "more than one person" in words.several_people(Rule("Patient"), named, two)
    assert words.several_people(named, named, two) == words.several_people(Rule("Patient"), named, one) == ""


def test_lines_above_the_names_are_counted() -> None:
    sheet = mapped.look(SourceFile("d.csv", b"My diary;;\nof 2026;;\nDay;Pain;Note\n2026-03-25;3;x\n"))
    told = words.about(Begun(sheet, sheet.guessed, None))
    assert "names in line 3 (2 lines above them passed over)" in told


def test_a_hostile_cell_is_shown_without_its_tricks() -> None:
    assert "\u202e" not in words.yes_and_no(["ja", "\u202enein"])
    assert words.yes_and_no(["ja", "vielleicht"]) == "“ja” is yes"
