"""Arrays as Plotly reads them on the wire: plain numbers, because the browser looks at those only once.

Streamlit's chart is handed to Plotly twice for each figure. Of plain arrays Plotly believes `layout.datarevision` that
nothing changed in between; typed ones ({'dtype', 'bdata'}) it lays out and draws a second time, which takes as long as
the first. Rounded to what a pixel can show, the text is no longer than base64 would be.
"""

from hashlib import blake2b
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

_OPENED = frozenset({dict, list, np.ndarray})
_DECIMALS = 3
"""A thousandth of a point, an hour or a millisecond: less than a pixel of any panel."""


def encoded(value: Any) -> Any:
    """The same figure with every array as a list, None for NaN; plain JSON from here on."""
    if isinstance(value, np.ndarray):
        return _numbers(value)
    if isinstance(value, dict):
        return {name: encoded(part) if type(part) in _OPENED else part for name, part in value.items()}
    if isinstance(value, list):
        return [encoded(part) if type(part) in _OPENED else part for part in value]
    return value


def ready(traces: list[dict[str, Any]], layout: dict[str, Any]) -> dict[str, Any]:
    """The figure as it goes over the wire; its revision is the same for the same numbers only."""
    data = encoded(traces)
    revision = blake2b(orjson.dumps(data), digest_size=8).hexdigest()
    return {"data": data, "layout": {**encoded(layout), "datarevision": revision}}


def _numbers(values: NDArray[Any]) -> list[Any]:
    if values.dtype.kind != "f":
        return list(values.tolist())
    rounded = values.astype(np.float64).round(_DECIMALS)
    missing = np.isnan(rounded)
    if not missing.any():
        return list(rounded.tolist())
    numbers = rounded.astype(object)
    numbers[missing] = None
    return list(numbers.tolist())
