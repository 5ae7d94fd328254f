"""The Summary for teaching: measurements and days of the diary, and no word that a person wrote about the patient.

What is shown is chosen, not what is hidden: medicines go by the names of our own definitions, everything else that is
free text of the record (titles, labels, notes, reasons) is left out before the Summary is made.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from clinical.measures import INSTRUMENTS
from clinical.medication.recognising import recognise
from clinical.record import Event, Medicine, Score
from dashboard.database import current_engine
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.services import case_review, open_items, summary, work
from dashboard.services.kept import Kept
from dashboard.services.summary import Record, SummaryView
from data_access.medication import Doses
from data_access.patients import PatientHead

A_TREATMENT, A_SCORE = "a treatment", "another questionnaire"
_TURNS = ("treatment_start", "treatment_stop")


def view(viewer: Viewer, meeting_id: int, head: PatientHead, periods: Periods, *, as_of: date) -> SummaryView:
    """The de-identified Summary of that patient for that period. Raises NotPermitted."""
    with work.reading(
        viewer,
        Permission.VIEW_PATIENT,
        head.patient_id,
        action="present de-identified",
        resource=case_review.of(meeting_id),
    ) as conn:
        record = summary.read(conn, head, as_of)
    key = (current_engine(), head.patient_id, head.data_version, periods, as_of)
    return _views.get(key, lambda: summary.build(without_words(record), periods, as_of))


_views: Kept[SummaryView] = Kept(32)


def without_words(record: Record) -> Record:
    """The record with names of our own for medicines and questionnaires and without any other text."""
    called = _names(record)
    medicines = tuple(_medicine(each, called) for each in record.medicines)
    scores = tuple(_score(each) for each in record.scores)
    events = tuple(_event(each) for each in record.events if not _told(each, record.medicines))
    return Record(
        diary=record.diary,
        flares=record.flares,
        medicines=medicines,
        doses=_doses(record.doses, called),
        scores=scores,
        events=events,
        actions=(),
        notes=(),
        undated=open_items.undated(record.undated.entries, scores, events, medicines),
        safety=record.safety,
        prompts=(),
    )


def _names(record: Record) -> dict[str, str]:
    """What each medicine is called here, by its folded name: our name for it, or 'medicine 1', 'medicine 2' ..."""
    written = {each.name: (each.atc, each.rxnorm, each.route) for each in reversed(record.medicines)}
    every = dict.fromkeys([*written, *(str(name) for name in record.doses.medicine)])
    called: dict[str, str] = {}
    for name in every:
        known = recognise(name, *written.get(name, ("", "", "")))
        unknown = f"medicine {sum(each.startswith('medicine ') for each in set(called.values())) + 1}"
        called.setdefault(name.casefold(), known.name if known else unknown)
    return called


def _medicine(of: Medicine, called: dict[str, str]) -> Medicine:
    return replace(of, name=called[of.name.casefold()], frequency="", reason_stopped="")


def _doses(of: Doses, called: dict[str, str]) -> Doses:
    return replace(of, medicine=np.array([called[str(name).casefold()] for name in of.medicine], object))


def _score(of: Score) -> Score:
    return of if of.instrument in INSTRUMENTS else replace(of, instrument=A_SCORE)


def _told(of: Event, medicines: Sequence[Medicine]) -> bool:
    """Whether a medicine's own days say what this event says; without its label nothing else could tell."""
    days = {"treatment_start": [(each.start, each.name) for each in medicines]}
    days["treatment_stop"] = [(each.end, each.name) for each in medicines]
    label = of.label.casefold()
    return any(day == of.day and name.casefold() in label for day, name in days.get(of.kind, ()))


def _event(of: Event) -> Event:
    """Visits and treatments stay, without their labels; any other kind may be a word of the record itself."""
    if of.kind in _TURNS:
        return replace(of, label=A_TREATMENT)
    return replace(of, kind=of.kind if of.kind == "visit" else "event", label="")
