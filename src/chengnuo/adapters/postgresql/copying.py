"""Many rows at once through the COPY protocol, in the text format.

One COPY sends any number of rows in one statement and waits for the server once; `executemany` of
the driver waits once for each row. (PostgreSQL, chapter 54.2.6 and the reference of COPY.)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, column, select, table
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from chengnuo.adapters.postgresql.said import ServerSaidError

_PART_BYTES = 1 << 16
_UNIQUE = "23"
_LOST = "08006"
_COMING = "chengnuo_coming"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\ufffd"})


def without_zeros(text: str) -> str:
    """Return a text as the server takes it: it knows none with a zero in it, as forms may hold."""
    return text.replace("\0", "\ufffd")


def copy_in(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Add rows to a table, within the transaction that is open.

    Args:
        connection: The connection.
        table: The name of the table, quoted if it must be.
        columns: Names of the columns.
        rows: Their values: int, str, bytes, bool or None.

    Raises:
        IntegrityError: A row is there already; the transaction is lost.
        DBAPIError: The server refused something else; no value of a row is in the message.

    """
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f"COPY {table} ({names}) FROM STDIN"
    cursor: Any = connection.connection.cursor()  # of pg8000, whose own is `stream`
    try:
        cursor.execute(statement, stream=_parts(rows))
    except connection.dialect.loaded_dbapi.Error as error:
        said = error.args[0] if error.args else None
        state = str(said.get("C", _LOST)) if isinstance(said, dict) else _LOST
        kind = IntegrityError if state.startswith(_UNIQUE) else DBAPIError
        raise kind(statement, None, ServerSaidError(state)) from None
    finally:
        cursor.close()


def copy_through(
    connection: Connection, statement: Insert, rows: Sequence[Mapping[str, object]]
) -> None:
    """Run an insert, with what it says of conflicts, for many rows at once.

    They are copied into a table that ends with the transaction, and go on from there.

    Args:
        connection: The connection.
        statement: The insert, without values.
        rows: Each with a value for the same columns; no two of one key.

    Raises:
        DBAPIError: The server refused it; no value of a row is in the message.

    """
    if not isinstance(statement.table, Table):
        raise TypeError
    into, columns = statement.table.name, [*rows[0]]
    names = ", ".join(f'"{name}"' for name in columns)
    made = f'CREATE TEMP TABLE {_COMING} ON COMMIT DROP AS SELECT {names} FROM "{into}" WHERE false'  # noqa: S608  names of tables
    connection.exec_driver_sql(made)
    copy_in(connection, _COMING, columns, ([row[name] for name in columns] for row in rows))
    coming = table(_COMING, *(column(name) for name in columns))
    connection.execute(statement.from_select(columns, select(coming)))
    connection.exec_driver_sql(f"DROP TABLE {_COMING}")


def _parts(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    part: list[str] = []
    held = 0
    for row in rows:
        line = "\t".join(map(_field, row))
        part.append(line)
        held += len(line)
        if held > _PART_BYTES:
            yield _lines(part)
            part, held = [], 0
    if part:
        yield _lines(part)


def _lines(part: list[str]) -> bytes:
    return ("\n".join(part) + "\n").encode()


def _field(value: object) -> str:
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)
