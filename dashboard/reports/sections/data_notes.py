"""What the document rests on: days logged, gaps, what has no date, the method and its version, what is not in it."""

from datetime import date
from importlib.metadata import version

from clinical import reviewed
from dashboard.presenters.words import full_day, several
from dashboard.reports import data_notes as first_page
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import Content, bullets, logged

ELSEWHERE = "Not recorded in Flareboard: work, safeguarding, reasonable adjustments. Ask where they matter."
"""Items 11 and 18 of a full referral (reference 9.4), so that nobody takes their absence for none."""


def data_notes(record: Record, _: Order) -> Content:
    """Days logged of those expected, gaps, maps, undated entries, versions of the method, cautions."""
    return Content(
        bullets((*first_page.told(record), *_later(record), ELSEWHERE, method(), *first_page.CAUTIONS)),
        "",
        logged(record),
    )


def _later(record: Record) -> tuple[str, ...]:
    """That the period ends before today."""
    end = record.periods.now.end
    if end >= record.as_of:
        return ()
    return (f"The period ends {several((record.as_of - end).days, 'day')} before this document was made.",)


def method() -> str:
    """'Method: Flareboard 0.1.0; thresholds of 22 Nov 2026, flare detector of 22 Nov 2026.'"""
    tables = {"thresholds": "thresholds", "flare detector": "flare_detector"}
    dated = ", ".join(f"{name} of {full_day(_reviewed(table))}" for name, table in tables.items())
    return f"Method: Flareboard {version('flareboard')}; {dated}."


def _reviewed(table: str) -> date:
    """The day of the latest row of that table."""
    return max(date.fromisoformat(row["version"]) for row in reviewed.rows(table))
