"""Outlines of notes: headings for every kind and discipline, and never taken for something written."""

import pytest

from clinical import reviewed
from clinical.note_templates import TEMPLATES, headings, is_bare, outline

DISCIPLINES = (
    "medicine", "physiotherapy", "psychology", "nursing",
    "occupational_therapy", "pharmacy", "dietetics", "social_work",
)  # fmt: skip


@pytest.mark.parametrize("discipline", DISCIPLINES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_kind_of_note_has_headings_for_every_discipline(template: str, discipline: str) -> None:
    found = headings(template, discipline)
    assert len(found) >= 5
    assert len(set(found)) == len(found)
    assert any("asked" in heading or "Allergies" in heading or "Checks" in heading for heading in found)


def test_free_text_has_none() -> None:
    assert headings("", "psychology") == ()
    assert outline("", "psychology") == ""


def test_a_discipline_without_words_of_its_own_gets_those_for_everybody() -> None:
    assert headings("telephone", "dietetics") == headings("telephone", "")
    assert headings("assessment", "pharmacy") != headings("assessment", "")


@pytest.mark.parametrize(
    "row", reviewed.rows("note_templates"), ids=lambda row: f"{row['template']}-{row['discipline']}"
)
def test_the_outlines_say_that_they_are_our_own(row: reviewed.Row) -> None:
    assert row["evidence"] == "P"
    assert row["source"].startswith("Product decision")
    assert row["template"] in TEMPLATES
    assert row["discipline"] in ("", *DISCIPLINES)


def test_an_outline_alone_is_nothing_written() -> None:
    text = outline("review", "psychology")
    assert text.startswith("## Since last time\n\n## Practised between sessions\n")
    assert is_bare(text)
    assert is_bare(" \n\t")
    assert not is_bare(text.replace("## Worked on today\n", "## Worked on today\nValues.\n"))
    assert not is_bare("## Walks every day")
