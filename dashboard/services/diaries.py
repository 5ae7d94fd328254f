"""A patient's diary, kept in memory between two reruns of the same page.

Called inside `work.reading`, so access has been decided before: nothing kept here decides it. The key carries the
data version, which moves with every change, so a kept diary is never an old one. No Streamlit: `st.cache_data`
would copy 0.5 MB on every hit; here the arrays are shared and locked against writing instead.
"""

from collections import OrderedDict
from threading import Lock

from sqlalchemy import Connection

from clinical.diary import Diary
from data_access import diary
from data_access.patients import PatientHead

_MOST_KEPT = 64  # about 0.5 MB each for ten years

_kept: OrderedDict[tuple[str, int, int], Diary] = OrderedDict()
_lock = Lock()


def load(conn: Connection, head: PatientHead) -> Diary:
    """The diary of that patient as of the head's data version; its arrays cannot be written to."""
    key = (str(conn.engine.url), head.patient_id, head.data_version)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    loaded = _locked(diary.load(conn, head.patient_id))
    with _lock:
        _kept[key] = loaded
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return loaded


def _locked(loaded: Diary) -> Diary:
    for array in (loaded.entries, loaded.maps, loaded.has_map, *loaded.values.values()):
        array.setflags(write=False)
    return loaded
