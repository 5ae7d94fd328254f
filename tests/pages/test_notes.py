"""The notes of the Care plan page: written, signed, found again, read, countersigned; and who may do what."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from clinical.diary import Period
from dashboard import clock
from dashboard.components import notes_list
from dashboard.presenters import note_filters
from dashboard.presenters.note_filters import Filters
from data_access import flares, notes
from data_access.access import User
from data_access.engine import reading, writing
from data_access.notes import NO_PINS, Author, Note, Pins
from tests.conftest import AS_OF, NOW
from tests.pages.opening import drawn, everything_shown, head, link, page, person

HOSTILE = '![x](http://evil.example/a.png) <img src="http://evil.example/b.png"> **bold** $x$ :red[y]'
NONE_YET = "FB-00010"
MUCH_LATER = NOW + timedelta(hours=3)


def opened(clinic: Engine, user: User, record: str = NONE_YET, **query: str) -> AppTest:
    shown = page("care_plan.py", user, p=link(clinic, record), **query)
    assert not shown.exception
    return shown


def editors(shown: AppTest) -> list[dict[str, Any]]:
    return drawn(shown, "note_editor")


def told(shown: AppTest) -> dict[str, Any]:
    """The list of signed notes as the browser got it."""
    (found,) = drawn(shown, "notes_list")
    return found


def cards(shown: AppTest) -> list[dict[str, Any]]:
    return [card for month in told(shown)["months"] for card in month["cards"]]


def plainly(blocks: Any) -> str:
    """Every word of the blocks; how it looks left out."""
    if isinstance(blocks, dict):
        return plainly([value for name, value in blocks.items() if name not in ("kind", "look", "level", "ordered")])
    return "".join(plainly(part) for part in blocks) if isinstance(blocks, list) else str(blocks)


def texts(shown: AppTest) -> list[str]:
    return [plainly(card["text"]["blocks"]) for card in cards(shown)]


def asked(shown: AppTest, do: str, **more: Any) -> AppTest:
    """The page after that click in the list."""
    of = told(shown)["of"]
    there = shown.session_state[notes_list.FILTERS] if notes_list.FILTERS in shown.session_state else Filters(of)
    shown.session_state[notes_list.FILTERS] = note_filters.after(there, {"do": do, "of": of, **more})
    shown.run()
    assert not shown.exception
    return shown


def chips(shown: AppTest) -> dict[str, int]:
    return {chip["label"]: chip["count"] for chip in told(shown)["chips"]}


def sign(
    clinic: Engine,
    text: str,
    author: User | None = None,
    *,
    record: str = NONE_YET,
    at: datetime = NOW,
    amends: int = 0,
    ask: tuple[int, ...] = (),
    **about: Any,
) -> Note:
    """A note that somebody signed; about days, goal, flare or region, asking colleagues to countersign."""
    patient_id = head(clinic, record).patient_id
    who = Author(author.user_id, author.name, author.discipline or "") if author else Author(99, "Eve", "nursing")
    written = {"pin": None, "pins": NO_PINS, "template": "", **about}
    reason = "a reason" if amends else ""
    with writing(clinic) as conn:
        notes.save_draft(
            conn, patient_id, who.user_id, text=text, amends=amends, expected_revision=0, now=at, **written
        )
        return notes.sign(conn, patient_id, who, amends=amends, reason=reason, expected_revision=1, ask=ask, now=at)


@pytest.fixture
def psychologist(clinic: Engine) -> User:
    return person(clinic, role="clinician", discipline="psychology")


def test_an_unfinished_draft_is_in_the_editor_again(clinic: Engine, physio: User) -> None:
    patient_id = head(clinic, "FB-00003").patient_id
    with writing(clinic) as conn:
        notes.save_draft(conn, patient_id, physio.user_id, text="Half", pin=None, expected_revision=0, now=NOW)
    (editor,) = editors(opened(clinic, physio, "FB-00003"))
    assert (editor["text"], editor["revision"]) == ("Half", 1)
    assert editor["saved"].startswith("Draft saved ")


def test_a_colleague_does_not_see_the_draft(clinic: Engine, physio: User, psychologist: User) -> None:
    patient_id = head(clinic, "FB-00003").patient_id
    with writing(clinic) as conn:
        notes.save_draft(conn, patient_id, physio.user_id, text="Private half", pin=None, expected_revision=0, now=NOW)
    assert "Private half" not in everything_shown(opened(clinic, psychologist, "FB-00003"))


def test_a_coordinator_reads_and_is_told_who_writes(clinic: Engine, physio: User) -> None:
    sign(clinic, "Seen.", physio)
    shown = opened(clinic, person(clinic, role="coordinator"))
    assert editors(shown) == []
    assert any("written and signed by clinicians" in caption.value for caption in shown.caption)
    (card,) = cards(shown)
    assert not card["may_amend"] and not card["may_cosign"] and not card["may_ask"]


def test_nothing_written_is_said(clinic: Engine, physio: User) -> None:
    list_ = told(opened(clinic, physio))
    assert (list_["heading"], list_["said"]) == ("Signed notes (0)", "No note has been signed for this patient yet.")
    assert list_["chips"] == []


def test_text_and_names_reach_the_browser_as_words_and_no_markdown_element(clinic: Engine, physio: User) -> None:
    sign(clinic, HOSTILE)
    shown = opened(clinic, physio)
    assert texts(shown) == [HOSTILE.replace("**", "")]
    for element in [*shown.markdown, *shown.caption]:
        assert "evil.example" not in element.value


def test_many_notes_come_ten_at_a_time(clinic: Engine, physio: User) -> None:
    for number in range(12):
        sign(clinic, f"Note {number}", at=NOW - timedelta(days=12 - number))
    shown = opened(clinic, physio)
    assert told(shown)["heading"] == "Signed notes (12)"
    assert texts(shown) == [f"Note {number}" for number in range(11, 1, -1)]
    assert told(shown)["more"] == "Show more (2 older notes)"
    asked(shown, "more")
    assert len(texts(shown)) == 12
    assert told(shown)["more"] == ""


def test_notes_stand_below_the_month_they_were_signed_in(clinic: Engine, physio: User) -> None:
    for days in (0, 40):
        sign(clinic, "Seen.", at=NOW - timedelta(days=days))
    months = [month["title"] for month in told(opened(clinic, physio))["months"]]
    assert months == [f"{NOW - timedelta(days=days):%B %Y}" for days in (0, 40)]


def test_a_long_note_is_shown_in_part_and_whole_on_demand(clinic: Engine, physio: User) -> None:
    note = sign(clinic, "word " * 1000)
    shown = opened(clinic, physio)
    assert len(texts(shown)[0]) < 1600
    assert cards(shown)[0]["text"]["whole"] == "The whole note (5,000 characters)"
    asked(shown, "whole", note=note.note_id, version=1)
    assert texts(shown) == [("word " * 1000).strip()]


def test_a_signed_text_can_be_read_letter_by_letter(clinic: Engine, physio: User) -> None:
    note = sign(clinic, "## Findings\n\n- **left**  knee")
    shown = asked(opened(clinic, physio), "letters", note=note.note_id, version=1)
    assert cards(shown)[0]["text"]["letters"] == "## Findings\n\n- **left**  knee"


def test_a_chip_for_each_discipline_says_how_many_and_shows_these_alone(
    clinic: Engine, physio: User, psychologist: User
) -> None:
    for text, author in (("One", physio), ("Two", psychologist), ("Three", psychologist)):
        sign(clinic, text, author)
    shown = opened(clinic, physio)
    assert chips(shown) == {"All": 3, "Physiotherapy": 1, "Psychology": 2, "Unread": 2}
    asked(shown, "discipline", value="psychology")
    assert texts(shown) == ["Three", "Two"]
    asked(shown, "discipline", value="psychology")
    assert len(texts(shown)) == 3


def test_a_search_finds_words_in_whatever_case_and_says_how_many_notes_hold_them(clinic: Engine, physio: User) -> None:
    sign(clinic, "Pacing reviewed: ten minutes of walking.")
    sign(clinic, "Sleeps badly.")
    shown = asked(opened(clinic, physio), "search", value="PACING walk")
    assert len(texts(shown)) == 1
    assert told(shown)["said"] == "1 note of 2 with “PACING walk”"
    assert told(shown)["hits"] == ["pacing", "walk"]
    asked(shown, "search", value="zebra")
    assert told(shown)["said"].startswith("No note holds “zebra”")
    asked(shown, "search", value="")
    assert len(texts(shown)) == 2


def test_a_long_note_shows_the_place_where_the_word_stands(clinic: Engine, physio: User) -> None:
    sign(clinic, "A line of many.\n" * 300 + "Then a zebra.\n" + "And more.\n" * 50)
    shown = asked(opened(clinic, physio), "search", value="zeb")
    (card,) = cards(shown)
    assert "zebra" in plainly(card["text"]["blocks"])
    assert card["text"]["before"] and card["text"]["after"]


def test_what_colleagues_signed_since_the_last_look_is_unread(
    clinic: Engine, physio: User, psychologist: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(clinic, "Old", psychologist, at=NOW - timedelta(days=3))
    opened(clinic, physio)
    sign(clinic, "My own", physio, at=NOW + timedelta(minutes=30))
    sign(clinic, "New", psychologist, at=NOW + timedelta(hours=1))
    monkeypatch.setattr(clock, "now", lambda: MUCH_LATER)
    shown = opened(clinic, physio)
    assert [(card["unread"], text) for card, text in zip(cards(shown), texts(shown), strict=True)] == [
        (True, "New"),
        (False, "My own"),
        (False, "Old"),
    ]
    asked(shown, "unread")
    assert texts(shown) == ["New"]
    assert chips(opened(clinic, physio))["Unread"] == 1, "a reload belongs to the same look"
    asked(shown, "all_read")
    assert "Unread" not in chips(opened(clinic, physio))


def test_a_note_says_what_it_is_about(clinic: Engine, physio: User) -> None:
    record = "FB-00002"
    with reading(clinic) as conn:
        (flare, *_) = [f for f in flares.listed(conn, head(clinic, record).patient_id) if f.kind == "flare"]
    pins = Pins(flare=flare.start, goal=1, region="f_knee_l")
    days = Period(AS_OF - timedelta(days=3), AS_OF)
    sign(clinic, "About all of it.", physio, record=record, pin=days, pins=pins, template="review")
    card = next(card for card in cards(opened(clinic, physio, record)) if card["author"] == physio.name)
    assert card["facts"].startswith("Review · signed ")
    day, about_flare, goal, region = card["pins"]
    assert day.startswith("pinned to ")
    assert about_flare.startswith("Flare from ")
    assert goal.startswith("goal: ")
    assert region == "front of the left knee"


def test_an_amendment_shows_its_reason_and_the_earlier_version_on_demand(clinic: Engine, physio: User) -> None:
    first = sign(clinic, "Left.", physio)
    sign(clinic, "Right.", physio, amends=first.note_id, at=MUCH_LATER)
    shown = opened(clinic, physio)
    (card,) = cards(shown)
    assert card["facts"].endswith("version 2: a reason")
    assert (card["earlier_count"], card["earlier"]) == (1, [])
    asked(shown, "earlier", note=first.note_id, version=2)
    (earlier,) = cards(shown)[0]["earlier"]
    assert plainly(earlier["blocks"]) == "Left."


def test_amend_opens_the_note_in_the_editor_of_its_author_alone(
    clinic: Engine, physio: User, psychologist: User
) -> None:
    note = sign(clinic, "Left.", physio)
    assert not cards(opened(clinic, psychologist))[0]["may_amend"]
    shown = asked(opened(clinic, physio), "amend", note=note.note_id)
    (editor,) = editors(shown)
    assert (editor["text"], editor["label"].startswith("Amend your note")) == ("Left.", True)


def test_only_the_colleague_who_was_asked_countersigns(clinic: Engine, physio: User, psychologist: User) -> None:
    note = sign(clinic, "For two.", physio, ask=(psychologist.user_id,))
    assert not cards(opened(clinic, physio))[0]["may_cosign"]
    nurse = person(clinic, role="clinician", discipline="nursing")
    assert not cards(opened(clinic, nurse))[0]["may_cosign"]
    shown = opened(clinic, psychologist)
    assert chips(shown)["To countersign"] == 1
    asked(shown, "cosign", note=note.note_id)
    assert "Countersign" in [button.label for button in shown.button]
    author = Author(psychologist.user_id, psychologist.name, "psychology")
    with writing(clinic) as conn:
        patient_id = head(clinic, NONE_YET).patient_id
        notes.cosign(conn, patient_id, note.note_id, 1, author=author, remark="Agreed in the room.", now=NOW)
    (said,) = cards(opened(clinic, physio))[0]["cosigned"]
    assert said.startswith(f"Countersigned by {psychologist.name}, psychology, ")
    assert said.endswith(": Agreed in the room.")


def test_its_author_asks_colleagues_later_and_again_after_an_amendment(
    clinic: Engine, physio: User, psychologist: User
) -> None:
    colleague = f"{psychologist.name}, psychology"
    first = sign(clinic, "Left.", physio)
    assert not cards(opened(clinic, psychologist))[0]["may_ask"]
    shown = opened(clinic, physio)
    assert cards(shown)[0]["may_ask"]
    assert colleague in offered(asked(shown, "ask", note=first.note_id))
    ask_for(clinic, first, physio, psychologist)
    shown.run()
    (waits,) = cards(shown)[0]["cosigned"]
    assert waits.startswith(f"Waits for the countersignature of {psychologist.name}")
    assert colleague not in offered(asked(shown, "ask", note=first.note_id))

    second = sign(clinic, "Right.", physio, amends=first.note_id, at=MUCH_LATER)
    shown = opened(clinic, physio)
    assert colleague in offered(asked(shown, "ask", note=first.note_id))
    ask_for(clinic, second, physio, psychologist)
    old, new = cards(opened(clinic, physio))[0]["cosigned"]
    assert old.startswith("Version 1 was amended before")
    assert new.startswith(f"Waits for the countersignature of {psychologist.name}")
    assert chips(opened(clinic, psychologist))["To countersign"] == 1


def ask_for(clinic: Engine, note: Note, author: User, colleague: User) -> None:
    """That colleague is asked to countersign that version."""
    patient_id = head(clinic, NONE_YET).patient_id
    with writing(clinic) as conn:
        of = (note.note_id, note.version)
        notes.request(conn, patient_id, *of, ask=[colleague.user_id], asked_by=author.user_id, now=MUCH_LATER)


def offered(shown: AppTest) -> list[str]:
    """Those who can be asked, as the open dialog names them; nobody where there is none left."""
    return [str(option) for group in who_may(shown) for option in group.options]


def who_may(shown: AppTest) -> list[Any]:
    """The choice of the open dialog; none where nobody is left to ask."""
    return [group for group in shown.button_group if group.label == "Who is to countersign it"]


def test_a_link_leads_to_one_note_and_from_there_to_all(clinic: Engine, physio: User) -> None:
    sign(clinic, "One")
    two = sign(clinic, "Two")
    sign(clinic, "Three")
    shown = opened(clinic, physio, note=str(two.note_id))
    assert texts(shown) == ["Two"]
    assert "note" not in shown.query_params
    asked(shown, "all")
    assert len(texts(shown)) == 3


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "<b>", "77"])
def test_a_link_to_no_note_shows_none_of_somebody_else(clinic: Engine, physio: User, number: str) -> None:
    sign(clinic, "One")
    shown = opened(clinic, physio, note=number)
    assert texts(shown) == ([] if number == "77" else ["One"])
