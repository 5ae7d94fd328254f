"""The invented staff: a physician, physiotherapist, psychologist, nurse and coordinator in each care team.

The first team has an administrator, an auditor and a physician for the whole clinic as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from data_access.demo.names import FAMILY_NAMES, STAFF_GIVEN, StaffRole

ROLES_OF_A_TEAM: tuple[StaffRole, ...] = ("physician", "physiotherapist", "psychologist", "nurse", "coordinator")
DISCIPLINE: dict[StaffRole, str] = {
    "physician": "medicine",
    "physiotherapist": "physiotherapy",
    "psychologist": "psychology",
    "nurse": "nursing",
}
_WHOLE_CLINIC = 3
"""Staff of the first team that belong to no single team."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One invented member of staff; `number` counts from 1 and becomes a user id when the clinic is written."""

    number: int
    name: str
    role: Literal["clinician", "coordinator", "administrator", "auditor"]
    discipline: str | None
    scope: Literal["team", "clinic"]
    team_id: int | None


def staff(teams: int) -> Iterator[StaffMember]:
    """Everybody who works in a clinic with that many care teams, in order of number."""
    yield from (_team_member(1, role) for role in ROLES_OF_A_TEAM)
    yield StaffMember(6, "Ivo Invented", "administrator", None, "clinic", None)
    yield StaffMember(7, "Una Invented", "auditor", None, "clinic", None)
    yield StaffMember(8, "Dr Zora Invented", "clinician", "medicine", "clinic", None)
    yield from (_team_member(team_id, role) for team_id in range(2, teams + 1) for role in ROLES_OF_A_TEAM)


def staff_number(team_id: int, role: StaffRole) -> int:
    """The number of the person in that role in that team."""
    before = 0 if team_id == 1 else _WHOLE_CLINIC + (team_id - 1) * len(ROLES_OF_A_TEAM)
    return before + ROLES_OF_A_TEAM.index(role) + 1


def staff_name(team_id: int, role: StaffRole) -> str:
    """'Dr Ada Invented'; no two of the same role share a name."""
    given = STAFF_GIVEN[role]
    families = ("Invented", *(name for name in FAMILY_NAMES if name != "Invented"))
    place = team_id - 1
    initial, rest = divmod(place, len(given) * len(families))
    middle = f" {chr(ord('A') + initial - 1)}." if initial else ""
    title = "Dr " if role == "physician" else ""
    return f"{title}{given[rest % len(given)]}{middle} {families[rest // len(given)]}"


def _team_member(team_id: int, role: StaffRole) -> StaffMember:
    return StaffMember(
        number=staff_number(team_id, role),
        name=staff_name(team_id, role),
        role="coordinator" if role == "coordinator" else "clinician",
        discipline=DISCIPLINE.get(role),
        scope="team",
        team_id=team_id,
    )
