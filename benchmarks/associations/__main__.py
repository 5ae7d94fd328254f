"""`python -m benchmarks.associations`: null rate, power and speed of associations, with bounds; writes the report."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd
from scipy.stats import beta, pearsonr

from clinical.associations import find_associations, find_reverse
from clinical.daily_table import calendar_table, column, factors, later
from tests.clinical.patterned_diaries import FURTHER, patterned, with_further

REPORT = Path(__file__).parents[1] / "results" / "associations.md"
PATIENTS = int(os.environ.get("BENCH_PATIENTS", "300"))
FIRST_SEED = 700_000
"""Seeds that nothing was tuned on and no test uses."""
CARRIES = (0.4, 0.6, 0.8)
COURSES = ("flares", "step", "trend", "week", "season")
HEAD = "| diaries | carry | patients | share | 95 % interval | asked | met |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many diaries, against a bound."""

    what: str
    carry: float
    hits: int
    of: int
    at_most: float | None = None
    at_least: float | None = None

    def row(self) -> str:
        """One line of the Markdown table, with the exact interval of a share."""
        share = self.hits / self.of
        low = beta.ppf(0.025, self.hits, self.of - self.hits + 1) if self.hits else 0.0
        high = beta.ppf(0.975, self.hits + 1, self.of - self.hits) if self.hits < self.of else 1.0
        asked, met = "", ""
        if self.at_most is not None:
            asked, met = f"<= {self.at_most:.0%}", "yes" if share <= self.at_most else "**no**"
        if self.at_least is not None:
            asked, met = f">= {self.at_least:.0%}", "yes" if share >= self.at_least else "**no**"
        cells = (self.what, f"{self.carry:g}", str(self.of), f"{share:.1%}", f"{low:.1%} - {high:.1%}", asked, met)
        return "| " + " | ".join(cells) + " |"


MORE = f"{len(FURTHER)} further columns"


def further(seed: int, carry: float, **planted: float) -> pd.DataFrame:
    """A diary that also has tenderness, weather and doses by medicine, which go with nothing."""
    days = patterned(seed, carry, **planted)  # type: ignore[arg-type]
    return with_further(days, seed, carry).drop(columns="rescue_doses")


def any_claim(days: pd.DataFrame) -> bool:
    """Whether any factor got a claim."""
    return any(one.found for one in find_associations(days))


def any_reverse(days: pd.DataFrame) -> bool:
    """Whether pain is claimed to be followed by anything."""
    return any("after" in one.verdict for one in find_reverse(days))


def claimed(factor: str, lag: int) -> Callable[[pd.DataFrame], bool]:
    """Whether that factor got a claim at that lag."""
    return lambda days: any(a.found and (a.factor, a.lag_days) == (factor, lag) for a in find_associations(days))


def shuffled(days: pd.DataFrame) -> bool:
    """What a test that shuffles days would claim: any correlation at any lag with p < 0.05 (here in closed form)."""
    table = calendar_table(days)
    pain = column(table, "pain")
    for name in factors(table):
        for lag in range(4):
            factor = later(column(table, name), lag)
            both = ~np.isnan(factor) & ~np.isnan(pain)
            if pearsonr(factor[both], pain[both]).pvalue < 0.05:
                return True
    return False


