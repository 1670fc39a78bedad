"""What a column of an SQL database holds, told from the type that SQLAlchemy reflected."""

from enum import Enum
from typing import Any

from sqlalchemy import types as sql
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.types import TypeEngine, UserDefinedType

from chengnuo.domain.rights.schema import ValueType


class Carried(UserDefinedType[object]):
    """A column whose values pass as the driver gives and takes them.

    No type of SQLAlchemy's own fits: those convert, cast or guess, and a key has to come back to
    the store exactly as it came from there.
    """

    cache_ok = True


CARRIED = Carried()


class Oddity(Enum):
    """In what the values of a column behave otherwise than their kind says."""

    SINGLE = "a float of four bytes, which compares unequal to what is read of it"
    LISTED = "one of a list of texts, ordered by the list"
    PADDED = "a text filled with spaces, which compares without them"
    TWO_BYTES = "an integer of two bytes"
    FOUR_BYTES = "an integer of four bytes"


_KINDS: tuple[tuple[type[TypeEngine[Any]], ValueType], ...] = (
    (sql.Boolean, ValueType.BOOLEAN),
    (sql.Uuid, ValueType.UUID),
    (sql.JSON, ValueType.JSON),
    (mysql.BIT, ValueType.BYTES),
    (mysql.YEAR, ValueType.INTEGER),
    (postgresql.CITEXT, ValueType.TEXT),
    (sql.Interval, ValueType.OTHER),
    (sql.DateTime, ValueType.INSTANT),
    (sql.Date, ValueType.DATE),
    (sql.Time, ValueType.TIME),
    (sql.Float, ValueType.REAL),
    (sql.Numeric, ValueType.DECIMAL),
    (sql.Integer, ValueType.INTEGER),
    (sql.LargeBinary, ValueType.BYTES),
    (sql.BINARY, ValueType.BYTES),
    (sql.VARBINARY, ValueType.BYTES),
    (sql.String, ValueType.TEXT),
)
_LENGTHS: tuple[tuple[type[TypeEngine[Any]], int], ...] = (
    (mysql.TINYTEXT, 255),
    (mysql.TINYBLOB, 255),
    (mysql.MEDIUMTEXT, 16_777_215),
    (mysql.MEDIUMBLOB, 16_777_215),
    (mysql.TEXT, 65_535),
)


def value_type(kind: TypeEngine[Any]) -> ValueType:
    """Return what a column of this type holds."""
    if isinstance(kind, postgresql.DOMAIN):
        return value_type(kind.data_type)
    if isinstance(kind, mysql.TINYINT) and kind.display_width == 1:
        return ValueType.BOOLEAN
    return next((held for one, held in _KINDS if isinstance(kind, one)), ValueType.OTHER)


def length_of(kind: TypeEngine[Any]) -> int | None:
    """Return how many characters or bytes a column of this type takes; None for no limit."""
    if isinstance(kind, postgresql.DOMAIN):
        return length_of(kind.data_type)
    if isinstance(kind, sql.Enum):
        return None
    stated = getattr(kind, "length", None)
    if isinstance(stated, int):
        return stated
    return next((most for one, most in _LENGTHS if isinstance(kind, one)), None)


def oddity_of(kind: TypeEngine[Any]) -> Oddity | None:  # noqa: PLR0911  one case an oddity
    """Return in what the values of a column of this type are odd."""
    if isinstance(kind, postgresql.DOMAIN):
        return oddity_of(kind.data_type)
    if isinstance(kind, sql.Enum | mysql.SET):
        return Oddity.LISTED
    if isinstance(kind, sql.CHAR):
        return Oddity.PADDED
    if isinstance(kind, mysql.FLOAT) or (
        isinstance(kind, sql.REAL) and not isinstance(kind, mysql.REAL)
    ):
        return Oddity.SINGLE
    if isinstance(kind, sql.SmallInteger):
        return Oddity.TWO_BYTES
    if isinstance(kind, sql.Integer) and not isinstance(kind, sql.BigInteger):
        return Oddity.FOUR_BYTES
    return None
