"""Colours by clinical meaning, for the light and the dark ground; the one place a colour is written down.

No Streamlit here: charts, reports and services use it too. Whether the screen is dark: `dashboard.components.look`.
Contrast of every text colour on its ground is at least 4.5:1 (checked by a test).
"""

from dataclasses import dataclass

PAIN_RAMP = (
    "#f2ea69", "#fac42a", "#fb9b06", "#f37819", "#e25734", "#ca404a",
    "#ab2f5e", "#8c2369", "#6a176e", "#4a0c6b", "#260c51",
)  # fmt: skip
"""Pain 0..10 on screen, in print and in the PDF. 0 is drawn as outline without fill."""

ON_RAMP = ("#000000",) * 5 + ("#ffffff",) * 6
"""Text colour on each step of the ramp."""

BANDS = {"none": "#f3f4f6", "mild": PAIN_RAMP[2], "moderate": PAIN_RAMP[4], "severe": PAIN_RAMP[7]}
"""Fill of the four pain bands."""

ON_BANDS = {"none": "#1c2530", "mild": "#000000", "moderate": "#000000", "severe": "#ffffff"}
"""Text colour on each band."""

FONT = '"Inter", "Segoe UI", "DejaVu Sans", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif'
"""The system's sans; figures are set tabular wherever numbers stand under each other."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The colours that change between the light and the dark theme."""

    background: str
    surface: str  # sidebar, group rows, cards
    ink: str  # text
    muted: str  # secondary text
    line: str  # rules, borders
    grid: str  # chart grid
    accent: str
    on_accent: str
    accent_tint: str  # ground of the chosen entry
    worse: str  # text of a change for the worse
    better: str
    alert: str  # text of allergies and prompts
    alert_tint: str
    flare_tint: str  # shading of flare days
    usual_tint: str  # the personal usual range
    hatch: str  # missing days
    outline: str  # body figure
    body_fill: str  # a region without pain
    sleep: str
    sleep_short: str  # nights under 5 h
    stress: str
    spread: str  # regions in pain
    medicine: str
    rescue: str  # as-needed doses
    bar_edge: str  # edge of a ramp-coloured bar, where the ramp alone would vanish into the ground
    event: str
    synthetic: str  # ground of the bar that says the data are invented
    on_synthetic: str


LIGHT = Ground(
    background="#ffffff", surface="#f4f6f8", ink="#1b2530", muted="#56626f", line="#dfe3e8", grid="#e3e8ec",
    accent="#0f6b75", on_accent="#ffffff", accent_tint="#dcebed", worse="#a5322d", better="#1d6f42",
    alert="#8d1d2c", alert_tint="#fbe9ea", flare_tint="#f9e4e4", usual_tint="#e2efef", hatch="#b9c1c9",
    outline="#aeb7c0", body_fill="#f5f6f8", sleep="#3b6fa5", sleep_short="#14263d", stress="#6d4b9b",
    spread="#8a9ea6", medicine="#7f949c", rescue="#a5682a", bar_edge="#00000000", event="#0f6b75",
    synthetic="#fff3d6", on_synthetic="#5c4300",
)  # fmt: skip

DARK = Ground(
    background="#12181f", surface="#1a222b", ink="#e6ebf0", muted="#a3afbb", line="#303b47", grid="#29333e",
    accent="#5cc0ca", on_accent="#07262a", accent_tint="#173a40", worse="#f2938c", better="#7ccf9f",
    alert="#f5a3ab", alert_tint="#4a1f27", flare_tint="#43232b", usual_tint="#183338", hatch="#56626f",
    outline="#66727f", body_fill="#222c36", sleep="#78aee3", sleep_short="#d9e9fb", stress="#b497e0",
    spread="#8fa3ab", medicine="#93a7af", rescue="#dfa262", bar_edge="#b9a7c9", event="#5cc0ca",
    synthetic="#3a2f14", on_synthetic="#f4dfa6",
)  # fmt: skip


def ground(dark: bool) -> Ground:
    """The colours of one theme."""
    return DARK if dark else LIGHT


PRINT = LIGHT
"""Paper is always light."""
