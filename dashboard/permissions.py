"""Who may do what: one pure table, and the signed-in person as services see them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Role = Literal["clinician", "coordinator", "administrator", "auditor"]
COMMAND_LINE = 0
"""The user number of the command line; no member of staff has it."""


class Permission(StrEnum):
    """What a person may be allowed to do."""

    VIEW_CASELOAD = "view the caseload"
    VIEW_PATIENT = "view a patient"
    MARK_REVIEWED = "mark a patient reviewed"
    JUDGE_FLARES = "give a verdict on a flare"
    WRITE_NOTE = "write and sign notes"
    COSIGN = "countersign notes"
    EDIT_PLAN = "change the care plan"
    PREPARE_MEETINGS = "prepare case reviews"
    RECORD_DECISIONS = "record the decisions of a case review"
    ADD_ENTRY = "add, correct and withdraw diary entries"
    CHANGE_MEDICINES = "add and stop medicines"
    ANSWER_PROMPTS = "answer medication prompts"
    ENTER_SCORES = "enter and withdraw questionnaire scores"
    ASSESS = "record criteria, pointers and red flags"
    CLOSE_SAFETY = "close a red flag or a safety item"
    EXPORT = "prepare documents, fetch them and mark them as sent"
    SIGN = "sign a document and withdraw it"
    IMPORT = "import files"
    MANAGE_PEOPLE = "manage people and access"
    VIEW_AUDIT = "view the audit trail"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    "clinician": frozenset(
        {
            Permission.VIEW_CASELOAD,
            Permission.VIEW_PATIENT,
            Permission.MARK_REVIEWED,
            Permission.JUDGE_FLARES,
            Permission.WRITE_NOTE,
            Permission.COSIGN,
            Permission.EDIT_PLAN,
            Permission.PREPARE_MEETINGS,
            Permission.RECORD_DECISIONS,
            Permission.ADD_ENTRY,
            Permission.CHANGE_MEDICINES,
            Permission.ANSWER_PROMPTS,
            Permission.ENTER_SCORES,
            Permission.ASSESS,
            Permission.CLOSE_SAFETY,
            Permission.EXPORT,
            Permission.SIGN,
            Permission.IMPORT,
        }
    ),
    "coordinator": frozenset(
        {
            Permission.VIEW_CASELOAD,
            Permission.VIEW_PATIENT,
            Permission.PREPARE_MEETINGS,
            Permission.EXPORT,
            Permission.IMPORT,
        }
    ),
    "administrator": frozenset({Permission.MANAGE_PEOPLE}),
    "auditor": frozenset({Permission.VIEW_AUDIT}),
}
"""Every role and all it may do; what is not listed is refused.

Entries are asked for in the room, so only clinicians of every discipline add, correct and withdraw them. Coordinators
bring in files, whose entries keep their source; nobody else touches a diary. They prepare documents, fetch them and
mark them as sent; what is signed is a clinician's word, and so is its withdrawal.
"""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in person; the first argument of every service function."""

    user_id: int
    name: str
    role: Role
    discipline: str  # '' where the role has none
    teams: frozenset[int]
    whole_clinic: bool  # sees the patients of every team

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it at all; the care team is asked separately, per patient."""
        return permission in PERMISSIONS[self.role]

    def in_scope(self, team_id: int | None) -> bool:
        """Whether patients of that care team are this person's to see."""
        return self.whole_clinic or team_id in self.teams
