"""Where the panels of the timeline stand: heights in pixels, turned into the fractions Plotly wants."""

from dataclasses import dataclass

from dashboard.services.timeline import Timeline

MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 17, 18, 112, 8
GAP = 6
TALLEST_PAIN = 170
LANE = 12
EVENT_ROW = 13
NOTE = 13
"""The line under the lanes that names the medicines without one."""
PLOT_WIDTH = 720
"""Width in pixels that labels are fitted to; on a narrower screen the style sheet hides them (markers stay)."""

_HEIGHTS = {"pain": 0, "spread": 26, "sleep": 28, "quality": 16, "stress": 28, "stiffness": 16}
"""Pixels of each panel; pain takes what is left."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One strip of the figure: its Plotly axis name and its place, bottom and top as fractions of the plot."""

    name: str
    axis: str
    bottom: float
    top: float

    @property
    def layout_key(self) -> str:
        return self.axis.replace("y", "yaxis")


@dataclass(frozen=True, slots=True)
class Panels:
    """All strips from top to bottom; `data_bottom` is where the diary's own panels end."""

    panels: dict[str, Panel]
    height: int
    data_bottom: float

    def __contains__(self, name: str) -> bool:
        return name in self.panels

    def __getitem__(self, name: str) -> Panel:
        return self.panels[name]


def present(view: Timeline) -> list[str]:
    """The panels that have something to show, top to bottom; a series never logged takes no room."""
    names = ["pain"]
    names += ["spread"] * view.has("spread")
    names += ["sleep"] * view.has("sleep_hours")
    names += ["quality"] * view.has("sleep_quality")
    names += ["stress"] * (view.has("stress") or view.has("fatigue"))
    names += ["stiffness"] * view.has("stiffness_minutes")
    return names


def arrange(view: Timeline, height: int, event_rows: int, *, noted: bool = False) -> Panels:
    """The panels of that view inside a figure of at most `height` pixels; `noted`: with a line under the lanes."""
    names = present(view)
    lanes, events = LANE * len(view.lanes), EVENT_ROW * event_rows
    below = (GAP + lanes) * bool(lanes) + NOTE * noted + (GAP + events) * bool(events)
    others = below + sum(_HEIGHTS[name] + GAP for name in names[1:])
    pain = min(height - MARGIN_TOP - MARGIN_BOTTOM - others, TALLEST_PAIN)
    plot = pain + others
    tall = [("pain", pain), *((name, _HEIGHTS[name]) for name in names[1:])]
    tall += [("lanes", lanes)] * bool(lanes) + [("events", events)] * bool(events)
    panels, top = {}, float(plot)
    for place, (name, pixels) in enumerate(tall):
        panels[name] = Panel(name, f"y{place + 2}", max(top - pixels, 0) / plot, top / plot)
        top -= pixels + GAP + NOTE * (noted and name == "lanes")
    return Panels(panels, plot + MARGIN_TOP + MARGIN_BOTTOM, below / plot)
