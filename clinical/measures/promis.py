"""Raw sums of PROMIS short forms as T scores, only where a table of the reference gives them."""

from dataclasses import dataclass

from clinical.measures.definition import Instrument
from clinical.measures.scored import Kind
from clinical.reviewed import rows


@dataclass(frozen=True, slots=True)
class TRow:
    """One row of the table: the T score of a raw sum, and what another source prints (None: the same)."""

    raw: int
    t_score: float
    other: float | None
    source: str
    evidence: str


def _load() -> dict[str, dict[int, TRow]]:
    tables: dict[str, dict[int, TRow]] = {}
    for row in rows("promis_t_scores"):
        other = float(row["other_t_score"]) if row["other_t_score"] else None
        made = TRow(int(row["raw"]), float(row["t_score"]), other, row["source"], row["evidence"])
        tables.setdefault(row["instrument"], {})[made.raw] = made
    return tables


T_TABLES: dict[str, dict[int, TRow]] = _load()
"""By questionnaire, then by raw sum."""


def t_score(code: str, raw: float) -> float | None:
    """The T score of a raw sum; None without a table, or for a raw sum that is none of its rows."""
    row = T_TABLES.get(code, {}).get(int(raw)) if raw == int(raw) else None
    return row.t_score if row else None


def kind_of(known: Instrument, value: float, unit: str = "") -> Kind:
    """Whether a stored number is a 'score', a 'T score', a 'raw sum', or 'raw sum or T score' where that is open."""
    if known.t_score is None:
        return "raw sum" if known.code.endswith("(raw)") else "score"
    is_raw = known.score is not None and known.score.holds(value) and known.score != known.t_score
    if not is_raw or unit == T_UNIT:
        return "T score"
    return "raw sum" if not known.t_score.holds(value) else "raw sum or T score"


T_UNIT = "T score"
"""The unit of a T score that was entered as one, where the number alone would not tell."""
