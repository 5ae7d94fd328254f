"""The caseload page: every patient of the viewer once, filters, pages, empty states."""

from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access import access, patients
from data_access.access import User
from data_access.engine import reading, writing
from data_access.records import PatientRecord
from data_access.tables import care_team_members, patient_snapshots
from tests.conftest import NOW
from tests.pages.opening import PATIENT, ROOT, drawn, page, person
from tests.pages.test_anonymous import everybody


def table(opened: AppTest) -> list[dict[str, Any]]:
    """The groups as the table got them; empty where no table was drawn."""
    tables = drawn(opened, "caseload_table")
    return list(tables[0]["groups"]) if tables else []


def names(opened: AppTest) -> list[str]:
    return [row["name"] for group in table(opened) for row in group["rows"]]


def test_each_patient_of_the_physician_stands_there_once(clinic: Engine, physician: User) -> None:
    opened = page("caseload.py", physician)
    shown = [row["link"] for group in table(opened) for row in group["rows"]]
    own = {head.link_id for head in everybody(clinic) if head.team_id in physician.teams}
    assert len(shown) == len(set(shown))
    assert set(shown) == own


def test_who_cares_for_nobody_by_name_starts_with_all_of_the_clinic(clinic: Engine) -> None:
    with reading(clinic) as conn:
        zora = next(user for user in access.users(conn) if user.scope == "clinic" and user.role == "clinician")
    opened = page("caseload.py", zora)
    assert len(names(opened)) == len(everybody(clinic))


def test_groups_come_worst_first_with_their_rule_and_size(physician: User) -> None:
    groups = table(page("caseload.py", physician))
    assert groups[0]["title"] == "Safety or red flag open"
    assert groups[-1]["title"] == "Steady"
    assert all(group["rule"] and group["count"] == len(group["rows"]) for group in groups)


def test_text_and_reason_narrow_the_list_and_nobody_is_an_explained_state(physician: User) -> None:
    opened = page("caseload.py", physician)
    someone = names(opened)[3]
    opened.text_input(key="caseload_text").set_value(someone.split(",")[0]).run()
    assert someone in names(opened)
    assert len(names(opened)) < 24
    opened.text_input(key="caseload_text").set_value("nobody is called that").run()
    assert names(opened) == []
    assert opened.subheader[0].value == "Nobody fits"
    opened.text_input(key="caseload_text").set_value("").run()
    opened.selectbox(key="caseload_reason").select("in_flare").run()
    assert [group["title"] for group in table(opened)] == ["In a flare now"]


def test_a_clinic_without_patients_says_how_they_come(clinic: Engine, physician: User) -> None:
    with writing(clinic) as conn:
        conn.execute(care_team_members.delete())
        conn.execute(patient_snapshots.delete())
    opened = page("caseload.py", physician)
    assert not opened.exception
    assert "yet" in opened.subheader[0].value


def test_who_may_not_mark_reviewed_gets_no_button(clinic: Engine) -> None:
    coordinator = person(clinic, role="coordinator")
    opened = page("caseload.py", coordinator)
    assert drawn(opened, "caseload_table")[0]["may_review"] is False
    assert names(opened)


@pytest.mark.parametrize("imported", [False, True])
def test_the_bar_calls_the_data_synthetic_only_where_all_of_them_are(clinic: Engine, imported: bool) -> None:
    if imported:
        with writing(clinic) as conn:
            patients.create(conn, PatientRecord("M-1", "Imported"), None, patients.new_link_id(), NOW)
    opened = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=PATIENT).run()
    shown = " ".join(markdown.value for markdown in opened.markdown)
    assert ("includes imported records that are not synthetic" in shown) is imported
    assert ("Synthetic data: a demonstration" in shown) is not imported
    assert ("nobody here is real" in shown) is not imported
