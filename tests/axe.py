"""axe-core for the browser tests, and what it finds on a page. `python -m tests.axe` makes sure of it."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests import npm

TOOLS = Path(__file__).parent / "e2e" / "tools"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}


def ensure() -> Path:
    """The path of axe-core, installed first if need be. Exits with an explanation where that cannot be done."""
    return npm.ensure(TOOLS, "axe-core/axe.min.js")


@cache
def _source() -> str:
    return ensure().read_text("utf-8")


def serious(page: Page, within: str = "body") -> list[str]:
    """What axe-core calls serious or critical inside that part of the page, components included; empty is good."""
    page.evaluate(_source())
    found: dict[str, Any] = page.evaluate(
        "([where, tags]) => axe.run(where, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })",
        [within, RULES],
    )
    return [
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes'][:3]]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
    ]


if __name__ == "__main__":
    print(ensure())  # noqa: T201
