"""All that is known of one person for the pointers, and the facts it holds about each item by its code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinical import reviewed
from clinical.asked import ASKED, NOT_KNOWN, AskedQuestion
from clinical.parts import BACK, LOWER_BACK
from clinical.pointers import patterns
from clinical.pointers.facts import Basis, Fact, Item, State, both, combined, limit, negated, whole
from clinical.pointers.logged import (
    Logged,
    alternating,
    better_after,
    flags_of,
    marked,
    over_3_months,
    stiffness,
    woke,
)
from clinical.record import Event, Medicine
from clinical.safety import Answer


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The log, the answers that stand by question, and the record; `conditions` are the labels of active diagnoses."""

    logged: Logged
    answers: Mapping[str, Answer]
    birth_date: date | None = None
    conditions: Sequence[str] = ()
    medicines: Sequence[Medicine] = ()
    events: Sequence[Event] = ()

    @property
    def as_of(self) -> date:
        return self.logged.as_of


Facts = tuple[Fact, ...]


def item(known: Known, code: str, row: reviewed.Row) -> Item:
    """The item of that code as the row of a definition names it, with every fact about it."""
    found = facts(known, code)
    state = combined(fact.state for fact in found)
    return Item(code, row["label"], state, found, row["source"], row["evidence"])


def facts(known: Known, code: str) -> Facts:
    """What log, answers and record say of that item; one that says 'unknown' tells what is missing."""
    if code in _MADE:
        return _MADE[code](known)
    log = (_LOG[code](known.logged),) if code in _LOG else ()
    return (*log, *_record(known, ASKED[code]), _answered(known, code))


def _answered(known: Known, code: str) -> Fact:
    """The answer to a yes/no question as it stands."""
    answer = known.answers.get(code)
    if answer is None:
        return Fact("unknown", "asked", "not asked")
    states: dict[str, State] = {"yes": "yes", "no": "no"}
    return _said(answer, states.get(answer.answer, "unknown"), answer.answer.replace("_", " "))


def _said(answer: Answer, state: State, words: str) -> Fact:
    remark = f" ({answer.remark})" if answer.remark else ""
    return Fact(state, "asked", f"{words}{remark}, {answer.user_name}", (answer.asked_on,))


def _choice(known: Known, question: str, states: Mapping[str, State]) -> Fact:
    """The answer to a question with choices, read as one of those states; any other choice is not known."""
    answer = known.answers.get(question)
    if answer is None:
        return Fact("unknown", "asked", "not asked")
    return _said(answer, states.get(answer.answer, "unknown"), answer.answer.replace("_", " "))


def _began_before(age: int) -> Callable[[Known], Facts]:
    def began(known: Known) -> Facts:
        answer = known.answers.get("onset_age")
        if answer is None:
            return (Fact("unknown", "asked", "not asked"),)
        if answer.answer == NOT_KNOWN:
            return (_said(answer, "unknown", "not known"),)
        return (_said(answer, "yes" if int(answer.answer) < age else "no", f"at {answer.answer}"),)

    return began


def _record(known: Known, question: AskedQuestion) -> Facts:
    """What diagnoses and medicines on record say of it: yes or nothing, for a record is never complete.

    A medicine that was over long ago says neither yes nor no, and is named.
    """
    labels = [label for label in known.conditions if _names(label, question.conditions)]
    named = [one for one in known.medicines if _is_such(one, question) and (one.start or known.as_of) <= known.as_of]
    recent = [one for one in named if _is_recent(one, known.as_of)]
    older = [one for one in named if one not in recent]
    found: Facts = ()
    if words := ", ".join(dict.fromkeys([*labels, *(one.name for one in recent)])):
        found = (Fact("yes", "record", f"on record: {words}", _starts(recent)),)
    if words := ", ".join(dict.fromkeys(one.name for one in older)):
        said = f"not now, nor known to be in the last {whole('medicine_days')} days, began earlier: {words}"
        found = (*found, Fact("unknown", "record", said, _starts(older)))
    return found


def _starts(medicines: Sequence[Medicine]) -> tuple[date, ...]:
    return tuple(sorted(one.start for one in medicines if one.start is not None))


def _is_recent(medicine: Medicine, as_of: date) -> bool:
    """Whether it runs, or ended within the window; one that was stopped on a day nobody recorded does not."""
    if medicine.end is None:
        return not medicine.reason_stopped
    return medicine.end >= as_of - timedelta(days=whole("medicine_days"))


def _names(text: str, words: Sequence[str]) -> bool:
    return any(word in text.casefold() for word in words)


def _is_such(medicine: Medicine, question: AskedQuestion) -> bool:
    coded = bool(question.atc) and medicine.atc.upper().startswith(question.atc)
    return coded or (not medicine.atc and _names(medicine.name, question.medicines))


