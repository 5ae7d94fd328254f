"""CHOIR body maps as records: one patient and one undated map per row, in the standard numbering of segments.

The female drawing numbers six front segments differently (reference 2.1); they are renumbered first. A segment that
covers several of our regions marks those of the area it is named for, and the map says that its detail is unknown.
"""

import re
from collections.abc import Iterator
from datetime import date

from clinical.choir import Numbering, regions_of, shares_detail
from data_access.importers import checks
from data_access.importers.csv_cells import read_text
from data_access.importers.csv_table import Row, Table, read_table
from data_access.importers.parsed import Account, ParsedFile
from data_access.importers.reading import Limits, SourceFile, decoded
from data_access.records import EntryRecord, MarkRecord, PatientBundle, PatientRecord, Sex

HEADER: Row = ("id", "gender", "race", "age", "bodymap_regions_csv", "score")
FAMILY_NAME = "CHOIR sample"
_SEXES: dict[str, Sex] = {"female": "female", "male": "male"}
_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
NO_SEGMENT = "no segment is named: whether nothing hurt or nothing was filled in is not known"
_WHOLE = re.compile(r"[0-9]{1,3}")


def is_choir(header: Row) -> bool:
    """Whether a table with that header holds CHOIR body maps."""
    return set(header) == set(HEADER) and len(header) == len(HEADER)


def parse(source: SourceFile, limits: Limits, as_of: date) -> ParsedFile:
    """One patient per row. Raises UnreadableFile when the table is broken."""
    account = Account()
    table = read_table(decoded(source.content), limits)
    return ParsedFile("choir-body-maps", _bundles(table, as_of, account), account)


def _bundles(table: Table, as_of: date, account: Account) -> Iterator[PatientBundle]:
    for line, row in table.rows:
        account.read += 1
        where = f"line {line}"
        if len(row) != len(table.header):
            account.reject(where, "body map", f"the row has {len(row)} cells, the header {len(table.header)}")
            continue
        cells = {name: read_text(cell).strip() for name, cell in zip(table.header, row, strict=True)}
        bundle = _bundle(where, cells, account)
        reason = checks.problem(bundle.entries[0], as_of) if bundle else ""
        if reason:
            account.reject(where, "body map", reason)
        elif bundle:
            # What it measures is not documented, so it is counted and not given a meaning.
            account.leave("CHOIR overall score (its meaning is not documented)")
            yield bundle


def _bundle(where: str, cells: dict[str, str], account: Account) -> PatientBundle | None:
    if not _ID.fullmatch(cells["id"]):
        account.reject(where, "body map", "the id is empty or holds other characters than letters and digits")
        return None
    sex = _SEXES.get(cells["gender"].casefold())
    if sex is None:
        account.reject(where, "body map", "the gender tells neither the male nor the female numbering of the map")
        return None
    codes = [code.strip() for code in cells["bodymap_regions_csv"].split(",")]
    numbering: Numbering = "female" if sex == "female" else "male"
    segments = {code: regions_of(int(code), numbering) if _WHOLE.fullmatch(code) else () for code in codes if code}
    unknown = [code for code, regions in segments.items() if not regions]
    if unknown or not segments:
        about = f"segment {unknown[0]}" if unknown else "body map"
        account.reject(where, about, "unknown region" if unknown else NO_SEGMENT)
        return None
    shared = any(shares_detail(int(code), numbering) for code in segments)
    return _one_map(where, cells, sex, list(segments.values()), detail_unknown=shared)


def _one_map(
    where: str, cells: dict[str, str], sex: Sex, segments: list[tuple[str, ...]], *, detail_unknown: bool
) -> PatientBundle:
    regions = sorted({region for segment in segments for region in segment})
    entry = EntryRecord(
        day=None,
        note=_note(cells["age"]),
        marks=tuple(MarkRecord(region, None) for region in regions),
        detail_unknown=detail_unknown,
        source_key=f"choir:{cells['id']}",
        where=where,
    )
    patient = PatientRecord(f"CHOIR-{cells['id']}", FAMILY_NAME, sex=sex)
    return PatientBundle(patient=patient, source="choir", entries=(entry,))


def _note(age: str) -> str:
    known = f" Age {age} at the time." if _WHOLE.fullmatch(age) else ""
    return f"CHOIR body map, undated; intensity not recorded.{known}"
