"""What a stored score says: the number to show, its kind, its band, and what must stand beside it."""

from clinical.measures.definition import Instrument
from clinical.measures.names import instrument
from clinical.measures.promis import kind_of, t_score
from clinical.measures.scored import Kind, Meaning
from clinical.record import Score
from clinical.rounding import displayed

NOT_KNOWN = "not an instrument we know: kept as written, without range or band"
NO_BANDS = "no bands published"
OPEN = "raw sum or T score: not told, so no band"
NO_TOTAL = "no total"


def meaning(score: Score) -> Meaning:
    """What that score says. A PROMIS raw sum is shown as its T score where the reference has a table."""
    known = instrument(score.instrument)
    if known is None:
        return Meaning(score.score, "score" if score.score is not None else "no total", "", None, NOT_KNOWN, "")
    if known.scoring == "profile":
        return _profile(known, score)
    if score.score is None:
        return Meaning(None, "no total", "", None, NO_TOTAL, known.caveat.text)
    return _of_value(known, score.score, score.unit)


def _profile(known: Instrument, score: Score) -> Meaning:
    """The five digits where all five levels are held; a number beside them may be an index, and is kept as written."""
    levels = score.items[: known.item_count]
    whole = len(levels) == known.item_count and all(level is not None for level in levels)
    digits = "".join(f"{level:.0f}" for level in levels if level is not None) if whole else ""
    why = NO_BANDS if digits else "not all five levels are held"
    return Meaning(score.score, "profile", "", None, why, known.caveat.text, digits)


def _of_value(known: Instrument, value: float, unit: str) -> Meaning:
    kind: Kind = kind_of(known, value, unit)
    found = t_score(known.code, value) if kind == "raw sum" else None
    if found is not None:
        value, kind = found, "T score"
    shown = displayed(value, 1 if kind == "T score" else known.places)
    return _banded(known, shown, kind)


def _banded(known: Instrument, shown: float, kind: Kind) -> Meaning:
    """Bands of PROMIS are those of the T score alone."""
    if known.t_score is not None and kind != "T score":
        why = OPEN if kind == "raw sum or T score" else "a raw sum without a table of T scores: no band"
        return Meaning(shown, kind, "", None, why, known.caveat.text)
    if known.band_set is None:
        return Meaning(shown, kind, "", None, NO_BANDS, known.caveat.text)
    places = 1 if kind == "T score" else known.places
    return Meaning(shown, kind, known.band_set.band(shown, places), known.band_set, "", known.caveat.text)
