"""Files somebody brought to the Import page, as far as they are known before anything is read in: nothing is written.

The bytes stay where they were uploaded to; what is kept here is what they are.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from dashboard.errors import ExplainedError, NotPermitted, UnreadableFile
from dashboard.permissions import Permission, Viewer
from data_access.importers import recognise
from data_access.importers.reading import DEFAULT_LIMITS, Limits, SourceFile, plain_name, too_large


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is at first sight. `error`: why it cannot be read as it is; '' as format then."""

    format: str
    error: ExplainedError | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """One file of those dropped. `read` hands over its bytes again, as long as the page is open."""

    number: str  # tells two files of the same name apart; nothing of the file
    name: str  # its last part alone, printable
    size: int  # bytes
    sha256: str
    look: Look
    read: Callable[[], SourceFile]


def stage(
    viewer: Viewer,
    number: str,
    name: str,
    size: int,
    read: Callable[[], bytes],
    *,
    as_of: date,
    limits: Limits = DEFAULT_LIMITS,
) -> Staged:
    """What the file is, from its content. Raises NotPermitted; a file that cannot be read says so itself."""
    if not viewer.may(Permission.IMPORT):
        raise NotPermitted(Permission.IMPORT.value)
    shown = plain_name(name)
    offered = partial(_source, shown, read)
    if size > limits.file_bytes:
        return Staged(number, shown, size, "", Look("", too_large(limits)), offered)
    content = read()
    sha256 = hashlib.sha256(content).hexdigest()
    return Staged(number, shown, size, sha256, _look(SourceFile(shown, content), as_of, limits), offered)


def _source(name: str, read: Callable[[], bytes]) -> SourceFile:
    return SourceFile(name, read())


def _look(source: SourceFile, as_of: date, limits: Limits) -> Look:
    try:
        return Look(recognise.parse(source, as_of, limits).format)
    except UnreadableFile as error:
        return Look("", error)
