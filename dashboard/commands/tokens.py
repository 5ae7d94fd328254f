"""`flareboard token`: who may read through the FHIR interface. A token is shown once, when it is made."""

import argparse
from dataclasses import replace

from dashboard import clock
from dashboard.commands import opened
from dashboard.commands.command_line import OPERATOR, say, say_json
from dashboard.commands.parsing import Commands, whole
from dashboard.services import tokens

_ADMINISTRATOR = replace(OPERATOR, role="administrator")
USUAL_DAYS = 90


def add(commands: Commands) -> None:
    """The arguments of `token create`, `token list` and `token revoke`."""
    parser = commands.add_parser("token", help="give programs leave to read through the FHIR interface")
    kinds = parser.add_subparsers(dest="what", required=True, metavar="create|list|revoke")
    create = kinds.add_parser("create", help="make a token that acts for one person, and show it once")
    create.add_argument("--user", required=True, metavar="NAME", help="name or number of the person it acts for")
    create.add_argument("--label", required=True, help="what the program is")
    create.add_argument(
        "--days",
        type=whole(1, tokens.LONGEST_DAYS),
        default=USUAL_DAYS,
        metavar="N",
        help="how long it holds (default: %(default)s)",
    )
    create.set_defaults(run=_create)
    listing = kinds.add_parser("list", help="every token: number, person, label, until when, whether it holds")
    listing.add_argument("--json", action="store_true", help="print the list as JSON")
    listing.set_defaults(run=_list)
    revoke = kinds.add_parser("revoke", help="take a token back, at once and for ever")
    revoke.add_argument("number", type=whole(1, 2_000_000_000), metavar="N", help="its number, from the list")
    revoke.set_defaults(run=_revoke)


def _create(arguments: argparse.Namespace) -> int:
    opened.ready()
    made = tokens.create(_ADMINISTRATOR, arguments.user, arguments.label, arguments.days, now=clock.now())
    say(f"Token {made.token_id}, in the name of {made.holder.name}, until {made.expires_at:%Y-%m-%d}:")
    say(made.secret)
    say("It is shown this once; keep it where passwords are kept.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    opened.ready()
    found = tokens.listed(_ADMINISTRATOR, now=clock.now())
    if arguments.json:
        say_json([_row(each) for each in found])
        return 0
    for each in found:
        token = each.token
        say(f"{token.token_id}: {each.holder}: {token.label}: until {token.expires_at:%Y-%m-%d}: {each.standing}")
    if not found:
        say("No token was ever made.")
    return 0


def _row(each: tokens.Listed) -> dict[str, object]:
    token = each.token
    return {
        "token": token.token_id,
        "user": each.holder,
        "label": token.label,
        "created": token.created_at.isoformat(),
        "expires": token.expires_at.isoformat(),
        "standing": each.standing,
    }


def _revoke(arguments: argparse.Namespace) -> int:
    opened.ready()
    tokens.revoke(_ADMINISTRATOR, arguments.number, now=clock.now())
    say(f"Token {arguments.number} opens nothing any more.")
    return 0
