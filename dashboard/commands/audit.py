"""`flareboard audit verify`: every hash chain of the audit trail, from its first event to its anchored end."""

import argparse

from dashboard.commands import opened
from dashboard.commands.command_line import say, say_json
from dashboard.commands.parsing import Commands
from data_access import audit
from data_access import engine as database


def add(commands: Commands) -> None:
    """The arguments of `audit verify`."""
    parser = commands.add_parser("audit", help="check the audit trail")
    kinds = parser.add_subparsers(dest="what", required=True, metavar="verify")
    verify = kinds.add_parser("verify", help="check every hash chain")
    verify.add_argument("--json", action="store_true", help="print the result as JSON")
    verify.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0: every chain is sound; 1: one is broken, and where."""
    with database.reading(opened.ready()) as conn:
        breaks = audit.verify(conn)
    if arguments.json:
        places = [{"chain": b.patient_id, "event": b.seq, "what": b.what} for b in breaks]
        say_json({"sound": not breaks, "breaks": places})
    elif breaks:
        for found in breaks:
            say(f"Broken: chain {found.patient_id}, event {found.seq}: {found.what}.")
    else:
        say("Every audit chain is sound.")
    return 1 if breaks else 0
