"""The Care plan page: what was agreed, is it working, what is late, who does what. Its notes: test_notes.py."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from clinical.diary import Period
from clinical.plan import Action, Formulation, Goal, Item, PlannedIntervention
from clinical.record import Pinned
from data_access import plan
from data_access.access import User
from data_access.engine import writing
from data_access.plan import Writer
from data_access.tables import actions, goals
from tests.conftest import AS_OF, NOW
from tests.pages.opening import drawn, everything_shown, head, link, page, person

WRITER = Writer(99, "Eve Other", NOW, AS_OF)
BARE = "FB-00010"
"""A patient whose plan is empty here, whatever the synthetic clinic agreed with them."""


def opened(clinic: Engine, record: str, user: User) -> AppTest:
    return page("care_plan.py", user, p=link(clinic, record))


def section(shown: AppTest, name: str) -> dict[str, Any]:
    return next(told for told in drawn(shown, "plan_section") if told["name"] == name)


def items(shown: AppTest, name: str) -> list[dict[str, Any]]:
    return [item for group in section(shown, name)["groups"] for item in group["items"]]


def agreed(clinic: Engine, *new: Item, record: str = BARE) -> None:
    """These items on the plan of that patient, and no other goal or action."""
    patient_id = head(clinic, record).patient_id
    with writing(clinic) as conn:
        for table in (goals, actions):
            conn.execute(table.delete().where(table.c.patient_id == patient_id))
        for item in new:
            plan.save(conn, patient_id, item, writer=WRITER)


def rated(clinic: Engine, goal_id: int, level: int) -> None:
    with writing(clinic) as conn:
        patient_id = head(clinic, BARE).patient_id
        plan.rate(conn, patient_id, goal_id, level=level, day=AS_OF, remark="", writer=WRITER)


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def test_the_sections_of_the_plan_and_signed_notes_stand_beside_the_editor(clinic: Engine, physio: User) -> None:
    shown = opened(clinic, "FB-00002", physio)
    assert not shown.exception
    names = [told["name"] for told in drawn(shown, "plan_section")]
    assert names == ["top", "goals", "actions", "interventions", "formulation"]
    assert [told["heading"].partition(" (")[0] for told in drawn(shown, "notes_list")] == ["Signed notes"]
    assert [editor["label"] for editor in drawn(shown, "note_editor")] == ["New note, physiotherapy"]


def test_nothing_agreed_is_said(clinic: Engine, physio: User) -> None:
    agreed(clinic)
    shown = opened(clinic, BARE, physio)
    assert section(shown, "goals")["nothing"] == "No goal has been agreed yet."
    assert section(shown, "actions")["nothing"] == "No open action."
    first = section(shown, "top")["top"]
    assert first["matters"]["nothing"] == "Not recorded: ask what matters to them."
    assert first["warnings"]["nothing"] == "Nothing has been agreed yet."


def test_what_matters_stands_first_as_it_was_said(clinic: Engine, physio: User) -> None:
    agreed(clinic, Formulation(matters="<b>Walk</b> with ![x](y) Mia"))
    shown = opened(clinic, BARE, physio)
    assert section(shown, "top")["top"]["matters"]["text"] == "<b>Walk</b> with ![x](y) Mia"


def test_each_warning_names_what_it_is_about_and_its_rule(clinic: Engine, physio: User) -> None:
    agreed(clinic, Action("Letter to the employer", ago(3)), PlannedIntervention("heat", status="active"))
    lines = section(opened(clinic, BARE, physio), "top")["top"]["warnings"]["lines"]
    said = [line["text"] for line in lines]
    assert said[0] == "Overdue (1): Letter to the employer (since 19 Nov)"
    assert said[1].startswith("Only passive measures")
    assert any(text.startswith("No owner (1): Letter") for text in said)
    assert any(text.startswith("No review date (1): Heat") for text in said)
    assert all(dict(line["evidence"]["rows"])["Rule"] for line in lines)


def test_the_longest_overdue_action_stands_first_and_done_ones_are_not_even_sent(clinic: Engine, physio: User) -> None:
    done = (Action(f"Old {number}", ago(9), "done", ago(8)) for number in range(200))
    agreed(clinic, Action("Later", ago(-9)), Action("Late", ago(2)), Action("Latest", ago(5)), *done)
    shown = opened(clinic, BARE, physio)
    assert [item["title"] for item in items(shown, "actions")] == ["Latest", "Late", "Later"]
    assert items(shown, "actions")[0]["marks"][0]["text"] == "5 days overdue"
    assert "Old 7" not in everything_shown(shown)
    shown.session_state["plan_part.unfolded"] = (link(clinic, BARE), ("actions",))
    assert "Old 7" in everything_shown(shown.run())


def test_of_many_open_actions_the_most_pressing_are_sent_and_the_rest_on_demand(clinic: Engine, physio: User) -> None:
    agreed(clinic, *(Action(f"Due {number}", ago(-number)) for number in range(40)))
    shown = opened(clinic, BARE, physio)
    assert [item["title"] for item in items(shown, "actions")] == [f"Due {number}" for number in range(12)]
    (more,) = section(shown, "actions")["more"]
    assert more["label"] == "Show 28 more open actions"
    shown.session_state["plan_part.unfolded"] = (link(clinic, BARE), (more["key"],))
    assert len(items(shown.run(), "actions")) == 40


def test_the_score_of_rated_goals_stands_beside_that_of_the_start(clinic: Engine, physio: User) -> None:
    agreed(
        clinic,
        *(Goal(f"Goal {number}", "seen", baseline_attainment=-1, review=ago(-9)) for number in (1, 2, 3)),
    )
    for goal_id, level in ((1, 1), (2, 1), (3, 0)):
        rated(clinic, goal_id, level)
    shown = opened(clinic, BARE, physio)
    said = section(shown, "goals")["lead"]["text"]
    assert said == "T score 59.1, at the start 36.3: up 22.8 · 3 up; last rated 22 Nov"  # reference 9.7
    steps = items(shown, "goals")[0]["ladder"]["steps"]
    assert [step["level"] for step in steps if step["start"]] == ["−1"]
    assert [step["level"] for step in steps if step["now"]] == ["+1"]


def test_a_goal_that_was_not_rated_is_named_instead_of_a_score(clinic: Engine, physio: User) -> None:
    agreed(clinic, Goal("Rated", "seen"), Goal("Walk to school", "seen"))
    rated(clinic, 1, 0)
    shown = opened(clinic, BARE, physio)
    assert section(shown, "goals")["lead"]["text"] == "T score cannot be computed: not rated yet: Walk to school"
    assert items(shown, "goals")[1]["ladder"]["said"] == "Not rated yet"


def test_what_guidance_says_carries_its_mark_and_what_nobody_checked_says_so(clinic: Engine, physio: User) -> None:
    agreed(clinic, PlannedIntervention("mindfulness"), PlannedIntervention("chiropractic"))
    first, second = items(opened(clinic, BARE, physio), "interventions")
    assert first["remark"]["text"] == "Guidance: EULAR weak for [V]"
    assert second["remark"]["text"] == "Unconfirmed: EULAR 2017 against, on safety grounds [K]"
    assert second["remark"]["tone"] == "unconfirmed"


def test_an_item_shows_what_has_happened_to_its_measure_since_it_was_agreed(clinic: Engine, physio: User) -> None:
    enough = Pinned(Period(ago(120), ago(93)), "pain")
    agreed(
        clinic,
        Goal("With days", "seen", due=ago(-5), made=ago(92), evidence=enough),
        Goal("Without", "seen", due=ago(-6), made=AS_OF, evidence=Pinned(Period(ago(1), ago(0)), "stress")),
        record="FB-00002",
    )
    first, second = items(opened(clinic, "FB-00002", physio), "goals")
    assert "→" in first["since"]["said"]["text"]
    assert "days logged" in first["since"]["said"]["text"]
    assert dict(first["since"]["said"]["evidence"]["rows"])["Rests on"].startswith("Pain, ")
    assert second["since"]["said"]["tone"] == "quiet"
    assert "→" not in second["since"]["said"]["text"]


def test_a_coordinator_sees_everything_and_changes_nothing(clinic: Engine) -> None:
    agreed(clinic, Goal("Walk", "seen"), Action("Call", ago(3)), PlannedIntervention("heat"), Formulation("Back pain"))
    shown = opened(clinic, BARE, person(clinic, role="coordinator"))
    acts = {button["act"] for button in buttons(shown)}
    assert acts == {"history"}
    assert [item["title"] for item in items(shown, "goals")] == ["Walk"]


def test_the_form_of_a_goal_stands_open_at_the_head_of_its_section_for_who_may(clinic: Engine, physio: User) -> None:
    agreed(clinic, Goal("Walk", "minutes"))
    for user, forms in ((physio, 1), (person(clinic, role="coordinator"), 0)):
        shown = opened(clinic, BARE, user)
        shown.session_state["plan_form.open"] = (link(clinic, BARE), "goal 1")
        shown.run()
        assert not shown.exception
        found = drawn(shown, "kept_form")
        assert len(found) == forms
        assert all(told["answers"]["title"] == "Walk" for told in found)


def test_a_form_that_is_open_for_one_patient_is_not_open_for_the_next(clinic: Engine, physio: User) -> None:
    shown = opened(clinic, BARE, physio)
    shown.session_state["plan_form.open"] = (link(clinic, "FB-00002"), "action 0")
    assert drawn(shown.run(), "kept_form") == []


def buttons(shown: AppTest) -> list[dict[str, Any]]:
    """Every button of the plan."""
    found = []
    for told in drawn(shown, "plan_section"):
        found += [*told["buttons"], *told["more"], *(told["top"]["matters"]["buttons"] if told["top"] else ())]
        found += [button for group in told["groups"] for item in group["items"] for button in item["buttons"]]
    return found


def test_the_form_that_an_address_asks_for_is_open_once_and_nobody_else_opens_it(clinic: Engine, physio: User) -> None:
    agreed(clinic, Goal("Walk", "minutes"))
    shown = page("care_plan.py", physio, p=link(clinic, BARE), form="rating-1")
    assert section(shown, "goals")["panel"] == "rating 1"
    assert "form" not in shown.query_params
    for wanted in ("walk-1", "goal-x", "goal", "goal-99999999999"):
        assert not section(page("care_plan.py", physio, p=link(clinic, BARE), form=wanted), "goals")["panel"]
    assert not section(
        page("care_plan.py", person(clinic, role="coordinator"), p=link(clinic, BARE), form="goal-1"), "goals"
    )["panel"]
