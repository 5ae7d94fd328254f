"""The colours are readable, and Streamlit is told the same ones."""

import tomllib
from pathlib import Path

import pytest

from dashboard.theme import BANDS, DARK, LIGHT, ON_BANDS, ON_RAMP, PAIN_RAMP, Ground

ROOT = Path(__file__).parents[2]
READABLE = 4.5


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_ground_it_stands_on(ground: Ground) -> None:
    pairs = {
        (text, on): contrast(getattr(ground, text), getattr(ground, on))
        for text in ("ink", "muted", "accent", "worse", "better", "alert")
        for on in ("background", "surface", "accent_tint")
    }
    pairs |= {
        (text, on): contrast(getattr(ground, text), getattr(ground, on))
        for text, on in (
            ("alert", "alert_tint"),
            ("ink", "flare_tint"),
            ("on_accent", "accent"),
            ("on_synthetic", "synthetic"),
        )
    }
    assert {pair: round(found, 2) for pair, found in pairs.items() if found < READABLE} == {}


def test_numbers_on_the_ramp_and_the_bands_are_readable() -> None:
    assert [c for c in map(contrast, PAIN_RAMP, ON_RAMP) if c < READABLE] == []
    assert [band for band in BANDS if contrast(BANDS[band], ON_BANDS[band]) < READABLE] == []


@pytest.mark.parametrize(("name", "ground"), [("light", LIGHT), ("dark", DARK)])
def test_streamlit_is_told_the_same_colours(name: str, ground: Ground) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][name]
    assert theme["primaryColor"] == ground.accent
    assert theme["backgroundColor"] == ground.background
    assert theme["secondaryBackgroundColor"] == ground.surface
    assert theme["textColor"] == ground.ink
    assert theme["borderColor"] == ground.line


def test_each_option_of_the_configuration_has_its_reason_beside_it() -> None:
    lines = (ROOT / ".streamlit" / "config.toml").read_text("utf-8").split("[theme.light]")[0].splitlines()
    assert [line for line in lines if "=" in line and not line.startswith("#") and "  # " not in line] == []
