"""The pages of a document as pictures, one at a time, as large as one wants to read them.

They travel over the signed-in connection, not over a media address that would answer anybody who has it.
"""

import base64
from collections.abc import Sequence

from dashboard.components.browser_files import mount


def show(pages: Sequence[bytes], *, alt: str) -> None:
    """Draw the pages (PNG); `alt` says what they are to those who do not see them."""
    drawn = [base64.b64encode(page).decode("ascii") for page in pages]
    mount("page_preview", key="page_preview", data={"pages": drawn, "alt": alt})
