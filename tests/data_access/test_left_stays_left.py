"""Hazard 'left and right swapped on a map or import': every way a map goes out and comes in keeps its sides.

One region after the other and whole maps, through each format, read back by our own importer.
"""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.area_names import regions_of_name, regions_of_wpi
from clinical.body_map import REGIONS, Region, Side, mirror, region, wpi_areas
from clinical.choir import Numbering, segments_of
from data_access import fhir_marks
from data_access.choir_export import Row, table
from data_access.importers.csv_cells import written_marks
from data_access.importers.csv_rows import COLUMNS
from data_access.records import EntryRecord, MarkRecord, PatientRecord
from tests.data_access.importers.reading_files import read

ANNA = PatientRecord("T-1", "Testfall", "Anna", date(1975, 4, 3), "female")
IDS = [one.region_id for one in REGIONS]
Trip = Callable[[set[str]], set[str]]


def marks(painful: set[str]) -> tuple[MarkRecord, ...]:
    return tuple(MarkRecord(name, 5) for name in sorted(painful))


def back(content: str) -> set[str]:
    found = read(content)
    assert found.reasons == []
    (entry,) = found.only.entries
    return {mark.region_id for mark in entry.marks or ()}


def by_fhir(painful: set[str]) -> set[str]:
    return back(json.dumps(fhir_marks.bundle(ANNA, [EntryRecord(date(2026, 3, 2), marks=marks(painful))])))


def by_csv(painful: set[str]) -> set[str]:
    cells = dict.fromkeys(COLUMNS["diary"], "") | {
        "patient": "T-1",
        "date": "2026-03-02",
        "regions": written_marks(marks(painful)),
    }
    return back(f"{','.join(cells)}\n{','.join(cells.values())}\n")


def by_choir(painful: set[str]) -> set[str]:
    return _segments(painful, "male")


def by_choir_of_a_woman(painful: set[str]) -> set[str]:
    return _segments(painful, "female")


def _segments(painful: set[str], numbering: Numbering) -> set[str]:
    """A map without a segment is not read as one without pain; there is nothing whose side could change."""
    return back(table([Row("m1", segments_of(painful, numbering))])) if painful else set()


TRIPS = [by_fhir, by_csv, by_choir, by_choir_of_a_woman]


def sides(names: set[str]) -> set[Side]:
    """The sides that hurt; the midline is none of them."""
    return {region(name).side for name in names} - {"midline"}


@pytest.mark.parametrize("trip", TRIPS)
@pytest.mark.parametrize("name", IDS)
def test_each_region_alone_comes_back_on_its_own_side(trip: Trip, name: str) -> None:
    found = trip({name})
    assert name in found or (trip in (by_choir, by_choir_of_a_woman) and name[:-2] in ("f_jaw", "b_sacroiliac"))
    if region(name).side != "midline":
        assert sides(found) == sides({name})


@pytest.mark.parametrize("trip", TRIPS)
@settings(deadline=None, max_examples=40)
@given(painful=st.sets(st.sampled_from(IDS), max_size=12))
def test_a_map_of_one_side_never_hurts_on_the_other(trip: Trip, painful: set[str]) -> None:
    every: tuple[Side, ...] = ("left", "right")
    for side in every:
        lateral = {name for name in painful if region(name).side in (side, "midline")}
        if any(region(name).side == side for name in lateral):
            assert sides(trip(lateral)) == {side}


@pytest.mark.parametrize("trip", [by_fhir, by_csv])
@settings(deadline=None, max_examples=40)
@given(painful=st.sets(st.sampled_from(IDS), max_size=12))
def test_formats_that_know_our_regions_give_the_very_same_map_back(trip: Trip, painful: set[str]) -> None:
    assert trip(painful) == painful


@pytest.mark.parametrize("trip", TRIPS)
@settings(deadline=None, max_examples=40)
@given(painful=st.sets(st.sampled_from(IDS), max_size=12))
def test_the_mirrored_map_comes_back_mirrored(trip: Trip, painful: set[str]) -> None:
    assert trip({mirror(name) for name in painful}) == {mirror(name) for name in trip(painful)}


@pytest.mark.parametrize("one", REGIONS, ids=lambda one: one.region_id)
def test_every_region_is_in_at_most_one_area_of_the_index_and_on_the_side_of_that_area(one: Region) -> None:
    name = one.region_id
    for extended in (False, True):
        areas = wpi_areas([name], extended=extended)
        assert len(areas) <= 1
        for area in areas:
            assert not area.endswith(("left", "right")) or area.endswith(one.side)
    for area in wpi_areas([name]):
        assert name in regions_of_wpi(area)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_spoken_side_is_the_patients(side: Side) -> None:
    assert sides(set(regions_of_name(f"{side} knee"))) == {side}
