"""A picture alone: with its heading and caption, as large as it should be, its proportions kept."""

import io

import pytest
from PIL import Image

from dashboard.reports import figures
from tests.dashboard.reports import documents, people
from tests.dashboard.reports.documents import COURSE, TYPICAL


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_picture_comes_with_room_for_heading_and_caption() -> None:
    alone = opened(figures.bare(COURSE, figures.LINE, dots_per_inch=100))
    told = opened(figures.png(COURSE, heading="Course and flares", dots_per_inch=100))
    assert told.height > alone.height + 40
    untitled = opened(figures.png(COURSE, heading="", dots_per_inch=100))
    assert alone.height < untitled.height < told.height


def test_dots_per_inch_are_kept() -> None:
    assert opened(figures.bare(COURSE, 170, dots_per_inch=254)).width == pytest.approx(1710, abs=3)


def test_a_picture_keeps_its_proportions() -> None:
    width, height = figures.size(TYPICAL, 170)
    assert height / width == pytest.approx(documents.TALL / documents.BROAD, abs=0.001)
    assert width < 60 and height < 65
    assert figures.size(COURSE, 170)[0] == 170


def test_the_ground_is_white_and_something_is_drawn_on_it() -> None:
    grey = opened(figures.png(TYPICAL, heading="Pain now")).convert("L")
    assert grey.getpixel((0, 0)) == 255
    assert any(count for count in grey.histogram()[:60])


def test_hostile_words_do_not_stop_a_picture() -> None:
    assert figures.png(COURSE, heading=people.HOSTILE).startswith(b"\x89PNG")
