"""A form that keeps itself, in a real browser: nothing typed is lost, nobody overwrites anybody, all by keys."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from data_access.engine import connect_engine, reading
from data_access.tables import form_drafts
from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.kept_form import button, error, field, form, kept, ready, save, status, text
from tests.e2e.line import Line, on_a_line
from tests.e2e.lone_page import lone_page
from tests.e2e.steps import Open, click, expect_no_scrolling_sideways, still

pytestmark = pytest.mark.browser
PHYSIO, PSYCHOLOGIST = 2, 3
PASTE = "area => { area.value = 'y'.repeat(5_000_000); area.dispatchEvent(new Event('input')); }"
TOO_LONG = re.compile(r"These answers have [\d,]+ characters; a form holds 250,000.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the thing lies that the form changes, and the database of its drafts."""
    return tmp_path_factory.mktemp("form")


@pytest.fixture(scope="module")
def address(clinic_today: Path, folder: Path) -> Iterator[str]:
    """Where the page with the form is served."""
    shutil.copy(clinic_today, folder / "clinic.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORM_PAGE_FOLDER", str(folder))
        patch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{folder / 'clinic.db'}")
        with lone_page(Path(__file__).parent / "form_page.py") as url:
            yield url


@pytest.fixture(autouse=True)
def nothing_on_record(folder: Path) -> None:
    """Each test begins with a thing that is not there yet, room in the database, and everybody signed in."""
    for name in ("thing.json", "full", "out"):
        (folder / name).unlink(missing_ok=True)


@pytest.fixture
def engine(folder: Path) -> Iterator[sa.Engine]:
    """The database of the drafts."""
    found = connect_engine(f"sqlite:///{folder / 'clinic.db'}")
    yield found
    found.dispose()


def at(address: str, patient: int, person: int = PHYSIO) -> str:
    return f"{address}/?patient={patient}&as={person}"


def on_record(page: Page, words: str) -> None:
    expect(page.get_by_text(f"On record: {words}", exact=True)).to_be_visible()


def longest(engine: sa.Engine) -> int:
    """Characters of the longest draft."""
    with reading(engine) as conn:
        return int(conn.execute(sa.select(sa.func.max(sa.func.length(form_drafts.c.content)))).scalar() or 0)


def test_what_is_typed_stands_again_after_a_reload_and_on_another_device(address: str, open_page: Open) -> None:
    page = ready(open_page(at(address, 3)))
    text(page, "title").press_sequentially("Walk to the bakery", delay=20)
    field(page, "owner").get_by_role("combobox").select_option("Somebody else …")
    field(page, "owner").get_by_label("Owner: name").fill("Her sister")
    text(page, "due").fill("31 Feb 2026")  # no day, and kept all the same
    field(page, "confidence").get_by_role("radio", name="7", exact=True).click()
    click(field(page, "evidence").get_by_role("button", name=re.compile("The page's days")))
    kept(page)
    page.reload()
    for seen in (ready(page), ready(open_page(at(address, 3)))):
        expect(text(seen, "title")).to_have_value("Walk to the bakery")
        expect(field(seen, "owner").get_by_label("Owner: name")).to_have_value("Her sister")
        expect(text(seen, "due")).to_have_value("31 Feb 2026")
        expect(field(seen, "confidence").get_by_role("radio", checked=True)).to_have_text("7")
        expect(text(seen, "evidence")).to_have_value("31 Aug 2026")
        expect(form(seen).locator(".notice")).to_contain_text("It counts once you save it.")
        kept(seen)
        on_record(seen, "nothing, revision 0")


def test_a_draft_belongs_to_one_person_and_one_patient(address: str, open_page: Open) -> None:
    page = ready(open_page(at(address, 4)))
    text(page, "title").fill("Mine alone")
    kept(page)
    for other in (at(address, 4, PSYCHOLOGIST), at(address, 5)):
        expect(text(ready(open_page(other)), "title")).to_have_value("")


