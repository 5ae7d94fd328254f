"""Questionnaires: what each is, its score from answers, what a score says, and whether a change is important."""

from clinical.measures.against_last import against_last
from clinical.measures.definition import Band, BandSet, Difference, Instrument, Part, Range, Sourced
from clinical.measures.forms import Form, Group, Item, items
from clinical.measures.names import instrument
from clinical.measures.promis import T_TABLES, T_UNIT, t_score
from clinical.measures.reading import meaning
from clinical.measures.scored import Direction, Important, Judged, Kind, Meaning, Scored
from clinical.measures.scoring import score
from clinical.measures.tables import INSTRUMENTS
from clinical.measures.totals import Total, allowed, range_problem, read_total

PHQ9_ITEM_9 = INSTRUMENTS["PHQ-9"].safety_item
"""The place (from 1) of the PHQ-9 item on thoughts of being better off dead or of self-harm."""

__all__ = [
    "INSTRUMENTS",
    "PHQ9_ITEM_9",
    "T_TABLES",
    "T_UNIT",
    "Band",
    "BandSet",
    "Difference",
    "Direction",
    "Form",
    "Group",
    "Important",
    "Instrument",
    "Item",
    "Judged",
    "Kind",
    "Meaning",
    "Part",
    "Range",
    "Scored",
    "Sourced",
    "Total",
    "against_last",
    "allowed",
    "instrument",
    "items",
    "meaning",
    "range_problem",
    "read_total",
    "score",
    "t_score",
]
