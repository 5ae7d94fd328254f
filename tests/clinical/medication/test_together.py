"""What counts as together beyond one day of the log: worn patches, doses across midnight, long-acting lines."""

import pytest

from clinical.medication import Review
from tests.clinical.medication.made_up import Taken, ago, checks, log, prescribed, reviewed


def taken(*doses: Taken, route: str = "oral") -> Review:
    return reviewed(doses=log(*doses, route=route))


@pytest.mark.parametrize(
    ("patch", "unit", "on", "together"),
    [
        ("fentanyl patch", "ug/h", 2, True),
        ("fentanyl", "ug/h", 2, True),
        ("fentanyl 50 microgram/hour patch", "{patch}", 3, True),
        ("fentanyl patch", "ug/h", 4, True),
        ("fentanyl patch", "ug/h", 5, False),
        ("fentanyl patch", "ug/h", 0, False),
        ("buprenorphine patch", "ug/h", 8, True),
        ("buprenorphine patch", "ug/h", 9, False),
        ("lidocaine patch", "{patch}", 2, False),
    ],
)
def test_a_worn_patch_counts_on_every_day_it_is_worn(patch: str, unit: str, on: int, together: bool) -> None:
    doses = log((on, patch, 50, unit, ""), (1, "diazepam", 5, "mg", ""), route="")
    found = checks(reviewed(doses=doses))
    assert ("opioid_sedative" in found) == together
    if together:
        assert found["opioid_sedative"].latest_day == ago(1)
        assert "worn on" in found["opioid_sedative"].statement


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [("23:50", "00:10", True), ("08:00", "07:59", True), ("08:00", "08:00", False), ("08:00", "20:00", False)],
)
def test_doses_of_neighbouring_days_are_together_within_24_hours(first: str, second: str, together: bool) -> None:
    for one, other in (("oxycodone", "diazepam"), ("diazepam", "oxycodone")):
        found = taken((2, one, 5, "mg", first), (1, other, 5, "mg", second))
        assert ("opioid_sedative" in checks(found)) == together
        if together:
            prompt = checks(found)["opioid_sedative"]
            assert (prompt.medicines, prompt.latest_day, prompt.days_logged) == (("diazepam", "oxycodone"), ago(1), 2)
            assert {row.medicine for row in prompt.inputs} == {"diazepam", "oxycodone"}


def test_neighbouring_days_without_a_time_are_not_put_together_and_it_is_said() -> None:
    found = taken((2, "oxycodone", 5, "mg", "23:50"), (1, "diazepam", 5, "mg", ""))
    assert "opioid_sedative" not in checks(found)
    (said,) = (each for each in found.not_checked if each.check == "opioid_sedative")
    assert said.medicine == "diazepam, oxycodone"
    assert "only doses of one day" in said.why


def test_two_serotonergic_medicines_across_midnight_are_together_two_nsaids_only_on_one_day() -> None:
    assert "serotonergic" in checks(taken((2, "tramadol", 50, "mg", "23:00"), (1, "sertraline", 50, "mg", "06:00")))
    apart = taken((2, "ibuprofen", 400, "mg", "23:00"), (1, "naproxen", 250, "mg", "06:00"))
    assert "nsaid_duplication" not in checks(apart)


def test_a_short_acting_line_does_not_hide_a_long_acting_opioid() -> None:
    names = ("Oxycodone ER 10 mg", "Oxycodone 5 mg tablet", "Morphine ER 10 mg")
    found = checks(reviewed(*(prescribed(name, 1, "{tablet}") for name in names)))["same_class"]
    assert found.medicines == ("morphine", "oxycodone")
    assert "Both are long-acting opioids." in found.statement
    assert "same_class" in checks(reviewed(prescribed("Zomorph", 30), prescribed("Longtec", 10)))
    short = (prescribed("Oxycodone 5 mg tablet", 1, "{tablet}"), prescribed("Morphine ER 10 mg", 1, "{tablet}"))
    assert "same_class" not in checks(reviewed(*short))
