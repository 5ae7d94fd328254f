"""Notes as services: what they are pinned to, who is asked to countersign, and a paste no database should ever see."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import notes
from dashboard.services.notes import Note, Pins, Written
from data_access import audit
from data_access.engine import reading, writing
from data_access.notes import cosigns
from data_access.tables import users
from tests.dashboard.services.clinic import (
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
    fill,
)
from tests.data_access.made_up import NOW

LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


def save(written: Written, viewer: Viewer = PHYSIO) -> int:
    return notes.save(viewer, PATIENT, written, now=NOW).revision


def signed(*, ask: tuple[int, ...] = (), text: str = "Seen today.") -> Note:
    return notes.sign(PHYSIO, PATIENT, revision=save(Written(text, None, 0)), ask=ask, now=NOW)


def countersigned(engine: sa.Engine) -> list[tuple[int, int, bool]]:
    """Version, who was asked, and whether they signed."""
    with reading(engine) as conn:
        return [(each.version, each.asked_user_id, each.signed is not None) for each in cosigns(conn, PATIENT)]


def test_kind_and_pins_of_a_draft_are_kept_and_a_change_of_them_alone_is_saved() -> None:
    pins = Pins(flare=date(2026, 10, 3), goal=1, region="b_lumbar_l")
    revision = save(Written("Seen.", None, 0, template="review", pins=pins))
    again = save(Written("Seen.", None, revision, template="review", pins=Pins(region="f_knee_r")))
    found = notes.draft(PHYSIO, PATIENT)
    assert found is not None and (found.template, found.pins) == ("review", Pins(region="f_knee_r"))
    assert (revision, again) == (1, 2)
    assert save(Written("Seen.", None, revision, template="review", pins=Pins(region="f_knee_r"))) == 2


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (Written("x", None, 1, template="sonnet"), "kind of note"),
        (Written("x", None, 1, pins=Pins(region="tail")), "region"),
        (Written("x", None, 1, pins=Pins(goal=99)), "goal"),
    ],
)
def test_what_there_is_not_is_refused_and_the_saved_draft_stays(written: Written, why: str) -> None:
    save(Written("Kept.", None, 0))
    with pytest.raises(ExplainedError, match=why):
        save(written)
    found = notes.draft(PHYSIO, PATIENT)
    assert found is not None and (found.text, found.revision) == ("Kept.", 1)


def test_five_megabytes_are_refused_before_any_database_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(ExplainedError, match="5,242,880 characters"):
        save(Written("x" * 5_242_880, None, 0))


def test_colleagues_who_may_see_the_patient_can_be_asked_and_nobody_else(clinic: sa.Engine) -> None:
    assert [user.user_id for user in notes.who_may_cosign(PHYSIO, PATIENT)] == [PSYCHOLOGIST.user_id]
    for stranger in (STRANGER, COORDINATOR, PHYSIO):
        revision = save(Written(f"For {stranger.name}", None, 0))
        with pytest.raises(ExplainedError, match="countersign cannot"):
            notes.sign(PHYSIO, PATIENT, revision=revision, ask=(stranger.user_id,), now=NOW)
        notes.discard(PHYSIO, PATIENT, revision=revision)
    with writing(clinic) as conn:
        conn.execute(sa.update(users).where(users.c.user_id == PSYCHOLOGIST.user_id).values(active=False))
    assert notes.who_may_cosign(PHYSIO, PATIENT) == ()


def test_a_colleague_countersigns_what_they_were_given_and_it_is_on_record(clinic: sa.Engine) -> None:
    note = signed(ask=(PSYCHOLOGIST.user_id,))
    notes.cosign(PSYCHOLOGIST, PATIENT, note, remark=" agreed\x00 ", now=LATER)
    with reading(clinic) as conn:
        (state,) = cosigns(conn, PATIENT)
        acts = [event.action for event in audit.listed(conn, PATIENT)]
    assert state.signed is not None
    assert (state.signed.name, state.signed.discipline, state.signed.remark) == (
        PSYCHOLOGIST.name,
        "psychology",
        "agreed",
    )
    assert "countersign note" in acts
    with pytest.raises(Conflict):
        notes.cosign(PSYCHOLOGIST, PATIENT, note, now=LATER)


def test_who_was_not_asked_or_may_not_see_the_patient_countersigns_nothing(clinic: sa.Engine) -> None:
    note = signed()
    for viewer in (PSYCHOLOGIST, PHYSIO):
        with pytest.raises(ExplainedError, match="not asked"):
            notes.cosign(viewer, PATIENT, note, now=LATER)
    for viewer in (STRANGER, COORDINATOR):
        with pytest.raises(NotPermitted):
            notes.cosign(viewer, PATIENT, note, now=LATER)
    assert countersigned(clinic) == []


def test_its_author_asks_later_too_and_only_its_author(clinic: sa.Engine) -> None:
    note = signed()
    with pytest.raises(ExplainedError, match="Only its author"):
        notes.ask_cosign(PSYCHOLOGIST, PATIENT, note, ask=(PSYCHOLOGIST.user_id,), now=LATER)
    for _ in range(2):
        notes.ask_cosign(PHYSIO, PATIENT, note, ask=(PSYCHOLOGIST.user_id,), now=LATER)
    assert countersigned(clinic) == [(1, PSYCHOLOGIST.user_id, False)]


def test_an_amendment_of_a_countersigned_note_is_not_countersigned(clinic: sa.Engine) -> None:
    first = signed(ask=(PSYCHOLOGIST.user_id,))
    notes.cosign(PSYCHOLOGIST, PATIENT, first, now=LATER)
    revision = save(Written("Seen yesterday.", None, 0, amends=first.note_id))
    ask = (PSYCHOLOGIST.user_id,)
    second = notes.sign(PHYSIO, PATIENT, revision=revision, amends=first, reason="wrong day", ask=ask, now=LATER)
    asked = PSYCHOLOGIST.user_id
    assert countersigned(clinic) == [(1, asked, True), (2, asked, False)]
    with pytest.raises(Conflict, match="amended"):
        notes.ask_cosign(PHYSIO, PATIENT, first, ask=ask, now=LATER)
    notes.cosign(PSYCHOLOGIST, PATIENT, second, now=LATER)
    assert countersigned(clinic) == [(1, asked, True), (2, asked, True)]


def test_a_stranger_asks_for_nothing_about_a_patient_of_another_team() -> None:
    with pytest.raises(NotPermitted):
        notes.who_may_cosign(PHYSIO, OTHER_TEAMS_PATIENT)
