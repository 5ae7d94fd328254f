"""The demonstration's sign-in: kept over a reload, ended everywhere at once."""

from datetime import timedelta

from dashboard.demo_sessions import LASTS, TICKET_LASTS, DemoSessions
from tests.conftest import NOW


def test_a_ticket_is_changed_for_the_key_once() -> None:
    sessions = DemoSessions()
    key, ticket = sessions.begin(3, NOW)
    assert sessions.is_waiting(ticket, NOW)
    assert sessions.redeem(ticket, NOW) == key
    assert sessions.redeem(ticket, NOW) is None
    assert not sessions.is_waiting(ticket, NOW)


def test_a_late_or_invented_ticket_is_worth_nothing() -> None:
    sessions = DemoSessions()
    _, ticket = sessions.begin(3, NOW)
    assert sessions.redeem(ticket, NOW + TICKET_LASTS) is None
    assert sessions.redeem("invented", NOW) is None


def test_signing_out_ends_it_for_every_tab_and_time_ends_it_too() -> None:
    sessions = DemoSessions()
    key, _ = sessions.begin(3, NOW)
    assert sessions.user(key, NOW + LASTS - timedelta(seconds=1)) == 3
    assert sessions.user(key, NOW + LASTS) is None
    sessions.end(key)
    assert sessions.user(key, NOW) is None
    assert sessions.user("invented", NOW) is None


def test_two_sign_ins_share_nothing() -> None:
    sessions = DemoSessions()
    one, other = sessions.begin(1, NOW), sessions.begin(2, NOW)
    assert len({*one, *other}) == 4
    sessions.end(one[0])
    assert sessions.user(other[0], NOW) == 2