def test_somebody_who_never_pauses_is_saved_all_the_same(address: str, open_page: Open, engine: sa.Engine) -> None:
    page = ready(open_page(at(address, 6)))
    before, typed = longest(engine), 0
    while longest(engine) <= before:
        assert typed < 300, "nothing was saved while the typing went on"
        text(page, "why").press_sequentially("nnnnnnnnnn", delay=30)
        typed += 10
    expect(text(page, "why")).to_have_value("n" * typed)


def test_errors_stand_at_their_fields_and_go_with_what_was_wrong(address: str, open_page: Open) -> None:
    page = ready(open_page(at(address, 7)))
    text(page, "target").fill("many")
    text(page, "due").fill("3/11/2026")
    text(page, "why").fill("w" * 85)
    expect(field(page, "why").locator(".left")).to_have_text("15 characters left")
    text(page, "why").fill("w" * 103)
    expect(field(page, "why").locator(".left")).to_have_text("3 characters too many")
    save(page)
    expect(status(page)).to_have_text(re.compile(r"^Not saved: look at 4 answers\. Draft saved \d\d:\d\d:\d\d\.$"))
    expect(error(page, "title")).to_have_text("An answer is needed here.")
    expect(text(page, "title")).to_be_focused()
    expect(error(page, "target")).to_have_text("This is not a number. Write it like 7 or 7.5.")
    expect(error(page, "due")).to_contain_text("This can be read as two different days.")
    expect(error(page, "why")).to_have_text("103 characters; 100 fit.")
    text(page, "target").fill("20")
    expect(error(page, "target")).to_be_hidden()
    kept(page)
    expect(error(page, "due")).to_be_visible()
    on_record(page, "nothing, revision 0")


def test_what_the_caller_refuses_stands_at_its_field_and_the_draft_stays(address: str, open_page: Open) -> None:
    page = ready(open_page(at(address, 8)))
    text(page, "title").fill("Met without a level")
    field(page, "status").get_by_role("radio", name="Met").click()
    save(page)
    expect(error(page, "level")).to_have_text("A goal that is met needs its attainment.")
    page.reload()
    expect(text(ready(page), "title")).to_have_value("Met without a level")
    field(page, "level").get_by_role("radio", name="+1, better than expected").click()
    save(page)
    expect(status(page)).to_have_text("Goal saved.")
    on_record(page, "Met without a level, revision 1")


def test_a_saved_form_leaves_no_draft_and_shows_what_is_on_record(address: str, open_page: Open) -> None:
    page = ready(open_page(at(address, 9)))
    text(page, "title").press_sequentially("Typed and saved in one breath")
    page.keyboard.press("Control+Enter")
    expect(status(page)).to_have_text("Goal saved.")
    on_record(page, "Typed and saved in one breath, revision 1")
    expect(button(page, "Discard draft")).to_be_hidden()
    page.reload()
    expect(status(ready(page))).to_have_text("What you fill in saves itself as a draft.")
    expect(text(page, "title")).to_have_value("Typed and saved in one breath")


def test_a_discarded_draft_is_gone_and_what_is_on_record_stands_again(address: str, open_page: Open) -> None:
    page = ready(open_page(at(address, 10)))
    text(page, "title").fill("Never mind")
    kept(page)
    click(button(page, "Discard draft"))
    button(page, "Keep it").click()
    expect(text(page, "title")).to_have_value("Never mind")
    click(button(page, "Discard draft"))
    button(page, "Discard it").click()
    expect(text(page, "title")).to_have_value("")
    page.reload()
    expect(text(ready(page), "title")).to_have_value("")


def test_two_windows_put_together_what_each_of_them_changed(address: str, open_page: Open) -> None:
    one = ready(open_page(at(address, 11)))
    other = ready_again(one)
    text(one, "title").fill("From one")
    kept(one)
    text(other, "why").fill("From the other")
    kept(other)
    expect(text(other, "title")).to_have_value("From one")
    text(one, "target").fill("20")
    kept(one)
    expect(text(one, "why")).to_have_value("From the other")


