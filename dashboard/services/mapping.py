"""How a diary table of another make is read: what it looks like, what a mapping makes of it, and what is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from dashboard.errors import NotPermitted, UnreadableFile
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import column_mappings
from data_access.column_mappings import Remembered
from data_access.importers import mapped, mapped_check, reading
from data_access.importers.mapped import Mostly, Sheet
from data_access.importers.mapped_check import Fault
from data_access.importers.mapped_guess import with_new_words
from data_access.importers.mapped_rules import ColumnMapping, header_key
from data_access.importers.mapped_table import LOOKED_AT
from data_access.importers.reading import DEFAULT_LIMITS, Limits, Source
from data_access.records import DoseRecord, EntryRecord, MeasureRecord, Rejection

PREVIEWED = LOOKED_AT
"""Rows that a preview reads."""
MAP_IT_ONCE = (
    "Is it a diary table of another make? Open it once on the Import page and say what its columns mean: that is "
    "remembered for every table with the same columns."
)
_SOMEBODY = "somebody"
_SHOWN = 12
_MOST_REASONS = 40


@dataclass(frozen=True, slots=True)
class Begun:
    """A table whose columns are to be explained: what it looks like, and what to begin with."""

    sheet: Sheet
    mapping: ColumnMapping
    remembered: Remembered | None

    @property
    def revision(self) -> int:
        """The revision that is remembered, 0 for none."""
        return self.remembered.revision if self.remembered else 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What a mapping makes of the first rows of a file; nothing is written.

    `whole`: they are all its rows. `mostly`: what is to be said before anything is written.
    """

    read: int
    whole: bool
    entries: tuple[EntryRecord, ...]
    doses: tuple[DoseRecord, ...]
    measures: tuple[MeasureRecord, ...]
    counts: tuple[int, int, int]  # entries, doses, measures
    rejected: tuple[Rejection, ...]
    reasons: tuple[tuple[str, int], ...]
    rejected_rows: int
    mostly: Mostly | None


def begin(viewer: Viewer, source: Source, limits: Limits = DEFAULT_LIMITS) -> Begun:
    """The table with the mapping that is remembered for its header, or with guesses. Raises UnreadableFile."""
    with work.looking_up(viewer, Permission.IMPORT, action="explain columns") as conn:
        sheet = mapped.look(reading.whole(source, limits), limits)
        known = column_mappings.remembered(conn, sheet.header)
    mapping = with_new_words(known.mapping, sheet.columns) if known and known.mapping else sheet.guessed
    return Begun(sheet, mapping, known)


def faults(mapping: ColumnMapping) -> list[Fault]:
    """What the mapping lacks. Whose the file is, is asked elsewhere."""
    return mapped_check.faults(mapping, whose=True)


def preview(
    viewer: Viewer, source: Source, mapping: ColumnMapping, *, as_of: date, limits: Limits = DEFAULT_LIMITS
) -> Preview:
    """What the first 2,000 rows become. Raises NotPermitted, and UnreadableFile where the file or mapping is none."""
    if not viewer.may(Permission.IMPORT):
        raise NotPermitted(Permission.IMPORT.value)
    whole = reading.whole(source, limits)
    parsed = mapped.parse(whole, mapping, _SOMEBODY, limits, as_of, most_rows=PREVIEWED)
    bundles = list(parsed.bundles)
    entries = [entry for bundle in bundles for entry in bundle.entries]
    doses = [dose for bundle in bundles for dose in bundle.doses]
    measures = [measure for bundle in bundles for measure in bundle.measures]
    account = parsed.account
    return Preview(
        account.read,
        account.read < PREVIEWED,
        tuple(entries[:_SHOWN]),
        tuple(doses[:_SHOWN]),
        tuple(measures[:_SHOWN]),
        (len(entries), len(doses), len(measures)),
        tuple(account.rejected[:_SHOWN]),
        mapped.common(account.rejected, _MOST_REASONS),
        len({each.where for each in account.rejected}),
        mapped.would_mostly_reject(account.read, account.rejected),
    )


def use(viewer: Viewer, begun: Begun, mapping: ColumnMapping, *, now: datetime) -> Begun:
    """Remember the mapping for every table with its header; the table as begun by whoever opens it next.

    Nothing is written where it is remembered already. Raises NotPermitted; Overtaken, with nothing written, where
    somebody saved another one meanwhile (theirs is a Remembered).
    """
    kept = mapping.memorable
    if begun.remembered and begun.remembered.mapping == kept:
        return replace(begun, mapping=mapping)
    with work.writing(viewer, Permission.IMPORT, action="explain columns", resource=_short(mapping.columns)) as conn:
        revision = column_mappings.remember(
            conn,
            mapping,
            expected_revision=begun.revision,
            user_id=viewer.user_id,
            user_name=viewer.name,
            now=now,
        )
    return replace(begun, mapping=mapping, remembered=Remembered(kept, revision, viewer.name, now))


def _short(header: Sequence[str]) -> str:
    return f"columns {header_key(header)[:12]}"


def of_known_header(conn: Connection, source: Source, limits: Limits, refused: UnreadableFile) -> ColumnMapping:
    """How tables with the header of that file are read, for who cannot be asked.

    Raises what was `refused` before: as it is for what is no table, otherwise with where to explain its columns.
    """
    try:
        sheet = mapped.look(reading.whole(source, limits), limits)
    except UnreadableFile:
        raise refused from None
    known = column_mappings.remembered(conn, sheet.header)
    if known is None or known.mapping is None:
        what_to_do = f"{refused.what_to_do} {MAP_IT_ONCE}"
        raise UnreadableFile(refused.what_happened, refused.what_is_safe, what_to_do)
    return known.mapping
