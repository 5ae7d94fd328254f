"""Click to drawn, in a real Chromium: from the pointer going down to the last change of the page it caused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, WebSocket

SETTLED_MS = 350
"""The page counts as drawn once nothing has changed for this long; the silence itself is not counted."""

_WAIT = """async (settled) => {
  const s = window.__drawn, start = performance.now();
  const idle = () => performance.now() - s.changed >= settled && s.changed > s.clicked;
  while (!idle()) {
    if (performance.now() - start > 20000) throw new Error("the page did not settle");
    await new Promise((r) => setTimeout(r, 10));
  }
  return s.changed - s.clicked;
}"""


@dataclass
class Wire:
    """Bytes the server sent over the websocket since the last reset."""

    received: int = 0
    frames: list[int] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Count every frame of every websocket this page opens from now on."""
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, payload: str | bytes) -> None:
        size = len(payload.encode() if isinstance(payload, str) else payload)
        self.received += size
        self.frames.append(size)

    def reset(self) -> None:
        """Start counting anew."""
        self.received = 0
        self.frames.clear()


def watch(page: Page) -> None:
    """Install the stopwatch on this page and on each that follows in it."""
    page.add_init_script(path=str(Path(__file__).with_name("drawn.js")))


def click_to_drawn(target: Callable[[], Locator], page: Page) -> float:
    """Milliseconds from the click on `target` to the last change it caused."""
    target().click()
    milliseconds: float = page.evaluate(_WAIT, SETTLED_MS)
    return milliseconds


def settle(page: Page) -> None:
    """Wait until nothing changes any more, however it began."""
    page.evaluate("window.__drawn.clicked = window.__drawn.changed - 1")
    page.evaluate(_WAIT, SETTLED_MS)
