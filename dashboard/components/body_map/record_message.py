"""What the browser is told to fill in a map, and what is believed of the marks it sends back."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, cast

from clinical.body_map import DEPTHS, QUALITIES, REGION_COUNT, REGION_INDEX, REGIONS
from dashboard.body_figure.palette import DARK_SHEET, LIGHT_SHEET
from dashboard.components.body_map.marks import Depth, Mark
from dashboard.components.body_map.play_message import UNRATED_WORDS, ramp, said

WORDS = {
    "unit": "pain 0–10",
    "quiet": "no pain marked",
    "unrated": UNRATED_WORDS,
    "region": "region marked",
    "regions": "regions marked",
    "start": "Choose where it hurts",
    "next": "next region",
    "intensity": "Pain intensity",
    "qualities": "How it feels",
    "depth": "How deep",
    "undo": "Undo",
    "undone": "Undone",
    "clear": "Clear",
    "paint": "Paint several",
    "brush": "Painting",
    "brush_how": "every region you touch gets this",
    "painted": "Painting is off",
    "side": "Side of the body",
    "help": "Keys: arrows move, 0-9 set the intensity (1 and then 0: ten), Enter marks, Enter again says how it feels, "
    "Escape goes back, Shift with an arrow copies to the next region, Delete clears, Ctrl+Z undoes.",
}


def message(marks: Sequence[Mark], *, height: int, revision: int) -> dict[str, Any]:
    """JSON-ready data of known marks; a region travels as its place in the vocabulary."""
    return {
        "height": height,
        "title": "Body map to fill in",
        "revision": revision,
        "marks": [_told(mark) for mark in marks],
        "qualities": [[quality, quality.replace("_", " ")] for quality in QUALITIES],
        "depths": list(DEPTHS),
        "ramp": ramp(),
        "said": said(),
        "words": WORDS,
        "sheets": {"light": asdict(LIGHT_SHEET), "dark": asdict(DARK_SHEET)},
    }


def _told(mark: Mark) -> list[Any]:
    return [REGION_INDEX[mark.region_id], mark.intensity, list(mark.qualities), mark.depth]


def answer(state: object, marks: Sequence[Mark], revision: int) -> tuple[Mark, ...]:
    """The marks as they stand in the browser if made on top of `revision`, else `marks`; in vocabulary order."""
    made = isinstance(state, dict) and state.get("revision") == revision and isinstance(state.get("marks"), list)
    standing = _believed(cast("dict[str, Any]", state)["marks"]) if made else marks
    found = {mark.region_id: mark for mark in standing if mark.region_id in REGION_INDEX}
    return tuple(sorted(found.values(), key=lambda mark: REGION_INDEX[mark.region_id]))


def _believed(told: list[object]) -> Iterator[Mark]:
    for one in told:
        match one:
            case [int(index), int() | None as intensity, list() as qualities, str() as depth]:
                if not _is_sound(index, intensity):
                    continue
                known = tuple(quality for quality in QUALITIES if quality in qualities)
                said = cast("Depth", depth if depth in DEPTHS else "")
                yield Mark(REGIONS[index].region_id, intensity, known, said)


def _is_sound(index: int, intensity: int | None) -> bool:
    if isinstance(index, bool) or isinstance(intensity, bool):
        return False
    return 0 <= index < REGION_COUNT and (intensity is None or 0 <= intensity <= 10)
