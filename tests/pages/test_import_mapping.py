"""The mapping step of the Import page: proposed, completed at its columns, shown, confirmed, changed again."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access import column_mappings
from data_access.access import User
from data_access.engine import reading, writing
from data_access.importers import mapped
from data_access.importers.mapped_rules import ColumnMapping, Scale
from data_access.importers.reading import SourceFile
from tests.conftest import NOW
from tests.pages.opening import page

HEADER = "Day;When;Ache;Sleep (h)"
TABLE = f"{HEADER}\n03/04/2026;morning;2;7:30\n03/04/2026;evening;5;\n05/04/2026;morning;1;6:00\n"
COMMON, USE = "Answers go from .. to (where a column does not say)", "Use this for the file"

pytestmark = pytest.mark.usefixtures("nothing_runs")


def dropped(user: User, content: str = TABLE) -> AppTest:
    opened = page("import_files.py", user)
    return opened.file_uploader[0].set_value([("diary.csv", content.encode(), "")]).run()


def choose(opened: AppTest, label: str, value: object) -> AppTest:
    """Chooses in the first field of that label."""
    field = next(each for each in opened.selectbox if each.label == label)
    return field.set_value(value).run()


def labels(opened: AppTest) -> list[str]:
    return [each.label for each in opened.selectbox]


def said(opened: AppTest) -> str:
    parts = [*opened.markdown, *opened.caption, *opened.warning, *opened.info, *opened.error]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def press(opened: AppTest, label: str) -> AppTest:
    return next(each for each in opened.button if each.label == label).click().run()


def usable(opened: AppTest) -> bool:
    return not next(each for each in opened.button if each.label == USE).disabled


def explained(opened: AppTest) -> AppTest:
    """Everything that cannot be known is chosen."""
    opened = choose(opened, "What “Ache” is", "pain")
    opened = choose(opened, "The file's scale", Scale(1, 5))
    return choose(opened, "“03/04/2026” is the day", "dmy")


def remembered(engine: Engine) -> column_mappings.Remembered | None:
    with reading(engine) as conn:
        return column_mappings.remembered(conn, HEADER.split(";"))


def test_nothing_is_usable_before_date_and_scale_were_chosen_and_both_readings_stand_there(coordinator: User) -> None:
    opened = choose(dropped(coordinator), "What “Ache” is", "pain")
    date = next(each for each in opened.selectbox if each.label == "“03/04/2026” is the day")
    assert date.options == ["3 Apr 2026 (day first)", "4 Mar 2026 (month first)"]
    assert date.value is None
    assert "Still to be said above: Day and Ache" in said(opened)
    assert "Choose how the dates are to be read." in said(opened)
    assert not usable(opened)
    assert usable(explained(opened))


def test_what_was_confirmed_is_remembered_and_stays_when_it_is_opened_again(clinic: Engine, coordinator: User) -> None:
    opened = press(explained(dropped(coordinator)), USE)
    assert "4 of 4 columns read; to 0-10 from 1 to 5: Ache." in said(opened)
    kept = remembered(clinic)
    assert kept is not None and kept.mapping is not None
    assert kept.mapping.of("date")[0].dates == "dmy"
    again = press(opened, "Change columns")
    assert usable(again)
    assert next(each for each in again.selectbox if each.label == "What “Ache” is").value == "pain"


def test_what_becomes_of_the_rows_is_shown_before_it_is_used(coordinator: User) -> None:
    opened = explained(dropped(coordinator))
    assert "3 entries from 3 rows; no row would be rejected" in said(opened)
    shown = opened.dataframe[0].value
    assert list(shown["Pain"]) == ["2.5", "10", "0"]
    assert list(shown["Time"]) == ["08:00", "20:00", "08:00"]
    assert list(shown["Hours of sleep"]) == ["7.5 hours", "", "6 hours"]


def test_a_scale_that_does_not_fit_is_said_at_its_column_and_blocks(coordinator: User) -> None:
    opened = choose(explained(dropped(coordinator)), "The file's scale", Scale(0, 3))
    assert "1 cell of it: is outside 0 to 3" in said(opened)
    assert usable(opened)  # one row of three
    opened = choose(opened, r"What “Sleep \(h\)” is", "stress")
    assert "rows would be rejected: something above does not fit" not in said(opened)
    worse = dropped(coordinator, TABLE.replace(";2;", ";9;").replace(";1;", ";9;"))
    worse = choose(explained(worse), "The file's scale", Scale(1, 5))
    assert "2 of 3 rows would be rejected" in said(worse)
    assert not usable(worse)


def test_who_was_slower_loses_nothing_and_can_take_what_the_other_saved(clinic: Engine, coordinator: User) -> None:
    opened = explained(dropped(coordinator))
    _somebody_saves(clinic)
    opened = press(opened, USE)
    assert "Noor explained a table with these columns meanwhile" in said(opened)
    assert next(each for each in opened.selectbox if each.label == "What “Ache” is").value == "pain"
    theirs = press(opened, "Take theirs")
    assert next(each for each in theirs.selectbox if each.label == "What “Ache” is").value == "stress"
    mine = press(choose(theirs, "What “Ache” is", "ignored"), USE)
    kept = remembered(clinic)
    assert kept is not None and kept.revision == 2 and "not used: Ache" in said(mine)


def _somebody_saves(engine: Engine) -> None:
    """A colleague says of the same columns that the aching is stress, and that months stand first."""
    guessed = mapped.look(SourceFile("diary.csv", TABLE.encode())).guessed
    day, when, ache, sleep = guessed.rules
    rules = (replace(day, dates="mdy"), when, replace(ache, role="stress", scale=Scale(1, 5)), sleep)
    with writing(engine) as conn:
        mapping = ColumnMapping(rules)
        column_mappings.remember(conn, mapping, expected_revision=0, user_id=2, user_name="Noor", now=NOW)


def test_a_remembered_table_is_filled_in_and_still_has_to_be_confirmed(clinic: Engine, coordinator: User) -> None:
    _somebody_saves(clinic)
    opened = dropped(coordinator)
    assert "Filled in as Noor explained such a table before" in said(opened)
    assert usable(opened)
    assert next(each for each in opened.button if str(each.key) == "import_check").disabled


def test_a_person_chosen_before_does_not_narrow_a_table_that_names_its_patients(coordinator: User) -> None:
    opened = dropped(coordinator, "mrn;Day;Pain (0-10)\nT-1;25/03/2026;0\nT-2;26/03/2026;9\n")
    key = "import.place"
    place = opened.session_state[key]
    opened.session_state[key] = replace(place, whose={place.files[0].sha256: "chosen-before"})
    opened = press(opened.run(), USE)
    assert "3 of 3 columns read" in said(opened)
    assert opened.session_state[key].whose == {}


def test_a_hostile_column_name_is_shown_as_it_is(coordinator: User) -> None:
    opened = dropped(coordinator, "Day;**x** <b>:red[y]\n25/03/2026;1\n")
    assert "What “\\*\\*x\\*\\* \\<b\\>\\:red\\[y\\]” is" in labels(opened)  # a label reads Markdown too
    assert any("\\*\\*x\\*\\*" in str(part.value) for part in opened.markdown)
