"""`python -m benchmarks.medication`: all medication checks of ten years, 20 medicines and 40,000 doses on one core."""

import os
import platform
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import numpy as np

from benchmarks.figures import Figure, table
from clinical.medication import Condition, DoseTable, Person, Review, review
from clinical.record import Medicine

REPORT = Path(__file__).parent / "results" / "medication.md"
TIMES = int(os.environ.get("BENCH_TIMES", "20"))
AS_OF = date(2026, 11, 22)
YEARS, DOSES, MOST = 10, 40_000, 100.0
MEDICINES: tuple[tuple[str, str, float, str, str], ...] = (
    ("paracetamol", "N02BE01", 1000, "mg", "up to four times a day"),
    ("codeine 30 mg + paracetamol 500 mg", "N02AJ06", 2, "{tablet}", "up to 4 times a day"),
    ("tramadol", "N02AX02", 50, "mg", "up to four times a day"),
    ("12 HR Oxycodone Hydrochloride 10 MG Extended Release Oral Tablet", "", 1, "{tablet}", "twice a day"),
    ("fentanyl", "N02AB03", 25, "ug/h", "every 72 hours"),
    ("ibuprofen", "M01AE01", 400, "mg", "up to three times a day, with food"),
    ("naproxen", "M01AE02", 500, "mg", "twice a day"),
    ("diclofenac gel", "M02AA15", 2, "g", "up to four times a day"),
    ("aspirin", "N02BA01", 300, "mg", "once a day"),
    ("duloxetine", "N06AX21", 60, "mg", "once in the morning"),
    ("amitriptyline", "N06AA09", 25, "mg", "once at night"),
    ("sertraline", "N06AB06", 100, "mg", "once in the morning"),
    ("citalopram", "N06AB04", 40, "mg", "once in the morning"),
    ("pregabalin", "N02BF02", 150, "mg", "twice a day"),
    ("gabapentin", "N02BF01", 600, "mg", "three times a day"),
    ("zopiclone", "N05CF01", 7.5, "mg", "at night, not every night"),
    ("diazepam", "N05BA01", 5, "mg", "once at night"),
    ("cyclobenzaprine", "M03BX08", 10, "mg", "once at night"),
    ("sumatriptan", "N02CC01", 50, "mg", "at the start of a migraine"),
    ("a herbal mixture", "", 1, "{cup}", "twice a day"),
)


def route_of(name: str) -> str:
    """How that medicine is given."""
    return {"fentanyl": "transdermal", "diclofenac gel": "topical"}.get(name, "oral")


def listed() -> tuple[Medicine, ...]:
    """The list: 20 medicines of all years."""
    return tuple(
        Medicine(name, AS_OF - timedelta(days=3600 - 100 * n), None, n % 3 == 0, dose, unit, atc, route=route_of(name),
                 frequency=frequency, medication_id=n)
        for n, (name, atc, dose, unit, frequency) in enumerate(MEDICINES)
    )  # fmt: skip


def logged(seed: int) -> DoseTable:
    """The log: doses on every day of ten years, one in ten without a time, one in fifty without a dose."""
    random = np.random.default_rng(seed)
    place = random.integers(len(MEDICINES), size=DOSES)
    day = np.sort(random.integers(365 * YEARS, size=DOSES))
    dose = np.array([row[2] for row in MEDICINES], np.float32)[place]
    dose[random.random(DOSES) < 0.02] = np.nan
    return DoseTable(
        day=np.datetime64(AS_OF) - (365 * YEARS - 1) + day,
        medicine=np.array([row[0] for row in MEDICINES], object)[place],
        dose=dose,
        unit=np.array([row[3] for row in MEDICINES], object)[place],
        as_needed=random.random(DOSES) < 0.5,
        taken=random.random(DOSES) < 0.95,
        route=np.array([route_of(row[0]) for row in MEDICINES], object)[place],
        minute=np.where(random.random(DOSES) < 0.1, -1, random.integers(1440, size=DOSES)),
    )


PERSON = Person(date(1955, 10, 23), "female", 48.0, (Condition("Fibromyalgia", "203082005", date(2013, 4, 5)),))


def checked(doses: DoseTable) -> Review:
    """All checks."""
    return review(listed(), doses, PERSON, AS_OF)


def measure() -> Figure:
    """Milliseconds of one core."""
    tables = [logged(seed) for seed in range(3)]
    checked(tables[0])  # tables of the definitions are read once
    times = []
    for number in range(TIMES):
        started = process_time()
        checked(tables[number % len(tables)])
        times.append(1000 * (process_time() - started))
    p95 = float(np.percentile(times, 95))
    name = "All medication checks, ten years, 20 medicines, 40,000 doses"
    return Figure(name, "ms of one core", tuple(times), f"p95 <= {MOST:g}", p95 <= MOST)


def main() -> None:
    """Measure and write the report."""
    found = checked(logged(0))
    text = "\n".join(
        [
            "# Medication checks",
            "",
            f"`python -m benchmarks.medication`, python {platform.python_version()}, {os.cpu_count()} cores, "
            f"{platform.machine()}. Invented doses; {len(found.prompts)} prompts and {len(found.not_checked)} things "
            "not checked in the first of them.",
            "",
            table([measure()]),
            "",
        ]
    )
    REPORT.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
