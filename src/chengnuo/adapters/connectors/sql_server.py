"""What differs between database servers, and what the connector takes from each.

The base class fits a server that keeps to the standard; each server of its own overrides what it
does otherwise. Nothing here knows pages or transactions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from sqlalchemy import URL, ColumnElement, Connection, CursorResult, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from chengnuo.adapters.connectors.sql_text import Spelling
from chengnuo.adapters.connectors.sql_types import Oddity
from chengnuo.domain.rights.schema import Check, ColumnSchema, Trigger, ValueType
from chengnuo.domain.rights.values import Value

Expression = ColumnElement[Any]
Condition = ColumnElement[bool]

CONNECT_S = 10
LOCK_S = 10
STATEMENT_S = 60
"""How long one statement may take; a page of rows by index takes milliseconds."""
ANSWER_S = STATEMENT_S + 10
"""How long the driver waits for an answer before it gives the connection up."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A server stood against a change.

    Attributes:
        constraint: What stood against it: a kind and the name of a constraint or a column.
        table: Table that the server names; None where it names none.

    """

    constraint: str
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Troubled:
    """A server did not do it, for a reason that may pass or that its administrator mends.

    Attributes:
        what: The reason, in words.
        ends: Whether the connection is of no more use.

    """

    what: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row holds something that the driver cannot read.

    Attributes:
        column: Column, as far as the driver tells.
        found: What it is.

    """

    column: str
    found: str


Said = Refused | Troubled | Unreadable


@dataclass(frozen=True, slots=True)
class Physical:
    """Where a table really is: its schema, None for the one of the connection, and its name."""

    inside: str | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a server tells of tables apart from columns and keys.

    Attributes:
        checks: Conditions on rows.
        triggers: What runs by itself.
        collations: By key column, the collation under which the server holds keys to be unique.
        unique: Column sets that are unique, where SQLAlchemy does not find them all; else None.

    """

    checks: tuple[Check, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    unique: tuple[tuple[str, ...], ...] | None = None
    collations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownColumn:
    """A column as statements need it.

    Attributes:
        schema: What it looks like.
        oddity: In what its values are odd.
        collation: Collation under which the key that it belongs to is unique; empty if not known.

    """

    schema: ColumnSchema
    oddity: Oddity | None = None
    collation: str = ""


class UnsendableError(ValueError):
    """A value that a column cannot hold, so that no row has it."""


class Server:
    """A database server of any kind that SQLAlchemy has a dialect for."""

    spelling = Spelling()
    begin: tuple[str, ...] = ("BEGIN",)
    afterwards: tuple[str, ...] = ()
    check_deferred: tuple[str, ...] = ()
    compares_rows = True
    """Whether `(a, b) > (x, y)` is there and uses an index."""
    finds_rows = True
    """Whether `(a, b) IN ((x, y), …)` uses an index."""
    checks_row_by_row = False
    """Whether a reference within a table is looked at after each row of a statement."""
    folds_table_names = False
    """Whether table names that differ in case only are the same."""
    tells_unique = False
    """Whether `beside` tells what is unique, so that SQLAlchemy is not asked."""
    all_schemas = False
    """Whether tables of other schemas may refer to ours."""

    def engine(self, url: URL) -> Engine:
        """Return an engine that keeps no connection of its own and shows no value."""
        return create_engine(
            self.address(url),
            poolclass=NullPool,
            hide_parameters=True,
            connect_args=self.arguments(url),
        )

    def address(self, url: URL) -> URL:
        """Return a URL without what `arguments` says of it."""
        return url

    def arguments(self, url: URL) -> dict[str, Any]:  # noqa: ARG002  for those who look
        """Return what the driver is given besides the URL."""
        return {}

    def starting(self) -> None:
        """Be told that a statement starts."""

    def prepare(self, connection: Connection) -> None:
        """Set time-outs, time zone and strictness of a new connection."""

    def violations(self, connection: Connection) -> int:
        """Count what would be refused at the commit and is not found by `check_deferred`."""
        del connection
        return 0

    def stands_at(self, connection: Connection) -> str:
        """Return a text that differs whenever the schema does; empty where none is told cheaply."""
        del connection
        return ""

    def schemas(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of the schemas of the server that may hold tables of an operator."""
        return tuple(names)

    def beside(
        self,
        connection: Connection,
        tables: Mapping[Physical, tuple[ColumnSchema, ...]],
        primary_keys: Mapping[Physical, tuple[str, ...]],
    ) -> Mapping[Physical, Beside]:
        """Return checks and triggers that SQLAlchemy does not reflect."""
        del connection, tables, primary_keys
        return {}

    def carried(self, column: Expression, about: KnownColumn) -> Expression:
        """Return as what a column is selected and compared, so that nothing is lost."""
        del about
        return column

    def key_column(self, column: Expression, about: KnownColumn, *, all_of: bool) -> Expression:
        """Return as what a column of a key is compared.

        Args:
            column: The column, as it is selected.
            about: What is known of it.
            all_of: Whether the key is all of the row, so that no index makes it unique.

        """
        del about, all_of
        return column

    def ordered(self, column: Expression, about: KnownColumn) -> Expression:
        """Return as what a column of a key is ordered; the same order as that of comparing."""
        del about
        return column

    def exact(self, column: Expression) -> Expression:
        """Return a text column so that texts that differ at all are different."""
        return column

    def exact_value(self, value: Value) -> Value:
        """Return the value of a text column that `exact` selected."""
        return value

    def fetched(self, result: CursorResult[Any]) -> list[tuple[Value, ...]]:
        """Return all rows of a result as plain tuples."""
        return [tuple(row) for row in result]

    def sendable(self, value: Value, about: KnownColumn) -> Value:
        """Return a value as a column of this type holds it.

        Raises:
            UnsendableError: No row can hold it there.

        """
        return as_held(value, about.schema.type)

    def key_value(self, value: Value, about: KnownColumn, *, all_of: bool) -> Value:
        """Return a value of a key as `key_column` is compared with it."""
        del all_of
        return self.sendable(value, about)

    def before(self, column: Expression, value: Expression, about: KnownColumn) -> Condition:
        """Return that a column is less than a value; one of dates or instants, than an instant."""
        del about
        return column < value

    def keeps_instants(self, column: ColumnSchema) -> bool:
        """Tell whether the server itself compares what a column holds as dates or instants."""
        return column.type in {ValueType.DATE, ValueType.INSTANT}

    def said(self, error: BaseException) -> Said:
        """Tell what an error of the driver means, without a value in it."""
        return Troubled(type(error).__name__)


