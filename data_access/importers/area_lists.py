"""Lists of painful areas as records: the 19 areas of the WPI, and lists in the style of the Michigan Body Map.

One row is one map of somebody on record. Every region of an area is marked, without an intensity, and the map says that
its detail is unknown. A row with an area that has no certain place is rejected whole: half a map would be a wrong one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from clinical import area_names
from clinical.area_names import NO_CROSSWALK, UnknownArea
from clinical.body_map import REGION_INDEX
from clinical.fibromyalgia import WPI_AREAS
from data_access.importers import checks
from data_access.importers.csv_cells import CellRefused, read_day, read_text
from data_access.importers.csv_table import Row, Table, read_table
from data_access.importers.flareboard_csv import NOT_ON_RECORD
from data_access.importers.parsed import Account, ParsedFile
from data_access.importers.reading import Limits, SourceFile, decoded
from data_access.records import EntryRecord, MarkRecord, MeasureRecord, PatientBundle, PatientRecord

LISTED = frozenset({"patient", "date", "form", "areas"})
"""One cell with the areas joined by `;` and the form they belong to."""
TICKED = frozenset({"patient", "date", *WPI_AREAS})
"""A column for each of the 19 areas, 1 or 0."""
WPI, MICHIGAN = "WPI", "MBM"
_NOTES = {
    WPI: "WPI area list, past week; intensity not recorded.",
    MICHIGAN: f"Michigan-style area list, placed by the plain names of the areas: {NO_CROSSWALK}. "
    "Intensity not recorded.",
}


class _Refused(ValueError):
    """A row that does not go in; the arguments are what it is about and why."""


@dataclass(slots=True)
class _About:
    """What the file says about one person."""

    entries: list[EntryRecord] = field(default_factory=list)
    measures: list[MeasureRecord] = field(default_factory=list)


def is_area_list(header: Row) -> bool:
    """Whether a table with that header holds lists of painful areas."""
    names = frozenset(header) - {"time"}
    return len(set(header)) == len(header) and names in (LISTED, TICKED)


def parse(source: SourceFile, limits: Limits, as_of: date) -> ParsedFile:
    """One map per row, of patients who must be on record. Raises UnreadableFile when the table is broken."""
    account = Account()
    people: dict[str, _About] = defaultdict(_About)
    for where, cells in _rows(read_table(decoded(source.content), limits), account):
        try:
            _take(people, where, cells, as_of)
        except _Refused as refused:
            what, why = refused.args
            account.reject(where, what, why)
    bundles = [
        PatientBundle(PatientRecord(number, ""), "flareboard_csv", tuple(found.entries), measures=tuple(found.measures))
        for number, found in sorted(people.items())
    ]
    return ParsedFile("body-area-lists", bundles, account, frozenset(people), not_on_record=NOT_ON_RECORD)


def _rows(table: Table, account: Account) -> Iterator[tuple[str, dict[str, str]]]:
    for line, row in table.rows:
        account.read += 1
        if len(row) != len(table.header):
            account.reject(f"line {line}", "area list", f"the row has {len(row)} cells, the header {len(table.header)}")
        else:
            cells = zip(table.header, row, strict=True)
            yield f"line {line}", {name: read_text(cell).strip() for name, cell in cells}


def _take(people: dict[str, _About], where: str, cells: Mapping[str, str], as_of: date) -> None:
    number = cells["patient"]
    form = WPI if "areas" not in cells else cells["form"].upper()
    if form not in _NOTES:
        raise _Refused(f"form {cells['form']}", "the form is neither WPI nor MBM")
    areas, regions = _ticked(cells) if "areas" not in cells else _listed(form, cells["areas"])
    entry = EntryRecord(
        day=_day(cells["date"]),
        at_time=cells.get("time", ""),
        note=_NOTES[form],
        marks=tuple(MarkRecord(region, None) for region in sorted(regions, key=REGION_INDEX.__getitem__)),
        detail_unknown=bool(regions),
        where=where,
    )
    for record in (PatientRecord(number, ""), entry):
        if reason := checks.problem(record, as_of):
            raise _Refused("area list", reason)
    people[number].entries.append(entry)
    if form == WPI:
        measure = MeasureRecord(entry.day, "WPI", float(len(areas)), "{score}", where=where)
        people[number].measures.append(measure)


def _day(cell: str) -> date | None:
    try:
        return read_day(cell)
    except CellRefused as refused:
        raise _Refused("area list", f"date {refused}") from None


def _listed(form: str, cell: str) -> tuple[frozenset[str], frozenset[str]]:
    """The areas and the regions they mark. Raises _Refused for an empty list and for an area without a place."""
    named = [name.strip() for name in cell.split(";") if name.strip()]
    if not named:
        raise _Refused("area list", "no area is named; a map without pain is written as 'no pain'")
    if any(area_names.is_no_pain(name) for name in named):
        if len(named) > 1:
            raise _Refused("area list", "it names areas beside 'no pain'")
        return frozenset(), frozenset()
    areas: set[str] = set()
    regions: set[str] = set()
    for name in named:
        area, found = _placed(form, name)
        areas.add(area)
        regions.update(found)
    return frozenset(areas), frozenset(regions)


def _placed(form: str, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        if form == MICHIGAN:
            return name, area_names.regions_of_name(name)
        area = area_names.wpi_area(name)
        return area, area_names.regions_of_wpi(area)
    except UnknownArea as unknown:
        raise _Refused(f"area {name}", str(unknown)) from None


def _ticked(cells: Mapping[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """As `_listed`, of a row with a column for each area; an unanswered one is not a no."""
    for area in sorted(WPI_AREAS):
        if cells[area] not in ("0", "1"):
            raise _Refused(f"area {area}", "it is neither 1 nor 0: without all 19 answers there is no index")
    areas = frozenset(area for area in WPI_AREAS if cells[area] == "1")
    return areas, frozenset(region for area in areas for region in area_names.regions_of_wpi(area))
