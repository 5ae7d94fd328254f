"""Import: files into the record, seen and confirmed before anything is written."""

from dashboard import access
from dashboard.components import import_history, import_page
from dashboard.permissions import Permission

viewer = access.require(Permission.IMPORT)
import_page.show(viewer)
import_history.show(viewer)
