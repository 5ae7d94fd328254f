"""A file as bytes and as text, read safely: size, kind of file, encoding and zip members are bounded and checked first.

Nothing is ever unpacked to disk and no path inside a file is followed.
"""

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from data_access.errors import UnreadableFile

MEBIBYTE = 1024 * 1024
BOM = b"\xef\xbb\xbf"
LONGEST_NAME = 255
_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 64 * 1024
NOTHING_WRITTEN = "Nothing of this file was written; the database is as it was."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. `file_bytes` also bounds what a zip unpacks to; `structure` counts `{`, `[` and `,`.

    `streamed_bytes` is for a phone's export, of which never more than a little is in memory.
    """

    file_bytes: int = 96 * MEBIBYTE  # ten years of a diary with its maps are 70 MiB as FHIR
    structure: int = 4_000_000
    rows: int = 500_000
    zip_members: int = 32
    streamed_bytes: int = 4_096 * MEBIBYTE


DEFAULT_LIMITS = Limits()


def limits_of(megabytes: int) -> Limits:
    """The limits for files up to that many MiB; the other limits grow or shrink with it."""
    usual = DEFAULT_LIMITS
    share = megabytes * MEBIBYTE / usual.file_bytes
    return Limits(megabytes * MEBIBYTE, round(usual.structure * share), round(usual.rows * share), usual.zip_members)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: its name without any path, and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    def open(self) -> BinaryIO:
        """The bytes to read from their start."""
        return io.BytesIO(self.content)


@dataclass(frozen=True)
class StreamedFile:
    """A file that may be too large to hold: its name without any path, how to open it from its start, its bytes."""

    name: str
    open: Callable[[], BinaryIO]
    size: int

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal, worked out in one pass."""
        digest = hashlib.sha256()
        with self.open() as file:
            while chunk := file.read(MEBIBYTE):
                digest.update(chunk)
        return digest.hexdigest()


Source = SourceFile | StreamedFile


def unreadable(what_happened: str, what_to_do: str) -> UnreadableFile:
    """The error for a file that cannot be read, with the promise that nothing was written."""
    return UnreadableFile(what_happened, NOTHING_WRITTEN, what_to_do)


def plain_name(name: str) -> str:
    """The last part of a file name, printable characters only, at most 255 of them."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(character for character in last if character.isprintable())[:LONGEST_NAME]
    return kept if kept.strip(". ") else "file"


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The file at `path`. Raises UnreadableFile when it is missing, no ordinary file, or over the size limit."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise unreadable("This is not an ordinary file.", "Give the name of a file, not of a folder or device.")
        return opened(plain_name(path.name), lambda: path.open("rb"), found.st_size, limits)
    except OSError as error:
        raise unreadable(f"The file cannot be opened ({error.strerror}).", "Check its name and permissions.") from None
    except ValueError:
        raise unreadable("This is not a file name.", "Give the name of a file.") from None


def opened(name: str, open_it: Callable[[], BinaryIO], size: int, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The file read whole, or to be streamed where it may be a phone's export: an archive, or XML.

    Raises UnreadableFile when it is over the limit, and OSError where it cannot be opened.
    """
    with open_it() as file:
        start = file.read(len(BOM) + 1)
        if is_zip(start) or start.removeprefix(BOM).startswith(b"<"):
            return StreamedFile(name, open_it, size)
        content = start + file.read(limits.file_bytes + 1 - len(start))
    if len(content) > limits.file_bytes:
        raise too_large(limits)
    return SourceFile(name, content)


def whole(source: Source, limits: Limits = DEFAULT_LIMITS) -> SourceFile:
    """The file with all its bytes in memory. Raises UnreadableFile when it is over the limit."""
    if isinstance(source, SourceFile):
        return source
    with source.open() as file:
        content = file.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise too_large(limits)
    return SourceFile(source.name, content)


def too_large(limits: Limits) -> UnreadableFile:
    """The error for a file above the limit."""
    return unreadable(
        f"The file holds more than {limits.file_bytes // MEBIBYTE} MiB, the limit for one file.",
        "Split it, or raise the limit with --max-mb if you trust where it comes from.",
    )


