"""Paracetamol in any 24 hours and NSAID maxima: taken and on the list, each by itself."""

from datetime import date

import pytest

from clinical.medication import Condition, DailySeries, Person
from tests.clinical.medication.made_up import Taken, ago, checks, log, prescribed, reviewed

LIGHT = Person(date(1980, 1, 1), "female", weight_kg=45.0)


def last(series: DailySeries, days: int = 0) -> float | None:
    return series.on(ago(days))


def paracetamol(*taken: tuple[int, float, str]) -> tuple[Taken, ...]:
    return tuple((days, "paracetamol", mg, "mg", at) for days, mg, at in taken)


def test_paracetamol_is_summed_over_24_hours_across_midnight() -> None:
    doses = paracetamol((2, 2000, "20:00"), (1, 1000, "06:00"), (1, 1000, "12:00"), (1, 500, "19:59"))
    found = reviewed(doses=log(*doses))
    assert last(found.paracetamol, 1) == 4500
    prompt = checks(found)["paracetamol_max"]
    assert (prompt.level, prompt.evidence, prompt.first_day, prompt.asks_for) == ("high", "V2", ago(1), ago(1))
    assert "4.5 g" in prompt.statement
    assert [row.note for row in prompt.inputs] == [
        "20:00; 2000 mg paracetamol",
        "06:00; 1000 mg paracetamol",
        "12:00; 1000 mg paracetamol",
        "19:59; 500 mg paracetamol",
    ]


def test_two_doses_24_hours_apart_are_not_in_one_24_hours_and_4_g_is_not_above_4_g() -> None:
    doses = paracetamol((1, 1000, "08:00"), (1, 1000, "14:00"), (1, 1000, "20:00"), (0, 2000, "08:00"))
    found = reviewed(doses=log(*doses))
    assert last(found.paracetamol) == 4000
    assert "paracetamol_max" not in checks(found)


def test_without_times_the_calendar_day_is_summed_and_that_is_said() -> None:
    found = reviewed(doses=log(*paracetamol((1, 2500, ""), (1, 2000, ""), (0, 4000, ""))))
    assert (last(found.paracetamol, 1), last(found.paracetamol)) == (4500, 4000)
    assert "calendar day's sum" in checks(found)["paracetamol_max"].statement
    assert not found.paracetamol.exact_times.any()


@pytest.mark.parametrize(
    ("doses", "sums", "most"),
    [
        (((1, 3000, ""), (0, 3000, "")), [3000, 3000], 6000),
        (((1, 1000, ""), (0, 4000, "09:00")), [1000, 4000], 5000),
        (((1, 3000, "20:00"), (0, 2000, "")), [3000, 2000], 5000),
    ],
)
def test_without_times_24_hours_across_two_days_are_not_checked_and_that_is_said(
    doses: tuple[tuple[int, float, str], ...], sums: list[float], most: float
) -> None:
    found = reviewed(doses=log(*paracetamol(*doses)))
    series = found.paracetamol
    assert series.value.tolist() == sums
    assert (series.up_to[-1], series.exact_times[-1]) == (most, False)
    assert "paracetamol_max" not in checks(found)
    why = [each.why for each in found.not_checked if (each.check, each.medicine) == ("paracetamol_max", "paracetamol")]
    assert len(why) == 1
    assert f"up to {most / 1000:g} g" in why[0]
    asked = checks(reviewed(doses=log(*paracetamol(*doses)), person=Person(date(1940, 1, 1))))
    assert ("paracetamol_risk" in asked) == (max(sums) > 3000)


def test_what_the_list_allows_is_held_against_the_limits_of_this_person() -> None:
    four_grams = prescribed("paracetamol", 1000, frequency="four times a day")
    person = Person(date(1940, 6, 1), weight_kg=40)
    found = checks(reviewed(four_grams, person=person))
    assert "paracetamol_max_listed" not in found
    assert "age 86" in found["paracetamol_risk_listed"].statement
    assert "Above 2.4 g" in found["paracetamol_weight_listed"].statement
    assert not set(checks(reviewed(four_grams))) & {"paracetamol_risk_listed", "paracetamol_weight_listed"}


