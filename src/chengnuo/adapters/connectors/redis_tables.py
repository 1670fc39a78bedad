"""How the register's table reads as keys of Redis.

A table is a pattern of keys: `session:{customer_id}`, `cart:{customer_id}:*`. A name in braces is a
column that the key itself holds, `*` stands for anything; `{{` and `}}` mean the braces themselves.
The other columns say what the keys hold:

- `value` alone: texts;
- `member`, perhaps with `score`: the members of sets, sorted sets and lists, a row each;
- `field` and `value`: the entries of hashes, a row each;
- any other names: the fields of hashes, a hash being one row.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from chengnuo.adapters.connectors.scanning import comparable
from chengnuo.domain.rights.schema import ColumnSchema, TableSchema, ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import Match

KEY, MEMBER, SCORE, FIELD, VALUE = "$key", "member", "score", "field", "value"
_PIECES = re.compile(r"(\{\{|\}\}|\{[A-Za-z_][A-Za-z0-9_]*\}|\*)")
_GLOB = re.compile(r"([*?\[\]^\\-])")


class Holds(Enum):
    """What the keys of a table hold."""

    TEXT = "text"
    HASH = "hash"
    ENTRIES = "entries"
    MEMBERS = "members"


class KeyTable:
    """One table: its pattern, and the columns of its rows."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        """Read a table of the register.

        Args:
            table: The pattern.
            columns: Columns that the register names.

        """
        self.table = table
        self._pieces = [piece for piece in _PIECES.split(table) if piece]
        self.in_key = tuple(dict.fromkeys(_name(one) for one in self._pieces if _name(one)))
        self._has_star = "*" in self._pieces
        self._expression = self._expression_with({})
        named = [one for one in dict.fromkeys(columns) if one not in {*self.in_key, KEY}]
        if MEMBER in named:
            self.holds = Holds.MEMBERS
        elif FIELD in named:
            self.holds = Holds.ENTRIES
        else:
            self.holds = Holds.TEXT if named == [VALUE] else Holds.HASH
        self.columns = tuple(named)

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns that name a row."""
        part = {Holds.MEMBERS: (MEMBER,), Holds.ENTRIES: (FIELD,)}
        return (KEY, *part.get(self.holds, ()))

    def is_score(self, column: str) -> bool:
        """Tell whether a column is the score of a sorted set."""
        return self.holds is Holds.MEMBERS and column == SCORE

    def schema(self) -> TableSchema:
        """Return the columns: those of the key, those of the register."""
        first = [
            ColumnSchema(column=one, type=ValueType.TEXT, nullable=False, generated=True)
            for one in (KEY, *self.in_key)
        ]
        rest = [
            ColumnSchema(
                column=one,
                type=ValueType.REAL if self.is_score(one) else ValueType.TEXT,
                nullable=self.holds is Holds.HASH or self.is_score(one),
                generated=one in self.key_columns,
            )
            for one in self.columns
        ]
        return TableSchema(table=self.table, columns=(*first, *rest), primary_key=self.key_columns)

    def scan_pattern(self) -> str:
        """Return the pattern for SCAN."""
        return "".join(
            "*" if one == "*" or _name(one) else _GLOB.sub(r"\\\1", _plain(one))
            for one in self._pieces
        )

    def parse(self, key: str, known: Mapping[str, str] | None = None) -> Mapping[str, str] | None:
        """Return the columns that a key holds; None where it is none of the table.

        Args:
            key: The key.
            known: Columns whose values are given, for keys that can be read in two ways.

        """
        expression = self._expression if known is None else self._expression_with(known)
        found = expression.fullmatch(key)
        return None if found is None else {one: found[one] for one in self.in_key}

    def known(self, match: Match) -> list[Mapping[str, str]]:
        """Return the values that a match gives for columns of the key, a mapping each way."""
        return [
            {one: str(asked[one]) for one in self.in_key if one in asked}
            for asked in _asked(match)
            if all(asked[one] is not None for one in self.in_key if one in asked)
        ]

    def keys_of(self, match: Match) -> list[str] | None:
        """Return the keys that a match names, in any order; None where it does not name them."""
        found = {self._key_of(asked) for asked in _asked(match)}
        return None if None in found else [one for one in found if one]

    def row_keys_of(self, match: Match) -> list[RowKey] | None:
        """Return the keys of the rows that a match names; None where it does not name them."""
        names = self.key_columns[1:]
        found: list[RowKey] = []
        for asked in _asked(match):
            key = self._key_of(asked)
            if key is None or any(one not in asked for one in names):
                return None
            if key and all(asked[one] is not None for one in names):
                found.append((key, *(asked[one] for one in names)))
        return found

    def _key_of(self, asked: Mapping[str, Value]) -> str | None:
        """Return the key that values name, empty where there can be none; None for many keys."""
        if KEY in asked:
            return str(asked[KEY] or "")
        if self._has_star or any(one not in asked for one in self.in_key):
            return None
        if any(asked[one] is None for one in self.in_key):
            return ""
        return self._filled({one: str(asked[one]) for one in self.in_key})

    def can_be_misread(self, known: Mapping[str, str]) -> bool:
        """Tell whether values hold what stands between the columns of a key."""
        between = {one[0] for one in self._pieces if one != "*" and not _name(one)}
        return any(between & {*value} for value in known.values())

    def _filled(self, known: Mapping[str, str]) -> str:
        return "".join(known[_name(one)] if _name(one) else _plain(one) for one in self._pieces)

    def _expression_with(self, known: Mapping[str, str]) -> re.Pattern[str]:
        seen: set[str] = set()
        parts = []
        for piece in self._pieces:
            name = _name(piece)
            if piece == "*":
                parts.append(".*")
            elif not name:
                parts.append(re.escape(_plain(piece)))
            elif name in seen:
                parts.append(f"(?P={name})")
            else:
                seen.add(name)
                what = re.escape(known[name]) if name in known else ".+?"
                parts.append(f"(?P<{name}>{what})")
        return re.compile("".join(parts), re.DOTALL)


def _asked(match: Match) -> Iterator[dict[str, Value]]:
    """Yield what each tuple of a match asks for, by column, in the form that is compared."""
    also = {column: comparable(value) for column, value in match.also}
    for values in match.values:
        compared = map(comparable, values)
        yield dict(zip(match.columns, compared, strict=True)) | also


def _name(piece: str) -> str:
    """Return the column that a piece of a pattern stands for; empty where it is none."""
    is_name = piece.startswith("{") and piece.endswith("}") and piece[1:2] not in {"{", "}", ""}
    return piece[1:-1] if is_name else ""


def _plain(piece: str) -> str:
    return {"{{": "{", "}}": "}"}.get(piece, piece)
