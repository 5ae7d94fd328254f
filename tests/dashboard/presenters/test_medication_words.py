"""Medicines in words: what is prescribed and taken apart, what is not known said so, no dose ever suggested."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import Engine

from clinical.medication import PromptAnswer
from clinical.record import Medicine
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.presenters import medication_facts as facts
from dashboard.presenters import medication_list as listing
from dashboard.presenters import medication_numbers as numbers
from dashboard.presenters import medication_prompts as prompts
from dashboard.presenters import medication_tables as tables
from dashboard.presenters.pain_map_facts import Fact
from dashboard.services import medication_review
from dashboard.services.medication_changes import Wanted
from dashboard.services.medication_review import MedicationView
from dashboard.services.medication_use import use_days
from data_access.records import DoseRecord, MeasureRecord, MedicationRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.medicated import DULOXETINE, PARACETAMOL, TRAMADOL, UNKNOWN, medicated, taken, too_much
from tests.dashboard.pain_maps import ago

Seen = Callable[..., MedicationView]


@pytest.fixture
def seen(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """The view of a person with those medicines and doses over the last 28 days."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(demo_copy.url))

    def of(
        *medications: MedicationRecord,
        doses: Sequence[DoseRecord] = (),
        measures: Sequence[MeasureRecord] = (),
        entries: int = 60,
    ) -> MedicationView:
        head = medicated(demo_copy, *medications, doses=doses, measures=measures, entries=entries)
        viewer = Viewer(1, "Somebody", "clinician", "medicine", frozenset({1}), True)
        days = use_days(AS_OF)
        return medication_review.view(viewer, head, Periods(days, days.before(), "4w"), as_of=AS_OF)

    return of


def fact(view: MedicationView, name: str) -> Fact:
    return next(each for each in numbers.facts(view) if each.name.startswith(name))


def test_the_sentence_says_prompts_medicines_and_what_is_in_no_check(seen: Seen) -> None:
    said = facts.lead(seen(PARACETAMOL, UNKNOWN, doses=[*too_much(), *taken(2, "Ibuprofen", 400)])).text
    assert said.startswith("One prompt open (one high)")
    assert "on the list now: Grandma's tea and paracetamol" in said
    assert "ibuprofen not on the list" in said.casefold()
    assert "not recognised and in no check: Grandma's tea" in said


def test_nothing_taken_is_said_as_not_logged_and_not_as_none_taken(seen: Seen) -> None:
    assert "no dose logged in the last 28 days" in facts.lead(seen(DULOXETINE)).text


def test_every_fact_carries_rule_inputs_dates_and_days(seen: Seen) -> None:
    view = seen(PARACETAMOL, TRAMADOL, doses=[*too_much(), *taken(2, "tramadol", 50)])
    assert len(numbers.facts(view)) >= 5
    behind = [facts.lead(view).evidence, *(each.evidence for each in numbers.facts(view))]
    for evidence in behind:
        assert {"Rule", "Dates", "Rests on"} <= {label for label, _ in evidence.rows}


def test_as_needed_use_is_counted_per_28_logged_days_and_against_before(seen: Seen) -> None:
    doses = [*taken(2), *taken(4), *taken(30)]
    said = fact(seen(PARACETAMOL, doses=doses), "As needed")
    assert said.value == "Paracetamol 2.0, was 1.0"
    assert said.detail.startswith("2 of 28 logged days, ")


def test_too_few_logged_days_give_no_rate(seen: Seen) -> None:
    said = fact(seen(PARACETAMOL, doses=taken(2), entries=5), "As needed")
    assert not said.known
    assert said.value == "Too few logged days"
    assert said.detail.startswith("5 logged days of the 14 it takes, ")


def test_the_most_paracetamol_of_24_hours_stands_against_its_limit(seen: Seen) -> None:
    said = fact(seen(PARACETAMOL, doses=too_much()), "Paracetamol")
    assert said.value == "5.0 g on 21 Nov"
    assert "4 g limit" in said.detail


def test_opioids_that_cannot_be_computed_are_never_zero(seen: Seen) -> None:
    patch = MedicationRecord("buprenorphine", "N02AE01", dose=10, unit="ug/h", route="transdermal", start_day=ago(9))
    said = fact(seen(patch), "Opioids")
    assert said.value == "MME cannot be computed"
    assert not said.known
    assert "buprenorphine" in str(said.evidence.rows)


