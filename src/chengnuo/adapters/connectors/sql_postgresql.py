"""PostgreSQL, and what speaks its language, as a store of the operator.

Row security is switched off, so that a policy that would hide rows ends in an error instead of in
an answer with rows missing. Lists of values, domains and exclusions are told as checks, rules as
triggers. Times are read in UTC. Types that Python has no value for pass as the server's own text.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Engine, Text, cast, collate, event
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION, TIMESTAMP
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.types import String

from chengnuo.adapters.connectors.sql_server import (
    ANSWER_S,
    LOCK_S,
    STATEMENT_S,
    Beside,
    Condition,
    Expression,
    KnownColumn,
    Physical,
    Refused,
    Said,
    Server,
    Troubled,
    UnsendableError,
)
from chengnuo.adapters.connectors.sql_text import Mark, Spelling, pieces
from chengnuo.adapters.connectors.sql_types import Oddity
from chengnuo.adapters.postgresql.address import QUERY, tls_of
from chengnuo.domain.rights.schema import Check, ColumnSchema, Trigger, ValueType
from chengnuo.domain.rights.values import Value

_SPELLING = Spelling()
_IDLE_S = 300
_SETTINGS = {
    "TimeZone": "UTC",
    "DateStyle": "ISO",
    "statement_timeout": f"{STATEMENT_S}s",
    "lock_timeout": f"{LOCK_S}s",
    "idle_in_transaction_session_timeout": f"{_IDLE_S}s",
    "row_security": "off",
    "default_transaction_read_only": "on",
}
_LIMITS = {Oddity.TWO_BYTES: 2**15, Oddity.FOUR_BYTES: 2**31}
_REFUSING = frozenset({"22", "23", "27", "44", "P0"})
_WHAT = {
    "08": "the connection was lost",
    "25": "it takes no changes",
    "28": "it refuses the account of the connection",
    "3D": "there is no such database",
    "40": "other work stood against it (deadlock)",
    "42": "a table, a column or a permission that is needed is not there",
    "53": "it has no room or no connection left",
    "55": "a lock was held for too long",
    "57": "it is shutting down, or a statement took too long",
    "58": "its disk does not answer",
}
_ENDS = frozenset({"08", "57"})
_KINDS = {
    "23502": "not null",
    "23503": "foreign key",
    "23505": "unique",
    "23514": "check",
    "23P01": "exclusion",
}
_EVENTS = ((4, "insert"), (8, "delete"), (16, "update"))
_RULES = {"2": "update", "3": "insert", "4": "delete"}

_TABLES = """
    SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p')
"""
_CONDITIONS = """
    SELECT conrelid, conname, contype = 'x',
        CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid) ELSE pg_get_constraintdef(oid) END,
        ARRAY(SELECT attname::text FROM pg_catalog.pg_attribute
              WHERE attrelid = conrelid AND attnum = ANY (conkey))
    FROM pg_catalog.pg_constraint WHERE contype IN ('c', 'x') AND conrelid <> 0
    ORDER BY conname
"""
_DOMAINS = """
    WITH RECURSIVE over AS (
        SELECT a.attrelid, a.attname, t.oid, t.typbasetype FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        WHERE t.typtype = 'd' AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT over.attrelid, over.attname, t.oid, t.typbasetype FROM over
        JOIN pg_catalog.pg_type t ON t.oid = over.typbasetype WHERE t.typtype = 'd'
    )
    SELECT over.attrelid, over.attname, c.conname, pg_get_constraintdef(c.oid)
    FROM over JOIN pg_catalog.pg_constraint c ON c.contypid = over.oid WHERE c.contype = 'c'
    ORDER BY over.attname, c.conname
"""
_LISTS = """
    SELECT a.attrelid, a.attname, t.typname,
        string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid
    WHERE a.attnum > 0 AND NOT a.attisdropped
    GROUP BY a.attrelid, a.attname, t.typname ORDER BY a.attname
"""
_TRIGGERS = """
    SELECT tgrelid, tgname, tgtype FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
    ORDER BY tgname
"""
_REWRITES = """
    SELECT ev_class, rulename, ev_type::text FROM pg_catalog.pg_rewrite
    WHERE rulename <> '_RETURN' ORDER BY rulename
