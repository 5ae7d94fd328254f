"""Text as it is searched and sorted: the same on SQLite and PostgreSQL."""

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text without case, accents and surplus spaces: what a search compares."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def words(text: str) -> str:
    """The words of the text, folded, one space between them: no sign of a sentence or of its markup is left."""
    return " ".join(_WORD.findall(folded(text)))


def begins_a_word(column: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    """True where a word of the folded column begins with that folded word."""
    return sa.or_(column.startswith(word, autoescape=True), column.contains(f" {word}", autoescape=True))


class bytewise(sa.ColumnElement[str]):
    """A text column in the order of its code points, whatever the server's locale."""

    inherit_cache = True

    def __init__(self, column: sa.ColumnElement[str]) -> None:
        self.column = column
        self.type = column.type


@compiles(bytewise)
def _as_it_stands(element: bytewise, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.column, **options)


@compiles(bytewise, "postgresql")
def _locale_c(element: bytewise, compiler: SQLCompiler, **options: Any) -> str:
    return f'{compiler.process(element.column, **options)} COLLATE "C"'
