"""Exports: what is sent is stored as it is, listed, audited, and comes back the same or not at all."""

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta

import pikepdf
import pytest
import sqlalchemy as sa

from clinical.diary import Period
from dashboard.errors import ExplainedError, NotPermitted
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.reports.record import LONGEST_QUESTION, LONGEST_RECIPIENT, Order
from dashboard.services import report_record, reports
from dashboard.services.reports import Delivery
from data_access import asked, audit, medication, safety
from data_access.engine import reading, writing
from data_access.tables import exports
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    AUDITOR,
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    STRANGER,
    fill,
)
from tests.data_access.made_up import CLOSING, NOW, RED_FLAG, TODAY

PERIOD = Period(TODAY - timedelta(days=83), TODAY)
PERIODS = Periods(PERIOD, PERIOD.before(), "3m")
ORDER = Order("Dr R. Heum, Rheumatology", "Why the flares?")


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


def send(viewer: Viewer = PHYSIO, patient_id: int = PATIENT, order: Order = ORDER) -> Delivery:
    return reports.one_page(viewer, patient_id, PERIOD, order=order, as_of=TODAY, now=NOW)


def test_what_is_sent_is_one_page_that_carries_the_patient_and_the_recipient() -> None:
    sent = send()
    pdf = pikepdf.open(io.BytesIO(sent.content))
    assert len(pdf.pages) == 1
    assert sent.export.recipient == ORDER.recipient
    assert sent.export.period == PERIOD


def test_an_open_red_flag_goes_with_every_page_until_it_is_closed(clinic: sa.Engine) -> None:
    missing = "what was done about the open red flags"
    assert missing not in reports.preview(PHYSIO, PATIENT, PERIODS, ORDER, as_of=TODAY).lacks
    with writing(clinic) as conn:
        asked.give(conn, PATIENT, [RED_FLAG], user_id=PHYSIO.user_id, as_of=TODAY)
    assert missing in reports.preview(PHYSIO, PATIENT, PERIODS, ORDER, as_of=TODAY).lacks
    assert len(pikepdf.open(io.BytesIO(send().content)).pages) == 1
    with writing(clinic) as conn:
        safety.close(conn, PATIENT, CLOSING, user_id=PHYSIO.user_id, as_of=TODAY)
    assert missing not in reports.preview(PHYSIO, PATIENT, PERIODS, ORDER, as_of=TODAY).lacks


def test_it_is_stored_unchanged_with_its_fingerprint(clinic: sa.Engine) -> None:
    sent = send()
    assert sent.export.sha256 == hashlib.sha256(sent.content).hexdigest()
    with reading(clinic) as conn:
        assert conn.execute(sa.select(exports.c.content)).scalar() == sent.content


def test_it_comes_back_the_same_bytes() -> None:
    sent = send()
    assert reports.again(COORDINATOR, PATIENT, sent.export.export_id).content == sent.content


def test_the_list_says_when_by_whom_and_to_whom_latest_first() -> None:
    send()
    send(COORDINATOR, order=Order("The GP"))
    lines = reports.sent_before(PHYSIO, PATIENT)
    assert [(line.sender, line.export.recipient) for line in lines] == [
        ("C. Coord", "The GP"),
        ("M. Physio", "Dr R. Heum, Rheumatology"),
    ]


def test_the_file_name_tells_patients_apart_and_holds_no_name() -> None:
    assert send().export.file_name == "referral-T-1-2026-11-22.pdf"


def test_sending_and_fetching_again_are_in_the_audit_trail(clinic: sa.Engine) -> None:
    sent = send()
    reports.again(PHYSIO, PATIENT, sent.export.export_id)
    with reading(clinic) as conn:
        events = [(event.action, event.resource) for event in audit.listed(conn, PATIENT)]
        assert audit.verify(conn) == []
    assert ("export", "referral summary") in events
    assert ("export again", "export 1") in events


def test_the_audit_trail_holds_neither_question_nor_recipient(clinic: sa.Engine) -> None:
    send()
    with reading(clinic) as conn:
        trail = repr(audit.listed(conn, PATIENT))
    assert "Heum" not in trail
    assert "flares" not in trail


def test_an_export_of_another_patient_cannot_be_had_through_this_one() -> None:
    send()
    with pytest.raises(ExplainedError, match="no such export"):
        reports.again(PHYSIO, PATIENT, 99)
    with pytest.raises(NotPermitted):
        reports.again(STRANGER, PATIENT, 1)
    with pytest.raises(ExplainedError, match="no such export"):
        reports.again(STRANGER, OTHER_TEAMS_PATIENT, 1)


def test_a_stored_document_that_was_tampered_with_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def tampered(*_: object) -> bytes:
        raise ValueError("the stored export is not the one that was sent")

    sent = send()
    monkeypatch.setattr("data_access.exports.content", tampered)
    with pytest.raises(ExplainedError, match="fingerprint differs"):
        reports.again(PHYSIO, PATIENT, sent.export.export_id)


REFUSED: list[Callable[[Viewer], object]] = [
    lambda viewer: send(viewer),
    lambda viewer: reports.preview(viewer, PATIENT, PERIODS, ORDER, as_of=TODAY),
    lambda viewer: reports.sent_before(viewer, PATIENT),
    lambda viewer: reports.again(viewer, PATIENT, 1),
]


@pytest.mark.parametrize("attempt", REFUSED)
@pytest.mark.parametrize("viewer", [ADMINISTRATOR, AUDITOR, STRANGER], ids=lambda viewer: viewer.name)
def test_nobody_without_the_permission_and_the_care_team_sends_or_sees(
    attempt: Callable[[Viewer], object], viewer: Viewer, clinic: sa.Engine
) -> None:
    with pytest.raises(NotPermitted):
        attempt(viewer)
    with reading(clinic) as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(exports)).scalar() == 0


def test_a_preview_shows_the_page_and_stores_nothing(clinic: sa.Engine) -> None:
    preview = reports.preview(PHYSIO, PATIENT, PERIODS, Order(), as_of=TODAY)
    assert preview.picture.startswith(b"\x89PNG")
    assert "reason for referral" in preview.lacks
    with reading(clinic) as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(exports)).scalar() == 0


def test_a_patient_of_whom_nothing_is_known_can_be_referred() -> None:
    assert send(STRANGER, OTHER_TEAMS_PATIENT).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "order", [Order("r" * (LONGEST_RECIPIENT + 1)), Order(question="q" * (LONGEST_QUESTION + 1))], ids=["to", "reason"]
)
def test_a_text_longer_than_the_page_holds_is_refused_whole_never_cut(clinic: sa.Engine, order: Order) -> None:
    with pytest.raises(ExplainedError, match="the page holds"):
        send(order=order)
    with reading(clinic) as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(exports)).scalar() == 0


def test_taken_days_are_counted_once_a_day_whatever_the_capitals(clinic: sa.Engine) -> None:
    with reading(clinic) as conn:
        doses = medication.doses(conn, PATIENT, PERIOD)
    counts = report_record.dose_counts(doses)
    for name, count in counts.items():
        mine = [str(medicine).casefold() == name.casefold() for medicine in doses.medicine]
        taken = {day for day, yes, one in zip(doses.day, doses.taken, mine, strict=True) if yes and one}
        missed = {day for day, yes, one in zip(doses.day, doses.taken, mine, strict=True) if not yes and one}
        assert (count.taken, count.not_taken) == (len(taken), len(missed - taken))
    assert {"amitriptyline", "paracetamol"} <= counts.keys()
