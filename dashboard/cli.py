"""The `flareboard` command. Exit codes: 0 done, 1 done with a finding, 2 refused with the reason on stderr."""

import argparse
import os
import sys
from collections.abc import Sequence

from dashboard.commands import analyse, audit, backup, demo, export, flares, import_files, serve, tokens
from dashboard.errors import ExplainedError

REFUSED = 2
INTERRUPTED = 130
COMMANDS = (serve, demo, import_files, analyse, flares, export, audit, backup, tokens)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    made = argparse.ArgumentParser(
        prog="flareboard",
        description="A clinician's dashboard for fibromyalgia and chronic pain diaries.",
        epilog="FLAREBOARD_DATABASE_URL names the database (default: SQLite under var/).",
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return made


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; an error that was foreseen is explained, never a traceback."""
    arguments = parser().parse_args(words)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except ExplainedError as error:
        sys.stderr.write(f"flareboard {arguments.command}: {error}\n")
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted; what was finished before is whole.\n")
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main())
