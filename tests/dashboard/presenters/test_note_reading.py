"""Reading notes: what is shown of a long one, what each click makes of the list, and how pins and signatures read."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.presenters import note_writing, notes
from dashboard.presenters.note_cards import AT_ONCE
from dashboard.presenters.note_excerpts import LONGEST_SHOWN, MOST_LINES, excerpt
from dashboard.presenters.note_filters import Filters, after, linked
from dashboard.services.note_list import Wanted
from dashboard.services.note_pins import NOTHING, Pinnable
from data_access.notes import NO_PINS, Cosignature, CosignState, Pins
from tests.dashboard.charts.timelines import flare

DAY = date(2026, 11, 3)
AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
HERE = Filters("here")


@given(st.text(max_size=4_000), st.lists(st.sampled_from(["pacing", "zebra", "a"]), max_size=2))
def test_an_excerpt_is_a_part_of_its_text_and_says_where_something_is_left_out(text: str, terms: list[str]) -> None:
    part = excerpt(text, terms)
    assert part.text in text
    assert len(part.text) <= LONGEST_SHOWN
    assert part.text.count("\n") < MOST_LINES
    assert part.whole == (part.text == text)
    assert part.before or text.startswith(part.text)
    assert part.after or text.endswith(part.text)


def test_a_short_note_is_shown_whole() -> None:
    assert excerpt("Seen.", ["zebra"]).whole


def test_a_long_line_is_cut_between_words() -> None:
    part = excerpt("word " * 1_000, [])
    assert part.text.endswith("word")
    assert part.after and not part.before


@pytest.mark.parametrize("line", [0, 5, 40, 400])
def test_the_first_line_with_a_word_sought_is_shown(line: int) -> None:
    lines = ["nothing here"] * 500
    lines[line] = "Here a Zebra stands."
    part = excerpt("\n".join(lines), ["zeb"])
    assert "Zebra" in part.text
    assert part.before == (line >= MOST_LINES)


def click(filters: Filters, do: str, **more: object) -> Filters:
    return after(filters, {"do": do, "of": "here", **more})


def test_words_stay_while_one_kind_after_the_other_is_looked_at() -> None:
    found = click(click(HERE, "search", value="sleep"), "discipline", value="psychology")
    assert found.wanted == Wanted("psychology", text="sleep")
    assert click(found, "unread").wanted == Wanted(unread=True, text="sleep")
    assert click(click(found, "unread"), "awaiting").wanted == Wanted(awaiting=True, text="sleep")
    assert click(found, "all").wanted == Wanted(text="sleep")


def test_another_filter_begins_at_the_top_again() -> None:
    more = click(click(HERE, "more"), "more")
    assert more.shown == 3 * AT_ONCE
    assert click(more, "discipline", value="nursing").shown == AT_ONCE


def test_what_was_opened_is_closed_by_the_same_click() -> None:
    opened = click(HERE, "whole", note=3, version=2)
    assert opened.opened == {("whole", 3, 2)}
    assert click(opened, "whole", note=3, version=2).opened == frozenset()


def test_a_click_in_another_patients_list_and_one_that_there_is_not_change_nothing() -> None:
    assert after(HERE, {"do": "more", "of": "there"}) == HERE
    assert click(HERE, "delete") == HERE
    assert after(HERE, {}) == HERE


def test_a_link_to_a_note_carries_a_number_and_nothing_else() -> None:
    found = linked("here", "12")
    assert found is not None and found.wanted.note_id == 12
    assert [linked("here", text) for text in ("", "x", "-1", "1" * 10, "²")] == [None] * 5


def test_a_countersignature_names_who_gave_it_when_and_the_remark() -> None:
    given_ = CosignState(1, 1, 3, "K. Invented", AT, Cosignature("K. Invented", "psychology", "agreed", AT))
    said = notes.cosigned(given_, 1, 9, DAY)
    assert said.startswith("Countersigned by K. Invented, psychology, 3 Nov 2026, ")
    assert said.endswith(": agreed")
    assert notes.cosigned(given_, 2, 9, DAY).startswith("Version 1: countersigned by ")


def test_a_countersignature_awaited_says_of_whom_and_whether_it_still_can_be_given() -> None:
    awaited = CosignState(1, 1, 3, "K. Invented", AT, None)
    assert notes.cosigned(awaited, 1, 9, DAY) == "Waits for the countersignature of K. Invented since 3 Nov"
    assert notes.cosigned(awaited, 1, 3, DAY) == "Waits for your countersignature since 3 Nov"
    assert notes.cosigned(awaited, 2, 9, DAY) == "Version 1 was amended before K. Invented countersigned it"


def test_pins_that_lead_nowhere_any_more_say_so() -> None:
    pins = Pins(flare=DAY, goal=3, region="of_old")
    assert notes.about(pins, {}, {}, DAY) == [
        "flare from 3 Nov, not in the diary any more",
        "a goal that is not on the plan any more",
    ]


def test_the_editor_offers_every_kind_and_keeps_the_one_that_cannot_be_chosen_anew() -> None:
    assert [label for _, label, _ in note_writing.kinds("nursing", "")] == [
        "Free text", "Assessment", "Review", "Telephone", "Group session",
    ]  # fmt: skip
    assert note_writing.kinds("nursing", "case_review")[-1][:2] == ("case_review", "Case review")


def test_the_editor_offers_episodes_with_their_length_and_the_pinned_one_that_is_gone() -> None:
    episode = flare(3, 5)
    (offered,) = note_writing.flares(Pinnable((), (episode,)), NO_PINS, DAY)
    assert offered[0] == episode.start.isoformat()
    assert offered[1].endswith(", 3 days")
    assert note_writing.flares(NOTHING, Pins(flare=DAY), DAY) == [("2026-11-03", "A flare not in the diary any more")]


def test_every_region_is_offered_once_under_a_name_of_its_own() -> None:
    names = [name for _, listed in note_writing.regions() for _, name in listed]
    assert len(names) == len(set(names)) == 74
