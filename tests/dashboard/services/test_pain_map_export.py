"""The region table as CSV: all 74 regions, stored and on record like every export, refused like every export."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from clinical.body_map import REGIONS
from clinical.diary import Period
from dashboard.errors import NotPermitted
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.services import pain_map, pain_map_export, sharing
from dashboard.services.delivery import Delivery
from dashboard.services.pain_map import Filter
from data_access import audit
from data_access.engine import reading
from data_access.patients import PatientHead
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import four_weeks, stored

Acting = Callable[..., Viewer]
WEEKS = Period(AS_OF - timedelta(days=27), AS_OF)
PERIODS = Periods(WEEKS, WEEKS.before(), "4w")


@pytest.fixture
def head(clinic: Engine) -> PatientHead:
    return stored(clinic, *four_weeks())


@pytest.fixture
def made(head: PatientHead, acting: Acting) -> Callable[..., Delivery]:
    """The export as that person makes it."""

    def by(viewer: Viewer | None = None, chosen: Filter = pain_map.ALL) -> Delivery:
        shown = pain_map.view(acting("clinician", whole_clinic=True), head, PERIODS, chosen, as_of=AS_OF)
        viewer = viewer or acting("clinician", whole_clinic=True)
        return pain_map_export.region_table(viewer, head, shown, as_of=AS_OF, now=NOW)

    return by


def lines(content: bytes) -> dict[str, dict[str, str]]:
    return {row["region_id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8")))}


def test_every_region_has_a_line_and_what_is_not_known_is_empty(made: Callable[..., Delivery]) -> None:
    table = lines(made().content)
    assert list(table) == [region.region_id for region in REGIONS]
    calf, knee = table["b_calf_l"], table["f_knee_l"]
    assert (calf["difference"], calf["typical_now"], calf["typical_before"]) == ("new", "4", "")
    assert (calf["days_hurt_now"], calf["days_with_map_now"], calf["days_with_map_before"]) == ("10", "10", "10")
    assert (knee["typical_now"], knee["days_hurt_now"], knee["side"]) == ("", "0", "left")


def test_it_says_with_which_filter_and_periods_it_was_made(made: Callable[..., Delivery]) -> None:
    line = lines(made(chosen=Filter(("burning", "sharp"), ("deep",))).content)["b_calf_l"]
    assert (line["only_qualities"], line["only_depths"]) == ("burning|sharp", "deep")
    assert line["period_now"] == f"{WEEKS.start}/{WEEKS.end}"


def test_it_is_stored_listed_on_share_and_comes_back_the_same(
    clinic: Engine, head: PatientHead, made: Callable[..., Delivery], acting: Acting
) -> None:
    viewer = acting("clinician", whole_clinic=True)
    delivery = made()
    assert delivery.export.file_name == f"pain-map-MAPS-1-{AS_OF}.csv"
    assert [share.files for share in sharing.shared(viewer, head.patient_id)] == [(delivery.export,)]
    assert sharing.again(viewer, head.patient_id, delivery.export.export_id).content == delivery.content
    with reading(clinic) as conn:
        events = [(event.action, event.resource) for event in audit.listed(conn, head.patient_id)]
    assert ("export", "pain map table") in events


def test_who_may_not_export_or_is_not_of_the_team_gets_nothing(
    made: Callable[..., Delivery], head: PatientHead, acting: Acting
) -> None:
    for stranger in (acting("auditor", whole_clinic=True), acting("clinician", teams=(999,))):
        with pytest.raises(NotPermitted):
            made(stranger)
    assert sharing.shared(acting("clinician", whole_clinic=True), head.patient_id) == []
