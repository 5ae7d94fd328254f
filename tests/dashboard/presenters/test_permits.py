"""What 'Your access' says of whose patients one sees: the same as the care teams decide."""

import pytest

from dashboard.permissions import Role, Viewer
from dashboard.presenters.permits import permits


def why(role: Role, teams: tuple[str, ...], *, whole_clinic: bool = False) -> str:
    viewer = Viewer(1, "A. Person", role, "", frozenset(range(len(teams))), whole_clinic)
    return permits(viewer, teams).why


@pytest.mark.parametrize("role", ["clinician", "coordinator"])
def test_whose_patients_one_sees_is_said_as_it_is(role: Role) -> None:
    assert why(role, ("North",)).startswith("You see the patients of your own care team. ")
    assert why(role, ("North", "South")).startswith("You see the patients of your own care teams. ")
    assert why(role, ("North",), whole_clinic=True).startswith("You see the patients of every care team of the clinic.")
    assert why(role, ()).startswith("You see no patient before")


def test_who_only_plans_care_is_told_that_everything_is_read() -> None:
    assert "read notes and care plan in full" in why("coordinator", ("North",))


def test_only_a_clinician_signs_documents_and_a_coordinator_is_told_who_does() -> None:
    sign = "Sign a document and withdraw it"
    cases: list[tuple[Role, bool]] = [("clinician", True), ("coordinator", False)]
    for role, signs in cases:
        found = permits(Viewer(1, "A. Person", role, "", frozenset({1}), False), ("North",))
        assert (sign in found.may, sign in found.may_not) == (signs, not signs)
        assert "Prepare documents, fetch them and mark them as sent" in found.may
    assert "a clinician signs" in why("coordinator", ("North",))


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_sees_no_patient_is_not_told_of_any(role: Role) -> None:
    assert "You see the patients" not in why(role, ("North",), whole_clinic=True)
