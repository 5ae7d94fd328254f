"""The Summary as a view model: every state of a patient, nobody outside the care team, region filter, open steps."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import Engine

from clinical.body_map import REGIONS
from clinical.diary import Period
from clinical.maps import Mode
from dashboard import periods
from dashboard.errors import NotPermitted
from dashboard.periods import Chosen, Periods
from dashboard.permissions import Viewer
from dashboard.services import summary
from dashboard.services.summary import SummaryView
from data_access import audit, ingest, notes, patients
from data_access.demo.cases import CASES
from data_access.engine import reading, writing
from data_access.notes import Author
from data_access.patients import PatientHead
from data_access.records import EntryRecord, EventRecord, PatientBundle, PatientRecord
from tests.conftest import AS_OF, NOW

Acting = Callable[..., Viewer]


def head_of(engine: Engine, record: str) -> PatientHead:
    with reading(engine) as conn:
        head = patients.find_by_record(conn, record)
    assert head is not None
    return head


def chosen(choice: str = "4w") -> Periods:
    return periods.resolve(Chosen(choice), last_visit=None, first_day=None, as_of=AS_OF)


def days(count: int) -> Periods:
    now = Period(AS_OF - timedelta(days=count - 1), AS_OF)
    return Periods(now, now.before(), "custom")


@pytest.fixture
def view(clinic: Engine, acting: Acting) -> Callable[..., SummaryView]:
    """The Summary of the patient with that record number."""
    everywhere = acting("clinician", whole_clinic=True)

    def of(record: str, wanted: Periods | None = None) -> SummaryView:
        return summary.view(everywhere, head_of(clinic, record), wanted or chosen(), as_of=AS_OF)

    return of


def test_open_red_flags_and_medication_prompts_stand_among_the_open_items(view: Callable[..., SummaryView]) -> None:
    flagged = view("FB-00024")
    assert (flagged.open_items[0].kind, flagged.findings[0].kind) == ("safety", "red_flag")
    treated = view("FB-00023").open_items
    (prompts,) = (item for item in treated if item.kind == "prompts")
    assert prompts.count == len(prompts.prompts) > 0
    assert {prompt.level for prompt in prompts.prompts} <= {"high", "medium"}


def test_a_logging_patient_has_everything(view: Callable[..., SummaryView]) -> None:
    seen = view("FB-00002", days(84))
    assert seen.state == "full"
    assert seen.findings
    assert seen.outcomes.pain.days_now == int(np.isfinite(seen.timeline.pain).sum())
    assert len(seen.timeline) == 84
    assert len(seen.tiles) == 28
    assert seen.tiles[-1].day == AS_OF
    assert any(span.open for span in seen.timeline.flares)
    assert "flare" in [item.kind for item in seen.open_items]


def test_lanes_begin_with_the_medicines_the_findings_speak_of(view: Callable[..., SummaryView]) -> None:
    seen = view("FB-00002", days(84))
    spoken_of = {str(fact.values["medicine"]).casefold() for fact in seen.findings if "medicine" in fact.values}
    drawn = {lane.medicine.casefold() for lane in seen.timeline.lanes}
    assert {"duloxetine", "mirtazapine"} <= drawn & spoken_of


def test_who_never_logged_is_told_from_who_did_not_in_these_days(view: Callable[..., SummaryView]) -> None:
    assert view("FB-00010").state == "never_logged"
    assert view("FB-00007", days(14)).state == "nothing_in_period"
    assert view("FB-00007", days(200)).state == "full"


def test_one_entry_is_shown_and_not_compared(view: Callable[..., SummaryView]) -> None:
    seen = view("FB-00009")
    assert (seen.state, seen.days_ever) == ("full", 1)
    assert seen.outcomes.pain.important == "not enough days"
    assert seen.findings[0].kind == "not_enough_days"


def test_ten_years_are_weekly(view: Callable[..., SummaryView]) -> None:
    seen = view("FB-00001", days(401))
    assert seen.timeline.grouped
    assert seen.timeline.logged.max() <= 7


@pytest.mark.parametrize("mode", ["typical", "worst", "how_often", "change", "latest"])
def test_every_map_mode_is_of_the_period(view: Callable[..., SummaryView], mode: Mode) -> None:
    shown = summary.region_map(view("FB-00002", days(84)), mode)
    assert shown.mode == mode
    assert shown.days_with_map <= 84


def test_a_region_filters_the_pain_panel_and_no_region_is_the_whole_person(view: Callable[..., SummaryView]) -> None:
    seen = view("FB-00002", days(84))
    worst = summary.region_map(seen, "worst")
    index = int(np.nanargmax(worst.values))
    alone = summary.timeline_of(seen, (REGIONS[index].region_id,))
    assert np.nanmax(alone.pain) == worst.values[index]
    assert summary.timeline_of(seen, ()) is seen.timeline


def test_a_clicked_day_is_that_day_and_a_clicked_week_holds_it(view: Callable[..., SummaryView]) -> None:
    daily = view("FB-00002", days(84))
    step = summary.step(daily, AS_OF)
    assert step.tile is not None
    assert step.tile == daily.tiles[-1]
    weekly = summary.step(view("FB-00001", days(401)), AS_OF)
    assert weekly.tile is None
    assert weekly.start <= AS_OF <= weekly.start + timedelta(days=6)


def test_data_without_a_date_are_listed_and_never_on_the_axis(clinic: Engine, view: Callable[..., SummaryView]) -> None:
    undated = PatientBundle(
        PatientRecord("T-1", "Undated"),
        "fhir",
        entries=(EntryRecord(None, pain=6, source_key="Observation/1"),),
        events=(EventRecord(None, "visit", "Review", source_key="Encounter/1"),),
    )
    with writing(clinic) as conn:
        ingest.add(conn, undated, batch_id=None, now=NOW, as_of=AS_OF)
    seen = view("T-1")
    assert seen.state == "undated_only"
    assert (seen.undated.entries, seen.undated.events) == (1, ("Review",))
    assert seen.timeline.markers == ()
    assert not np.isfinite(seen.timeline.pain).any()
    assert [item.kind for item in seen.open_items] == ["undated"]


def test_another_team_does_not_see_it_and_the_attempt_is_on_record(clinic: Engine, acting: Acting) -> None:
    head = head_of(clinic, "FB-00002")
    stranger = acting("clinician", teams=(99,))
    with pytest.raises(NotPermitted):
        summary.view(stranger, head, chosen(), as_of=AS_OF)
    with reading(clinic) as conn:
        actions = [event.action for event in audit.listed(conn, head.patient_id)]
    assert actions[-1] == "refused"


def test_the_own_draft_is_an_open_item_at_once_and_nobody_elses_ever(clinic: Engine, acting: Acting) -> None:
    head = head_of(clinic, "FB-00002")
    author, colleague = acting("clinician"), acting("clinician", user_id=2)
    before = summary.view(author, head, chosen(), as_of=AS_OF).open_items
    with writing(clinic) as conn:
        old = notes.draft(conn, head.patient_id, 1)
        revision = old.revision if old else 0
        notes.save_draft(conn, head.patient_id, 1, text="Slept.", pin=None, expected_revision=revision, now=NOW)
    seen = summary.view(author, head, chosen(), as_of=AS_OF).open_items
    assert [item.kind for item in seen].count("draft") == 1
    assert {item for item in seen if item.kind != "draft"} == {item for item in before if item.kind != "draft"}
    assert "draft" not in [item.kind for item in summary.view(colleague, head, chosen(), as_of=AS_OF).open_items]


def test_a_note_signed_by_a_colleague_is_on_the_timeline_of_the_next_run(clinic: Engine, acting: Acting) -> None:
    head, viewer = head_of(clinic, "FB-00002"), acting("clinician")
    before = summary.view(viewer, head, chosen(), as_of=AS_OF)
    with writing(clinic) as conn:
        notes.save_draft(conn, head.patient_id, 77, text="Slept.", pin=None, expected_revision=0, now=NOW)
        notes.sign(conn, head.patient_id, Author(77, "K. Psych", "psychology"), expected_revision=1, now=NOW)
    after = summary.view(viewer, head_of(clinic, "FB-00002"), chosen(), as_of=AS_OF)
    new = set(after.timeline.markers) - set(before.timeline.markers)
    assert [marker.kind for marker in new] == ["note"]


def test_looking_is_on_record(clinic: Engine, view: Callable[..., SummaryView]) -> None:
    view("FB-00003")
    with reading(clinic) as conn:
        actions = [event.action for event in audit.listed(conn, head_of(clinic, "FB-00003").patient_id)]
    assert "view summary" in actions


def test_every_named_case_has_a_summary_in_every_period(view: Callable[..., SummaryView]) -> None:
    for number in CASES:
        for choice in ("4w", "3m", "1y"):
            assert view(f"FB-{number:05}", chosen(choice)).timeline.period.end == AS_OF
