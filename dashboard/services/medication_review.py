"""The medicines of one patient: prompts with their answers, the list with what was taken of it, and their course."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from sqlalchemy import Connection

from clinical import medication as checks
from clinical import safety
from clinical.asked import weight_kg
from clinical.change_cards import ChangeCard
from clinical.diary import Diary, Period
from clinical.medication import (
    DoseProblem,
    Drug,
    Person,
    Prompt,
    PromptAnswer,
    ReliefLog,
    Review,
    open_prompts,
)
from clinical.medication.frequency import without_supply
from clinical.medication.listing import runs_on
from clinical.record import Medicine, Score
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.services import cards, diaries, history, medication_course, medication_use, work
from dashboard.services import timeline as time
from dashboard.services.history import History
from dashboard.services.kept import Kept
from dashboard.services.medication_course import Course, NamedDoses, Used
from dashboard.services.medication_use import Standing, Use
from data_access import care_plan, dose_table, relief
from data_access.patients import PatientHead

READ = "view medication"


@dataclass(frozen=True, slots=True, eq=False)
class ListedMedicine:
    """One line of the list, or a medicine that is only in the log (`on_list` false), with what was taken of it.

    `same`: every line that runs now and says the same, like a prescription renewed; the earliest start first, and
    `medicine` the last of them.
    """

    medicine: Medicine
    same: tuple[Medicine, ...]
    on_list: bool
    standing: Standing
    use: Use  # of the last 28 days
    drug: Drug | None
    cards: tuple[ChangeCard, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MedicationView:
    """All the page shows of one patient in one period; `open` and `answered` are prompts that stand now.

    `left_over`: the latest answers to prompts that are no longer there. `use`, `use_before`: as-needed medicines in the
    period and in the one before. `mme_received`: MME that came in with the record, worked out elsewhere.
    """

    key: Hashable
    as_of: date
    periods: Periods
    review: Review
    open: tuple[Prompt, ...]
    answered: tuple[Prompt, ...]
    left_over: tuple[PromptAnswer, ...]
    listed: tuple[ListedMedicine, ...]
    use: tuple[Use, ...]
    use_before: tuple[Use, ...]
    logged_28: int
    last_28: Period
    doses_to_check: tuple[tuple[str, DoseProblem], ...]
    mme_received: tuple[Score, ...]
    course: Course
    answers: dict[str, tuple[PromptAnswer, ...]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is neither a medicine on the list nor a dose in the log."""
        return not self.listed

    def answers_to(self, key: str) -> tuple[PromptAnswer, ...]:
        """Every answer to that prompt, oldest first."""
        return self.answers.get(key, ())

    def prompt(self, key: str) -> Prompt | None:
        """The prompt of that key as it stands now."""
        return next((each for each in (*self.open, *self.answered) if each.key == key), None)

    def line(self, number: int) -> ListedMedicine | None:
        """The line of the list with that number."""
        return next((each for each in self.listed if each.on_list and each.medicine.medication_id == number), None)


_views: Kept[MedicationView] = Kept(64)