def test_a_risk_that_is_not_on_record_either_way_is_not_checked() -> None:
    line = prescribed("paracetamol", 500)
    (why,) = (each.why for each in reviewed(line, person=LIGHT).not_checked if "liver" in each.why)
    assert "liver disease; alcohol problem; malnutrition" in why
    denied = Person(answers=dict.fromkeys(("liver_disease", "alcohol_problem", "malnutrition"), "no"))
    assert not any("alcohol" in each.why for each in reviewed(line, person=denied).not_checked)


def test_less_than_one_tablet_is_doubtful_on_the_list_and_in_the_log() -> None:
    two = ("paracetamol 500 mg tablet", 2, "mg")
    found = reviewed(prescribed(*two, frequency="four times a day"), doses=log((0, *two, "")))
    assert (last(found.paracetamol), bool(found.paracetamol.complete[-1])) == (0, False)
    assert sum("check this dose" in each.why for each in found.not_checked) == 2


def test_every_product_that_holds_paracetamol_counts() -> None:
    products: tuple[Taken, ...] = (
        (0, "paracetamol", 1, "g", "08:00"),
        (0, "codeine 30 mg + paracetamol 500 mg", 2, "{tablet}", "09:00"),
        (0, "Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet", 2, "tablet", "10:00"),
        (0, "tramadol 37.5 mg/paracetamol 325 mg", 1, "tablets", "11:00"),
        (0, "Acetaminophen 32 MG/ML Oral Suspension", 20, "mL", "12:00"),
        (0, "Tylenol", 1000, "mg", "13:00"),
    )
    assert last(reviewed(doses=log(*products)).paracetamol) == 1000 + 1000 + 650 + 325 + 640 + 1000


def test_an_unknown_strength_dose_or_unit_is_named_and_the_rest_still_counts() -> None:
    unknown: tuple[Taken, ...] = (
        (0, "co-codamol", 2, "tablet", ""),
        (0, "Lemsip", None, "", ""),
        (0, "Panadol", 500, "", ""),
    )
    found = reviewed(doses=log(*paracetamol((0, 4500, "")), *unknown))
    assert not found.paracetamol.complete[-1]
    assert "at least so much" in checks(found)["paracetamol_max"].statement
    named = {each.medicine for each in found.not_checked if each.check == "paracetamol_max"}
    assert named == {"co-codamol", "Lemsip", "Panadol"}


def test_the_list_is_summed_by_itself_and_never_with_what_was_taken() -> None:
    lines = (
        prescribed("paracetamol", 1000, frequency="up to four times a day", as_needed=True),
        prescribed("codeine 30 mg + paracetamol 500 mg", 2, "{tablet}", "up to 4 times a day", start=ago(10)),
    )
    prompt = checks(reviewed(*lines))["paracetamol_max_listed"]
    assert "8 g" in prompt.statement
    assert (prompt.asks_for, {row.what for row in prompt.inputs}) == (ago(10), {"prescribed"})
    alone = reviewed(lines[0], doses=log(*paracetamol((0, 3000, ""))))
    assert not {"paracetamol_max", "paracetamol_max_listed"} & set(checks(alone))
    unread = reviewed(prescribed("paracetamol", 1000, frequency="when it hurts"))
    assert any("how often" in each.why for each in unread.not_checked)


@pytest.mark.parametrize(
    "person",
    [
        LIGHT,
        Person(date(1951, 11, 22)),
        Person(conditions=(Condition("Cirrhosis of liver", "19943007"),)),
        Person(conditions=(Condition("Dependence", "F10.2"),)),
        Person(conditions=(Condition("Severe malnutrition"),)),
        Person(answers={"alcohol_problem": "yes"}),
    ],
)
def test_three_grams_ask_where_a_risk_is_on_record(person: Person) -> None:
    risky = checks(reviewed(doses=log(*paracetamol((0, 3500, ""))), person=person))
    assert (risky["paracetamol_risk"].level, risky["paracetamol_risk"].evidence) == ("medium", "P")
    assert "On record:" in risky["paracetamol_risk"].statement
    assert "paracetamol_risk" not in checks(reviewed(doses=log(*paracetamol((0, 3000, ""))), person=person))
    assert "paracetamol_risk" not in checks(reviewed(doses=log(*paracetamol((0, 3500, "")))))


