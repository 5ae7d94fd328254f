"""Every page, opened first on a fresh server with nobody signed in, shows the door and nothing of a patient."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access import patients
from data_access.engine import reading
from data_access.patients import PatientHead
from tests.pages.opening import PAGES, everything_shown, page
from tests.pages.raw_browser import first_visit
from tests.serving import running


def everybody(engine: Engine) -> list[PatientHead]:
    with reading(engine) as conn:
        heads = [patients.head(conn, number) for number in patients.numbers(conn)]
    return [head for head in heads if head is not None]


def names_something(text: str, heads: list[PatientHead]) -> list[str]:
    """What of any patient stands in the text."""
    return [
        known
        for head in heads
        for known in (f"{head.family_name}, {head.given_name}", head.record_number)
        if known in text
    ]


@pytest.mark.parametrize("file", PAGES)
def test_a_page_by_itself_shows_the_door_and_no_patient(file: str, clinic: Engine) -> None:
    heads = everybody(clinic)
    opened = page(file, p=heads[0].link_id, period="4w")
    assert not opened.exception
    assert any(button.key.startswith("sign_in_") for button in opened.button if button.key)
    assert names_something(everything_shown(opened), heads) == []


@pytest.mark.parametrize("file", PAGES)
def test_the_first_visitor_of_a_fresh_server_gets_the_door_and_no_patient(
    file: str, demo_copy: Engine, tmp_path: Path
) -> None:
    heads = everybody(demo_copy)
    with running(str(demo_copy.url), tmp_path / "server.log") as served:
        shown = first_visit(served.url, file.removesuffix(".py"), f"p={heads[0].link_id}&period=4w")
    assert "Choose who you are" in shown
    assert names_something(shown, heads) == []
