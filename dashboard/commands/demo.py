"""`flareboard demo`: the synthetic clinic into an empty database."""

import argparse
import sys

from dashboard import clock
from dashboard.commands import opened
from dashboard.commands.command_line import say
from dashboard.commands.parsing import Commands, whole
from data_access import demo

MOST_PATIENTS = 10_000
MOST_DAYS = 3_650


def add(commands: Commands) -> None:
    """The arguments of `demo`."""
    parser = commands.add_parser("demo", help="write the synthetic clinic into an empty database")
    parser.add_argument(
        "--patients", type=whole(1, MOST_PATIENTS), default=40, metavar="N", help="how many (default: 40)"
    )
    parser.add_argument(
        "--days", type=whole(1, MOST_DAYS), metavar="D", help="no diary longer than this (default: up to 10 years)"
    )
    parser.add_argument("--seed", type=whole(0, 2**31), default=1, metavar="S", help="another clinic (default: 1)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 once the clinic is complete; a database that holds patients is refused (2) and left as it is."""
    engine = opened.ready_or_new()
    demo.fill(
        engine,
        arguments.patients,
        arguments.days,
        arguments.seed,
        end=clock.today(),
        now=clock.now(),
        progress=_progress if sys.stderr.isatty() else None,
    )
    say(f"The synthetic clinic is ready: {arguments.patients} invented patients.")
    return 0


def _progress(written: int, wanted: int) -> None:
    sys.stderr.write(f"\r{written} of {wanted} patients" + ("\n" if written >= wanted else ""))
    sys.stderr.flush()
