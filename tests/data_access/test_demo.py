"""The synthetic clinic: the same for the same seed, inside every bound, and like people."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice, pairwise

import numpy as np
import pytest

from clinical.body_map import REGION_INDEX, REGIONS, mirror, region
from data_access import demo
from data_access.demo import invented
from data_access.demo.body_pattern import AREAS, OFTEN_ENOUGH, draw_pattern
from data_access.demo.planning import plan_one
from data_access.records import EntryRecord, PatientBundle

END = date(2026, 11, 22)
ZERO_TO_TEN = ("pain", "fatigue", "interference", "sleep_quality", "stress", "mood", "sensitivity", "activity")


@pytest.fixture(scope="module")
def clinic() -> dict[str, demo.InventedPerson]:
    """The default clinic of 40, by named case, or by record number for everybody else."""
    return {person.plan.case or person.plan.person.record_number: person for person in demo.people(end=END)}


@pytest.fixture(scope="module")
def crowd() -> list[demo.InventedPerson]:
    """Three hundred people of another seed, half a year at most."""
    return list(demo.people(300, 180, 7, end=END))


def entry_days(bundle: PatientBundle) -> set[date]:
    return {entry.day for entry in bundle.entries if entry.day}


def mean_pain(entries: Sequence[EntryRecord], first_ago: int, last_ago: int) -> float:
    """Mean pain from that many days ago to that many days ago, both included."""
    inside = [
        entry.pain
        for entry in entries
        if entry.pain is not None and entry.day and last_ago <= (END - entry.day).days <= first_ago
    ]
    return sum(inside) / len(inside)


# The same again


def test_the_same_seed_gives_the_same_clinic() -> None:
    assert list(demo.people(24, 90, 3, end=END)) == list(demo.people(24, 90, 3, end=END))


def test_another_seed_gives_other_people() -> None:
    assert list(demo.bundles(3, 60, 3, end=END)) != list(demo.bundles(3, 60, 4, end=END))


def test_a_person_is_the_same_whatever_the_size_of_the_clinic() -> None:
    few, many = list(demo.bundles(25, 60, end=END)), list(demo.bundles(45, 60, end=END))
    assert many[:25] == few


def test_truth_is_what_was_planted_in_the_bundles(clinic: dict[str, demo.InventedPerson]) -> None:
    planted = {person.truth.record_number: person.truth for person in clinic.values()}
    assert demo.truth(end=END) == planted


# Bounds


@pytest.mark.parametrize(("patients", "days"), [(0, None), (10_001, None), (1, 0), (1, 3651)])
def test_a_clinic_outside_the_bounds_is_refused(patients: int, days: int | None) -> None:
    with pytest.raises(ValueError, match="synthetic clinic"):
        demo.plan(patients, days, end=END)


def test_diaries_last_thirty_days_to_ten_years_with_a_long_tail() -> None:
    lengths = [person.days for person in demo.plan(2000, end=END) if not person.case]
    assert min(lengths) >= 30 and max(lengths) <= 3650
    assert np.percentile(lengths, 99) > 4 * np.median(lengths)


def test_nobody_has_more_days_than_asked_for(crowd: list[demo.InventedPerson]) -> None:
    for person in crowd:
        assert all(END - timedelta(days=180) < day <= END for day in entry_days(person.bundle))


@pytest.mark.parametrize("days", [1, 2, 7])
def test_the_shortest_diaries_work_too(days: int) -> None:
    bundles = list(demo.bundles(60, days, end=date(2024, 2, 29)))
    assert len(bundles) == 60
    assert max(len(entry_days(bundle)) for bundle in bundles) == days


def test_every_answer_lies_on_its_scale(clinic: dict[str, demo.InventedPerson]) -> None:
    for entry in (entry for person in clinic.values() for entry in person.bundle.entries):
        answers = [getattr(entry, name) for name in ZERO_TO_TEN]
        assert all(value is None or (0 <= value <= 10 and value == int(value)) for value in answers)
        assert entry.sleep_hours is None or 0 <= entry.sleep_hours <= 14
        assert entry.stiffness_minutes is None or 0 <= entry.stiffness_minutes <= 480
        assert all(mark.intensity and 1 <= mark.intensity <= 10 for mark in entry.marks or ())
        assert entry.pain or not entry.marks


def test_nothing_but_appointments_goals_and_actions_lies_ahead(clinic: dict[str, demo.InventedPerson]) -> None:
    for person in clinic.values():
        bundle = person.bundle
        days = [e.day for e in bundle.entries] + [d.day for d in bundle.doses] + [m.day for m in bundle.measures]
        assert all(day is not None and day <= END for day in days)
        ahead = [event for event in bundle.events if event.day and event.day > END]
        assert {event.kind for event in ahead} <= {"appointment"} and len(ahead) <= 1
        assert all(person.bundle.patient.synthetic for person in clinic.values())


def test_no_two_records_of_a_person_are_alike(crowd: list[demo.InventedPerson]) -> None:
    """Import tells rows without a key apart by their content, so two equal doses would become one."""
    for person in crowd:
        bundle = person.bundle
        moments = Counter((entry.day, entry.at_time) for entry in bundle.entries)
        assert not [moment for moment, count in moments.items() if count > 1]
        for records in (bundle.doses, bundle.measures, bundle.events, bundle.medications, bundle.actions):
            assert len(set(records)) == len(records)


def test_people_are_invented_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand patients cost the memory of one: nobody is drawn before they are asked for."""
    drawn: list[int] = []

    invent = invented.invent

    def counted(planned: demo.PatientPlan) -> demo.InventedPerson:
        drawn.append(planned.number)
        return invent(planned)

    monkeypatch.setattr(invented, "invent", counted)
    assert [bundle.patient.record_number for bundle in islice(demo.bundles(10_000, 60, end=END), 3)][-1] == "FB-00003"
    assert drawn == [1, 2, 3]


