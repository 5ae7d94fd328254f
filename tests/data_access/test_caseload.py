"""The caseload: each patient once, worst first, counted by reason; equal to sorting everybody in Python."""

import random
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from clinical.triage import REASONS
from data_access import access, caseload, patients
from data_access.caseload import CaseloadPage, CaseloadScope
from data_access.engine import connect_engine, migrate, reading, writing
from data_access.tables import care_team_members, patient_snapshots, reviews
from data_access.text import folded
from tests.data_access.made_up import NOW, TODAY, a_year, about, add, person
from tests.postgres import Postgres

PEOPLE = 60
EVERYBODY = CaseloadScope()


def _snapshot(chance: random.Random, number: int) -> dict[str, object]:
    return {
        "patient_id": number, "as_of": TODAY, "team_id": number % 4, "reason_rank": chance.randrange(len(REASONS)),
        "severity": chance.choice((0.0, 1.5, 2.0, -1.0)), "also": chance.choice(("", "spike", "spike|overdue")),
        "days_logged": 20, "days_logged_before": 3, "strip": bytes(28), "strip_flare": bytes(28),
        "pain_mean": chance.choice((None, 4.25)),
    }  # fmt: skip


def _fill(engine: sa.Engine) -> sa.Engine:
    chance = random.Random(7)
    with writing(engine) as conn:
        for number in range(1, PEOPLE + 1):
            patients.create(conn, person(number), number % 4, f"link{number}", NOW)
        conn.execute(sa.insert(patient_snapshots), [_snapshot(chance, n) for n in range(1, PEOPLE + 1)])
        mine = [{"patient_id": n, "user_id": 5} for n in range(1, PEOPLE + 1) if n % 3 == 0]
        conn.execute(sa.insert(care_team_members), mine)
    return engine


@pytest.fixture
def clinic(engine: sa.Engine) -> sa.Engine:
    """Sixty people with invented snapshots in four teams; user 5 cares for every third."""
    return _fill(engine)


def _page(engine: sa.Engine, scope: CaseloadScope = EVERYBODY, **asked: object) -> CaseloadPage:
    with reading(engine) as conn:
        return caseload.page(conn, scope, **asked)  # type: ignore[arg-type]


def _sorted_in_python(engine: sa.Engine, scope: CaseloadScope, reason: str | None, text: str) -> list[int]:
    with reading(engine) as conn:
        rows = conn.execute(sa.select(patient_snapshots)).fetchall()
        cared_for = set(conn.execute(sa.select(care_team_members.c.patient_id)).scalars())
    chosen = [
        row
        for row in rows
        if (scope.teams is None or row.team_id in scope.teams)
        and (scope.user_id is None or row.patient_id in cared_for)
        and (reason is None or REASONS[row.reason_rank].code == reason)
        and all(f" {word}" in f" {patients.search_name(person(row.patient_id))}" for word in folded(text).split())
    ]
    return [row.patient_id for row in sorted(chosen, key=lambda r: (r.reason_rank, -r.severity, r.patient_id))]


