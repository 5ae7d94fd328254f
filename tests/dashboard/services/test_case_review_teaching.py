"""A record for teaching: nothing that a person wrote comes through, what was measured stays."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import Engine

from clinical.record import Action, Event, Medicine, Score
from dashboard.services import case_review_teaching, summary
from data_access import patients as patient_rows
from data_access.engine import reading
from tests.conftest import AS_OF

WRITTEN = "Zebedee of Elm Street"


@pytest.fixture
def record(clinic: Engine) -> summary.Record:
    """A patient's record with a name in every place where somebody can write."""
    with reading(clinic) as conn:
        head = patient_rows.find_by_record(conn, "FB-00002")
        assert head is not None
        read = summary.read(conn, head, AS_OF)
    week = AS_OF - timedelta(days=7)
    doses = read.doses
    return replace(
        read,
        medicines=(
            Medicine(f"tramadol 50 mg for {WRITTEN}", week, frequency=WRITTEN, reason_stopped=WRITTEN),
            Medicine(WRITTEN, week),
        ),
        doses=replace(doses, medicine=np.array([WRITTEN] * len(doses), object)),
        scores=(*read.scores, Score(week, WRITTEN, 3.0), Score(None, WRITTEN, 3.0)),
        events=(Event(week, "visit", WRITTEN), Event(week, WRITTEN, WRITTEN), Event(None, "injury", WRITTEN)),
        actions=(Action(WRITTEN, week),),
    )


def test_no_word_of_the_record_is_left(record: summary.Record) -> None:
    plain = case_review_teaching.without_words(record)
    everything = repr(plain) + repr(plain.doses.medicine.tolist())
    assert WRITTEN not in everything
    assert "Zebedee" not in everything
    assert (plain.notes, plain.actions, plain.prompts) == ((), (), ())


def test_medicines_go_by_names_of_our_own_and_keep_apart(record: summary.Record) -> None:
    plain = case_review_teaching.without_words(record)
    assert [medicine.name for medicine in plain.medicines] == ["tramadol", "medicine 1"]
    assert set(plain.doses.medicine.tolist()) <= {"medicine 1"}


def test_what_was_measured_stays_as_it_is(record: summary.Record) -> None:
    plain = case_review_teaching.without_words(record)
    assert plain.diary is record.diary
    assert plain.flares == record.flares
    assert len(plain.scores) == len(record.scores)


def test_a_start_that_a_medicine_tells_is_not_told_twice(record: summary.Record) -> None:
    week = AS_OF - timedelta(days=7)
    told = Event(week, "treatment_start", f"Started {WRITTEN}")
    other = Event(week, "treatment_start", "Tai chi")
    plain = case_review_teaching.without_words(replace(record, events=(told, other)))
    assert [event.label for event in plain.events] == ["a treatment"]
