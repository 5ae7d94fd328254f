"""What is known of somebody without a dated entry: medicines once each, maps as they were drawn, nobody else's."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine

from clinical.body_map import REGION_INDEX
from clinical.findings import Medicine
from dashboard.errors import NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import known as service
from data_access import ingest, patients
from data_access.engine import reading, writing
from data_access.patients import PatientHead
from data_access.records import EntryRecord, MarkRecord, PatientBundle, PatientRecord
from tests.conftest import AS_OF, NOW

Acting = Callable[..., Viewer]
MARKS = (MarkRecord("b_calf_l", None), MarkRecord("f_knee_l", 6), MarkRecord("f_chest_l", 0))


def test_the_same_medicine_and_strength_stands_once_with_its_requests_and_the_latest_day() -> None:
    asked = [Medicine("Oxycodone", date(2018, 1, 15), dose=60, unit="mg", frequency="daily")]
    asked += [Medicine("oxycodone", date(2019, 4, 15), dose=60, unit="mg", frequency="twice a day")]
    asked += [Medicine("Oxycodone", date(2019, 1, 15), dose=10, unit="mg")]
    small, large = service.current(asked, AS_OF)
    assert (small.medicine.dose, small.requests, small.latest) == (10, 1, date(2019, 1, 15))
    assert (large.requests, large.latest, large.medicine.frequency) == (2, date(2019, 4, 15), "twice a day")


def test_a_medicine_that_ended_was_stopped_or_has_not_begun_is_not_current() -> None:
    over = [
        Medicine("ended", end=date(2020, 1, 1)),
        Medicine("completed", reason_stopped="completed"),
        Medicine("later", date(2027, 1, 1)),
    ]
    assert service.current([*over, Medicine("undated")], AS_OF)[0].medicine.name == "undated"
    assert service.current(over, AS_OF) == ()


def test_a_map_keeps_regions_without_an_intensity_apart_from_rated_ones() -> None:
    shown = service.undated_map(MARKS)
    assert shown.present[REGION_INDEX["b_calf_l"]]
    assert shown.values[REGION_INDEX["f_knee_l"]] == 6
    assert not shown.present[REGION_INDEX["f_chest_l"]], "0 is no pain"
    assert shown.days_with_map == 1
    assert int(np.isfinite(shown.values).sum()) == 1


@pytest.fixture
def undated(clinic: Engine) -> PatientHead:
    bundle = PatientBundle(
        PatientRecord("UNDATED-1", "Undated", synthetic=True),
        "choir",
        entries=(EntryRecord(None, marks=MARKS, source_key="a"), EntryRecord(None, pain=4, source_key="b")),
        team_id=1,
    )
    with writing(clinic) as conn:
        ingest.add(conn, bundle, batch_id=None, now=NOW, as_of=AS_OF)
    with reading(clinic) as conn:
        head = patients.find_by_record(conn, "UNDATED-1")
    assert head is not None
    return head


def test_undated_maps_are_read_and_only_for_who_may_see_the_patient(undated: PatientHead, acting: Acting) -> None:
    seen = service.known(acting("clinician", whole_clinic=True), undated, as_of=AS_OF)
    assert len(seen.maps) == 1
    assert seen.medicines == ()
    with pytest.raises(NotPermitted):
        service.known(acting("clinician", teams=(999,)), undated, as_of=AS_OF)
