"""The day tiles on the screen: one small front-and-back map per day, 2 rows of 14 where there is room."""

from collections.abc import Sequence
from datetime import date

from dashboard.body_figure.day_tile import DayTile, day_tiles
from dashboard.components.browser_files import renderer
from dashboard.components.component_data import sent
from dashboard.components.day_tiles.message import message

__all__ = ["DayTile", "day_tiles", "show"]


def show(key: str, tiles: Sequence[DayTile], *, title: str = "") -> date | None:
    """Draws the tiles under their title and key; returns the day that was just clicked, None in every other run."""
    result = renderer("day_tiles")(key=key, data=sent(message(tiles, title)), on_picked_change=_rerun)
    return _answer(result.get("picked"), tiles)


def _rerun() -> None:
    """Nothing to do: a click reruns the page or fragment by itself."""


def _answer(picked: object, tiles: Sequence[DayTile]) -> date | None:
    """The day of the tile that was clicked, if it is among those shown."""
    return next((tile.day for tile in tiles if tile.day.isoformat() == picked), None)
