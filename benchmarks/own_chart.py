"""The Summary's own timeline of each period, taken out of the application: the size of the floor's one chart."""

import json
import os
from pathlib import Path
from typing import Any

from benchmarks.databases import FOLDER
from dashboard import clock
from dashboard.charts import timeline
from dashboard.periods import Chosen, resolve
from dashboard.services import patients, sign_in, summary
from data_access.engine import connect_engine, reading
from data_access.patients import find_by_record

PERIODS = {"Since last visit": "visit", "4 weeks": "4w", "3 months": "3m", "1 year": "1y", "All": "all"}
FILE = FOLDER / "charts.json"


def write(url: str, record_number: str) -> Path:
    """The file with one figure per period, as the application sends them."""
    os.environ["FLAREBOARD_DATABASE_URL"] = url
    as_of, viewer = clock.today(), sign_in.viewer_of(1)
    with reading(connect_engine(url)) as conn:
        head = find_by_record(conn, record_number)
    if viewer is None or head is None:
        raise LookupError("the benchmark database has no such person")
    logged = patients.calendar(viewer, head, as_of=as_of)
    figures: dict[str, Any] = {}
    for name, choice in PERIODS.items():
        periods = resolve(Chosen(choice), last_visit=logged.last_visit, first_day=logged.first_day, as_of=as_of)
        figures[name] = timeline.figure(summary.view(viewer, head, periods, as_of=as_of).timeline, dark=False)
    FILE.write_text(json.dumps(figures), "utf-8")
    return FILE
