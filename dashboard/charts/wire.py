"""Arrays as Plotly reads them on the wire: binary in base64, a fifth of the same numbers as text."""

from base64 import b64encode
from typing import Any

import numpy as np

_OPENED = frozenset({dict, list, np.ndarray})
_CODES = {"float32": "f4", "float64": "f8", "int16": "i2"}


def encoded(value: Any) -> Any:
    """The same figure with every array as {'dtype', 'bdata'}; plain JSON from here on."""
    if isinstance(value, np.ndarray):
        return {"dtype": _CODES[value.dtype.name], "bdata": b64encode(value.tobytes()).decode()}
    if isinstance(value, dict):
        return {name: encoded(part) if type(part) in _OPENED else part for name, part in value.items()}
    if isinstance(value, list):
        return [encoded(part) if type(part) in _OPENED else part for part in value]
    return value
