"""Patterns over the whole diary: nobody outside the care team, verdicts followed, nothing made twice."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from dashboard.errors import NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import flare_patterns, flare_verdicts
from dashboard.services.flare_verdicts import Judgement
from data_access import patients
from data_access.engine import reading
from data_access.patients import PatientHead
from data_access.records import EntryRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import ago, stored

Acting = Callable[..., Viewer]


@pytest.fixture
def head(clinic: Engine) -> PatientHead:
    """Four months of pain 2-3 with a week of 8 that ended forty days ago."""
    entries = [EntryRecord(ago(i), pain=8.0 if 40 <= i < 47 else 2.0 + i % 2, stress=4.0) for i in range(120)]
    return stored(clinic, *entries, record="FLARES-1")


def test_a_dismissed_flare_comes_back_no_more(clinic: Engine, acting: Acting, head: PatientHead) -> None:
    viewer = acting("clinician", whole_clinic=True)
    first = flare_patterns.view(viewer, head, as_of=AS_OF)
    assert (first.recurrence.last_90.started, first.recurrence.days_since) == (1, 40)
    assert first.recurrence.recovery is not None
    assert [one.factor for one in first.patterns.associations] == ["stress", "rescue_doses"]
    said = Judgement(ago(46), 0, "not_a_flare", "infection")
    flare_verdicts.judge(viewer, head.patient_id, said, now=NOW, as_of=AS_OF)
    with reading(clinic) as conn:
        later = patients.head(conn, head.patient_id)
    assert later is not None
    second = flare_patterns.view(viewer, later, as_of=AS_OF)
    found = second.recurrence
    assert (found.last_90.started, found.days_since, found.recovery) == (0, None, None)


def test_only_who_may_see_the_patient_gets_patterns_and_they_are_made_once(acting: Acting, head: PatientHead) -> None:
    with pytest.raises(NotPermitted):
        flare_patterns.view(acting("clinician", teams=(999,)), head, as_of=AS_OF)
    viewer = acting("coordinator", whole_clinic=True)
    assert flare_patterns.view(viewer, head, as_of=AS_OF) is flare_patterns.view(viewer, head, as_of=AS_OF)


def test_a_diary_without_a_day_has_no_pattern(clinic: Engine, acting: Acting) -> None:
    found = flare_patterns.view(acting("clinician", whole_clinic=True), stored(clinic, record="S-1"), as_of=AS_OF)
    assert (found.patterns.associations, found.cards, found.recurrence.length) == ((), (), None)
