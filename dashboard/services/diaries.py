"""A patient's diary and doses, kept in memory between two reruns of the same page.

Called inside `work.reading`, so access has been decided before: nothing kept here decides it. The key carries the
data version, which moves with every change, so a kept diary is never an old one. No Streamlit: `st.cache_data`
would copy 0.5 MB on every hit; here the arrays are shared and locked against writing instead.
"""

from datetime import date
from typing import Any

from numpy.typing import NDArray
from sqlalchemy import Connection, Engine

from clinical.diary import Diary, Period
from dashboard.services.kept import Kept
from data_access import diary, medication
from data_access.medication import Doses
from data_access.patients import PatientHead

_EVER = Period(date(1900, 1, 1), date(2200, 1, 1))  # every day the database accepts

_diaries: Kept[Diary] = Kept(64)  # about 0.5 MB each for ten years
_doses: Kept[Doses] = Kept(64)


def load(conn: Connection, head: PatientHead) -> Diary:
    """The diary of that patient as of the head's data version; its arrays cannot be written to."""
    return _diaries.get(_key(conn, head), lambda: _locked(diary.load(conn, head.patient_id)))


def doses(conn: Connection, head: PatientHead) -> Doses:
    """Every dated dose of that patient as of the head's data version; its arrays cannot be written to."""
    return _doses.get(_key(conn, head), lambda: _locked_doses(medication.doses(conn, head.patient_id, _EVER)))


def _key(conn: Connection, head: PatientHead) -> tuple[Engine, int, int]:
    return conn.engine, head.patient_id, head.data_version


def _locked(loaded: Diary) -> Diary:
    arrays: list[NDArray[Any]] = [loaded.entries, loaded.maps, loaded.has_map, *loaded.values.values()]
    for array in arrays:
        array.setflags(write=False)
    return loaded


def _locked_doses(loaded: Doses) -> Doses:
    for array in (loaded.day, loaded.medicine, loaded.dose, loaded.unit, loaded.as_needed, loaded.taken):
        array.setflags(write=False)
    return loaded
