"""Two people on one item of the plan, in any order: nothing that was saved is lost without somebody having seen it."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, pairwise

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinical.plan import Formulation, Goal
from data_access import plan
from data_access.engine import reading, writing
from data_access.plan import Overtaken
from tests.data_access.made_up import PLANNER, TODAY, about, add, person

WHO = (PLANNER, replace(PLANNER, user_id=8, name="Ms P"))
FIELDS = ("title", "measure", "why", "barriers")
Step = tuple[str, int, str]
STEPS = st.lists(
    st.tuples(st.sampled_from(("open", "save", "rate")), st.integers(0, 1), st.sampled_from(FIELDS)), max_size=14
)


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """A fresh number for each invented person."""
    return count(1)


@dataclass
class Open:
    """A goal as it stands, and as each of two people saw it last."""

    engine: sa.Engine
    patient_id: int
    stands: Goal
    seen: list[Goal]
    saved: list[str]

    def does(self, what: str, who: int, field: str, value: str) -> None:
        if what == "open":
            self.seen[who] = self.stored()
        elif what == "rate":
            self._rate(who, len(value) % 5 - 2)
        elif self.seen[who].revised.revision == self.stands.revised.revision:
            self._saves(who, field, value)
        else:
            self._is_told(who, field, value)
        assert self.stored() == self.stands

    def stored(self) -> Goal:
        with reading(self.engine) as conn:
            (goal,) = plan.load(conn, self.patient_id).goals
        return goal

    def _rate(self, who: int, level: int) -> None:
        with writing(self.engine) as conn:
            plan.rate(conn, self.patient_id, 1, level=level, day=TODAY, remark="", writer=WHO[who])
        self.stands = replace(self.stands, attainment=level)

    def _saves(self, who: int, field: str, value: str) -> None:
        with writing(self.engine) as conn:
            kept = plan.save(conn, self.patient_id, _with(self.seen[who], field, value), writer=WHO[who])
        expected = _with(self.stands, field, value)
        assert kept == replace(expected, revised=kept.revised)
        assert (kept.revised.revision, kept.revised.user_name) == (self.stands.revised.revision + 1, WHO[who].name)
        self.stands = kept
        self.saved.append(value)

    def _is_told(self, who: int, field: str, value: str) -> None:
        with pytest.raises(Overtaken) as overtaken, writing(self.engine) as conn:
            plan.save(conn, self.patient_id, _with(self.seen[who], field, value), writer=WHO[who])
        assert overtaken.value.theirs == self.stands


def _with(goal: Goal, field: str, value: str) -> Goal:
    return replace(goal, **{field: value})  # type: ignore[arg-type]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_save_lands_on_what_its_writer_saw_or_is_told_what_stands(
    engine: sa.Engine, numbers: Iterator[int], steps: list[Step]
) -> None:
    patient_id = add(engine, about(person(next(numbers)))).patient_id
    with writing(engine) as conn:
        goal = plan.save(conn, patient_id, Goal("Swim"), writer=PLANNER)
    both = Open(engine, patient_id, goal, [goal, goal], [])
    for number, (what, who, field) in enumerate(steps):
        both.does(what, who, field, f"{field} {number}")
    with reading(engine) as conn:
        made, *changes = reversed(plan.history(conn, patient_id, "goal", 1))
    assert made.before == {}
    assert len(changes) == len(both.saved)
    for earlier, later in pairwise((made, *changes)):
        assert _without_ratings(later.before) == _without_ratings(earlier.after)
    assert [value for change in changes for value in _new_values(change)] == both.saved


def _without_ratings(said: Mapping[str, object]) -> dict[str, object]:
    return {**said, "attainment": None}


def _new_values(change: plan.Change) -> list[object]:
    return [change.after[field] for field in FIELDS if change.after[field] != change.before[field]]


@pytest.mark.parametrize("first", [True, False], ids=["a first one", "the next one"])
def test_of_two_who_save_in_the_same_moment_one_is_told(engine: sa.Engine, first: bool) -> None:
    add(engine, about())
    seen = Formulation()
    if not first:
        with writing(engine) as conn:
            seen = plan.save(conn, 1, seen, writer=PLANNER)
    ready, done = threading.Barrier(2), dict[str, object]()

    def write(who: plan.Writer) -> None:
        ready.wait(30)
        try:
            with writing(engine) as conn:
                done[who.name] = plan.save(conn, 1, replace(seen, matters=who.name), writer=who)
        except Overtaken as late:
            done[who.name] = late

    threads = [threading.Thread(target=write, args=(who,)) for who in WHO]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [each for each in done.values() if isinstance(each, Formulation)]
    told = [each for each in done.values() if isinstance(each, Overtaken)]
    assert len(kept) == len(told) == 1
    with reading(engine) as conn:
        assert plan.load(conn, 1).formulation == kept[0] == told[0].theirs
        latest = plan.history(conn, 1, "formulation", 0)[0]
    assert latest.after["matters"] == kept[0].matters