"""


class PostgresqlServer(Server):
    """A PostgreSQL server."""

    spelling = _SPELLING
    begin = ("BEGIN READ WRITE",)
    check_deferred = ("SET CONSTRAINTS ALL IMMEDIATE",)
    all_schemas = True

    def engine(self, url: URL) -> Engine:
        """Return an engine that connects to a host as our own database does."""
        engine = super().engine(url)
        ours = import_module("chengnuo.adapters.postgresql.connecting")  # the driver is here, then

        def connect(
            dialect: Dialect, _: object, given: list[Any], named: dict[str, Any]
        ) -> DBAPIConnection | None:
            if "host" not in named:  # a socket of this machine, which the driver opens by itself
                return None
            made: DBAPIConnection = ours.connected(dialect, given, named, ANSWER_S)
            return made

        event.listen(engine, "do_connect", connect)
        return engine

    def address(self, url: URL) -> URL:
        """Return the URL without TLS, which is said as the driver wants it."""
        return url.difference_update_query(QUERY)

    def arguments(self, url: URL) -> dict[str, Any]:
        """Return time-outs and TLS."""
        given, tls = {"timeout": ANSWER_S, "application_name": "chengnuo"}, tls_of(url)
        return given if tls is None else {**given, "ssl_context": tls}

    def prepare(self, connection: Connection) -> None:
        """Set time-outs, read in UTC, change nothing outside of `changes`."""
        for name, value in _SETTINGS.items():
            connection.exec_driver_sql(f"SET {name} = '{value}'")

    def schemas(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return all but those of the server itself."""
        return tuple(one for one in names if one != "information_schema" and one[:3] != "pg_")

    def beside(
        self,
        connection: Connection,
        tables: Mapping[Physical, tuple[ColumnSchema, ...]],
        primary_keys: Mapping[Physical, tuple[str, ...]],
    ) -> Mapping[Physical, Beside]:
        """Read conditions, domains, lists of values, triggers and rules from the catalogue."""
        del primary_keys

        def read(sql: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

        home = connection.dialect.default_schema_name
        checks: dict[int, list[Check]] = defaultdict(list)
        for table, name, excludes, sql, columns in read(_CONDITIONS):
            text = f"EXCLUDE {sql}" if excludes and not sql.startswith("EXCLUDE") else sql
            checks[table].append(Check(name=name, sql=text, columns=tuple(columns)))
        for table, column, name, sql in read(_DOMAINS):
            checks[table].append(Check(name=name, sql=_of_column(sql, column), columns=(column,)))
        for table, column, name, labels in read(_LISTS):
            sql = f"{_quoted(column)} IN ({labels})"
            checks[table].append(Check(name=name, sql=sql, columns=(column,)))
        triggers: dict[int, list[Trigger]] = defaultdict(list)
        for table, name, when in read(_TRIGGERS):
            triggers[table] += [Trigger(name=name, on=on) for bit, on in _EVENTS if when & bit]
        for table, name, kind in read(_REWRITES):
            triggers[table].append(Trigger(name=name, on=_RULES.get(kind, "")))
        return {
            place: Beside(checks=tuple(checks[table]), triggers=tuple(triggers[table]))
            for table, inside, name in read(_TABLES)
            if (place := Physical(None if inside == home else inside, name)) in tables
        }

    def carried(self, column: Expression, about: KnownColumn) -> Expression:
        """Carry as text what has no value of its own, or no equality."""
        if about.oddity is Oddity.SINGLE:
            return cast(column, DOUBLE_PRECISION)
        if about.oddity is Oddity.LISTED or about.schema.type in {ValueType.OTHER, ValueType.JSON}:
            return cast(column, Text)
        return column

    def key_column(self, column: Expression, about: KnownColumn, *, all_of: bool) -> Expression:
        """Compare texts byte by byte where no index says what is equal."""
        if all_of and about.schema.type is ValueType.TEXT and about.oddity is not Oddity.PADDED:
            return self.exact(column)
        return column

    def exact(self, column: Expression) -> Expression:
        """Compare byte by byte."""
        return collate(cast(column, String), "C")

    def fetched(self, result: CursorResult[Any]) -> list[tuple[Value, ...]]:
        """Return the rows, which the driver makes as lists."""
        return list(map(tuple, result.cursor.fetchall()))

    def sendable(self, value: Value, about: KnownColumn) -> Value:
        """Return a value that the server reads as one of the column's type."""
        held = super().sendable(value, about)
        match held:
            case str() if "\0" in held:
                raise UnsendableError
            case int() if about.schema.type is ValueType.INTEGER:
                most = _LIMITS.get(about.oddity, 2**63) if about.oddity else 2**63
                if not -most <= held < most:
                    raise UnsendableError
            case int() if about.schema.type is ValueType.BOOLEAN and held not in {0, 1}:
                raise UnsendableError
            case float() if about.schema.type is ValueType.INTEGER:
                if not math.isfinite(held) or held != int(held):
                    raise UnsendableError
                return int(held)
            case datetime() if held.tzinfo is not None:
                return held.astimezone(UTC)
            case _:
                pass
        return held

    def before(self, column: Expression, value: Expression, about: KnownColumn) -> Condition:
        """Compare dates and instants as instants, a civil date as its beginning."""
        if not self.keeps_instants(about.schema):
            return column < value
        return column < cast(value, TIMESTAMP(timezone=True))

    def said(self, error: BaseException) -> Said:
        """Tell by the SQLSTATE and the names that the server gives beside its message."""
        fields = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
        state = str(fields.get("C", ""))
        if not state:
            return Troubled("it does not answer", ends=True)
        kind = state[:2]
        if kind in _WHAT:
            return Troubled(_WHAT[kind], ends=kind in _ENDS and state != "57014")
        if kind not in _REFUSING and not state[0].isalpha() and kind < "50":
            return Troubled(f"it answers with error {state}")
        words = _KINDS.get(state, "trigger" if kind == "P0" else "value")
        name = fields.get("n") or fields.get("c")
        return Refused(f"{words} `{name}`" if name else words, fields.get("t"))


def _of_column(sql: str, column: str) -> str:
    """Return the condition of a domain as one of the column that is of it."""
    text, at = "", 0
    for piece in pieces(sql, _SPELLING):
        if piece.mark is Mark.WORD and piece.text == "VALUE":
            text, at = text + sql[at : piece.start] + _quoted(column), piece.end
    whole = (text + sql[at:]).strip()
    return whole.removeprefix("CHECK").strip()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