def test_the_last_day_ends_in_the_morning(crowd: list[demo.InventedPerson]) -> None:
    """The demo is opened during that day, and nobody logs this evening's dose in advance."""
    today = [e.at_time for p in crowd for e in p.bundle.entries if e.day == END]
    today += [d.at_time for p in crowd for d in p.bundle.doses if d.day == END]
    assert len(today) > 100 and max(today) < "09:00"


# The named cases


def test_every_named_case_exists_and_is_documented(clinic: dict[str, demo.InventedPerson]) -> None:
    for number, case in demo.CASES.items():
        assert clinic[case.code].plan.number == number
        assert f"| {demo.record_number(number)} | {case.code} | {case.shows} |" in (demo.__doc__ or "")


def test_ten_years_of_daily_logs_hold_about_thirty_thousand_marks(clinic: dict[str, demo.InventedPerson]) -> None:
    entries = clinic["ten_years"].bundle.entries
    assert len(entries) == len(entry_days(clinic["ten_years"].bundle)) == 3650
    assert sum(len(entry.marks or ()) for entry in entries) == pytest.approx(30_000, rel=0.05)


@pytest.mark.parametrize(("case", "low", "high"), [("high", 8, 9), ("low", 1, 2)])
def test_usual_pain_of_the_high_and_the_low_case(
    clinic: dict[str, demo.InventedPerson], case: str, low: int, high: int
) -> None:
    pain = [entry.pain for entry in clinic[case].bundle.entries if entry.pain is not None]
    assert low <= np.median(pain) <= high
    assert clinic[case].truth.flares


def test_the_person_in_a_flare_is_in_it_today(clinic: dict[str, demo.InventedPerson]) -> None:
    person = clinic["in_flare"]
    assert person.truth.flares[-1].end is None and person.truth.flares[-1].start == END - timedelta(days=5)
    assert mean_pain(person.bundle.entries, 5, 0) > mean_pain(person.bundle.entries, 40, 8) + 2


def test_the_improved_and_the_worse_case_changed_by_thirty_percent(clinic: dict[str, demo.InventedPerson]) -> None:
    for case, sign in (("improved", -1), ("worse", 1)):
        entries = clinic[case].bundle.entries
        before, now = mean_pain(entries, 55, 28), mean_pain(entries, 27, 0)
        assert sign * (now - before) / before >= 0.3


