"""Questionnaires: what each is, its score from answers, what a score says, and whether a change is important."""

from clinical.measures.against_last import against_last
from clinical.measures.definition import Band, BandSet, Difference, Instrument, Part, Range, Sourced
from clinical.measures.forms import Form, Group, Item, items
from clinical.measures.item_9 import MOST_WITHOUT_ITEM_9, PHQ9_ITEM_9, item_9, least_item_9
from clinical.measures.names import instrument
from clinical.measures.promis import T_TABLES, T_UNIT, t_score
from clinical.measures.reading import meaning
from clinical.measures.scored import Direction, Important, Judged, Kind, Meaning, Scored
from clinical.measures.scoring import score
from clinical.measures.tables import INSTRUMENTS
from clinical.measures.totals import Total, allowed, range_problem, read_total

__all__ = [
    "INSTRUMENTS",
    "MOST_WITHOUT_ITEM_9",
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
    "item_9",
    "items",
    "least_item_9",
    "meaning",
    "range_problem",
    "read_total",
    "score",
    "t_score",
]
