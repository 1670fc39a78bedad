"""MariaDB and MySQL, and what speaks their language, as a store of the operator.

Most texts there are equal whatever their case. Keys are compared and ordered as the index behind
them does; only where a whole row is the key, or where every different value counts, byte by byte.
Changes are strict: a value that does not fit is refused, not cut. Times are read in UTC.
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import URL, Connection, CursorResult, cast, func, literal_column
from sqlalchemy.dialects.mysql import CHAR
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import BINARY

from chengnuo.adapters.connectors.sql_server import (
    ANSWER_S,
    CONNECT_S,
    LOCK_S,
    STATEMENT_S,
    Beside,
    Expression,
    KnownColumn,
    Physical,
    Refused,
    Said,
    Server,
    Troubled,
    UnsendableError,
)
from chengnuo.adapters.connectors.sql_text import Spelling
from chengnuo.adapters.connectors.sql_types import Oddity
from chengnuo.domain.rights.schema import Check, ColumnSchema, Trigger, ValueType
from chengnuo.domain.rights.values import Value

_SETTINGS = (
    "time_zone = '+00:00'",
    "sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')",
    "foreign_key_checks = 1",
    f"innodb_lock_wait_timeout = {LOCK_S}",
    f"lock_wait_timeout = {LOCK_S}",
)
_STATEMENT_LIMITS = (
    f"max_statement_time = {STATEMENT_S}",
    f"max_execution_time = {STATEMENT_S * 1000}",
)
_REFUSING = {
    1048: "not null",
    1062: "unique",
    1216: "foreign key",
    1217: "foreign key",
    1264: "value",
    1265: "value",
    1292: "value",
    1364: "not null",
    1366: "value",
    1406: "value",
    1442: "trigger",
    1451: "foreign key",
    1452: "foreign key",
    1586: "unique",
    1644: "trigger",
    1761: "foreign key",
    1762: "foreign key",
    1906: "generated column",
    3105: "generated column",
    3140: "value",
    3819: "check",
    4025: "check",
}
_WHAT = {
    1040: "it has no connection left",
    1044: "it refuses the account of the connection",
    1045: "it refuses the account of the connection",
    1049: "there is no such database",
    1053: "it is shutting down",
    1054: "a column that is needed is not there",
    1142: "a permission that is needed is not there",
    1143: "a permission that is needed is not there",
    1146: "a table that is needed is not there",
    1205: "a lock was held for too long",
    1213: "other work stood against it (deadlock)",
    1290: "it takes no changes",
    1792: "it takes no changes",
    1969: "a statement took too long",
    3024: "a statement took too long",
}
_TIME = 11
"""Number of the type TIME in the protocol."""
_LOST = frozenset({1053, 1317, 2002, 2003, 2006, 2013, 2014, 2027, 2055})
_NAMES = (
    re.compile(r"CONSTRAINT `(?P<name>(?:[^`]|``)+)` FOREIGN KEY"),
    re.compile(r"for key '(?P<name>[^']+)'$"),
    re.compile(r"CONSTRAINT `(?P<name>[^`]+)` failed for `[^`]+`\.`(?P<table>[^`]+)`$"),
    re.compile(r"^Check constraint '(?P<name>[^']+)' is violated\.$"),
    re.compile(r"^Column '(?P<name>[^']+)' cannot be null$"),
    re.compile(r"^Field '(?P<name>[^']+)' doesn't have a default value$"),
    re.compile(r" for column (?:`[^`]+`\.`[^`]+`\.)?[`'](?P<name>[^`']+)[`'] at row \d+$"),
)
_CHECKS = """
    SELECT constraint_schema, table_name, constraint_name, check_clause
    FROM information_schema.check_constraints ORDER BY constraint_name, check_clause
"""
_CHECKS_OF_MYSQL = """
    SELECT c.constraint_schema, t.table_name, c.constraint_name, c.check_clause
    FROM information_schema.check_constraints c
    JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name)
    WHERE t.constraint_type = 'CHECK' ORDER BY c.constraint_name
"""
_LISTS = """
    SELECT table_schema, table_name, column_name, column_type
    FROM information_schema.columns WHERE data_type IN ('enum', 'set')
"""
_TRIGGERS = """
    SELECT event_object_schema, event_object_table, trigger_name, event_manipulation
    FROM information_schema.triggers ORDER BY trigger_name
