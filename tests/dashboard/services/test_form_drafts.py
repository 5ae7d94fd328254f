"""Forms that are being filled in: never lost, one a person, patient and name, two windows put together."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dashboard.errors import ExplainedError, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import form_drafts
from dashboard.services.form_drafts import Held, Outcome, Sent
from dashboard.services.form_fields import Raws
from data_access import audit
from data_access.engine import reading
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    AUDITOR,
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
    fill,
)
from tests.data_access.made_up import NOW

EDIT = Permission.EDIT_PLAN
LATER = NOW + timedelta(seconds=5)
EMPTY: Raws = {"title": "", "why": ""}


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


def keep(title: str, why: str = "", *, base: Raws | None = None, began: bool = False, on: int = 4) -> Outcome:
    sent = Sent({"title": title, "why": why}, EMPTY if base is None else base, on, began)
    return form_drafts.keep(PHYSIO, EDIT, PATIENT, "goal 1", sent, now=NOW)


def held(viewer: Viewer = PHYSIO, form: str = "goal 1", patient_id: int = PATIENT) -> Held:
    return form_drafts.held(viewer, EDIT, patient_id, form)


def test_a_form_stands_again_as_it_was_left_with_what_it_began_from() -> None:
    keep("Walk", "The garden.\nThe dog.")
    assert held() == Held({"title": "Walk", "why": "The garden.\nThe dog."}, 4, 1, NOW, EMPTY)


def test_there_is_one_for_each_person_and_form() -> None:
    keep("Walk")
    assert held(PSYCHOLOGIST) == Held()
    assert held(form="goal 2") == Held()


def test_it_goes_on_standing_on_the_revision_it_was_begun_on() -> None:
    first = keep("Walk")
    keep("Walk more", base=first.held.answers, began=True, on=9)
    assert (held().on, held().revision, held().began) == (4, 2, EMPTY)


def test_the_same_sent_again_is_no_conflict_and_no_new_revision() -> None:
    first = keep("Walk")
    assert keep("Walk") == first


def test_what_two_windows_changed_is_put_together() -> None:
    keep("Walk")
    outcome = keep("", "The dog.", began=True)
    assert outcome.kind == "draft"
    assert outcome.held.answers == {"title": "Walk", "why": "The dog."}


def test_what_both_changed_is_asked_about_and_nothing_is_overwritten() -> None:
    first = keep("Walk")
    outcome = keep("Swim", "The lake.", began=True)
    assert (outcome.kind, outcome.both) == ("conflict", ("title",))
    assert held() == first.held


def test_a_window_whose_form_was_discarded_elsewhere_begins_none_unasked() -> None:
    keep("Walk")
    form_drafts.discard(PHYSIO, EDIT, PATIENT, "goal 1")
    assert keep("Walk on", base={"title": "Walk", "why": ""}, began=True) == Outcome("gone", Held())
    assert held() == Held()


def test_only_what_was_submitted_is_thrown_away() -> None:
    keep("Walk")
    keep("Walk", "The dog.", base={"title": "Walk", "why": ""}, began=True)
    form_drafts.discard(PHYSIO, EDIT, PATIENT, "goal 1", revision=1)
    assert held().answers == {"title": "Walk", "why": "The dog."}
    form_drafts.discard(PHYSIO, EDIT, PATIENT, "goal 1", revision=2)
    assert held() == Held()


def test_what_was_chosen_of_two_versions_stands_on_the_newer_one() -> None:
    keep("Walk")
    theirs: Raws = {"title": "Swim", "why": "The lake."}
    chosen: Raws = {"title": "Walk", "why": "The lake."}
    form_drafts.begin_on(PHYSIO, EDIT, PATIENT, "goal 1", chosen, on=5, began=theirs, now=LATER)
    assert held() == Held(chosen, 5, 2, LATER, theirs)


def test_what_is_too_long_is_refused_and_the_draft_before_stays() -> None:
    first = keep("Walk")
    with pytest.raises(ExplainedError, match="a form holds 250,000"):
        keep("x" * 5_000_000, base=first.held.answers, began=True)
    with pytest.raises(ExplainedError, match="a form holds 250,000"):  # longer as it is written than as it is read
        keep('"' * 200_000, base=first.held.answers, began=True)
    assert held() == first.held


def test_what_it_began_from_gives_way_to_what_was_typed() -> None:
    keep("x" * 200_000, base={"title": "y" * 200_000, "why": ""})
    assert held().answers["title"] == "x" * 200_000
    assert held().began == {}


@pytest.mark.parametrize("viewer", [COORDINATOR, ADMINISTRATOR, AUDITOR, STRANGER])
def test_only_who_may_change_the_plan_of_that_patient_keeps_a_form_of_it(viewer: Viewer) -> None:
    sent = Sent({"title": "Walk"}, {})
    with pytest.raises(NotPermitted):
        form_drafts.keep(viewer, EDIT, PATIENT, "goal 1", sent, now=NOW)
    with pytest.raises(NotPermitted):
        held(viewer)
    with pytest.raises(NotPermitted):
        form_drafts.discard(viewer, EDIT, PATIENT, "goal 1")
    with pytest.raises(NotPermitted):
        form_drafts.begin_on(viewer, EDIT, PATIENT, "goal 1", {}, on=1, began={}, now=NOW)


def test_the_permission_is_that_of_the_form() -> None:
    sent = Sent({"question": "Which dose?"}, {})
    form_drafts.keep(COORDINATOR, Permission.PREPARE_MEETINGS, PATIENT, "question 1", sent, now=NOW)
    with pytest.raises(NotPermitted):
        form_drafts.keep(COORDINATOR, Permission.RECORD_DECISIONS, PATIENT, "case 1", sent, now=NOW)
    with pytest.raises(NotPermitted):
        form_drafts.keep(PHYSIO, EDIT, OTHER_TEAMS_PATIENT, "goal 1", sent, now=NOW)


def test_a_form_that_saves_itself_every_second_is_one_line_of_the_audit_trail(clinic: sa.Engine) -> None:
    before = EMPTY
    for words in ("W", "Wa", "Walk"):
        before = keep(words, base=before, began=before is not EMPTY).held.answers
    form_drafts.discard(PHYSIO, EDIT, PATIENT, "goal 1")
    with reading(clinic) as conn:
        events = [(event.action, event.resource) for event in audit.listed(conn, PATIENT)]
    assert events.count(("save form draft", "form goal 1")) == 1
    assert events.count(("discard form draft", "form goal 1")) == 1
