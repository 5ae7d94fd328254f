"""Opens one page as a browser would find it: nobody signed in, or somebody of the invented staff."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.demo_sessions import SESSIONS
from data_access import access, patients
from data_access.access import User
from data_access.engine import reading
from data_access.patients import PatientHead
from tests.conftest import NOW

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py")
PATIENT = 20.0  # seconds for one run on a loaded machine


def person(engine: Engine, *, role: str, discipline: str | None = None) -> User:
    """The first of the invented staff with that role."""
    with reading(engine) as conn:
        return next(u for u in access.users(conn) if u.role == role and discipline in (None, u.discipline))


def head(engine: Engine, record: str) -> PatientHead:
    """The patient of that record number."""
    with reading(engine) as conn:
        found = patients.find_by_record(conn, record)
    assert found is not None
    return found


def link(engine: Engine, record: str) -> str:
    """What names that patient in an address."""
    return head(engine, record).link_id


def page(file: str, user: User | None = None, **query: str) -> AppTest:
    """The page after its first run, opened by deep link; `query` is its address's query string."""
    opened = AppTest.from_file(str(ROOT / "pages" / file), default_timeout=PATIENT)
    for name, value in query.items():
        opened.query_params[name] = value
    if user is not None:
        opened.session_state["access.key"] = SESSIONS.begin(user.user_id, NOW)[0]
    return opened.run()


def drawn(opened: AppTest, component: str) -> list[dict[str, Any]]:
    """The data that component got, once for each time it was drawn."""
    nodes = [node.proto for node in opened.get("bidi_component")]
    return [json.loads(node.json)[0] for node in nodes if node.component_name == f"flareboard.{component}"]


def charts(opened: AppTest) -> list[dict[str, Any]]:
    """The figures of the page's charts."""
    return [json.loads(node.proto.spec) for node in opened.get("plotly_chart")]


def everything_shown(opened: AppTest) -> str:
    """All text that reached the browser, component data included."""
    return str(opened.main) + "".join(str(node.proto) for node in opened.get("bidi_component")) + str(opened.sidebar)