def test_who_stopped_who_wrote_once_and_who_never_wrote(clinic: dict[str, demo.InventedPerson]) -> None:
    assert END - max(entry_days(clinic["stopped"].bundle)) == timedelta(days=26)
    assert len(clinic["one_entry"].bundle.entries) == 1
    assert clinic["none"].bundle.entries == ()
    assert 20 <= len(clinic["short"].bundle.entries) <= 30
    assert len(clinic["twice_a_day"].bundle.entries) > 1.6 * len(entry_days(clinic["twice_a_day"].bundle))


def test_only_the_safety_case_has_item_nine_above_zero_among_the_named(clinic: dict[str, demo.InventedPerson]) -> None:
    asked = {
        person.plan.case: measure.items[8]
        for person in clinic.values()
        for measure in person.bundle.measures
        if measure.instrument == "PHQ-9" and person.plan.case
    }
    assert {case for case, answer in asked.items() if answer} == {"item_nine"}


def test_the_overdue_action_is_open_and_past_its_day(clinic: dict[str, demo.InventedPerson]) -> None:
    actions = clinic["overdue"].bundle.actions
    assert any(action.status == "open" and action.due_day and action.due_day < END for action in actions)


def test_the_paracetamol_of_two_products_passes_four_grams(clinic: dict[str, demo.InventedPerson]) -> None:
    grams: Counter[date] = Counter()
    for dose in clinic["paracetamol"].bundle.doses:
        if dose.day and dose.dose and dose.medicine == "paracetamol":
            grams[dose.day] += int(dose.dose)
        elif dose.day and dose.dose and dose.medicine.endswith("paracetamol 500 mg"):
            grams[dose.day] += int(500 * dose.dose)
    assert sum(milligrams > 4000 for day, milligrams in grams.items() if day > END - timedelta(days=28)) >= 4


def test_left_and_right_sided_people_mirror_each_other(clinic: dict[str, demo.InventedPerson]) -> None:
    left, right = draw_pattern(clinic["left_sided"].plan), draw_pattern(clinic["right_sided"].plan)
    for each in REGIONS:
        here, there = each.index, REGION_INDEX[mirror(each.region_id)]
        assert left.chance[here] == right.chance[there]
        assert left.qualities[here] == right.qualities[there]


@pytest.mark.parametrize(("case", "side"), [("left_sided", "left"), ("right_sided", "right"), ("one_arm", "right")])
def test_one_sided_people_hurt_on_that_side(clinic: dict[str, demo.InventedPerson], case: str, side: str) -> None:
    marks = [mark for entry in clinic[case].bundle.entries for mark in entry.marks or ()]
    sides = Counter(region(mark.region_id).side for mark in marks)
    assert sides[side] > 0.75 * (sides["left"] + sides["right"])  # type: ignore[index]


def test_the_whole_back_shows_the_spots_of_the_article_and_three_of_five_regions(
    clinic: dict[str, demo.InventedPerson],
) -> None:
    usual = [
        r for r, chance in zip(REGIONS, draw_pattern(clinic["whole_back"].plan).chance, strict=True) if chance > 0.2
    ]
    assert {r.article_spot for r in usual} >= {
        "between_shoulder_blades", "upper_back_trapezius", "lower_back", "radiating_buttock_leg",
    }  # fmt: skip
    assert len({r.acr_region for r in usual if r.counts_generalised}) == 3


# Like people


def test_widespread_people_hurt_where_people_with_fibromyalgia_do() -> None:
    """Neck 81.4 %, upper back 70.1 %, lower back 83.2 % (Salaffi 2016, reference 1.7), within 3 standard errors."""
    chances = [draw_pattern(p).chance for p in demo.plan(1500, seed=5, end=END) if p.pattern == "widespread"]
    for area, share in (("neck", 0.814), ("upper_back", 0.701), ("lower_back", 0.832)):
        parts = {part for part, _ in AREAS[area]}
        places = [r.index for r in REGIONS if r.region_id[:-2] in parts]
        found = np.mean([chance[places].max() > OFTEN_ENOUGH for chance in chances])
        assert found == pytest.approx(share, abs=3 * np.sqrt(share * (1 - share) / len(chances)))


