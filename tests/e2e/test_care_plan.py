"""The care plan in a real browser: agreed, rated, done; two people change one goal, and nothing is overwritten."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.note_editor import care_plan
from tests.e2e.plan_page import (
    act,
    begin,
    change,
    error,
    field,
    form,
    item,
    kept,
    listed,
    save,
    saved,
    section,
    text,
)
from tests.e2e.steps import (
    COORDINATOR,
    PHYSICIAN,
    PHYSIO,
    Open,
    click,
    enter,
    expect_no_scrolling_sideways,
    find,
    go_to,
    reload,
)
from tests.serving import Served

pytestmark = pytest.mark.browser


def new_goal(page: Page, title: str) -> None:
    begin(page, "goals", "Add a goal")
    text(page, "title").fill(title)
    text(page, "measure").fill("minutes")
    saved(page)
    expect(item(page, "goals", title)).to_be_visible()


def test_formulation_goal_intervention_and_action_are_agreed(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00010")
    click(section(page, "formulation").get_by_role("button", name=re.compile(": formulation$")))
    text(page, "matters").fill("To carry <b>Mia</b> up the stairs")
    text(page, "social").fill("Lives on the third floor")
    saved(page)
    expect(section(page, "top").locator("blockquote")).to_have_text("To carry <b>Mia</b> up the stairs")
    expect(section(page, "formulation")).to_contain_text("Lives on the third floor")

    begin(page, "goals", "Add a goal")
    text(page, "title").fill("Climb the stairs")
    text(page, "measure").fill("floors")
    text(page, "target").fill("3")
    listed(page, "owner", "Milo Invented, physiotherapy")
    field(page, "evidence").get_by_role("button", name=re.compile("The page's days")).click()
    listed(page, "evidence", "Pain")
    saved(page)
    expect(item(page, "goals", "Climb the stairs")).to_contain_text("Floors: to 3 · Milo Invented")
    expect(item(page, "goals", "Climb the stairs")).to_contain_text("Since agreed: pain")

    begin(page, "interventions", "Add an intervention")
    listed(page, "code", "Chiropractic / manual therapy")
    expect(field(page, "code")).to_contain_text("Unconfirmed: EULAR 2017 against, on safety grounds [K]")
    saved(page)
    expect(section(page, "interventions")).to_contain_text("Unconfirmed: EULAR 2017 against")

    begin(page, "actions", "Add an action")
    text(page, "title").fill("Ask for a lift")
    saved(page)
    expect(item(page, "actions", "Ask for a lift")).to_contain_text("no date · no owner")
    expect(section(page, "top")).to_contain_text("No owner")


def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00011")
    begin(page, "goals", "Add a goal")
    text(page, "title").fill("Sleep")
    text(page, "due").fill("1 Jan 2020")
    save(page)
    expect(error(page, "due")).to_contain_text("1 Jan 2020 is before it was agreed")
    expect(error(page, "measure")).to_have_text("Say how anyone will see that it was reached")
    expect(text(page, "title")).to_have_value("Sleep")
    expect(page.get_by_role("button", name="Sleep", exact=True)).to_have_count(0)

    click(page.get_by_role("button", name="Close", exact=True))
    expect(page.locator(".st-key-plan_panel")).to_have_count(0)
    reload(page)
    begin(page, "goals", "Go on with draft of a goal")
    expect(text(page, "due")).to_have_value("1 Jan 2020")


def test_two_people_change_one_goal_and_the_second_chooses_field_by_field(served: Served, open_page: Open) -> None:
    physio = care_plan(open_page(served.url), "FB-00012", PHYSIO)
    new_goal(physio, "Garden")
    physician = care_plan(open_page(served.url), "FB-00012", PHYSICIAN)
    change(physician, "goals", "Garden")
    change(physio, "goals", "Garden")
    text(physio, "unit").fill("min")
    text(physio, "target").fill("30")
    saved(physio)

    text(physician, "target").fill("45")
    text(physician, "barriers").fill("Wet grass")
    kept(physician)
    save(physician)
    clash = form(physician).get_by_role("group", name=re.compile("newer version"))
    expect(clash).to_contain_text("Milo Invented")
    rows = clash.locator(".row")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="Target")).to_contain_text("30")
    expect(rows.filter(has_text="Target")).to_contain_text("45")
    expect(clash.get_by_role("radio", checked=True)).to_have_count(0)
    expect(item(physio, "goals", "Garden")).to_contain_text("to 30 min")

    rows.filter(has_text="Target").get_by_role("radio", name=re.compile("Mine")).click()
    rows.filter(has_text="Unit").get_by_role("radio", name=re.compile("Theirs")).click()
    rows.filter(has_text="Barriers").get_by_role("radio", name=re.compile("Mine")).click()
    save(physician, "Save what I chose")
    expect(physician.locator(".st-key-plan_panel")).to_have_count(0)
    expect(item(physician, "goals", "Garden")).to_contain_text("to 45 min")
    act(physician, "goals", "Garden", "History of Garden")
    history = item(physician, "goals", "Garden").locator(".history")
    expect(history).to_contain_text("Changed by Milo Invented")
    expect(history).to_contain_text("Target: 30 → 45")
    expect(history).to_contain_text("Barriers: nothing → Wet grass")


def test_a_goal_is_rated_with_the_words_of_its_level(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00013")
    new_goal(page, "Swim")
    expect(section(page, "goals")).to_contain_text("T score cannot be computed: not rated yet")
    act(page, "goals", "Swim", "Rate Swim")
    expect(form(page)).to_be_visible()
    field(page, "level").get_by_role("radio", name=re.compile("better than expected")).first.click()
    text(page, "remark").fill("Twice a week")
    saved(page)
    expect(item(page, "goals", "Swim").locator("li.now")).to_have_text("+1")
    expect(item(page, "goals", "Swim")).to_contain_text("Better than expected")


def test_an_action_is_done_in_one_click_and_open_again_in_another(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00014")
    begin(page, "actions", "Add an action")
    text(page, "title").fill("Ring the pharmacist")
    saved(page)
    act(page, "actions", "Ring the pharmacist", "Mark as done: Ring the pharmacist")
    expect(page.get_by_text("Marked as done by Milo Invented: Ring the pharmacist")).to_be_visible()
    expect(item(page, "actions", "Ring the pharmacist")).to_have_count(0)
    click(section(page, "actions").get_by_role("button", name=re.compile(r"^Done or cancelled \(\d+\)$")))
    expect(item(page, "actions", "Ring the pharmacist")).to_contain_text("done")
    act(page, "actions", "Ring the pharmacist", "Reopen Ring the pharmacist")
    expect(page.get_by_text("Open again by Milo Invented: Ring the pharmacist")).to_be_visible()


def test_a_click_on_an_action_that_somebody_changed_meanwhile_writes_nothing(served: Served, open_page: Open) -> None:
    one = care_plan(open_page(served.url), "FB-00015", PHYSIO)
    begin(one, "actions", "Add an action")
    text(one, "title").fill("Order a stool")
    saved(one)
    other = care_plan(open_page(served.url), "FB-00015", PHYSICIAN)
    expect(item(other, "actions", "Order a stool")).to_be_visible()
    act(one, "actions", "Order a stool", "Cancel Order a stool")
    expect(item(one, "actions", "Order a stool")).to_have_count(0)
    act(other, "actions", "Order a stool", "Mark as done: Order a stool")
    expect(other.get_by_text("Milo Invented changed this action since you opened the page.")).to_be_visible()
    click(section(other, "actions").get_by_role("button", name=re.compile("^Done or cancelled")))
    expect(item(other, "actions", "Order a stool")).to_contain_text("cancelled")


def test_a_coordinator_reads_the_plan_and_finds_no_button_to_change_it(served: Served, open_page: Open) -> None:
    new_goal(care_plan(open_page(served.url), "FB-00016"), "Dance")
    page = open_page(served.url)
    enter(page, COORDINATOR)
    find(page, "FB-00016")
    go_to(page, "Care plan")
    expect(item(page, "goals", "Dance")).to_be_visible()
    names = page.locator(".st-key-plan_agreed").get_by_role(
        "button", name=re.compile("^(Add|Change|Rate|Mark as done)")
    )
    expect(names).to_have_count(0)


def test_the_plan_and_its_form_pass_axe_and_fit_a_phone(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url, viewport=PHONE), "FB-00002")
    expect_no_scrolling_sideways(page)
    begin(page, "goals", "Add a goal")
    expect_no_scrolling_sideways(page)
    assert axe.serious(page) == []


def test_a_form_is_opened_filled_in_and_saved_by_keys_alone(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00018")
    section(page, "actions").get_by_role("button", name="Add an action", exact=True).press("Enter")
    expect(text(page, "title")).to_be_focused()
    page.keyboard.type("By keys alone")
    page.keyboard.press("Control+Enter")
    expect(item(page, "actions", "By keys alone")).to_be_visible()
    expect(section(page, "actions").get_by_role("button", name="Add an action", exact=True)).to_be_focused()
