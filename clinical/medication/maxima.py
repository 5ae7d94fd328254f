"""NSAIDs against their usual daily maxima (unconfirmed, warning only), taken and on the list apart."""

from collections.abc import Iterator

import numpy as np

from clinical.medication.doses import DailySeries
from clinical.medication.drugs import Part
from clinical.medication.facts import Facts, prescribed
from clinical.medication.limits import LIMITS, source, value, whole
from clinical.medication.listing import whose
from clinical.medication.log import Floats, Ints, Kind, day_of
from clinical.medication.making import Days, Rule, made, while_listed
from clinical.medication.paracetamol import SLACK
from clinical.medication.person import recorded
from clinical.medication.prompts import Input, Level, NotChecked, Prompt
from clinical.medication.series import Share, Sharing, amounts, by_day, held, missing
from clinical.medication.uses import rows_behind

NSAIDS = ("ibuprofen", "naproxen", "diclofenac", "celecoxib", "etoricoxib", "meloxicam", "indometacin", "ketorolac")
CHECK = "nsaid_max"


def maxima(facts: Facts) -> tuple[list[Prompt], list[NotChecked]]:
    """A prompt for each NSAID above its usual maximum, and what could not be counted."""
    prompts: list[Prompt] = []
    unknown: list[NotChecked] = []
    for name in NSAIDS:
        series = by_day(facts.log, amounts(facts.log, _systemic(name)), "mg")
        prompts += _taken(facts, name, series)
        prompts += _listed(facts, name)
        unknown += [NotChecked(CHECK, who, f"taken: {why}") for who, why in missing(facts.log, _systemic(name))]
        listed = prescribed(facts.listed, name)
        unknown += [NotChecked(CHECK, who, f"on the list: {why}") for who, why in listed.unknown]
    prompts += _long_ketorolac(facts)
    return prompts, unknown


def _systemic(name: str) -> Sharing:
    """Milligrams of that NSAID in each dose that works in the whole body."""
    share = held(name)

    def systemic(kind: Kind) -> Share | None:
        part: Part | None = kind.drug.part(name) if kind.drug is not None else None
        return share(kind) if part is not None and part.of("nsaid") else None

    return systemic


def _limit(facts: Facts, name: str) -> str:
    """The limit that concerns this person."""
    if name == "etoricoxib" and recorded(facts.person, "osteoarthritis"):
        return "etoricoxib_osteoarthritis_mg"
    return f"{name}_mg"


def _rule(name: str, limit: str, *, on_list: bool = False) -> Rule:
    level: Level = "info" if limit == "ibuprofen_otc_mg" else "medium"
    where = " on the list" if on_list else ""
    check = f"{CHECK}_listed" if on_list else CHECK
    title = f"{name.capitalize()}{where} above the usual {LIMITS[limit].value:g} mg a day"
    return Rule(check, level, title, f"{source(limit)}. A warning only", LIMITS[limit].evidence, "General knowledge")


def _taken(facts: Facts, name: str, series: DailySeries) -> Iterator[Prompt]:
    limit = _limit(facts, name)
    found = _over(facts, series, _limits_by_day(name, series, value(limit)))
    if not len(found) and name == "ibuprofen":
        limit = "ibuprofen_otc_mg"
        found = _over(facts, series, np.full(len(series), value(limit)))
        if _ordered(facts, name):
            return
    if not len(found):
        return
    worst = int(found[np.argmax(series.value[found])])
    days = series.day[found].astype(np.int64)
    at_least = "" if series.complete[worst] else " at least"
    statement = (
        f"Taken:{at_least} {series.value[worst]:g} mg of {name} on the highest day; above the usual maximum on "
        f"{len(found)} of the last {whole('window_days')} days. Review."
    )
    when = Days(day_of(days[0]), day_of(days[-1]), len(found), day_of(days[-1]))
    yield made(_rule(name, limit), statement, [name], _inputs(facts, name, int(days[found == worst][0])), when)


def _ordered(facts: Facts, name: str) -> bool:
    """Whether it is prescribed: what the person reports may have been bought."""
    return any(line.medicine.kind == "prescribed" for line in prescribed(facts.listed, name).lines)


def _limits_by_day(name: str, series: DailySeries, limit: float) -> Floats:
    """The limit of each day; naproxen has a higher one on the first day of a course, after a week without any."""
    limits = np.full(len(series), limit)
    if name == "naproxen":
        first = np.diff(series.day.astype(np.int64), prepend=-whole("naproxen_course_days")) > whole(
            "naproxen_course_days"
        )
        limits[first] = value("naproxen_first_day_mg")
    return limits


def _over(facts: Facts, series: DailySeries, limits: Floats) -> Ints:
    recent = series.day.astype(np.int64) >= facts.log.since(whole("window_days"))
    return np.flatnonzero(recent & (series.value > limits + SLACK)).astype(np.int64)


def _inputs(facts: Facts, name: str, day: int) -> list[Input]:
    rows = facts.log.rows([kind.of(name) for kind in facts.log.kinds])
    return [facts.log.input(int(row)) for row in rows if facts.log.day[row] == day]


def _listed(facts: Facts, name: str) -> Iterator[Prompt]:
    found, limit = prescribed(facts.listed, name), _limit(facts, name)
    if name == "ibuprofen" and found.mg <= value(limit) + SLACK and not _ordered(facts, name):
        limit = "ibuprofen_otc_mg"
    if found.mg <= value(limit) + SLACK:
        return
    said = f"On the list, {whose(found.lines)}: {found.mg:g} mg of {name} a day"
    statement = f"{said} if every line is taken as often as it says. Review."
    inputs = [line.input for line in found.lines]
    yield made(
        _rule(name, limit, on_list=True),
        statement,
        [name],
        inputs,
        while_listed(facts, found.lines),
    )


def _long_ketorolac(facts: Facts) -> Iterator[Prompt]:
    """Ketorolac on more days than its usual longest course."""
    days = facts.log.days([kind.of("ketorolac") for kind in facts.log.kinds])
    recent = days[days >= facts.log.since(whole("window_days"))]
    if len(recent) <= value("ketorolac_days"):
        return
    rule = Rule(
        "ketorolac_days", "medium", f"Ketorolac for more than {whole('ketorolac_days')} days",
        source("ketorolac_days"), LIMITS["ketorolac_days"].evidence, "General knowledge",
    )  # fmt: skip
    statement = f"Taken on {len(recent)} of the last {whole('window_days')} days. Review."
    when = Days(day_of(recent[0]), day_of(recent[-1]), len(recent), day_of(recent[-1]))
    yield made(rule, statement, ["ketorolac"], rows_behind(facts.groups["ketorolac"], facts.log), when)
