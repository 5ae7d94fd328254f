"""Files that leave: readable by their owner only, complete or not there at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dashboard.errors import ExplainedError


@contextmanager
def written(path: Path, *, replace: bool) -> Iterator[IO[bytes]]:
    """A file to write to that takes its name only when everything is in it and on disk. Raises ExplainedError."""
    if path.is_dir() or (path.exists() and not replace):
        raise _refused(f"{'A folder' if path.is_dir() else 'A file'} of that name is already there.")
    try:
        # Created with mode 0600: what is in it concerns patients.
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise _refused(f"The file cannot be written ({error.strerror}).") from None


def _refused(what_happened: str) -> ExplainedError:
    return ExplainedError(
        what_happened, "Nothing was written there.", "Give another name, or a folder you may write to."
    )
