"""`flareboard backup` and `flareboard restore`: the whole clinic in one file, and back into an empty database."""

import argparse
from pathlib import Path

from dashboard.commands import files, opened
from dashboard.commands.command_line import say
from dashboard.commands.parsing import Commands
from dashboard.database import current_engine
from dashboard.errors import ExplainedError
from data_access import backup


def add(commands: Commands) -> None:
    """The arguments of `backup` and `restore`."""
    out = commands.add_parser("backup", help="write a consistent copy, also while serving")
    out.add_argument("file", type=Path, metavar="FILE")
    out.set_defaults(run=run_backup)
    back = commands.add_parser("restore", help="bring a backup into an empty database")
    back.add_argument("file", type=Path, metavar="FILE")
    back.set_defaults(run=run_restore)


def run_backup(arguments: argparse.Namespace) -> int:
    """0 once the copy is complete and on disk; an existing file is never overwritten (2)."""
    engine = opened.ready()
    with files.written(arguments.file, replace=False) as file:
        copied = backup.backup(engine, file)
    say(f"Backup written: {copied.total} rows of {len(copied.rows)} tables.")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """0 once everything is back, counted and verified; otherwise nothing was restored (2)."""
    try:
        with arguments.file.open("rb") as file:
            copied = backup.restore(current_engine(), file)
    except OSError as error:
        raise ExplainedError(
            f"The backup cannot be opened ({error.strerror}).", "Nothing was restored.", "Check its name."
        ) from None
    say(f"Restored: {copied.total} rows of {len(copied.rows)} tables; every audit chain is sound.")
    return 0
