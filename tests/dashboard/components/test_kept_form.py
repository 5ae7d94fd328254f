"""What the browser side of a form sends is kept, checked and handed over once; what no form sends changes nothing."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard import access, clock
from dashboard.components import kept_form
from dashboard.components.kept_form import FieldSpec, FormPlace, Submitted, Value, handling
from dashboard.components.kept_form.handling import Window
from dashboard.permissions import Permission
from dashboard.services import form_drafts
from dashboard.services.form_drafts import Held
from tests.dashboard.services.clinic import PATIENT, PHYSIO, fill
from tests.data_access.made_up import NOW, TODAY

FIELDS = (FieldSpec("title", "Goal", "text", required=True), FieldSpec("level", "Attainment", "level"))
PLACE = FormPlace(PATIENT, "goal 1", "Goal", 4)
EMPTY = {"title": "", "level": None}
THEIRS: dict[str, Value] = {"title": "Swim", "level": 1}


@pytest.fixture(autouse=True)
def state(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What this sign-in remembers, as the physiotherapist of the small clinic."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    fill(engine)
    remembered: dict[str, Any] = {}
    monkeypatch.setattr(handling, "st", SimpleNamespace(session_state=remembered))
    monkeypatch.setattr(handling, "FINISHED", handling.Finished())
    monkeypatch.setattr(access, "current", lambda: PHYSIO)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return remembered


def message(title: str = "Walk", **more: Any) -> dict[str, Any]:
    sent = {"act": "draft", "sent": "one-1", "first": "one-1", "revision": 0, "on": 4, "base": EMPTY, "chosen": None}
    return {**sent, "answers": {"title": title, "level": None}, **more}


@pytest.fixture
def send(state: dict[str, Any]) -> Any:
    """Has the browser send that, and returns what the window knows then."""

    def sent(said: Mapping[str, Any]) -> Window:
        state[handling.key(PLACE)] = {"form": said}
        handling.handle(PLACE, FIELDS, {}, Permission.EDIT_PLAN)
        return handling.window(PLACE)

    return sent


def held() -> Held:
    return form_drafts.held(PHYSIO, Permission.EDIT_PLAN, PATIENT, "goal 1")


def test_what_is_typed_is_kept_before_any_page_runs(send: Any) -> None:
    assert send(message()).kind == "draft"
    assert (held().answers["title"], held().on) == ("Walk", 4)


@pytest.mark.parametrize(
    "hostile",
    [
        {"answers": {"title": "Walk", "patient_id": 2}},
        {"answers": {"title": {"$gt": ""}}},
        {"answers": None},
        {"base": "none"},
        {"act": "drop table"},
        {"revision": -1},
        {"revision": "1"},
        {"on": True},
        {"act": "settle", "chosen": {"title": "mine"}},
        {"answers": {"title": "x" * 5_000_000}},
    ],
)
def test_what_no_form_sends_is_refused_and_nothing_is_kept(send: Any, hostile: dict[str, Any]) -> None:
    window = send({**message(), **hostile})
    assert window.kind == "refused"
    assert window.words
    assert window.submitted is None
    assert held() == Held()


def test_a_text_that_left_before_the_answer_to_the_one_before_is_no_conflict(send: Any) -> None:
    send(message("Wal"))
    assert send(message("Walk", sent="one-2")).kind == "draft"
    assert held().answers["title"] == "Walk"
    assert send(message("Swim", sent="two-1")).kind == "conflict"  # another window, which saw nothing of it


def test_what_was_submitted_is_handed_over_and_stays_a_draft_until_it_is_done(send: Any) -> None:
    window = send(message(act="submit"))
    assert window.submitted == Submitted({"title": "Walk", "level": None}, 4)
    assert window.kind == "pending"
    assert held().answers["title"] == "Walk"
    window.permission = Permission.EDIT_PLAN
    kept_form.done(PLACE, "Goal saved.")
    assert (window.kind, window.words) == ("done", "Goal saved.")
    assert held() == Held()


def test_a_submission_sent_again_since_its_answer_got_lost_is_not_handed_over_twice(send: Any) -> None:
    send(message(act="submit")).permission = Permission.EDIT_PLAN
    kept_form.done(PLACE)
    again = send(message(act="submit", sent="one-2"))  # under a new number, first sent as one-1
    assert (again.kind, again.submitted) == ("done", None)
    assert held() == Held()


def test_a_window_that_never_had_its_answer_learns_it_after_another_sign_in(send: Any, state: dict[str, Any]) -> None:
    send(message(act="submit")).permission = Permission.EDIT_PLAN
    kept_form.done(PLACE)
    state.clear()  # a new session, which knows nothing of the one before
    assert handling.FINISHED.of(PHYSIO.user_id, handling.key(PLACE)) == "one-1"
    assert send(message(act="submit", sent="one-2")).submitted is None
    assert held() == Held()


def test_what_a_second_window_added_after_the_submission_stays_a_draft(send: Any) -> None:
    window = send(message(act="submit"))
    window.permission = Permission.EDIT_PLAN
    walk = {"title": "Walk", "level": None}
    added = send(message(sent="two-1", base=walk, revision=1, answers={"title": "Walk", "level": 1}))
    assert added.kind == "draft"
    kept_form.done(PLACE)
    assert held().answers == {"title": "Walk", "level": 1}


def test_a_choice_sent_again_since_its_answer_got_lost_is_told_that_it_was_saved(send: Any) -> None:
    send(message(act="submit")).permission = Permission.EDIT_PLAN
    kept_form.clash(PLACE, THEIRS, revision=5, by="K. Psych", at=NOW)
    chosen = {"title": "mine", "level": "theirs"}
    assert send(message(act="settle", sent="one-2", first="one-2", chosen=chosen)).submitted is not None
    kept_form.done(PLACE)
    again = send(message(act="settle", sent="one-3", first="one-2", chosen=chosen))
    assert (again.kind, again.words, again.submitted) == ("done", "Saved.", None)
    assert held() == Held()


def test_what_cannot_be_read_is_kept_and_not_handed_over(send: Any) -> None:
    window = send(message("", act="submit", answers={"title": " ", "level": 7}))
    assert (window.kind, window.submitted) == ("errors", None)
    assert set(window.errors) == {"title", "level"}
    assert held().answers["level"] == 7


def test_of_two_versions_nothing_is_handed_over_before_every_answer_is_chosen(send: Any) -> None:
    send(message(act="submit"))
    kept_form.clash(PLACE, THEIRS, revision=5, by="K. Psych", at=NOW)
    window = send(message(act="settle", sent="one-2", chosen={"title": "mine", "level": "ours"}))
    assert (window.kind, set(window.errors), window.submitted) == ("clash", {"level"}, None)
    window = send(message(act="settle", sent="one-3", chosen={"title": "mine", "level": "theirs"}))
    chosen = {"title": "mine", "level": "theirs"}
    assert window.submitted == Submitted({"title": "Walk", "level": 1}, 5, chosen)
    assert (held().answers, held().on) == ({"title": "Walk", "level": 1}, 5)


def test_who_is_signed_out_meanwhile_is_told_and_nothing_is_kept(send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(access, "current", lambda: None)
        window = send(message())
    assert (window.kind, window.again) == ("refused", True)
    assert "You are signed out." in window.words
    assert held() == Held()


def test_the_name_of_a_form_in_the_browser_says_nothing_of_the_patient() -> None:
    assert handling.key(PLACE) != handling.key(FormPlace(PATIENT + 1, "goal 1", "Goal"))
    assert "goal" not in handling.key(PLACE)
    with pytest.raises(ValueError, match="1 to 60 characters"):
        FormPlace(PATIENT, "x" * 61, "Goal")
