"""What a stored score says: the number to show, its kind, its band, and what must stand beside it."""

from clinical.measures.definition import Instrument
from clinical.measures.names import instrument
from clinical.measures.promis import T_TABLES, kind_of, t_score
from clinical.measures.scored import Kind, Meaning
from clinical.measures.scoring import score
from clinical.record import Score
from clinical.rounding import displayed

NOT_KNOWN = "not an instrument we know: kept as written, without range or band"
NO_BANDS = "no bands in the reference"
RAW = "a raw sum without a table of T scores: no band"
OPEN = "raw sum or T score: not told, so no band"
NO_TOTAL = "no total"


def meaning(held: Score) -> Meaning:
    """What that score says. A PROMIS raw sum is shown as its T score where the reference has a table."""
    known = instrument(held.instrument)
    if known is None:
        return Meaning(held.score, "score" if held.score is not None else "no total", "", None, NOT_KNOWN, "")
    if known.scoring == "profile":
        return _profile(known, held)
    if held.score is None:
        return Meaning(None, "no total", "", None, NO_TOTAL, known.caveat.text)
    return _of_value(known, held.score, held)


def _profile(known: Instrument, held: Score) -> Meaning:
    """The five digits where all five levels are held; a number beside them may be an index, and is kept as written."""
    levels = held.items[: known.item_count]
    whole = len(levels) == known.item_count and all(level is not None for level in levels)
    digits = "".join(f"{level:.0f}" for level in levels if level is not None) if whole else ""
    why = NO_BANDS if digits else "not all five levels are held"
    return Meaning(held.score, "profile", "", None, why, known.caveat.text, digits)


def _of_value(known: Instrument, value: float, held: Score) -> Meaning:
    kind: Kind = kind_of(known, value, held.unit)
    found = t_score(known.code, value) if kind == "raw sum" else None
    if found is not None:
        value, kind = found, "T score"
    # A total that is no whole number was made elsewhere: it is shown as it came.
    places = 1 if kind == "T score" or value != int(value) else known.places
    return _banded(known, displayed(value, places), kind, _beside(known, displayed(value, places), held))


def _banded(known: Instrument, shown: float, kind: Kind, caveat: str) -> Meaning:
    """Bands of PROMIS are those of the T score alone."""
    if kind in ("raw sum", "raw sum or T score"):
        return Meaning(shown, kind, "", None, RAW if kind == "raw sum" else OPEN, caveat)
    if known.band_set is None:
        return Meaning(shown, kind, "", None, NO_BANDS, caveat)
    places = 1 if kind == "T score" else known.places
    return Meaning(shown, kind, known.band_set.band(shown, places), known.band_set, "", caveat)


def _beside(known: Instrument, shown: float, held: Score) -> str:
    """The questionnaire's caveat, and that the score is not what its own answers give, where it is not."""
    own = _of_answers(known, held)
    if own is None or own == shown:
        return known.caveat.text
    differs = f"On record as {shown:g}; its answers give {own:g}."
    return f"{differs} {known.caveat.text}".strip()


def _of_answers(known: Instrument, held: Score) -> float | None:
    """The score of the answers that are held, on the scale the score is on; None where they give none."""
    if not any(answer is not None for answer in held.items) or not known.parts:
        return None
    if known.t_score is not None and known.code not in T_TABLES:
        return None
    try:
        return score(known.code, held.items).kept
    except ValueError:
        return None
