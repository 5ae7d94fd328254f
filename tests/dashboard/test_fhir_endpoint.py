"""The FHIR interface: who may ask, what is answered, what is refused, and what stands in the audit trail."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import sqlalchemy as sa
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware

from dashboard import clock, fhir_endpoint, server, settings
from dashboard.commands.tokens import _ADMINISTRATOR
from dashboard.security_headers import HEADERS, SecurityHeaders
from dashboard.services import fhir_summary, tokens
from data_access import access, audit, patients
from data_access.engine import reading, writing
from data_access.patients import PatientHead
from data_access.tables import access_tokens, audit_events, users
from data_access.tables import patients as patient_rows
from tests.serving import running

DOCTOR, COORDINATOR, ADMINISTRATOR = 1, 5, 6
JSON = {"Content-Type": "application/fhir+json"}


class Program:
    """Asks the FHIR interface as a program elsewhere would, without a network."""

    def __init__(self, secret: str = "") -> None:
        self._app = Starlette(routes=fhir_endpoint.routes(), middleware=[Middleware(SecurityHeaders)])
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, path: str, content: str | bytes = b"", **headers: str) -> httpx.Response:
        """The answer to one request."""
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        sent = {name.encode(): value.encode("utf-8") for name, value in given.items()}

        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, f"/fhir/{path}", content=content, headers=sent)

        return anyio.run(once)

    def summary(self, record_number: str) -> httpx.Response:
        """The summary of the patient with that record number."""
        return self.ask("POST", "Patient/$summary", asked(record_number), **JSON)


def asked(record_number: Any) -> str:
    parameter = {"name": "identifier", "valueIdentifier": {"value": record_number}}
    return json.dumps({"resourceType": "Parameters", "parameter": [parameter]})


def token(user: int = DOCTOR, days: int = 30) -> str:
    return tokens.create(_ADMINISTRATOR, str(user), "a program", days, now=clock.now()).secret


def issue(answer: httpx.Response) -> dict[str, Any]:
    """The one issue of an OperationOutcome."""
    assert answer.headers["content-type"].startswith("application/fhir+json")
    OperationOutcome.model_validate(answer.json())
    (found,) = answer.json()["issue"]
    assert isinstance(found, dict)
    return found


@pytest.fixture
def clinic(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", demo_copy.url.render_as_string(hide_password=False))
    monkeypatch.setattr(fhir_endpoint, "_pace", fhir_endpoint.Pace())
    monkeypatch.setattr(fhir_endpoint, "_wrong", fhir_endpoint.Pace())
    return demo_copy


@pytest.fixture
def program(clinic: Engine) -> Program:
    return Program(token())


@pytest.fixture
def anna(clinic: Engine) -> PatientHead:
    """A patient of the doctor's team."""
    with reading(clinic) as conn:
        doctor = access.user(conn, DOCTOR)
        heads = [patients.head(conn, number) for number in patients.numbers(conn)]
    assert doctor is not None
    return next(head for head in heads if head is not None and head.team_id in doctor.teams)


@pytest.fixture
def stranger(clinic: Engine) -> Iterator[PatientHead]:
    """A patient of another team."""
    with writing(clinic) as conn:
        team = access.add_team(conn, "Another team")
        number = patients.numbers(conn)[-1]
        conn.execute(sa.update(patient_rows).where(patient_rows.c.patient_id == number).values(team_id=team))
        head = patients.head(conn, number)
    assert head is not None
    yield head


def test_a_program_gets_the_document_of_a_patient_by_record_number_and_by_link(
    program: Program, anna: PatientHead
) -> None:
    by_number = program.summary(anna.record_number)
    by_link = program.ask("GET", f"Patient/{anna.link_id}/$summary")
    for answer in (by_number, by_link):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/fhir+json; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        made = answer.json()
        Bundle.model_validate(made)
        assert (made["resourceType"], made["type"]) == ("Bundle", "document")
        composition = made["entry"][0]["resource"]
        assert (composition["resourceType"], composition["title"]) == ("Composition", "Patient summary")
        assert composition["status"] == "preliminary"  # nobody signed it
        people = [each["resource"] for each in made["entry"] if each["resource"]["resourceType"] == "Patient"]
        assert [person["identifier"][0]["value"] for person in people] == [anna.record_number]


def test_what_was_handed_over_is_in_the_patients_audit_trail_with_the_token(
    clinic: Engine, program: Program, anna: PatientHead
) -> None:
    size = len(program.summary(anna.record_number).content)
    program.summary(anna.record_number)
    with reading(clinic) as conn:
        events = [event for event in audit.listed(conn, anna.patient_id) if event.action == fhir_summary.ACTION]
        assert audit.verify(conn) == []
    assert [(event.user_id, event.role, event.resource) for event in events] == [(DOCTOR, "clinician", "token 1")] * 2
    assert events[0].detail.startswith(f"{size} bytes, SHA-256 ")