def test_the_same_answer_changed_in_two_windows_is_asked_about(address: str, open_page: Open) -> None:
    one = ready(open_page(at(address, 12)))
    other = ready_again(one)
    text(one, "title").fill("From one")
    kept(one)
    text(other, "title").fill("From the other")
    expect(form(other).get_by_text("This was changed in another window too")).to_be_visible()
    expect(form(other).get_by_text("Goal: From one", exact=True)).to_be_visible()
    expect(text(other, "title")).to_have_value("From the other")
    button(other, "Keep both texts").click()
    kept(other)
    one.reload()
    expect(text(ready(one), "title")).to_have_value(re.compile("^From the other.*In another window:.*From one$"))


def test_a_draft_discarded_in_another_window_takes_nothing_with_it(address: str, open_page: Open) -> None:
    one = ready(open_page(at(address, 13)))
    text(one, "title").fill("Shared")
    kept(one)
    other = ready_again(one)
    expect(text(other, "title")).to_have_value("Shared")
    click(button(other, "Discard draft"))
    button(other, "Discard it").click()
    expect(text(other, "title")).to_have_value("")
    text(one, "title").press_sequentially(" no more")
    expect(form(one).get_by_text("This draft was saved or discarded in another window.")).to_be_visible()
    button(one, "Keep mine as a new draft").click()
    kept(one)
    one.reload()
    expect(text(ready(one), "title")).to_have_value("Shared no more")


def test_a_draft_kept_anew_stands_on_the_version_it_was_written_on(address: str, open_page: Open) -> None:
    one = ready(open_page(at(address, 1)))
    text(one, "title").fill("Shared")
    kept(one)
    other = ready_again(one)
    click(button(other, "Discard draft"))
    button(other, "Discard it").click()
    expect(text(other, "title")).to_have_value("")
    colleague = ready(open_page(at(address, 1, PSYCHOLOGIST)))
    text(colleague, "title").fill("Theirs")
    text(colleague, "why").fill("Their reason")
    save(colleague)
    expect(status(colleague)).to_have_text("Goal saved.")
    text(one, "title").press_sequentially(" no more")
    click(button(one, "Keep mine as a new draft"))
    kept(one)
    expect(form(one).locator(".notice")).to_contain_text("A newer version was saved since you began this draft.")
    save(one)
    expect(form(one).get_by_role("heading", name="Somebody saved a newer version")).to_be_visible()
    expect(form(one).locator(".version")).to_have_text(["Theirs", "Shared no more", "Their reason", "Empty"])
    click(button(one, "Take what only one of us changed"))
    form(one).get_by_role("radiogroup", name="Goal").get_by_role("radio", name="Mine").click()
    click(button(one, "Save what I chose"))
    on_record(one, "Shared no more, revision 2")
    expect(text(one, "why")).to_have_value("Their reason")


def ready_again(page: Page) -> Page:
    """The same form in a second window of the same browser."""
    other = page.context.new_page()
    other.goto(page.url)
    return ready(other)


def two_people(address: str, open_page: Open, patient: int) -> Page:
    """The window of the second saver, who meets what the first one saved."""
    one = ready(open_page(at(address, patient)))
    other = ready(open_page(at(address, patient, PSYCHOLOGIST)))
    text(one, "title").fill("Theirs <b>first</b>")
    text(one, "target").fill("10")
    save(one)
    expect(status(one)).to_have_text("Goal saved.")
    text(other, "title").fill("Mine")
    text(other, "why").fill("Because of the garden.\nAnd the dog.")
    save(other)
    expect(form(other).get_by_role("heading", name="Somebody saved a newer version")).to_be_focused()
    return other


