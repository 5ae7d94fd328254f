"""Documents: signed as they were seen, stored as they are, listed, marked, and given again the same or not at all."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
import sqlalchemy as sa

from clinical.diary import Period
from clinical.plan import Formulation
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.reports.record import LONGEST_QUESTION, LONGEST_RECIPIENT, Order
from dashboard.reports.templates import TEMPLATES
from dashboard.reports.typesetting import CannotSet
from dashboard.services import report_record, share_formats, share_order, sharing
from dashboard.services.share_order import LONGEST_REASON, NOT_ASKED, OrderRefused
from dashboard.services.sharing import Share, Stamp
from data_access import asked, audit, medication, plan, safety
from data_access import exports as stored
from data_access.engine import reading, writing
from data_access.exports import Sent
from data_access.tables import export_states, exports
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    AUDITOR,
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
    fill,
)
from tests.data_access.made_up import CLOSING, NOW, PLANNER, RED_FLAG, TODAY

PERIOD = Period(TODAY - timedelta(days=83), TODAY)
PERIODS = Periods(PERIOD, PERIOD.before(), "3m")
ORDER = Order("Dr R. Heum, Rheumatology", "Why the flares?", "soon", "yes, asked today", "rheumatology", "Worse.")


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


def seen(viewer: Viewer = PHYSIO, patient_id: int = PATIENT, order: Order = ORDER) -> Stamp:
    return sharing.preview(viewer, patient_id, PERIODS, order, as_of=TODAY).stamp


def sign(
    viewer: Viewer = PHYSIO,
    patient_id: int = PATIENT,
    order: Order = ORDER,
    formats: tuple[str, ...] = ("pdf",),
    stamp: Stamp | None = None,
) -> Share:
    stamp = stamp or seen(viewer, patient_id, order)
    return sharing.sign(viewer, patient_id, PERIODS, order, formats, stamp, as_of=TODAY, now=NOW)


def prepare(viewer: Viewer = COORDINATOR, order: Order = ORDER, formats: tuple[str, ...] = ("pdf",)) -> Share:
    stamp = seen(viewer, order=order)
    return sharing.prepare(viewer, PATIENT, PERIODS, order, formats, stamp, as_of=TODAY, now=NOW)


def bytes_of(share: Share, made_as: str) -> bytes:
    number = next(file.export_id for file in share.files if file.format == made_as)
    return sharing.again(PHYSIO, PATIENT, number).content


def kept(clinic: sa.Engine) -> int:
    with reading(clinic) as conn:
        return int(conn.execute(sa.select(sa.func.count()).select_from(exports)).scalar() or 0)


def say_what_matters(clinic: sa.Engine, matters: str = "the sea") -> None:
    """What somebody else does meanwhile."""
    with writing(clinic) as conn:
        plan.save(conn, PATIENT, Formulation(matters=matters), writer=PLANNER)


def met(code: str, order: Order = ORDER) -> bool:
    needs = sharing.preview(PHYSIO, PATIENT, PERIODS, order, as_of=TODAY).checklist
    return next(need.met for need in needs if need.code == code)


def test_a_preview_shows_every_page_and_stores_nothing(clinic: sa.Engine) -> None:
    preview = sharing.preview(PHYSIO, PATIENT, PERIODS, Order(), as_of=TODAY)
    assert all(page.startswith(b"\x89PNG") for page in preview.pages)
    assert len(preview.pages) > 1
    assert [need.code for need in preview.checklist if not need.met][:3] == ["recipient", "reason", "question"]
    assert kept(clinic) == 0


def test_what_is_signed_has_the_pages_that_were_looked_at_and_says_who_signed() -> None:
    share = sign()
    pdf = pikepdf.open(io.BytesIO(bytes_of(share, "pdf")))
    assert len(pdf.pages) == len(sharing.preview(PHYSIO, PATIENT, PERIODS, ORDER, as_of=TODAY).pages)
    assert (share.recipient, share.period, share.template) == (ORDER.recipient, PERIOD, "rheumatology")
    assert (share.signed_by, share.asked) == ("M. Physio, physiotherapy", ORDER)
    text = bytes_of(sign(formats=("text",)), "text").decode()
    assert "Signed by M. Physio" in text
    assert "Preview, not signed" not in text


def test_every_format_of_a_document_is_stored_with_its_own_fingerprint_under_one_number(clinic: sa.Engine) -> None:
    share = sign(formats=("csv", "text", "fhir", "docx", "pdf"))
    assert [file.format for file in share.files] == ["pdf", "docx", "fhir", "text", "csv"]
    assert {file.share_id for file in share.files} == {share.share_id}
    starts = {"pdf": b"%PDF", "docx": b"PK", "fhir": b'{"res', "csv": b"PK", "text": b"Referral to rheumatology"}
    for file in share.files:
        content = bytes_of(share, file.format)
        assert content.startswith(starts[file.format])
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)
    with zipfile.ZipFile(io.BytesIO(bytes_of(share, "csv"))) as archive:
        assert archive.read("patients.csv").count(b"\n") == 2
    assert sharing.shared(PHYSIO, PATIENT) == [share]


def test_a_document_for_a_machine_holds_the_days_of_its_period_and_the_whole_record_only_when_asked(
    clinic: sa.Engine,
) -> None:
    def observed(period: Period | None) -> int:
        (made,) = sharing.make(COORDINATOR, PATIENT, period, Order(), ("fhir",), as_of=TODAY, now=NOW)
        entry = json.loads(made.content)["entry"]
        return sum(each["resource"]["resourceType"] == "Observation" for each in entry)

    assert 0 < observed(Period(TODAY - timedelta(days=6), TODAY)) < observed(PERIOD) < observed(None)


def test_one_format_that_cannot_be_made_leaves_none_of_them(clinic: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise CannotSet

    stamp = seen()
    monkeypatch.setattr("dashboard.reports.document_docx.docx", broken)
    with pytest.raises(ExplainedError, match="could not be set"):
        sign(formats=("pdf", "docx"), stamp=stamp)
    assert kept(clinic) == 0


def test_a_failure_while_storing_leaves_neither_format_nor_event(
    clinic: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = stored.store_together

    def half(conn: sa.Connection, patient_id: int, made: list[Sent], **who: object) -> None:
        real(conn, patient_id, made[:1], **who)  # type: ignore[arg-type]
        raise RuntimeError("the power went")

    stamp = seen()
    monkeypatch.setattr(stored, "store_together", half)
    with pytest.raises(RuntimeError):
        sign(formats=("pdf", "text"), stamp=stamp)
    assert kept(clinic) == 0
    with reading(clinic) as conn:
        assert "sign document" not in [event.action for event in audit.listed(conn, PATIENT)]


def test_a_record_that_changed_since_the_preview_is_not_signed_and_the_changed_parts_are_named(
    clinic: sa.Engine,
) -> None:
    stamp = seen()
    say_what_matters(clinic)
    with pytest.raises(Conflict, match=r"read differently now: .*What matters to the patient") as refused:
        sign(stamp=stamp)
    assert "everything you typed is still there" in refused.value.what_is_safe
    assert kept(clinic) == 0
    assert sign().files


def test_a_change_that_this_document_does_not_print_asks_for_a_new_look_all_the_same(clinic: sa.Engine) -> None:
    order = replace(ORDER, template="gp_letter")
    stamp = seen(order=order)
    say_what_matters(clinic)
    with pytest.raises(Conflict) as refused:
        sign(order=order, stamp=stamp)
    assert refused.value.what_happened == "The record changed since this preview was drawn."


def test_a_change_between_reading_and_storing_is_noticed(clinic: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp, real = seen(), share_formats.make

    def slow(*given: object, **more: object) -> bytes:
        made = real(*given, **more)  # type: ignore[arg-type]
        say_what_matters(clinic)
        return made

    monkeypatch.setattr(share_formats, "make", slow)
    with pytest.raises(Conflict, match="The record changed"):
        sign(stamp=stamp)
    assert kept(clinic) == 0


@pytest.mark.parametrize(
    "change", [{"question": "Another question?"}, {"recipient": "Somebody else"}, {"template": "psychology"}]
)
def test_what_was_typed_after_the_preview_is_looked_at_before_it_is_signed(
    clinic: sa.Engine, change: dict[str, str]
) -> None:
    with pytest.raises(Conflict, match="was changed after this preview"):
        sign(order=replace(ORDER, **change), stamp=seen())  # type: ignore[arg-type]
    assert kept(clinic) == 0


def test_nobody_signs_what_another_looked_at() -> None:
    with pytest.raises(Conflict, match="who signs was changed"):
        sign(PSYCHOLOGIST, stamp=seen(PHYSIO))


def test_a_preview_of_yesterday_is_not_signed_today() -> None:
    stamp, tomorrow = seen(), TODAY + timedelta(days=1)
    with pytest.raises(Conflict):
        sharing.sign(PHYSIO, PATIENT, PERIODS, ORDER, ("pdf",), stamp, as_of=tomorrow, now=NOW)


def test_a_coordinator_prepares_fetches_and_marks_as_sent_but_neither_signs_nor_withdraws(clinic: sa.Engine) -> None:
    with pytest.raises(NotPermitted):
        sign(COORDINATOR)
    assert kept(clinic) == 0
    share = prepare(formats=("text", "fhir"))
    assert share.signed_by == ""
    assert "Preview, not signed" in bytes_of(share, "text").decode()
    composition = json.loads(bytes_of(share, "fhir"))["entry"][0]["resource"]
    assert (composition["status"], "attester" in composition) == ("preliminary", False)
    number = sign().share_id
    assert sharing.again(COORDINATOR, PATIENT, number).content.startswith(b"%PDF")
    assert sharing.mark(COORDINATOR, PATIENT, number, "sent", "post", "", now=NOW).states
    with pytest.raises(NotPermitted):
        sharing.mark(COORDINATOR, PATIENT, number, "withdrawn", "", "wrong", now=NOW)
    assert not any(each.withdrawn for each in sharing.shared(PHYSIO, PATIENT))


def test_what_is_prepared_is_what_was_looked_at(clinic: sa.Engine) -> None:
    stamp = seen(COORDINATOR)
    say_what_matters(clinic)
    with pytest.raises(Conflict, match="The record changed"):
        sharing.prepare(COORDINATOR, PATIENT, PERIODS, ORDER, ("pdf",), stamp, as_of=TODAY, now=NOW)
    assert kept(clinic) == 0


@pytest.mark.parametrize("made_by", [sharing.sign, sharing.prepare])
def test_a_second_click_gives_what_the_first_one_made_and_records_it_once(
    clinic: sa.Engine, made_by: Callable[..., Share]
) -> None:
    def clicked(seconds: int, formats: tuple[str, ...] = ("pdf", "text")) -> Share:
        now = NOW + timedelta(seconds=seconds)
        return made_by(PHYSIO, PATIENT, PERIODS, ORDER, formats, stamp, as_of=TODAY, now=now)

    stamp = seen()
    first = clicked(0)
    assert clicked(40) == first
    assert kept(clinic) == 2
    with reading(clinic) as conn:
        actions = [event.action for event in audit.listed(conn, PATIENT)]
    assert (actions.count("sign document") + actions.count("export")) == 1
    assert clicked(50, ("docx",)).share_id != first.share_id
    assert clicked(70).share_id != first.share_id
    assert [file.format for share in sharing.shared(PHYSIO, PATIENT) for file in share.files].count("pdf") == 2


def test_a_click_on_another_preview_or_after_a_withdrawal_signs_anew(clinic: sa.Engine) -> None:
    first = sign()
    say_what_matters(clinic)
    second = sign()
    assert second.share_id != first.share_id
    sharing.mark(PHYSIO, PATIENT, second.share_id, "withdrawn", "", "wrong recipient", now=NOW)
    assert sign().share_id not in (first.share_id, second.share_id)


def test_two_who_looked_at_the_same_record_both_sign() -> None:
    first, second = seen(PHYSIO), seen(PSYCHOLOGIST)
    assert sign(PHYSIO, stamp=first).share_id == 1
    assert sign(PSYCHOLOGIST, stamp=second).share_id == 2
    assert [share.sender for share in sharing.shared(PHYSIO, PATIENT)] == ["K. Psych", "M. Physio"]


def test_without_a_word_about_consent_nothing_is_signed_and_not_asked_is_a_word_that_is_printed(
    clinic: sa.Engine,
) -> None:
    with pytest.raises(OrderRefused) as refused:
        sign(order=replace(ORDER, consent=""))
    assert set(refused.value.fields) == {"consent"}
    assert kept(clinic) == 0
    share = sign(order=replace(ORDER, consent=NOT_ASKED), formats=("text",))
    assert NOT_ASKED in bytes_of(share, "text").decode()


def test_a_copy_for_the_patient_needs_no_consent() -> None:
    assert sign(order=Order(template="patient_copy")).template == "patient_copy"


@pytest.mark.parametrize(
    ("field", "longest"), [("recipient", LONGEST_RECIPIENT), ("question", LONGEST_QUESTION), ("reason", LONGEST_REASON)]
)
def test_a_text_longer_than_fits_is_refused_whole_at_its_field_never_cut(
    clinic: sa.Engine, field: str, longest: int
) -> None:
    with pytest.raises(OrderRefused, match=f"{longest} fit") as refused:
        sign(order=replace(ORDER, **{field: "w" * (longest + 1)}))  # type: ignore[arg-type]
    assert set(refused.value.fields) == {field}
    assert kept(clinic) == 0
    assert sign(order=replace(ORDER, **{field: "w" * longest})).files  # type: ignore[arg-type]


@pytest.mark.parametrize("template", ["gp_letter", "patient_copy"])
def test_the_whole_diary_does_not_go_with_a_letter_or_a_patients_copy(clinic: sa.Engine, template: str) -> None:
    with pytest.raises(OrderRefused, match="Diary as CSV holds more") as refused:
        sign(order=replace(ORDER, template=template), formats=("pdf", "csv"))
    assert set(refused.value.fields) == {"formats"}
    assert kept(clinic) == 0


@pytest.mark.parametrize("formats", [(), ("xls",), ("pdf", "xls")])
def test_a_document_needs_a_format_that_exists(formats: tuple[str, ...]) -> None:
    with pytest.raises(OrderRefused, match="at least one format"):
        sign(formats=formats)


def test_an_open_red_flag_is_missing_from_the_checklist_until_it_is_closed(clinic: sa.Engine) -> None:
    assert (met("red_flags"), met("safety")) == (False, True)
    with writing(clinic) as conn:
        asked.give(conn, PATIENT, [RED_FLAG], user_id=PHYSIO.user_id, as_of=TODAY)
    assert (met("red_flags"), met("safety")) == (True, False)
    with writing(clinic) as conn:
        safety.close(conn, PATIENT, CLOSING, user_id=PHYSIO.user_id, as_of=TODAY)
    assert met("safety")


def test_the_list_says_when_by_whom_and_to_whom_latest_first() -> None:
    sign()
    prepare(order=replace(ORDER, recipient="The GP"))
    assert [(share.sender, share.recipient, share.at) for share in sharing.shared(PHYSIO, PATIENT)] == [
        ("C. Coord", "The GP", NOW),
        ("M. Physio", "Dr R. Heum, Rheumatology", NOW),
    ]


def test_what_was_made_before_documents_were_signed_stays_listed_and_can_be_marked(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        old = Sent("pdf", "referral-T-1-2026-11-01.pdf", "The GP", PERIOD, b"%PDF-1.7")
        stored.store(conn, PATIENT, old, user_id=0, now=NOW)
    (share,) = sharing.shared(PHYSIO, PATIENT)
    assert (share.share_id, share.template, share.sender, share.asked) == (1, "", "the command line", None)
    assert sharing.again(PHYSIO, PATIENT, 1).content == b"%PDF-1.7"
    assert sharing.mark(PHYSIO, PATIENT, 1, "sent", "post", "", now=NOW).states[0].how == "post"


def test_the_file_name_tells_patients_apart_and_holds_no_name() -> None:
    assert sign().files[0].file_name == "rheumatology-T-1-2026-11-22.pdf"
    assert share_order.file_name("gp_letter", "../T 1/\u202e", TODAY, "text") == "gp-letter-T-1-2026-11-22.txt"


def test_a_document_is_marked_as_sent_and_then_withdrawn_once_for_ever(clinic: sa.Engine) -> None:
    number = sign().share_id
    sharing.mark(COORDINATOR, PATIENT, number, "sent", "post", "recorded delivery", now=NOW)
    gone = sharing.mark(PHYSIO, PATIENT, number, "withdrawn", "", "wrong recipient", now=NOW)
    assert [(each.state, each.how, each.reason, each.user_name) for each in gone.states] == [
        ("sent", "post", "recorded delivery", "C. Coord"),
        ("withdrawn", "", "wrong recipient", "M. Physio"),
    ]
    assert sharing.shared(PHYSIO, PATIENT) == [gone]
    for state in ("sent", "withdrawn"):
        with pytest.raises(Conflict, match=r"withdrawn by M\. Physio already"):
            sharing.mark(PHYSIO, PATIENT, number, state, "fax", "again", now=NOW)
    assert bytes_of(gone, "pdf").startswith(b"%PDF")


def test_a_withdrawn_document_is_the_same_bytes_under_a_name_and_an_event_that_say_so(clinic: sa.Engine) -> None:
    share = sign(formats=("pdf", "text"))
    other = sign(PSYCHOLOGIST)
    before = bytes_of(share, "text")
    sharing.mark(PHYSIO, PATIENT, share.share_id, "withdrawn", "", "wrong recipient", now=NOW)
    for file in share.files:
        assert sharing.again(COORDINATOR, PATIENT, file.export_id).export.file_name == f"WITHDRAWN-{file.file_name}"
    assert bytes_of(share, "text") == before
    standing = sharing.again(PHYSIO, PATIENT, other.files[0].export_id)
    assert standing.export.file_name == other.files[0].file_name
    with reading(clinic) as conn:
        told = [
            (event.resource, event.detail) for event in audit.listed(conn, PATIENT) if event.action == "export again"
        ]
        assert audit.verify(conn) == []
    assert {("export 1", "withdrawn"), ("export 2", "withdrawn"), ("export 2", ""), ("export 3", "")} == set(told)


@pytest.mark.parametrize(
    ("state", "how", "reason"),
    [("withdrawn", "", " "), ("sent", "", "x"), ("sent", "h" * 81, ""), ("withdrawn", "", "r" * 401)],
)
def test_what_became_of_it_is_not_recorded_without_how_or_why(
    clinic: sa.Engine, state: str, how: str, reason: str
) -> None:
    number = sign().share_id
    with pytest.raises(ExplainedError, match="Nothing was recorded"):
        sharing.mark(PHYSIO, PATIENT, number, state, how, reason, now=NOW)  # type: ignore[arg-type]
    with reading(clinic) as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(export_states)).scalar() == 0


def test_signing_fetching_and_marking_are_in_the_audit_trail_without_question_or_recipient(clinic: sa.Engine) -> None:
    share = sign()
    bytes_of(share, "pdf")
    sharing.mark(PHYSIO, PATIENT, share.share_id, "withdrawn", "", "Heum moved away", now=NOW)
    with reading(clinic) as conn:
        found = audit.listed(conn, PATIENT)
        assert audit.verify(conn) == []
    told = [(event.action, event.resource) for event in found]
    assert ("sign document", "document rheumatology") in told
    assert ("export again", "export 1") in told
    assert ("mark withdrawn", "document 1") in told
    assert "Heum" not in repr(found)
    assert "flares" not in repr(found)


def test_an_export_of_another_patient_cannot_be_had_or_marked_through_this_one() -> None:
    sign()
    for attempt in (
        lambda: sharing.again(PHYSIO, PATIENT, 99),
        lambda: sharing.again(STRANGER, OTHER_TEAMS_PATIENT, 1),
        lambda: sharing.mark(STRANGER, OTHER_TEAMS_PATIENT, 1, "sent", "post", "", now=NOW),
    ):
        with pytest.raises(ExplainedError, match="no such export"):
            attempt()


def test_a_stored_document_that_was_tampered_with_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def tampered(*_: object) -> bytes:
        raise ValueError("the stored export is not the one that was sent")

    number = sign().files[0].export_id
    monkeypatch.setattr("data_access.exports.content", tampered)
    with pytest.raises(ExplainedError, match="fingerprint differs"):
        sharing.again(PHYSIO, PATIENT, number)


def test_a_picture_leaves_with_its_caption_and_is_kept_like_everything_that_leaves(clinic: sa.Engine) -> None:
    document = sharing.preview(PHYSIO, PATIENT, PERIODS, ORDER, as_of=TODAY).document
    name = next(picture.name for section in document.sections for picture in sharing.pictures(section))
    made = sharing.picture(PHYSIO, PATIENT, PERIODS, ORDER, name, as_of=TODAY, now=NOW)
    assert made.content.startswith(b"\x89PNG")
    assert sharing.again(PHYSIO, PATIENT, made.export.export_id).content == made.content


def test_what_the_command_line_makes_is_signed_by_nobody_and_says_so() -> None:
    (made,) = sharing.make(COORDINATOR, PATIENT, PERIOD, Order(), ("text",), as_of=TODAY, now=NOW)
    assert "Preview, not signed" in made.content.decode()
    (share,) = sharing.shared(PHYSIO, PATIENT)
    assert (share.signed_by, share.files) == ("", (made.export,))


REFUSED: list[Callable[[Viewer], object]] = [
    lambda viewer: sign(viewer, stamp=seen(PHYSIO)),
    lambda viewer: sharing.prepare(viewer, PATIENT, PERIODS, ORDER, ("pdf",), seen(PHYSIO), as_of=TODAY, now=NOW),
    lambda viewer: sharing.preview(viewer, PATIENT, PERIODS, ORDER, as_of=TODAY),
    lambda viewer: sharing.make(viewer, PATIENT, PERIOD, ORDER, ("pdf",), as_of=TODAY, now=NOW),
    lambda viewer: sharing.picture(viewer, PATIENT, PERIODS, ORDER, "typical", as_of=TODAY, now=NOW),
    lambda viewer: sharing.shared(viewer, PATIENT),
    lambda viewer: sharing.again(viewer, PATIENT, 1),
    lambda viewer: sharing.mark(viewer, PATIENT, 1, "sent", "post", "", now=NOW),
]


@pytest.mark.parametrize("attempt", REFUSED)
@pytest.mark.parametrize("viewer", [ADMINISTRATOR, AUDITOR, STRANGER], ids=lambda viewer: viewer.name)
def test_nobody_without_the_permission_and_the_care_team_signs_or_sees(
    attempt: Callable[[Viewer], object], viewer: Viewer, clinic: sa.Engine
) -> None:
    with pytest.raises(NotPermitted):
        attempt(viewer)
    assert kept(clinic) == 0


@pytest.mark.parametrize("template", ["referral_pain", "rheumatology", "gp_letter", "patient_copy"])
def test_a_patient_of_whom_nothing_is_known_can_be_referred(template: str) -> None:
    order = Order(template=template, consent=NOT_ASKED)
    share = sign(STRANGER, OTHER_TEAMS_PATIENT, order)
    assert sharing.again(STRANGER, OTHER_TEAMS_PATIENT, share.files[0].export_id).content.startswith(b"%PDF")


def test_taken_days_are_counted_once_a_day_whatever_the_capitals(clinic: sa.Engine) -> None:
    with reading(clinic) as conn:
        doses = medication.doses(conn, PATIENT, PERIOD)
    counts = report_record.dose_counts(doses)
    for name, count in counts.items():
        mine = [str(medicine).casefold() == name.casefold() for medicine in doses.medicine]
        taken = {day for day, yes, one in zip(doses.day, doses.taken, mine, strict=True) if yes and one}
        missed = {day for day, yes, one in zip(doses.day, doses.taken, mine, strict=True) if not yes and one}
        assert (count.taken, count.not_taken) == (len(taken), len(missed - taken))
    assert {"amitriptyline", "paracetamol"} <= counts.keys()


def alternatives(content: bytes) -> str:
    """Every alternative text of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return " ".join(
            str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        )


def test_what_the_sender_took_out_is_on_no_page_that_is_signed() -> None:
    short = TEMPLATES["rheumatology"].short
    kept = tuple(code for code in short if code not in ("pain", "medication", "criteria", "pointers"))
    less = replace(ORDER, sections=kept)
    assert "Body map" in alternatives(bytes_of(sign(), "pdf"))
    signed = alternatives(bytes_of(sign(order=less), "pdf"))
    assert "Course" in signed and "Body map" not in signed
    said = bytes_of(sign(order=less, formats=("text",)), "text").decode()
    assert "Left out by the sender: pain now;" in " ".join(said.split())


def test_a_preview_with_other_sections_has_another_first_page() -> None:
    less = replace(ORDER, sections=tuple(code for code in TEMPLATES["rheumatology"].short if code != "plan"))
    whole, without_plan = dict(seen().parts), dict(seen(order=less).parts)
    assert whole["First page"] != without_plan["First page"]
