"""A table as it is moved: its columns, their types, its key; rows in key order and their digest.

Text of a key is compared by its bytes on both sides (`BINARY` in SQLite, `COLLATE "C"` in
PostgreSQL), so that both give rows in one order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chengnuo.base.errors import IntegrityError

Key = tuple[object, ...]
Row = tuple[object, ...]
Select = Callable[[str, Sequence[object]], list[Row]]
"""Runs a statement with `?` for its values."""

_KINDS: dict[str, type] = {
    "BIGINT": int,
    "INTEGER": int,
    "BOOLEAN": bool,
    "BLOB": bytes,
    "TEXT": str,
    "VARCHAR": str,
}
_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
    "ORDER BY name"
)
_COLUMNS = "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid"


class MoveValueError(IntegrityError):
    """A value cannot be what its column says, so it cannot be moved; it is not shown."""

    code = "move-value"

    def __init__(self, table: str, column: str) -> None:
        super().__init__(
            f"a value of column `{column}` of table `{table}` is not of the type of its column, "
            "or holds a zero; it cannot be moved"
        )
        self.table = table
        self.column = column


@dataclass(frozen=True, slots=True)
class MovedTable:
    """A table.

    Attributes:
        name: Its name on both sides.
        columns: Names of its columns.
        kinds: Types of their values, of which each may be None.
        key: Names of the columns that tell its rows apart.
        schema: The schema it is in on the other side; empty for the usual one.

    """

    name: str
    columns: tuple[str, ...]
    kinds: tuple[type, ...]
    key: tuple[str, ...]
    schema: str = ""

    @property
    def named(self) -> str:
        """How it is named to people."""
        return f"{self.schema}.{self.name}" if self.schema else self.name

    @property
    def places(self) -> tuple[int, ...]:
        """Where the columns of the key stand in a row."""
        return tuple(self.columns.index(name) for name in self.key)

    def key_of(self, row: Row) -> Key:
        """Return the key of a row."""
        return tuple(row[place] for place in self.places)

    def selection(
        self, low: Key | None, high: Key | None, limit: int | None = None
    ) -> tuple[str, list[object]]:
        """Return the query of the rows above one key and up to another, in key order."""
        where, values = self.between(low, high)
        names, key = (", ".join(f'"{one}"' for one in some) for some in (self.columns, self.key))
        cut = "" if limit is None else f" LIMIT {limit}"
        return f'SELECT {names} FROM "{self.name}"{where} ORDER BY {key}{cut}', values  # noqa: S608  names of tables

    def between(self, low: Key | None, high: Key | None) -> tuple[str, list[object]]:
        """Return the clause that holds rows above one key and up to another."""
        names = ", ".join(f'"{one}"' for one in self.key)
        marks = ", ".join("?" * len(self.key))
        bounds = [(sign, key) for sign, key in ((">", low), ("<=", high)) if key is not None]
        clause = " AND ".join(f"({names}) {sign} ({marks})" for sign, _ in bounds)
        values = [value for _, key in bounds for value in key]
        return (f" WHERE {clause}" if clause else ""), values

    def checked(self, rows: list[Row]) -> list[Row]:
        """Return rows of SQLite as they are on the other side.

        Raises:
            MoveValueError: SQLite took a value that is not of the type of its column.

        """
        columns = [list(values) for values in zip(*rows, strict=True)]
        for place, values in enumerate(columns):
            kind, name = self.kinds[place], self.columns[place]
            if kind is bool:
                if any(value not in {0, 1, None} for value in values):
                    raise MoveValueError(self.named, name)
                columns[place] = [None if value is None else bool(value) for value in values]
            elif not _fit(values, kind):
                raise MoveValueError(self.named, name)
        return list(zip(*columns, strict=True))


def _fit(values: list[object], kind: type) -> bool:
    """Tell whether values are of a type or None, and no text holds a zero."""
    if not {*map(type, values)} <= {kind, type(None)}:
        return False
    return kind is not str or "\0" not in "".join(str(one) for one in values if one)


def tables_in(select: Select, *, schema: str = "", without: frozenset[str]) -> list[MovedTable]:
    """Return the tables of a SQLite file."""
    names = [str(row[0]) for row in select(_TABLES, ())]
    return [_table(select, name, schema) for name in names if name not in without]


def _table(select: Select, name: str, schema: str) -> MovedTable:
    found = select(_COLUMNS, (name,))
    key = sorted((int(str(row[2])), str(row[0])) for row in found if row[2])
    return MovedTable(
        name=name,
        columns=tuple(str(row[0]) for row in found),
        kinds=tuple(_KINDS[str(row[1]).partition("(")[0]] for row in found),
        key=tuple(column for _, column in key),
        schema=schema,
    )


def as_text(rows: list[Row]) -> bytes:
    """Return rows as what is compared; another type of a value makes another text."""
    return "".join(f"{row!r}\n" for row in rows).encode("utf-8", "surrogatepass")
