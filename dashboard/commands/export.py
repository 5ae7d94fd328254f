"""`flareboard export`: what leaves for one patient, as the Share page makes it, or everybody's diary as CSV."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from clinical.diary import Period
from dashboard import clock
from dashboard.commands import files, opened
from dashboard.commands.command_line import OPERATOR, patient_of, say
from dashboard.commands.parsing import Commands, day
from dashboard.errors import ExplainedError
from dashboard.presenters.words import listed
from dashboard.reports.record import Order
from dashboard.reports.templates import SECTIONS, TEMPLATES
from dashboard.services import csv_exports, map_exchange, sharing
from dashboard.services.share_order import FORMATS
from data_access import engine as database
from data_access.importers.checks import EARLIEST, LATEST
from data_access.patients import PatientHead

USUAL_DAYS = 28
"""Days of a document when none are asked for."""
USUAL_TEMPLATE = "referral_pain"
MOST_ROWS_NAMED = 12
MAPS = ("fhir-marks", "choir")
"""What is no document and leaves alone."""
Made = Sequence[tuple[str, bytes]]
"""File names and what is in them."""


def add(commands: Commands) -> None:
    """The arguments of `export`."""
    parser = commands.add_parser("export", help="write a patient's document or series, or everybody's as CSV")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--patient", metavar="RECORD")
    whose.add_argument("--all", action="store_true", help="every patient (csv only)")
    parser.add_argument("--format", required=True, type=_formats, help=f"one or several of {','.join(_KNOWN)}")
    parser.add_argument("--out", required=True, type=Path, metavar="PATH", help="a file; of several formats a folder")
    parser.add_argument("--template", choices=TEMPLATES, help=f"the kind of document (usually {USUAL_TEMPLATE})")
    parser.add_argument("--from", dest="start", type=day, metavar="D", help="first day")
    parser.add_argument("--to", dest="end", type=day, metavar="D", help="last day")
    parser.set_defaults(run=run)


_KNOWN = (*FORMATS, *MAPS)


def _formats(text: str) -> tuple[str, ...]:
    """'pdf,docx' as its parts, each once."""
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    unknown = [part for part in wanted if part not in _KNOWN]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)} (choose from {', '.join(_KNOWN)})")
    return wanted


def run(arguments: argparse.Namespace) -> int:
    """0 once every file is complete; 2 with the reason otherwise."""
    _check_days(arguments.start, arguments.end, clock.today())
    if len(arguments.format) > 1 and set(arguments.format) & set(MAPS):
        raise _refused(f"{listed(list(MAPS))} leave alone.", "Ask for them one at a time.")
    if arguments.all:
        return _everybody(arguments)
    if len(arguments.format) > 1 and arguments.out.exists() and not arguments.out.is_dir():
        raise _refused("Several formats need a folder, and there is a file of that name.", "Give a folder with --out.")
    with database.reading(opened.ready()) as conn:
        head = patient_of(conn, arguments.patient)
    made = [one for make, formats in _makers(arguments) for one in make(head, formats, arguments)]
    _write(arguments.out, made)
    return 0


def _check_days(start: date | None, end: date | None, today: date) -> None:
    """Raises ExplainedError unless first day <= last day <= today."""
    if start and end and end < start:
        raise _refused("The last day lies before the first.", "Give --from and --to in order.")
    for called, given in (("--from", start), ("--to", end)):
        if given and given > today:
            raise _refused(f"The day given with {called} has not come yet.", f"Give a day up to {today}.")


def _write(out: Path, made: Made) -> None:
    """One file as it is called, several into a folder that is made for them."""
    if len(made) > 1:
        try:
            out.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise _refused(
                f"The folder cannot be made ({error.strerror}).", "Give a folder you may write to."
            ) from None
    for name, content in made:
        path = out / name if len(made) > 1 else out
        with files.written(path, replace=True) as file:
            file.write(content)
        say(f"Written: {path} ({len(content)} bytes).")


def _everybody(arguments: argparse.Namespace) -> int:
    if arguments.format != ("csv",):
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


def _csv(head: PatientHead, formats: Sequence[str], arguments: argparse.Namespace) -> Made:
    period = _series_period(arguments.start, arguments.end)
    return [csv_exports.one_patient(OPERATOR, head.patient_id, period, as_of=clock.today(), now=clock.now())]


def _document(head: PatientHead, formats: Sequence[str], arguments: argparse.Namespace) -> Made:
    """One document in those formats, signed by nobody."""
    today = clock.today()
    last = arguments.end or today
    period = Period(arguments.start or last - timedelta(days=USUAL_DAYS - 1), last)
    return _shared(head, period, Order(template=arguments.template or USUAL_TEMPLATE), formats)


def _fhir(head: PatientHead, formats: Sequence[str], arguments: argparse.Namespace) -> Made:
    """The whole record for another system, where it alone is asked for: no other format, no days, no kind."""
    return _shared(head, None, Order(template=USUAL_TEMPLATE, sections=tuple(SECTIONS)), formats)


def _shared(head: PatientHead, period: Period | None, order: Order, formats: Sequence[str]) -> Made:
    made = sharing.make(OPERATOR, head.patient_id, period, order, formats, as_of=clock.today(), now=clock.now())
    return [(each.export.file_name, each.content) for each in made]


def _fhir_marks(head: PatientHead, formats: Sequence[str], arguments: argparse.Namespace) -> Made:
    period = _series_period(arguments.start, arguments.end)
    made = map_exchange.as_fhir(OPERATOR, head, period, as_of=clock.today(), now=clock.now())
    return [(made.export.file_name, made.content)]


def _choir(head: PatientHead, formats: Sequence[str], arguments: argparse.Namespace) -> Made:
    period = _series_period(arguments.start, arguments.end)
    made = map_exchange.as_choir(OPERATOR, head, period, as_of=clock.today(), now=clock.now())
    say(
        f"{made.maps} maps, {made.segments} segments; intensities and qualities are not in it. {made.merged} segments "
        f"cover several of our regions; {made.widened} times a region went out as several segments, {made.halved} "
        f"times the midline on the painful side only, {made.moved} times the sacroiliac area as the lower back: in "
        f"{listed(list(made.inexact), MOST_ROWS_NAMED) or 'no row'}. {made.pain_free} maps without pain are an empty "
        "cell, which a reader takes for unknown."
    )
    return [(made.delivery.export.file_name, made.delivery.content)]


_Maker = Callable[[PatientHead, Sequence[str], argparse.Namespace], Made]
_ALONE: dict[str, _Maker] = {"csv": _csv, "fhir": _fhir, "fhir-marks": _fhir_marks, "choir": _choir}


def _makers(arguments: argparse.Namespace) -> list[tuple[_Maker, Sequence[str]]]:
    """Who makes which of the formats: those of one document are made together and cover the same days."""
    document_fhir = len(arguments.format) > 1 or arguments.template or arguments.start or arguments.end
    alone = [each for each in arguments.format if each in _ALONE and not (each == "fhir" and document_fhir)]
    document = [each for each in arguments.format if each not in alone]
    return [*([(_document, document)] if document else []), *((_ALONE[each], (each,)) for each in alone)]


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was written.", what_to_do)
