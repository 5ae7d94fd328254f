"""The synthetic clinic's plans, notes and case reviews: sound by our own rules, and with something of everything."""

from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa

from clinical.body_map import REGION_INDEX
from clinical.goals import course_of_t
from clinical.interventions import INTERVENTIONS
from clinical.note_templates import TEMPLATES, headings
from clinical.plan import Item, Plan
from clinical.plan_checks import problems
from clinical.plan_warnings import warnings
from data_access import audit, caseload, demo, flares, meetings, notes, patients
from data_access.demo.clinic_notes import SINCE_LAST_TIME
from data_access.demo.note_words import UNDER
from data_access.demo.plan_words import INTERVENTIONS as WORDS
from data_access.demo.staff import DISCIPLINE
from data_access.engine import reading
from data_access.plan import history, load

END = date(2026, 11, 22)


@pytest.fixture(scope="module")
def agreed() -> dict[int, Plan]:
    """The plans of a clinic of 80, by the person's number."""
    return {person.plan.number: person.agreed for person in demo.people(80, 400, end=END) if person.agreed}


def test_every_item_would_be_taken_by_the_forms(agreed: dict[int, Plan]) -> None:
    items: list[Item] = []
    for plan in agreed.values():
        items += [plan.formulation, *plan.goals, *plan.interventions, *plan.actions]

    assert [(item, found) for item in items if (found := problems(item, END))] == []


def test_every_warning_is_shown_by_somebody(agreed: dict[int, Plan]) -> None:
    kinds = Counter(warning.kind for plan in agreed.values() for warning in warnings(plan, END))

    assert set(kinds) == {"only_passive", "no_owner", "overdue", "review_overdue", "no_review", "still_active"}


def test_only_passive_measures_are_on_a_named_plan(agreed: dict[int, Plan]) -> None:
    passive = [n for n, plan in agreed.items() if any(w.kind == "only_passive" for w in warnings(plan, END))]

    assert any(number in demo.CASES for number in passive)
    assert len(passive) < len(agreed) / 5


def test_plans_have_formulations_responses_and_what_was_stopped_with_its_reason(agreed: dict[int, Plan]) -> None:
    tried = [each for plan in agreed.values() for each in plan.interventions]

    assert sum(bool(plan.formulation.matters) for plan in agreed.values()) > len(agreed) / 2
    assert {each.status for each in tried} == {"planned", "active", "finished", "stopped"}
    assert all(each.why_stopped for each in tried if each.status == "stopped")
    assert any(each.response for each in tried) and all(each.amount for each in tried)
    assert {each.code for each in tried} <= set(INTERVENTIONS)


def test_a_goal_stands_where_its_last_rating_left_it_and_t_can_be_followed(agreed: dict[int, Plan]) -> None:
    courses = []
    for plan in agreed.values():
        for goal in plan.goals:
            levels = [rating.level for rating in plan.ratings if rating.goal_id == goal.goal_id]
            assert goal.attainment == (levels[-1] if levels else None)
        courses.append(course_of_t(plan.goals, plan.ratings))

    assert any(len(course) >= 3 and all(point.t is not None for point in course) for course in courses)


def test_what_an_item_rests_on_lies_before_it_was_agreed(agreed: dict[int, Plan]) -> None:
    resting = [
        (each.evidence, each.made)
        for plan in agreed.values()
        for kind in (plan.goals, plan.interventions, plan.actions)
        for each in kind
        if each.evidence
    ]

    assert all(made and pinned.period.end < made for pinned, made in resting)
    assert len({pinned.chart for pinned, _ in resting}) >= 6


def test_the_words_cover_every_heading_and_no_intervention_is_made_up() -> None:
    wanted = {heading for kind in TEMPLATES for role in DISCIPLINE.values() for heading in headings(kind, role)}

    assert wanted - set(UNDER) == {SINCE_LAST_TIME}
    assert set(WORDS) <= set(INTERVENTIONS)


def test_the_database_holds_the_plans_with_the_history_of_each_item(demo_engine: sa.Engine) -> None:
    with reading(demo_engine) as conn:
        for patient_id in patients.numbers(conn):
            plan = load(conn, patient_id)
            for goal in plan.goals:
                (made,) = history(conn, patient_id, "goal", goal.goal_id)
                assert (made.after["title"], made.after["why"], made.before) == (goal.title, goal.why, {})
            assert all(action.revised.user_name and action.made for action in plan.actions)
        assert audit.verify(conn) == []