def share(
    what: str,
    carry: float,
    found: Callable[[pd.DataFrame], bool],
    diaries: Iterable[pd.DataFrame],
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> Share:
    """In how many diaries it was found."""
    hits = [found(days) for days in diaries]
    return Share(what, carry, sum(hits), len(hits), at_most, at_least)


def seeds(part: int, patients: int = PATIENTS) -> range:
    """The seeds of one part of the report; parts share none."""
    return range(FIRST_SEED + 10_000 * part, FIRST_SEED + 10_000 * part + patients)


def null_rates() -> list[Share]:
    """Claims in diaries of 240 days in which nothing goes with anything."""
    found = []
    for carry in CARRIES:
        diaries = [patterned(seed, carry) for seed in seeds(0)]
        found.append(share("noise: any claim", carry, any_claim, diaries, at_most=0.10))
        found.append(share("noise: any claim the other way round", carry, any_reverse, diaries, at_most=0.10))
        found.append(share("noise: any claim of a day shuffle", carry, shuffled, diaries))
        more = [further(seed, carry) for seed in seeds(7)]
        found.append(share(f"noise, {MORE}: any claim", carry, any_claim, more, at_most=0.10))
    for course in COURSES:
        diaries = [patterned(seed, 0.6, course=course) for seed in seeds(1, PATIENTS // 2)]
        found.append(share(f"noise and {course}: any claim", 0.6, any_claim, diaries))
    return found


def power() -> list[Share]:
    """Planted effects that were found, at their lag, with a fifth of the days missing."""
    found = []
    for carry in CARRIES:
        sleep = (patterned(seed, carry, sleep_effect=-0.45, missing=0.2) for seed in seeds(2))
        stress = (patterned(seed, carry, stress_effect=0.30, missing=0.2) for seed in seeds(3))
        found.append(share("-0.45 an hour of sleep", carry, claimed("sleep_hours", 0), sleep, at_least=0.90))
        found.append(share("+0.30 a point of stress", carry, claimed("stress", 1), stress, at_least=0.70))
        sleep = (further(seed, carry, sleep_effect=-0.45, missing=0.2) for seed in seeds(8))
        stress = (further(seed, carry, stress_effect=0.30, missing=0.2) for seed in seeds(9))
        what = (f"-0.45 an hour of sleep, {MORE}", f"+0.30 a point of stress, {MORE}")
        found.append(share(what[0], carry, claimed("sleep_hours", 0), sleep, at_least=0.90))
        found.append(share(what[1], carry, claimed("stress", 1), stress, at_least=0.70))
    nights = (patterned(seed, 0.6, pain_to_sleep=-0.5) for seed in seeds(4, PATIENTS // 2))
    found.append(share("pain before poor nights, claimed as sleep before pain", 0.6, any_claim, nights))
    return found


def coverage() -> str:
    """How often the 95 % interval of sleep at its lag holds the planted effect, in all diaries (claimed or not)."""
    held = []
    for seed in seeds(5, PATIENTS // 2):
        days = patterned(seed, 0.6, sleep_effect=-0.45, missing=0.2)
        found = next(a for a in find_associations(days) if a.factor == "sleep_hours")
        if found.lag_days == 0:
            held.append((found.low or 0) <= -0.45 <= (found.high or 0))
    return (
        f"The 95 % interval held the planted effect of sleep in {np.mean(held):.0%} of {len(held)} diaries (carry 0.6)."
    )


def speed() -> str:
    """Milliseconds of one core for a diary of a year with seven factors."""
    times = []
    for seed in seeds(6, 30):
        days = patterned(seed, 0.6, days=365)
        started = process_time()
        find_associations(days)
        times.append(1000 * (process_time() - started))
    return f"A year with seven factors takes {np.median(times):.0f} ms of one core (median of {len(times)})."


def main() -> None:
    """Measure and write the report."""
    rows = [each.row() for each in (*null_rates(), *power())]
    refused = all(a.verdict == "not enough days" for a in find_associations(patterned(FIRST_SEED, 0.6, days=14)))
    text = "\n".join(
        [
            "# Associations: null rate and power",
            "",
            "`python -m benchmarks.associations`. Invented diaries of 240 days with seven factors, rounded as people",
            "answer, a tenth of the days missing (a fifth where something was planted); pain and factors last from day",
            "to day (`carry`), the day-to-day sd of pain is 1.2 points. A larger sd makes planted effects harder to",
            f"find. The {MORE} are tenderness, six kinds of weather and doses of three medicines. The day",
            "shuffle is what a plain test of correlation would claim on the same diaries.",
            "",
            HEAD,
            *rows,
            "",
            coverage(),
            speed(),
            f"14 days are refused: {'yes' if refused else 'no'}.",
            "",
        ]
    )
    REPORT.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
