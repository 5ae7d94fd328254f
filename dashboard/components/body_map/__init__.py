"""The body map on the screen: shows a map or a difference, plays a course, and lets a map be filled in."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from clinical.body_map import REGION_INDEX
from clinical.maps import RegionMap
from dashboard.body_figure.picture import Views
from dashboard.components.body_map import difference_message, play_message, record_message
from dashboard.components.body_map.marks import Depth, Frame, Mark
from dashboard.components.body_map.message import HINT, message, stamp
from dashboard.components.browser_files import mount
from dashboard.services.kept import Kept

__all__ = ["Depth", "Frame", "Mark", "difference", "play", "record", "show", "stamp"]

_messages: Kept[dict[str, Any]] = Kept(128)
"""What was told of a map, by the map itself: drawn again, it is told in the same words."""


def show(  # noqa: PLR0913  (what a map can be told)
    key: str,
    values: RegionMap,
    *,
    height: int = 340,
    selected: Sequence[str] = (),
    view: Views = "both",
    hint: str = HINT,
    title: str = "",
    ghosts: Collection[str] = (),
    chosen: str = "",
) -> tuple[str, ...]:
    """Draws the map `height` px tall and returns the ids of the selected regions, in the order of the clicks.

    `title` is what the map is called when read aloud; empty: the name of its mode.

    `selected` is the selection to begin with; handing in another one than before replaces what the person clicked.

    `ghosts` are regions that hurt earlier: drawn faintly where the map itself has nothing to show.

    `chosen` is what is said of the selection instead of the name of each region, without the button that clears it.
    """

    def told() -> dict[str, Any]:
        data = message(values, height=height, selected=selected, view=view, hint=hint, ghosts=ghosts)
        return {**data, "title": title or data["title"], **({"chosen": chosen} if chosen else {})}

    data = _messages.get((values, height, tuple(selected), view, hint, title, frozenset(ghosts), chosen), told)
    state = mount("body_map", key=key, data=data, on_selected_change=_rerun).get("selected")
    return _answer(state, tuple(data["selected"]))


def difference(
    key: str,
    kinds: Sequence[str],
    words: Sequence[str],
    *,
    height: int = 340,
    title: str = "",
    often: Mapping[int, str] = difference_message.NO_OFTEN,
    otherwise: str = "",
) -> tuple[str, ...]:
    """Draws what differs between two periods and returns the ids of the selected regions.

    For each of the 74 regions `kinds` holds 'new', 'gone', 'stronger', 'weaker', 'unchanged', 'unrated', 'noise' (new
    or gone within drawing error), 'otherwise' (only pain that a filter leaves out) or '' (pain in neither period) and
    `words` what is said of it aloud and in its card.
    `often`: the regions that hurt 'oftener' or 'seldomer'; `otherwise`: 'not marked as burning', said of faint ones.
    """
    data = difference_message.message(kinds, words, height=height, title=title, often=often, otherwise=otherwise)
    state = mount("body_map", key=key, data=data, on_selected_change=_rerun).get("selected")
    return _answer(state, ())


def play(key: str, frames: Sequence[Frame], *, height: int = 340, title: str = "") -> None:
    """Draws a course of maps that the browser plays and steps through by itself; earlier locations stay as ghosts."""
    mount("body_map_play", key=key, data=play_message.message(frames, height=height, title=title))


def record(key: str, marks: Sequence[Mark], *, height: int = 420, revision: int = 0) -> tuple[Mark, ...]:
    """Draws a map to fill in and returns its marks as they stand, in vocabulary order.

    The marks are kept in the browser and reported after each change; `marks` replaces them when `revision` is another
    one than before.
    """
    kept = st.session_state.get(key)
    # What was filled in so far travels back, so that a map drawn anew in the browser does not begin from the start.
    held = record_message.answer(kept.get("marks") if kept is not None else None, marks, revision)
    data = record_message.message(held, height=height, revision=revision)
    state = mount("body_map_record", key=key, data=data, on_marks_change=_rerun).get("marks")
    return record_message.answer(state, held, revision)


def _rerun() -> None:
    """Nothing to do: a change reruns the page or fragment by itself."""


def _answer(state: object, asked: tuple[str, ...]) -> tuple[str, ...]:
    """What was clicked, as far as it is a selection of known regions made on top of `asked`; else `asked`."""
    if not isinstance(state, dict) or state.get("given") != stamp(asked) or not isinstance(state.get("ids"), list):
        return asked
    return tuple(dict.fromkeys(i for i in state["ids"] if isinstance(i, str) and i in REGION_INDEX))
