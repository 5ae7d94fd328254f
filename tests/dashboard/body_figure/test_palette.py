"""The colours of the figure: readable numbers, steadily darker scales, no red against green, one meaning each."""

import math
from itertools import pairwise

import numpy as np
import pytest

from clinical.maps import Mode
from dashboard.body_figure.palette import BETTER, DARK_SHEET, LIGHT_SHEET, SHARE, WORSE, Sheet, fill, ink
from dashboard.theme import DARK, LIGHT, PAIN_RAMP

# Machado, Oliveira, Fernandes 2009: how a person without M cones (deuteranopia) sees linear RGB.
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
VALUES: list[tuple[Mode, float]] = [
    *(("typical", float(v)) for v in range(1, 11)),
    *(("how_often", float(v)) for v in (1, 20, 21, 40, 41, 60, 61, 80, 81, 100)),
    *(("change", float(v)) for v in range(-10, 11)),
]


def linear(colour: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.asarray(np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4))


def luminance(colour: str) -> float:
    return float(linear(colour) @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("mode", "value"), VALUES)
def test_a_number_is_readable_on_its_region(mode: Mode, value: float) -> None:
    ground = fill(value, mode)
    for sheet in (LIGHT_SHEET, DARK_SHEET):
        assert contrast(ink(value, mode), sheet.paper if ground == "none" else ground) >= 4.5


@pytest.mark.parametrize("scale", [PAIN_RAMP, SHARE, WORSE, BETTER])
def test_a_scale_gets_steadily_darker_so_that_it_survives_grey_paper(scale: tuple[str, ...]) -> None:
    assert all(contrast(a, b) > 1.12 and luminance(a) > luminance(b) for a, b in pairwise(scale))


@pytest.mark.parametrize(("better", "worse"), list(zip(BETTER, WORSE, strict=True)))
def test_better_and_worse_are_equally_dark_and_apart_without_red_and_green(better: str, worse: str) -> None:
    assert contrast(better, worse) < 1.35
    seen = [DEUTERANOPIA @ linear(colour) for colour in (better, worse)]
    blueness = [colour[2] - colour[:2].mean() for colour in seen]
    assert blueness[0] > 0 > blueness[1]


def test_a_colour_has_one_meaning() -> None:
    scales = [set(PAIN_RAMP), set(SHARE), set(WORSE), set(BETTER)]
    assert len(set().union(*scales)) == sum(len(scale) for scale in scales)


@pytest.mark.parametrize("mode", ["typical", "worst", "latest", "how_often", "change"])
@pytest.mark.parametrize("value", [None, math.nan, 0.0])
def test_nothing_is_filled_where_there_is_nothing(mode: Mode, value: float | None) -> None:
    assert fill(value, mode) == "none"


def test_pain_has_the_ramp_of_the_house() -> None:
    assert [fill(float(v)) for v in range(1, 11)] == list(PAIN_RAMP[1:])
    assert fill(6.0, "worst") == fill(6.0, "latest") == PAIN_RAMP[6]


def test_a_share_is_coloured_by_the_fifth_it_is_printed_in() -> None:
    assert [fill(float(v), "how_often") for v in (1, 20, 21, 60, 61, 100)] == [SHARE[i] for i in (0, 0, 1, 2, 3, 4)]


def test_a_change_of_five_points_is_the_darkest() -> None:
    assert fill(5.0, "change") == fill(9.0, "change") == WORSE[4]
    assert fill(-1.0, "change") == BETTER[0]


@pytest.mark.parametrize(("sheet", "ground"), [(LIGHT_SHEET, LIGHT.background), (DARK_SHEET, DARK.background)])
def test_borders_letters_and_selection_stand_out(sheet: Sheet, ground: str) -> None:
    assert contrast(sheet.edge, sheet.paper) >= 3
    assert contrast(sheet.outline, sheet.paper) >= 4.5
    assert contrast(sheet.rim, ground) >= 4.5
    assert contrast(sheet.dots, sheet.paper) >= 4.5
    assert contrast(sheet.ink, ground) >= 4.5
    assert contrast(sheet.chosen, sheet.paper) >= 3
