"""A page of a document as a picture.

It travels over the signed-in connection, not over a media address that would answer anybody who has it.
"""

import base64

from dashboard.components.browser_files import mount


def show(picture: bytes, *, alt: str) -> None:
    """Draw the page (PNG); `alt` says what it is to those who do not see it."""
    data = {"picture": base64.b64encode(picture).decode("ascii"), "alt": alt}
    mount("page_preview", key="page_preview", data=data)
