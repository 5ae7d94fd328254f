"""The questionnaires that may be filled in on screen: their questions, the answers as items, and what they score.

Only those whose wording may ship; the widespread pain index and the symptom scale are asked together.
"""

from dataclasses import dataclass
from datetime import date

from clinical.fibromyalgia import AREA_LABELS
from clinical.measures import Group, Item, Scored, score
from clinical.measures import items as shipped
from dashboard.services.measure_drafts import Answers

WPI_SSS = "WPI and SSS"
FORMS = ("PHQ-9", "GAD-7", "PHQ-2", "GAD-2", "FIQR", WPI_SSS)
AREAS = "areas"
"""The answer that holds the painful areas, a list; an empty one says that none hurts."""
DAY = "day"
"""The answer that holds the day the questionnaire was answered on, ISO."""
AREA_ORDER = tuple(AREA_LABELS)
"""The 19 areas in the order of the items of the index."""


@dataclass(frozen=True, slots=True)
class ScreenForm:
    """One questionnaire as it is asked. `asks_areas`: the 19 areas of the pain index come before the questions."""

    name: str
    title: str
    groups: tuple[Group, ...]
    attribution: str
    codes: tuple[str, ...]
    asks_areas: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question but the areas, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its answers, in the order they are asked."""
        return (*([AREAS] if self.asks_areas else []), *(name_of(item) for item in self.items))

    def answered(self, answers: Answers) -> int:
        """How many of its questions are answered."""
        return sum(name in answers for name in self.names)


def name_of(item: Item) -> str:
    """The name of its answer in a draft."""
    return f"item_{item.place}"


def form(name: str) -> ScreenForm | None:
    """The form of that name; None for one that is not filled in on screen."""
    if name not in FORMS:
        return None
    areas = name == WPI_SSS
    found = shipped("SSS" if areas else name)
    if found is None:
        return None
    title = "Widespread pain index and symptom severity scale" if areas else found.name
    codes = ("WPI", "SSS") if areas else (name,)
    return ScreenForm(name, title, found.groups, found.attribution, codes, areas)


def items(form: ScreenForm, answers: Answers) -> dict[str, tuple[float | None, ...]]:
    """The answers of each of its questionnaires in order, None where not given."""
    said = tuple(_number(answers.get(name_of(item))) for item in form.items)
    if not form.asks_areas:
        return {form.codes[0]: said}
    return {"WPI": _areas(answers.get(AREAS)), "SSS": said}


def _number(answer: object) -> float | None:
    return float(answer) if isinstance(answer, int | float) else None


def _areas(answer: object) -> tuple[float | None, ...]:
    """1 for each area that hurts; nothing known where no area was chosen and nobody said that none hurts."""
    if not isinstance(answer, list):
        return (None,) * len(AREA_ORDER)
    return tuple(float(area in answer) for area in AREA_ORDER)


def scored(form: ScreenForm, answers: Answers) -> tuple[Scored, ...]:
    """What the answers score so far, questionnaire by questionnaire; never a total that the rule does not give."""
    return tuple(score(code, given) for code, given in items(form, answers).items())


def unanswered(form: ScreenForm, answers: Answers) -> tuple[str, ...]:
    """What is not answered, in the order it is asked: 'the areas', '3', '7'."""
    areas = ["the areas"] if form.asks_areas and AREAS not in answers else []
    return (*areas, *(str(item.place) for item in form.items if name_of(item) not in answers))


def day_of(answers: Answers, as_of: date) -> date:
    """The day the questionnaire was answered on; today where none was chosen."""
    said = answers.get(DAY)
    return date.fromisoformat(said) if isinstance(said, str) else as_of
