"""The clock of a course that plays on the body map, in the hand of the test: no machine is too slow to press Pause."""

from playwright.sync_api import Page

STOP = """() => {
  const { setInterval, clearInterval } = window;
  const PACES = [700, 1500]; // ms a step stays: those of the course, and of nothing else
  window.setInterval = (act, ms) => {
    if (!PACES.includes(ms)) return setInterval(act, ms);
    window.nextStep = act;
    return "course";
  };
  window.clearInterval = (id) => {
    if (id !== "course") return clearInterval(id);
    delete window.nextStep;
  };
}"""


def stop(page: Page) -> None:
    """From here on a course goes on only when it is told to."""
    page.evaluate(STOP)


def step(page: Page, times: int = 1) -> None:
    """One step, or several, of a course that plays; one that was paused stays where it is."""
    for _ in range(times):
        page.evaluate("window.nextStep?.()")
