"""Every questionnaire, read from the tables `definitions/instruments.csv` and `instrument_*.csv`."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from clinical.measures.definition import (
    Band,
    BandSet,
    Difference,
    Entry,
    HigherIs,
    Instrument,
    Part,
    Range,
    Ship,
    Sourced,
)
from clinical.reviewed import Row, rows


def _by_instrument(table: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(table):
        found[row["instrument"]].append(row)
    return found


def places(text: str) -> tuple[int, ...]:
    """The places in '1-5,12', in order."""
    found: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _range(low: str, high: str) -> Range | None:
    return Range(float(low), float(high)) if low else None


def _part(row: Row) -> Part:
    return Part(
        name=row["part"],
        places=places(row["places"]),
        answer=Range(float(row["low"]), float(row["high"])),
        step=float(row["step"]),
        reversed_places=frozenset(places(row["reversed"])),
        source=row["source"],
        evidence=row["evidence"],
    )


def _band_sets(listed: Sequence[Row]) -> tuple[BandSet, ...]:
    """The bands grouped by set, in the order of the table."""
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in listed:
        grouped[row["bands_of"], row["band_set"]].append(row)
    return tuple(
        BandSet(
            name=name,
            of=of,
            bands=tuple(Band(float(row["low"]), row["band"]) for row in members),
            used=members[0]["used"] == "yes",
            places=int(members[0]["decimals"]),
            note=members[0]["note"],
            source=members[0]["source"],
            evidence=members[0]["evidence"],
        )
        for (of, name), members in grouped.items()
    )


def _severity_bands() -> list[Row]:
    """The bands of the fibromyalgia severity scale, which the criteria own; the first scale is the one shown."""
    listed = rows("fibromyalgia_severity")
    shown = listed[0]["scale"]
    made = [
        {"bands_of": "", "band_set": row["scale"], "used": "yes" if row["scale"] == shown else "no", "decimals": "0",
         "low": row["fs_from"], "note": ""}
        for row in listed
    ]  # fmt: skip
    return [row | more for row, more in zip(listed, made, strict=True)]


def _difference(row: Row) -> Difference:
    points = _number(row["points"])
    return Difference(
        points=points,
        points_to=_number(row["points_to"]) or points,
        percent=_number(row["percent"]),
        decides=row["decides"] == "yes",
        of=row["found_for"],
        before_from=_number(row["before_from"]),
        before_to=_number(row["before_to"]),
        text=row["what"],
        source=row["source"],
        evidence=row["evidence"],
    )


def _stated(row: Row, name: str) -> Sourced:
    """A column with its own mark; it is written where the row is."""
    return Sourced(row[name], row["source"], row[f"{name}_evidence"])


def _instrument(row: Row, parts: Sequence[Row], bands: Sequence[Row], differences: Sequence[Row]) -> Instrument:
    return Instrument(
        code=row["code"],
        name=row["name"],
        domain=row["domain"],
        score=_range(row["low"], row["high"]),
        t_score=_range(row["t_low"], row["t_high"]),
        t_range=Sourced(" to ".join(filter(None, (row["t_low"], row["t_high"]))), row["t_source"], row["t_evidence"]),
        places=int(row["places"]),
        higher_is=cast(HigherIs, row["higher_is"]),
        recall=_stated(row, "recall"),
        scoring=row["scoring"],
        fewest=int(row["fewest"]),
        missing_rule=Sourced(row["missing_rule"], row["source"], row["missing_evidence"]),
        ship=cast(Ship, row["ship"]),
        ship_note=Sourced(row["ship_note"], row["source"], row["ship_evidence"]),
        loinc=tuple(filter(None, row["loinc"].split("|"))),
        caveat=_stated(row, "caveat"),
        entry=cast(Entry, row["entry"]),
        safety_item=int(row["safety_item"]),
        also_called=tuple(filter(None, row["also_called"].split("|"))),
        parts=tuple(_part(each) for each in parts),
        band_sets=_band_sets(bands),
        differences=tuple(_difference(each) for each in differences),
        source=row["source"],
        evidence=row["evidence"],
    )


def _load() -> dict[str, Instrument]:
    parts, bands = _by_instrument("instrument_parts"), _by_instrument("instrument_bands")
    bands["FS"] = _severity_bands()
    differences = _by_instrument("instrument_differences")
    made = [
        _instrument(row, parts[row["code"]], bands[row["code"]], differences[row["code"]])
        for row in rows("instruments")
    ]
    return {each.code: each for each in made}


INSTRUMENTS: dict[str, Instrument] = _load()
"""By code, in the order of the table: distress first."""
