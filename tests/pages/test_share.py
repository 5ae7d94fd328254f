"""The Share page: preview, what is missing, and what was sent, in every state."""

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access import exports
from data_access.access import User
from data_access.engine import reading
from data_access.exports import Export
from tests.pages.opening import drawn, head, link, page, person


def sent(clinic: Engine, record: str) -> list[Export]:
    with reading(clinic) as conn:
        return exports.listed(conn, head(clinic, record).patient_id)


def opened(clinic: Engine, record: str, user: User) -> AppTest:
    return page("share.py", user, p=link(clinic, record), period="3m")


@pytest.mark.parametrize("record", ["FB-00001", "FB-00002", "FB-00009", "FB-00010"])
def test_the_page_is_previewed_whatever_is_known(clinic: Engine, physician: User, record: str) -> None:
    shown = opened(clinic, record, physician)
    assert not shown.exception
    (preview,) = drawn(shown, "page_preview")
    assert preview["picture"].startswith("iVBOR")
    assert preview["alt"]


def test_opening_the_page_sends_nothing(clinic: Engine, physician: User) -> None:
    shown = opened(clinic, "FB-00002", physician)
    assert sent(clinic, "FB-00002") == []
    assert drawn(shown, "file_delivery") == []
    assert "Nothing has been made yet." in [caption.value for caption in shown.caption]


def test_one_click_stores_lists_and_hands_over_once(clinic: Engine, physician: User) -> None:
    shown = opened(clinic, "FB-00002", physician)
    shown.text_input[0].set_value("Dr R. Heum")
    shown.button(key="share_download").click().run()
    (export,) = sent(clinic, "FB-00002")
    assert export.recipient == "Dr R. Heum"
    assert (export.period.end - export.period.start).days == 90
    (delivery,) = drawn(shown, "file_delivery")
    assert delivery["name"] == export.file_name
    shown.run()
    assert drawn(shown, "file_delivery") == []
    assert len(sent(clinic, "FB-00002")) == 1


def test_an_earlier_one_is_handed_over_unchanged_and_not_sent_anew(clinic: Engine, physician: User) -> None:
    shown = opened(clinic, "FB-00002", physician)
    shown.button(key="share_download").click().run()
    (first,) = drawn(shown, "file_delivery")
    shown.button(key="again_1").click().run()
    (again,) = drawn(shown, "file_delivery")
    assert again["content"] == first["content"]
    assert again["number"] != first["number"]
    assert len(sent(clinic, "FB-00002")) == 1


def test_a_text_that_is_too_long_stays_is_told_and_cannot_go_out(clinic: Engine, physician: User) -> None:
    shown = opened(clinic, "FB-00002", physician)
    shown.text_area[0].set_value("q" * 650)
    shown.run()
    assert shown.text_area[0].value == "q" * 650
    assert "shorten it by 50 characters to download" in shown.error[0].value
    assert shown.button(key="share_download").disabled
    shown.text_area[0].set_value("q" * 600).run()
    shown.button(key="share_download").click().run()
    assert len(sent(clinic, "FB-00002")) == 1


def test_what_the_reader_will_miss_is_said_before_sending(clinic: Engine, physician: User) -> None:
    missing = [c.value for c in opened(clinic, "FB-00010", physician).caption if c.value.startswith("Still missing")]
    assert len(missing) == 1
    assert "reason for referral" in missing[0]
    assert "body map" in missing[0]


def test_somebody_without_clinical_content_gets_neither_preview_nor_list(clinic: Engine) -> None:
    shown = opened(clinic, "FB-00002", person(clinic, role="administrator"))
    assert drawn(shown, "page_preview") == []
    assert not [button for button in shown.button if button.key == "share_download"]
