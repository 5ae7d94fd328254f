"""The three outcomes of the programme as a table, and share of days in each band of pain."""

from clinical.bands import BANDS, time_in_band
from clinical.diary import Period
from clinical.rounding import displayed
from dashboard.presenters.words import several, span
from dashboard.reports import outcome_sections
from dashboard.reports.document import Block, Table
from dashboard.reports.record import Record
from dashboard.reports.sections.content import paragraphs

_RANGES = {"none": "None 0", "mild": "Mild 1–3", "moderate": "Moderate 4–6", "severe": "Severe 7–10"}


def outcome_table(record: Record) -> tuple[Block, ...]:
    """Pain, flare days and distress against the period before, with the rule; and time in band."""
    found = outcome_sections.known_outcomes(record)
    columns = ("Outcome", "This period", "Period before", "Change", "Clinically important?", "Rests on")
    rows = tuple((row.name, row.now, row.before, row.change, row.judged, row.days) for row in found)
    table = (Table(outcome_sections.title(record), columns, rows),) if rows else ()
    return (*table, *paragraphs(outcome_sections.compared(record)), *_bands(record))


def _bands(record: Record) -> tuple[Block, ...]:
    """Share of answered days in each band, in both periods."""
    rows = tuple(row for period in (record.periods.now, record.periods.before) if (row := _share(record, period)))
    columns = ("Days", *_RANGES.values(), "Rests on")
    return (Table("Share of days in each band of pain", columns, rows, (1, 2, 3, 4)),) if rows else ()


def _share(record: Record, period: Period) -> tuple[str, ...]:
    found = time_in_band(record.diary, period)
    if not found.days:
        return ()
    shares = (f"{displayed(100 * getattr(found, band), 0):.0f} %" for band in BANDS)
    return (span(period), *shares, f"{several(found.days, 'day')} with a pain answer")
