"""The line from a browser to its server, which a test may cut or hold up."""

import re

from playwright.sync_api import Page, WebSocketRoute

from tests.e2e.steps import Open

PATIENCE_OF_THE_FORMS = """() => {
  const SILENCE = 3500; // ms after which note editor and entry form say that nobody answers, and send again
  const { setTimeout } = window;
  window.setTimeout = (act, ms, ...rest) => (window.lineIsSlow && ms === SILENCE ? 0 : setTimeout(act, ms, ...rest));
}"""


class Line:
    """What the page says reaches the server, unless the line is `cut` (it is lost) or `slow` (it waits).

    While the line is slow the page waits without a word: what a test sees then does not depend on how fast it looks.
    """

    def __init__(self, page: Page) -> None:
        self.cut = False
        self._page, self._slow = page, False
        self._waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        page.add_init_script(f"({PATIENCE_OF_THE_FORMS})()")
        page.route_web_socket(re.compile("_stcore/stream"), self._watch)

    @property
    def slow(self) -> bool:
        """Whether what the page says has to wait."""
        return self._slow

    @slow.setter
    def slow(self, slow: bool) -> None:
        self._slow = slow
        self._page.evaluate("slow => { window.lineIsSlow = slow; }", slow)

    def hurry(self) -> None:
        """Let pass what waits, and all that follows."""
        self.slow = False
        for server, message in self._waiting:
            server.send(message)
        self._waiting.clear()

    def _watch(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(lambda message: self._pass_on(server, message))

    def _pass_on(self, server: WebSocketRoute, message: str | bytes) -> None:
        if self._slow:
            self._waiting.append((server, message))
        elif not self.cut:
            server.send(message)


def on_a_line(open_page: Open, url: str) -> tuple[Page, Line]:
    """That address in a browser profile of its own, and the line behind it."""
    page = open_page("about:blank")
    line = Line(page)
    page.goto(url)
    return page, line