"""


class MysqlServer(Server):
    """A MariaDB or MySQL server."""

    spelling = Spelling(backslashes=True, folds=True)
    begin = ("START TRANSACTION READ WRITE",)
    compares_rows = False
    checks_row_by_row = True
    folds_table_names = True

    def arguments(self, url: URL) -> dict[str, Any]:
        """Return time-outs and the encoding."""
        del url
        return {
            "connect_timeout": CONNECT_S,
            "read_timeout": ANSWER_S,
            "write_timeout": ANSWER_S,
            "charset": "utf8mb4",
        }

    def prepare(self, connection: Connection) -> None:
        """Set time-outs and strictness, read in UTC, change nothing outside of `changes`."""
        for one in _SETTINGS:
            connection.exec_driver_sql(f"SET SESSION {one}")
        for one in _STATEMENT_LIMITS:
            try:
                connection.exec_driver_sql(f"SET SESSION {one}")
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise
        connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")

    def beside(
        self,
        connection: Connection,
        tables: Mapping[Physical, tuple[ColumnSchema, ...]],
        primary_keys: Mapping[Physical, tuple[str, ...]],
    ) -> Mapping[Physical, Beside]:
        """Read conditions, lists of values and triggers from the information schema."""
        del primary_keys
        home = connection.dialect.default_schema_name

        def read(sql: str) -> list[tuple[Physical, str, str]]:
            return [
                (Physical(None if inside == home else inside, table), str(name), str(text))
                for inside, table, name, text in connection.exec_driver_sql(sql)
            ]

        is_mariadb = bool(getattr(connection.dialect, "is_mariadb", False))
        checks: dict[Physical, list[Check]] = defaultdict(list)
        for place, name, clause in read(_CHECKS if is_mariadb else _CHECKS_OF_MYSQL):
            checks[place].append(Check(name=name, sql=clause, columns=()))
        for place, column, kind in read(_LISTS):
            quoted = "`" + column.replace("`", "``") + "`"
            text = f"{quoted} IN {kind[4:]}" if kind.startswith("enum") else ""
            checks[place].append(Check(name="", sql=text, columns=(column,)))
        triggers: dict[Physical, list[Trigger]] = defaultdict(list)
        for place, name, event in read(_TRIGGERS):
            triggers[place].append(Trigger(name=name, on=event.lower()))
        return {
            place: Beside(checks=tuple(checks[place]), triggers=tuple(triggers[place]))
            for place in tables
        }

    def carried(self, column: Expression, about: KnownColumn) -> Expression:
        """Carry a float of four bytes as what it is, not as it is shown."""
        if about.oddity is Oddity.SINGLE:
            return column.op("+")(literal_column("0e0"))
        return column

    def key_column(self, column: Expression, about: KnownColumn, *, all_of: bool) -> Expression:
        """Compare texts byte by byte where no index says what is equal."""
        return self.exact(column) if all_of and _is_text(about) else column

    def ordered(self, column: Expression, about: KnownColumn) -> Expression:
        """Order a list of values as it is compared, by its texts."""
        if about.oddity is Oddity.LISTED and column.type.__class__ is not BINARY:
            return cast(column, CHAR)
        return column

    def exact(self, column: Expression) -> Expression:
        """Compare byte by byte."""
        return cast(func.convert(column.op("USING")(literal_column("utf8mb4"))), BINARY)

    def exact_value(self, value: Value) -> Value:
        """Return the text that the bytes are."""
        return value.decode() if isinstance(value, bytes) else value

    def key_value(self, value: Value, about: KnownColumn, *, all_of: bool) -> Value:
        """Return a text as the bytes that it is compared as."""
        held = self.sendable(value, about)
        return held.encode() if all_of and _is_text(about) and isinstance(held, str) else held

    def fetched(self, result: CursorResult[Any]) -> list[tuple[Value, ...]]:
        """Return the rows; times of day, which the driver reads as spans, as times."""
        spans = {at for at, one in enumerate(result.cursor.description) if one[1] == _TIME}
        rows: list[tuple[Value, ...]] = list(result.cursor.fetchall())
        if not spans:
            return rows
        return [
            tuple(_time_of_day(one) if at in spans else one for at, one in enumerate(row))
            for row in rows
        ]

    def sendable(self, value: Value, about: KnownColumn) -> Value:
        """Return a value that the server does not guess at."""
        held = super().sendable(value, about)
        match held:
            case float() if not math.isfinite(held):
                raise UnsendableError
            case datetime() if held.tzinfo is not None:
                return held.astimezone(UTC).replace(tzinfo=None)
            case UUID():
                return str(held)
            case _:
                return held

    def said(self, error: BaseException) -> Said:
        """Tell by the number of the error; of its text only names are taken."""
        number = error.args[0] if error.args else None
        if not isinstance(number, int) or number in _LOST or number == 0:
            return Troubled("it does not answer", ends=True)
        if (kind := _REFUSING.get(number)) is None:
            return Troubled(_WHAT.get(number, f"it answers with error {number}"))
        if kind == "trigger" or len(error.args) < 2:  # noqa: PLR2004  number and text
            return Refused(kind)
        text = str(error.args[1])
        found = next((one for pattern in _NAMES if (one := pattern.search(text))), None)
        if found is None:
            return Refused(kind)
        return Refused(f"{kind} `{found['name']}`", found.groupdict().get("table"))


def _is_text(about: KnownColumn) -> bool:
    return about.schema.type in {ValueType.TEXT, ValueType.JSON, ValueType.OTHER}


def _time_of_day(span: Value | timedelta) -> Value:
    """Return a time of day; a span of time that is none stays a text, as the server writes it."""
    if not isinstance(span, timedelta):
        return span
    if timedelta(0) <= span < timedelta(days=1):
        return (datetime(1, 1, 1, tzinfo=UTC) + span).time()
    minutes, seconds = divmod(abs(span).seconds + abs(span).days * 86_400, 60)
    fraction = f".{span.microseconds:06}" if span.microseconds else ""
    sign = "-" if span < timedelta(0) else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{seconds:02}{fraction}"