def test_a_sum_is_at_least_where_something_was_not_counted(seen: Seen) -> None:
    unclear = [DoseRecord(ago(1), "co-codamol", taken=True, dose=8, unit="tablet", route="oral")]
    said = fact(seen(TRAMADOL, UNKNOWN, doses=[*taken(1, "tramadol", 50, times=4), *unclear]), "Opioids")
    assert said.value == "At least 40 MME a day prescribed"
    assert "Taken: at least 40 MME, 21 Nov, the highest day; 1 medicine not recognised" in said.detail


def test_a_sum_is_plain_where_everything_was_counted(seen: Seen) -> None:
    said = fact(seen(TRAMADOL, doses=taken(1, "tramadol", 50, times=4)), "Opioids")
    assert said.value == "At most 40 MME a day prescribed"
    assert said.detail.startswith("Taken: 40 MME, 21 Nov, the highest day")


OXYCODONE = MedicationRecord(
    "oxycodone", dose=60, unit="mg", route="oral", frequency="2 times every 3 days", start_day=ago(60)
)
OWN = MedicationRecord(
    "tramadol", dose=50, unit="mg", route="oral", frequency="four times a day", start_day=ago(30), kind="reported"
)
PATCH = MedicationRecord("fentanyl", dose=25, unit="ug/h", route="transdermal", frequency="every 3 days")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (OXYCODONE, "60 MME a day prescribed, on average"),
        (PATCH, "At most 60 MME a day prescribed"),
        (OWN, "At most 40 MME a day reported by the person"),
        (DULOXETINE, "No opioid on the list"),
    ],
)
def test_an_average_and_nothing_on_the_list_are_called_so(seen: Seen, line: MedicationRecord, says: str) -> None:
    assert fact(seen(line, doses=taken(1, "tramadol", 50)), "Opioids").value == says


def test_patches_that_may_be_worn_together_are_said_with_both_numbers(seen: Seen) -> None:
    patches = [
        DoseRecord(ago(days), "fentanyl", taken=True, dose=rate, unit="ug/h", route="transdermal")
        for days, rate in ((2, 25), (1, 50))
    ]
    assert "Taken: at least 120 MME, up to 180, 22 Nov" in fact(seen(DULOXETINE, doses=patches), "Opioids").detail


def test_paracetamol_beside_an_unknown_strength_is_at_least(seen: Seen) -> None:
    unclear = [DoseRecord(ago(1), "co-codamol", taken=True, dose=2, unit="tablet", route="oral")]
    assert fact(seen(doses=[*taken(1, times=3), *unclear]), "Paracetamol").value == "At least 3.0 g on 21 Nov"


def test_paracetamol_without_times_is_at_least_and_says_up_to(seen: Seen) -> None:
    untimed = [DoseRecord(ago(days), "paracetamol", taken=True, dose=3000, unit="mg") for days in (1, 2)]
    said = fact(seen(doses=untimed), "Paracetamol")
    assert said.value == "At least 3.0 g on 21 Nov"
    assert "up to 6 g" in said.detail


def test_prescribed_and_taken_mme_are_two_tables(seen: Seen) -> None:
    view = seen(TRAMADOL, doses=taken(3, "tramadol", 50, times=2))
    titles = [table.title for table in tables.tables(view)]
    assert titles[0].startswith("Opioids prescribed")
    assert titles[1].startswith("Opioids taken, in MME: 19 Nov 2026")
    assert tables.tables(view)[0].note.startswith("Together 40 MME")
    assert tables.tables(view)[1].note.startswith("Together 20 MME")


def test_a_table_says_together_only_where_everything_is_known(seen: Seen) -> None:
    doses = [
        DoseRecord(ago(days), "fentanyl", taken=True, dose=rate, unit="ug/h", route="transdermal")
        for days, rate in ((1, 25), (0, 50))
    ]
    listed, logged = tables.tables(seen(TRAMADOL, UNKNOWN, doses=doses))[:2]
    assert listed.note.startswith("At least 40 MME, beside a medicine that is not recognised.")
    assert logged.note.startswith("At least 120 MME, up to 180 with every patch that may be worn.")
    assert [row[-1] for row in logged.rows] == ["120", "not wholly counted"]


