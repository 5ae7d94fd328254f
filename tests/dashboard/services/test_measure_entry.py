"""Questionnaires filled in, totals entered, scores withdrawn: nothing lost or invented, item 9 never overlooked."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from clinical.safety import open_items
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import measure_drafts, measure_entry, measure_forms, measure_totals, patients, safety
from dashboard.services.measure_drafts import TOTALS, Answer
from dashboard.services.safety import Closing
from data_access import audit, measures
from data_access import safety as stored_safety
from data_access.engine import reading
from data_access.patients import PatientHead
from tests.conftest import AS_OF, NOW
from tests.dashboard.measured import again, phq9, stored, total

Acting = Callable[..., Viewer]


@pytest.fixture
def head(clinic: Engine) -> PatientHead:
    return stored(clinic, total(60, "PHQ-9", 8))


@pytest.fixture
def clinician(acting: Acting) -> Viewer:
    return acting("clinician", whole_clinic=True)


def answered(viewer: Viewer, head: PatientHead, form: str, **answers: Answer) -> int:
    held = measure_drafts.keep(viewer, head.patient_id, form, answers, began=False, now=NOW)
    return held.revision


def phq(*answers: int | None) -> dict[str, Answer]:
    return {f"item_{place}": value for place, value in enumerate(answers, 1) if value is not None}


def save(viewer: Viewer, head: PatientHead, form: str, revision: int) -> measure_entry.Saved:
    return measure_entry.save_form(viewer, head.patient_id, form, revision=revision, now=NOW, as_of=AS_OF)


def on_record(clinic: Engine, head: PatientHead) -> list[measures.Entered]:
    with reading(clinic) as conn:
        return measures.history(conn, head.patient_id)


def open_now(clinic: Engine, head: PatientHead) -> int:
    with reading(clinic) as conn:
        scores, closures = measures.scores(conn, head.patient_id), stored_safety.closures(conn, head.patient_id)
    return len(open_items((), closures, scores, AS_OF))


def test_every_answer_is_kept_as_it_is_given(clinician: Viewer, head: PatientHead) -> None:
    answered(clinician, head, "PHQ-9", item_1=2)
    held = measure_drafts.keep(clinician, head.patient_id, "PHQ-9", {"item_9": 1}, began=True, now=NOW)
    assert held.answers == {"item_1": 2, "item_9": 1}
    taken_back = measure_drafts.keep(clinician, head.patient_id, "PHQ-9", {"item_1": None}, began=True, now=NOW)
    assert taken_back.answers == {"item_9": 1}
    assert measure_drafts.held(clinician, head.patient_id, "PHQ-9") == taken_back
    assert measure_drafts.held(clinician, head.patient_id, "GAD-7").revision == 0


def test_item_9_above_0_in_a_draft_stands_in_the_open_items_of_its_author_alone(
    clinician: Viewer, acting: Acting, head: PatientHead
) -> None:
    answered(clinician, head, "PHQ-9", item_1=1, item_9=2)
    (mine,) = patients.frame(clinician, head, as_of=AS_OF).unsaved
    assert (mine.kind, mine.value, mine.author) == ("phq9_item9", 2, clinician.name)
    assert patients.frame(acting("clinician", user_id=2, whole_clinic=True), head, as_of=AS_OF).unsaved == ()
    measure_drafts.keep(clinician, head.patient_id, "PHQ-9", {"item_9": 0}, began=True, now=NOW)
    assert patients.frame(clinician, head, as_of=AS_OF).unsaved == ()


def test_a_full_phq_9_becomes_its_sum_and_the_draft_is_gone(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    saved = save(clinician, head, "PHQ-9", answered(clinician, head, "PHQ-9", **phq(1, 2, 3, 0, 1, 2, 0, 1, 0)))
    assert saved.scores == (("PHQ-9", 10.0),)
    entered = on_record(clinic, head)[-1]
    assert (entered.record.items, entered.entered_by, entered.source) == (
        (1, 2, 3, 0, 1, 2, 0, 1, 0),
        clinician.user_id,
        "clinic",
    )
    assert measure_drafts.waiting(clinician, head.patient_id) == {}
    assert open_now(clinic, head) == 0


def test_answers_with_a_gap_are_kept_without_a_total(clinic: Engine, clinician: Viewer, head: PatientHead) -> None:
    saved = save(clinician, head, "PHQ-9", answered(clinician, head, "PHQ-9", **phq(1, 2, 3, None, 1, 2, 0, 1, 0)))
    assert saved.scores == (("PHQ-9", None),)
    assert on_record(clinic, head)[-1].record.items[3] is None


def test_item_9_above_0_opens_the_safety_item_with_the_save_even_without_a_total(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    save(clinician, head, "PHQ-9", answered(clinician, head, "PHQ-9", item_9=1))
    (item,) = safety.view(clinician, again(clinic), as_of=AS_OF).open
    assert (item.kind, item.value, item.day) == ("phq9_item9", 1, AS_OF)


@pytest.mark.parametrize(
    ("typed", "item_9", "opens"),
    [
        ("25", None, True),
        ("27,0", None, True),
        ("24", None, False),
        ("25", 0, True),
        ("3", 1, True),
        ("29", None, False),
    ],
)
def test_a_total_that_cannot_be_without_item_9_says_before_the_save_what_it_opens(
    typed: str, item_9: int | None, opens: bool
) -> None:
    answers: dict[str, Answer] = {"instrument": "PHQ-9", "total": typed}
    if item_9 is not None:
        answers["item_9"] = item_9
    assert measure_totals.opens_safety(answers) is opens


def test_a_score_that_holds_the_safety_item_open_is_withdrawn_only_after_its_closing(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    (number,) = save(clinician, head, "PHQ-9", answered(clinician, head, "PHQ-9", item_9=2)).numbers
    with pytest.raises(ExplainedError, match="holds a safety item open"):
        measure_entry.withdraw(clinician, head.patient_id, number, reason="wrong form", now=NOW, as_of=AS_OF)
    assert open_now(clinic, head) == 1
    (item,) = safety.view(clinician, again(clinic), as_of=AS_OF).open
    safety.close(clinician, head.patient_id, Closing(item, "wrong person's form"), now=NOW, as_of=AS_OF)
    measure_entry.withdraw(clinician, head.patient_id, number, reason="wrong form", now=NOW, as_of=AS_OF)
    assert on_record(clinic, head)[-1].withdrawal is not None


def test_pain_index_and_symptom_scale_are_saved_as_two_scores(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    said = {"areas": ["neck", "lower_back", "hip_left"], **phq(3, 2, 1, 1, 0, 1)}
    saved = save(clinician, head, "WPI and SSS", answered(clinician, head, "WPI and SSS", **said))
    assert saved.scores == (("WPI", 3.0), ("SSS", 8.0))
    assert [item for item in on_record(clinic, head)[-2].record.items if item] == [1, 1, 1]


def test_no_area_chosen_is_no_answer_and_none_at_all_is_one() -> None:
    form = measure_forms.form("WPI and SSS")
    assert form is not None
    assert measure_forms.scored(form, {})[0].score is None
    assert measure_forms.scored(form, {"areas": []})[0].score == 0


def test_fiqr_scales_a_domain_with_gaps_and_gives_none_without_a_domain() -> None:
    form = measure_forms.form("FIQR")
    assert form is not None
    full: dict[str, Answer] = {f"item_{place}": 6 for place in range(1, 22)}
    gaps = {name: value for name, value in full.items() if name not in ("item_2", "item_15")}
    assert measure_forms.scored(form, full)[0].kept == measure_forms.scored(form, gaps)[0].kept == 60
    no_domain = {name: value for name, value in full.items() if name not in ("item_10", "item_11")}
    assert measure_forms.scored(form, no_domain)[0].kept is None


def test_what_another_window_changed_is_not_saved_unseen(clinic: Engine, clinician: Viewer, head: PatientHead) -> None:
    revision = answered(clinician, head, "PHQ-9", **phq(*[1] * 9))
    measure_drafts.keep(clinician, head.patient_id, "PHQ-9", {"item_9": 0}, began=True, now=NOW)
    with pytest.raises(Conflict, match="another window"):
        save(clinician, head, "PHQ-9", revision)
    assert len(on_record(clinic, head)) == 1


def test_the_same_form_is_saved_once_however_often_it_is_sent(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    revision = answered(clinician, head, "PHQ-9", **phq(*[1] * 9))
    save(clinician, head, "PHQ-9", revision)
    with pytest.raises(Conflict, match="saved or discarded"):
        save(clinician, head, "PHQ-9", revision)
    with pytest.raises(Conflict, match="saved or discarded"):
        measure_drafts.keep(clinician, head.patient_id, "PHQ-9", {"item_1": 3}, began=True, now=NOW)
    assert len(on_record(clinic, head)) == 2


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("28", "from 0 to 27"),
        ("-1", "from 0 to 27"),
        ("12,5", "whole number"),
        ("twelve", "not a number"),
        ("", "Enter"),
    ],
)
def test_a_total_that_cannot_be_is_refused_with_the_range(
    clinic: Engine, clinician: Viewer, head: PatientHead, typed: str, why: str
) -> None:
    answers: dict[str, Answer] = {"instrument": "PHQ-9", "total": typed}
    assert why in measure_totals.problems(answers, AS_OF, None)["total"]
    revision = answered(clinician, head, TOTALS, **answers)
    with pytest.raises(ExplainedError, match=why):
        measure_entry.save_total(clinician, head.patient_id, revision=revision, now=NOW, as_of=AS_OF)
    assert len(on_record(clinic, head)) == 1
    assert measure_drafts.held(clinician, head.patient_id, TOTALS).answers == answers


def test_a_decimal_comma_is_read_and_version_and_day_are_kept(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    said: dict[str, Answer] = {"instrument": "PEG", "total": "6,3", "version": "German 2019", "day": "2026-11-02"}
    revision = answered(clinician, head, TOTALS, **said)
    measure_entry.save_total(clinician, head.patient_id, revision=revision, now=NOW, as_of=AS_OF)
    entered = on_record(clinic, head)[-1]
    assert (entered.record.instrument, entered.record.score, entered.version) == ("PEG", 6.3, "German 2019")
    assert str(entered.record.day) == "2026-11-02"


@pytest.mark.parametrize("days", [1, -60 * 365])
def test_a_day_that_cannot_be_is_refused(clinician: Viewer, head: PatientHead, days: int) -> None:
    day = (AS_OF + timedelta(days=days)).isoformat()
    with pytest.raises(ExplainedError, match=day):
        save(clinician, head, "PHQ-9", answered(clinician, head, "PHQ-9", day=day, **phq(*[1] * 9)))
    answers: dict[str, Answer] = {"instrument": "PEG", "total": "3", "day": day}
    assert day in measure_totals.problems(answers, AS_OF, head.birth_date)["day"]


def test_a_total_of_a_phq_9_asks_for_item_9_and_opens_the_safety_item(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    revision = answered(clinician, head, TOTALS, instrument="PHQ-9", total="15", item_9=2)
    measure_entry.save_total(clinician, head.patient_id, revision=revision, now=NOW, as_of=AS_OF)
    assert open_now(clinic, head) == 1


def test_a_withdrawal_needs_a_reason_and_happens_once(clinic: Engine, clinician: Viewer, head: PatientHead) -> None:
    number = on_record(clinic, head)[0].measure_id
    with pytest.raises(ExplainedError, match="needs a reason"):
        measure_entry.withdraw(clinician, head.patient_id, number, reason="  ", now=NOW, as_of=AS_OF)
    measure_entry.withdraw(clinician, head.patient_id, number, reason="typed twice", now=NOW, as_of=AS_OF)
    with pytest.raises(Conflict, match="in the meantime"):
        measure_entry.withdraw(clinician, head.patient_id, number, reason="too", now=NOW, as_of=AS_OF)


def test_who_may_only_read_enters_and_withdraws_nothing(clinic: Engine, acting: Acting, head: PatientHead) -> None:
    coordinator = acting("coordinator", user_id=5, whole_clinic=True)
    with pytest.raises(NotPermitted):
        measure_drafts.keep(coordinator, head.patient_id, "PHQ-9", {"item_1": 1}, began=False, now=NOW)
    with pytest.raises(NotPermitted):
        measure_entry.withdraw(coordinator, head.patient_id, 1, reason="no", now=NOW, as_of=AS_OF)
    assert on_record(clinic, head)[0].withdrawal is None


def test_what_was_entered_and_withdrawn_is_in_the_audit_trail(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    (number,) = save(clinician, head, "GAD-2", answered(clinician, head, "GAD-2", item_1=1, item_2=0)).numbers
    measure_entry.withdraw(clinician, head.patient_id, number, reason="wrong person", now=NOW, as_of=AS_OF)
    with reading(clinic) as conn:
        said = {(each.action, each.resource, each.detail) for each in audit.listed(conn, head.patient_id)}
    assert ("enter score", "GAD-2", f"measure {number}") in said
    assert ("withdraw score", f"measure {number}", "wrong person") in said


def test_a_later_phq_9_with_item_9_at_0_closes_nothing(clinic: Engine, clinician: Viewer) -> None:
    head = stored(clinic, phq9(10, *[0] * 8, 1), record="SCORES-2")
    save(clinician, head, "PHQ-9", answered(clinician, head, "PHQ-9", **phq(*[0] * 9)))
    assert open_now(clinic, head) == 1


@pytest.mark.parametrize("day", [AS_OF, AS_OF - timedelta(days=30)])
def test_item_9_entered_after_the_closing_opens_it_again_whatever_day_it_is_of(
    clinic: Engine, clinician: Viewer, head: PatientHead, day: date
) -> None:
    save(clinician, head, "PHQ-9", answered(clinician, head, "PHQ-9", item_9=1))
    (item,) = safety.view(clinician, again(clinic), as_of=AS_OF).open
    safety.close(clinician, head.patient_id, Closing(item, "spoken with her"), now=NOW, as_of=AS_OF)
    assert open_now(clinic, head) == 0
    revision = answered(clinician, head, "PHQ-9", item_9=2, day=day.isoformat())
    later = NOW + timedelta(minutes=5)
    measure_entry.save_form(clinician, head.patient_id, "PHQ-9", revision=revision, now=later, as_of=AS_OF)
    (item,) = safety.view(clinician, again(clinic), as_of=AS_OF).open
    assert (item.value, item.day) == (2, day)
