"""Body maps on their way out: permitted, on record, stored as sent, and read back by our own importer as they were."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.diary import Period
from dashboard.errors import NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import map_exchange
from data_access import audit, diary, exports, patients
from data_access.engine import reading
from data_access.patients import PatientHead
from data_access.records import EntryRecord
from tests.dashboard.services.clinic import ADMINISTRATOR, AUDITOR, COORDINATOR, PATIENT, PHYSIO, STRANGER, fill
from tests.data_access.importers.reading_files import read
from tests.data_access.made_up import NOW, TODAY

PERIOD = Period(TODAY - timedelta(days=83), TODAY)
Send = Callable[..., object]


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


def head(engine: sa.Engine) -> PatientHead:
    with reading(engine) as conn:
        found = patients.head(conn, PATIENT)
    assert found is not None
    return found


def with_maps(engine: sa.Engine, period: Period | None = None) -> list[EntryRecord]:
    with reading(engine) as conn:
        found = diary.entries(conn, PATIENT, period)
    return [entry for entry in found if entry.marks is not None]


def said(entry: EntryRecord) -> tuple[object, ...]:
    return entry.day, entry.at_time, frozenset(entry.marks or ()), entry.detail_unknown


def test_the_maps_of_a_period_leave_as_fhir_and_come_back_the_same(clinic: sa.Engine) -> None:
    sent = map_exchange.as_fhir(PHYSIO, head(clinic), PERIOD, as_of=TODAY, now=NOW)
    found = read(sent.content)
    assert found.reasons == []
    assert Counter(map(said, found.only.entries)) == Counter(map(said, with_maps(clinic, PERIOD)))
    assert found.only.patient.record_number == head(clinic).record_number


def test_without_a_period_every_map_leaves(clinic: sa.Engine) -> None:
    sent = map_exchange.as_fhir(PHYSIO, head(clinic), None, as_of=TODAY, now=NOW)
    assert len(read(sent.content).only.entries) == len(with_maps(clinic)) > 100
    assert sent.export.period.end <= TODAY


def test_the_maps_leave_as_segments_and_what_is_lost_is_counted(clinic: sa.Engine) -> None:
    made = map_exchange.as_choir(PHYSIO, head(clinic), PERIOD, as_of=TODAY, now=NOW)
    found = read(made.delivery.content)
    assert len(found.reasons) == made.pain_free > 0, "an empty cell does not say that nothing hurt"
    assert made.maps == len(found.bundles) + made.pain_free == len(with_maps(clinic, PERIOD))
    assert 0 < len(made.inexact) <= made.widened + made.halved + made.moved, "the rows are named"
    assert 0 < made.merged < made.segments
    assert made.delivery.content.count(b"Female") == made.maps
    assert b"Testfall" not in made.delivery.content


def test_whose_sex_is_not_female_goes_out_in_the_standard_numbering(clinic: sa.Engine) -> None:
    made = map_exchange.as_choir(PHYSIO, replace(head(clinic), sex="unknown"), PERIOD, as_of=TODAY, now=NOW)
    assert made.delivery.content.count(b"Male") == made.maps


@pytest.mark.parametrize("send", [map_exchange.as_fhir, map_exchange.as_choir])
def test_what_left_is_stored_as_it_left_and_on_record(clinic: sa.Engine, send: Send) -> None:
    send(COORDINATOR, head(clinic), PERIOD, as_of=TODAY, now=NOW)
    with reading(clinic) as conn:
        (stored,) = exports.listed(conn, PATIENT)
        assert exports.content(conn, PATIENT, stored.export_id) is not None
        events = [event for event in audit.listed(conn, PATIENT) if event.action == "export"]
    assert (stored.period, stored.user_id) == (PERIOD, COORDINATOR.user_id)
    assert [event.user_id for event in events] == [COORDINATOR.user_id]
    assert "Testfall" not in stored.file_name


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, AUDITOR, STRANGER])
@pytest.mark.parametrize("send", [map_exchange.as_fhir, map_exchange.as_choir])
def test_nobody_else_may_take_them(clinic: sa.Engine, send: Send, viewer: Viewer) -> None:
    with pytest.raises(NotPermitted):
        send(viewer, head(clinic), PERIOD, as_of=TODAY, now=NOW)
    with reading(clinic) as conn:
        assert exports.listed(conn, PATIENT) == []
