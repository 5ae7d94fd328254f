"""The line from a browser to its server, which a test may cut or hold up."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocketRoute

from tests.e2e.steps import Open


@dataclass
class Line:
    """What the browser says reaches the server, unless the line is `cut` (it is lost) or `slow` (it waits)."""

    cut: bool = False
    slow: bool = False
    waiting: list[tuple[WebSocketRoute, str | bytes]] = field(default_factory=list)

    def watch(self, route: WebSocketRoute) -> None:
        """Stand between that page and its server."""
        server = route.connect_to_server()
        route.on_message(lambda message: self._pass_on(server, message))

    def _pass_on(self, server: WebSocketRoute, message: str | bytes) -> None:
        if self.slow:
            self.waiting.append((server, message))
        elif not self.cut:
            server.send(message)

    def hurry(self) -> None:
        """Let pass what waits, and all that follows."""
        self.slow = False
        for server, message in self.waiting:
            server.send(message)
        self.waiting.clear()


def on_a_line(open_page: Open, url: str) -> tuple[Page, Line]:
    """That address in a browser profile of its own, and the line behind it."""
    page, line = open_page("about:blank"), Line()
    page.route_web_socket(re.compile("_stcore/stream"), line.watch)
    page.goto(url)
    return page, line