def test_notes_have_templates_and_pins_that_lead_somewhere(demo_engine: sa.Engine) -> None:
    with reading(demo_engine) as conn:
        signed = [(n, note) for n in patients.numbers(conn) for note in notes.listed(conn, n)]
        starts = {n: {flare.start for flare in flares.listed(conn, n)} for n, _ in signed}
        goals = {n: {goal.goal_id for goal in load(conn, n).goals} for n, _ in signed}
    pins = [(n, note.pins) for n, note in signed]

    assert {note.author.discipline for _, note in signed} == set(DISCIPLINE.values())
    assert {note.template for _, note in signed} == {"", "case_review", *TEMPLATES}
    assert {each.flare for _, each in pins} > {None} and {each.goal for _, each in pins} > {None}
    assert {each.region for _, each in pins} - {""} <= set(REGION_INDEX)
    assert all(each.flare is None or each.flare in starts[n] for n, each in pins)
    assert all(each.goal is None or each.goal in goals[n] for n, each in pins)


def test_a_psychologist_wrote_last_month_about_the_person_in_a_flare(demo_engine: sa.Engine) -> None:
    with reading(demo_engine) as conn:
        in_flare = patients.numbers(conn)[1]
        found = notes.listed(conn, in_flare)
        words = notes.search(conn, in_flare, "noticing")

    written = [note for note in found if note.author.discipline == "psychology"]
    assert any(10 < (END - note.signed_at.date()).days < 45 for note in written)
    assert words <= {note.note_id for note in found}


def test_somebody_waits_for_a_countersignature_and_somebody_has_it(demo_engine: sa.Engine) -> None:
    with reading(demo_engine) as conn:
        asked = [state for n in patients.numbers(conn) for state in notes.cosigns(conn, n)]

    assert {state.signed is None for state in asked} == {True, False}
    assert all(state.signed is None or state.signed.signed_at > state.asked_at for state in asked)


def test_each_team_has_held_two_case_reviews_and_five_wait_for_the_next(demo_engine: sa.Engine) -> None:
    with reading(demo_engine) as conn:
        coming, *held = meetings.listed(conn, None)
        said = {m.meeting_id: [meetings.discussion(conn, n, m.meeting_id) for n in m.queue] for m in held}
        waiting = [meetings.discussion(conn, n, coming.meeting_id) for n in coming.queue]

    assert (coming.status, len(coming.queue), coming.day > END) == ("planned", 5, True)
    assert all(each and each.question and each.status == "queued" and each.note_id is None for each in waiting)
    assert [meeting.status for meeting in held] == ["closed", "closed"]
    assert all(meeting.opened_at and meeting.closed_at and meeting.day < END for meeting in held)
    assert {person.attendance for meeting in held for person in meeting.people} == {"present", "apologies"}
    talked = [each for listed in said.values() for each in listed if each]
    assert any(each.decision and each.disagreement and each.disagreement_by for each in talked)
    assert any(each.status == "discussed" and not each.decision for each in talked)
    assert any(each.status == "deferred" for each in talked)


def test_what_a_case_review_said_is_a_signed_note_and_its_actions_are_on_the_plan(demo_engine: sa.Engine) -> None:
    with reading(demo_engine) as conn:
        for patient_id in patients.numbers(conn):
            signed = {note.note_id: note for note in notes.listed(conn, patient_id)}
            agreed = load(conn, patient_id).actions
            for meeting, said in meetings.discussions(conn, patient_id):
                if said.status != "discussed":
                    assert said.note_id is None
                    continue
                note = signed[said.note_id or 0]
                assert (note.meeting_id, note.template) == (meeting.meeting_id, "case_review")
                mine = [action for action in agreed if action.meeting_id == meeting.meeting_id]
                assert all(action.title in note.text and action.owner_user_id for action in mine)
                assert said.question in note.text and said.decision in note.text


def test_no_action_of_a_case_review_is_overdue(demo_engine: sa.Engine) -> None:
    with reading(demo_engine) as conn:
        everything = [each for n in patients.numbers(conn) for each in load(conn, n).actions if each.meeting_id]
        rows = caseload.page(conn, caseload.CaseloadScope(None, None), None, "", 0, 50).rows

    assert everything and not [each for each in everything if each.status == "open" and each.due and each.due < END]
    assert {"overdue", "improved", "steady"} <= {row.reason_code for row in rows}
