"""Diary tables of another make as tests write them, the rules that read them, and what becomes of their rows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data_access.importers import mapped
from data_access.importers.mapped_rules import ColumnMapping, Rule, Scale
from data_access.importers.parsed import ParsedFile
from data_access.importers.reading import DEFAULT_LIMITS, SourceFile
from data_access.records import DoseRecord, EntryRecord, PatientBundle

AS_OF = date(2026, 11, 22)
ONE_TO_FIVE = Scale(1, 5)
DAY = Rule("Datum", "date", dates="dmy")
PARTS = Rule("Wann", "part", words=(("morgens", "08:00"), ("mittags", "12:00"), ("abends", "20:00")))
PAIN = Rule("Schmerz", "pain", scale=ONE_TO_FIVE)


@dataclass(frozen=True)
class Table:
    """What a table became."""

    parsed: ParsedFile
    bundles: list[PatientBundle]

    @property
    def only(self) -> PatientBundle:
        (bundle,) = self.bundles
        return bundle

    @property
    def entries(self) -> list[EntryRecord]:
        return [entry for bundle in self.bundles for entry in bundle.entries]

    @property
    def entry(self) -> EntryRecord:
        assert self.reasons == []
        (entry,) = self.entries
        return entry

    @property
    def doses(self) -> list[DoseRecord]:
        return [dose for bundle in self.bundles for dose in bundle.doses]

    @property
    def reasons(self) -> list[tuple[str, str, str]]:
        return [(each.where, each.what, each.why) for each in self.parsed.account.rejected]


def source(text: str, encoding: str = "utf-8") -> SourceFile:
    """That text as a file."""
    return SourceFile("diary.csv", text.encode(encoding))


def read(rules: list[Rule], *rows: str, to_patient: str = "T-1", **more: Any) -> Table:
    """Those rows below a header of the rules' columns, apart by semicolons."""
    text = "\n".join([";".join(rule.column for rule in rules), *rows]) + "\n"
    mapping = ColumnMapping(tuple(rules), **more)
    parsed = mapped.parse(source(text), mapping, to_patient, DEFAULT_LIMITS, AS_OF)
    return Table(parsed, list(parsed.bundles))


def cell(rule: Rule, text: str, **more: Any) -> EntryRecord:
    """The one entry of a row that holds that cell alone."""
    return replace(read([DAY, rule], f"02.03.2026;{text}", **more).entry, source_key=None, where="")


def refused(rule: Rule, text: str, **more: Any) -> str:
    """Why that cell refuses its row."""
    found = read([DAY, rule, Rule("Dazu", "note")], f"02.03.2026;{text};", **more)
    assert found.bundles == []
    ((_, _, why),) = found.reasons
    return why
