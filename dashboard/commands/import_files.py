"""`flareboard import`: files into the record, with an account of every row."""

import argparse
from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from dashboard import clock
from dashboard.commands import opened, progress
from dashboard.commands.command_line import OPERATOR, say, say_json
from dashboard.commands.parsing import Commands, whole
from dashboard.services import import_undo
from dashboard.services.import_undo import Obstacle, Resting
from dashboard.services.imports import FileReport, Offered, Wishes, as_json, import_files
from data_access.importers import reading
from data_access.importers.reading import DEFAULT_LIMITS, MEBIBYTE
from data_access.patients import PatientHead

MOST_MEGABYTES = 4_096
SHOWN = 20
"""Rejections printed per file without --json."""
SHOWN_KINDS = 50
"""Kinds of unused resources printed per file without --json."""


def add(commands: Commands) -> None:
    """The arguments of `import`."""
    parser = commands.add_parser("import", help="add what is new in FHIR R4, CSV, CHOIR, phone or watch files")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--undo", type=whole(1, 2**31 - 1), metavar="N", help="take the import of that number back")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why it is taken back (with --undo)")
    parser.add_argument("--patient", default="", metavar="RECORD", help="only for the patient of this record number")
    parser.add_argument("--dry-run", action="store_true", help="say what would be added; write nothing")
    parser.add_argument("--json", action="store_true", help="print the account as JSON")
    parser.add_argument(
        "--max-mb",
        type=whole(1, MOST_MEGABYTES),
        default=DEFAULT_LIMITS.file_bytes // MEBIBYTE,
        metavar="N",
        help="largest file, in MiB (default: %(default)s)",
    )
    parser.set_defaults(run=run, misused=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """0: all taken; 1: some rows rejected, the rest added; 2: nothing readable, nothing written.

    With --undo: 0 taken back, 1 later work rests on it and nothing was changed.
    """
    if (arguments.undo is None) == (not arguments.files):
        arguments.misused("give either the files to import or --undo N, the number of an import to take back")
    return _take_back(arguments) if arguments.undo is not None else _import(arguments)


def _import(arguments: argparse.Namespace) -> int:
    limits = reading.limits_of(arguments.max_mb)
    wishes = Wishes(arguments.patient.strip(), arguments.dry_run, limits)
    files = [Offered(str(path), partial(reading.read, path, limits)) for path in arguments.files]
    ready = opened.to_look_in() if wishes.dry_run else nullcontext(opened.ready_or_new())
    with ready as engine, progress.shown() as told:
        reports = import_files(
            OPERATOR, files, wishes, as_of=clock.today(), now=clock.now(), look_in=engine, progress=told
        )
    if arguments.json:
        say_json({"files": [as_json(report) | {"batch": report.batch_id} for report in reports]})
    else:
        for report in reports:
            _say(report, dry_run=wishes.dry_run)
    return exit_code(reports)


def _take_back(arguments: argparse.Namespace) -> int:
    opened.ready()
    try:
        done = import_undo.undo(OPERATOR, arguments.undo, arguments.reason, now=clock.now(), as_of=clock.today())
    except Resting as resting:
        _say_obstacles(arguments, resting)
        return 1
    if arguments.json:
        say_json({"undone": arguments.undo, "patients": len(done.patients), "removed": dict(done.rows)})
    else:
        removed = ", ".join(f"{count} {kind}" for kind, count in done.rows.items()) or "no rows"
        say(f"import {arguments.undo} taken back: {removed}; {len(done.patients)} patients, {len(done.gone)} removed")
    return 0


def _say_obstacles(arguments: argparse.Namespace, resting: Resting) -> None:
    heads = import_undo.look(OPERATOR, arguments.undo).heads
    found = [_obstacle(each, heads) for each in resting.obstacles]
    if arguments.json:
        say_json({"undone": None, "obstacles": found})
        return
    say(str(resting))
    for each in found:
        say(f"  {' '.join(str(each[part]) for part in ('patient', 'what', 'on') if each[part])}: {each['why']}")


def _obstacle(each: Obstacle, heads: Mapping[int, PatientHead]) -> dict[str, str]:
    whose = heads[each.patient_id].record_number if each.patient_id in heads else ""
    return {"patient": whose, "what": each.what, "why": each.why, "on": each.on.isoformat() if each.on else ""}


def exit_code(reports: list[FileReport]) -> int:
    """The exit code that formats.md promises for those reports."""
    if all(report.unreadable for report in reports):
        return 2
    return 1 if any(report.unreadable or report.rejected for report in reports) else 0


def _say(report: FileReport, *, dry_run: bool) -> None:
    if report.unreadable is not None:
        say(f"{report.file}: not read. {report.unreadable}")
        return
    counts = as_json(report)
    added = ", ".join(f"{count} {kind}" for kind, count in counts["added"].items() if count) or "nothing"
    say(f"{report.file}: {report.format}")
    if report.names:
        say(f"  names in the file (compare them with the patient): {'; '.join(report.names)}")
    if report.went_to:
        say(f"  the very same file was imported before for {', '.join(report.went_to)}, and that import stands")
    if report.batch_id is not None:
        say(f"  import number: {report.batch_id}")
    say(f"  patients: {report.patients} ({report.new_patients} new)")
    say(f"  {'would be added' if dry_run else 'added'}: {added}")
    say(f"  already there: {report.already_there}; undated: {report.undated}")
    say(f"  unused: {report.unused.total()}")
    for kind, count in report.unused.most_common(SHOWN_KINDS):
        say(f"    {count} x {kind}")
    if len(report.unused) > SHOWN_KINDS:
        say(f"    and {len(report.unused) - SHOWN_KINDS} more kinds (all of them with --json)")
    say(f"  rejected: {len(report.rejected)}")
    for rejection in report.rejected[:SHOWN]:
        say(f"    {rejection.where}: {rejection.what}: {rejection.why}")
    if len(report.rejected) > SHOWN:
        say(f"    and {len(report.rejected) - SHOWN} more (all of them with --json)")
