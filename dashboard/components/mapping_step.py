"""A table of another make: how its columns are to be read, asked on the Import page."""

from dashboard.components import states
from dashboard.permissions import Viewer
from dashboard.services.import_staging import Staged


def show(_viewer: Viewer, staged: Staged) -> None:
    """Say why the file is not read as it is."""
    if staged.look.error is not None:
        states.explained(staged.look.error)
