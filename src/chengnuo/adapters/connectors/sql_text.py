"""The words of SQL texts that servers keep: which columns a condition names, where a CHECK stands.

It does not parse SQL. It knows strings, quoted names, comments and parentheses, so that a column
is never found inside a string and a parenthesis inside one never counts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class Mark(Enum):
    """What a piece of SQL is."""

    WORD = "word"
    NAME = "name"
    STRING = "string"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of an SQL text.

    Attributes:
        mark: What it is.
        text: The word as written, the name without its quotes, or the characters themselves.
        start: Where it begins in the text.
        end: Where it ends.

    """

    mark: Mark
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of these keywords, given in capitals."""
        return self.mark is Mark.WORD and self.text.upper() in words

    def is_sign(self, sign: str) -> bool:
        """Tell whether it is this sign."""
        return self.mark is Mark.OTHER and self.text == sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How a server writes SQL.

    Attributes:
        backslashes: A backslash inside a string covers the next character.
        brackets: `[a]` is a quoted name.
        folds: Names that differ in case only are the same, quoted or not.

    """

    backslashes: bool = False
    brackets: bool = False
    folds: bool = False


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A CHECK as it stands in the text of a table; the name is empty where it has none."""

    name: str
    sql: str


_SPACE = r"(?P<space>\s+|--[^\n]*|/\*.*?\*/)"
_PLAIN_STRING = r"'(?:[^']|'')*'"
_ESCAPED_STRING = r"'(?:[^'\\]|''|\\.)*'"
_WORD = r"(?P<word>[^\W\d][\w$]*)"
_REST = r"(?P<other>::|\d[\w.]*|.)"


def _pattern(spelling: Spelling) -> re.Pattern[str]:
    string = _ESCAPED_STRING if spelling.backslashes else rf"[eE]{_ESCAPED_STRING}|{_PLAIN_STRING}"
    name = r'"(?:[^"]|"")*"|`(?:[^`]|``)*`' + (r"|\[[^\]]*\]" if spelling.brackets else "")
    return re.compile(f"{_SPACE}|(?P<string>{string})|(?P<name>{name})|{_WORD}|{_REST}", re.DOTALL)


def pieces(sql: str, spelling: Spelling) -> Iterator[Piece]:
    """Yield the pieces of an SQL text, spaces and comments left out."""
    for found in _pattern(spelling).finditer(sql):
        kind, text = str(found.lastgroup), found.group()
        if kind == "space":
            continue
        if kind == "name":
            text = text[1:-1].replace(text[0] * 2, text[0])
        yield Piece(Mark(kind), text, found.start(), found.end())


def columns_in(sql: str, columns: Sequence[str], spelling: Spelling) -> tuple[str, ...]:
    r"""Return which of these columns a condition names, in the order given.

    >>> columns_in('status <> \'note\' AND length("Note") > 0', ("status", "Note"), Spelling())
    ('status', 'Note')

    """
    found = {_folded(one, spelling): one for one in columns}
    named: set[str] = set()
    read = list(pieces(sql, spelling))
    for at, piece in enumerate(read):
        if piece.mark is Mark.WORD:
            is_call = at + 1 < len(read) and read[at + 1].is_sign("(")
            is_cast = at > 0 and read[at - 1].is_sign("::")
            if is_call or is_cast:
                continue
        elif piece.mark is not Mark.NAME:
            continue
        if (column := found.get(_folded(piece.text, spelling))) is not None:
            named.add(column)
    return tuple(one for one in columns if one in named)


def _folded(name: str, spelling: Spelling) -> str:
    return name.casefold() if spelling.folds else name


@lru_cache(maxsize=1024)  # a schema is read at every look, and seldom another one
def checks_in(sql: str, spelling: Spelling) -> tuple[NamedCondition, ...]:
    """Return the CHECKs of a `CREATE TABLE`, those of columns and those of the table alike.

    >>> checks_in("CREATE TABLE t (a INT CHECK (a > 0), CONSTRAINT b CHECK (a < 9))", Spelling())
    (NamedCondition(name='', sql='a > 0'), NamedCondition(name='b', sql='a < 9'))

    """
    found = []
    read = list(pieces(sql, spelling))
    depth = 0
    for at, piece in enumerate(read):
        depth += piece.is_sign("(") - piece.is_sign(")")
        opens = at + 1 < len(read) and read[at + 1].is_sign("(")
        if depth == 1 and opens and piece.is_word("CHECK"):
            named = at > 1 and read[at - 2].is_word("CONSTRAINT")
            name = read[at - 1].text if named else ""
            found.append(NamedCondition(name, _inside(sql, read[at + 1 :])))
    return tuple(found)


def _inside(sql: str, read: Sequence[Piece]) -> str:
    depth = 0
    for piece in read:
        depth += piece.is_sign("(") - piece.is_sign(")")
        if depth == 0:
            return sql[read[0].end : piece.start].strip()
    return sql[read[0].end :].strip()


def operation_of(sql: str, spelling: Spelling) -> str:
    """Return on what a `CREATE TRIGGER` runs: `insert`, `update` or `delete`."""
    words = ("INSERT", "UPDATE", "DELETE")
    return next((one.text.lower() for one in pieces(sql, spelling) if one.is_word(*words)), "")