def test_sixty_mg_per_kg_is_for_under_50_kg_and_says_where_it_is_borrowed_from() -> None:
    found = checks(reviewed(doses=log(*paracetamol((0, 2800, ""))), person=LIGHT))
    assert "drip" in found["paracetamol_weight"].basis
    assert "2.7 g" in found["paracetamol_weight"].statement
    heavy = Person(date(1980, 1, 1), weight_kg=50)
    assert "paracetamol_weight" not in checks(reviewed(doses=log(*paracetamol((0, 3500, ""))), person=heavy))


def test_a_weight_or_birth_date_that_is_not_on_record_is_said() -> None:
    why = " ".join(each.why for each in reviewed(doses=log(*paracetamol((0, 500, "")))).not_checked)
    assert "weight is not on record" in why
    assert "date of birth is not on record" in why


def test_use_on_fifteen_days_a_month_for_more_than_three_months() -> None:
    often = paracetamol(*((28 * month + day, 500.0, "") for month in range(4) for day in range(15)))
    assert (
        "15, 15, 15, 15 days of the last 4 times 28 days"
        in checks(reviewed(doses=log(*often)))["paracetamol_often"].statement
    )
    assert "paracetamol_often" not in checks(reviewed(doses=log(*often[:-1])))


@pytest.mark.parametrize(
    ("name", "mg", "level"),
    [
        ("ibuprofen", 2600, "medium"), ("ibuprofen", 1600, "info"), ("diclofenac", 200, "medium"),
        ("celecoxib", 600, "medium"), ("etoricoxib", 120, "medium"), ("meloxicam", 22.5, "medium"),
        ("indometacin", 225, "medium"), ("ketorolac", 50, "medium"), ("naproxen", 1500, "medium"),
    ],
)  # fmt: skip
def test_nsaids_above_their_usual_maximum_are_a_warning_marked_unconfirmed(name: str, mg: float, level: str) -> None:
    prompt = checks(reviewed(doses=log((1, name, mg, "mg", ""))))["nsaid_max"]
    assert (prompt.level, prompt.evidence) == (level, "K")
    assert prompt.unconfirmed
    assert "nsaid_max" not in checks(reviewed(doses=log((1, name, mg / 4, "mg", ""))))


def test_naproxen_sodium_counts_as_the_naproxen_in_it() -> None:
    for name, dose, unit in (("naproxen sodium", 550, "mg"), ("Naproxen sodium 550 mg tablets", 1, "tablet")):
        day = [(1, name, dose, unit, ""), (2, name, dose, unit, "")]
        assert "nsaid_max" not in checks(reviewed(doses=log(*day, *day)))
        above = checks(reviewed(doses=log(*day, *day, *day)))["nsaid_max"]
        assert "1500 mg of naproxen" in above.statement


def test_naproxen_has_a_higher_maximum_on_its_first_day_only() -> None:
    assert "nsaid_max" not in checks(reviewed(doses=log((1, "naproxen", 1250, "mg", ""))))
    second = log((2, "naproxen", 1000, "mg", ""), (1, "naproxen", 1250, "mg", ""))
    assert checks(reviewed(doses=second))["nsaid_max"].latest_day == ago(1)


def test_naproxen_every_other_day_has_no_first_day_each_time_and_on_the_list_none_at_all() -> None:
    sparse = checks(reviewed(doses=log(*((day, "naproxen", 1250, "mg", "") for day in (7, 5, 3, 1)))))["nsaid_max"]
    assert (sparse.first_day, sparse.days_logged) == (ago(5), 3)
    anew = reviewed(doses=log((10, "naproxen", 1250, "mg", ""), (2, "naproxen", 1250, "mg", "")))
    assert "nsaid_max" not in checks(anew)
    listed = checks(reviewed(prescribed("naproxen", 625, frequency="twice a day")))["nsaid_max_listed"]
    assert "1250 mg" in listed.statement
    assert "nsaid_max_listed" not in checks(reviewed(prescribed("naproxen", 500, frequency="twice a day")))