def test_the_diaries_show_those_areas_too(crowd: list[demo.InventedPerson]) -> None:
    """What people mark in ordinary weeks, on one map in five or more; small diaries and slight pain left out."""
    found: dict[str, list[bool]] = {"neck": [], "upper_back": [], "lower_back": []}
    for person in crowd:
        maps = [entry.marks for entry in person.bundle.entries if entry.marks]
        if person.plan.pattern == "widespread" and len(maps) > 30 and person.plan.pain.usual > 3:
            areas = Counter(a for marks in maps for a in {region(m.region_id).wpi_area for m in marks})
            for area, seen in found.items():
                seen.append(areas[area] > 0.2 * len(maps))
    for area, share in (("neck", 0.814), ("upper_back", 0.701), ("lower_back", 0.832)):
        assert np.mean(found[area]) == pytest.approx(share, abs=0.1)


def test_patterns_are_stable_from_day_to_day(crowd: list[demo.InventedPerson]) -> None:
    """Two maps of one person share more regions than maps of two people."""
    own, others = [], []
    maps = [[{m.region_id for m in e.marks} for e in p.bundle.entries if e.marks] for p in crowd]
    usable = [each for each in maps if len(each) > 20]
    for mine, next_person in pairwise(usable):
        own.append(overlap(mine[5], mine[6]))
        others.append(overlap(mine[5], next_person[5]))
    assert np.mean(own) > 0.5 > 0.3 > np.mean(others)


def overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def test_pain_of_one_day_resembles_the_day_before(crowd: list[demo.InventedPerson]) -> None:
    found = []
    for person in crowd:
        pain = {entry.day: entry.pain for entry in person.bundle.entries}
        pairs = [(pain[day], pain[day + timedelta(days=1)]) for day in pain if day and day + timedelta(days=1) in pain]
        series = np.array(pairs, float)
        if len(series) > 40 and series.std(axis=0).all():
            found.append(np.corrcoef(series.T)[0, 1])
    assert 0.35 < np.median(found) < 0.75


def test_flares_are_of_days_and_of_weeks_and_mostly_short(crowd: list[demo.InventedPerson]) -> None:
    """Short flares dominate a daily diary; about two in eleven weeks (Gandrup 2024, reference 6.2)."""
    flares = [flare for person in crowd for flare in person.truth.flares if flare.end]
    lengths = np.array([(flare.end - flare.start).days + 1 for flare in flares if flare.end])
    assert np.mean(lengths <= 3) > 0.4 and (lengths > 14).any()
    long_enough = [person for person in crowd if person.plan.days >= 81]
    rate = sum(len(p.truth.flares) for p in long_enough) / sum(p.plan.days for p in long_enough) * 81
    assert 1.2 < rate < 3


def test_planted_flares_are_in_the_diary(crowd: list[demo.InventedPerson]) -> None:
    """Pain is up, the map is wider, and the person says so, on the very days of the truth."""
    for measure, least in (("pain", 1.2), ("spread", 1.5), ("flare", 0.5)):
        rises = []
        for person in crowd:
            inside, outside = split_by_truth(person, measure)
            if len(inside) >= 5 and len(outside) >= 20:
                rises.append(np.mean(inside) - np.mean(outside))
        assert np.mean(rises) > least, measure


def split_by_truth(person: demo.InventedPerson, measure: str) -> tuple[list[float], list[float]]:
    inside: list[float] = []
    outside: list[float] = []
    for entry in person.bundle.entries:
        value = len(entry.marks) if measure == "spread" and entry.marks is not None else getattr(entry, measure, None)
        if value is not None and entry.day:
            flares = person.truth.flares
            (inside if any(f.start <= entry.day <= (f.end or END) for f in flares) else outside).append(float(value))
    return inside, outside


def test_some_flares_follow_poor_nights(crowd: list[demo.InventedPerson]) -> None:
    after, ordinary = [], []
    for person in crowd:
        quality = {e.day: e.sleep_quality for e in person.bundle.entries if e.sleep_quality is not None and e.day}
        starts = {f.start for f in person.truth.flares if f.trigger == "poor_nights"}
        after += [value for day, value in quality.items() if day in starts]
        ordinary += list(quality.values())
    assert np.mean(after) < np.mean(ordinary) - 1.5


