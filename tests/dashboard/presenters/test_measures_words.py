"""Questionnaire scores in words: what changed, by which source, what nobody agreed on, what may not be shown."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from clinical.measures import against_last, instrument, meaning
from clinical.record import Score
from dashboard.charts.measures_course import ScorePanel
from dashboard.presenters import measures_detail, measures_filling, measures_panels, measures_table, measures_words
from dashboard.presenters.measures_table import Row
from dashboard.services.measure_drafts import Answers, Held
from dashboard.services.measure_forms import form
from dashboard.services.measures import Course, MeasuresView, Reading
from data_access.measures import Entered
from data_access.records import MeasureRecord
from tests.conftest import AS_OF
from tests.dashboard.measured import PERIODS
from tests.dashboard.pain_maps import ago


def reading(now: Score, before: Score | None) -> Reading:
    record = MeasureRecord(now.day, now.instrument, now.score, now.unit, now.items)
    entered = Entered(now.measure_id, record, "demo", None, "", None)
    return Reading(entered, now, instrument(now.instrument), meaning(now), against_last(now, before))


def course(name: str, *values: float, latest: date = AS_OF, items: tuple[float | None, ...] = ()) -> Course:
    """One score a week, the last on `latest` and with those answers."""
    days = [latest.fromordinal(latest.toordinal() - 7 * (len(values) - 1 - n)) for n in range(len(values))]
    scores = [Score(day, name, value, measure_id=n) for n, (day, value) in enumerate(zip(days, values, strict=True), 1)]
    scores[-1] = replace(scores[-1], items=items)
    return Course(name, (reading(scores[0], None), *(reading(now, before) for before, now in pairwise(scores))))


def view(*courses: Course, undated: tuple[Reading, ...] = ()) -> MeasuresView:
    return MeasuresView("key", "full", AS_OF, PERIODS, courses, undated, (), 0, {7: "Dr Ada Invented"})


def row(*courses: Course) -> Row:
    return measures_table.table(view(*courses), "").rows[0]


def test_what_got_importantly_worse_is_said_first_and_by_which_source() -> None:
    said = measures_table.lead(view(course("PEG", 6, 3), course("PHQ-9", 8, 14), course("ISI", 14, 15))).text
    assert said.startswith("PHQ-9 8 → 14 (moderate), worse by an important difference (5 points); PEG 6 → 3")
    assert "[" not in said
    unconfirmed = measures_table.lead(view(course("PSEQ-2", 10, 6))).text
    assert unconfirmed.endswith("worse by an important difference (1.5 points, unconfirmed).")
    assert "no important change in ISI" in said


def test_a_first_score_and_one_without_an_agreed_mark_are_only_numbers() -> None:
    said = measures_table.lead(view(course("GAD-7", 8), course("PSS-10", 12, 20))).text
    assert said == "Only numbers (first score or no agreed mark): GAD-7 and PSS-10."


def test_sources_that_disagree_are_both_named_and_neither_is_hidden() -> None:
    gad = course("GAD-7", 6, 8)
    marks = "yes by 1.5 points; no by 4 points (unconfirmed)"
    assert row(gad).cells[-1].text == "may be important"
    assert row(gad).cells[-1].note == f"the published marks disagree: {marks}"
    lead = measures_table.lead(view(gad))
    assert lead.text == "GAD-7 6 → 8 (mild), may be important: the published marks disagree."
    assert marks in dict(lead.evidence.rows)["GAD-7"]


def test_a_change_between_the_two_ends_of_a_published_range_is_called_neither_way() -> None:
    cell = row(course("PEG", 3, 4.4)).cells[-1]
    assert (cell.text, cell.tone) == ("may be important", "")
    assert "open by 1–1.75 points" in cell.note
    said = measures_table.lead(view(course("PEG", 3, 4.4))).text
    assert said == "PEG 3 → 4.4 (4 to below 7), may be important: the published marks disagree."


def test_a_first_score_in_the_worst_band_is_named_and_no_mere_number() -> None:
    severe = course("PHQ-9", 25, items=(3,) * 8 + (1,))
    said = measures_table.lead(view(course("GAD-7", 8), severe)).text
    assert said == "PHQ-9 25 (severe), first score; only numbers (first score or no agreed mark): GAD-7."


def with_gaps(*values: float | None) -> Course:
    """PHQ-9, one a week: a number each, None where only three items were answered."""
    days = [AS_OF.fromordinal(AS_OF.toordinal() - 7 * (len(values) - 1 - n)) for n in range(len(values))]
    answers = (1, 1, 1) + (None,) * 6
    scores = [Score(day, "PHQ-9", each, () if each else answers) for day, each in zip(days, values, strict=True)]
    former = [next((s for s in reversed(scores[:n]) if s.score is not None), None) for n in range(len(scores))]
    return Course("PHQ-9", tuple(reading(now, before) for now, before in zip(scores, former, strict=True)))


def test_one_with_gaps_keeps_scale_bands_and_earlier_points_and_marks_its_day() -> None:
    gaps = with_gaps(12, 14, None)
    made = panel(gaps)
    assert made.lines == ("0–27, ▼ better", "I 5 important")
    assert len(made.bands) == 5
    assert [point.value for point in made.points] == [12, 14]
    assert [each.day for each in made.incomplete] == [AS_OF]
    cells = row(gaps).cells
    assert (cells[2].text, cells[6].text, cells[6].note) == ("0–27", "incomplete", f"last 14 on {ago(7):%-d %b}")
    lead = measures_table.lead(view(gaps)).text
    assert lead.startswith(f"PHQ-9 incomplete, 3 of 9 answered on {AS_OF:%-d %b}, last total 14 on {ago(7):%-d %b}")


def test_a_score_after_one_with_gaps_names_the_last_one_with_a_number() -> None:
    after = with_gaps(6, None, 14)
    assert row(after).cells[6].note == f"from 6 on {ago(14):%-d %b}"
    named = measures_detail.facts(after, 2, view(after))[1]
    assert named.name == f"Against the last score of 6 on {ago(14):%-d %b}"
    assert named.value == "▲ 8: yes, worse"


def test_a_phq_9_without_item_9_says_to_ask_and_one_with_it_does_not() -> None:
    total, full = course("PHQ-9", 18), course("PHQ-9", 18, items=(2,) * 9)
    assert row(total).cells[4].note == "item 9 not known: ask"
    assert measures_table.lead(view(total)).text.endswith("PHQ-9 item 9 not known: ask.")
    assert "item 9 not known: ask" in measures_detail.facts(total, 0, view(total))[2].value
    assert row(full).cells[4].note == ""
    assert "item 9" not in measures_table.lead(view(full)).text
    beside = course("PHQ-9 item 9", 0)
    assert row(total, beside).cells[4].note == ""


def test_scores_of_one_day_have_each_a_name_of_their_own() -> None:
    day = Score(AS_OF, "PHQ-9", 10.0)
    both = Course("PHQ-9", (reading(day, None), reading(day, day)))
    assert len(set(measures_detail.options(both))) == 2


def test_higher_is_better_where_it_is() -> None:
    cells = row(course("PSEQ-2", 4, 7)).cells
    assert cells[2].note == "▲ better"
    assert (cells[-1].text, cells[-1].tone) == ("yes, better", "better")
    assert "(unconfirmed)" in cells[-1].note


def test_every_cell_that_judges_has_its_rule_source_and_mark_one_click_away() -> None:
    cells = row(course("PHQ-9", 8, 14)).cells
    meant, important = cells[5].evidence, cells[-1].evidence
    assert meant is not None
    assert important is not None
    assert {"Bands", "Source", "Mark", "Range", "Missing items"} <= {name for name, _ in meant.rows}
    said = dict(important.rows)
    assert "5 points: yes" in said["Decides here"]
    assert "Kounali" in said["Also published"]
    assert cells[5].note == "unconfirmed"


def test_an_important_difference_of_another_form_is_named_and_judges_nothing() -> None:
    cell = row(course("FIQR", 60, 40)).cells[-1]
    assert cell.text == measures_words.NO_MARK
    assert cell.evidence is not None
    assert "the original FIQ" in dict(cell.evidence.rows)["For another form"]


def test_an_old_score_is_not_told_as_a_change_of_these_days() -> None:
    old = course("PHQ-9", 8, 14, latest=ago(200))
    assert measures_table.lead(view(old)).text.startswith(
        "No questionnaire was answered in these days; the last one was"
    )
    assert row(old).old


def test_undated_scores_stand_in_a_table_of_their_own_without_a_comparison() -> None:
    table = measures_table.undated(view(undated=(reading(Score(None, "PHQ-9", 15.0), None),)), None)
    assert "kept apart, not compared, not on the axis" in table.caption
    assert "Against the last" not in [title for title, _ in table.columns]
    assert table.rows[0].cells[-1].text == "moderately severe"


def test_item_answers_are_worded_only_where_the_wording_may_be_shown() -> None:
    free = measures_detail.answers(course("PHQ-9", 9, items=(1,) * 8 + (None,)).latest)
    assert "Little interest or pleasure" in free[0].asked
    assert free[0].answer == "1 · Several days"
    assert (free[8].answer, free[8].given) == ("not answered", False)
    closed = measures_detail.answers(course("ISI", 14, items=(2,) * 7).latest)
    assert [each.asked for each in closed[:2]] == ["Item 1", "Item 2"]
    assert measures_detail.wording_note(course("ISI", 14).latest) == measures_detail.NO_WORDING


def test_pain_detect_never_stands_without_its_caveat() -> None:
    assert "nerve" in measures_detail.caveat(course("painDETECT", 20).latest)
    assert row(course("painDETECT", 20)).cells[5].note == "Never evidence of a nerve lesion"


def test_a_score_that_is_not_what_its_answers_give_says_so_beside_it() -> None:
    sent = course("PEG", 5, items=(7, 5, 4))
    assert measures_detail.caveat(sent.latest) == "On record as 5; its answers give 5.3."
    assert measures_detail.caveat(course("PEG", 5.3, items=(7, 5, 4)).latest) == ""


def test_an_amount_has_its_unit_and_a_profile_its_digits() -> None:
    mme = reading(Score(None, "MME", 220.0, unit="{MME}/d"), None)
    assert (measures_words.value(mme), measures_words.scale(mme)) == ("220", "MME a day")
    profile = reading(Score(AS_OF, "EQ-5D-5L", None, (2, 1, 3, 4, 2)), None)
    assert (measures_words.value(profile), measures_words.scale(profile)) == ("21342", "five levels, 1–5")


def test_the_scoring_rule_is_one_click_away_in_words() -> None:
    rows = dict(measures_words.meaning_evidence(course("PSS-10", 20).latest).rows)
    assert rows["Scoring"] == "sum of 10 items, items 4, 5, 7 and 8 turned round first"


def test_an_unknown_questionnaire_has_neither_range_nor_band() -> None:
    cells = row(course("House scale", 3, 5)).cells
    assert (cells[2].text, cells[5].text, cells[-1].text) == ("not known", "none defined", "no agreed mark")


def test_a_form_says_what_is_missing_and_never_invents_a_total() -> None:
    phq = form("PHQ-9")
    assert phq is not None
    some: Answers = {f"item_{place}": 1 for place in (1, 2, 3, 9)}
    assert measures_filling.progress(phq, some) == (4 / 9, "4 of 9 answered")
    (line,) = measures_filling.results(phq, some)
    assert line.startswith("PHQ-9: no total. Not answered: 4, 5, 6, 7 and 8.")
    assert measures_filling.opens_safety(phq, some)
    assert not measures_filling.opens_safety(phq, {**some, "item_9": 0})
    (full,) = measures_filling.results(phq, {f"item_{place}": 1 for place in range(1, 10)})
    assert full == "PHQ-9: 9 of 27, mild"


def test_a_draft_with_item_9_above_0_says_that_it_is_not_saved() -> None:
    assert "Item 9 is above 0 and not saved yet" in measures_filling.begun("PHQ-9", Held({"item_9": 1}, 1))


def test_a_total_is_read_out_before_it_is_saved() -> None:
    said = measures_filling.total_preview({"instrument": "ISI", "total": "16"})
    assert said == "ISI: 16, moderate; lower is better"
    assert measures_filling.total_preview({"instrument": "ISI", "total": "29"}) == ""


def panel(*courses: Course) -> ScorePanel:
    return measures_panels.panels(view(*courses))[0]


def test_a_panel_has_the_whole_scale_its_bands_and_which_way_is_better() -> None:
    made = panel(course("PHQ-9", 8, 14))
    assert (made.low, made.high) == (0, 27)
    assert [band.name for band in made.bands] == ["minimal", "mild", "moderate", "moderately severe", "severe"]
    assert [band.badness for band in made.bands] == [0, 0.25, 0.5, 0.75, 1]
    assert made.lines == ("0–27, ▼ better", "I 5 important")
    assert made.important == (5,)
    assert "▲ better" in panel(course("PSEQ-2", 4)).lines[0]


def test_t_scores_are_drawn_around_their_mean_and_raw_sums_are_not_mixed_in() -> None:
    mixed = course("PROMIS Pain Interference 8a", 12, 61.0)
    made = panel(mixed)
    assert (made.low, made.high) == (20, 80)
    assert [point.value for point in made.points] == [61.0]


def test_a_score_before_the_period_is_told_and_not_drawn() -> None:
    made = panel(course("PHQ-9", 14, latest=ago(200)))
    assert made.points == ()
    assert "last 14" in made.nothing


def test_the_chart_is_told_to_whoever_does_not_see_it() -> None:
    said = measures_panels.spoken(view(course("PHQ-9", 8, 14)))
    assert said.startswith("PHQ-9 (0–27, lower better): 8, mild")
    assert "to 14, moderate" in said


def test_each_symptom_that_is_asked_names_itself() -> None:
    asked = form("WPI and SSS")
    assert asked is not None
    said = [measures_filling.label(item) for item in asked.items]
    assert [words.split(" – ")[1].split(":")[0] for words in said] == [
        "Fatigue",
        "Waking unrefreshed",
        "Thinking and memory",
        "Headaches",
        "Pain or cramps in the lower abdomen",
        "Depression",
    ]


def test_first_scores_alone_are_not_said_to_be_unchanged() -> None:
    said = measures_table.lead(view(course("GAD-7", 8), course("PEG", 3))).text
    assert said == "Only numbers (first score or no agreed mark): GAD-7 and PEG."
    both = measures_table.lead(view(course("ISI", 14, 15))).text
    assert both == "No important change, by a published mark, in ISI."
