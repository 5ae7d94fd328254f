"""The server: what it refuses, what it answers beside the pages, and what an error shows and logs."""

import logging
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import anyio
import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware

from dashboard import clock, first_start, server
from dashboard.components import states
from dashboard.demo_sessions import COOKIE, SESSIONS
from dashboard.errors import DatabaseRefused, ExplainedError, UnexpectedError
from dashboard.security_headers import HEADERS, SecurityHeaders
from dashboard.settings import Settings
from data_access import access, audit, caseload, demo, ingest, patients
from data_access.caseload import CaseloadScope
from data_access.engine import connect_engine, reading, writing
from data_access.records import EntryRecord, PatientBundle, PatientRecord
from data_access.tables import patients as patient_rows
from tests.conftest import AS_OF, NOW
from tests.serving import running


class Client:
    """Asks our own routes behind our middleware, without a network; Streamlit's routes stay out."""

    def __init__(self) -> None:
        self._app = Starlette(routes=server.app._user_routes, middleware=[Middleware(SecurityHeaders)])

    def ask(self, method: str, path: str, content: str | bytes = b"") -> httpx.Response:
        """The answer to one request."""

        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, path, content=content)

        return anyio.run(once)

    def get(self, path: str) -> httpx.Response:
        """The answer to a GET."""
        return self.ask("GET", path)


@pytest.fixture
def client(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(demo_copy.url))
    return Client()


def test_clinic_mode_does_not_start_and_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FLAREBOARD_MODE", "clinic")
    assert server.main("127.0.0.1", 1) == 2
    said = capsys.readouterr().err
    assert "OpenID Connect" in said
    assert "no data was touched" in said


def test_the_demonstration_does_not_start_where_others_reach_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FLAREBOARD_MODE", raising=False)
    assert server.main("0.0.0.0", 1) == 2  # noqa: S104
    assert "no passwords" in capsys.readouterr().err


def test_a_refused_database_ends_with_its_explanation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.db").write_bytes(b"this is no database at all" * 100)
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'broken.db'}")
    assert server.main("127.0.0.1", 1) == 2
    assert "Flareboard did not start" in capsys.readouterr().err


