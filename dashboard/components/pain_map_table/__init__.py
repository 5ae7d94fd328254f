"""The regions of both periods as a table: the equivalent of the map for whoever does not see it. Sorted in the browser.

Rows and words come as JSON and are set as text; a cell carries what is shown and what it is sorted by.
"""

from dashboard.components.browser_files import mount
from dashboard.presenters.pain_map_table import Table


def show(table: Table) -> None:
    """Draw the table, as it is sorted by the server at first and by a click on a heading then."""
    data = {
        "caption": table.caption,
        "columns": [[column.title, column.number] for column in table.columns],
        "rows": [[[cell.text, cell.by] for cell in row] for row in table.rows],
        "quiet": table.quiet,
    }
    mount("pain_map_table", key="pain_map_table", data=data)
