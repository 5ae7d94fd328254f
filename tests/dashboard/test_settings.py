"""When the server may start, and as what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import settings
from dashboard.errors import ConfigurationRefused


@pytest.fixture(autouse=True)
def no_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_sign_in_configured", lambda: False)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.10"])
def test_without_a_mode_it_is_the_demonstration_on_this_machine(host: str) -> None:
    assert settings.load({}, host=host).mode == "demo"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "clinic.example", "", "127.0.0.1.example"])  # noqa: S104
@pytest.mark.parametrize("mode", ["", "demo"])
def test_the_demonstration_never_listens_where_others_reach_it(host: str, mode: str) -> None:
    with pytest.raises(ConfigurationRefused, match="no passwords"):
        settings.load({"FLAREBOARD_MODE": mode}, host=host)


@pytest.mark.parametrize("mode", ["", "demo"])
def test_the_demonstration_does_not_start_beside_a_configured_sign_in(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "_sign_in_configured", lambda: True)
    with pytest.raises(ConfigurationRefused, match="without it"):
        settings.load({"FLAREBOARD_MODE": mode})


def test_the_clinic_is_a_mode_of_its_own() -> None:
    assert settings.load({"FLAREBOARD_MODE": "clinic"}, host="10.0.0.5").mode == "clinic"


@given(st.text().filter(lambda text: text.strip() not in ("", "demo", "clinic")))
def test_any_other_mode_is_refused(mode: str) -> None:
    with pytest.raises(ConfigurationRefused, match="neither"):
        settings.load({"FLAREBOARD_MODE": mode})


def test_the_database_is_the_named_one_or_our_own_file() -> None:
    assert settings.database_url({"FLAREBOARD_DATABASE_URL": " postgresql://h/f "}) == "postgresql://h/f"
    assert settings.database_url({}).endswith("/var/flareboard.db")
