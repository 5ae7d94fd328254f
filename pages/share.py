"""Share: the document seen page by page, signed as it was seen, kept as it was signed."""

from dashboard import access
from dashboard.components import patient_page, share_history, share_part
from dashboard.components.patient_page import Asked
from dashboard.permissions import Permission


def draw(asked: Asked) -> None:
    """The order of a document and its pages, then everything that was made before."""
    share_part.show(asked)
    share_history.show(asked)


viewer = access.require(Permission.EXPORT)
patient_page.show(viewer, Permission.EXPORT, draw)