@pytest.mark.parametrize("reason", [None, "safety", "in_flare", "steady"])
@pytest.mark.parametrize("text", ["", "testfall3", "T-0000", "person1 testfall1", "nobody"])
@pytest.mark.parametrize(
    "scope",
    [
        EVERYBODY,
        CaseloadScope(teams=frozenset({2})),
        CaseloadScope(teams=frozenset({0, 3})),
        CaseloadScope(teams=frozenset()),
        CaseloadScope(user_id=5),
        CaseloadScope(user_id=5, teams=frozenset({1})),
    ],
    ids=["all", "team", "teams", "none", "mine", "mine in team"],
)
def test_pages_hold_everybody_in_scope_once_and_in_order(
    sqlite_clinic: sa.Engine, postgres_clinic: sa.Engine, scope: CaseloadScope, reason: str | None, text: str
) -> None:
    expected = _sorted_in_python(sqlite_clinic, scope, reason, text)
    for engine in (sqlite_clinic, postgres_clinic):
        pages = [_page(engine, scope, reason=reason, text=text, page=n, size=7) for n in range(PEOPLE // 7 + 1)]
        assert [row.head.patient_id for page in pages for row in page.rows] == expected
        assert {page.total for page in pages} == {len(expected)}


@pytest.fixture(scope="module")
def sqlite_clinic(tmp_path_factory: pytest.TempPathFactory) -> sa.Engine:
    """The clinic on SQLite, to read."""
    engine = connect_engine(f"sqlite:///{tmp_path_factory.mktemp('clinic')}/clinic.db")
    migrate(engine)
    return _fill(engine)


@pytest.fixture(scope="module")
def postgres_clinic(postgres: Postgres) -> sa.Engine:
    """The clinic on PostgreSQL, to read."""
    return _fill(connect_engine(postgres.create(template="migrated")))


def test_counts_are_those_of_the_scope_whatever_reason_is_chosen(clinic: sa.Engine) -> None:
    scope = CaseloadScope(teams=frozenset({1, 2}))
    whole = _page(clinic, scope)
    assert sum(whole.counts_by_reason.values()) == whole.total
    assert list(whole.counts_by_reason) == [reason.code for reason in REASONS]
    for reason in REASONS:
        part = _page(clinic, scope, reason=reason.code)
        assert part.counts_by_reason == whole.counts_by_reason
        assert part.total == whole.counts_by_reason[reason.code]
        assert {row.reason_code for row in part.rows} <= {reason.code}


def test_a_row_says_what_the_snapshot_holds(engine: sa.Engine) -> None:
    done = add(engine, a_year(days=100))
    row = _page(engine).rows[0]
    with reading(engine) as conn:
        assert row.head == patients.head(conn, done.patient_id)
        held = conn.execute(sa.select(patient_snapshots)).mappings().one()
    for name in caseload._SNAPSHOT:
        assert getattr(row, name) == held[name]
    assert row.reason_code == REASONS[held["reason_rank"]].code
    assert row.also == tuple(held["also"].split("|") if held["also"] else ())
    with reading(engine) as conn:
        assert caseload.reasons(conn, done.patient_id) == (row.reason_code, *row.also)
        assert caseload.reasons(conn, 99) == ()


def test_an_empty_clinic_has_an_empty_page(engine: sa.Engine) -> None:
    page = _page(engine)
    assert (page.rows, page.total, set(page.counts_by_reason.values())) == ([], 0, {0})


# --- reviewed ----------------------------------------------------------------------------------------------------


def _mark(engine: sa.Engine, user: int, day: date = TODAY) -> None:
    with writing(engine) as conn:
        caseload.mark_reviewed(conn, 1, user, now=NOW, as_of=day)


def _undo(engine: sa.Engine, user: int, day: date = TODAY) -> bool:
    with writing(engine) as conn:
        return caseload.undo_review(conn, 1, user, now=NOW, as_of=day)


def _reviewed(engine: sa.Engine) -> tuple[date | None, str | None]:
    row = _page(engine).rows[0]
    return row.last_reviewed_day, row.last_reviewed_name


@pytest.fixture
def two_users(engine: sa.Engine) -> sa.Engine:
    """One patient and two users, Ada (1) and Ben (2)."""
    add(engine, about())
    with writing(engine) as conn:
        access.add_user(conn, "Ada", "clinician", discipline="medicine")
        access.add_user(conn, "Ben", "clinician", discipline="nursing")
    return engine


def test_a_review_shows_on_the_caseload_and_survives_a_refresh(two_users: sa.Engine) -> None:
    assert _reviewed(two_users) == (None, None)
    _mark(two_users, 1)
    assert _reviewed(two_users) == (TODAY, "Ada")
    add(two_users, a_year(days=5))
    assert _reviewed(two_users) == (TODAY, "Ada")


def test_the_same_person_can_undo_it_the_same_day_and_the_row_stays(two_users: sa.Engine) -> None:
    _mark(two_users, 2, TODAY - timedelta(days=3))
    _mark(two_users, 1)
    assert _undo(two_users, 1) is True
    assert _reviewed(two_users) == (TODAY - timedelta(days=3), "Ben")
    assert _undo(two_users, 1) is False
    with reading(two_users) as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(reviews)).scalar() == 2


def test_nobody_else_and_no_other_day_can_undo_it(two_users: sa.Engine) -> None:
    _mark(two_users, 1)
    assert _undo(two_users, 2) is False
    assert _undo(two_users, 1, TODAY + timedelta(days=1)) is False
    assert _reviewed(two_users) == (TODAY, "Ada")


# --- speed -------------------------------------------------------------------------------------------------------


def test_the_page_of_ten_thousand_reads_the_index_and_fifty_rows(sqlite_engine: sa.Engine) -> None:
    with reading(sqlite_engine) as conn:
        chosen = caseload._in_scope(EVERYBODY, "")
        s = patient_snapshots.c
        page = chosen.with_only_columns(s.patient_id).order_by(s.reason_rank, s.severity.desc(), s.patient_id)
        counts = chosen.with_only_columns(s.reason_rank, sa.func.count()).group_by(s.reason_rank)
        for query in (page.limit(50), counts):
            text = str(query.compile(sqlite_engine, compile_kwargs={"literal_binds": True}))
            plan = " ".join(row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
            assert "COVERING INDEX ix_patient_snapshots_queue" in plan
            assert "TEMP B-TREE" not in plan
