"""Days a month on which analgesics were taken, beside the counts of headache medicine: an analogue, not a diagnosis."""

from dataclasses import dataclass

import numpy as np

from clinical.medication.limits import whole
from clinical.medication.log import Kind, Log
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


def analgesic_days(log: Log) -> tuple[AnalgesicDays, ...]:
    """A count for each group of which anything was taken in the last four months of 28 days."""
    found = (_of_group(log, row) for row in _GROUPS)
    return tuple(each for each in found if any(each.months))


def _of_group(log: Log, row: Row) -> AnalgesicDays:
    wanted = [_belongs(kind, row) for kind in log.kinds]
    month, today = whole("month_days"), log.since(1)
    back = (today - log.days(wanted)) // month
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


def _belongs(kind: Kind, row: Row) -> bool:
    if kind.drug is None:
        return False
    classes = row["classes"].split("|")
    combination = row["combinations"] == "yes" and len(kind.drug.parts) > 1 and kind.drug.of("paracetamol")
    return combination or any(kind.drug.of(each) for each in classes)
