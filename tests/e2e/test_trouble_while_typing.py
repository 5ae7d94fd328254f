"""Somebody types a note, or into a form of the plan, and the server dies, its database refuses, the sign-in ends.

When the server dies as in a power cut, at most the last two seconds are not on its disk; whatever else happens, the
window still knows every word and hands it over once it can.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.e2e import plan_page
from tests.e2e.note_editor import care_plan, editor, status
from tests.e2e.plan_page import section
from tests.e2e.steps import PHYSIO, SAVED, Open, click, enter, sign_out_in_another_window, still
from tests.serving import MortalServer, Served

pytestmark = pytest.mark.browser
AT_MOST = 2.0  # seconds of typing that may be missing
LATEST = 1.5  # seconds after which what was typed is on its way
TYPED_FOR = 6.0  # seconds before the server dies: long enough for several saves, and no pause in them
WORD = "word "


def note(page: Page) -> Locator:
    still(page)
    return editor(page)


def note_status(page: Page) -> Locator:
    return status(page)


def goal(page: Page) -> Locator:
    """The text of a new goal, whose form is opened first where it is not open; its draft is offered there."""
    if plan_page.form(page).count() == 0:
        click(section(page, "goals").get_by_role("button", name=re.compile("^(Add|Go on with draft of) a goal$")))
        expect(plan_page.form(page)).to_be_visible()
        still(page)
    return plan_page.text(page, "why")


def goal_status(page: Page) -> Locator:
    return plan_page.form(page).locator(".status")


PLACES: dict[str, tuple[Callable[[Page], Locator], Callable[[Page], Locator]]] = {
    "note": (note, note_status),
    "form": (goal, goal_status),
}


@dataclass
class Typed:
    """What stood in the field when, in seconds, and how long the server took for its answers."""

    log: list[tuple[float, str]] = field(default_factory=lambda: [(monotonic(), "")])
    sent_at: float = 0.0
    slowest: float = 0.0

    def listen(self, page: Page) -> None:
        """Follows what the page sends from its next connection on, and how soon it is answered."""
        page.on("websocket", self._follow)

    def _follow(self, line: WebSocket) -> None:
        line.on("framesent", lambda _: self._sent())
        line.on("framereceived", lambda _: self._answered())

    def _sent(self) -> None:
        self.sent_at = self.sent_at or monotonic()

    def _answered(self) -> None:
        if self.sent_at:
            self.slowest = max(self.slowest, monotonic() - self.sent_at)
        self.sent_at = 0.0

    def without_a_pause(self, into: Locator) -> None:
        """Types for as long as several saves take."""
        self.slowest, until = 0.0, monotonic() + TYPED_FOR
        while monotonic() < until:
            into.press_sequentially(WORD, delay=15)
            self.log.append((monotonic(), self.all + WORD))

    @property
    def all(self) -> str:
        """Every word."""
        return self.log[-1][1]

    @property
    def two_seconds_before(self) -> str:
        """What stood there two seconds before the end; a machine that answers late is allowed its own lateness."""
        missing = max(AT_MOST, LATEST + self.slowest)
        end = self.log[-1][0]
        return max((text for at, text in self.log if at <= end - missing), key=len, default="")


def typed_and_killed(into: Locator, server: MortalServer, typed: Typed) -> Typed:
    """Types without a pause, and has the server die in the middle of it."""
    typed.without_a_pause(into)
    server.kill()
    return typed


def on_the_care_plan(server: MortalServer, open_page: Open) -> tuple[Page, Typed]:
    """The page, and what is typed on it."""
    page, typed = open_page("about:blank"), Typed()
    typed.listen(page)
    page.goto(server.start())
    return care_plan(page, "FB-00005"), typed


@pytest.mark.parametrize("place", PLACES)
def test_at_most_the_last_two_seconds_are_missing_on_another_screen(
    place: str, mortal_server: MortalServer, open_page: Open
) -> None:
    field_of, told = PLACES[place]
    page, typed = on_the_care_plan(mortal_server, open_page)
    typed_and_killed(field_of(page), mortal_server, typed)
    page.context.close()  # the window that still knows the words is gone too
    other = care_plan(open_page(mortal_server.start()), "FB-00005")
    expect(field_of(other)).to_have_value(re.compile(f"^{typed.two_seconds_before}"))
    expect(told(other)).to_have_text(SAVED)
    assert typed.all.startswith(field_of(other).input_value())
    assert typed.two_seconds_before


@pytest.mark.parametrize("place", PLACES)
def test_the_window_that_is_still_open_brings_back_every_word(
    place: str, mortal_server: MortalServer, open_page: Open
) -> None:
    field_of, told = PLACES[place]
    page, typed = on_the_care_plan(mortal_server, open_page)
    into = field_of(page)
    typed_and_killed(into, mortal_server, typed)
    into.press_sequentially("and the end.", delay=15)
    expect(told(page)).to_contain_text("Not saved yet")
    mortal_server.start()
    enter(page, PHYSIO)
    expect(field_of(page)).to_have_value(f"{typed.all}and the end.")
    expect(told(page)).to_have_text(SAVED)


@pytest.mark.parametrize("place", PLACES)
def test_words_the_database_refuses_stay_in_the_window_and_are_saved_once_it_takes_them(
    place: str, served: Served, open_page: Open
) -> None:
    field_of, told = PLACES[place]
    page = care_plan(open_page(served.url), "FB-00006")
    into = field_of(page)
    into.press_sequentially("Before. ")
    expect(told(page)).to_have_text(SAVED)
    with closing(sqlite3.connect(served.database_url.removeprefix("sqlite:///"))) as another_program:
        another_program.execute("BEGIN IMMEDIATE")
        into.press_sequentially("Refused.")
        expect(page.get_by_text("Another program holds the database").first).to_be_visible()
    expect(told(page)).to_have_text(SAVED)
    expect(page.get_by_text("Another program holds the database")).to_have_count(0)
    page.reload()
    expect(field_of(page)).to_have_value("Before. Refused.")


@pytest.mark.parametrize("place", PLACES)
def test_words_typed_after_the_sign_in_was_taken_away_are_there_on_signing_in_again(
    place: str, served: Served, open_page: Open
) -> None:
    field_of, told = PLACES[place]
    page = care_plan(open_page(served.url), "FB-00007")
    into = field_of(page)
    into.press_sequentially("Before. ")
    expect(told(page)).to_have_text(SAVED)
    sign_out_in_another_window(page)
    into.press_sequentially("Nobody heard this.")
    enter(page, PHYSIO)
    expect(field_of(page)).to_have_value("Before. Nobody heard this.")
    expect(told(page)).to_have_text(SAVED)
