"""The body figure: one geometry and one set of colours for the screen, the day tiles, print and the PDF.

`drawing.json` is drawn by hand, `trace` turns it into `browser/figure.json`, and everything that draws reads that.
"""

from dashboard.body_figure.day_tile import DayTile, day_tiles
from dashboard.body_figure.palette import fill, ink
from dashboard.body_figure.picture import svg
from dashboard.body_figure.wording import legend

__all__ = ["DayTile", "day_tiles", "fill", "ink", "legend", "svg"]
