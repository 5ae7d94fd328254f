"""Markdown of a note becomes plain blocks: no word, number or sign of the record is lost, and none becomes markup."""

import json
import string
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.components.component_data import opened
from dashboard.presenters.note_markdown import (
    DEEPEST,
    MOST_PARTS,
    Block,
    Code,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    as_written,
    blocks,
    words,
)

LONGEST = 200_000
PUNCTUATION = ".,;:!?()/%'\"=&$@±<>{}[]"
plain_lines = st.lists(
    st.text(st.sampled_from(string.ascii_letters + string.digits + "äéœßЖ中 "), min_size=1).filter(
        lambda line: line.strip() and not line.strip()[0].isdigit()
    ),
    max_size=8,
).map("\n".join)
SIGNS = 'ab12 \n\t*_`#>-+|~\\[]()!<:=.&;"\u202e'
anything = st.text(st.sampled_from(SIGNS) | st.characters(codec="utf-8"), max_size=300)


def shown(text: str) -> str:
    return "".join(words(blocks(text)))


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_a_note_in_markdown_has_its_parts() -> None:
    found = blocks("# Plan\nwalk *daily*\n\n> slowly\n\n- a\n  1. b\n\n```py\nx\n```\n---\n| h |\n|---|\n| c |")
    assert [type(part) for part in found] == [Heading, Paragraph, Quote, Listing, Code, Line, Table]
    assert found[1] == Paragraph((Run("walk "), Run("daily", "emphasis")))
    listing = found[3]
    assert isinstance(listing, Listing)
    assert [type(part) for part in listing.items[0].blocks] == [Paragraph, Listing]
    assert found[6] == Table(((Run("h"),),), (((Run("c"),),),))


@pytest.mark.parametrize(
    ("written", "looks"),
    [
        ("**a**", [Run("a", "strong")]),
        ("*a* _b_", [Run("a", "emphasis"), Run(" "), Run("b", "emphasis")]),
        ("***a***", [Run("a", "both")]),
        ("`*a*`", [Run("*a*", "code")]),
        (r"\*a\*", [Run("*a*")]),
    ],
)
def test_emphasis_is_how_words_look(written: str, looks: list[Run]) -> None:
    assert blocks(written) == (Paragraph(tuple(looks)),)


@pytest.mark.parametrize(
    "written",
    [
        "2*50 mg and 3*20 mg",
        "2**3 and 4**5",
        "a_b_c of region_l_arm_r",
        "> 5 nights under 5 h",
        ">=3 flares",
        "pain 4 < 6 > 5",
        "-5 °C outside",
        "&lt;b&gt; &amp;",
        "[words](http://example.org) ![picture](x.png) <http://example.org>",
        "[ref]: http://example.org",
        "<script>alert(1)</script>",
        "Pain\n=====",
        "    indented by four",
    ],
)
def test_what_is_no_formatting_here_stays_letter_by_letter(written: str) -> None:
    (part,) = blocks(written)
    assert isinstance(part, Paragraph)
    assert [run.look for run in part.runs] == ["plain"]
    assert part.runs[0].text.split() == written.split()


def test_a_list_keeps_the_numbers_and_signs_it_was_written_with() -> None:
    assert [part.mark for block in blocks("3. May\n5. June") if isinstance(block, Listing) for part in block.items] == [
        "3.",
        "5.",
    ]
    assert shown("+ 2 points") == "+2 points"
    assert shown("22. November was worse") == "22.November was worse"


def test_lines_stay_lines() -> None:
    assert blocks("one\ntwo  \nthree") == (Paragraph((Run("one\ntwo\nthree"),)),)


def test_a_table_that_would_lose_a_cell_is_shown_as_it_was_written() -> None:
    assert "worst 9" in shown("| day | pain |\n|---|---|\n| Mon | 6 | worst 9 |")


def test_what_goes_too_deep_or_has_too_many_parts_is_shown_as_it_was_written() -> None:
    deep = "".join("  " * level + f"- {level}\n" for level in range(DEEPEST))
    many = "- a\n" * (MOST_PARTS // 2 + 1)
    assert blocks(deep) == as_written(deep)
    assert blocks(many) == as_written(many)


@given(plain_lines)
def test_every_visible_character_of_plain_text_survives_in_order(text: str) -> None:
    assert "".join(shown(text).split()) == "".join(text.split())


@given(st.text(st.sampled_from(string.ascii_letters + PUNCTUATION + " ")).map(lambda text: f"x{text}"))
def test_punctuation_survives_as_well(text: str) -> None:
    assert "".join(shown(text).split()) == "".join(text.split())


@given(anything)
@settings(max_examples=300)
def test_no_letter_and_no_number_is_ever_lost_whatever_was_written(text: str) -> None:
    assert letters(shown(text)) == letters(text)


@given(anything)
def test_a_block_carries_words_and_kinds_only_and_travels_as_json(text: str) -> None:
    found = blocks(text)
    assert json.loads(json.dumps(opened(found))) == opened(found)
    assert {part.kind for part in every(found)} <= {"heading", "paragraph", "list", "quote", "code", "table", "line"}


def every(found: Iterable[Block]) -> list[Block]:
    inner = [
        part
        for block in found
        for holder in (block.items if isinstance(block, Listing) else (block,) if isinstance(block, Quote) else ())
        for part in every(holder.blocks)
    ]
    return [*found, *inner]


HOSTILE = {
    "quotations": "> " * (LONGEST // 2),
    "lists": "- " * (LONGEST // 2),
    "items": "- a\n" * (LONGEST // 4),
    "stars": "*a " * (LONGEST // 3),
    "strong": "**x* " * (LONGEST // 5),
    "ticks": "`a" * (LONGEST // 2),
    "longer ticks": " ".join("`" * many for many in range(1, 620)),
    "brackets": "[" * LONGEST,
    "pictures": "![](" * (LONGEST // 4),
    "entities": "&#1;" * (LONGEST // 4),
    "angles": "<a " * (LONGEST // 3),
    "pipes": "|" * LONGEST,
    "rows": "a|b\n-|-\n" + "|\n" * (LONGEST // 2),
    "columns": "|a" * 500 + "\n" + "|-" * 500 + "\n" + "a\n" * 98_000,
    "stairs": "".join("  " * step + "- a\n" for step in range(440)),
    "nested quotations": "".join(">" * step + " a\n" for step in range(620)),
    "empty": " \n" * (LONGEST // 2),
    "one word": "a" * LONGEST,
    "letters turned around": "\u202ea\u202c" * (LONGEST // 3),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_of_full_length_is_read_within_a_bounded_number_of_parts(name: str) -> None:
    found = blocks(HOSTILE[name])
    assert letters("".join(words(found))) == letters(HOSTILE[name])
    assert sum(1 for _ in words(found)) <= MOST_PARTS
