"""The clinician's last word on an episode: confirmed, not a flare, or other dates; with what cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clinical.diary import Diary, Period
from clinical.flares import Flare
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import derived, diary, flares
from data_access.flares import JudgedFlare, Verdict

REASONS = ("infection", "injury", "other illness", "data error", "other")
"""Why an episode is not a flare."""
LONGEST_REMARK = 300
Said = Literal["confirmed", "not_a_flare", "dates_changed"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a clinician says about the episode found to start on `found`; `seen`: verdicts on it that they had read."""

    found: date
    seen: int
    verdict: Said
    reason: str = ""  # one of REASONS, where it is not a flare
    remark: str = ""
    start: date | None = None
    end: date | None = None  # None with changed dates: it still goes on


def judge(viewer: Viewer, patient_id: int, said: Judgement, *, now: datetime, as_of: date) -> None:
    """Put the verdict on record and let everything derived follow, in one transaction.

    Raises NotPermitted; Conflict when somebody judged it meanwhile; ExplainedError with what cannot be.
    """
    with work.writing(
        viewer,
        Permission.JUDGE_FLARES,
        patient_id,
        action="judge flare",
        resource=f"flare {said.found.isoformat()}",
        detail=" ".join(part for part in (said.verdict, said.reason) if part),
    ) as conn:
        judged = flares.judged(conn, patient_id)
        about = next((each for each in judged if each.detected.start == said.found), None)
        if about is None or len(about.history) != said.seen:
            raise _meanwhile()
        _possible(said, about, judged, as_of)
        if said.verdict == "dates_changed":
            _logged(said, diary.load(conn, patient_id), as_of)
        flares.give_verdict(conn, patient_id, _verdict(viewer, said, now))
        derived.refresh(conn, patient_id, as_of, ())


def _verdict(viewer: Viewer, said: Judgement, now: datetime) -> Verdict:
    moved = said.verdict == "dates_changed"
    remark = " ".join(said.remark.split())
    reason = ": ".join(part for part in (said.reason, remark) if part)
    start, end = (said.start, said.end) if moved else (None, None)
    return Verdict(said.found, said.verdict, reason, start, end, viewer.user_id, now)


def _possible(said: Judgement, about: JudgedFlare, judged: Sequence[JudgedFlare], as_of: date) -> None:
    if len(said.remark) > LONGEST_REMARK:
        raise _refused(f"The remark is longer than {LONGEST_REMARK} characters.", "Shorten it.")
    if said.verdict == "not_a_flare" and said.reason not in REASONS:
        raise _refused("There is no reason why it is not a flare.", "Choose one of the reasons.")
    if said.verdict == "not_a_flare" and said.reason == "other" and not said.remark.strip():
        raise _refused("The reason 'other' says nothing by itself.", "Add a few words in the remark.")
    if said.verdict == "dates_changed":
        _possible_dates(said, about, as_of)
    if said.verdict != "not_a_flare":
        first, last = _days_of(said, about, as_of)
        _apart(first, last, [each.flare for each in judged if each.counts and each is not about], as_of)


def _days_of(said: Judgement, about: JudgedFlare, as_of: date) -> tuple[date, date]:
    if said.verdict == "dates_changed" and said.start is not None:
        return said.start, said.end or as_of
    return about.detected.start, about.detected.end or as_of


def _possible_dates(said: Judgement, about: JudgedFlare, as_of: date) -> None:
    if about.detected.kind == "shift":
        raise _refused("The dates of a new level cannot be changed.", "Confirm it, or say that it is none.")
    if said.start is None or said.start > (said.end or as_of):
        raise _refused("The first day lies after the last day.", "Check both days.")
    if max(said.start, said.end or said.start) > as_of:
        raise _refused("A day lies in the future.", "Choose days up to today.")
    if said.end is None and about.detected.end is not None:
        raise _refused("The diary shows that this episode ended.", "Give its last day.")
    if (said.start, said.end) == (about.flare.start, about.flare.end):
        raise _refused("These are the dates it has already.", "Change one of them, or close this without saving.")
    if said.start > (about.detected.end or as_of) or (said.end or as_of) < about.detected.start:
        raise _refused(
            "These days lie wholly outside the episode that was found.",
            "Say that this one is not a flare; days without an episode cannot be made one here.",
        )


def _logged(said: Judgement, logged: Diary, as_of: date) -> None:
    """Days the diary knows nothing of cannot be called an episode."""
    first, start, end = logged.first_logged, said.start or as_of, said.end or as_of
    if first is None or start < first:
        since = "" if first is None else f" before {first.isoformat()}"
        raise _refused(f"Nothing was logged{since}.", "Choose a first day from then on.")
    if not logged.days_logged(Period(start, end)):
        raise _refused("Not one of these days was logged.", "Choose days of which the diary says something.")


def _apart(first: date, last: date, others: Sequence[Flare], as_of: date) -> None:
    for other in others:
        if other.kind != "shift" and other.start <= last and (other.end or as_of) >= first:
            raise _refused(
                f"Another {other.kind} that counts lies in these days, from {other.start.isoformat()}.",
                "Say of one of the two that it is no episode of its own, or choose days that do not overlap.",
            )


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was changed, and what you filled in is still here.", what_to_do)


def _meanwhile() -> Conflict:
    return Conflict(
        "This episode was judged by somebody else, or its diary changed, since you opened it.",
        "Nothing of yours was written, and theirs stands.",
        "Close this and look at the episode again; then say what you think of it.",
    )
