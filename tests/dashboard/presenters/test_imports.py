"""What the Import page says: counts in plain words, and names that cannot hide or turn anything."""

from collections import Counter
from datetime import date

from dashboard.presenters import imports as words
from dashboard.services.import_checking import Met
from dashboard.services.import_people import Identity, Standing
from dashboard.services.import_reports import FileReport
from dashboard.services.imports import Progress
from data_access.records import Rejection

BORN = date(1979, 2, 3)


def met(said: tuple[Identity, ...], held: Identity | None, standing: Standing = "partly", **added: int) -> Met:
    return Met("FB-1", standing, said, held, "", "", ("a.csv",), Counter(added), 3, 1, None, ())


def test_what_would_hide_or_turn_a_name_stands_as_a_box() -> None:
    assert words.visible("Ro\u202ewan\u200b\x07") == "Ro☐wan☐☐"
    assert words.shown("**Sample** [x](http://evil)") == r"\*\*Sample\*\* \[x\]\(http\:\/\/evil\)".replace(r"\/", "/")


def test_a_person_is_named_with_the_date_of_birth_or_that_it_is_not_known() -> None:
    assert words.who(Identity("Sample", "Rowan", BORN)) == "Sample, Rowan · born 3 Feb 1979"
    assert words.who(Identity("Sample")) == "Sample · date of birth not given"


def test_counts_are_said_in_plain_words() -> None:
    report = FileReport("a.csv", added=Counter(entries=412, regions=1204, medications=1), already_there=3)
    report.new_patients, report.rejected = 1, [Rejection("line 2", "diary", "pain is outside 0 to 10")]
    added, other = words.counts(report, done=False).split(" · ", 1)
    assert added == "Adds 1 new patient, 412 diary entries, 1,204 marks on the body map and 1 medicine"
    assert other == "3 there already · 1 rejected"


def test_the_headline_says_for_how_many_people_and_which_of_them_are_new() -> None:
    report = FileReport("a.csv", added=Counter(entries=2), new_patients=1)
    both = [met((), None, "new", entries=1), met((), Identity("X"), "same", entries=1)]
    assert words.headline([report], both, done=False) == (
        "2 diary entries would be added for two people, one of them new."
    )
    bare = met((), None, "new")
    assert words.headline([report], [both[1], bare], done=False).endswith(
        "for one person on record, and one new patient without records."
    )
    alone = [met((), None, "new", entries=1)]
    assert words.headline([report], alone, done=True) == "2 diary entries were added for one new patient."
    assert words.headline([FileReport("a.csv", new_patients=3)], alone, done=False) == (
        "Three new patients would be added."
    )
    assert words.headline([FileReport("a.csv")], [], done=True) == "Nothing was added."


def test_what_differs_is_named() -> None:
    held = Identity("Sample", "Rowan", BORN)
    assert words.how_sure(met((Identity("Sample", "Robin", BORN),), held)) == "The given name differs"
    assert words.how_sure(met((Identity("Sample", "Rowan"),), held)) == "The date of birth is missing on one side"
    two = (Identity("Sample", "Rowan"), Identity("Other", "Rowan"))
    assert words.how_sure(met(two, None)) == "The files name this person in different ways"


def test_rejected_rows_are_told_by_reason_with_their_first_places() -> None:
    rows = [Rejection(f"line {line}", "diary", "pain is outside 0 to 10") for line in range(2, 2_002)]
    report = FileReport("a.csv", rejected=[*rows, Rejection("patient", "given name", "another one is on record")])
    first, second = words.reasons([report])
    assert (first.count, first.places) == (2_000, "line 2, line 3 and 1,998 more")
    assert (second.count, second.places) == (1, "given name")


def test_progress_knows_waiting_reading_and_people() -> None:
    assert words.progress(None, 4) == (0.0, "Waiting for its turn")
    assert words.progress(Progress(1, 1, "a.csv", 3), 4) == (0.75, r"a\.csv · 3 of 4 people done")
    assert words.progress(Progress(1, 1, "a.xml", 0, 0.5), 0) == (0.5, r"a\.xml · 50% read")
    share, said = words.progress(Progress(2, 4, "b.csv", 7), 0)
    assert (share, said) == (0.25, r"File 2 of 4: b\.csv · 7 people done")


def test_whoever_will_not_see_new_patients_is_told() -> None:
    assert words.team_of_new("North", sees_all=False).endswith("North.")
    assert "You will not see them" in words.team_of_new("", sees_all=False)
    assert "You will not see them" not in words.team_of_new("", sees_all=True)


def test_files_that_are_not_checked_yet_are_counted_by_what_they_lack() -> None:
    unread, unmapped = "that cannot be read", "with unexplained columns"
    assert words.left_behind([unread, unmapped, unmapped]) == (
        "Not with it: 1 file that cannot be read and 2 files with unexplained columns."
    )


def test_the_size_of_a_file_is_rounded() -> None:
    assert [words.size(count) for count in (1, 751, 99_402, 1_240_000)] == ["1 byte", "751 bytes", "99 kB", "1.2 MB"]
