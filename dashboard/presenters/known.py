"""What is known without a diary, in words: tables of medicines, scores, diagnoses, events; the undated map's title."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from clinical.findings import Event, Score
from clinical.maps import RegionMap
from clinical.measures import instrument, meaning
from dashboard.presenters.words import escaped, full_day, plainly, several
from dashboard.services.known import Prescribed
from data_access.records import ConditionRecord

NO_DATE = "date not recorded"
UNITS = {"{score}": "", "{MME}/d": "MME a day"}
"""Units as a FHIR server writes them, in words."""


def medicines(listed: Sequence[Prescribed]) -> str:
    """A table, one line for each medicine and strength: name and dose, how taken, how often prescribed, when last."""
    rows = [
        (
            " ".join(part for part in (escaped(line.medicine.name), _dose(line)) if part),
            escaped(line.medicine.frequency) or "not recorded",
            str(line.requests),
            _when(line.latest),
        )
        for line in listed
    ]
    return _table(("Medicine", "How taken", "Requests", "Latest"), rows)


def scores(listed: Sequence[Score]) -> str:
    """A table, one line for each score: questionnaire, value with range or unit, band where one is defined, day."""
    ordered = sorted(listed, key=lambda each: (each.instrument, each.day or date.min, each.measure_id))
    rows = [(escaped(each.instrument), _value(each), _band(each), _when(each.day)) for each in ordered]
    return _table(("Score", "Value", "Band", "Date"), rows)


def diagnoses(listed: Sequence[ConditionRecord]) -> str:
    """A table of diagnoses, those that still hold first."""
    ordered = sorted(listed, key=lambda each: (each.status != "active", each.onset_day or date.max, each.label))
    rows = [(escaped(each.label), escaped(each.status), _when(each.onset_day)) for each in ordered]
    return _table(("Diagnosis", "Status", "Since"), rows)


def events(listed: Sequence[Event]) -> str:
    """A table of what happened, the latest first, undated last."""
    ordered = sorted(listed, key=lambda each: (each.day or date.min, each.event_id), reverse=True)
    rows = [(escaped(each.label or each.kind), each.kind.replace("_", " "), _when(each.day)) for each in ordered]
    return _table(("Procedures and events", "Kind", "Date"), rows)


def map_title(maps: int, shown: int) -> str:
    """'Undated map: date not recorded', with its place where there are several."""
    return f"Undated map{f' {shown + 1} of {maps}' if maps > 1 else ''}: {NO_DATE}"


def map_caption(shown: RegionMap) -> str:
    """'8 regions, intensity not recorded'."""
    rated, unrated = int(np.isfinite(shown.values).sum()), int(shown.present.sum())
    if not rated:
        return f"{several(unrated, 'region')}{', intensity not recorded' if unrated else ' marked'}"
    return f"{several(rated + unrated, 'region')}{f', {unrated} without an intensity' if unrated else ''}"


def _dose(line: Prescribed) -> str:
    return "" if line.medicine.dose is None else f"({escaped(plainly(line.medicine.dose, line.medicine.unit))})"


def _value(score: Score) -> str:
    """'14 of 27', '220 MME a day', '61.2 (T score)': the number a band and a chart rest on."""
    said, known = meaning(score), instrument(score.instrument)
    if said.value is None:
        return f"profile {said.profile}" if said.profile else "no total"
    if said.kind == "T score":
        return f"{escaped(plainly(said.value))} (T score)"
    unit, scale = UNITS.get(score.unit, score.unit), known.score if known else None
    # A dose or a count has a unit; what it is out of says nothing there.
    of = f" of {scale.high:g}" if scale and not unit and scale.holds(said.value) else ""
    return f"{escaped(plainly(said.value))}{of} {escaped(unit)}".rstrip()


def _band(score: Score) -> str:
    """The band, with 'unconfirmed' where nobody checked its source."""
    said = meaning(score)
    if not said.band or said.band_set is None:
        return "none defined"
    return f"{said.band} (unconfirmed)" if said.band_set.evidence == "K" else said.band


def _when(day: date | None) -> str:
    return NO_DATE if day is None else full_day(day)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; '' without rows. The cells are escaped by those who make them."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else ""
