"""MME a day: thresholds, patches day by day, and sums that are at least; taken and on the list, each by itself."""

import pytest

from clinical.medication import Review
from clinical.record import Medicine
from tests.clinical.medication.made_up import TODAY, Taken, ago, checks, log, prescribed, reviewed
from tests.clinical.medication.test_amounts import last


def mme(*taken: Taken, route: str = "oral") -> Review:
    return reviewed(doses=log(*taken, route=route))


@pytest.mark.parametrize(
    ("mg", "check", "level", "guideline"),
    [
        (49, None, "", ""),
        (50, "mme_50", "info", "CDC 2022"),
        (89, "mme_50", "info", "CDC 2022"),
        (90, "mme_90", "high", "2016"),
        (120, "mme_90", "high", "2016"),
        (121, "mme_120", "high", "Opioids Aware"),
    ],
)
def test_each_threshold_goes_under_its_own_name(mg: float, check: str | None, level: str, guideline: str) -> None:
    found = {
        name: prompt for name, prompt in checks(mme((1, "morphine", mg, "mg", ""))).items() if name.startswith("mme")
    }
    assert set(found) == ({check} if check else set())
    if check:
        assert found[check].level == level
        assert guideline in found[check].guideline
        assert "must not be used to choose a dose" in found[check].basis


def test_mme_taken_and_prescribed_are_two_statements_each_with_its_factors() -> None:
    found = reviewed(
        prescribed("tramadol", 100, frequency="up to four times a day"), doses=log((1, "morphine", 60, "mg", ""))
    )
    assert (found.mme.prescribed.value, last(found.mme.taken, 1)) == (80, 60)
    assert found.mme.latest_day == ago(1)
    assert found.mme.latest is not None
    assert found.mme.latest.value == 60
    both = checks(found)
    assert "400 mg tramadol x 0.2 = 80 MME" in both["mme_50_listed"].statement
    assert both["mme_50"].inputs[0].note == "60 mg morphine x 1 = 60 MME"


def test_a_prescription_renewed_many_times_counts_once_and_an_average_is_called_one() -> None:
    same = [prescribed("oxycodone", 20, frequency="twice a day", start=ago(days)) for days in (300, 200, 100)]
    found = reviewed(*same)
    assert found.mme.prescribed.value == 60
    assert found.on_list[0].copies == 3
    sparse = checks(reviewed(prescribed("oxycodone", 60, frequency="2 times every 3 days")))["mme_50_listed"]
    assert "An average over days" in sparse.statement


def test_as_needed_without_a_count_and_a_wording_that_contradicts_the_dose_cannot_be_computed() -> None:
    for line in (
        prescribed("tramadol", 50, frequency="", as_needed=True),
        prescribed("tramadol", 50, frequency="when needed", as_needed=True),
        prescribed("tramadol 50 mg", 1, "{tablet}", "Take 2 tablets twice a day"),
    ):
        found = reviewed(line)
        assert found.mme.prescribed.value is None
        assert any(each.check == "mme" and "how often" in each.why for each in found.not_checked)


def patches(*taken: tuple[int, float, str]) -> Review:
    return mme(*((day, "fentanyl", rate, "ug/h", at) for day, rate, at in taken), route="transdermal")


def test_a_patch_counts_from_the_day_it_is_put_on_until_it_is_due() -> None:
    found = patches((5, 25, "08:00"))
    assert [last(found.mme.taken, days) for days in (6, 5, 4, 3, 2, 1)] == [None, 60, 60, 60, 60, None]
    assert checks(found)["mme_50"].days_logged == 4
    changed_when_due = patches((6, 25, "10:00"), (3, 25, "09:00"))
    assert (changed_when_due.mme.taken.value == 60).all()
    assert changed_when_due.mme.taken.complete.all()
    assert last(patches((5, 25, "00:00")).mme.taken, 2) is None


def test_the_same_patch_logged_twice_may_be_two() -> None:
    found = patches((5, 25, "08:00"), (5, 25, "20:00"))
    assert (found.mme.taken.value == 60).all()
    assert (found.mme.taken.up_to[:3] == 120).all()
    assert not found.mme.taken.complete[:3].any()
    assert "at least 60 MME (120 with every patch" in checks(found)["mme_90"].statement
    assert any("how many patches" in each.why for each in found.not_checked)


