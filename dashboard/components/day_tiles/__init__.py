"""The day tiles on the screen: one small front-and-back map per day, 2 rows of 14 where there is room."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.body_figure.day_tile import DayTile, day_tiles
from dashboard.components.browser_files import mount
from dashboard.components.day_tiles.message import message
from dashboard.services.kept import Kept

__all__ = ["DayTile", "day_tiles", "show"]

_messages: Kept[dict[str, Any]] = Kept(128)


def show(key: str, tiles: Sequence[DayTile], *, title: str = "") -> date | None:
    """Draws the tiles under their title and key; returns the day that was just clicked, None in every other run."""
    data = _messages.get((tuple(tiles), title), lambda: message(tiles, title))
    result = mount("day_tiles", key=key, data=data, on_picked_change=_rerun)
    return _answer(result.get("picked"), tiles)


def _rerun() -> None:
    """Nothing to do: a click reruns the page or fragment by itself."""


def _answer(picked: object, tiles: Sequence[DayTile]) -> date | None:
    """The day of the tile that was clicked, if it is among those shown."""
    return next((tile.day for tile in tiles if tile.day.isoformat() == picked), None)
