"""Who works for a care team: who may own something of its patients' plans, and who may be at its case review."""

from data_access.access import User


def works_for(user: User, team_id: int | None) -> bool:
    """Whether they are an active clinician or coordinator of that team, or a clinician of the whole clinic."""
    everywhere = user.role == "clinician" and user.scope == "clinic"
    return user.active and user.role in ("clinician", "coordinator") and (everywhere or team_id in user.teams)


__all__ = ["works_for"]
