"""`flareboard flares`: the episodes of one patient, with what clinicians said about them."""

import argparse
from typing import Any

from dashboard.commands import opened
from dashboard.commands.command_line import OPERATOR, patient_of, say, say_json
from dashboard.commands.parsing import Commands
from dashboard.permissions import Permission
from dashboard.services import work
from data_access import engine as database
from data_access import flares
from data_access.flares import JudgedFlare


def add(commands: Commands) -> None:
    """The arguments of `flares`."""
    parser = commands.add_parser("flares", help="list the flare episodes of one patient")
    parser.add_argument("--patient", required=True, metavar="RECORD")
    parser.add_argument("--json", action="store_true", help="print them as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0; the view is on record."""
    with database.reading(opened.ready()) as conn:
        head = patient_of(conn, arguments.patient)
    with work.reading(OPERATOR, Permission.VIEW_PATIENT, head.patient_id, action="list flares") as conn:
        found = [as_json(each) for each in flares.judged(conn, head.patient_id)]
    if arguments.json:
        say_json({"patient": head.record_number, "flares": found})
        return 0
    for each in found:
        say(_line(each))
    if not found:
        say("No episode was found.")
    return 0


def as_json(judged: JudgedFlare) -> dict[str, Any]:
    """One episode: days as ISO text, `end` null while it is open, pain 0-10, `verdict` null before there is one."""
    flare = judged.flare
    return {
        "kind": flare.kind,
        "start": flare.start.isoformat(),
        "end": flare.end.isoformat() if flare.end else None,
        "days": flare.days_logged + flare.days_missing,
        "peak": flare.peak_pain,
        "peak_day": flare.peak.isoformat(),
        "usual": flare.usual_pain,
        "signals": list(flare.signals),
        "days_logged": flare.days_logged,
        "days_missing": flare.days_missing,
        "verdict": judged.verdict.verdict if judged.verdict else None,
        "rule": flare.rule,
    }


def _line(each: dict[str, Any]) -> str:
    length = "1 day" if each["days"] == 1 else f"{each['days']} days"
    return (
        f"{each['kind']:6} {each['start']} to {each['end'] or 'now'}, {length}, peak {each['peak']:g}, "
        f"usual {each['usual']:g}, days missing {each['days_missing']}, verdict {each['verdict'] or 'none yet'}"
    )
