"""Names, units and days of factors, as they stand in a sentence about pain."""

from clinical.associations import NIGHTS
from clinical.further_columns import DOSES, WEATHER
from dashboard.presenters.words import number, sentence_case

_NAMES = {
    "sleep_hours": ("hours of sleep", "h"),
    "sleep_quality": ("quality of sleep", "point"),
    "stress": ("stress", "point"),
    "mood": ("mood", "point"),
    "activity": ("activity", "point"),
    "rescue_doses": ("as-needed medicine", "dose"),
    "tenderness": ("tenderness to pressure", "point"),
}
_MORE_AND_LESS = {
    "sleep_hours": ("more sleep", "less sleep"),
    "sleep_quality": ("better sleep", "worse sleep"),
    "mood": ("better mood", "lower mood"),
}
_LAGS = ("the same day", "the next day", "two days later", "three days later")
_AFTER_NIGHTS = ("the day after", "two days after", "three days after", "four days after")


def named(factor: str) -> str:
    """'hours of sleep', 'damp weather', 'doses of tramadol'."""
    if factor.startswith(WEATHER):
        return f"{factor.removeprefix(WEATHER)} weather"
    if factor.startswith(DOSES):
        return f"doses of {factor.removeprefix(DOSES)}"
    return _NAMES.get(factor, (factor.replace("_", " "), ""))[0]


def title(factor: str) -> str:
    """'Hours of sleep', 'Damp weather', 'Doses of tramadol'."""
    return sentence_case(named(factor))


def more(factor: str) -> str:
    """'more stress', 'better mood', 'more tramadol'; of weather that it was there: 'damp weather'."""
    return _more_and_less(factor)[0]


def less(factor: str) -> str:
    """'less stress', 'lower mood', 'less tramadol'."""
    return _more_and_less(factor)[1]


def _more_and_less(factor: str) -> tuple[str, str]:
    if yes_or_no(factor):
        return named(factor), f"less {named(factor)}"
    name = factor.removeprefix(DOSES) if factor.startswith(DOSES) else named(factor)
    return _MORE_AND_LESS.get(factor, (f"more {name}", f"less {name}"))


def yes_or_no(factor: str) -> bool:
    """Whether the factor is there on a day or not, with nothing in between."""
    return factor.startswith(WEATHER)


def unit(factor: str) -> str:
    """'h', 'point', 'dose'; '' where it is not known or the factor has none."""
    return "dose" if factor.startswith(DOSES) else _NAMES.get(factor, ("", ""))[1]


def when(factor: str, lag: int) -> str:
    """On which day the pain is meant: 'the next day', of a night 'the day after'."""
    return (_AFTER_NIGHTS if factor in NIGHTS else _LAGS)[lag]


def signed(value: float | None, places: int = 2) -> str:
    """'+0.41', '−0.30'."""
    shown = number(value, places)
    return shown if value is None or value <= 0 else f"+{shown}"


def interval(low: float | None, high: float | None, places: int = 2) -> str:
    """'95 % +0.10 to +0.50'."""
    return f"95 % {signed(low, places)} to {signed(high, places)}"
