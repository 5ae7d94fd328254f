"""Flareboard CSV: six tables, told by their header; a row that cannot be is rejected with its line and reason."""

import io
import zipfile
from datetime import date

import pytest

from data_access.errors import UnreadableFile
from data_access.importers.reading import Limits
from data_access.records import DoseRecord, EventRecord, MarkRecord, MeasureRecord, MedicationRecord, PatientRecord
from tests.data_access.importers.reading_files import read

DIARY = (
    "patient,date,time,pain,fatigue,interference,sleep_hours,sleep_quality,stress,mood,"
    "stiffness_minutes,sensitivity,activity,flare,relief,note,regions"
)


def diary_row(**cells: str) -> str:
    given = {"patient": "P1", "date": "2026-03-02"} | cells
    return ",".join(given.get(name, "") for name in DIARY.split(","))


def diary(*rows: str) -> str:
    return "\n".join([DIARY, *rows]) + "\n"


def zipped(**files: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_patients_are_read() -> None:
    found = read("patient,family_name,given_name,birth_date,sex\nP1,Example,Anna,1980-02-29,female\n")
    assert found.only.patient == PatientRecord("P1", "Example", "Anna", date(1980, 2, 29), "female")
    assert found.parsed.format == "flareboard-csv-patients"


def test_a_diary_row_is_one_entry_with_every_answer() -> None:
    row = diary_row(
        time="08:30", pain="6.5", fatigue="7", interference="5", sleep_hours="5.5", sleep_quality="3", stress="4",
        mood="6", stiffness_minutes="90", sensitivity="2", activity="1", flare="1", relief="heat|massage",
        note="a bad night", regions="b_lumbar_l:6:aching|stiff;b_buttock_l:4",
    )  # fmt: skip
    (entry,) = read(diary(row)).only.entries
    assert (entry.day, entry.at_time, entry.pain, entry.flare) == (date(2026, 3, 2), "08:30", 6.5, True)
    assert (entry.stiffness_minutes, entry.sleep_hours, entry.mood) == (90, 5.5, 6)
    assert (entry.relief, entry.note) == (("heat", "massage"), "a bad night")
    assert entry.marks == (MarkRecord("b_lumbar_l", 6, ("aching", "stiff")), MarkRecord("b_buttock_l", 4))
    assert entry.where == "line 2"


def test_an_empty_cell_is_not_answered_and_never_zero() -> None:
    (entry,) = read(diary(diary_row(pain="0"))).only.entries
    assert (entry.pain, entry.fatigue, entry.flare, entry.marks) == (0, None, None, None)


def test_several_rows_a_day_are_several_entries() -> None:
    found = read(diary(diary_row(time="08:00", pain="3"), diary_row(time="20:00", pain="6")))
    assert [entry.pain for entry in found.only.entries] == [3, 6]


def test_an_empty_date_is_undated() -> None:
    (entry,) = read(diary(diary_row(date="", pain="3"))).only.entries
    assert entry.day is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"pain": "11"}, "pain is outside 0 to 10"),
        ({"pain": "-1"}, "pain is outside 0 to 10"),
        ({"pain": "NaN"}, "pain is not a number"),
        ({"pain": "Infinity"}, "pain is not a number"),
        ({"pain": "1e999"}, "pain is not a number"),
        ({"pain": "high"}, "pain is not a number"),
        ({"pain": '"4,5"'}, "pain has a decimal comma; write a point, like 2.5"),
        ({"sleep_hours": "25"}, "sleep_hours is outside 0 to 24"),
        ({"stiffness_minutes": "1441"}, "stiffness_minutes is outside 0 to 1440"),
        ({"date": "2026-02-30"}, "date is not a day of the calendar"),
        ({"date": "02.03.2026"}, "date is not a date like 2026-03-31"),
        ({"date": "2026-11-23"}, "the date lies in the future"),
        ({"date": "1899-12-31"}, "the date lies before 1900"),
        ({"time": "24:00"}, "the time is not HH:MM"),
        ({"time": "8:00"}, "the time is not HH:MM"),
        ({"flare": "yes"}, "flare is neither 1 nor 0"),
        ({"regions": "b_tail_l:3"}, "regions names an unknown region"),
        ({"regions": "b_lumbar_l:11"}, "the intensity of a region is outside 0 to 10"),
        ({"regions": "b_lumbar_l:3;b_lumbar_l:4"}, "the map names a region twice"),
        ({"regions": "b_lumbar_l:3:itching"}, "unknown pain quality"),
        ({"note": "x" * 10_001}, "note is longer than 10000 characters"),
        ({"note": "beep\x07"}, "note holds control characters"),
        ({"patient": ""}, "the record number is empty"),
        ({"patient": "P" * 65}, "record_number is longer than 64 characters"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_with_line_and_reason_and_the_rest_goes_in(
    cells: dict[str, str], reason: str
) -> None:
    found = read(diary(diary_row(pain="3"), diary_row(**cells), diary_row(date="2026-03-04", pain="4")))
    assert [entry.pain for bundle in found.bundles for entry in bundle.entries] == [3, 4]
    (rejection,) = found.account.rejected
    assert (rejection.where, rejection.why) == ("line 3", reason)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("tramadol,N02AX02,-50,mg", "the dose is not above zero"),
        ('tramadol,N02AX02,"2,5",mg', "dose has a decimal comma; write a point, like 2.5"),
        ("tramadol,N02AX02,2,5,mg", "the row has 6 cells, the header 5; a number with a decimal comma"),
    ],
)
def test_a_medicine_with_a_dose_that_cannot_be_is_rejected_with_its_line(row: str, why: str) -> None:
    found = read(f"patient,medicine,atc,dose,unit\nP1,duloxetine,,60,mg\nP1,{row}\nP1,Arnica D6,,9000000,globules\n")
    assert [each.medicine for each in found.only.medications] == ["duloxetine", "Arnica D6"]
    (rejection,) = found.account.rejected
    assert rejection.where == "line 3"
    assert rejection.why.startswith(why)