def as_held(value: Value, kind: ValueType) -> Value:  # noqa: C901, PLR0911  one case a type
    """Return a value as a column of this type holds it; raise `UnsendableError` where it cannot.

    An account id is text; it is a number only where it is written as one would write it.

    >>> as_held("17", ValueType.INTEGER), as_held(17, ValueType.TEXT)
    (17, '17')

    """
    match kind, value:
        case _, None:
            return None
        case _, str() if not value.isascii() and not is_unicode(value):
            raise UnsendableError
        case ValueType.INTEGER, bool():
            return int(value)
        case ValueType.INTEGER, str():
            return _whole(value)
        case ((ValueType.DECIMAL | ValueType.REAL), str()):
            return _decimal(value)
        case ValueType.TEXT, bool():
            return str(int(value))
        case ValueType.TEXT, int() | float() | Decimal() | UUID():
            return str(value)
        case ((ValueType.DATE | ValueType.TIME | ValueType.INSTANT), str()):
            return _moment(value, kind)
        case (
            ValueType.INTEGER | ValueType.DECIMAL | ValueType.REAL | ValueType.BOOLEAN,
            bytes(),
        ):
            raise UnsendableError
        case ValueType.UUID, str():
            return _uuid(value)
        case ValueType.BOOLEAN, str():
            return _whole(value)
        case _:
            return value


def is_unicode(text: str) -> bool:
    """Tell whether a text can be written in UTF-8."""
    return not any("\ud800" <= one <= "\udfff" for one in text)


def _whole(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise UnsendableError from None
    if str(number) != text:
        raise UnsendableError
    return number


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise UnsendableError from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UnsendableError from None


def _moment(text: str, kind: ValueType) -> date | time:
    try:
        match kind:
            case ValueType.DATE:
                return date.fromisoformat(text)
            case ValueType.TIME:
                return time.fromisoformat(text)
            case _:
                return datetime.fromisoformat(text)
    except ValueError:
        raise UnsendableError from None