def _exercise_not_rest(known: Known) -> Facts:
    exercise, rest = facts(known, "improves_with_exercise"), facts(known, "no_better_with_rest")
    state = both([combined(fact.state for fact in exercise), combined(fact.state for fact in rest)])
    said = f"better with exercise: {_word(exercise)}; better with rest: {_word(tuple(map(negated, rest)))}"
    days = tuple(sorted({day for fact in (*exercise, *rest) for day in fact.days}))
    basis: Basis = next((fact.basis for fact in (*exercise, *rest) if fact.state != "unknown"), "asked")
    return (Fact(state, basis, said, days),)


def _word(found: Facts) -> str:
    return {"yes": "yes", "no": "no", "unknown": "not known"}[combined(fact.state for fact in found)]


def _no_better_with_rest(known: Known) -> Facts:
    return tuple(negated(fact) for fact in facts(known, "improves_with_rest"))


def _age_50(known: Known) -> Facts:
    if known.birth_date is None:
        return (Fact("unknown", "record", "no date of birth"),)
    born, today = known.birth_date, known.as_of
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return (Fact("yes" if age >= limit("fracture_age") else "no", "record", f"{age} years old"),)


def _injury(known: Known) -> Facts:
    since = known.as_of - timedelta(days=whole("strain_days"))
    days = [e.day for e in known.events if e.kind == "injury" and e.day is not None and since <= e.day <= known.as_of]
    noted = (Fact("yes", "record", "injury noted", tuple(sorted(days))),) if days else ()
    states: dict[str, State] = {"none": "no", "minor injury or overuse": "yes", "severe injury": "yes"}
    return (*noted, _choice(known, "trauma", states))


def _little_injury(known: Known) -> Facts:
    states: dict[str, State] = {"none": "yes", "minor injury or overuse": "yes", "severe injury": "no"}
    return (_choice(known, "trauma", states),)


def _onset(yes: str, no: str) -> Callable[[Known], Facts]:
    return lambda known: (_choice(known, "onset_manner", {yes: "yes", no: "no"}),)


def _leg_nerve(known: Known) -> Facts:
    log = patterns.leg_quality(known.logged, "nerve", patterns.one_sided_leg(known.logged))
    return (log, _answered(known, "leg_numb_or_tingling"))


_SACROILIAC = flags_of("sacroiliac")
_BUTTOCK = flags_of("buttock")

_LOG: dict[str, Callable[[Logged], Fact]] = {
    "back_pain_over_3_months": lambda logged: over_3_months(logged, BACK),
    "low_back_pain": lambda logged: marked(logged, LOWER_BACK),
    "pain_under_6_weeks": patterns.under_6_weeks,
    "improves_with_exercise": lambda logged: better_after(logged, "after_activity"),
    "improves_with_rest": lambda logged: better_after(logged, "after_rest"),
    "wakes_second_half_of_night": woke,
    "morning_stiffness_over_30": stiffness,
    "buttock_pain": lambda logged: marked(logged, _BUTTOCK),
    "alternating_buttock_pain": alternating,
    "leg_worse_than_back": patterns.leg_worse,
}
_ONLY_LOG: dict[str, Callable[[Logged], Fact]] = {
    "one_sided_spot": patterns.one_sided_spot,
    "sharp_quality": patterns.sharp,
    "falling": patterns.falling,
    "sacroiliac_marks": lambda logged: marked(logged, _SACROILIAC),
    "one_sided_back": patterns.one_sided_back,
    "one_sided_leg_below_knee": patterns.one_sided_leg,
    "dermatomal_run": lambda logged: patterns.dermatomal_run(logged, patterns.one_sided_leg(logged)),
    "back_to_foot": patterns.back_to_foot,
    "shooting_leg": lambda logged: patterns.leg_quality(logged, "shooting", patterns.back_to_foot(logged)),
    "new_midline_pain": patterns.new_midline_pain,
    "symmetrical_joints": patterns.symmetrical_joints,
    "hands_and_feet": patterns.hands_and_feet,
}


def _from_log(read: Callable[[Logged], Fact]) -> Callable[[Known], Facts]:
    return lambda known: (read(known.logged),)


_MADE: dict[str, Callable[[Known], Facts]] = {
    "onset_under_35": _began_before(35),
    "onset_under_40": _began_before(40),
    "onset_under_45": _began_before(45),
    "insidious_onset": _onset("gradual", "sudden"),
    "sudden_onset": _onset("sudden", "gradual"),
    "no_better_with_rest": _no_better_with_rest,
    "exercise_but_not_rest": _exercise_not_rest,
    "age_50": _age_50,
    "injury_or_overuse": _injury,
    "minor_or_no_trauma": _little_injury,
    "leg_numb_or_tingling": _leg_nerve,
    **{code: _from_log(read) for code, read in _ONLY_LOG.items()},
}
QUALITIES: dict[str, tuple[str, ...]] = {
    "sharp": ("sharp",),
    "shooting": ("shooting",),
    "nerve": ("numb", "tingling", "shooting"),
}
"""Names of marks by quality that `Logged.qualities` holds, beside 'any'."""
