"""An assessment while it is being filled in: every answer is kept as it is given, one draft a person and patient.

Two windows of one person share the draft. Each sends what was changed in it, so the last answer to a question counts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from clinical.criteria import Answers
from clinical.fibromyalgia import AREA_LABELS, SYMPTOMS, SymptomSeverity
from dashboard.errors import Conflict
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import measure_drafts
from data_access.criteria import Assessed

FORM = "criteria"
"""The name of the draft among the drafts of questionnaires."""
LONGEST_MONTHS = 1500
"""A hundred and twenty-five years."""
Said = bool | int | float | str | list[str]
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Filling:
    """What was filled in so far, by the name of the question; what is not in `said` was not answered.

    `areas` (list), `confirmed` (the day they were confirmed for), `begun` (a day), the six symptom items, `months`,
    `other_disorder`, `remark`, `replaces`.
    """

    said: Mapping[str, Said] = field(default_factory=dict)
    revision: int = 0

    @property
    def areas(self) -> frozenset[str] | None:
        """The areas as chosen, None while nobody touched them."""
        chosen = self.said.get("areas")
        return frozenset(chosen) & AREA_LABELS.keys() if isinstance(chosen, list) else None

    def confirmed(self, day: date) -> bool:
        """Whether the areas were confirmed for the week up to that day; for another week they are not."""
        return self.said.get("confirmed") == day.isoformat()

    def begun_before(self, day: date) -> date | None:
        """The day on which it was begun, where that is an earlier one: its past week was another."""
        begun = self.said.get("begun")
        return date.fromisoformat(begun) if isinstance(begun, str) and begun < day.isoformat() else None

    @property
    def months(self) -> float | None:
        """The duration as it was typed, also one that cannot be."""
        given = self.said.get("months")
        return float(given) if isinstance(given, int | float) and not isinstance(given, bool) else None

    @property
    def other_disorder(self) -> bool | None:
        """Whether another disorder sufficiently explains the pain."""
        given = self.said.get("other_disorder")
        return given if isinstance(given, bool) else None

    @property
    def remark(self) -> str:
        """The remark, or the reason of a correction."""
        return str(self.said.get("remark", ""))

    @property
    def replaces(self) -> int | None:
        """The number of the assessment that is being corrected."""
        given = self.said.get("replaces")
        return given if isinstance(given, int) else None

    def item(self, name: str) -> int | None:
        """The answer to that symptom item."""
        given = self.said.get(name)
        return given if isinstance(given, int) and not isinstance(given, bool) else None

    def shown_areas(self, estimated: tuple[str, ...]) -> frozenset[str]:
        """The areas as chosen, those of the estimate while nobody touched them."""
        return frozenset(estimated) if self.areas is None else self.areas

    def answers(self, estimated: tuple[str, ...], day: date) -> Answers:
        """The answers as they count on that day: areas once they are confirmed for it, a duration that can be one."""
        symptoms = SymptomSeverity(**{symptom.item: self.item(symptom.item) for symptom in SYMPTOMS})
        months = self.months if self.months is not None and 0 <= self.months <= LONGEST_MONTHS else None
        areas = self.shown_areas(estimated) if self.confirmed(day) else None
        return Answers(areas, symptoms, months, self.other_disorder)


def as_filled(assessed: Assessed) -> dict[str, Said | None]:
    """The answers of an assessment as they come into the form to be corrected; its areas are to be confirmed again."""
    items = {symptom.item: getattr(assessed, symptom.item) for symptom in SYMPTOMS}
    circumstances = {"months": assessed.months, "other_disorder": assessed.other_disorder}
    return {"areas": list(assessed.areas), **items, **circumstances, "replaces": assessed.assessment_id}


def held(viewer: Viewer, patient_id: int) -> Filling:
    """What the viewer is filling in. Raises NotPermitted."""
    with work.reading(viewer, Permission.ASSESS, patient_id, action="view criteria draft") as conn:
        return _of(conn, viewer, patient_id)


def keep(viewer: Viewer, patient_id: int, changed: Mapping[str, Said | None], *, now: datetime, as_of: date) -> Filling:
    """What stands once these answers are kept; None takes one back. Raises NotPermitted; Conflict if it never holds."""
    begun = {"begun": as_of.isoformat()}
    with work.writing(
        viewer, Permission.ASSESS, patient_id, action="save criteria draft", resource=FORM, goes_on=True
    ) as conn:
        for _ in range(_MOST_TRIES):
            before = _of(conn, viewer, patient_id)
            said = {name: value for name, value in {**begun, **before.said, **changed}.items() if value is not None}
            saved = measure_drafts.save_draft(
                conn,
                patient_id,
                viewer.user_id,
                FORM,
                content=json.dumps(said, ensure_ascii=False),
                expected_revision=before.revision,
                now=now,
            )
            if saved is not None:
                return Filling(said, saved.revision)
    raise Conflict(
        "Another window of yours changed this assessment again and again.",
        "What that window kept is safe; this one answer was not kept.",
        "Look at the answers as they stand now, and give this one again.",
    )


def discard(viewer: Viewer, patient_id: int) -> None:
    """Throw away what the viewer was filling in. Raises NotPermitted."""
    with work.writing(viewer, Permission.ASSESS, patient_id, action="discard criteria draft", resource=FORM) as conn:
        forget(conn, viewer, patient_id)


def forget(conn: Connection, viewer: Viewer, patient_id: int) -> bool:
    """The same inside a piece of work that was let in already; whether there was anything."""
    return measure_drafts.discard_draft(conn, patient_id, viewer.user_id, FORM)


def _of(conn: Connection, viewer: Viewer, patient_id: int) -> Filling:
    draft = measure_drafts.draft(conn, patient_id, viewer.user_id, FORM)
    return Filling() if draft is None else Filling(json.loads(draft.content), draft.revision)