def test_a_new_patch_may_come_beside_the_old_one_and_no_prompt_is_missed() -> None:
    found = patches((1, 25, ""), (0, 50, ""))
    assert (last(found.mme.taken), found.mme.taken.up_to[-1], found.mme.taken.complete[-1]) == (120, 180, False)
    assert found.mme.latest is not None
    assert (found.mme.latest.value, found.mme.latest.at_least, found.mme.latest.up_to) == (None, 120, 180)
    assert "UK" in checks(found)["mme_120"].statement
    changed = mme((5, "fentanyl", 25, "ug/h", ""), (3, "fentanyl", 50, "ug/h", ""), route="transdermal")
    assert last(changed.mme.taken, 3) == 120


@pytest.mark.parametrize(
    ("patch", "days"),
    [
        (("Butrans 20 patch", 1.0, "patch"), 3),
        (("Butrans 20 patch", 1.0, "patch"), 7),
        (("fentanyl patch", 1.0, "patch"), 1),
    ],
)
def test_every_day_a_patch_may_be_worn_that_cannot_be_counted_is_at_least(
    patch: tuple[str, float, str], days: int
) -> None:
    found = mme(
        (days, *patch, "08:00"), (0, "morphine", 60, "mg", "08:00"), (days + 1, "morphine", 60, "mg", ""), route=""
    )
    listed = reviewed(prescribed("morphine"), doses=log((days, *patch, ""), (0, "morphine", 60, "mg", ""), route=""))
    for each in (found, listed):
        assert last(each.mme.taken) == 60
        assert not each.mme.taken.complete[-days - 1 :].any()
        assert each.mme.latest is not None
        assert each.mme.latest.value is None
        assert patch[0] in each.mme.latest.names


def test_a_sum_beside_what_nobody_recognised_is_at_least() -> None:
    found = reviewed(
        prescribed("tramadol", 100, frequency="four times a day"),
        Medicine("wonder pills", ago(9)),
        doses=log((1, "tramadol", 300, "mg", ""), (1, "wonder drops", 1, "mL", "")),
    )
    assert "at least 80 MME" in checks(found)["mme_50_listed"].statement
    assert "at least 60 MME" in checks(found)["mme_50"].statement


def test_what_sounds_like_an_opioid_and_is_not_recognised_is_never_left_out() -> None:
    lines = (prescribed("tramadol", 50, frequency="four times a day"), Medicine("opium tincture", ago(9)))
    doses = log((1, "tramadol", 200, "mg", ""), (1, "Codeinum phosphoricum", 1, "mL", ""))
    found = reviewed(*lines, doses=doses)
    assert (found.mme.prescribed.value, found.mme.prescribed.at_least) == (None, 40)
    assert found.mme.prescribed.names == ("opium tincture",)
    assert (last(found.mme.taken, 1), bool(found.mme.taken.complete[-1])) == (40, False)
    named = {each.medicine for each in found.not_checked if each.check == "mme"}
    assert named == {"opium tincture", "Codeinum phosphoricum"}


def test_a_patch_on_the_list_is_no_average() -> None:
    line = prescribed("fentanyl", 25, "ug/h", "every 3 days", route="transdermal")
    assert "average" not in checks(reviewed(line))["mme_50_listed"].statement


def test_a_missing_route_of_a_dose_is_that_of_its_line_and_else_not_known() -> None:
    taken = ((1, "morphine", 60.0, "mg", ""),)
    listed = reviewed(prescribed("Morphine", 30), doses=log(*taken, route=""))
    assert listed.mme.taken.complete.all()
    bare = reviewed(doses=log(*taken, route=""))
    assert not bare.mme.taken.complete.any()
    assert "at least 60 MME" in checks(bare)["mme_50"].statement


def test_medicines_nobody_recognises_are_listed_and_doses_of_tomorrow_do_not_count() -> None:
    found = reviewed(
        Medicine("wonder pills", ago(9)), doses=log((2, "Grandma's drops", 1, "mL", ""), (-1, "morphine", 99, "mg", ""))
    )
    assert found.unrecognised == ("wonder pills", "Grandma's drops")
    assert len(found.mme.taken) == 0
    assert found.as_of == TODAY