def test_the_second_of_two_people_sees_both_versions_and_chooses_by_keys(address: str, open_page: Open) -> None:
    page = two_people(address, open_page, 14)
    expect(form(page).locator(".by")).to_contain_text("Saved by Milo Invented")
    expect(form(page).locator(".row .label")).to_have_text(["Goal", "Why it matters", "Target"])
    expect(form(page).locator(".version")).to_have_text(
        ["Theirs <b>first</b>", "Mine", "Empty", "Because of the garden.\nAnd the dog.", "10 minutes a day", "Empty"]
    )
    expect(form(page).get_by_role("radio", checked=True)).to_have_count(0)
    button(page, "Save what I chose").press("Enter")
    expect(form(page).locator(".unchosen")).to_have_text("3 of 3 not chosen yet")
    on_record(page, "Theirs <b>first</b>, revision 1")
    page.keyboard.press("ArrowRight")  # theirs
    page.keyboard.press("Tab")
    page.keyboard.press("End")  # mine
    page.keyboard.press("Tab")
    page.keyboard.press("Home")  # theirs
    expect(form(page).locator(".unchosen")).to_have_text("")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("Goal saved.")
    on_record(page, "Theirs <b>first</b>, revision 2")
    expect(text(page, "why")).to_have_value("Because of the garden.\nAnd the dog.")
    expect(text(page, "target")).to_have_value("10")


def test_what_only_one_of_two_people_changed_is_taken_by_one_press(address: str, open_page: Open) -> None:
    page = two_people(address, open_page, 2)
    expect(form(page).get_by_role("radio", name="Mine, as it was before")).to_have_count(1)  # the target
    click(button(page, "Take what only one of us changed"))
    expect(form(page).locator(".unchosen")).to_have_text("1 of 3 not chosen yet")
    form(page).get_by_role("radiogroup", name="Goal").get_by_role("radio", name="Mine").click()
    click(button(page, "Save what I chose"))
    on_record(page, "Mine, revision 2")
    expect(text(page, "target")).to_have_value("10")
    expect(text(page, "why")).to_have_value("Because of the garden.\nAnd the dog.")


def test_after_a_clash_the_draft_can_be_gone_back_to_and_outlives_a_reload(address: str, open_page: Open) -> None:
    page = two_people(address, open_page, 15)
    click(button(page, "Back to my draft"))
    expect(text(page, "title")).to_have_value("Mine")
    page.reload()
    expect(text(ready(page), "title")).to_have_value("Mine")
    expect(form(page).locator(".notice")).to_contain_text("A newer version was saved since you began this draft.")
    save(page)
    click(button(page, "Keep all mine"))
    click(button(page, "Save what I chose"))
    on_record(page, "Mine, revision 2")


def test_five_megabytes_never_reach_the_database_and_the_draft_before_stays(
    address: str, open_page: Open, engine: sa.Engine
) -> None:
    page = ready(open_page(at(address, 16)))
    text(page, "why").fill("x" * 200_000)
    kept(page)
    text(page, "why").evaluate(PASTE)
    expect(form(page).get_by_text(TOO_LONG)).to_be_visible()
    expect(status(page)).to_have_text("Not saved: too long")
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before unsaved text is left
    page.reload()
    expect(text(ready(page), "why")).to_have_value("x" * 200_000)
    assert longest(engine) < 250_000


def test_words_typed_while_the_line_is_cut_are_there_when_it_is_back(address: str, open_page: Open) -> None:
    page, line = on_a_line(open_page, at(address, 17))
    text(ready(page), "title").press_sequentially("Before.")
    kept(page)
    line.cut = True
    text(page, "title").press_sequentially(" While it was cut.")
    expect(status(page)).to_contain_text("Not saved yet: the server does not answer.")
    line.cut = False
    kept(page)
    expect(text(page, "title")).to_have_value("Before. While it was cut.")
    expect(text(ready_again(page), "title")).to_have_value("Before. While it was cut.")


