"""Who is cared for and who cares: finding patients, users and teams, facts about the database."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from data_access import access, facts, patients
from data_access.access import Team, User
from data_access.engine import connect_engine, reading, writing
from data_access.errors import RowRefused
from data_access.patients import Member, PatientHead
from data_access.records import PatientRecord
from tests.data_access.made_up import ANNA, NOW

NAMES = [
    ("Müller", "Änne", "T-1", 1),
    ("Mueller", "Bert", "T-2", 2),
    ("van der Berg", "Cato", "T-3", None),
    ("O'Neil", "Müge", "T-4", 1),
    ("100%", "_wild", "T-5", 2),
    ("zzz", "anne", "T-60", 1),
    ("Ångström", "Ö", "X-7", 2),
]


@pytest.fixture
def clinic(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Seven people in two teams and none."""
    with writing(engine) as conn:
        for family, given, record, team in NAMES:
            person = PatientRecord(record, family, given, synthetic=True)
            patients.create(conn, person, team, f"link{record}", NOW)
    with reading(engine) as conn:
        yield conn


def _found(conn: sa.Connection, text: str, teams: frozenset[int] | None = None, limit: int = 12) -> list[str]:
    return [head.record_number for head in patients.search(conn, text, teams, limit)]


def _plain_search(text: str) -> set[str]:
    """The search again, slowly: every word of the text begins a word of the name or record number."""
    from data_access.text import folded

    words = folded(text).split()
    found = set()
    for family, given, record, _ in NAMES:
        own = folded(f"{family} {given} {record}").split()
        if words and all(any(each.startswith(word) for each in own) for word in words):
            found.add(record)
    return found


@pytest.mark.parametrize(
    "text",
    ["mül", "MUL", "muell", "ann", "berg", "der", "t-", "T-6", "x", "o'n", "100%", "%", "_", "_w", "\\", "", "  ",
     "anne zz", "müge o", "ang", "nobody", "T-1 müller änne"],
)  # fmt: skip
def test_a_search_finds_words_that_begin_like_it(clinic: sa.Connection, text: str) -> None:
    found = _found(clinic, text)
    assert set(found) == _plain_search(text)
    assert len(found) == len(set(found))


def test_family_names_that_begin_like_it_come_first(clinic: sa.Connection) -> None:
    assert _found(clinic, "mu") == ["T-2", "T-1", "T-4"]


def test_a_search_stays_inside_the_teams(clinic: sa.Connection) -> None:
    assert _found(clinic, "t", frozenset({2})) == ["T-5", "T-2"]
    assert _found(clinic, "t", frozenset()) == []


def test_a_search_ends_at_its_limit(clinic: sa.Connection) -> None:
    assert len(_found(clinic, "t", limit=3)) == 3


def test_a_very_long_search_is_harmless(clinic: sa.Connection) -> None:
    assert _found(clinic, "a " * 5000) == _found(clinic, "a")


def test_a_patient_is_found_by_number_link_and_record(clinic: sa.Connection) -> None:
    head = patients.find_by_record(clinic, "T-4")
    assert head == PatientHead(4, "linkT-4", "T-4", "O'Neil", "Müge", None, "unknown", 1, True, 0)
    assert patients.find_by_link(clinic, "linkT-4") == head == patients.head(clinic, 4)
    assert patients.numbers(clinic) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("unknown", ["", "T-4", "linkt-4", "linkT-4 "])
def test_a_link_nobody_has_finds_nobody(clinic: sa.Connection, unknown: str) -> None:
    assert patients.find_by_link(clinic, unknown) is None


def test_links_are_opaque_and_never_the_same() -> None:
    links = {patients.new_link_id() for _ in range(100)}
    assert len(links) == 100
    assert all(len(link) == 32 for link in links)


def test_a_record_number_belongs_to_one_person(engine: sa.Engine) -> None:
    with pytest.raises(RowRefused), writing(engine) as conn:
        patients.create(conn, ANNA, 1, "a", NOW)
        patients.create(conn, ANNA, 1, "b", NOW)


def test_every_change_moves_the_data_version(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        number = patients.create(conn, ANNA, 1, "a", NOW)
        patients.changed(conn, number)
        patients.changed(conn, number)
        head = patients.head(conn, number)
    assert head is not None
    assert head.data_version == 2


def test_users_carry_their_teams(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        north, south = access.add_team(conn, "North"), access.add_team(conn, "South")
        ada = access.add_user(
            conn, "Dr. Ada Example", "clinician", discipline="medicine", teams=frozenset({north, south}), synthetic=True
        )
        root = access.add_user(conn, "Root Example", "administrator", scope="clinic")
        assert access.teams(conn) == [Team(north, "North"), Team(south, "South")]
        listed = access.users(conn)
        assert access.user(conn, ada) == listed[0]
        assert access.user(conn, 99) is None
    assert listed == [
        User(ada, "Dr. Ada Example", "clinician", "medicine", "team", frozenset({north, south}), True, True),
        User(root, "Root Example", "administrator", None, "clinic", frozenset(), True, False),
    ]


def test_the_care_team_lists_who_cares_once(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        number = patients.create(conn, ANNA, 1, "a", NOW)
        ada = access.add_user(conn, "Dr. Ada Example", "clinician", discipline="medicine")
        cora = access.add_user(conn, "Cora Example", "coordinator")
        access.join_care_team(conn, number, frozenset({cora}))
        access.join_care_team(conn, number, frozenset({ada, cora}))
        team = patients.care_team(conn, number)
    assert team == [Member(ada, "Dr. Ada Example", "medicine"), Member(cora, "Cora Example", None)]


@pytest.mark.parametrize("wrong", [{"role": "wizard"}, {"role": "clinician", "discipline": "astrology"}])
def test_unknown_roles_and_disciplines_are_refused(engine: sa.Engine, wrong: dict[str, str]) -> None:
    with pytest.raises(RowRefused), writing(engine) as conn:
        access.add_user(conn, "Dr. Example", **wrong)  # type: ignore[arg-type]


def test_a_fact_is_put_and_replaced(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        assert facts.get(conn, "seed") is None
        assert not facts.is_synthetic(conn)
        facts.put(conn, "seed", "1")
        facts.put(conn, "seed", "2")
        facts.put(conn, facts.SYNTHETIC, "1")
        assert facts.get(conn, "seed") == "2"
        assert facts.is_synthetic(conn)


def test_both_engines_sort_names_alike(sqlite_engine: sa.Engine, postgres_url: str) -> None:
    orders = []
    for engine in (sqlite_engine, connect_engine(postgres_url)):
        with writing(engine) as conn:
            for place, family in enumerate(("ta", "tä", "t b", "t-c", "ta-", "tA", "ta a", "Ta", "t_a", "t.a")):
                person = PatientRecord(f"R{place}", family)
                patients.create(conn, person, 1, f"l{place}", NOW)
            orders.append(_found(conn, "t", limit=50))
    assert orders[0] == orders[1]
