"""What the forms of the care plan ask: of a formulation, a goal, an intervention, an action, and of a rating."""

from collections.abc import Callable, Iterable

from clinical.body_map import REGIONS
from clinical.diary import Period
from clinical.goals import LEVELS
from clinical.interventions import INTERVENTIONS
from clinical.plan import CHARTS
from clinical.plan_checks import DISCIPLINES, GOAL_STATUSES
from clinical.plan_warnings import STANDING_GOALS
from dashboard.presenters.notes import discipline
from dashboard.presenters.plan_goals import level_words
from dashboard.presenters.plan_interventions import remark
from dashboard.presenters.plan_since import MEASURE
from dashboard.presenters.words import sentence_case
from dashboard.services.form_fields import Colleague, FieldSpec, Option
from dashboard.services.plan import PlanView

TITLES = {
    "formulation": ("Formulation", "Formulation"),
    "goal": ("New goal", "Change the goal"),
    "intervention": ("New intervention", "Change the intervention"),
    "action": ("New action", "Change the action"),
    "rating": ("Rate the goal", "Rate the goal"),
}
"""What a form is called for a new item and for one on the plan."""
_COURSES = ("planned", "active", "paused", "finished", "stopped")
_WEIGHTS = ("not at all", "a little", "moderately", "very")
_EVIDENCE = (
    "The days of a chart this rests on. The plan then shows what has happened to that measure since it was agreed."
)


def fields(kind: str, view: PlanView, period: Period) -> tuple[FieldSpec, ...]:
    """The questions of that form; `period` is that of the page, for evidence."""
    return _ASKED[kind](view, period)


def _formulation(view: PlanView, period: Period) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("matters", "What matters to the patient", "long", "In their own words; it stands first on the plan."),
        FieldSpec("biological", "Biological", "long", "Conditions, sensitisation, deconditioning ...", wide=False),
        FieldSpec("psychological", "Psychological", "long", "Mood, fear of movement, beliefs, coping ...", wide=False),
        FieldSpec("social", "Social", "long", "Work, family, money, isolation ...", wide=False),
        FieldSpec("protective", "Protective", "long", "What helps: people, strengths, what worked before.", wide=False),
    )


def _goal(view: PlanView, period: Period) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("title", "What the person wants to do", "text", "One thing they will do.", True, longest=400),
        FieldSpec("measure", "Measure", "text", "How anyone will see that it was reached.", longest=120, wide=False),
        FieldSpec("unit", "Unit", "text", longest=24, wide=False),
        FieldSpec("baseline", "Value at the start", "number"),
        FieldSpec("target", "Target", "number"),
        FieldSpec("due", "By", "day"),
        FieldSpec("review", "Review on", "day"),
        FieldSpec("owner", "Owner", "people", "Who sees to it.", people=colleagues(view)),
        FieldSpec("status", "Status", "choice", options=_statuses()),
        FieldSpec("baseline_attainment", "Level at the start", "choice", _START, options=_levels((-1, -2))),
        FieldSpec("importance", "How important to the person", "choice", options=_weights()),
        FieldSpec("difficulty", "How difficult", "choice", options=_weights()),
        FieldSpec("confidence", "How confident the person is", "scale", ends=("not at all", "certain")),
        FieldSpec("why", "Why it matters", "long", "In the person's words.", longest=600, wide=False),
        FieldSpec("barriers", "Barriers", "long", "What may stand in the way.", longest=600, wide=False),
        _evidence(view, period),
    )


_START = "Usually −1; −2 if no worse is possible."


def _intervention(view: PlanView, period: Period) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("code", "Intervention", "choice", required=True, options=vocabulary(), wide=True),
        FieldSpec("detail", "Detail", "text", longest=400),
        FieldSpec("discipline", "Discipline", "choice", options=_disciplines()),
        FieldSpec("owner", "Owner", "people", people=colleagues(view)),
        FieldSpec("amount", "How much, how often", "text", longest=200, wide=False),
        FieldSpec("status", "Status", "choice", options=tuple(Option(each, sentence_case(each)) for each in _COURSES)),
        FieldSpec("start", "Start", "day"),
        FieldSpec("review", "Review on", "day"),
        FieldSpec("end", "End", "day"),
        FieldSpec("goal_id", "Serves the goal", "choice", options=_goals(view)),
        FieldSpec("response", "Response", "text", "How it went, in words.", longest=400),
        FieldSpec("why_stopped", "Why stopped", "text", longest=400),
        _evidence(view, period),
    )


def _action(view: PlanView, period: Period) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("title", "What is to be done", "text", required=True, longest=400),
        FieldSpec("owner", "Who does it", "people", people=colleagues(view)),
        FieldSpec("due", "Due", "day"),
        FieldSpec("discipline", "Discipline", "choice", options=_disciplines()),
        FieldSpec("goal_id", "Serves the goal", "choice", options=_goals(view)),
        FieldSpec("detail", "Detail", "text", longest=400),
        _evidence(view, period),
    )


def _rating(view: PlanView, period: Period) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(
            "level",
            "How far was it reached?",
            "level",
            required=True,
            options=tuple(Option(str(value), words) for value, words in LEVELS.items()),
        ),
        FieldSpec("day", "On", "day", "The day this was so.", required=True),
        FieldSpec("remark", "Remark", "text", "Stays with the rating.", longest=400),
    )


_ASKED: dict[str, Callable[[PlanView, Period], tuple[FieldSpec, ...]]] = {
    "formulation": _formulation,
    "goal": _goal,
    "intervention": _intervention,
    "action": _action,
    "rating": _rating,
}


def colleagues(view: PlanView) -> tuple[Colleague, ...]:
    """Who can own something, with their discipline."""
    return tuple(
        Colleague(user.user_id, user.name, discipline(user.discipline).lower() if user.discipline else user.role)
        for user in view.staff
    )


def vocabulary() -> tuple[Option, ...]:
    """Every intervention, those of the long term first, each with what guidance says of it."""
    ordered = sorted(INTERVENTIONS.values(), key=lambda each: each.passive)
    return tuple(
        Option(each.code, sentence_case(each.label), "Short-term" if each.passive else "Long-term", remark(each).text)
        for each in ordered
    )


def _levels(values: Iterable[int]) -> tuple[Option, ...]:
    return tuple(Option(str(value), level_words(value)) for value in values)


def _weights() -> tuple[Option, ...]:
    return tuple(Option(str(place), f"{place} {word}") for place, word in enumerate(_WEIGHTS))


def _statuses() -> tuple[Option, ...]:
    ordered = sorted(GOAL_STATUSES, key=lambda each: (each != "active", each not in STANDING_GOALS))
    return tuple(Option(each, sentence_case(each.replace("-", " "))) for each in ordered)


def _disciplines() -> tuple[Option, ...]:
    return tuple(Option(each, discipline(each)) for each in DISCIPLINES)


def _goals(view: PlanView) -> tuple[Option, ...]:
    return tuple(Option(str(goal.goal_id), goal.title) for goal in view.plan.goals if goal.status in STANDING_GOALS)


def _evidence(view: PlanView, period: Period) -> FieldSpec:
    regions = tuple(Option(each.region_id, each.label, sentence_case(each.view)) for each in REGIONS)
    return FieldSpec(
        "evidence", "Evidence", "evidence", _EVIDENCE, charts=_charts(view), regions=regions, period=period
    )


def _charts(view: PlanView) -> tuple[Option, ...]:
    daily = tuple(Option(code, words) for code, words in CHARTS.items())
    return (*daily, *(Option(f"{MEASURE}{code}", code, "Questionnaires") for code in view.answered))
