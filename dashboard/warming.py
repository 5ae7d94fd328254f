"""What the first visitor would otherwise wait for: modules to import, statements to compile. Nobody is looked at."""

import importlib
import pkgutil

import plotly.graph_objects
import plotly.io
from sqlalchemy import Engine

from dashboard import components, presenters
from dashboard.services import diaries, history
from data_access import access, caseload, dose_table, notes, patients, relief
from data_access import engine as database
from data_access.caseload import CaseloadScope
from data_access.patients import PatientHead

_LIBRARIES = ("pandas", "plotly.offline", "plotly.tools")
_NOBODY = PatientHead(0, "", "", "", "", None, "unknown", None, synthetic=True, data_version=0)


def import_everything() -> None:
    """Import what the pages import, and the libraries that they or Streamlit import on first use."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    for package in (components, presenters):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    plotly.io.to_json(plotly.graph_objects.Figure())  # its parts are imported on first use


def compile_statements(engine: Engine) -> None:
    """Ask what the pages ask on every run, about nobody: SQLAlchemy keeps the compiled statements of an engine."""
    with database.reading(engine) as conn:
        access.user(conn, 0)
        patients.head(conn, 0)
        patients.find_by_link(conn, "")
        for teams in (None, frozenset({0})):
            patients.search(conn, "a", teams)
            caseload.page(conn, CaseloadScope(0, teams))
        patients.care_team(conn, 0)
        caseload.reasons(conn, 0)
        notes.draft(conn, 0, 0)
        history.load(conn, _NOBODY)
        diaries.load(conn, _NOBODY)
        diaries.doses(conn, _NOBODY)
        dose_table.logged(conn, 0)
        relief.logged(conn, 0)