def view(viewer: Viewer, head: PatientHead, periods: Periods, *, as_of: date) -> MedicationView:
    """Everything the page shows of that patient and period. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        return of(conn, head, periods, as_of)


def of(conn: Connection, head: PatientHead, periods: Periods, as_of: date) -> MedicationView:
    """The same, inside a piece of work that was let in already."""
    key = (conn.engine, head.patient_id, head.data_version, periods.now, periods.before, as_of)
    return _views.get(key, lambda: _view(conn, head, periods, as_of, key))


def checked(conn: Connection, head: PatientHead, as_of: date) -> tuple[Review, Sequence[PromptAnswer]]:
    """What the checks say and what was answered, inside a piece of work that was let in already."""
    whole = _known(conn, head, as_of)
    return whole.review, whole.known.prompt_answers


def _view(conn: Connection, head: PatientHead, periods: Periods, as_of: date, key: Hashable) -> MedicationView:
    whole = _known(conn, head, as_of)
    names = medication_use.as_needed_names(whole.known.medicines, whole.doses, periods.now)
    needed = sorted((_used(whole, name, periods.now) for name in names), key=lambda used: (-used.days, used.medicine))
    current = open_prompts(whole.review.prompts, whole.known.prompt_answers)
    return MedicationView(
        key=key,
        as_of=as_of,
        periods=periods,
        review=whole.review,
        open=current,
        answered=tuple(prompt for prompt in whole.review.prompts if prompt not in current),
        left_over=_left_over(whole),
        listed=whole.listed,
        use=tuple(needed),
        use_before=tuple(_used(whole, used.medicine, periods.before) for used in needed),
        logged_28=medication_use.logged_days(whole.doses, whole.diary, whole.last_28),
        last_28=whole.last_28,
        mme_received=tuple(score for score in whole.known.scores if _is_mme(score)),
        doses_to_check=_doses_to_check(whole.known.medicines, as_of),
        course=_course(whole, periods.now, as_of),
        answers=_by_prompt(whole.known.prompt_answers),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """What does not depend on the period looked at."""

    diary: Diary
    known: History
    doses: NamedDoses
    review: Review
    listed: tuple[ListedMedicine, ...]
    used: Used
    last_28: Period


_wholes: Kept[_Whole] = Kept(64)


def _known(conn: Connection, head: PatientHead, as_of: date) -> _Whole:
    return _wholes.get((conn.engine, head.patient_id, head.data_version, as_of), lambda: _whole(conn, head, as_of))


def _whole(conn: Connection, head: PatientHead, as_of: date) -> _Whole:
    diary, known = diaries.load(conn, head), history.load(conn, head)
    table, used = dose_table.logged(conn, head.patient_id), relief.logged(conn, head.patient_id)
    doses, last_28 = NamedDoses.of(table), medication_use.use_days(as_of)
    return _Whole(
        diary=diary,
        known=known,
        doses=doses,
        review=checks.review(known.medicines, table, _person(head, known, as_of), as_of, _relief_log(used)),
        listed=_listed(known.medicines, doses, diary, last_28, cards.load(conn, head, as_of)),
        used=tuple(used),
        last_28=last_28,
    )


def _used(whole: _Whole, name: str, period: Period) -> Use:
    return medication_use.use(name, whole.doses, whole.diary, period, as_needed=True)


def _listed(
    medicines: Sequence[Medicine], doses: NamedDoses, diary: Diary, last_28: Period, turns: Sequence[ChangeCard]
) -> tuple[ListedMedicine, ...]:
    """Every line of the list, the latest start first, then the medicines that are in the log alone."""
    on_list = {medicine.name.casefold() for medicine in medicines}
    beside = [Medicine(name) for name in doses.names if name.casefold() not in on_list]
    lines = [_line(same, doses, diary, last_28, turns, on_list=True) for same in _renewed(medicines, last_28.end)]
    return (*lines, *(_line((m,), doses, diary, last_28, turns, on_list=False) for m in beside))


def _renewed(medicines: Sequence[Medicine], as_of: date) -> list[tuple[Medicine, ...]]:
    """The lines, those that run now and say the same put together; the latest start first."""
    found: dict[Hashable, list[Medicine]] = {}
    for each in sorted(medicines, key=lambda m: (m.start or date.min, m.medication_id)):
        often = without_supply(each.frequency)
        says = (each.name.casefold(), each.dose, each.unit, each.route, often, each.as_needed, each.kind)
        alone = not runs_on(each, as_of) or each.end is not None
        found.setdefault(each.medication_id if alone else says, []).append(each)
    return sorted((tuple(same) for same in found.values()), key=lambda same: same[-1].start or date.min, reverse=True)


def _line(
    same: tuple[Medicine, ...],
    doses: NamedDoses,
    diary: Diary,
    last_28: Period,
    turns: Sequence[ChangeCard],
    *,
    on_list: bool,
) -> ListedMedicine:
    medicine = same[-1]
    return ListedMedicine(
        medicine=medicine,
        same=same,
        on_list=on_list,
        standing=medication_use.standing(medicine, last_28.end) if on_list else "logged",
        use=medication_use.use(medicine.name, doses, diary, last_28, as_needed=medicine.as_needed),
        drug=checks.recognise(medicine.name, medicine.atc, medicine.rxnorm),
        cards=tuple(card for card in turns if any(_about(card, each) for each in same)) if on_list else (),
    )


def _about(card: ChangeCard, medicine: Medicine) -> bool:
    """Whether the turn of that card is a start, change or end of that very line of the list."""
    turn = card.turn
    same = turn.treatment and turn.name.casefold() == medicine.name.casefold()
    return same and turn.day in (medicine.start, medicine.end)


def _is_mme(score: Score) -> bool:
    return score.instrument.strip().casefold() == "mme" and score.score is not None


def _course(whole: _Whole, period: Period, as_of: date) -> Course:
    lanes = medication_course.lanes(whole.known.medicines, whole.doses, period)
    drawn, left = lanes[: medication_course.MOST_LANES], lanes[medication_course.MOST_LANES :]
    review = whole.review
    return Course(
        timeline=time.timeline(whole.diary, period, whole.known.flares, usual=None, as_of=as_of),
        lanes=drawn,
        left_out=tuple(lane.medicine for lane in left),
        relief=medication_course.relief(whole.used, period),
        paracetamol=medication_course.total(review.paracetamol, period, _MG_IN_A_GRAM),
        mme=medication_course.total(review.mme.taken, period),
    )


_MG_IN_A_GRAM = 1000


def _by_prompt(answers: Sequence[PromptAnswer]) -> dict[str, tuple[PromptAnswer, ...]]:
    found: dict[str, list[PromptAnswer]] = {}
    for answer in answers:
        found.setdefault(answer.prompt, []).append(answer)
    return {key: tuple(given) for key, given in found.items()}


def _left_over(whole: _Whole) -> tuple[PromptAnswer, ...]:
    """The answers to prompts that are no longer there, the latest first."""
    standing = {prompt.key for prompt in whole.review.prompts}
    gone = [answer for answer in whole.known.prompt_answers if answer.prompt not in standing]
    return tuple(sorted(gone, key=lambda answer: answer.answered_at, reverse=True))


def _doses_to_check(medicines: Sequence[Medicine], as_of: date) -> tuple[tuple[str, DoseProblem], ...]:
    """Doses on the list now that look mistyped."""
    running = [m for m in medicines if m.dose is not None and runs_on(m, as_of)]
    found = [(m.name, checks.dose_problem(m.name, m.atc, m.dose, m.unit, m.route, m.frequency)) for m in running]
    return tuple((name, problem) for name, problem in found if problem is not None)


def _person(head: PatientHead, known: History, as_of: date) -> Person:
    """Who takes the medicines, as the checks need to know; what nobody answered is not known."""
    given = safety.standing(answer for answer in known.answers if answer.asked_on <= as_of)
    said = {question: each.answer for question, each in given.items()}
    return Person(
        birth_date=head.birth_date,
        sex=head.sex,
        conditions=care_plan.standing_conditions(known.conditions),
        weight_kg=weight_kg(said),
        answers=said,
        allergies=care_plan.standing_allergies(known.allergies),
    )


def _relief_log(used: Used) -> ReliefLog:
    days = np.array([day for day, _ in used], "datetime64[D]")
    return ReliefLog(days, np.array(["|".join(codes) for _, codes in used], object))
