"""What a role may and may not do, in words, from the one table of permissions."""

from dataclasses import dataclass

from dashboard.permissions import Permission, Role, Viewer
from dashboard.presenters import people

WHY: dict[Role, str] = {
    "clinician": "You see the patients of your own care team. Everything you open, write or send is recorded.",
    "coordinator": "You see patients to plan their care and to send reports. Everything you open or send is recorded.",
    "administrator": (
        "You look after people and access. You see no patient: not in a list, not in the search, not by a link. "
        "The page for people and access comes with a later version; until then there is nothing for you to do here."
    ),
    "auditor": (
        "You check who did what and when. You see no patient: not in a list, not in the search, not by a link. "
        "The page for the audit trail comes with a later version; until then `flareboard audit verify` checks it."
    ),
}
"""One paragraph for each role."""


@dataclass(frozen=True, slots=True)
class Permits:
    """What stands on the page: who, why, and the two lists, in the order of the permissions."""

    who: str
    why: str
    may: tuple[str, ...]
    may_not: tuple[str, ...]


def permits(viewer: Viewer, teams: tuple[str, ...]) -> Permits:
    """The signed-in person's permissions in words; `teams` are the names of their care teams."""
    role = people.role(viewer.role, viewer.discipline)
    reach = "every care team of the clinic" if viewer.whole_clinic else ", ".join(teams) or "no care team"
    return Permits(
        who=f"{viewer.name} · {role} · {reach}",
        why=WHY[viewer.role],
        may=tuple(_sentence(permission) for permission in Permission if viewer.may(permission)),
        may_not=tuple(_sentence(permission) for permission in Permission if not viewer.may(permission)),
    )


def _sentence(permission: Permission) -> str:
    return permission.value[:1].upper() + permission.value[1:]
