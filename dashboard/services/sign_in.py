"""Who is signed in. The demonstration lets one choose an invented member of staff; nothing here keeps a session."""

from datetime import datetime

from dashboard import clock
from dashboard.database import current_engine
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import access, audit, patients
from data_access import engine as database
from data_access.access import User


def staff() -> list[User]:
    """The invented staff one may sign in as; nobody where the database has real users."""
    with database.reading(current_engine()) as conn:
        return [user for user in access.users(conn) if user.active and user.synthetic]


def holds_imported() -> bool:
    """Whether the database holds patients who were not invented; says nothing about any of them."""
    with database.reading(current_engine()) as conn:
        return patients.any_imported(conn)


def viewer_of(user_id: int) -> Viewer | None:
    """The person as services see them, read fresh on every run; None once removed or made inactive."""
    with database.reading(current_engine()) as conn:
        user = access.user(conn, user_id)
    return _viewer(user) if user is not None and user.active else None


def team_names(viewer: Viewer) -> tuple[str, ...]:
    """The names of the person's care teams, in the order the teams were made."""
    with database.reading(current_engine()) as conn:
        return tuple(team.name for team in access.teams(conn) if team.team_id in viewer.teams)


def signed_in(user_id: int) -> Viewer | None:
    """Record a sign-in and return the person."""
    viewer = viewer_of(user_id)
    if viewer is not None:
        _record(viewer, "signed in", clock.now())
    return viewer


def signed_out(viewer: Viewer) -> None:
    """Record a sign-out."""
    _record(viewer, "signed out", clock.now())


def refused(viewer: Viewer, permission: Permission) -> None:
    """Record that the person opened a page their role does not allow."""
    work.refuse(viewer, permission, None, "open page")


def _record(viewer: Viewer, action: str, now: datetime) -> None:
    with database.writing(current_engine()) as conn:
        audit.record(conn, user_id=viewer.user_id, role=viewer.role, action=action, now=now)


def _viewer(user: User) -> Viewer:
    return Viewer(
        user_id=user.user_id,
        name=user.name,
        role=user.role,
        discipline=user.discipline or "",
        teams=frozenset(user.teams),
        whole_clinic=user.scope == "clinic",
    )
