"""Who may open which page; who may not is told so, and sees no patient."""

import pytest
from sqlalchemy import Engine

from dashboard.navigation import PAGES, PageEntry, home, may_open
from dashboard.permissions import PERMISSIONS, Viewer
from data_access.access import User
from tests.pages.opening import everything_shown, page, person
from tests.pages.test_anonymous import everybody, names_something

WITHOUT_PATIENTS = ("administrator", "auditor")


def viewer(user: User) -> Viewer:
    return Viewer(user.user_id, user.name, user.role, user.discipline or "", user.teams, user.scope == "clinic")


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.file)
@pytest.mark.parametrize("role", WITHOUT_PATIENTS)
def test_administrator_and_auditor_see_no_patient_on_any_page(role: str, entry: PageEntry, clinic: Engine) -> None:
    heads = everybody(clinic)
    user = person(clinic, role=role)
    opened = page(entry.file, user, p=heads[0].link_id)
    assert not opened.exception
    assert names_something(everything_shown(opened), heads) == []
    permitted = may_open(viewer(user), entry)
    assert any("does not allow you" in heading.value for heading in opened.subheader) is not permitted


@pytest.mark.parametrize("role", sorted(PERMISSIONS))
def test_everybody_has_a_page_to_land_on(role: str, clinic: Engine) -> None:
    user = person(clinic, role=role)
    assert not page(home(viewer(user)).file, user).exception


def test_a_patient_of_another_team_does_not_open(clinic: Engine) -> None:
    heads = everybody(clinic)
    nurse = person(clinic, role="clinician")
    foreign = Viewer(nurse.user_id, nurse.name, nurse.role, "", frozenset({999}), whole_clinic=False)
    assert not foreign.in_scope(heads[0].team_id)
    opened = page("summary.py", nurse, p="0" * 32)
    assert "does not open a patient for you" in opened.subheader[0].value
    assert names_something(everything_shown(opened), heads) == []


@pytest.mark.parametrize("link", ["", "x", "../../etc/passwd", "' OR 1=1 --", "a" * 5000, "%00", "☃" * 20])
def test_a_broken_link_falls_back_to_an_explained_state(link: str, clinic: Engine) -> None:
    opened = page("summary.py", person(clinic, role="clinician"), p=link)
    assert not opened.exception
    assert opened.subheader[0].value in ("No patient chosen", "This link does not open a patient for you")
