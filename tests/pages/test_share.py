"""The Share page: pages, checklist, and what was made, in every state; what is typed is the draft of its author."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from clinical.diary import Period
from dashboard.presenters import share_fields
from dashboard.reports.compose import offered
from dashboard.reports.templates import TEMPLATES
from data_access import export_states, exports, form_drafts
from data_access.access import User
from data_access.engine import reading, writing
from data_access.export_states import NewState
from data_access.exports import Export, Sent
from tests.conftest import NOW
from tests.pages.opening import drawn, everything_shown, head, link, page, person

LAST = date(2026, 11, 22)
PERIOD = Period(LAST - timedelta(days=27), LAST)


def made(clinic: Engine, record: str) -> list[Export]:
    with reading(clinic) as conn:
        return exports.listed(conn, head(clinic, record).patient_id)


def make(clinic: Engine, record: str, *formats: str) -> list[Export]:
    """What somebody signed before."""
    letters = [
        Sent(each, f"gp-letter.{each}", "The GP", PERIOD, each.encode(), "gp_letter", "", "Dr Ada Invented")
        for each in formats
    ]
    with writing(clinic) as conn:
        return exports.store_together(conn, head(clinic, record).patient_id, letters, user_id=1, now=NOW)


def typed(clinic: Engine, record: str, user: User, **answers: str) -> None:
    """What that person typed into the order, as their draft holds it."""
    content = json.dumps({"on": 0, "answers": {"template": "referral_pain", **answers}, "began": {}})
    with writing(clinic) as conn:
        form_drafts.save_draft(
            conn,
            head(clinic, record).patient_id,
            user.user_id,
            "share",
            content=content,
            expected_revision=0,
            now=NOW,
        )


def opened(clinic: Engine, record: str, user: User) -> AppTest:
    return page("share.py", user, p=link(clinic, record), period="3m")


def missing(shown: AppTest) -> dict[str, str]:
    """What the checklist says is missing, and where that is filled in."""
    (checklist,) = drawn(shown, "share_checklist")
    return {point["code"]: point["where"] for point in checklist["lacking"]}


@pytest.mark.parametrize("record", ["FB-00001", "FB-00002", "FB-00009", "FB-00010"])
def test_every_page_is_previewed_whatever_is_known(clinic: Engine, physician: User, record: str) -> None:
    shown = opened(clinic, record, physician)
    assert not shown.exception
    (preview,) = drawn(shown, "page_preview")
    assert (preview["at"], preview["count"] > 1) == (0, True)
    assert preview["picture"].startswith("iVBOR")
    assert preview["alt"].startswith("Preview of the document: Referral to a pain service")
    assert preview["alt"].endswith(f"page 1 of {preview['count']}")


def test_opening_the_page_makes_nothing(clinic: Engine, physician: User) -> None:
    shown = opened(clinic, "FB-00002", physician)
    assert made(clinic, "FB-00002") == []
    assert drawn(shown, "file_delivery") == []
    assert any(caption.value.startswith("Nothing has been made yet.") for caption in shown.caption)


def test_what_was_typed_stands_there_again_and_is_what_is_previewed(clinic: Engine, physician: User) -> None:
    before = missing(opened(clinic, "FB-00003", physician))
    typed(clinic, "FB-00003", physician, template="gp_letter", recipient="Dr G. Pea", reason="Please take over.")
    shown = opened(clinic, "FB-00003", physician)
    (form,) = drawn(shown, "kept_form")
    assert (form["answers"]["recipient"], form["answers"]["reason"]) == ("Dr G. Pea", "Please take over.")
    assert "Letter to the general practitioner" in drawn(shown, "page_preview")[0]["alt"]
    assert {"recipient", "reason", "question"} <= before.keys()
    assert not {"recipient", "reason", "question"} & missing(shown).keys()


def test_a_draft_is_its_authors_alone(clinic: Engine, physician: User) -> None:
    typed(clinic, "FB-00004", physician, recipient="Dr R. Heum")
    other = opened(clinic, "FB-00004", person(clinic, role="coordinator"))
    assert "Dr R. Heum" not in everything_shown(other)


def test_a_text_that_is_too_long_stays_and_is_told_at_its_field(clinic: Engine, physician: User) -> None:
    typed(clinic, "FB-00005", physician, recipient="r" * 220)
    (form,) = drawn(opened(clinic, "FB-00005", physician), "kept_form")
    assert form["answers"]["recipient"] == "r" * 220
    assert form["given"] == {"recipient": "220 characters; 200 fit."}


def test_each_missing_point_leads_to_where_it_is_filled_in_for_this_patient(clinic: Engine, physician: User) -> None:
    shown = opened(clinic, "FB-00010", physician)
    (checklist,) = drawn(shown, "share_checklist")
    assert missing(shown)["recipient"] == "in this order"
    assert "recipient" not in checklist["hrefs"]
    patient = link(clinic, "FB-00010")
    assert checklist["hrefs"]["goals"] == f"care_plan?p={patient}&form=goal-0"
    assert checklist["hrefs"]["red_flags"] == f"pain_map?p={patient}&part=pointers"
    assert checklist["heading"].startswith(str(len(checklist["lacking"])))


def test_a_page_that_one_may_not_open_is_no_link(clinic: Engine) -> None:
    shown = opened(clinic, "FB-00010", person(clinic, role="coordinator"))
    (checklist,) = drawn(shown, "share_checklist")
    assert missing(shown)["map"] == "by those who may"
    assert "map" not in checklist["hrefs"]


def test_what_was_made_together_is_listed_together_and_is_handed_over_unchanged(
    clinic: Engine, physician: User
) -> None:
    text, series = make(clinic, "FB-00006", "text", "csv")
    shown = opened(clinic, "FB-00006", physician)
    assert [each.value for each in shown.subheader][-1] == "Made for this patient (1)"
    shown.button(key=f"again_{series.export_id}").click().run()
    (delivery,) = drawn(shown, "file_delivery")
    assert (delivery["name"], delivery["content"]) == ("gp-letter.csv", "Y3N2")
    shown.run()
    assert drawn(shown, "file_delivery") == []
    assert len(made(clinic, "FB-00006")) == 2
    assert any(text.sha256[:12] in caption.value for caption in shown.caption)


def test_what_became_of_a_document_is_told_and_a_withdrawn_one_offers_no_more_marks(
    clinic: Engine, physician: User
) -> None:
    (first,) = make(clinic, "FB-00007", "pdf")
    patient_id = head(clinic, "FB-00007").patient_id
    assert opened(clinic, "FB-00007", physician).button(key=f"share_withdrawn_{first.export_id}").label == "Withdraw"
    with writing(clinic) as conn:
        gone = NewState(first.export_id, "withdrawn", reason="wrong recipient")
        export_states.add(conn, patient_id, gone, user_id=1, user_name="Dr T", now=NOW)
    shown = opened(clinic, "FB-00007", physician)
    assert any("wrong recipient" in each.value for each in shown.markdown)
    keys = [button.key for button in shown.button]
    assert not {f"share_withdrawn_{first.export_id}", f"share_sent_{first.export_id}"} & set(keys)


def test_a_withdrawn_document_is_handed_over_after_its_reason_was_read_and_is_called_so(
    clinic: Engine, physician: User
) -> None:
    (first,) = make(clinic, "FB-00009", "pdf")
    patient_id = head(clinic, "FB-00009").patient_id
    with writing(clinic) as conn:
        gone = NewState(first.export_id, "withdrawn", reason="wrong recipient")
        export_states.add(conn, patient_id, gone, user_id=1, user_name="Dr T", now=NOW)
    shown = opened(clinic, "FB-00009", physician)
    shown.button(key=f"again_{first.export_id}").click().run()
    assert drawn(shown, "file_delivery") == []
    (warning,) = [each.value for each in shown.warning]
    assert "Withdrawn by Dr T" in warning
    assert "wrong recipient" in warning
    shown.button(key=f"share_anyway_{first.export_id}").click().run()
    (delivery,) = drawn(shown, "file_delivery")
    assert (delivery["name"], delivery["content"]) == ("WITHDRAWN-gp-letter.pdf", "cGRm")
    assert not shown.warning


def test_a_coordinator_makes_without_signing_and_marks_as_sent_but_withdraws_nothing(clinic: Engine) -> None:
    (first,) = make(clinic, "FB-00008", "pdf")
    shown = opened(clinic, "FB-00008", person(clinic, role="coordinator"))
    (form,) = drawn(shown, "kept_form")
    assert (form["submit"], form["look"]) == ("Make, not signed", form["look"].replace("signed:", "made:"))
    assert any("A clinician of the care team signs it" in caption.value for caption in shown.caption)
    keys = [button.key for button in shown.button]
    assert f"share_sent_{first.export_id}" in keys
    assert f"share_withdrawn_{first.export_id}" not in keys


@pytest.mark.parametrize("code", TEMPLATES)
def test_the_whole_diary_is_named_for_what_it_is_never_chosen_beforehand_and_not_offered_for_short_papers(
    code: str,
) -> None:
    asked = share_fields.fields(TEMPLATES[code])
    options = {each.code: each for field in asked if field.name == "formats" for each in field.options}
    assert share_fields.formats(asked, {"template": code}) == ("pdf",)
    assert ("csv" in options) is (code not in ("gp_letter", "patient_copy"))
    assert share_fields.formats(asked, {"template": code, "formats": "+csv"}) == tuple(
        each for each in ("pdf", "csv") if each in options
    )
    if "csv" in options:
        assert "everything of the period, with notes and single answers" in options["csv"].words
        assert options["csv"].group == share_fields.BEYOND
        assert not options["csv"].preset


@pytest.mark.parametrize("code", TEMPLATES)
def test_a_choice_of_sections_is_kept_as_what_differs_from_the_minimum_of_each_kind(code: str) -> None:
    template = TEMPLATES[code]
    asked = share_fields.fields(template)
    plain = share_fields.order(asked, {"template": code})
    assert set(template.short) <= set(plain.sections)
    beyond = [kind.code for kind in offered(template) if kind.code not in plain.sections][:1]
    moved = "|".join(["-course", "-reason", *(f"+{each}" for each in beyond)])
    changed = share_fields.order(asked, {"template": code, "sections": moved})
    assert set(changed.sections) == {*plain.sections, *beyond} - {"course"}


def test_somebody_without_clinical_content_gets_neither_preview_nor_list(clinic: Engine) -> None:
    shown = opened(clinic, "FB-00002", person(clinic, role="administrator"))
    assert drawn(shown, "page_preview") == []
    assert drawn(shown, "kept_form") == []
    assert not [button for button in shown.button if str(button.key).startswith("again_")]


def test_the_chooser_says_that_the_first_page_sums_up_what_is_chosen() -> None:
    said = {
        code: [option.words for field in share_fields.fields(TEMPLATES[code]) for option in field.options]
        for code in ("rheumatology", "gp_letter")
    }
    assert "First page: the summary of the sections chosen here" in said["rheumatology"]
    assert not any(words.startswith("First page") for words in said["gp_letter"])
