"""A document on its way to a person's downloads: as it stands on record."""

from dataclasses import dataclass

from data_access.exports import Export


@dataclass(frozen=True, slots=True)
class Delivery:
    """An export and its bytes, as stored."""

    export: Export
    content: bytes
