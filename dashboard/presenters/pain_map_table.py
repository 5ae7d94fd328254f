"""The region table: each region of both periods in words, with what its cells are sorted by."""

from dataclasses import dataclass

from clinical.body_map import REGIONS, region
from dashboard.presenters.map_difference import WITHIN_ERROR
from dashboard.presenters.pain_map import filtered
from dashboard.presenters.words import MINUS, sentence_case, several, span
from dashboard.services.pain_map import PainMapView, RegionRow

NOTHING = "–"
UNRATED = "hurts"
"""A region that hurts without an intensity on record."""
KINDS = ("new", "stronger", "unrated", "unchanged", "weaker", "gone")
"""From worse to better: how the column of changes is sorted."""
SAID = {"unrated": "no intensity", "": "not typical"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; numbers stand right and are sorted from the largest first."""

    title: str
    number: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown, and what it is sorted by (None: not known, last either way)."""

    text: str
    by: str | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Heading, columns and rows; `quiet` says which regions have no row, and why."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    quiet: str


COLUMNS = (
    Column("Region", number=False),
    Column("Change", number=False),
    Column("Typical"),
    Column("Before"),
    Column("Difference"),
    Column("Worst"),
    Column("Days it hurt"),
    Column("% of map days"),
    Column("Days before"),
)


def table(view: PainMapView, rows: tuple[RegionRow, ...]) -> Table:
    """The table of that view; the strongest region first."""
    only = f", only marks that are {filtered(view.chosen)}" if view.chosen else ""
    caption = (
        f"{span(view.periods.now)} ({several(view.map_days, 'map day')}) against {span(view.periods.before)} "
        f"({several(view.map_days_before, 'map day')}){only}. Intensities 0–10; {NOTHING} not typical or not marked."
    )
    left_out = len(REGIONS) - len(rows)
    quiet = f"{_not_listed(view)}: the other {several(left_out, 'region')}." if left_out else ""
    return Table(caption, COLUMNS, tuple(_row(view, row) for row in rows), quiet)


def _not_listed(view: PainMapView) -> str:
    """A region that a filter leaves out is not one without pain."""
    if not view.chosen:
        return "No pain marked in either period"
    return f"Not marked as {filtered(view.chosen)} in either period (they may hurt otherwise)"


def _row(view: PainMapView, row: RegionRow) -> tuple[Cell, ...]:
    return (
        Cell(sentence_case(region(row.region_id).label), f"{region(row.region_id).index:02d}"),
        Cell(_said(view, row), KINDS.index(row.kind) if row.kind else None),
        _intensity(row.typical, hurts=row.hurts_now),
        _intensity(row.before, hurts=row.hurt_before),
        _difference(row),
        _intensity(row.worst, hurts=row.days > 0),
        Cell(f"{row.days:,} of {view.map_days:,}", row.days),
        Cell(f"{row.percent} %" if view.map_days else NOTHING, row.percent if view.map_days else None),
        Cell(f"{row.days_before:,} of {view.map_days_before:,}", row.days_before),
    )


def _said(view: PainMapView, row: RegionRow) -> str:
    if not view.difference.comparable:
        return NOTHING
    found, place = view.difference, region(row.region_id).index
    said = "about as often" if place in found.as_often else SAID.get(row.kind, row.kind)
    if place in found.noise:
        return f"{said} ({WITHIN_ERROR})"
    often = "oftener" if place in found.oftener else "seldomer" if place in found.seldomer else ""
    return f"{said}, {often}" if often else said


def _intensity(value: int | None, *, hurts: bool) -> Cell:
    if value is not None:
        return Cell(str(value), value)
    return Cell(UNRATED, 0) if hurts else Cell(NOTHING, None)


def _difference(row: RegionRow) -> Cell:
    """Points between two typical intensities; where one of them is missing there is no difference."""
    if row.typical is None or row.before is None:
        return Cell(NOTHING, None)
    points = row.typical - row.before
    return Cell(f"{'+' if points > 0 else MINUS if points < 0 else ''}{abs(points)}", points)
