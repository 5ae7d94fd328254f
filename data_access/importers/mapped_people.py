"""Whom a diary table of another make names, and whether it still reads as when its mapping was made."""

from collections.abc import Iterator

from data_access.errors import UnreadableFile
from data_access.importers import mapped, mapped_table
from data_access.importers.mapped_rules import ColumnMapping
from data_access.importers.parsed import Account, shown
from data_access.importers.reading import Limits, SourceFile, unreadable
from data_access.text import folded

_NAMING = frozenset(
    (
        *("name", "patient", "patientname", "fullname", "firstname", "lastname", "surname", "givenname", "familyname"),
        *("forename", "vorname", "nachname", "familienname", "patientin"),
        *("birthdate", "dateofbirth", "dob", "born", "geburtsdatum", "geburtstag"),
    )
)
"""Names of columns that say who it is, without spaces and signs."""
_USED = frozenset({"record_number", "date", "moment"})


def one_person(source: SourceFile, mapping: ColumnMapping, limits: Limits) -> tuple[str, ...]:
    """What columns of a name or a date of birth say: 'name: Bob Other'; () without such, or with a record number.

    Raises UnreadableFile where one of them names several people and no column tells their rows apart.
    """
    places = [place for place, rule in enumerate(mapping.rules) if rule.role not in _USED and _names(rule.column)]
    if not places or mapping.of("record_number"):
        return ()
    table = mapped_table.opened(source, limits)
    said: dict[int, dict[str, str]] = {place: {} for place in places}
    for _, cells in table.rows(limits):
        for place in places:
            if place < len(cells) and cells[place].strip():
                said[place].setdefault(folded(" ".join(cells[place].split())), cells[place])
    for place, found in said.items():
        if len(found) > 1:
            raise _several(mapping.rules[place].column)
    return tuple(_told(mapping, said))


def _told(mapping: ColumnMapping, said: dict[int, dict[str, str]]) -> Iterator[str]:
    for place, found in said.items():
        for cell in found.values():
            yield shown(f"{mapping.rules[place].column}: {cell}")


def _names(column: str) -> bool:
    return "".join(sign for sign in column.casefold() if sign.isalpha()) in _NAMING


def _several(column: str) -> UnreadableFile:
    return unreadable(
        f"The column {shown(column)} names more than one person, and no column gives their record numbers.",
        "Split the table by person, or map the column that holds their record numbers.",
    )


def require_read_as_before(source: SourceFile, mapping: ColumnMapping, account: Account, limits: Limits) -> None:
    """Returns where a table fits the mapping that was remembered for its header. Raises UnreadableFile.

    For a table that nobody looked at: the same names of columns do not say that the cells are written the same way.
    """
    if mapped.would_mostly_reject(account.read, account.rejected):
        raise _other("Most rows of this table would be rejected by the mapping that is remembered for its columns.")
    guessed = {rule.column: rule.dates for rule in mapped.look(source, limits).guessed.rules}
    for rule in mapping.of("date", "moment"):
        if guessed.get(rule.column) and rule.dates and guessed[rule.column] != rule.dates:
            raise _other("The dates of this table stand in another order than when its columns were explained.")


def _other(what: str) -> UnreadableFile:
    return unreadable(what, "Drop it on the Import page and look at how its columns are read.")
