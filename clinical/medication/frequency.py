"""How often a day a written frequency means, read strictly: a wording that is not known is not guessed at."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Frequency:
    """`times` a day; `at_most` when it is a ceiling ('up to four times a day'), `averaged` when below once a day.

    `pieces` is how many tablets or capsules the wording itself says ('take 2 tablets twice a day'), None when it
    says none.
    """

    times: float
    at_most: bool = False
    averaged: bool = False
    pieces: float | None = None


_WORDS = {"once": 1, "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DAILY = {
    "daily": 1.0, "every day": 1.0, "each day": 1.0, "nightly": 1.0, "every night": 1.0, "every morning": 1.0,
    "at night": 1.0, "in the morning": 1.0, "in the evening": 1.0, "at bedtime": 1.0, "mane": 1.0, "nocte": 1.0,
    "qd": 1.0, "qhs": 1.0, "bd": 2.0, "bid": 2.0, "tds": 3.0, "tid": 3.0, "qds": 4.0, "qid": 4.0,
    "morning and night": 2.0, "morning and evening": 2.0, "in the morning and at night": 2.0,
    "alternate days": 0.5, "every other day": 0.5, "weekly": 1 / 7,
}  # fmt: skip
_COUNT = r"(\d+|once|twice|thrice|one|two|three|four|five|six)"
_DAY = r"a day|daily|per day|each day|every day|/day|in the morning|at night|at bedtime|in the evening|nightly"
# '2 a day' may mean two tablets once: only 'times', 'once', 'twice' and a single one say how often.
_OFTEN = rf"(?:{_COUNT} times?|(once|twice|thrice|1|one))"
_A_DAY = re.compile(rf"{_OFTEN} ?(?:{_DAY})")
_EVERY_DAYS = re.compile(rf"{_OFTEN} (?:every (\d+) days|a (week)|per (week)|every (\d+) weeks)")
_HOURS = re.compile(r"(?:once )?(?:every|q) ?(\d+)(?: ?(?:-|to) ?(\d+))? ?(?:h|hr|hrs|hour|hours|hourly)")
_EVERY = re.compile(r"(?:once )?every (\d+) days")
_PIECES = re.compile(rf"(?:take |apply |use )?{_COUNT} (?:tablets?|capsules?|caplets?|patch|patches) ?")
_AT_MOST = re.compile(r"^(?:up to|at most|maximum|max\.?) ")
_NOISE = re.compile(
    r"\b(?:as directed|with food|with or without food|with water|by mouth|orally|as needed|if needed|when needed|"
    r"when required|as required|if required|prn|for pain)\b"
)
_SUPPLY = re.compile(r"(?:^|; )supply to \d{1,2} [a-z]{3} \d{4}$", re.IGNORECASE)
_NEEDED = re.compile(r"\b(?:as|if|when) (?:needed|required)\b|\bprn\b")


def without_supply(text: str) -> str:
    """The wording without the day to which the supply runs: it says nothing of how often."""
    return _SUPPLY.sub("", text)


@lru_cache(maxsize=2048)
def times_a_day(text: str) -> Frequency | None:
    """The frequency of that wording; None when it is missing or not understood in every word."""
    plain = " ".join(without_supply(text).casefold().replace(",", " ").rstrip(".").split())
    needed = bool(_NEEDED.search(plain))
    plain = " ".join(_NOISE.sub(" ", plain).split())
    pieces, rest = _pieces(plain)
    ceiling = bool(_AT_MOST.match(rest))
    found = _times(_AT_MOST.sub("", rest))
    if found is None or found[0] <= 0:
        return None
    times, is_most = found
    return Frequency(times, at_most=ceiling or is_most or needed, averaged=times < 1, pieces=pieces)


def _pieces(text: str) -> tuple[float | None, str]:
    hit = _PIECES.match(text)
    if hit:
        return float(_number(hit[1])), text[hit.end() :]
    return None, text.removeprefix("take ").removeprefix("apply ").removeprefix("use ")


def _number(word: str) -> int:
    return _WORDS[word] if word in _WORDS else int(word)


def _times(text: str) -> tuple[float, bool] | None:
    """Times a day, and whether the wording is a ceiling; only of a wording that is understood to its end."""
    if text in _DAILY:
        return _DAILY[text], False
    if hit := _A_DAY.fullmatch(text):
        return float(_number(hit[1] or hit[2])), False
    if (hit := _EVERY_DAYS.fullmatch(text)) and (days := _days(hit)):
        return _number(hit[1] or hit[2]) / days, False
    if (hit := _EVERY.fullmatch(text)) and int(hit[1]) > 0:
        return 1 / int(hit[1]), False
    if (hit := _HOURS.fullmatch(text)) and int(hit[1]) > 0:
        # 'every 4-6 hours' is at most every four.
        return 24 / int(hit[1]), hit[2] is not None
    return None


def _days(hit: re.Match[str]) -> int:
    """The days of 'every n days', 'a week', 'every n weeks'; 0 for a wording of none."""
    if hit[4] or hit[5]:
        return 7
    return int(hit[3]) if hit[3] else 7 * int(hit[6])
