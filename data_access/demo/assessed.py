"""What clinicians asked, closed and assessed of the named cases, and how the clinic answers medication prompts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from clinical.medication import Prompt, PromptAnswer
from clinical.medication.answers import PromptAnswerKind
from clinical.red_flags import RED_FLAGS
from clinical.safety import NO, YES, red_flag_subject
from data_access.criteria import Assessed
from data_access.demo.names import StaffRole
from data_access.demo.staff import staff_name, staff_number
from data_access.demo.traits import PatientPlan
from data_access.records import AskedRecord, ClosingRecord

_WIDESPREAD = (
    "shoulder_girdle_left", "shoulder_girdle_right", "upper_arm_left", "hip_left", "hip_right", "upper_leg_left",
    "upper_leg_right", "neck", "upper_back", "lower_back",
)  # fmt: skip
_BACK_PAIN = (
    ("low_back_pain", "yes"), ("back_pain_over_3_months", "yes"), ("onset_age", "29"), ("onset_manner", "gradual"),
    ("improves_with_exercise", "yes"), ("improves_with_rest", "no"), ("night_pain_better_on_rising", "yes"),
    ("psoriasis", "no"), ("uveitis", "no"), ("family_history", "not_known"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Story:
    """What was asked of one named case: a red flag answered with yes (and closed or not), others with no."""

    yes: str
    asked_days_ago: int
    remark: str
    no: tuple[str, ...]
    closed_days_ago: int | None = None
    closing: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    assessed: tuple[tuple[int, int, int], ...] = ()  # (days ago, areas confirmed, points of each symptom)


_STORIES = {
    "red_flag_open": _Story(
        "progressive_limb_weakness", 4, "Left foot catches on the stairs, for two weeks.",
        ("saddle_numbness", "bladder_bowel_change", "both_legs_progressive", "gait_change", "fever", "previous_cancer"),
        questions=_BACK_PAIN,
        assessed=((190, 7, 2), (12, 8, 2)),
    ),
    "red_flag_closed": _Story(
        "unexplained_weight_loss", 96, "Six kilograms since spring.",
        ("fever", "rigors", "previous_cancer", "night_pain_any_position", "new_persistent_pain_over_50"),
        closed_days_ago=61,
        closing="Worked up by the GP: coeliac disease found and treated, weight is back.",
        assessed=((330, 10, 3), (150, 8, 2), (20, 6, 2)),
    ),
    "many_medicines": _Story(
        "", 40, "", ("saddle_numbness", "bladder_bowel_change", "fever", "stated_intent"), assessed=((40, 9, 2),),
    ),
}  # fmt: skip
_ANSWERS: tuple[tuple[PromptAnswerKind, str], ...] = (
    ("accepted", "Known to us: talked over with the patient, looked at again at each review."),
    ("action_made", "Asked the GP to look at the list before the next visit."),
    ("not_applicable", "One of the two is used on the skin only."),
    ("other", "Agreed with the patient to keep this until the school year is over."),
)
ANSWERED = 0.7
"""Share of people with open prompts whose team has answered them."""


def write_asked(plan: PatientPlan) -> tuple[AskedRecord, ...]:
    """Answers to red flags and to questions asked once."""
    story = _STORIES.get(plan.case)
    if story is None:
        return ()
    day, name = _working_day(plan.end - timedelta(days=story.asked_days_ago)), staff_name(plan.team_id, "physician")
    asked = [flag for flag in RED_FLAGS if flag == story.yes or flag in story.no]
    said = [(flag, YES if flag == story.yes else NO, story.remark if flag == story.yes else "") for flag in asked]
    said += [(question, answer, "") for question, answer in story.questions]
    return tuple(AskedRecord(question, answer, day, name, at(day), remark) for question, answer, remark in said)


def write_closings(plan: PatientPlan) -> tuple[ClosingRecord, ...]:
    """Red flags that a clinician closed."""
    story = _STORIES.get(plan.case)
    if story is None or story.closed_days_ago is None:
        return ()
    day = _working_day(plan.end - timedelta(days=story.closed_days_ago))
    name = staff_name(plan.team_id, "physician")
    return (ClosingRecord(red_flag_subject(story.yes), story.closing, day, name, at(day)),)


def write_assessments(plan: PatientPlan) -> tuple[Assessed, ...]:
    """Assessments of the criteria, oldest first."""
    story = _STORIES.get(plan.case)
    return tuple(_assessed(plan, *each) for each in story.assessed) if story else ()


def _assessed(plan: PatientPlan, days_ago: int, areas: int, points: int) -> Assessed:
    day = _working_day(plan.end - timedelta(days=days_ago))
    return Assessed(
        day=day,
        areas=_WIDESPREAD[-areas:],
        estimate_areas=_WIDESPREAD[-areas + 1 :],
        reading="strict",
        fatigue=min(points + 1, 3),
        unrefreshed=points,
        cognitive=max(points - 1, 0),
        headache=1,
        abdominal=0,
        depression=0,
        months=24.0,
        other_disorder=None,
        remark="",
        replaces=None,
        user_name=staff_name(plan.team_id, "physician"),
        assessed_at=at(day),
    )


def assessor(plan: PatientPlan) -> int:
    """The staff number of whoever asks and assesses."""
    return staff_number(plan.team_id, "physician")


@dataclass(frozen=True, slots=True)
class InventedAnswer:
    """An answer to a medication prompt, and the staff number of who gave it."""

    author: int
    answer: PromptAnswer


def answer_prompts(plan: PatientPlan, prompts: tuple[Prompt, ...]) -> tuple[InventedAnswer, ...]:
    """What the team answered to the prompts that were there some weeks ago, for most people with any."""
    random = plan.random("answers")
    answered, back = random.random() < ANSWERED, int(random.integers(3, 24))
    if plan.case == "many_medicines":
        prompts = prompts[-1:]  # one of several
    elif plan.case == "red_flag_closed":
        answered = True
    elif plan.case or not answered:
        return ()
    day = _working_day(plan.end - timedelta(days=back))
    there = (prompt for prompt in prompts if prompt.asks_for is None or prompt.asks_for <= day)
    return tuple(_answer(plan, prompt, day, int(random.integers(len(_ANSWERS)))) for prompt in there)


def _answer(plan: PatientPlan, prompt: Prompt, day: date, which: int) -> InventedAnswer:
    role: StaffRole = "physician"
    kind, reason = _ANSWERS[which]
    given = PromptAnswer(prompt.key, day, kind, reason, staff_name(plan.team_id, role), at(day))
    return InventedAnswer(staff_number(plan.team_id, role), given)


def at(day: date) -> datetime:
    """Late in the morning of that day."""
    return datetime(day.year, day.month, day.day, 10, 40, tzinfo=UTC)


def _working_day(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))