def test_an_empty_database_is_filled_once_and_another_start_adds_nothing(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = demo.fill

    def three(engine: Engine, *, end: date, now: datetime) -> None:
        small(engine, 3, 30, end=end, now=now)

    monkeypatch.setattr(demo, "fill", three)
    for _ in range(2):
        first_start.prepare(Settings(sqlite_url, "demo"), today=AS_OF, now=NOW)
        with reading(connect_engine(sqlite_url)) as conn:
            assert len(patients.numbers(conn)) == 3
            assert access.users(conn)


def test_the_database_is_read_before_the_server_calls_itself_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    refused = client.get("/readyz")
    assert refused.status_code == 503
    assert refused.json()["status"] == "refused"
    assert client.get("/healthz").status_code == 200


def test_every_answer_carries_the_headers_that_keep_it_to_itself(client: Client) -> None:
    for path in ("/healthz", "/no-such-page"):
        answer = client.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert answer.headers["cache-control"] == "no-store"


def test_only_the_icon_of_the_page_may_be_kept_by_a_browser_beside_the_code(client: Client) -> None:
    assert client.get("/favicon.png").headers["cache-control"] == "max-age=86400"
    assert client.get("/_stcore/health").headers["cache-control"] == "no-store"


def test_a_ticket_becomes_a_cookie_that_scripts_cannot_read_and_only_once(client: Client) -> None:
    key, ticket = SESSIONS.begin(1, clock.now())
    answer = client.ask("POST", "/sign-in/keep", ticket)
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 204
    assert cookie.startswith(f"{COOKIE}={key};")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert client.ask("POST", "/sign-in/keep", ticket).status_code == 403
    assert client.ask("POST", "/sign-in/keep", b"\xff" * 10_000).status_code == 403
    assert client.get("/sign-in/keep").status_code == 405


def test_an_error_is_explained_on_screen_and_its_words_stay_out_of_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[tuple[ExplainedError, str]] = []
    monkeypatch.setattr(states, "explained", lambda error, reference="": shown.append((error, reference)))
    with caplog.at_level(logging.ERROR):
        assert server.explain(ValueError("Sample, Rowan has pain 7"))
        assert server.explain(DatabaseRefused("It is locked.", "Nothing was lost.", "Wait."))
    (unexpected, number), (refused, _) = shown
    assert isinstance(unexpected, UnexpectedError)
    assert str(refused).startswith("It is locked.")
    assert number in caplog.text
    assert "ValueError" in caplog.text
    assert "Rowan" not in caplog.text


def test_snapshots_are_refreshed_each_hour_and_right_after_midnight() -> None:
    here = timezone(timedelta(hours=1))
    assert server.seconds_to_next_refresh(datetime(2026, 11, 22, 10, 20, tzinfo=here)) == 3600
    assert server.seconds_to_next_refresh(datetime(2026, 11, 22, 23, 50, tzinfo=here)) == 660
    assert server.seconds_to_next_refresh(datetime(2026, 11, 23, 0, 0, 30, tzinfo=here)) == 3600


def test_the_real_server_answers_with_the_same_headers_and_our_configuration(demo_copy: Engine, tmp_path: Path) -> None:
    with running(str(demo_copy.url), tmp_path / "server.log") as served:
        page = httpx.get(served.url, timeout=20)
        assert page.status_code == 200
        assert {name: page.headers[name] for name in HEADERS} == HEADERS
        assert "server" not in page.headers
        assert httpx.get(f"{served.url}/_stcore/agent/mcp", timeout=20).status_code in (404, 405)
    assert served.log.read_text().startswith("Flareboard: http://127.0.0.1:")


def imported_clinic(url: str, numbers: int = 3) -> Engine:
    """A database that holds imported patients with one entry each, and neither staff nor teams."""
    engine = connect_engine(url)
    with writing(engine) as conn:
        for place in range(numbers):
            person = PatientRecord(f"M-{place}", "Imported")
            bundle = PatientBundle(person, "fhir", entries=(EntryRecord(AS_OF, pain=5),))
            ingest.add(conn, bundle, now=NOW, as_of=AS_OF)
    return engine


def test_imported_patients_without_staff_get_the_invented_staff_once(sqlite_url: str) -> None:
    engine = imported_clinic(sqlite_url)
    for _ in range(2):
        first_start.prepare(Settings(sqlite_url, "demo"), today=AS_OF, now=NOW)
    with reading(engine) as conn:
        users = access.users(conn)
        heads = [patients.head(conn, number) for number in patients.numbers(conn)]
        (event,) = audit.listed(conn, 0)
        on_the_caseload = caseload.page(conn, CaseloadScope(None, frozenset({1})))
        assert audit.verify(conn) == []
    assert len({user.name for user in users}) == len(users) == 8
    assert all(user.synthetic for user in users)
    assert any(user.scope == "clinic" and user.role == "clinician" for user in users)
    assert [head.team_id for head in heads if head] == [1, 1, 1]
    assert on_the_caseload.total == 3
    assert (event.action, event.role) == ("add the invented staff", "system")


def test_patients_keep_the_team_they_have_when_invented_staff_come(sqlite_url: str) -> None:
    engine = imported_clinic(sqlite_url)
    with writing(engine) as conn:
        teams = [access.add_team(conn, name) for name in ("North", "South")]
        conn.execute(sa.update(patient_rows).where(patient_rows.c.patient_id == 2).values(team_id=teams[1]))
    assert demo.staff_imported(engine, now=NOW)
    with reading(engine) as conn:
        heads = [patients.head(conn, number) for number in patients.numbers(conn)]
        assert [head.team_id for head in heads if head] == [teams[0], teams[1], teams[0]]
        assert {team for user in access.users(conn) for team in user.teams} == set(teams)


def test_a_database_with_staff_gets_no_more(demo_copy: Engine) -> None:
    with reading(demo_copy) as conn:
        before = access.users(conn)
    assert not demo.staff_imported(demo_copy, now=NOW)
    with reading(demo_copy) as conn:
        assert access.users(conn) == before
        assert not patients.any_imported(conn)


def test_a_folder_that_does_not_exist_is_never_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'mistyped' / 'clinic.db'}")
    assert server.main("127.0.0.1", 1) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert not (tmp_path / "mistyped").exists()
