"""What a file is, told by its content and never by its name, and its records."""

import re
from datetime import date

from data_access.importers import apple_health, area_lists, choir, fhir, fitbit, flareboard_csv
from data_access.importers.apple_xml import Tell
from data_access.importers.csv_table import read_header
from data_access.importers.parsed import ParsedFile
from data_access.importers.reading import (
    BOM,
    DEFAULT_LIMITS,
    Limits,
    Source,
    SourceFile,
    StreamedFile,
    decoded,
    is_zip,
    unreadable,
    unzipped,
    whole,
)

_FOREIGN = {
    b"\x1f\x8b": ("a gzip archive", "Unpack it first."),
    b"%PDF": ("a PDF document", "Ask for the data behind it, as FHIR or CSV."),
    b"\xd0\xcf\x11\xe0": ("an old office document", "Save the table as CSV (UTF-8)."),
    b"SQLite format 3": ("a SQLite database", "Use `flareboard restore` for a backup."),
}
_NAMES_PATIENTS = re.compile(rb'"resourceType"\s*:\s*"Patient"')
_PEOPLE, _PERHAPS, _RECORDS = range(3)


def place_in_line(source: Source) -> int:
    """When a file is to be read among others, lowest first: those that say who the patients are come first."""
    if isinstance(source, StreamedFile):
        return _PERHAPS
    if is_zip(source.content):
        return _PERHAPS
    start = source.content.removeprefix(BOM).lstrip()
    if start.startswith(b"{"):
        return _PEOPLE if _NAMES_PATIENTS.search(start) else _RECORDS
    header = start.split(b"\n", 1)[0].decode("utf-8", "replace")
    columns = tuple(cell.strip().strip('"') for cell in header.split(","))
    return _PEOPLE if flareboard_csv.kind_of(columns) == "patients" or choir.is_choir(columns) else _RECORDS


def parse(source: Source, as_of: date, limits: Limits = DEFAULT_LIMITS, tell: Tell | None = None) -> ParsedFile:
    """The records of any file we know. Raises UnreadableFile, and no other error, for anything else.

    `tell` hears how far a phone's export, which takes long, is read.
    """
    if apple_health.is_export(source):
        return apple_health.parse(source, limits, as_of, tell)
    return _whole(whole(source, limits), as_of, limits)


def _whole(source: SourceFile, as_of: date, limits: Limits) -> ParsedFile:
    content = source.content
    for start, (what, advice) in _FOREIGN.items():
        if content.startswith(start):
            raise unreadable(f"The file is {what}.", advice)
    if is_zip(content):
        return _zip(source, limits, as_of)
    text = decoded(content).lstrip()
    if text.startswith("{"):
        return fhir.parse(source, limits, as_of)
    if fitbit.is_sleep_list(text):
        return fitbit.parse_list(source, limits, as_of)
    if text.startswith("["):
        raise unreadable("The JSON is a list, no FHIR bundle.", "Give a FHIR R4 bundle or NDJSON file.")
    if text.startswith("<"):
        raise unreadable("The file is XML or HTML.", "Ask for FHIR R4 as JSON, or for CSV.")
    header = read_header(text)
    if fitbit.is_export(header, text):
        return fitbit.parse(source, limits, as_of)
    if choir.is_choir(header):
        return choir.parse(source, limits, as_of)
    if area_lists.is_area_list(header):
        return area_lists.parse(source, limits, as_of)
    return flareboard_csv.parse(source, limits, as_of)


def _zip(source: SourceFile, limits: Limits, as_of: date) -> ParsedFile:
    members = unzipped(source, limits)
    if any(member.name == "[Content_Types].xml" for member in members):
        raise unreadable("The file is an office document.", "Save the table as CSV (UTF-8).")
    return flareboard_csv.parse_zip(members, limits, as_of)
