"""What every chart over time has in common: its frame, its axis of days, and the axis that hatched gaps stand on."""

from datetime import date
from typing import Any

import numpy as np

from dashboard.theme import FONT, Ground

_HALF_DAY = np.timedelta64(12, "h")


def frame(height: int, left: int, right: int, top: int, bottom: int, colours: Ground) -> dict[str, Any]:
    """The layout of a figure `height` pixels tall with those margins, without its axes."""
    return {
        "template": "none",
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "font": {"family": FONT, "size": 11, "color": colours.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "hoverlabel": {
            "bgcolor": colours.background,
            "bordercolor": colours.line,
            "font": {"family": FONT, "size": 12, "color": colours.ink},
        },
    }


def time_axis(first: date, last: date, step_days: int, colours: Ground) -> dict[str, Any]:
    """The axis from the morning of the first to the evening of the last day; a point stands for `step_days` days."""
    return {
        "type": "date",
        "range": [str(np.datetime64(first) - _HALF_DAY), str(np.datetime64(last) + _HALF_DAY)],
        "fixedrange": True,
        "anchor": "free",
        "position": 0,
        "side": "bottom",
        "showgrid": False,
        "zeroline": False,
        "tickangle": 0,
        "tickfont": {"size": 11, "color": colours.muted},
        "tickformatstops": [
            {"dtickrange": [None, 2_400_000_000], "value": "%-d %b"},
            {"dtickrange": [2_400_000_000, "M11"], "value": "%b %Y"},
            {"dtickrange": ["M12", None], "value": "%Y"},
        ],
        "hoverformat": f"{step_days} days around %-d %b %Y" if step_days > 1 else "%a %-d %b %Y",
        "showspikes": True,
        "spikemode": "across",
        "spikethickness": 1,
        "spikedash": "solid",
        "spikecolor": colours.muted,
    }


def hidden(domain: tuple[float, float] = (0.0, 1.0), span: tuple[float, float] = (0.0, 1.0)) -> dict[str, Any]:
    """A value axis that is not drawn, over that part of the plot."""
    return {"domain": list(domain), "range": list(span), "visible": False, "fixedrange": True}
