"""The buttons that hand over the minutes: what is asked for is what the person sees chosen."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.services.minutes import MinutesFile


def buttons(teaching: bool) -> None:
    from types import SimpleNamespace
    from typing import Any, cast

    from dashboard.components import case_review_minutes
    from dashboard.permissions import Viewer

    review: Any = SimpleNamespace(meeting=SimpleNamespace(meeting_id=7, status="closed"))
    viewer = Viewer(1, "Somebody", "clinician", "medicine", frozenset({1}), whole_clinic=False)
    case_review_minutes.show(viewer, cast(Any, review), teaching=teaching)


@pytest.fixture
def asked() -> Iterator[list[dict[str, object]]]:
    """What the service was asked for; it answers with a file."""
    calls: list[dict[str, object]] = []

    def made(_: object, meeting_id: int, kind: str, **how: object) -> MinutesFile:
        calls.append(
            {"meeting": meeting_id, "kind": kind, **{name: how[name] for name in ("deidentified", "free_text")}}
        )
        return MinutesFile("minutes.pdf", b"%PDF", "application/pdf", 1)

    with patch("dashboard.services.minutes.minutes", made):
        yield calls


def test_minutes_for_the_record_have_names_and_no_choice_of_texts(asked: list[dict[str, object]]) -> None:
    page = AppTest.from_function(buttons, args=(False,)).run()
    assert not page.checkbox
    page.button(key="case_review_minutes_docx").click().run()
    assert asked == [{"meeting": 7, "kind": "docx", "deidentified": False, "free_text": False}]
    assert "not in this file" in page.warning[0].value


def test_minutes_for_teaching_hold_texts_only_when_they_were_ticked(asked: list[dict[str, object]]) -> None:
    page = AppTest.from_function(buttons, args=(True,)).run()
    page.button(key="case_review_minutes_pdf").click().run()
    page.checkbox(key="case_review_minutes_texts").check().run()
    page.button(key="case_review_minutes_pdf").click().run()
    assert [call["free_text"] for call in asked] == [False, True]
    assert all(call["deidentified"] for call in asked)
