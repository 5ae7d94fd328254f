"""`flareboard analyse`: derived rows made anew from what was logged."""

import argparse

from dashboard import clock
from dashboard.commands import opened
from dashboard.commands.command_line import patient_of, say, say_json
from dashboard.commands.parsing import Commands
from data_access import derived
from data_access import engine as database


def add(commands: Commands) -> None:
    """The arguments of `analyse`."""
    parser = commands.add_parser("analyse", help="rebuild patient-days, flares and snapshots")
    parser.add_argument("--patient", default="", metavar="RECORD", help="only this patient")
    parser.add_argument("--json", action="store_true", help="print the count as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 once the derived rows are those of today."""
    engine = opened.ready()
    if arguments.patient:
        with database.writing(engine) as conn:
            derived.refresh(conn, patient_of(conn, arguments.patient).patient_id, clock.today())
        count = 1
    else:
        count = derived.rebuild_all(engine, clock.today())
    if arguments.json:
        say_json({"patients": count})
    else:
        say(f"Rebuilt the derived rows of {count} patient{'' if count == 1 else 's'}.")
    return 0
