"""A file into the person's downloads, over the signed-in connection.

Streamlit's download button puts the file at an address that answers without sign-in for as long as the session
lives. Here no address exists: the bytes come with the page and the browser saves them from its own memory.
"""

import base64

from dashboard.components.browser_files import mount


def give(file_name: str, content: bytes, *, media_type: str, number: str, key: str = "file_delivery") -> None:
    """Save the file in the browser, once for each `number`; `key` where two parts of a page may hand something over."""
    mount(
        "file_delivery",
        key=key,
        data={
            "name": file_name,
            "type": media_type,
            "number": number,
            "content": base64.b64encode(content).decode("ascii"),
        },
    )