def test_the_line_is_the_one_an_editor_shows_though_a_note_has_several() -> None:
    found = read(diary(diary_row(pain="3", note='"one\ntwo\nthree"'), "", diary_row(pain="11")))
    assert found.only.entries[0].note == "one\ntwo\nthree"
    assert found.account.rejected[0].where == "line 6"


def test_a_short_row_is_rejected_alone() -> None:
    found = read(diary("P1,2026-03-02", diary_row(pain="4")))
    assert found.reasons == ["the row has 2 cells, the header 17"]
    assert len(found.only.entries) == 1


def test_doses_are_read() -> None:
    header = "patient,date,time,medicine,dose,unit,route,as_needed,taken"
    found = read(f"{header}\nP1,2026-03-02,21:00,amitriptyline,10,mg,oral,0,1\nP1,2026-03-02,,paracetamol,,,,1,0\n")
    assert found.only.doses == (
        DoseRecord(date(2026, 3, 2), "amitriptyline", True, "21:00", 10, "mg", "oral", False, where="line 2"),
        DoseRecord(date(2026, 3, 2), "paracetamol", False, as_needed=True, where="line 3"),
    )


@pytest.mark.parametrize(("dose", "taken"), [("0", "1"), ("-5", "1"), ("10", ""), ("10", "2")])
def test_a_dose_that_cannot_be_is_rejected(dose: str, taken: str) -> None:
    header = "patient,date,time,medicine,dose,unit,route,as_needed,taken"
    assert len(read(f"{header}\nP1,2026-03-02,,tramadol,{dose},mg,,1,{taken}\n").reasons) == 1


def test_medications_are_read_and_a_planned_end_may_lie_ahead() -> None:
    header = "patient,medicine,atc,dose,unit,route,frequency,as_needed,start,end,reason_stopped"
    found = read(f"{header}\nP1,duloxetine,N06AX21,60,mg,oral,once a day,0,2026-01-05,2027-01-05,\n")
    assert found.only.medications == (
        MedicationRecord(
            "duloxetine", "N06AX21", "", 60, "mg", "oral", "once a day", False, date(2026, 1, 5), date(2027, 1, 5),
            where="line 2",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [("2026-11-23", ""), ("2026-02-02", "2026-02-01")])
def test_a_course_that_cannot_be_is_rejected(start: str, end: str) -> None:
    header = "patient,medicine,atc,dose,unit,route,frequency,as_needed,start,end,reason_stopped"
    assert len(read(f"{header}\nP1,duloxetine,,,,,,0,{start},{end},\n").reasons) == 1


def test_measures_are_read_with_their_items_in_order() -> None:
    found = read("patient,date,instrument,score,item_2,item_1,item_3\nP1,2026-03-02,PEG,5.3,5,7,\n")
    assert found.only.measures == (MeasureRecord(date(2026, 3, 2), "PEG", 5.3, "{score}", (7, 5), where="line 2"),)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("PHQ-4,99,", "PHQ-4 is outside 0 to 12"),
        ("PHQ-4,-1,", "PHQ-4 is outside 0 to 12"),
        ("phq9,28,", "PHQ-9 is outside 0 to 27"),
        ("PHQ-9,9,4", "item 1 of PHQ-9 is outside 0 to 3"),
        ("<b>odd</b>,3,", "the instrument's name holds markup characters"),
        ("[a](http://b),3,", "the instrument's name holds markup characters"),
        ("odd\x1b[31m,3,", "the instrument's name holds control characters"),
        ("odd\u202e,3,", "the instrument's name holds control characters"),
    ],
)
def test_a_score_or_name_that_cannot_be_is_rejected_with_its_line(cells: str, reason: str) -> None:
    found = read(f"patient,date,instrument,score,item_1\nP1,2026-03-02,{cells}\nP1,2026-03-02,Our own,250,99\n")
    assert [measure.instrument for measure in found.only.measures] == ["Our own"]
    assert [(each.where, each.why) for each in found.account.rejected] == [("line 2", reason)]