def test_a_patient_of_another_team_and_one_who_does_not_exist_get_the_same_answer(
    clinic: Engine, program: Program, stranger: PatientHead
) -> None:
    answers = [
        program.summary(stranger.record_number),
        program.summary("FB-99999"),
        program.summary("9" * 500),
        program.ask("GET", f"Patient/{stranger.link_id}/$summary"),
        program.ask("GET", "Patient/0123456789abcdef0123456789abcdef/$summary"),
        program.ask("GET", f"Patient/{'9' * 500}/$summary"),
        program.ask("GET", f"Patient/{stranger.record_number}/$summary"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert issue(answers[0])["code"] == "not-found"
    with reading(clinic) as conn:
        refused = [event for event in audit.listed(conn, stranger.patient_id) if event.action == "refused"]
    assert len(refused) == 2


def test_a_role_that_may_not_export_may_not_read_through_the_interface(clinic: Engine, anna: PatientHead) -> None:
    answer = Program(token(ADMINISTRATOR)).summary(anna.record_number)
    assert (answer.status_code, issue(answer)["code"]) == (403, "forbidden")
    assert Program(token(COORDINATOR)).summary("FB-99999").status_code == 404


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer fb_unknown", "Bearer x" * 500, "Bearer fb_ü"]
)
def test_without_a_token_that_holds_nothing_is_answered(clinic: Engine, anna: PatientHead, header: str) -> None:
    program = Program()
    program.headers = {"Authorization": header} if header else {}
    for answer in (program.summary(anna.record_number), program.ask("GET", "anything")):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith('Bearer realm="Flareboard"')
        assert issue(answer)["code"] == "login"


def test_a_token_ends_when_it_is_over_when_it_is_revoked_and_when_its_person_goes(
    clinic: Engine, anna: PatientHead, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, revoked, gone = (Program(token(days=days)) for days in (1, 30, 30))
    assert [each.summary(anna.record_number).status_code for each in (short, revoked, gone)] == [200, 200, 200]
    tokens.revoke(_ADMINISTRATOR, 2, now=clock.now())
    assert revoked.summary(anna.record_number).status_code == 401
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [each.summary(anna.record_number).status_code for each in (short, gone)] == [401, 200]
    with writing(clinic) as conn:
        conn.execute(sa.update(users).where(users.c.user_id == DOCTOR).values(active=False))
    assert gone.summary(anna.record_number).status_code == 401


def test_nothing_can_be_written_and_no_record_number_stands_in_an_address(program: Program, anna: PatientHead) -> None:
    for method, path, allowed in (
        ("PUT", "Patient/1", "GET, HEAD"),
        ("DELETE", f"Patient/{anna.link_id}/$summary", "GET, HEAD"),
        ("POST", "Patient", "GET, HEAD"),
        ("PATCH", "metadata", "GET, HEAD"),
        ("GET", f"Patient/$summary?identifier={anna.record_number}", "POST"),
    ):
        answer = program.ask(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
        assert issue(answer)["code"] == "not-supported"
    assert program.ask("GET", "Patient/1").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("", "application/fhir+json", 400),
        ("{", "application/fhir+json", 400),
        ("[" * 16_000, "application/fhir+json", 400),
        ("[]", "application/fhir+json", 400),
        ('{"resourceType": "Patient"}', "application/fhir+json", 400),
        ('{"resourceType": "Parameters"}', "application/fhir+json", 400),
        ('{"resourceType": "Parameters", "parameter": {"name": "identifier"}}', "application/fhir+json", 400),
        (asked(7), "application/fhir+json", 400),
        (asked("  "), "application/fhir+json", 400),
        (asked("x" * 20_000), "application/fhir+json", 413),
        (asked("FB-00001"), "application/x-www-form-urlencoded", 415),
        (asked("FB-00001"), "application/fhir+xml", 415),
    ],
)
def test_a_body_that_is_no_question_is_refused_in_words(program: Program, content: str, kind: str, status: int) -> None:
    answer = program.ask("POST", "Patient/$summary", content, Content_Type=kind)
    assert answer.status_code == status
    assert issue(answer)["diagnostics"]


@pytest.mark.parametrize(
    ("accept", "query", "status"),
    [
        ("application/fhir+json; fhirVersion=4.0", "", 200),
        ("text/html, application/json;q=0.9", "", 200),
        ("*/*", "?_format=json", 200),
        ("application/fhir+xml", "", 406),
        ("text/html", "", 406),
        ("*/*", "?_format=xml", 406),
    ],
)
def test_json_is_given_to_who_takes_it(
    program: Program, anna: PatientHead, accept: str, query: str, status: int
) -> None:
    answer = program.ask("GET", f"Patient/{anna.link_id}/$summary{query}", Accept=accept)
    assert answer.status_code == status


def test_a_token_that_asks_too_often_is_told_when_it_may_again_and_others_are_not_slowed(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fhir_endpoint, "_pace", fhir_endpoint.Pace(most=3))
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start)
    answers = [program.ask("GET", "nothing").status_code for _ in range(4)]
    assert answers == [404, 404, 404, 429]
    slowed = program.ask("GET", "nothing")
    assert (issue(slowed)["code"], slowed.headers["retry-after"]) == ("throttled", "61")
    assert Program(token()).ask("GET", "nothing").status_code == 404
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(seconds=60))
    assert program.ask("GET", "nothing").status_code == 404


