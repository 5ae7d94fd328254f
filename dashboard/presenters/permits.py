"""What a role may and may not do, in words, from the one table of permissions."""

from dataclasses import dataclass

from dashboard.permissions import Permission, Role, Viewer
from dashboard.presenters import people

WHY: dict[Role, str] = {
    "clinician": "Everything you open, write or send is recorded.",
    "coordinator": (
        "That is to plan care and to send reports: you read notes and care plan in full and change neither. "
        "What you prepare, a clinician signs. Everything you open or send is recorded."
    ),
    "administrator": (
        "You look after people and access. You see no patient: not in a list, not in the search, not by a link. "
        "The page for people and access comes with a later version; until then there is nothing for you to do here."
    ),
    "auditor": (
        "You check who did what and when. You see no patient: not in a list, not in the search, not by a link. "
        "The page for the audit trail comes with a later version; until then `flareboard audit verify` checks it."
    ),
}
"""What is said to each role; before it, to those who see patients, whose patients those are."""


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
        why=f"{_seen(viewer, teams)}{WHY[viewer.role]}",
        may=tuple(_sentence(permission) for permission in Permission if viewer.may(permission)),
        may_not=tuple(_sentence(permission) for permission in Permission if not viewer.may(permission)),
    )


def _seen(viewer: Viewer, teams: tuple[str, ...]) -> str:
    """Whose patients the person sees, as `Viewer.in_scope` decides it; '' for a role that sees none."""
    if not viewer.may(Permission.VIEW_PATIENT):
        return ""
    if viewer.whole_clinic:
        return "You see the patients of every care team of the clinic. "
    if not teams:
        return "You see no patient before an administrator adds you to a care team. "
    return f"You see the patients of your own care {'team' if len(teams) == 1 else 'teams'}. "


def _sentence(permission: Permission) -> str:
    return permission.value[:1].upper() + permission.value[1:]
