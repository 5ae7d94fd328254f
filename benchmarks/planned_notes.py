"""A patient with a long history of care: 500 signed notes of every discipline, 200 actions, goals and interventions."""

from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from clinical.diary import Period
from clinical.plan import Action, Goal, Pinned, PlannedIntervention
from data_access import access, notes, plan
from data_access.engine import connect_engine, writing
from data_access.notes import Author
from data_access.patients import find_by_record
from data_access.plan import Writer

NOTES, ACTIONS, GOALS, INTERVENTIONS = 500, 200, 6, 12
_CODES = ("cbt", "pacing", "walking", "sleep_cbti", "mindfulness", "stretching", "heat", "massage", "act", "swimming")
_TEXT = """## {title}
Seen for {minutes} minutes. Sleep **{hours} h** on most nights, worse in the week of the {day}.

- walks {walks} minutes twice a day, stops *before* pain
- worked from home on {home} of 5 days
- still lies awake from two; keeps the sleep diary, which is the part she finds hard

> It is the stairs, not the walking.

Plan: go on as agreed, review in {weeks} weeks. Rang the practice about the repeat prescription; they will send it."""


def add(url: str, record_number: str, today: date) -> None:
    """Give that patient of the demonstration a long history, the same each time."""
    engine = connect_engine(url)
    with writing(engine) as conn:
        head = find_by_record(conn, record_number)
        if head is None:
            raise LookupError("the benchmark database has no such person")
        people = [user for user in access.users(conn) if user.role == "clinician" and user.discipline]
        authors = [Author(user.user_id, user.name, user.discipline or "") for user in people]
        _sign(conn, head.patient_id, authors, today)
        _agree(conn, head.patient_id, authors, today)
    engine.dispose()


def _sign(conn: sa.Connection, patient_id: int, authors: list[Author], today: date) -> None:
    for number in range(NOTES):
        day = today - timedelta(days=2 * (NOTES - number))
        author = authors[number % len(authors)]
        text = _TEXT.format(
            title=f"{author.discipline.replace('_', ' ').capitalize()}, contact {number + 1}",
            minutes=15 + number % 40,
            hours=4 + number % 4,
            day=f"{day:%d %B}",
            walks=5 + number % 20,
            home=number % 5,
            weeks=2 + number % 6,
        )
        notes.sign_text(conn, patient_id, author, text=text, now=datetime.combine(day, time(9, number % 60), UTC))


def _agree(conn: sa.Connection, patient_id: int, authors: list[Author], today: date) -> None:
    window = Pinned(Period(today - timedelta(days=200), today - timedelta(days=172)), "pain")
    made = today - timedelta(days=171)

    def by(number: int) -> Writer:
        author = authors[number % len(authors)]
        return Writer(author.user_id, author.name, datetime.combine(made, time(10, 0), UTC), made)

    for number in range(GOALS):
        goal = Goal(f"Walk {10 + number} minutes", "minutes", 5, 10 + number, "min", today, made=made, evidence=window)
        plan.save(conn, patient_id, goal, writer=by(number))
    for number in range(INTERVENTIONS):
        code = _CODES[number % len(_CODES)]
        item = PlannedIntervention(
            code, "as agreed", authors[0].discipline, authors[0].user_id, amount="twice a week", start=made, made=made,
            status="active", review=today + timedelta(days=number), evidence=window,
        )  # fmt: skip
        plan.save(conn, patient_id, item, writer=by(number))
    for number in range(ACTIONS):
        plan.save(conn, patient_id, _action(number, authors, made, today), writer=by(number))


def _action(number: int, authors: list[Author], made: date, today: date) -> Action:
    """Every fifth is open, some of them late; the others are done or cancelled."""
    title, owner = (
        f"Action {number + 1}: ring the practice and write down what was said",
        authors[number % len(authors)],
    )
    if number % 5 == 0:
        return Action(title, today + timedelta(days=number - 100), owner_user_id=owner.user_id, made=made)
    done = number % 5 != 1
    return Action(
        title, today - timedelta(days=number % 90), "done" if done else "cancelled", today if done else None,
        owner_user_id=owner.user_id, made=made,
    )  # fmt: skip
