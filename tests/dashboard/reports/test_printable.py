"""Text for paper: what the fonts hold is kept, what they do not is shown as a box, what misleads is left out."""

import json
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.reports.printable import BOX, clipped, has_glyph, printable
from dashboard.reports.typesetting import can_set

RANGES = json.loads(files("dashboard.reports").joinpath("printable.json").read_text("ascii"))


def listed() -> list[str]:
    return [chr(point) for low, high in RANGES for point in range(low, high + 1)]


def test_every_listed_character_can_really_be_set() -> None:
    assert can_set(" ".join(f"a{c}" for c in listed()))
    assert can_set(printable("".join(listed())))


def test_a_mark_on_no_letter_becomes_a_box() -> None:
    assert printable("1\u0300 a\u1e00 \u0300") == f"1{BOX} a\u1e00 {BOX}"


def test_a_letter_with_a_mark_that_is_no_character_of_its_own_stays() -> None:
    assert printable("Adé\u0323 ẹ\u0300") == "Adẹ́ ẹ̀"


def test_a_character_outside_the_list_cannot_be_set() -> None:
    for character in "漢😀ก":
        assert not has_glyph(character)
        assert not can_set(character)


def test_names_of_many_scripts_stay_as_they_are() -> None:
    for name in ("Łukasz Żółć", "Zoë Çelik", "Ελένη", "Жанна", "Nguyễn", "O’Neill-Björk"):
        assert printable(name) == name


def test_what_has_no_glyph_becomes_a_box() -> None:
    assert printable("王 Wang") == f"{BOX} Wang"


def test_controls_and_direction_marks_are_left_out_and_lines_become_one() -> None:
    assert printable("a\x00b\u202ec\r\nd\t e") == "abc d e"


def test_a_word_without_end_may_break() -> None:
    assert "\u200b" in printable("W" * 100)


def test_a_clipped_text_ends_in_an_ellipsis() -> None:
    assert clipped("short", 10) == "short"
    assert clipped("x" * 5 + " " + "y" * 20, 10) == "xxxxx yyy…"


def test_a_letter_loses_the_selector_of_a_shape_that_the_font_lacks() -> None:
    assert printable("\u1e64\ufe00a") == "\u1e64a"
    assert can_set(printable("\u1e64\ufe00"))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_set_once_made_printable(text: str) -> None:
    assert can_set(printable(text))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from([*listed(), " "]), max_size=60))
def test_any_mixture_of_printable_characters_can_be_set(text: str) -> None:
    assert can_set(printable(text))