def test_a_submission_whose_answer_is_late_is_saved_once(address: str, open_page: Open) -> None:
    page, line = on_a_line(open_page, at(address, 18))
    text(ready(page), "title").fill("Once")
    kept(page)
    held_back(page, line)
    expect(status(page)).to_have_text("Goal saved.")
    on_record(page, "Once, revision 1")


def held_back(page: Page, line: Line) -> None:
    """Presses Save while the line is cut: what was lost is sent again once it is back."""
    line.cut = True
    save(page)
    expect(status(page)).to_contain_text("Not saved yet: the server does not answer.")
    line.cut = False


def test_words_typed_after_the_sign_in_expired_come_back_with_the_form(
    address: str, open_page: Open, folder: Path
) -> None:
    page = ready(open_page(at(address, 19)))
    text(page, "title").press_sequentially("Before.")
    kept(page)
    (folder / "out").touch()
    text(page, "title").press_sequentially(" Nobody heard this.")
    expect(page.get_by_text("You are at the door.")).to_be_visible()
    (folder / "out").unlink()
    page.keyboard.press("r")  # the page draws itself anew, as it does when somebody signs in
    expect(text(ready(page), "title")).to_have_value("Before. Nobody heard this.")
    kept(page)
    expect(text(ready_again(page), "title")).to_have_value("Before. Nobody heard this.")


def test_a_full_disk_is_told_and_what_was_typed_is_saved_once_there_is_room(
    address: str, open_page: Open, folder: Path
) -> None:
    page = ready(open_page(at(address, 20)))
    text(page, "title").fill("Before")
    kept(page)
    (folder / "full").touch()
    text(page, "why").fill("z" * 180_000)  # more than the pages that are there have room for
    expect(form(page).get_by_text("There is no space left for the database.")).to_be_visible()
    expect(status(page)).to_have_text("Not saved")
    expect(text(page, "why")).to_have_value("z" * 180_000)
    (folder / "full").unlink()
    kept(page)
    expect(form(page).get_by_text("There is no space left for the database.")).to_be_hidden()
    expect(text(ready_again(page), "why")).to_have_value("z" * 180_000)


def test_a_calendar_writes_the_day_chosen_in_it(address: str, open_page: Open) -> None:
    page = ready(open_page(at(address, 21)))
    field(page, "due").locator(".picker").evaluate(
        "day => { day.value = '2026-12-24'; day.dispatchEvent(new Event('change')); }"
    )
    expect(text(page, "due")).to_have_value("24 Dec 2026")
    expect(text(page, "due")).to_be_focused()


def test_a_region_is_asked_for_with_its_chart_only(address: str, open_page: Open) -> None:
    page = ready(open_page(at(address, 22)))
    region = field(page, "evidence").get_by_label("Region")
    expect(region).to_be_hidden()
    field(page, "evidence").get_by_label("Chart").select_option("Pain in one region")
    region.select_option("Right knee")
    click(field(page, "evidence").get_by_role("button", name=re.compile("The page's days")))
    text(page, "title").fill("With evidence")
    save(page)
    expect(status(page)).to_have_text("Goal saved.")
    expect(region).to_have_value("f_knee_r")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_its_errors_and_a_clash_can_be_used_by_everybody(address: str, open_page: Open, scheme: str) -> None:
    patient = 23 if scheme == "light" else 24
    page = ready(open_page(at(address, patient), color_scheme=scheme, viewport=PHONE))
    assert axe.serious(page) == []
    save(page)
    expect(error(page, "title")).to_be_visible()
    assert axe.serious(page) == []
    expect_no_scrolling_sideways(page)
    text(page, "title").fill("Mine")
    kept(page)
    other = ready(open_page(at(address, patient, PSYCHOLOGIST)))
    text(other, "title").fill("Theirs")
    save(other)
    expect(status(other)).to_have_text("Goal saved.")
    save(page)
    expect(form(page).get_by_role("heading", name="Somebody saved a newer version")).to_be_visible()
    still(page)
    assert axe.serious(page) == []
    expect_no_scrolling_sideways(page)
