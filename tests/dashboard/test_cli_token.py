"""`flareboard token`: made and shown once, listed without its secret, taken back."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dashboard import cli, clock
from dashboard.services import tokens
from data_access import access, audit
from data_access.engine import reading, writing


@pytest.fixture
def clinic(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", demo_copy.url.render_as_string(hide_password=False))
    return demo_copy


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code of `flareboard token`, what it printed, and what it complained of."""
    code = cli.main(["token", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def create(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    code, out, _ = run(capsys, "create", "--user", "Dr Ada Invented", "--label", "GP system", *words)
    assert code == 0
    return out.splitlines()[1]


def test_a_token_is_shown_once_and_acts_for_its_person_until_it_is_taken_back(
    clinic: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = create(capsys, "--days", "2")
    bearer = tokens.bearer(secret, now=clock.now())
    assert bearer is not None
    assert (bearer.token_id, bearer.viewer.name, bearer.viewer.role) == (1, "Dr Ada Invented", "clinician")
    assert tokens.bearer(secret, now=clock.now() + timedelta(days=2)) is None
    _, listed, _ = run(capsys, "list")
    assert "1: Dr Ada Invented: GP system: until" in listed
    assert "holds" in listed
    assert secret not in listed
    assert run(capsys, "revoke", "1")[0] == 0
    assert tokens.bearer(secret, now=clock.now()) is None
    (row,) = json.loads(run(capsys, "list", "--json")[1])
    assert (row["token"], row["user"], row["label"], row["standing"]) == (1, "Dr Ada Invented", "GP system", "revoked")
    with reading(clinic) as conn:
        acts = [event.action for event in audit.listed(conn, 0)]
    assert {"create access token", "revoke access token"} <= set(acts)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("create", "--user", "Nobody", "--label", "x"), "Nobody active has that name"),
        (("create", "--user", "Twin Invented", "--label", "x"), "Several people have that name"),
        (("create", "--user", "Gone Invented", "--label", "x"), "Nobody active has that name"),
        (("create", "--user", "1", "--label", " "), "The label or the days are not possible"),
        (("create", "--user", "1", "--label", "x" * 121), "The label or the days are not possible"),
        (("revoke", "99"), "no token of that number"),
    ],
)
def test_what_is_not_certain_makes_no_token(
    clinic: Engine, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    with writing(clinic) as conn:
        for _ in range(2):
            access.add_user(conn, "Twin Invented", "clinician")
    code, out, complaint = run(capsys, *words)
    assert (code, out) == (2, "")
    assert why in complaint
    assert run(capsys, "list")[1] == "No token was ever made.\n"


def test_a_token_is_taken_back_only_once(clinic: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    create(capsys)
    assert run(capsys, "revoke", "1")[0] == 0
    assert run(capsys, "revoke", "1")[0] == 2


@pytest.mark.parametrize("days", ["0", "367", "-1", "many"])
def test_a_token_holds_for_a_year_at_most(clinic: Engine, capsys: pytest.CaptureFixture[str], days: str) -> None:
    with pytest.raises(SystemExit):
        run(capsys, "create", "--user", "1", "--label", "x", "--days", days)
