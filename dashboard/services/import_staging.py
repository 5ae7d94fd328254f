"""Files somebody brought to the Import page, as far as they are known before anything is read in: nothing is written.

The bytes stay where they were uploaded to; what is kept here is what they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import BinaryIO

from dashboard.errors import ExplainedError, NotPermitted, UnreadableFile
from dashboard.permissions import Permission, Viewer
from data_access.importers import apple_health, mapped, reading, recognise
from data_access.importers.reading import DEFAULT_LIMITS, Limits, Source, plain_name


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is at first sight.

    `error`: why it cannot be read as it is; '' as format then. `is_table`: it can be once its columns are explained.
    `ownerless`: it does not say whose it is.
    """

    format: str
    error: ExplainedError | None = None
    is_table: bool = False
    ownerless: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """One file of those dropped. `read` hands over its bytes again, as long as they are there."""

    number: str  # tells two files of the same name apart; nothing of the file
    name: str  # its last part alone, printable
    size: int  # bytes
    sha256: str
    look: Look
    read: Callable[[], Source]


def stage(
    viewer: Viewer,
    number: str,
    name: str,
    size: int,
    open_it: Callable[[], BinaryIO],
    *,
    as_of: date,
    limits: Limits = DEFAULT_LIMITS,
) -> Staged:
    """What the file is, from its content. Raises NotPermitted; a file that cannot be read says so itself."""
    if not viewer.may(Permission.IMPORT):
        raise NotPermitted(Permission.IMPORT.value)
    shown = plain_name(name)
    read = partial(reading.opened, shown, open_it, size, limits)
    try:
        source = read()
    except UnreadableFile as error:
        return Staged(number, shown, size, "", Look("", error), read)
    return Staged(number, shown, size, source.sha256, _look(source, as_of, limits), read)


def _look(source: Source, as_of: date, limits: Limits) -> Look:
    if apple_health.is_export(source):  # told by its start: one may be read for minutes
        return Look(apple_health.APPLE.format, ownerless=True)
    try:
        parsed = recognise.parse(source, as_of, limits)
        return Look(parsed.format, ownerless=bool(parsed.ownerless))
    except UnreadableFile as error:
        return Look("", error, is_table=_is_table(source, limits))


def _is_table(source: Source, limits: Limits) -> bool:
    """Whether somebody could say what its columns mean."""
    try:
        mapped.look(reading.whole(source, limits), limits)
    except UnreadableFile:
        return False
    return True
