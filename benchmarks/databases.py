"""The databases that are measured: made once with fixed seeds, kept in `var/bench/`, made anew each day."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from benchmarks import planned_notes
from benchmarks.served import ROOT
from data_access import demo
from data_access.engine import connect_engine, migrate, reading

FOLDER = ROOT / "var" / "bench"
LARGE_PATIENTS, LARGE_DAYS = 10_000, 70


def clinic(today: date) -> str:
    """The URL of the default demo clinic of 40, one patient of ten years among them."""
    return _made(f"clinic_{today}", 40, None, today)


def large(today: date) -> str:
    """The URL of a clinic of 10,000."""
    return _made(f"large_{today}", LARGE_PATIENTS, LARGE_DAYS, today)


def planned(today: date) -> str:
    """The URL of the default demo clinic whose patient of ten years has 500 notes and 200 actions."""
    source = clinic(today)
    record, _ = longest(source)
    path = FOLDER / f"planned_{today}.db"
    for old in FOLDER.glob("planned_*"):
        old.unlink()
    with closing(sqlite3.connect(path_of(source))) as there, closing(sqlite3.connect(path)) as copy:
        there.backup(copy)
    planned_notes.add(f"sqlite:///{path}", record, today)
    return f"sqlite:///{path}"


def _made(name: str, patients: int, days: int | None, today: date) -> str:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.db"
    if not path.exists():
        making = path.with_suffix(".making")
        for old in FOLDER.glob(f"{name.rsplit('_', 1)[0]}_*"):
            old.unlink()
        engine = connect_engine(f"sqlite:///{making}")
        migrate(engine)
        demo.fill(engine, patients=patients, days=days, seed=1, end=today, now=datetime.now(UTC))
        engine.dispose()
        making.rename(path)
    migrate(connect_engine(f"sqlite:///{path}"))  # made earlier today, by a version before
    return f"sqlite:///{path}"


def longest(url: str) -> tuple[str, str]:
    """Record number and family name of the patient with the most logged days."""
    with reading(connect_engine(url)) as conn:
        row = conn.execute(
            sa.text(
                "SELECT p.record_number, p.family_name FROM patients p JOIN patient_days d USING (patient_id)"
                " GROUP BY p.patient_id ORDER BY count(*) DESC LIMIT 1"
            )
        ).one()
    return str(row[0]), str(row[1])


def path_of(url: str) -> Path:
    """The file behind a SQLite URL."""
    return Path(url.removeprefix("sqlite:///"))