def test_mme_of_another_record_stands_beside_what_is_computed_here(seen: Seen) -> None:
    view = seen(TRAMADOL, measures=[MeasureRecord(None, "MME", 220.0)])
    said = fact(view, "Opioids")
    assert said.value == "At most 40 MME a day prescribed"
    assert said.detail.startswith("On record, not computed here: 220 MME a day, no date")
    assert said.known
    received = next(table for table in tables.tables(view) if table.title.startswith("MME that came in"))
    assert received.rows == (("no date", "220"),)


def test_amounts_on_record_stand_beside_what_cannot_be_computed(seen: Seen) -> None:
    unclear = MedicationRecord("morphine", "N02AA01", start_day=ago(9))
    said = fact(seen(unclear, measures=[MeasureRecord(None, "MME", each) for each in (160.0, 220.0, 190.0)]), "Opioids")
    assert said.value == "MME cannot be computed"
    assert said.detail.startswith("On record, not computed here: 220, 190, 160 MME a day, no date")
    assert said.known


def test_days_with_activity_are_said_of_days_that_answered_it(seen: Seen) -> None:
    said = fact(seen(DULOXETINE, doses=taken(3, "duloxetine", 60)), "Medicine beside activity")
    assert said.value == "Duloxetine: active on 0 of 1 day"
    assert "which came first" in str(said.evidence.rows)


@pytest.mark.parametrize(
    ("dose", "unit", "words"),
    [(60, "mg", "60 mg"), (1, "{tablet}", "1 tablet"), (2, "{tablet}", "2 tablets"), (4, "patch", "4 patches")],
)
def test_a_dose_is_read_as_it_is_spoken(dose: float, unit: str, words: str) -> None:
    assert listing.amount(dose, unit) == words


def test_an_added_medicine_that_is_not_recognised_is_said_to_be_in_no_check() -> None:
    assert "in no check" in listing.added(Medicine("Grandma's tea"))
    assert "in no check" not in listing.added(Medicine("tramadol"))


def test_a_typed_dose_is_asked_about_as_it_was_typed() -> None:
    assert listing.dose_meant(Wanted("tramadol", " 2,5 ", "mg")) == "2,5 mg is meant"
    assert listing.dose_meant(Wanted("tramadol", "500", "mg", frequency="twice a day")) == "500 mg twice a day is meant"


def test_an_answer_names_who_when_and_why() -> None:
    said = prompts.said(PromptAnswer("k", AS_OF, "not_applicable", "typing error", "Dr Ada", NOW), AS_OF)
    assert said.startswith("Not applicable by Dr Ada, 22 Nov 2026")
    assert said.endswith("typing error")


def test_no_word_of_the_page_gives_a_dose_a_conversion_or_a_taper(seen: Seen) -> None:
    view = seen(PARACETAMOL, TRAMADOL, DULOXETINE, doses=too_much())
    shown = f"{prompts.prompts(view, may_answer=True)} {numbers.facts(view)} {tables.tables(view)}".casefold()
    for word in ("reduce to", "increase to", "switch to", "convert to", "taper by", "stop taking", "should take"):
        assert word not in shown


def test_an_opioid_without_a_route_is_one_row_that_says_why_it_is_at_least(seen: Seen) -> None:
    tramadol = MedicationRecord(
        "tramadol", "N02AX02", dose=100, unit="mg", frequency="four times a day", start_day=ago(9)
    )
    view = seen(tramadol)
    (table,) = (each for each in tables.tables(view) if each.title.startswith("Opioids"))
    ((name, amount, factor, mme),) = table.rows
    assert (name, amount, factor) == ("tramadol", "400 mg", "× 0.2")
    assert mme == "at least 80: the route is not given"
    assert table.note.startswith("At least 80 MME. ")


def test_a_medicine_outside_the_days_of_the_chart_is_named_below_it(seen: Seen) -> None:
    past = MedicationRecord("naproxen", "M01AE02", start_day=ago(900), end_day=ago(800), reason_stopped="no benefit")
    said = facts.without_lane(seen(DULOXETINE, past))
    assert said == "Outside these days or without a day, in the list below: naproxen."