def test_what_goes_wrong_says_nothing_of_anybody_neither_in_the_answer_nor_in_the_log(
    program: Program, anna: PatientHead, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise ValueError(f"{anna.family_name} has pain 7")

    monkeypatch.setattr(fhir_summary, "_made", broken)
    with caplog.at_level(logging.DEBUG):
        answer = program.summary(anna.record_number)
    found = issue(answer)
    assert (answer.status_code, found["code"]) == (500, "exception")
    assert anna.family_name not in answer.text + caplog.text
    assert "ValueError" in caplog.text
    assert found["diagnostics"].rstrip(".").split()[-1] in caplog.text


def test_what_it_can_do_is_told_without_a_token_and_holds_for_r4(clinic: Engine) -> None:
    answer = Program().ask("GET", "metadata")
    assert answer.status_code == 200
    CapabilityStatement.model_validate(answer.json())
    assert answer.json()["fhirVersion"] == "4.0.1"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_interface_is_not_there_unless_it_was_asked_for() -> None:
    assert not any(getattr(route, "path", "").startswith("/fhir") for route in server.app._user_routes)
    wanted = {value: settings.fhir_wanted({"FLAREBOARD_FHIR": value}) for value in ("", "0", "true", "1", " 1 ")}
    assert [value for value, on in wanted.items() if on] == ["1", " 1 "]
    assert not settings.fhir_wanted({})


def test_the_real_server_answers_a_program_over_http(
    clinic: Engine, anna: PatientHead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLAREBOARD_FHIR", "1")
    headers = {"Authorization": f"Bearer {token()}", **JSON}
    with running(clinic.url.render_as_string(hide_password=False), tmp_path / "server.log") as served:
        address = f"{served.url}/fhir/Patient/$summary"
        answer = httpx.post(address, content=asked(anna.record_number), headers=headers, timeout=60)
        refused = httpx.post(address, content=asked(anna.record_number), headers=JSON, timeout=60)
        empty = httpx.head(f"{served.url}/fhir/metadata", timeout=60)
    assert answer.status_code == 200
    assert answer.json()["entry"][0]["resource"]["title"] == "Patient summary"
    assert answer.headers["cache-control"] == "no-store"
    assert (refused.status_code, issue(refused)["code"]) == (401, "login")
    assert (empty.status_code, empty.content) == (200, b"")
    assert anna.record_number not in served.log.read_text()


def test_only_the_fingerprint_of_a_token_is_kept(clinic: Engine) -> None:
    secret = token()
    with reading(clinic) as conn:
        rows = [str(value) for row in conn.execute(sa.select(access_tokens)) for value in row]
        events = audit.listed(conn, 0)
    assert not any(secret in value or secret.removeprefix("fb_") in value for value in rows)
    assert not any(secret in f"{event.resource}{event.detail}" for event in events)
    assert "create access token" in [event.action for event in events]


def test_a_number_too_long_for_anybody_is_on_record_as_every_other_attempt(clinic: Engine) -> None:
    program = Program(token())
    before = refusals(clinic)
    assert program.summary("9" * 65).status_code == 404
    assert refusals(clinic) == before + 1


def test_guessing_tokens_is_slowed_by_address(clinic: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_endpoint, "_wrong", fhir_endpoint.Pace(most=2))
    right = token()
    assert [Program("wrong").ask("GET", "Patient/x/$summary").status_code for _ in range(3)] == [401, 401, 429]
    answer = Program(right).ask("GET", "Patient/x/$summary")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 61


def refusals(engine: Engine) -> int:
    with reading(engine) as conn:
        e = audit_events.c
        return conn.execute(sa.select(sa.func.count()).where(e.action == "refused")).scalar_one()