def test_a_reported_line_of_ibuprofen_does_not_lift_the_limit_of_what_is_bought() -> None:
    bought = log((1, "ibuprofen", 1600, "mg", ""))
    own = prescribed("ibuprofen", 400, frequency="three times a day", kind="reported")
    assert checks(reviewed(own, doses=bought))["nsaid_max"].level == "info"
    ordered = prescribed("ibuprofen", 400, frequency="three times a day")
    assert "nsaid_max" not in checks(reviewed(ordered, doses=bought))
    more = prescribed("ibuprofen", 600, frequency="three times a day", kind="reported")
    assert checks(reviewed(more))["nsaid_max_listed"].level == "info"


OXYCODONE = "12 HR Oxycodone Hydrochloride 60 MG Extended Release Oral Tablet"


def test_what_the_person_reports_is_said_as_reported_and_never_added_to_what_is_prescribed() -> None:
    own = prescribed(OXYCODONE, 1, "{tablet}", "twice a day", kind="reported")
    ordered = prescribed(OXYCODONE, 1, "{tablet}", "twice a day")
    alone = reviewed(own)
    assert alone.mme.prescribed.value == 180
    assert "On the list, reported by the person: 180 MME" in checks(alone)["mme_120_listed"].statement
    both = reviewed(own, ordered)
    assert (both.mme.prescribed.value, len(both.on_list)) == (180, 2)
    assert "On the list, prescribed: 180 MME" in checks(both)["mme_120_listed"].statement
    assert [each.why for each in both.not_checked if each.check == "list_of_medicines"] == [
        "reported by the person as well as prescribed: counted once, as prescribed"
    ]
    by_weight = prescribed("oxycodone", 60, frequency="twice a day", kind="reported")
    assert reviewed(by_weight, ordered).mme.prescribed.value == 180
    other = prescribed("Oxycodone 10 mg capsule", 1, "{capsule}", "twice a day", kind="reported")
    more = reviewed(other, ordered)
    assert more.mme.prescribed.value == 210
    assert "prescribed and reported by the person: 210 MME" in checks(more)["mme_120_listed"].statement


def test_a_renewal_in_other_words_counts_once_and_one_with_another_dose_is_said_to_be_counted_twice() -> None:
    words = ("twice a day", "Twice daily", "take 1 tablet twice a day", "every 12 hours; supply to 7 Jun 2023")
    same = reviewed(*(prescribed(OXYCODONE, 1, "{tablet}", each, start=ago(9)) for each in words))
    assert (same.mme.prescribed.value, [line.copies for line in same.on_list]) == (180, [4])
    changed = reviewed(*(prescribed(OXYCODONE, dose, "{tablet}", "twice a day") for dose in (1, 2)))
    assert changed.mme.prescribed.value == 540
    prompt = checks(changed)["mme_120_listed"]
    assert all("2 lines of it, all counted: check which holds" in each.note for each in prompt.inputs)
    assert "Several lines of one product differ: all are counted, check which holds." in prompt.statement
    assert [each.why for each in changed.not_checked if each.check == "list_of_medicines"] == [
        "several lines of it on the list differ: all are counted, check which holds"
    ]
    apart = reviewed(prescribed("tramadol", 50, frequency="once a day"), prescribed("tramadol", 50, as_needed=True))
    assert [line.rivals for line in apart.on_list] == [1, 1]


def test_etoricoxib_has_a_lower_maximum_in_osteoarthritis() -> None:
    person = Person(conditions=(Condition("Osteoarthritis of knee", "M17.9"),))
    assert "60 mg" in checks(reviewed(doses=log((1, "etoricoxib", 90, "mg", "")), person=person))["nsaid_max"].title
    assert "nsaid_max" not in checks(reviewed(doses=log((1, "etoricoxib", 90, "mg", ""))))


def test_an_nsaid_on_the_list_above_its_maximum_and_ketorolac_for_more_than_a_week() -> None:
    listed = checks(reviewed(prescribed("ibuprofen", 800, frequency="four times a day")))["nsaid_max_listed"]
    assert "3200 mg" in listed.statement
    assert "ketorolac_days" in checks(reviewed(doses=log(*((day, "ketorolac", 10, "mg", "") for day in range(8)))))
    assert "ketorolac_days" not in checks(reviewed(doses=log(*((day, "ketorolac", 10, "mg", "") for day in range(7)))))


def test_an_nsaid_gel_is_not_counted_as_if_swallowed() -> None:
    assert "nsaid_max" not in checks(reviewed(doses=log((1, "diclofenac gel", 4, "g", ""), route="topical")))
