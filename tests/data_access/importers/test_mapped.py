"""Diary tables of other makes: looked at, guessed, and read by a mapping into entries, doses and steps."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.errors import UnreadableFile
from data_access.importers import checks, mapped, mapped_check
from data_access.importers.mapped_guess import as_role, with_new_words
from data_access.importers.mapped_rules import ROLES, UNCHOSEN, ColumnMapping, Rule, Scale, header_key
from data_access.importers.mapped_values import split_moment
from data_access.importers.reading import DEFAULT_LIMITS, Limits
from data_access.records import MarkRecord, MeasureRecord, Rejection
from tests.data_access.importers.mapped_tables import (
    AS_OF,
    DAY,
    ONE_TO_FIVE,
    PAIN,
    PARTS,
    cell,
    read,
    refused,
    source,
)

GERMAN = (
    "Schmerztagebuch von mir;;;;;;;\n"
    "Datum;Tageszeit;Schmerz;Müdigkeit (0-10);Schlaf (Std.);Schub;Orte;Puls\n"
    "25.03.2026;morgens;2;4;7,5;nein;left knee, Ohr;66\n"
    "25.03.2026;abends;5;8;;ja;n/a;70\n"
)


def guess(text: str, encoding: str = "utf-8") -> dict[str, Rule]:
    sheet = mapped.look(source(text, encoding))
    return {rule.column: rule for rule in sheet.guessed.rules}


@pytest.mark.parametrize(
    ("encoding", "said", "guessed"),
    [
        ("utf-8", "UTF-8", False), ("utf-8-sig", "UTF-8", False), ("utf-16", "UTF-16", False),
        ("cp1252", "Windows-1252", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_a_table_is_made_out_whatever_its_signs_and_letters(encoding: str, said: str, guessed: bool, sign: str) -> None:
    text = f"Datum{sign}Müdigkeit\n25.03.2026{sign}4\n26.03.2026{sign}5\n"
    sheet = mapped.look(source(text, encoding))
    assert (sheet.header, sheet.delimiter, sheet.encoding) == (("Datum", "Müdigkeit"), sign, said)
    assert sheet.encoding_guessed is guessed
    assert sheet.rows[0] == (2, ("25.03.2026", "4"))


def test_every_column_is_guessed_with_its_reason_and_what_is_doubtful_is_left_open() -> None:
    rules = guess(GERMAN)
    assert [rule.role for rule in rules.values()] == [
        "date", "part", "pain", "fatigue", "sleep_hours", "flare", "regions", "ignored",
    ]  # fmt: skip
    assert rules["Datum"].dates == "dmy"
    assert rules["Tageszeit"].words == (("morgens", "08:00"), ("abends", "20:00"))
    assert rules["Müdigkeit (0-10)"].scale == Scale(0, 10)
    assert rules["Schmerz"].scale is None  # 2 to 5 may be of five or of ten
    assert dict(rules["Orte"].words) == {"left knee": "f_knee_l+b_knee_l", "Ohr": ""}
    sheet = mapped.look(source(GERMAN))
    assert (sheet.header_line, sheet.guessed.decimal, sheet.guessed.missing) == (2, ",", ("n/a",))
    assert all(each.reason for each in sheet.guesses)
    assert [fault.column for fault in mapped_check.faults(sheet.guessed, whose=True)] == ["Schmerz"]


def test_a_date_that_can_be_read_two_ways_is_never_decided() -> None:
    sheet = mapped.look(source("date,pain (0-10)\n03/04/2026,3\n05/06/2026,4\n"))
    assert sheet.guessed.rules[0].dates == ""
    assert sheet.guesses[0].orders == ("dmy", "mdy")
    assert [f.what for f in mapped_check.faults(sheet.guessed, whose=True)] == ["Choose how the dates are to be read."]


def test_one_row_later_the_date_can_be_read_in_one_way_only() -> None:
    assert guess("date,pain (0-10)\n03/04/2026,3\n05/16/2026,4\n")["date"].dates == "mdy"


def test_columns_that_speak_of_a_time_of_day_are_guessed_with_it() -> None:
    rules = guess("date,Pain morning,Pain noon,Pain evening\n2026-03-25,2,3,9\n2026-03-26,7,8,6\n")
    assert [(rule.role, rule.at) for rule in rules.values()] == [
        ("date", ""), ("pain", "08:00"), ("pain", "12:00"), ("pain", "20:00"),
    ]  # fmt: skip


def test_words_are_put_in_the_shortest_usual_order_and_thousands_are_no_decimals() -> None:
    sheet = mapped.look(source('date,Pain,steps\n2026-03-25,mild,"5,432"\n2026-03-26,severe,"4,102"\n'))
    pain = sheet.guessed.rules[1]
    assert pain.words == (("none", "0"), ("mild", "1"), ("moderate", "2"), ("severe", "3"))
    assert (pain.scale, sheet.guessed.decimal) == (Scale(0, 3), ".")


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Went to sleep", "23:30 22:45"), ("Slept until", "06:30 07:10"), ("Sleep time", "23:30 00:15"),
        ("Bedtime", "23:30 00:15"), ("Sleep", "7:30 6:00"), ("Sleep disturbance (0-10)", "9 8"),
        ("Sleep problems", "9 8"), ("Sleepiness (0-10)", "9 8"), ("Schlafstörung (0-10)", "9 8"),
        ("Pain after sleep", "3 5"),
        ("Pain-free hours", "3 9"), ("schmerzfrei", "3 9"), ("Hours of pain", "3 9"), ("Stiffness (0-10)", "3 9"),
    ],
)  # fmt: skip
def test_a_name_with_a_second_meaning_is_not_taken_for_an_answer(name: str, cells: str) -> None:
    rows = "".join(f"2026-03-{day};{cell}\n" for day, cell in enumerate(cells.split(), 13))
    assert guess(f"date;{name}\n{rows}")[name] == Rule(name)


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("Ibuprofen", "0 1 2", "medicines"), ("Morning stiffness", "0 5 2", "stiffness_minutes"),
        ("Sleep", "7 6", "sleep_hours"), ("Sleep (0-10)", "7 6", "sleep_quality"), ("Pain (10-0)", "9 2", "pain"),
        ("Pain", "2 15 20", "pain"), ("Pain", "1 4 10", "pain"), ("Pain", "good bad", "pain"),
        ("Mood", "mild severe", "mood"),
    ],
)  # fmt: skip
def test_a_unit_a_scale_or_a_direction_that_may_be_another_is_left_open(name: str, cells: str, role: str) -> None:
    rows = "".join(f"2026-03-{day};{cell}\n" for day, cell in enumerate(cells.split(), 13))
    sheet = mapped.look(source(f"date;{name}\n{rows}"))
    assert sheet.guessed.rules[1].role == role
    assert name in [fault.column for fault in mapped_check.faults(sheet.guessed, whose=True)]


@pytest.mark.parametrize(
    ("name", "cells", "wanted"),
    [
        ("Ibuprofen (mg)", "0 400", {"unit": "mg"}), ("Tramadol", "0 1", {"unit": ""}),
        ("Sleep (h)", "7:30 6", {"unit": "hours"}),
        ("Sleep", "450 360", {"unit": "minutes"}), ("Morning stiffness (min)", "5 20", {"unit": "minutes"}),
        ("Pain", "0 9", {"scale": Scale(0, 10)}), ("Pain", "0 80", {"scale": Scale(0, 100)}),
        ("Pain interference (0-10)", "1 8", {"role": "interference", "scale": Scale(0, 10)}),
    ],
)  # fmt: skip
def test_what_leaves_no_doubt_is_proposed(name: str, cells: str, wanted: dict[str, object]) -> None:
    rows = "".join(f"2026-03-{day};{cell}\n" for day, cell in enumerate(cells.split(), 13))
    rule = guess(f"date;{name}\n{rows}")[name]
    assert {field: getattr(rule, field) for field in wanted} == wanted
    assert mapped_check.faults(ColumnMapping((DAY, rule)), whose=True) == []


def test_three_parts_of_a_day_are_three_entries_of_their_times() -> None:
    rows = ("03.04.2026;morgens;1", "03.04.2026;mittags;3", "03.04.2026;abends;5")
    found = read([DAY, PARTS, PAIN], *rows).entries
    assert [(each.day, each.at_time, each.pain) for each in found] == [
        (date(2026, 4, 3), "08:00", 0), (date(2026, 4, 3), "12:00", 5), (date(2026, 4, 3), "20:00", 10),
    ]  # fmt: skip


def test_a_row_with_a_column_for_each_part_of_the_day_is_as_many_entries_and_one_for_the_day() -> None:
    morning = replace(PAIN, column="früh", at="08:00")
    evening = replace(PAIN, column="spät", at="20:00")
    found = read([DAY, morning, evening, Rule("Schlaf", "sleep_hours", unit="hours")], "03.04.2026;2;;7:30").entries
    assert [(each.at_time, each.pain, each.sleep_hours) for each in found] == [("08:00", 2.5, None), ("", None, 7.5)]


def test_month_first_is_another_day() -> None:
    rule = replace(DAY, dates="mdy")
    (entry,) = read([rule, PAIN], "03/04/2026;3").entries
    assert entry.day == date(2026, 3, 4)


def test_lists_of_words_become_codes_and_regions() -> None:
    where = Rule("Orte", "regions", separator=",", words=(("Ohr", "f_head_l"),))
    entry = cell(where, "Ohr, left knee")
    assert entry.marks == tuple(MarkRecord(region, None) for region in ("f_head_l", "f_knee_l", "b_knee_l"))
    assert entry.detail_unknown
    assert cell(where, "no pain").marks == ()
    assert cell(Rule("Hilfe", "relief", separator="+", words=(("Bad", "heat"),)), "Bad + massage").relief == (
        "heat",
        "massage",
    )
    assert cell(Rule("Wetter", "weather", words=()), "windy").weather == ("windy",)


@pytest.mark.parametrize(
    ("rule", "text", "why"),
    [
        (Rule("Orte", "regions"), "Ohr", "Orte has a word that was given no meaning"),
        (Rule("Orte", "regions", separator=","), "no pain, neck", "Orte names places beside 'no pain'"),
        (PAIN, "6", "Schmerz is outside 1 to 5"),
        (Rule("Schub", "flare"), "vielleicht", "Schub is neither yes nor no"),
        (Rule("Schlaf", "sleep_hours", unit="hours"), "25", "Schlaf is longer than a day, or less than nothing"),
        (Rule("Zeit", "time"), "spät", "Zeit is not a time of day"),
        (PARTS, "nachts", "Wann has a word without a time of day"),
        (Rule("Notiz", "note"), "x" * 10_001, "note is longer than 10000 characters"),
    ],
)
def test_a_cell_that_cannot_be_refuses_its_row_with_its_column(rule: Rule, text: str, why: str) -> None:
    assert refused(rule, text) == why


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("23.11.2026;3", "the date lies in the future"),
        ("31.02.2026;3", "Datum is not a day of the calendar, read in the order that was chosen"),
        ("2026-03-02;3", "Datum is not a date in the order that was chosen"),
        (";3", "Datum is empty: the day is not known"),
        ("02.03.2026;3;4", "the row has 3 cells, the header 2"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_with_its_line_and_the_others_go_in(row: str, why: str) -> None:
    found = read([DAY, PAIN], "01.03.2026;1", row)
    assert [(where, reason) for where, _, reason in found.reasons] == [("line 3", why)]
    assert len(found.entries) == 1


def test_two_rows_of_one_moment_that_differ_are_not_both_taken_and_equal_ones_count_once() -> None:
    found = read([DAY, PAIN], "01.03.2026;1", "01.03.2026;2", "01.03.2026;1")
    assert [why for _, _, why in found.reasons] == [
        "another row of the file says something else of the same day and time"
    ]
    assert (len(found.entries), found.parsed.account.repeated) == (1, 1)


def test_two_columns_that_answer_one_moment_refuse_the_row_and_two_of_one_region_keep_the_worse() -> None:
    evening = replace(PAIN, column="abends", at="20:00")
    found = read([DAY, Rule("Zeit", "time"), PAIN, evening], "01.03.2026;20:00;2;3", "02.03.2026;08:00;2;3")
    assert found.reasons == [("line 2", "", "abends answers what another column answers for the same moment")]
    assert len(found.entries) == 2
    knee = Rule("Knie", "regions", means="b_knee_l", scale=Scale(0, 10))
    for row in ("03.03.2026;3;8", "03.03.2026;8;3"):
        entry = read([DAY, knee, replace(knee, column="Knie hinten")], row).entry
        assert entry.marks == (MarkRecord("b_knee_l", 8),)


def test_what_a_patient_wrote_stands_in_no_account_that_is_kept() -> None:
    words = "see Dr Meier about Anna"
    help_ = Rule("Hilfe", "relief", separator=",", words=((words, "left out"),))
    found = read([DAY, PAIN, help_], f"01.03.2026;{words};", f"02.03.2026;2;{words}")
    account = found.parsed.account
    assert found.reasons == [("line 2", "", "Schmerz is not a number")]
    assert words.casefold() not in repr((account.rejected, account.unused)).casefold()
    table = source(f"Datum;Schmerz\n01.03.2026;{words}\n")
    shown = mapped.parse(table, ColumnMapping((DAY, PAIN)), "T-1", DEFAULT_LIMITS, AS_OF, most_rows=10)
    assert [each.what for each in shown.account.rejected] == [f"“{words}”"]  # a preview shows it and keeps nothing


def test_missing_is_missing_and_zero_is_zero() -> None:
    rules = [DAY, replace(PAIN, scale=Scale(0, 10)), Rule("Stress", "stress", scale=Scale(0, 10))]
    found = read(rules, "01.03.2026;0;n/a", "02.03.2026;;3", missing=("n/a",)).entries
    assert [(each.pain, each.stress) for each in found] == [(0, None), (None, 3)]
    assert read(rules, "01.03.2026;n/a;").parsed.account.rejected != []  # only words that were named are missing


def test_a_row_without_an_answer_and_columns_that_are_not_used_are_counted() -> None:
    found = read([DAY, PAIN, Rule("Puls")], "01.03.2026;;66", "02.03.2026;2;70")
    assert found.parsed.account.unused == {"cell of the column Puls": 2, "row without an answer": 1}
    assert len(found.entries) == 1


def test_what_looks_like_a_formula_is_text() -> None:
    assert cell(Rule("Notiz", "note"), "=cmd|'/c calc'!A0").note == "=cmd|'/c calc'!A0"


def test_one_thing_a_column_is_ticked_and_a_no_says_nothing_of_the_others() -> None:
    knee = Rule("Knie", "regions", means="b_knee_l")
    assert cell(knee, "x").marks == (MarkRecord("b_knee_l", None),)
    assert cell(knee, "nein").marks == ()
    assert cell(replace(knee, scale=ONE_TO_FIVE), "4").marks == (MarkRecord("b_knee_l", 8),)
    assert cell(replace(knee, scale=Scale(0, 100)), "4").marks == (MarkRecord("b_knee_l", 1),)  # little is not nothing
    assert cell(replace(knee, scale=Scale(0, 100)), "0").marks == ()
    assert read([DAY, PAIN, Rule("Bad", "relief", means="heat")], "01.03.2026;1;nein").entry.relief == ()


def test_a_word_without_a_place_can_be_left_out_and_is_counted_but_never_a_place_of_the_body() -> None:
    words = (("Tee", "left out"), ("Bad", "heat"))
    found = read([DAY, Rule("Hilfe", "relief", separator=",", words=words)], "01.03.2026;Tee, Bad")
    assert found.entry.relief == ("heat",)
    assert found.parsed.account.unused == {"word of the column Hilfe": 1}
    where = ColumnMapping((DAY, Rule("Orte", "regions", words=(("Ohr", "left out"),))))
    assert [fault.column for fault in mapped_check.faults(where, whose=True)] == ["Orte"]


def test_medicines_of_a_list_and_of_a_column() -> None:
    listed = Rule("Medikamente", "medicines", separator=",", as_needed=True)
    found = read([DAY, listed], "01.03.2026;ibuprofen 400 mg, tramadol").doses
    assert [(d.medicine, d.dose, d.unit, d.taken, d.as_needed) for d in found] == [
        ("ibuprofen", 400, "mg", True, True), ("tramadol", None, "", True, True),
    ]  # fmt: skip
    dosed = Rule("Ibu", "medicines", means="ibuprofen", unit="mg")
    assert [(d.dose, d.taken) for d in read([DAY, dosed], "01.03.2026;400", "02.03.2026;0").doses] == [
        (400, True), (None, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "medicine", "dose"),
    [
        ("2x ibuprofen 400 mg", "ibuprofen", 800), ("ibuprofen 400 mg x 2", "ibuprofen", 800),
        ("ibuprofen 2 × 400mg", "ibuprofen", 800), ("5-HTP 100 MG", "5-HTP", 100),
        ("digoxin 0.125 mg", "digoxin", 0.125), ("vitamin B12", "vitamin B12", None),
    ],
)  # fmt: skip
def test_a_number_of_tablets_counts(text: str, medicine: str, dose: float | None) -> None:
    (found,) = read([DAY, Rule("M", "medicines")], f"01.03.2026;{text}").doses
    assert (found.medicine, found.dose, found.unit) == (medicine, dose, "mg" if dose else "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("paracetamol 1.000 mg", "M may be in thousands or have three decimals"),
        ("paracetamol 1,000 mg", "M may be in thousands or have three decimals"),
        ("paracetamol 1 000 mg", "M may be in thousands or have three decimals"),
        ("ramipril 2,5 mg", "M has a decimal comma, and the other sign was chosen"),
        ("2 ibuprofen 400 mg", "M has a number of tablets that cannot be told from the dose"),
        ("½ tramadol 50 mg", "M has a number of tablets that cannot be told from the dose"),
        ("ibuprofen x 2", "M has a number of tablets that cannot be told from the dose"),
    ],
)
def test_a_dose_that_can_be_read_two_ways_refuses_its_row(text: str, why: str) -> None:
    assert refused(Rule("M", "medicines"), text).startswith(why)
    dosed = Rule("M", "medicines", means="paracetamol", unit="mg")
    assert refused(dosed, "1.000").startswith("M may be in thousands")


def test_one_long_blank_cell_is_refused_at_once_and_stops_nothing() -> None:
    gap = " " * 100_000  # a search that tries every place against every other would not come back
    content = f'date;pain;meds;notes\n2026-01-01;4;"a{gap}x";"1{gap}x"\n2026-01-02;5;"a{":" * 300}x";ok\n'
    sheet = mapped.look(source(content))
    assert sheet.guessed.rules[0].dates == "ymd"
    assert split_moment(f"2026-01-01{gap}08:30") == ("2026-01-01", "08:30")
    rules = (Rule("date", "date", dates="ymd"), PAIN, Rule("meds", "medicines"), Rule("notes"))
    mapping = ColumnMapping(tuple(replace(rule, column=name) for rule, name in zip(rules, sheet.header, strict=True)))
    parsed = mapped.parse(source(content), mapping, "T-1", DEFAULT_LIMITS, AS_OF)
    assert [dose.medicine for bundle in parsed.bundles for dose in bundle.doses] == ["a x"]
    assert [each.why for each in parsed.account.rejected] == ["meds has a medicine of more than 200 characters"]


def test_steps_are_a_measure_of_the_day() -> None:
    found = read([DAY, Rule("Schritte", "steps")], "01.03.2026;5.432").only.measures
    assert [replace(each, source_key=None, where="") for each in found] == [
        MeasureRecord(date(2026, 3, 1), "Steps in 24 h", 5432, "1/(24.h)")
    ]


def test_the_key_of_a_row_stays_whatever_stands_around_it() -> None:
    (first,) = read([DAY, PAIN], "01.03.2026;1").entries
    again = read([DAY, PAIN], "05.03.2026;4", "01.03.2026;1").entries[1]
    assert first.source_key == again.source_key
    wider = read([DAY, PAIN, Rule("Puls")], "01.03.2026;1;66").entries[0]
    assert wider.source_key == first.source_key  # the same diary, exported with one more column


def test_untimed_tablets_of_several_rows_are_counted_each_and_a_row_said_twice_is_not() -> None:
    medicine = Rule("Medikament", "medicines")
    three = read([DAY, medicine], *["01.03.2026;tramadol 50 mg"] * 3)
    assert len(three.doses) == len({dose.source_key for dose in three.doses}) == 3
    assert (three.reasons, three.parsed.account.repeated) == ([], 0)
    twice = read([DAY, PAIN, medicine], *["01.03.2026;1;tramadol 50 mg"] * 2)
    assert (len(twice.entries), len(twice.doses), twice.parsed.account.repeated) == (1, 1, 2)
    timed = read([DAY, Rule("Zeit", "time"), medicine], *["01.03.2026;08:00;tramadol 50 mg"] * 2)
    assert (len(timed.doses), timed.parsed.account.repeated) == (1, 1)


def test_rows_name_their_patients_or_somebody_is_chosen_for_all() -> None:
    number = Rule("Nr", "record_number")
    found = read([DAY, number, PAIN], "01.03.2026;A-1;1", "01.03.2026;A-2;2", "01.03.2026;;2", to_patient="")
    assert [bundle.patient.record_number for bundle in found.bundles] == ["A-1", "A-2"]
    assert found.parsed.must_exist == {"A-1", "A-2"}
    assert found.reasons == [("line 4", "", "Nr is empty: whose row it is is not known")]
    with pytest.raises(UnreadableFile, match="Choose the patient"):
        read([DAY, PAIN], "01.03.2026;1", to_patient="")


def test_a_mapping_reads_only_tables_with_its_header() -> None:
    mapping = ColumnMapping((DAY, PAIN))
    with pytest.raises(UnreadableFile, match="not those of its mapping"):
        mapped.parse(source("Datum;Wert\n01.03.2026;1\n"), mapping, "T-1", DEFAULT_LIMITS, AS_OF)
    assert header_key(("Datum", " SCHMERZ")) == header_key(mapping.columns)
    assert header_key(("Schmerz", "Datum")) != header_key(mapping.columns)


@pytest.mark.parametrize(
    ("rules", "column", "what"),
    [
        ([PAIN], "", "Say which column holds the date."),
        ([DAY], "", "No column is used as an answer yet."),
        ([DAY, PAIN, replace(PAIN, column="b")], "b", "Another column is read as the same. Give each its time of day"),
        ([DAY, replace(PAIN, scale=Scale(5, 1))], "Schmerz", "The low end of the scale must lie below its high end."),
        ([DAY, replace(PAIN, words=(("arg", ""),))], "Schmerz", "Each word needs a number from 1 to 5."),
        ([DAY, PARTS, Rule("Zeit", "time"), PAIN], "Zeit", "Two columns hold the time of day; choose one of them."),
        ([DAY, PAIN, Rule("x", "regions", means=UNCHOSEN)], "x", "Say which one this column is about."),
        ([DAY, PAIN, Rule("x", "relief", words=(("a", "magic"),))], "x", "A word stands for something that is not in"),
        ([DAY, PAIN, replace(PARTS, words=(("a", ""),))], "Wann", "Give each part of the day a time, HH:MM."),
    ],
)
def test_what_a_mapping_lacks_is_said_at_its_column(rules: list[Rule], column: str, what: str) -> None:
    faults = mapped_check.faults(ColumnMapping(tuple(rules)), whose=True)
    assert any(fault.column == column and fault.what.startswith(what) for fault in faults), faults


def test_a_remembered_mapping_gets_the_words_of_the_next_file() -> None:
    sheet = mapped.look(source("Datum;Orte\n25.03.2026;Ohr\n26.03.2026;neck\n"))
    before = ColumnMapping((DAY, Rule("Orte", "regions", words=(("Ohr", "f_head_l"),))))
    words = dict(with_new_words(before, sheet.columns).rules[1].words)
    assert (words["Ohr"], words["neck"]) == ("f_head_l", "f_neck_r+f_neck_l+b_neck_l+b_neck_r")


def test_every_word_of_the_rows_looked_at_can_be_given_a_meaning_however_late_and_long_it_stands() -> None:
    late = "a place that nobody but this one patient has ever called so and that takes more than eighty characters"
    rows = "".join(f"25.03.2026;word{n}\n" for n in range(100))
    sheet = mapped.look(source(f"Datum;Orte\n{rows}26.03.2026;{late}\n"))
    assert dict(sheet.guessed.rules[1].words) == {**{f"word{n}": "" for n in range(100)}, late: ""}
    assert max(map(len, sheet.columns[1].examples)) <= 80 and len(sheet.columns[1].examples) == 40
    again = with_new_words(ColumnMapping((DAY, Rule("Orte", "regions", words=(("word1", "f_head_l"),)))), sheet.columns)
    assert late in dict(again.rules[1].words)
    assert late in dict(as_role(sheet.columns[1], "relief", ".").words)


@pytest.mark.parametrize("first", ["25 March 2026;mild", "2026-03-25T08:00Z;mild", "mild;7/10"])
def test_a_row_of_answers_is_never_the_header(first: str) -> None:
    assert mapped.look(source(f"{first}\nDatum;Schmerz\n26.03.2026;stark\n")).header == ("Datum", "Schmerz")
    with pytest.raises(UnreadableFile, match="names of the columns"):
        mapped.look(source(f"{first}\n{first}\n{first}\n"))


def test_most_rows_rejected_is_said_with_the_most_common_reasons() -> None:
    rejected = [Rejection(f"line {n}", "“9”", "Schmerz is outside 1 to 5") for n in range(2, 8)]
    mostly = mapped.would_mostly_reject(10, rejected)
    assert mostly is not None
    assert (mostly.read, mostly.rejected, mostly.reasons) == (10, 6, (("Schmerz is outside 1 to 5", 6),))
    assert mapped.would_mostly_reject(12, rejected) is None
    assert mapped.would_mostly_reject(4, [Rejection("line 2", "a", "b"), Rejection("line 2", "c", "d")]) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "one column\n1\n2\n", '{"resourceType": "Bundle"}', "<html>", "2026-01-01;3\n2026-01-02;4\n", "a;b\n\0;1\n",
        'a;b\n"x;1\n',
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        mapped.look(source(text))
    assert refusal.value.what_happened and refusal.value.what_to_do


def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="more than 2 rows"):
        mapped.look(source("a;b\n" + "x;1\n" * 3), Limits(rows=2))


CELLS = st.one_of(
    st.sampled_from(
        ["", "3", "7,5", "03.04.2026", "2026-03-02T08:30", "morgens", "ja", "n/a", "=1+1", "left knee, neck", "400",
         "8:30", "Paracetamol 500 mg", "x" * 300, "a\nb", '"', "\u202eabc", "none", "mild"]
    ),
    st.text(max_size=10),
)  # fmt: skip
NAMES = st.one_of(
    st.sampled_from(["Datum", "Pain", "Schmerz (1-5)", "Orte", "Medikamente", "Ibuprofen", "Schlaf"]), CELLS
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(2, 5), st.data())
def test_any_table_is_looked_at_and_read_by_any_roles_or_refused_in_words(width: int, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    header = data.draw(st.lists(NAMES, min_size=width, max_size=width))
    quoted = [";".join('"' + each.replace('"', '""') + '"' for each in row) for row in [header, *rows]]
    content = source("\n".join(quoted).encode("utf-8", "replace").decode())
    try:
        sheet = mapped.look(content)
        roles = [data.draw(st.sampled_from([rule.role, *ROLES])) for rule in sheet.guessed.rules]
        rules = (as_role(column, role, ".") for column, role in zip(sheet.columns, roles, strict=True))
        filled = tuple(replace(rule, dates=rule.dates or "dmy") for rule in rules)
        mapping = ColumnMapping(filled, missing=sheet.guessed.missing)
        assert ColumnMapping.from_json(mapping.as_json()) == mapping
        found = mapped.parse(content, mapping, "T-1", DEFAULT_LIMITS, AS_OF)
    except UnreadableFile as error:
        assert error.what_happened and error.what_is_safe and error.what_to_do
        return
    for bundle in found.bundles:
        assert all(checks.problem(one, AS_OF) == "" for one in (*bundle.entries, *bundle.doses, *bundle.measures))
