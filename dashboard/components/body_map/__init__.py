"""The body map on the screen: shows a period's map, and which regions the person selected."""

from collections.abc import Sequence

from clinical.body_map import REGION_INDEX
from clinical.maps import RegionMap
from dashboard.body_figure.picture import Views
from dashboard.components.body_map.message import HINT, message, stamp
from dashboard.components.browser_files import renderer
from dashboard.components.component_data import sent


def show(
    key: str,
    values: RegionMap,
    *,
    height: int = 340,
    selected: Sequence[str] = (),
    view: Views = "both",
    hint: str = HINT,
    title: str = "",
) -> tuple[str, ...]:
    """Draws the map `height` px tall and returns the ids of the selected regions, in the order of the clicks.

    `title` is what the map is called when read aloud; empty: the name of its mode.

    `selected` is the selection to begin with; handing in another one than before replaces what the person clicked.
    """
    data = message(values, height=height, selected=selected, view=view, hint=hint)
    data["title"] = title or data["title"]
    state = renderer("body_map")(key=key, data=sent(data), on_selected_change=_rerun).get("selected")
    return _answer(state, tuple(data["selected"]))


def _rerun() -> None:
    """Nothing to do: a change of the selection reruns the page or fragment by itself."""


def _answer(state: object, asked: tuple[str, ...]) -> tuple[str, ...]:
    """What was clicked, as far as it is a selection of known regions made on top of `asked`; else `asked`."""
    if not isinstance(state, dict) or state.get("given") != stamp(asked) or not isinstance(state.get("ids"), list):
        return asked
    return tuple(dict.fromkeys(i for i in state["ids"] if isinstance(i, str) and i in REGION_INDEX))
