"""Labels that never touch each other: shortened, moved, or left out."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import labels, timeline
from dashboard.charts.labels import AFTER_MARKER, PlacedMarker
from dashboard.charts.panels import PLOT_WIDTH
from dashboard.services.timeline import Lane, Marker, Timeline
from tests.dashboard.charts.timelines import flare, on, view

KINDS = ("visit", "treatment_start", "note", "holiday")


def timeline_with(markers: list[tuple[int, int, str]], days: int = 84) -> Timeline:
    made = tuple(Marker(on(day), KINDS[kind], text, "") for day, kind, text in markers)
    return view([4.0] * days, markers=made)


def room(placed: PlacedMarker, of: Timeline) -> tuple[float, float]:
    at = labels.position(placed.marker.day, of)
    wide = labels.width(placed.text) + AFTER_MARKER if placed.text else 5
    return (at - wide, at + 5) if placed.before else (at - 5, at + wide)


@given(
    st.lists(
        st.tuples(st.integers(0, 83), st.integers(0, 3), st.text("abcdefgh ", min_size=1, max_size=40)), max_size=12
    )
)
def test_no_label_is_written_over_another_or_over_a_marker(drawn: list[tuple[int, int, str]]) -> None:
    of = timeline_with(drawn)
    placed = labels.place_markers(of)
    assert [p.marker for p in placed] == list(of.markers)
    for one, other in combinations((p for p in placed if p.row < labels.MOST_ROWS), 2):
        if one.row == other.row:
            (low, high), (from_, to) = room(one, of), room(other, of)
            assert high <= from_ or to <= low
    for label in (p for p in placed if p.text):
        low, high = room(label, of)
        assert low > -10
        assert high < PLOT_WIDTH + 10


def test_a_started_treatment_keeps_its_label_when_room_is_short() -> None:
    close = [(40 + i, 2, "a note by somebody or other") for i in range(4)]
    placed = labels.place_markers(timeline_with([*close, (44, 1, "duloxetine started")]))
    assert [p.text for p in placed][-1] == "duloxetine started"
    assert "" in [p.text for p in placed]


def test_with_very_many_events_only_the_markers_stay() -> None:
    placed = labels.place_markers(timeline_with([(day, 0, "visit") for day in range(40)]))
    assert {p.text for p in placed} == {""}


def test_two_flares_far_apart_are_named_with_their_length() -> None:
    of = view([4.0] * 84, flares=[flare(10, 16), flare(50, 56)])
    assert [label.text for label in labels.flare_labels(of, of.flares)] == [
        "Flare from 11 Jan · 7 days",
        "Flare from 20 Feb · 7 days",
    ]


def test_a_flare_at_the_edge_keeps_its_whole_label_inside() -> None:
    of = view([4.0] * 84, flares=[flare(80, None)])
    (label,) = labels.flare_labels(of, of.flares)
    assert label.text == "Flare from 22 Mar · 4 days, open"
    assert label.middle + labels.BOLD_LETTER * len(label.text) / 2 <= PLOT_WIDTH + 8


@pytest.mark.parametrize(
    ("first", "side", "edge"), [(80, "top left", "2026-03-25T12:00"), (0, "top right", "2025-12-31T12:00")]
)
def test_a_label_at_an_edge_hangs_on_that_edge_however_narrow_the_plot_is_drawn(
    first: int, side: str, edge: str
) -> None:
    of = view([4.0] * 84, flares=[flare(first, first + 3), flare(40, 44)])
    (names,) = [
        t for t in timeline.figure(of, False, timeline.HEIGHT)["data"] if str(t.get("text")).count("Flare from")
    ]
    assert sorted(names["textposition"]) == sorted([side, "top center"])
    assert edge in names["x"]


def test_close_flares_are_all_shortened_alike_and_a_spike_gives_way() -> None:
    of = view([4.0] * 84, flares=[flare(10, 13), flare(15, 15, "spike"), flare(18, 22)])
    texts = [label.text for label in labels.flare_labels(of, of.flares)]
    assert texts == ["11 Jan", "", "19 Jan"]


def test_a_medicine_too_long_for_the_margin_loses_its_dose_first() -> None:
    lane = Lane("paracetamol", "500 mg", True, (), view([4.0]).pain)
    assert labels.lane(lane) == "paracetamol 500 mg"
    assert labels.lane(Lane("cyclobenzaprine", "10 mg", True, (), view([4.0]).pain)) == "cyclobenzaprine"


def test_a_day_the_patient_alone_called_a_flare_is_not_labelled_a_spike() -> None:
    own_word = replace(flare(40, 40, "spike"), signals=("flare",))
    drawn = view([4.0] * 84, flares=[own_word, flare(70, 70, "spike")])
    assert [label.text for label in labels.flare_labels(drawn, drawn.flares)] == ["Patient said flare", "Spike"]
