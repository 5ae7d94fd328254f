"""Numbers as they are displayed: everything is rounded here first and classified afterwards (principle 4)."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache


def displayed(value: float, places: int = 1) -> float:
    """The value rounded half away from zero to `places` decimals, as a reader expects 2.25 to become 2.3."""
    return _rounded(value, places)


@lru_cache(maxsize=8192)
def _rounded(value: float, places: int) -> float:
    step = Decimal(1).scaleb(-places)
    # The 9 significant decimals drop the float dust of means and float32, so that 2.249999 is read as 2.25.
    return float(Decimal(f"{value:.6f}").quantize(step, ROUND_HALF_UP)) + 0.0
