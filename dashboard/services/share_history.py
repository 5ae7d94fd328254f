"""What was made for a patient and what became of it: listed, marked as sent or withdrawn, given again unchanged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from clinical.diary import Period
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import COMMAND_LINE, Permission, Viewer
from dashboard.reports.record import Order
from dashboard.services import share_order, work
from dashboard.services.delivery import Delivery
from dashboard.services.work import Told
from data_access import access, export_states, exports
from data_access.engine import lock_patient
from data_access.export_states import ExportState, NewState, State
from data_access.exports import Export

LONGEST_HOW, LONGEST_WHY = 80, 400
WITHDRAWN = "WITHDRAWN-"
"""What stands before the name of a file that is handed out although it was withdrawn; its bytes stay as they are."""
NEEDED: dict[State, Permission] = {"sent": Permission.EXPORT, "withdrawn": Permission.SIGN}
"""What it takes to say so."""


@dataclass(frozen=True, slots=True)
class Share:
    """What was made together: its formats, in the order they were made, and what became of it, in that order too.

    `template` is '' for what is no signed document, like a table of body maps; `asked` is the order then missing.
    """

    share_id: int
    template: str
    recipient: str
    sender: str
    signed_by: str
    at: datetime
    period: Period
    asked: Order | None
    files: tuple[Export, ...]
    states: tuple[ExportState, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether somebody withdrew it."""
        return self.withdrawal is not None

    @property
    def withdrawal(self) -> ExportState | None:
        """Who withdrew it, when and why; None while it stands."""
        return next((each for each in self.states if each.state == "withdrawn"), None)


def shared(viewer: Viewer, patient_id: int) -> list[Share]:
    """Everything that was ever made for this patient, the latest first. Raises NotPermitted."""
    with work.reading(viewer, Permission.EXPORT, patient_id, action="list exports") as conn:
        names = {user.user_id: user.name for user in access.users(conn)}
        return _shares(conn, patient_id, names)


def of_person(conn: Connection, patient_id: int, viewer: Viewer, *, since: datetime) -> list[Share]:
    """What that person made for this patient since then, the latest first."""
    found = _shares(conn, patient_id, {viewer.user_id: viewer.name})
    return [each for each in found if each.files[0].user_id == viewer.user_id and each.at >= since]


def _shares(conn: Connection, patient_id: int, names: dict[int, str]) -> list[Share]:
    together: dict[int, list[Export]] = {}
    for one in exports.listed(conn, patient_id):
        together.setdefault(one.share_id or one.export_id, []).append(one)
    said = export_states.listed(conn, patient_id)
    return [
        share(files[::-1], [each for each in said if each.share_id == number], _sender(files[0].user_id, names))
        for number, files in together.items()
    ]


def _sender(user_id: int, names: dict[int, str]) -> str:
    return names.get(user_id, "the command line" if user_id == COMMAND_LINE else "somebody who is gone")


def share(files: Sequence[Export], states: Sequence[ExportState], sender: str) -> Share:
    """Those files as what was made together, and what became of it."""
    first = files[0]
    return Share(
        share_id=first.share_id or first.export_id,
        template=first.template,
        recipient=first.recipient,
        sender=sender,
        signed_by=first.signed_by,
        at=first.exported_at,
        period=first.period,
        asked=share_order.of_json(first.asked),
        files=tuple(files),
        states=tuple(states),
    )


def mark(
    viewer: Viewer, patient_id: int, share_id: int, state: State, how: str, reason: str, *, now: datetime
) -> Share:
    """What was made as `share_id`, with what became of it. A withdrawal is for ever, by who may sign, with a reason.

    Raises NotPermitted; Conflict where it was withdrawn already; ExplainedError for what cannot be recorded.
    """
    said = NewState(share_id, state, how.strip(), reason.strip())
    _check_state(said)
    with work.writing(
        viewer, NEEDED[state], patient_id, action=f"mark {state}", resource=f"document {share_id}"
    ) as conn:
        lock_patient(conn, patient_id)
        names = {user.user_id: user.name for user in access.users(conn)}
        found = next((each for each in _shares(conn, patient_id, names) if each.share_id == share_id), None)
        if found is None:
            raise _no_such_export()
        _refuse_withdrawn(found)
        stored = export_states.add(conn, patient_id, said, user_id=viewer.user_id, user_name=viewer.name, now=now)
    return replace(found, states=(*found.states, stored))


def _check_state(said: NewState) -> None:
    wrong = ""
    if said.state == "withdrawn" and not said.reason:
        wrong = "A withdrawal needs its reason."
    elif said.state == "sent" and not said.how:
        wrong = "Say how it was sent."
    elif len(said.how) > LONGEST_HOW or len(said.reason) > LONGEST_WHY:
        wrong = f"At most {LONGEST_HOW} characters say how, and {LONGEST_WHY} why."
    if wrong:
        raise ExplainedError(wrong, "Nothing was recorded; what you typed is still there.", "Correct it and save.")


def _refuse_withdrawn(found: Share) -> None:
    gone = found.withdrawal
    if gone is not None:
        raise Conflict(
            f"This document was withdrawn by {gone.user_name} already.",
            "Nothing was recorded; the withdrawal stands.",
            "Make a new document if one is needed.",
        )


def again(viewer: Viewer, patient_id: int, export_id: int) -> Delivery:
    """An earlier export exactly as it was made, each time on record. Raises NotPermitted, ExplainedError.

    What was withdrawn is called so by its file name and by the audit trail.
    """
    told = Told()
    with work.writing(
        viewer, Permission.EXPORT, patient_id, action="export again", resource=f"export {export_id}", detail=told
    ) as conn:
        found = next((one for one in exports.listed(conn, patient_id) if one.export_id == export_id), None)
        content = _unchanged(lambda: exports.content(conn, patient_id, export_id))
        if found is not None and _withdrawn(conn, patient_id, found):
            found, told.words = replace(found, file_name=f"{WITHDRAWN}{found.file_name}"), "withdrawn"
    if found is None or content is None:
        raise _no_such_export()
    return Delivery(found, content)


def _withdrawn(conn: Connection, patient_id: int, one: Export) -> bool:
    number = one.share_id or one.export_id
    said = export_states.listed(conn, patient_id)
    return any(each.state == "withdrawn" and each.share_id == number for each in said)


def _no_such_export() -> ExplainedError:
    return ExplainedError(
        "There is no such export for this patient.",
        "Nothing was handed out.",
        "Reload the page and choose from the list.",
    )


def _unchanged(read: Callable[[], bytes | None]) -> bytes | None:
    try:
        return read()
    except ValueError as error:
        raise ExplainedError(
            "The stored document is not the one that was made: its fingerprint differs.",
            "It was not handed out; the patient's diary and notes are not touched by this.",
            "Tell the administrator, and ask the recipient for their copy if you need it.",
        ) from error
