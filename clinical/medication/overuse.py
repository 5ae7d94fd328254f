"""Days a month on which analgesics were taken, beside the counts of headache medicine: an analogue, not a diagnosis."""

from dataclasses import dataclass

import numpy as np

from clinical.medication.amounts import NO_DOSE
from clinical.medication.facts import ANTIPLATELET
from clinical.medication.limits import value, whole
from clinical.medication.log import Ints, Kind, Log
from clinical.medication.prompts import NotChecked
from clinical.medication.series import amounts, by_day, held, missing
from clinical.reviewed import Mark, Row, cited, mark, rows


@dataclass(frozen=True, slots=True)
class AnalgesicDays:
    """Days in the last 28 on which a medicine of the group was taken, and in each of the last four such months.

    `months` latest first; `threshold` days a month of ICHD-3; `reached` in this month, `for_long` in every one of the
    months. `days_logged` days of the 28 on which any dose was logged: other days are not known.
    """

    group: str
    label: str
    days: int
    threshold: int
    months: tuple[int, ...]
    medicines: tuple[str, ...]
    days_logged: int
    caveat: str
    rule: str
    evidence: Mark

    @property
    def reached(self) -> bool:
        """Whether the days of this month reach the threshold."""
        return self.days >= self.threshold

    @property
    def for_long(self) -> bool:
        """Whether each of the months reaches it."""
        return all(days >= self.threshold for days in self.months)


_GROUPS = rows("analgesic_days")
CHECK = "analgesic_days"
_ASPIRIN = held("aspirin")


def analgesic_days(log: Log) -> tuple[AnalgesicDays, ...]:
    """A count for each group of which anything was taken in the last four months of 28 days."""
    found = (_of_group(log, row) for row in _GROUPS)
    return tuple(each for each in found if any(each.months))


def _of_group(log: Log, row: Row) -> AnalgesicDays:
    month, today = whole("month_days"), log.since(1)
    days, wanted = _days(log, row)
    back = (today - days) // month
    months = tuple(int((back == n).sum()) for n in range(whole("months_for_long")))
    recent = np.unique(log.kind[log.day >= log.since(month)]).tolist()
    return AnalgesicDays(
        group=row["group"],
        label=row["label"],
        days=months[0],
        threshold=int(row["days"]),
        months=months,
        medicines=tuple(dict.fromkeys(log.kinds[n].medicine for n in recent if wanted[n])),
        days_logged=int((log.logged >= log.since(month)).sum()),
        caveat=row["caveat"],
        rule=cited(row),
        evidence=mark(row),
    )


def _days(log: Log, row: Row) -> tuple[Ints, list[bool]]:
    """The days a medicine of the group was taken, and which ways of writing belong to it: aspirin by its amount."""
    wanted = [_belongs(kind, row) for kind in log.kinds]
    if "aspirin" not in row["classes"].split("|"):
        return log.days(wanted), wanted
    series = by_day(log, amounts(log, _ASPIRIN), "mg")
    enough = series.day[series.value >= value("aspirin_analgesic_mg")].astype(np.int64)
    aspirin = [kind.of("aspirin") for kind in log.kinds]
    taken = log.rows(aspirin)
    counted = {int(each) for each in np.unique(log.kind[taken[np.isin(log.day[taken], enough)]])}
    found = np.union1d(log.days(wanted), enough)
    return found, [one or place in counted for place, one in enumerate(wanted)]


def not_counted(log: Log) -> list[NotChecked]:
    """Aspirin of which nobody can say whether it was taken against pain or, in a small dose, against clots."""
    names = [kind.medicine for kind in log.recent_kinds if _code(kind) == ANTIPLATELET]
    why = f"in no count of analgesic days, since less than {value('aspirin_analgesic_mg'):g} mg a day is no analgesic"
    unknown = [(name, reason) for name, reason in missing(log, _ASPIRIN) if name not in names or reason != NO_DOSE]
    return [NotChecked(CHECK, name, f"{reason}: {why}") for name, reason in unknown]


def _code(kind: Kind) -> str:
    return kind.atc or (kind.drug.atc if kind.drug is not None else "")


def _belongs(kind: Kind, row: Row) -> bool:
    """Whether any dose of it counts; aspirin alone does by its amount only."""
    if kind.drug is None:
        return False
    classes = [each for each in row["classes"].split("|") if each != "aspirin"]
    combination = row["combinations"] == "yes" and len(kind.drug.parts) > 1 and kind.drug.of("paracetamol")
    return combination or any(kind.drug.of(each) for each in classes)
