"""The elements of an Apple Health export one after the other, in bounded memory and time whatever the bytes are.

The document type that the phone writes is passed over unread: some versions of iOS write it malformed, and nothing
in it is needed. So no entity can be declared and none can grow. Control characters that XML forbids, and that the
phone writes into names all the same, are left out.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from data_access.errors import UnreadableFile
from data_access.importers.reading import (
    BOM,
    DAMAGED_ZIP,
    MEBIBYTE,
    Limits,
    Source,
    damaged_zip,
    is_zip,
    require_plain,
    unreadable,
    zip_opened,
)

Attributes = dict[str, str]
Take = Callable[[str, Attributes, str, int], None]
"""Called for each element below the root: its name, its attributes, the zone its metadata name or '', its line."""
Tell = Callable[[int, int], None]
"""Called now and then with the bytes that were read and the bytes there are."""

_CHUNK = MEBIBYTE // 4
_PROLOG = MEBIBYTE  # the document type of the phone has about 10 kB
_SILENCE = 2 * MEBIBYTE  # bytes without an element: no record is that long
_DEEPEST = 16
_MOST_NAMES = 1_000  # of elements and attributes: the phone knows about a hundred
_MOST_MEMBERS_LOOKED_AT = 8
_ROOT = re.compile(rb"<HealthData[\s>/]")
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_ZONE = "HKTimeZone"


def is_export(source: Source) -> bool:
    """Whether the file is an export of Apple Health, or an archive that holds one; told by its content."""
    with source.open() as file:
        start = file.read(_PROLOG)
    if not is_zip(start):
        return _is_health(start)
    try:
        with _archive(source) as archive:
            return _member(archive) is not None
    except UnreadableFile:
        return False  # whoever reads the archive says what is wrong with it


def walk(source: Source, limits: Limits, take: Take, tell: Tell | None = None) -> None:
    """Hands every element below the root to `take`. Raises UnreadableFile, and then nothing is to be believed."""
    with _opened(source, limits) as (file, size):
        parser = _Parser(take)
        done = 0
        for chunk in _chunks(file, limits):
            parser.feed(chunk)
            done += len(chunk)
            if tell is not None:
                tell(min(done, size), size)
        parser.end()


def _is_health(start: bytes) -> bool:
    text = start.removeprefix(BOM).lstrip()
    return text.startswith(b"<") and _ROOT.search(text) is not None


@contextmanager
def _opened(source: Source, limits: Limits) -> Iterator[tuple[BinaryIO, int]]:
    """The XML itself from its start, and its size in bytes."""
    with source.open() as file:
        zipped = is_zip(file.read(4))
    if not zipped:
        with source.open() as file:
            yield _modest(file, source.size, limits), source.size
        return
    with _archive(source) as archive:
        member = _member(archive)
        if member is None:
            raise unreadable("The archive holds no Apple Health export.", "Give the export.zip as the phone made it.")
        with archive.open(member) as inside:
            yield _modest(inside, member.file_size, limits), member.file_size  # type: ignore[arg-type]  # reads alike


def _modest(file: BinaryIO, size: int, limits: Limits) -> BinaryIO:
    if size > limits.streamed_bytes:
        raise _too_long(limits)
    return file


def _too_long(limits: Limits) -> UnreadableFile:
    return unreadable(
        f"The export holds more than {limits.streamed_bytes // MEBIBYTE:,} MiB, the most that is read.",
        "Ask who looks after Flareboard to import it in parts.",
    )


@contextmanager
def _archive(source: Source) -> Iterator[zipfile.ZipFile]:
    with source.open() as file:
        try:
            archive = zip_opened(file)
        except DAMAGED_ZIP:
            raise damaged_zip() from None
        with archive:
            yield archive


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """The export among the members, by where it stands and how it begins: its name is in the phone's language."""
    found = (each for each in archive.infolist() if each.filename.casefold().endswith(".xml"))
    shallow = [each for each in found if each.filename.count("/") <= 1]
    for member in shallow[:_MOST_MEMBERS_LOOKED_AT]:
        require_plain(member)
        try:
            with archive.open(member) as file:
                start = file.read(_PROLOG)
        except DAMAGED_ZIP:
            raise damaged_zip() from None
        if _is_health(start):
            return member
    return None


def _chunks(file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """The bytes from the root on, a piece at a time, without what XML forbids."""
    prolog = _read(file, _PROLOG)
    root = _ROOT.search(prolog)
    if root is None:
        raise unreadable("The file is no Apple Health export.", "Give the export.zip as the phone made it.")
    if b"<!ENTITY" in prolog[: root.start()]:
        raise unreadable("The file declares entities, which no phone writes.", "Do not use it; ask where it is from.")
    # The lines above the root count: a rejected record is named by its line.
    chunk = b"\n" * prolog.count(b"\n", 0, root.start()) + prolog[root.start() :]
    left = limits.streamed_bytes
    while chunk:
        left -= len(chunk)
        if left < 0:
            raise _too_long(limits)
        yield chunk.translate(None, _FORBIDDEN)
        chunk = _read(file, _CHUNK)


def _read(file: BinaryIO, most: int) -> bytes:
    try:
        return file.read(most)
    except DAMAGED_ZIP:
        raise unreadable("The archive is cut off or damaged.", "Have it sent again, and import that.") from None


@dataclass(slots=True)
class _Parser:
    """expat with a watch on everything that could grow without end: depth, names, and what it holds back."""

    take: Take
    depth: int = 0
    heard: bool = False
    silent: int = 0
    open: tuple[str, Attributes, str] = ("", {}, "")
    names: dict[str, str] = field(default_factory=dict)
    parser: expat.XMLParserType = field(init=False)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate("UTF-8", None, self.names)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def feed(self, chunk: bytes) -> None:
        """The next piece. Raises UnreadableFile."""
        self.heard = False
        self._parse(chunk, last=False)
        self.silent = 0 if self.heard else self.silent + len(chunk)
        if self.silent > _SILENCE or len(self.names) > _MOST_NAMES:
            raise _no_phone()

    def end(self) -> None:
        """Nothing comes any more. Raises UnreadableFile when something is missing."""
        self._parse(b"", last=True)

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise unreadable(
                f"The export is cut off or damaged near line {error.lineno}.",
                "Have it exported and sent again, and import that.",
            ) from None

    def _start(self, name: str, attributes: Attributes) -> None:
        self.heard = True
        self.depth += 1
        if self.depth == 2:
            self.open = (name, attributes, "")
        elif self.depth == 3 and attributes.get("key") == _ZONE:
            self.open = (*self.open[:2], attributes.get("value", ""))
        elif self.depth > _DEEPEST:
            raise _no_phone()

    def _end(self, _: str) -> None:
        if self.depth == 2:
            self.take(*self.open, self.parser.CurrentLineNumber)
        self.depth -= 1


def _no_phone() -> UnreadableFile:
    return unreadable(
        "The file is built in a way that no phone writes.", "Do not use it; ask where it is from, and export again."
    )
