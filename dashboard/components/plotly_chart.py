"""A Plotly figure on the screen, without validating it again on every run."""

from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


class _Ready(BaseFigure):  # type: ignore[misc]  # Plotly carries no types
    """A figure that is already what goes over the wire.

    Streamlit asks a `BaseFigure` for its dict and builds a validated `Figure` from anything else: 6-8 ms for the
    timeline, on every rerun. Our figures are validated by Plotly in the tests instead.
    """

    def __init__(self, figure: dict[str, Any]) -> None:
        self._ready = figure

    def to_dict(self) -> dict[str, Any]:
        return self._ready


def show(key: str, figure: dict[str, Any], *, spoken: str) -> str | None:
    """Draw the figure over the width it finds; returns the x of what was clicked (text, None for nothing).

    `spoken` is what a screen reader says of it.
    """
    picked = st.plotly_chart(
        _Ready(figure), theme=None, config=CONFIG, key=key, alt=spoken, on_select="rerun", selection_mode="points"
    )
    points = picked["selection"]["points"]
    return str(points[0]["x"]) if points and "x" in points[0] else None
