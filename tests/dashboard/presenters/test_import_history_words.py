"""How past imports read: what each added for whom, what became of it, what taking it back would remove."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboard.presenters import import_history as words
from dashboard.services.import_undo import BatchLine, Look
from data_access.batches import Batch, Reached, Undo
from data_access.patients import PatientHead
from data_access.undo import Obstacle, Undone

AS_OF = date(2026, 11, 23)
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ADA = PatientHead(1, "l1", "R-1", "Sample", "Ada", date(1979, 2, 3), "female", 1, False, 0)
BO = PatientHead(2, "l2", "R-2", "Sample", "Bo\u202e", None, "male", 1, False, 0)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "moment", lambda instant, as_of: f"{instant:%d %b %H:%M}")


def brought(
    report: Mapping[str, Any] | None = None,
    *,
    reached: int = 1,
    finished: datetime | None = AT,
    undone: datetime | None = None,
    undo: Undo | None = None,
    kept: bool = True,
    name: str = "C:\\Users\\x\\diary.csv",
) -> BatchLine:
    batch = Batch(7, name, "0" * 64, "flareboard-csv-diary", 1, AT, finished, report or {}, undone, 2, kept)
    return BatchLine(batch, "M. Physio", reached, undo, "C. Coord")


REPORT = {
    "new_patients": 1,
    "added": {"entries": 412, "regions": 1204, "doses": 0},
    "already_there": 3,
    "unused": 29,
    "rejected": 3,
    "rejected_rows": [
        ["line 2", "diary", "pain is outside 0 to 10"],
        ["line 9", "", "the time is not HH:MM"],
        ["line 4", "diary", "pain is outside 0 to 10"],
    ],
}


def line(each: BatchLine) -> words.Line:
    return words.lines([each], AS_OF)[0]


def test_a_line_says_what_came_from_whom_and_what_was_left_out() -> None:
    told = line(brought(REPORT, reached=2))
    assert (told.key, told.file, told.format) == ("7", "diary.csv", "Flareboard CSV: diary · import 7")
    assert (told.when, told.by) == ("22 Nov 09:30", "M. Physio")
    assert told.added == "1 new patient, 412 diary entries and 1,204 marks on the body map"
    assert told.about == "for 2 patients · 3 there already · 29 without a place here"
    assert (told.rejected, told.state, told.told, told.undo) == ("3 rejected", "", "", True)


def test_one_that_added_nothing_offers_no_undo() -> None:
    told = line(brought({"added": {"entries": 0}, "already_there": 9}, reached=0))
    assert (told.added, told.about, told.undo) == ("Nothing new", "9 there already", False)


def test_interrupted_older_and_taken_back_imports_say_so() -> None:
    interrupted = line(brought(finished=None))
    assert (interrupted.state, interrupted.told, interrupted.added) == (
        "interrupted",
        words.INTERRUPTED,
        "Not finished",
    )
    assert interrupted.undo
    older = line(brought(REPORT, kept=False))
    assert (older.state, older.told, older.undo) == ("older", words.OLDER, False)
    undone = line(brought(REPORT, undone=AT, undo=Undo("wrong\u202e file", "Dr T", AT, 0)))
    assert (undone.state, undone.undo) == ("undone", False)
    assert undone.told == "Taken back 22 Nov 09:30 by C. Coord: wrong☐ file"


def test_rejected_rows_are_told_by_reason_the_most_common_first() -> None:
    assert words.reasons(brought(REPORT)) == [
        ("2", "pain is outside 0 to 10", "line 2 (diary) and line 4 (diary)"),
        ("1", "the time is not HH:MM", "line 9"),
    ]
    assert words.left_out(brought(REPORT)) == ""
    assert words.left_out(brought(REPORT | {"rejected": 900})) == "The first 3 of 900 rejected rows."
    assert "their number" in words.left_out(brought({"rejected": 2}))


def test_the_people_it_is_taken_from_are_named_with_birth_date_and_what_goes() -> None:
    filled = Reached(2, filled={"birth_date": (None, date(1980, 1, 1)), "sex": ("unknown", "male")})
    people = ((ADA, Reached(1, True, {"entries": 2})), (BO, filled))
    assert words.removed(Look(brought(), people), AS_OF) == [
        ("Sample, Ada · born 3 Feb 1979 · R-1", "2 diary entries; the person, who was not on record before"),
        ("Sample, Bo☐ · date of birth not known · R-2", "Date of birth and sex, not known before"),
    ]
    pressing = Look(brought(), ((BO, Reached(2, added={"measures": 3})),), pressing={2: 1})
    assert words.removed(pressing, AS_OF)[0][1] == ("3 scores; of these one PHQ-9 with item 9 answered, a safety item")
    assert words.more(Look(brought(), more=9)) == "And nine further people."


def test_what_is_in_the_way_is_told_patient_by_patient() -> None:
    found = [
        Obstacle(1, "score withdrawn since", "it stays"),
        Obstacle(2, "1 signed note", "written here since", AS_OF),
        Obstacle(1, "rating of a goal", "it stays"),
    ]
    assert words.in_the_way(Look(brought(), obstacles=found, heads={1: ADA, 2: BO}), AS_OF) == [
        ("Sample, Ada · born 3 Feb 1979 · R-1", ["Score withdrawn since: it stays", "Rating of a goal: it stays"]),
        ("Sample, Bo☐ · date of birth not known · R-2", ["1 signed note, 23 Nov: written here since"]),
    ]
    whole = [Obstacle(0, "this import", "it was taken back already")]
    assert words.in_the_way(Look(brought(), obstacles=whole), AS_OF) == [
        ("", ["This import: it was taken back already"]),
    ]


@pytest.mark.parametrize(
    ("people", "gone", "ending"),
    [
        ((1,), (), "2 diary entries, for one person."),
        ((1, 2), (2,), "2 diary entries, for two people, one of them no longer on record."),
        ((2,), (2,), "2 diary entries, for one person, who is no longer on record."),
    ],
)
def test_what_was_taken_back_is_said(people: tuple[int, ...], gone: tuple[int, ...], ending: str) -> None:
    assert words.done(Undone(people, {"entries": 2}, gone)) == f"Taken back: {ending}"
