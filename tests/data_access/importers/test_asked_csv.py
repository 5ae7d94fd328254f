"""Answers and closings in CSV: what is no answer to the question, or closes nothing we know, is rejected by line."""

import pytest

from clinical.record import Score
from clinical.safety import undated_subject
from tests.data_access.importers.reading_files import read

ASKED = "patient,date,question,answer,remark,by,at\n"
CLOSINGS = "patient,subject,reason,through,by,at\n"
AT = "2026-03-31T08:15:00Z"


def test_a_red_flag_and_a_question_asked_once_are_read_with_who_and_when() -> None:
    fever = f"P1,2026-03-31,fever,yes,since Monday,Dr T,{AT}\n"
    rows = f"{fever}P1,2026-03-31,onset_age,41,,Dr T,2026-03-31T10:15+02:00\n"
    first, second = read(ASKED + rows).only.asked
    assert (first.question, first.answer, first.remark, first.user_name) == ("fever", "yes", "since Monday", "Dr T")
    assert first.answered_at == second.answered_at
    assert second.where == "line 3"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"P1,2026-03-31,fewer,yes,,Dr T,{AT}", "the question is none that Flareboard asks"),
        (f"P1,2026-03-31,fever,perhaps,,Dr T,{AT}", "the answer to a red flag is none of yes, no, not_known"),
        (f"P1,2026-03-31,onset_age,old,,Dr T,{AT}", "the answer is none of those to this question"),
        (f"P1,,fever,yes,,Dr T,{AT}", "date is empty"),
        (f"P1,2027-03-31,fever,yes,,Dr T,{AT}", "the date lies in the future"),
        ("P1,2026-03-31,fever,yes,,Dr T,", "at is not a moment like 2026-03-31T08:15:00Z"),
        ("P1,2026-03-31,fever,yes,,Dr T,2026-03-31T08:15:00", "at does not say its zone, like 2026-03-31T08:15:00Z"),
        ("P1,2026-03-31,fever,yes,,Dr T,2027-03-31T08:15:00Z", "the moment it was written lies in the future"),
        (f"P1,2026-03-31,fever,yes,{'x' * 401},Dr T,{AT}", "remark is longer than 400 characters"),
    ],
)
def test_an_answer_that_cannot_be_is_rejected_with_its_reason(row: str, why: str) -> None:
    found = read(f"{ASKED}{row}\nP1,2026-03-31,rigors,no,,Dr T,{AT}\n")
    assert found.reasons == [why]
    assert len(found.only.asked) == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"P1,red_flag:fewer,seen,2026-03-31,Dr T,{AT}", "what was closed is neither a red flag nor a safety item"),
        (
            f"P1,phq9_item9:undated:4,seen,2026-03-31,Dr T,{AT}",
            "what was closed is neither a red flag nor a safety item",
        ),
        (f"P1,red_flag:fever,,2026-03-31,Dr T,{AT}", "the closing has no reason"),
        (f"P1,red_flag:fever,seen,2026-03-31,,{AT}", "who closed it has no name"),
        (f"P1,red_flag:fever,seen,,Dr T,{AT}", "through is empty"),
    ],
)
def test_a_closing_that_closes_nothing_or_names_nobody_is_rejected(row: str, why: str) -> None:
    found = read(f"{CLOSINGS}{row}\nP1,phq9_item9,talked,2026-03-31,Dr T,{AT}\n")
    assert found.reasons == [why]
    assert [each.subject for each in found.only.closings] == ["phq9_item9"]


def test_a_closing_of_a_phq9_without_a_day_names_which_one() -> None:
    subject = undated_subject(Score(None, "PHQ-9", 12, (1.0,) * 9))
    found = read(f"{CLOSINGS}P1,{subject},talked,2026-03-31,Dr T,{AT}\n")
    assert [each.subject for each in found.only.closings] == [subject]