def decoded(content: bytes) -> str:
    """The text of a UTF-8 file, without its byte order mark. Raises UnreadableFile for any other encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong_encoding("It looks like UTF-16.")
    try:
        text = content.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        if not like_text(content):
            raise no_text() from None
        raise _wrong_encoding(f"Byte {error.start + 1} is not valid.") from None
    if "\0" in text:
        raise unreadable("The file holds NUL bytes: it is damaged, or no text.", "Export it again as UTF-8 text.")
    return text


def like_text(content: bytes) -> bool:
    """Whether it may be text in some encoding: pictures, sounds and programs hold bytes that no text has."""
    return not _NO_TEXT.search(content[:_LOOKED_AT])


def no_text() -> UnreadableFile:
    """The error for a picture, a program, a sound."""
    return unreadable(
        "This is no text or data file: it is not UTF-8 text, and looks like a picture, a sound or a program.",
        "Choose the file that the diary app or the other system exported.",
    )


def _wrong_encoding(detail: str) -> UnreadableFile:
    return unreadable(f"The file is not UTF-8 text. {detail}", "Save it again as UTF-8 and import that.")


def is_zip(content: bytes) -> bool:
    """Whether the bytes begin like a zip archive."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,  # also: encrypted
    EOFError,
    ValueError,
    IndexError,
    OSError,
    OverflowError,
)
"""What reading an archive raises when it is cut off, damaged or made to harm."""
_LARGEST_INDEX = 4 * MEBIBYTE
"""Of the list of members, some 40,000 of them: a phone's export has a few thousand."""


def unzipped(source: SourceFile, limits: Limits = DEFAULT_LIMITS) -> list[SourceFile]:
    """The files inside a zip, in its order. Raises UnreadableFile for anything that is not a small, plain archive."""
    try:
        with zip_opened(source.open()) as archive:
            return _members(archive, limits)
    except DAMAGED_ZIP:
        raise damaged_zip() from None


def zip_opened(file: BinaryIO) -> zipfile.ZipFile:
    """The archive in that file, once its list of members is known to be small: it is held in memory whole.

    Raises UnreadableFile for one that is longer, and what DAMAGED_ZIP names.
    """
    # The very numbers that ZipFile goes by, a zip64 record included: whatever another reader makes of the file.
    ending = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if ending is None:
        raise damaged_zip()
    if int(ending[zipfile._ECD_SIZE]) > _LARGEST_INDEX:  # type: ignore[attr-defined]
        raise unreadable("The zip lists more files than any export holds.", "Do not use it; ask where it comes from.")
    file.seek(0)
    return zipfile.ZipFile(file)


def damaged_zip() -> UnreadableFile:
    """The error for an archive that cannot be read."""
    return unreadable("The zip archive is damaged.", "Make it again and import that.")


def _members(archive: zipfile.ZipFile, limits: Limits) -> list[SourceFile]:
    listed = [member for member in archive.infolist() if not member.is_dir()]
    if len(listed) > limits.zip_members:
        raise unreadable(f"The zip holds more than {limits.zip_members} files.", "Import the files one by one.")
    found, left = [], limits.file_bytes
    for member in listed:
        require_plain(member)
        with archive.open(member) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise too_large(limits)
        found.append(SourceFile(plain_name(member.filename), content))
    return found


def require_plain(member: zipfile.ZipInfo) -> None:
    """Returns for an ordinary member of an archive. Raises UnreadableFile for one made to harm, or encrypted."""
    name = member.filename
    if name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/"):
        raise unreadable("The zip names a file outside itself.", "Do not use this archive; ask where it comes from.")
    if member.flag_bits & 0x1:
        raise unreadable("The zip is encrypted.", "Unpack it with its password, then import the files.")
    # The other methods expand without bound in one step; no program of ours writes them.
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise unreadable("The zip uses an unusual compression.", "Pack it again with ordinary compression.")
