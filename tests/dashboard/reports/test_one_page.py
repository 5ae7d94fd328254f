"""The one page as PDF: stands alone, tagged, always one page, says what is missing, lets no text become markup."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from dashboard.reports.one_page import OnePage
from dashboard.reports.record import Author, Order, Record
from dashboard.reports.referral import referral
from tests.dashboard.reports import people

NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)
AUTHOR = Author("Dr A. Invented", "medicine")
ORDER = Order("Dr R. Heum, Rheumatology", "Please exclude inflammatory back pain.", "soon", "yes, asked today")

RECORDS = {
    "full": people.full(),
    "ten years": people.full(3650),
    "empty": people.empty(),
    "one entry": people.one_entry(),
    "undated only": people.undated_only(),
    "hostile": people.hostile(),
}


def page(record: Record, order: Order = ORDER) -> OnePage:
    return referral(record, order, AUTHOR)


def opened(made: OnePage) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made.pdf(now=NOW)))


def tags(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every element of the document's structure, depth first."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(list(element))
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            if "/K" in element:
                waiting.append(element.K)


@pytest.mark.parametrize("name", RECORDS)
def test_every_record_gives_one_page_below_400_kilobytes(name: str) -> None:
    order = Order(people.HOSTILE, "W" * 600) if name == "hostile" else ORDER
    made = page(RECORDS[name], order).pdf(now=NOW)
    assert len(pikepdf.open(io.BytesIO(made)).pages) == 1
    assert len(made) < 400_000


def test_the_pdf_says_that_it_is_accessible_and_is_tagged_with_language_and_title() -> None:
    pdf = opened(page(RECORDS["full"]))
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Referral to a pain service: SAMPLE, Rowan (FB-00017)"
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_headings_tables_and_lists_are_what_they_look_like() -> None:
    kinds = {str(element.S) for element in tags(opened(page(RECORDS["full"])))}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"} <= kinds


def test_every_figure_has_an_alternative_text_that_names_regions_and_numbers() -> None:
    alternatives = [str(e.Alt) for e in tags(opened(page(RECORDS["full"]))) if str(e.S) == "/Figure"]
    assert len(alternatives) == 4
    maps = [text for text in alternatives if text.startswith("Body map")]
    assert len(maps) == 3
    assert all("Left lower back 4" in text for text in maps)
    assert any("Flare from " in text for text in alternatives)


def test_all_fonts_are_embedded() -> None:
    pdf = opened(page(RECORDS["full"]))
    fonts = [font for one in pdf.pages for font in one.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        assert (
            "/FontFile3" in font.DescendantFonts[0].FontDescriptor
            or "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        )


def test_the_same_record_gives_the_same_bytes() -> None:
    assert page(people.full()).pdf(now=NOW) == page(people.full()).pdf(now=NOW)


def test_figures_are_drawn_as_lines_not_as_pixels() -> None:
    pdf = opened(page(RECORDS["full"]))
    images = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    assert images == []


def test_nothing_in_the_record_can_be_run_opened_or_fetched() -> None:
    pdf = opened(page(RECORDS["hostile"], Order(people.HOSTILE, people.HOSTILE)))
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/URI", "/Launch", "/AA"} & set(found.keys())


def test_a_combining_mark_on_a_letter_of_another_script_does_not_stop_the_page() -> None:
    head = replace(people.HEAD, given_name="a\u05b0\u0652\u0947")
    assert opened(page(replace(people.full(), head=head))).pages


def test_hostile_text_stands_in_the_page_as_it_was_typed() -> None:
    made = page(RECORDS["hostile"])
    assert '#panic("x")' in made.diagnoses.items[0]
    made.pdf(now=NOW)  # markup would have stopped the compiler


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_every_prompt_of_level_high_finds_room_on_the_one_page(name: str) -> None:
    said = tuple(f"Prompt number {number} of level high, 22 Nov 2026: open" for number in range(14))
    made = opened(replace(page(RECORDS[name]), prompts=said))
    assert len(made.pages) == 1


HEADING, CAPITALS, DESCENDERS = 8.5, 0.66, 0.2
"""Size of a heading in points; what its capitals and the letters under a line take, as shares of the size."""


def words_set(pdf: pikepdf.Pdf) -> list[tuple[float, float, float]]:
    """Where each run of letters of the page begins and its size, in points from the left and from the foot."""
    found, place = [], (0.0, 0.0)
    for each in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(each.operator) == "cm":
            place = (float(each.operands[4]), float(each.operands[5]))
        elif str(each.operator) == "Tf":
            found.append((*place, float(each.operands[1])))
    return found


def crowded() -> Record:
    """So much that the page has no room to give away."""
    full = people.full(3650)
    tried = [replace(full.plan.interventions[1], amount="a session a week " * 5, intervention_id=n) for n in range(9)]
    goals = [replace(full.plan.goals[0], title="To walk to school and back", goal_id=n) for n in range(1, 7)]
    return replace(full, plan=replace(full.plan, interventions=tuple(tried), goals=tuple(goals)))


def test_a_heading_of_a_full_page_has_three_points_of_air_above_it() -> None:
    pdf = opened(page(crowded()))
    placed = words_set(pdf)
    headings = [(x, y) for x, y, size in placed if size == HEADING]
    assert len(headings) > 10
    for x, y in headings:
        above = [at - size * DESCENDERS for left, at, size in placed if x - 1 < left < x + 90 and at > y + 3]
        assert min(above) - (y + HEADING * CAPITALS) >= 3
