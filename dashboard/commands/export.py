"""`flareboard export`: what leaves for one patient, or everybody's diary as CSV."""

import argparse
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from clinical.diary import Period
from dashboard import clock
from dashboard.commands import files, opened
from dashboard.commands.command_line import OPERATOR, patient_of, say
from dashboard.commands.parsing import Commands, day
from dashboard.errors import ExplainedError
from dashboard.presenters.words import listed
from dashboard.services import csv_exports, map_exchange, reports
from data_access import engine as database
from data_access.importers.checks import EARLIEST, LATEST
from data_access.patients import PatientHead

USUAL_DAYS = 28
"""Days of a summary when none are asked for."""
MOST_ROWS_NAMED = 12
FORMATS = ("pdf", "docx", "fhir", "text", "csv", "fhir-marks", "choir")


def add(commands: Commands) -> None:
    """The arguments of `export`."""
    parser = commands.add_parser("export", help="write a patient's summary or series, or everybody's as CSV")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--patient", metavar="RECORD")
    whose.add_argument("--all", action="store_true", help="every patient (csv only)")
    parser.add_argument("--format", required=True, choices=FORMATS)
    parser.add_argument("--out", required=True, type=Path, metavar="PATH")
    parser.add_argument("--from", dest="start", type=day, metavar="D", help="first day")
    parser.add_argument("--to", dest="end", type=day, metavar="D", help="last day")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 once the file is complete; 2 with the reason otherwise."""
    if arguments.start and arguments.end and arguments.end < arguments.start:
        raise _refused("The last day lies before the first.", "Give --from and --to in order.")
    if arguments.all:
        return _everybody(arguments)
    with database.reading(opened.ready()) as conn:
        head = patient_of(conn, arguments.patient)
    make = _MAKERS.get(arguments.format)
    if make is None:
        raise _refused(
            f"Exporting as {arguments.format} is not part of this version yet.", "Use --format pdf or --format csv."
        )
    content = make(head, arguments.start, arguments.end)
    with files.written(arguments.out, replace=True) as file:
        file.write(content)
    say(f"Written: {arguments.out} ({len(content)} bytes).")
    return 0


def _everybody(arguments: argparse.Namespace) -> int:
    if arguments.format != "csv":
        raise _refused("All patients together can be exported as CSV only.", "Use --format csv, or --patient.")
    opened.ready()
    with files.written(arguments.out, replace=True) as file:
        count = csv_exports.everybody(OPERATOR, file, _series_period(arguments.start, arguments.end))
    say(f"Written: {arguments.out} ({count} patients).")
    return 0


def _series_period(start: date | None, end: date | None) -> Period | None:
    """The days asked for; None for everything, undated rows included."""
    if start is None and end is None:
        return None
    return Period(start or EARLIEST, end or LATEST)


def _csv(head: PatientHead, start: date | None, end: date | None) -> bytes:
    period = _series_period(start, end)
    return csv_exports.one_patient(OPERATOR, head.patient_id, period, as_of=clock.today(), now=clock.now())[1]


def _pdf(head: PatientHead, start: date | None, end: date | None) -> bytes:
    today = clock.today()
    last = end or today
    period = Period(start or last - timedelta(days=USUAL_DAYS - 1), last)
    return reports.one_page(OPERATOR, head.patient_id, period, as_of=today, now=clock.now()).content


def _fhir_marks(head: PatientHead, start: date | None, end: date | None) -> bytes:
    period = _series_period(start, end)
    return map_exchange.as_fhir(OPERATOR, head, period, as_of=clock.today(), now=clock.now()).content


def _choir(head: PatientHead, start: date | None, end: date | None) -> bytes:
    period = _series_period(start, end)
    made = map_exchange.as_choir(OPERATOR, head, period, as_of=clock.today(), now=clock.now())
    say(
        f"{made.maps} maps, {made.segments} segments; intensities and qualities are not in it. {made.merged} segments "
        f"cover several of our regions; {made.widened} times a region went out as several segments, {made.halved} "
        f"times the midline on the painful side only, {made.moved} times the sacroiliac area as the lower back: in "
        f"{listed(list(made.inexact), MOST_ROWS_NAMED) or 'no row'}. {made.pain_free} maps without pain are an empty "
        "cell, which a reader takes for unknown."
    )
    return made.delivery.content


_MAKERS: dict[str, Callable[[PatientHead, date | None, date | None], bytes]] = {
    "csv": _csv,
    "pdf": _pdf,
    "fhir-marks": _fhir_marks,
    "choir": _choir,
}


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was written.", what_to_do)