def test_only_an_accepted_patients_row_makes_a_person() -> None:
    header = "patient,family_name,given_name,birth_date,sex"
    found = read(
        zipped(
            **{
                "diary.csv": diary(diary_row(pain="4"), diary_row(patient="P2", pain="5")),
                "patients.csv": f"{header}\nP1,Example,Anna,,\nP2,Sample,Bo,2026-02-30,\nP3,Sample,Cy,,dog\n",
            }
        )
    )
    assert found.parsed.must_exist == {"P2"}
    assert [bundle.patient.record_number for bundle in found.bundles] == ["P1", "P2"]
    assert len(found.reasons) == 2


def test_events_are_read_and_only_a_planned_one_may_lie_ahead() -> None:
    rows = "P1,2026-12-24,appointment,review\nP1,2026-12-24,injury,fall\nP1,,life_event,moved house\n"
    found = read(f"patient,date,kind,label\n{rows}")
    assert found.only.events == (
        EventRecord(date(2026, 12, 24), "appointment", "review", where="line 2"),
        EventRecord(None, "life_event", "moved house", where="line 4"),
    )
    assert found.reasons == ["the date lies in the future"]


def test_a_record_number_twice_with_other_values_is_rejected_once() -> None:
    rows = "P1,Example,Anna,1980-02-29,female\nP1,Example,Anna,1980-02-29,female\nP1,Other,Bea,1990-01-01,female\n"
    found = read(f"patient,family_name,given_name,birth_date,sex\n{rows}")
    assert found.only.patient.given_name == "Anna"
    assert (found.account.repeated, len(found.reasons)) == (1, 1)


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_left_out() -> None:
    (entry,) = read("pain,date,patient\n4,2026-03-02,P1\n").only.entries
    assert (entry.pain, entry.day) == (4, date(2026, 3, 2))


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert len(read(b"\xef\xbb\xbf" + diary(diary_row(pain="4")).encode()).only.entries) == 1


def test_a_zip_is_read_as_one_patient_at_a_time() -> None:
    found = read(
        zipped(
            **{
                "diary.csv": diary(diary_row(patient="P2", pain="4"), diary_row(pain="5")),
                "patients.csv": "patient,family_name,given_name,birth_date,sex\nP1,Example,Anna,,\nP2,Sample,Bo,,\n",
                "readme.txt": "hello",
            }
        )
    )
    assert [(b.patient.record_number, b.patient.family_name, len(b.entries)) for b in found.bundles] == [
        ("P1", "Example", 1),
        ("P2", "Sample", 1),
    ]
    assert dict(found.account.unused) == {"file in the zip: readme.txt": 1}
    assert found.bundles[0].entries[0].where == "diary.csv line 3"


@pytest.mark.parametrize(
    "header",
    [
        "patient;date;pain",
        "patient,date,pain,pain",
        "name,when,what",
        "patient,date",
        "patient,date,pain,shoe_size",
        "x",
    ],
)
def test_a_table_that_is_none_of_ours_is_refused_in_words(header: str) -> None:
    with pytest.raises(UnreadableFile, match="header of a Flareboard CSV"):
        read(f"{header}\n1,2,3\n")


def test_a_quotation_mark_that_is_never_closed_refuses_the_file() -> None:
    with pytest.raises(UnreadableFile, match="broken or cut off near line 3"):
        read(diary(diary_row(pain="3"), diary_row(note='"never closed')))


def test_more_rows_than_the_limit_refuse_the_file() -> None:
    with pytest.raises(UnreadableFile, match="more than 2 rows"):
        read(diary(*(diary_row(date=f"2026-03-0{n}", pain="3") for n in range(1, 5))), Limits(rows=2))