def test_treatments_help_or_harm_or_change_nothing_as_planted(clinic: dict[str, demo.InventedPerson]) -> None:
    for case, points in (("helped", -2.0), ("unchanged", 0.0), ("harmed", 1.5)):
        person = clinic[case]
        scripted = person.plan.pain.scripted.treatments[0][0]
        planted = next(t for t in person.truth.treatments if t.name == scripted)
        assert planted.effect == points
        outside = [e for e in person.bundle.entries if not in_flare(person, e.day)]
        change = mean_pain(outside, 100, 0) - mean_pain(outside, 260, 131)
        assert change == pytest.approx(points, abs=0.7)


def in_flare(person: demo.InventedPerson, day: date | None) -> bool:
    return day is not None and any(f.start <= day <= (f.end or END) for f in person.truth.flares)


def test_shifts_last(clinic: dict[str, demo.InventedPerson]) -> None:
    shifted = [person for person in demo.people(200, 400, 9, end=END) if person.truth.shifts]
    assert len(shifted) > 20
    agree = []
    for person in shifted:
        shift = person.truth.shifts[-1]
        ago = (END - shift.start).days
        days = {e.day for e in person.bundle.entries if e.day}
        if ago > 20 and sum(shift.start < day for day in days) > 15 and sum(day < shift.start for day in days) > 15:
            after = mean_pain(person.bundle.entries, ago - 3, max(ago - 40, 0))
            before = mean_pain(person.bundle.entries, ago + 40, ago + 1)
            agree.append((after - before) * shift.change > 0)
    assert np.mean(agree) > 0.75


def test_worse_days_are_missed_by_some(crowd: list[demo.InventedPerson]) -> None:
    """Days in a planted flare go missing more often, but only for people who have that habit."""
    missed = {"worse_days_missed": ([], []), "faithful": ([], [])}  # type: dict[str, tuple[list[bool], list[bool]]]
    for person in crowd:
        if person.plan.habits.style in missed and not person.plan.habits.stopped_days_ago:
            logged = entry_days(person.bundle)
            for back in range(person.plan.days):
                day = END - timedelta(days=back)
                missed[person.plan.habits.style][in_flare(person, day)].append(day not in logged)
    outside, inside = missed["worse_days_missed"]
    assert np.mean(inside) > np.mean(outside) + 0.15
    outside, inside = missed["faithful"]
    assert abs(np.mean(inside) - np.mean(outside)) < 0.1


def test_some_have_gaps_of_a_week_and_more_and_some_stopped(crowd: list[demo.InventedPerson]) -> None:
    longest = []
    for person in crowd:
        days = sorted(entry_days(person.bundle))
        longest.append(max((b - a).days for a, b in pairwise(days)) if len(days) > 1 else 0)
    assert 0.1 < np.mean(np.array(longest) > 7) < 0.7
    silent = [(END - max(entry_days(p.bundle))).days >= 14 for p in crowd if p.bundle.entries]
    assert 0.03 < np.mean(silent) < 0.25


def test_names_and_record_numbers_are_plainly_invented(clinic: dict[str, demo.InventedPerson]) -> None:
    people = [person.bundle.patient for person in clinic.values()]
    assert [each.record_number for each in people] == [f"FB-{number:05d}" for number in range(1, 41)]
    assert {each.family_name for each in people} <= {
        "Sample", "Specimen", "Invented", "Example", "Madeup", "Pretend", "Fictive", "Imagined",
    }  # fmt: skip
    assert len({each.given_name for each in people}) == 40
    staff = list(demo.staff(60))
    assert len({member.number for member in staff}) == len({member.name for member in staff}) == len(staff)


def test_scores_are_those_of_their_items(crowd: list[demo.InventedPerson]) -> None:
    most = {"PHQ-9": 27, "GAD-7": 21, "PHQ-4": 12}
    for measure in (measure for person in crowd for measure in person.bundle.measures):
        items = [answer for answer in measure.items if answer is not None]
        if measure.instrument in most:
            assert measure.score == sum(items) and measure.score <= most[measure.instrument]
        elif measure.instrument == "PEG":
            assert measure.score == round(sum(items) / 3, 1)
        elif measure.instrument == "FIQR":
            assert measure.score == round(sum(items[:9]) / 3 + sum(items[9:11]) + sum(items[11:]) / 2, 1)
            assert len(items) == 21


def test_planned_person_matches_the_stream(clinic: dict[str, demo.InventedPerson]) -> None:
    assert plan_one(17, end=END) == clinic["harmed"].plan
