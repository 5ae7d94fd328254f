"""Notes of several people in a real browser: written at once, found again, countersigned, and led to by a chart."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.note_editor import care_plan, editor, open_pins, sign, signed, status
from tests.e2e.steps import (
    PHYSIO,
    PSYCHOLOGIST,
    SAVED,
    Open,
    choose_period,
    click,
    enter,
    expect_no_scrolling_sideways,
    find,
    go_to,
    press_button,
    reload,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
HOSTILE = "<script>document.title = 'taken'</script> <b>no</b> [link](javascript:alert(1))"


def note(page: Page, text: str) -> Locator:
    """The signed note that holds those words."""
    return signed(page).get_by_role("article").filter(has_text=text)


def written_and_signed(page: Page, text: str) -> None:
    editor(page).fill(text)
    expect(status(page)).to_have_text(SAVED)
    sign(page)
    expect(page.get_by_text(re.compile("Note signed"))).to_be_visible()
    expect(note(page, text)).to_be_visible()


def test_two_people_write_about_one_patient_at_once_and_neither_touches_the_others_text(
    served: Served, open_page: Open
) -> None:
    physio = care_plan(open_page(served.url), "FB-00003", PHYSIO)
    psychologist = care_plan(open_page(served.url), "FB-00003", PSYCHOLOGIST)
    editor(physio).press_sequentially("Stairs hurt.")
    editor(psychologist).press_sequentially("Worry is loud.")
    expect(status(physio)).to_have_text(SAVED)
    expect(status(psychologist)).to_have_text(SAVED)
    sign(physio)
    expect(physio.get_by_text(re.compile("Note signed"))).to_be_visible()
    expect(editor(psychologist)).to_have_value("Worry is loud.")
    sign(psychologist)
    expect(note(psychologist, "Worry is loud.")).to_be_visible()
    expect(note(psychologist, "Stairs hurt.")).to_be_visible()
    reload(physio)
    expect(note(physio, "Worry is loud.")).to_contain_text(f"Psychology · {PSYCHOLOGIST}")


def test_last_months_note_of_the_psychologist_is_two_clicks_from_the_summary(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00004", PSYCHOLOGIST)
    written_and_signed(page, "Sleep is the topic.")
    page = open_page(served.url)
    enter(page, PHYSIO)
    find(page, "FB-00004")
    go_to(page, "Care plan")
    click(signed(page).get_by_role("button", name=re.compile("^Psychology")))
    expect(note(page, "Sleep is the topic.")).to_be_visible()
    others = signed(page).get_by_role("article").filter(has_not_text="Psychology · ")
    expect(others).to_have_count(0)


def test_a_colleague_sees_what_is_unread_and_countersigns_it(served: Served, open_page: Open) -> None:
    author = care_plan(open_page(served.url), "FB-00005", PHYSIO)
    editor(author).fill("For two people.")
    expect(status(author)).to_have_text(SAVED)
    press_button(author, "Sign …")
    click(author.get_by_role("dialog").get_by_text(f"{PSYCHOLOGIST}, psychology"))
    press_button(author, "Sign and make final")
    expect(note(author, "For two people.")).to_contain_text(f"Waits for the countersignature of {PSYCHOLOGIST}")

    colleague = care_plan(open_page(served.url), "FB-00005", PSYCHOLOGIST)
    expect(note(colleague, "For two people.")).to_contain_text("Unread")
    click(signed(colleague).get_by_role("button", name=re.compile("^To countersign")))
    expect(signed(colleague).get_by_role("article")).to_have_count(1)
    click(note(colleague, "For two people.").get_by_role("button", name=re.compile("^Countersign …")))
    dialog = colleague.get_by_role("dialog")
    expect(dialog).to_contain_text("For two people.")
    still(colleague)
    colleague.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(note(colleague, "For two people.").get_by_role("button", name=re.compile("^Countersign …"))).to_be_focused()
    still(colleague)
    colleague.keyboard.press("Enter")
    expect(dialog).to_contain_text("For two people.")
    dialog.get_by_label(re.compile("^Remark")).fill("Agreed in the room.")
    press_button(colleague, "Countersign")
    expect(dialog).to_have_count(0)
    click(signed(colleague).get_by_role("button", name=re.compile("^All")))
    expect(note(colleague, "For two people.")).to_contain_text(f"Countersigned by {PSYCHOLOGIST}, psychology")
    expect(note(colleague, "For two people.")).to_contain_text("Agreed in the room.")
    reload(author)
    expect(note(author, "For two people.")).to_contain_text(f"Countersigned by {PSYCHOLOGIST}")


def test_its_author_asks_for_a_countersignature_of_a_signed_note(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00006", PHYSIO)
    editor(page).fill("Asked for later.")
    expect(status(page)).to_have_text(SAVED)
    press_button(page, "Sign …")
    press_button(page, "Sign and make final")
    mine = note(page, "Asked for later.")
    click(mine.get_by_role("button", name=re.compile("^Ask to countersign …")))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Ask", exact=True)).to_be_disabled()
    click(dialog.get_by_text(f"{PSYCHOLOGIST}, psychology"))
    press_button(page, "Ask")
    expect(dialog).to_have_count(0)
    expect(mine).to_contain_text(f"Waits for the countersignature of {PSYCHOLOGIST}")
    click(mine.get_by_role("button", name=re.compile("^Ask to countersign …")))
    expect(dialog).not_to_contain_text(f"{PSYCHOLOGIST}, psychology")


def test_a_search_marks_the_words_and_goes_on_while_one_types(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00006")
    written_and_signed(page, "Kayaking with the timer.")
    written_and_signed(page, "Sleeps well.")
    search = signed(page).get_by_role("searchbox", name="Search notes")
    search.press_sequentially("kaya", delay=80)
    expect(signed(page).locator("mark")).to_have_text(["Kaya"])
    expect(note(page, "Sleeps well.")).to_have_count(0)
    expect(search).to_be_focused()
    search.press_sequentially("king tim")
    expect(signed(page).locator("mark")).to_have_text(["Kayaking", "tim"])
    search.fill("")
    expect(note(page, "Sleeps well.")).to_be_visible()


def test_a_kind_of_note_puts_headings_into_an_empty_text_and_never_over_words(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00007", PSYCHOLOGIST)
    kind = page.get_by_role("combobox", name="Kind of note")
    kind.select_option("Review")
    expect(editor(page)).to_have_value(re.compile("^## Since last time\n\n## Practised between sessions\n"))
    kind.select_option("Telephone")
    expect(editor(page)).to_have_value(re.compile("^## Who called and why\n"))
    expect(status(page)).to_have_text(SAVED)
    expect(page.get_by_role("button", name="Sign …", exact=True)).to_be_disabled()
    editor(page).fill("Called about sleep.")
    kind.select_option("Assessment")
    expect(page.get_by_text("Your text stays as it is")).to_be_visible()
    expect(editor(page)).to_have_value("Called about sleep.")
    expect(status(page)).to_have_text(SAVED)
    reload(page)
    expect(kind).to_have_value("assessment")
    expect(editor(page)).to_have_value("Called about sleep.")


def test_pins_are_kept_with_the_draft_and_stand_on_the_signed_note(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00008")
    editor(page).fill("Swollen.")
    expect(page.locator("#region")).not_to_be_visible()
    open_pins(page)
    page.locator("#region").select_option("Front of the left knee")
    page.locator("#flare").select_option(index=1)
    expect(status(page)).to_have_text(SAVED)
    reload(page)
    expect(page.locator("#region")).to_have_value("f_knee_l")
    expect(page.locator("#region")).to_be_visible()  # what is pinned is never folded away
    sign(page)
    expect(note(page, "Swollen.").get_by_role("list", name="About")).to_contain_text("front of the left knee")
    expect(page.locator("#region")).to_have_value("")


def test_a_preview_shows_what_will_be_read_and_what_is_signed_stays_letter_by_letter(
    served: Served, open_page: Open
) -> None:
    page = care_plan(open_page(served.url), "FB-00012")
    text = f"## Stairs tried\n\n- **left** knee\n\n{HOSTILE}"
    editor(page).fill(text)
    press_button(page, "Preview")
    read = page.get_by_role("region", name="Preview of the note")
    expect(read.get_by_role("heading", name="Stairs tried")).to_be_visible()
    expect(read.locator("strong")).to_have_text("left")
    expect(read).to_contain_text(HOSTILE)
    press_button(page, "Write")
    expect(editor(page)).to_have_value(text)
    sign(page)
    mine = note(page, "Stairs tried")
    expect(mine.get_by_role("heading", name="Stairs tried")).to_be_visible()
    expect(mine).to_contain_text(HOSTILE)
    expect(mine.locator("a, img, script, b")).to_have_count(0)
    assert page.title() != "taken"
    click(mine.get_by_role("button", name=re.compile("^As signed")))
    expect(mine.locator(".letters p").last).to_have_text(text)


def test_five_megabytes_are_refused_in_the_browser_and_the_draft_stays(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00013")
    editor(page).fill("Kept.")
    expect(status(page)).to_have_text(SAVED)
    sizes: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sizes.append(len(frame))))
    editor(page).fill("y" * 5_000_000)
    expect(page.get_by_text("This text has 5,000,000 characters; a note holds 200,000.")).to_be_visible()
    expect(status(page)).to_have_text("Not saved: too long")
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before unsaved text is left
    reload(page)
    expect(editor(page)).to_have_value("Kept.")
    assert max(sizes, default=0) < 1_000_000


def test_a_note_about_days_stands_on_the_summarys_chart_and_leads_back_to_itself(
    served: Served, open_page: Open
) -> None:
    page = care_plan(open_page(served.url), "FB-00014")
    day = page.evaluate("new Date(Date.now() - 5 * 864e5).toLocaleDateString('sv')")
    editor(page).fill("Marked on the chart.")
    open_pins(page)
    page.locator("#start").fill(day)
    expect(status(page)).to_have_text(SAVED)
    sign(page)
    expect(note(page, "Marked on the chart.")).to_be_visible()
    go_to(page, "Summary")
    choose_period(page, "4 weeks")
    chart = page.locator(".st-key-summary_timeline_chart .js-plotly-plot")
    labels = "(plot) => plot.data.flatMap((trace) => trace.customdata ?? []).filter((each) => /Marked on/.test(each))"
    expect(chart).to_be_visible()
    assert chart.evaluate(labels) == [f"Physiotherapy note, {PHYSIO}: Marked on the chart."]
    still(page)
    page.mouse.click(*chart.evaluate(WHERE, day))
    click(page.get_by_role("link", name="Open the physiotherapy note"))
    expect(page).to_have_url(re.compile("/care_plan"))
    expect(signed(page).get_by_role("article")).to_have_count(1)
    expect(note(page, "Marked on the chart.")).to_be_visible()
    still(page)
    press_button(page, "Show all notes")
    expect(signed(page).get_by_role("button", name="Show all notes")).to_have_count(0)


WHERE = """(plot, day) => {
  const curve = plot.data.findIndex((trace) => trace.mode === "markers+text");
  const at = plot.calcdata[curve][plot.data[curve].x.indexOf(day)];
  const axis = plot._fullLayout[plot._fullData[curve].yaxis.replace("y", "yaxis")];
  const time = plot._fullLayout.xaxis;
  const box = plot.getBoundingClientRect();
  return [box.left + time._offset + time.l2p(at.x), box.top + axis._offset + axis.l2p(at.y)];
}"""


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["desk", "phone"])
def test_the_notes_can_be_used_by_everybody(scheme: str, size: dict[str, int], served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url, color_scheme=scheme, viewport=size), "FB-00002", PSYCHOLOGIST)
    assert axe.serious(page, ".st-key-plan_written") == []
    editor(page).fill("## Stairs\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    press_button(page, "Preview")
    expect(page.get_by_role("region", name="Preview of the note").get_by_role("table")).to_be_visible()
    search = signed(page).get_by_role("searchbox", name="Search notes")
    search.fill("diary")
    expect(signed(page).get_by_role("status").filter(has_text="“diary”")).to_be_visible()
    still(page)
    assert axe.serious(page, ".st-key-plan_written") == []
    expect_no_scrolling_sideways(page)
