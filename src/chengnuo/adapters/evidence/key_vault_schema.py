"""The tables of the key vault's file, and what stands in a row.

A row of `individual` never changes its size: a key that is not there is as many zeros, an epoch is
8 bytes. So SQLite overwrites keys where they stand instead of moving rows about, which would leave
old bytes in the unused middle of pages. Persons are person keys (HMACs) only.

Every row carries what tells that it was changed. A row of `individual` is bound to its wrapped
keys, which open only with its ordinal and person. The others end with a digest of all before;
`listed` in `state` is the XOR of the digests of the rows of `erasure`, `hold` and `intention`: it
tells that one is missing.

Once a proof key is destroyed nothing here may lead to the chain: of that person one row of
`erasure` is left, of a day, with random negative numbers in place of `number` and `position`.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from chengnuo.base.errors import IntegrityError, InvalidInputError
from chengnuo.ports.individuals import PersonKey

APPLICATION_ID = 0x63686B79  # "chky"
VERSION = 1
EPOCH_BYTES = 8
DIGEST_BYTES = 32
SCHEMA = (
    """CREATE TABLE individual (
        ordinal INTEGER PRIMARY KEY,
        person TEXT NOT NULL UNIQUE,
        epoch BLOB NOT NULL,
        content BLOB NOT NULL,
        proof BLOB NOT NULL)""",
    """CREATE TABLE erasure (
        number INTEGER PRIMARY KEY,
        person TEXT NOT NULL,
        key TEXT NOT NULL,
        at INTEGER NOT NULL,
        under TEXT NOT NULL,
        position INTEGER NOT NULL,
        digest BLOB NOT NULL,
        UNIQUE (person, key, position))""",
    """CREATE TABLE hold (
        person TEXT NOT NULL,
        duty TEXT NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER,
        digest BLOB NOT NULL,
        PRIMARY KEY (person, duty)) WITHOUT ROWID""",
    """CREATE TABLE intention (
        person TEXT NOT NULL PRIMARY KEY,
        key TEXT NOT NULL,
        under TEXT NOT NULL,
        position INTEGER NOT NULL,
        payload TEXT NOT NULL,
        digest BLOB NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        ordinal INTEGER NOT NULL,
        wanted INTEGER NOT NULL,
        made INTEGER NOT NULL,
        known BLOB NOT NULL,
        listed BLOB NOT NULL,
        digest BLOB NOT NULL)""",
)
COLUMNS = "ordinal, person, epoch, content, proof"


class KeyDatabaseError(InvalidInputError):
    """The file is no key database, or one of a newer program; it is left as it is."""

    code = "evidence-key-database"

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"`{path.name}` is not a key database of this program: {what}")
        self.path = path
        self.what = what


class KeysDamagedError(IntegrityError):
    """Something in the key database is not what was written."""

    code = "evidence-keys-damaged"

    def __init__(self, what: str, *, file: str = "keys.db") -> None:
        super().__init__(f"the key database `{file}` is malformed: {what}")
        self.file = file
        self.what = what


class KeyRow(NamedTuple):
    """One individual's wrapped keys; `content` is None where there is none."""

    ordinal: int
    person: PersonKey
    epoch: int
    content: bytes | None
    proof: bytes


class KeyState(NamedTuple):
    """Where the vault stands.

    Attributes:
        ordinal: The highest ordinal ever given.
        wanted: The epoch that all keys shall be wrapped under.
        made: The newest epoch whose key was made; 0 before the first.
        known: A known text wrapped under it; tells a foreign epoch key.
        listed: The digests of all rows of `erasure`, `hold` and `intention`, one XOR the other.

    """

    ordinal: int
    wanted: int
    made: int
    known: bytes
    listed: bytes


def digest_of(table: str, values: Sequence[object]) -> bytes:
    """Return the digest of a row; another type of a value makes another digest."""
    return sha256(repr((table, *values)).encode()).digest()


def either(one: bytes, other: bytes) -> bytes:
    """Return the XOR of two digests, which takes in what is not there and out what is."""
    return bytes(left ^ right for left, right in zip(one, other, strict=True))


@cache
def schema_as_made() -> tuple[tuple[object, ...], ...]:
    """Return what SQLite keeps of the schema."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in SCHEMA:
            database.execute(statement)
        return schema_in(database)


def schema_in(database: sqlite3.Connection) -> tuple[tuple[object, ...], ...]:
    """Return what SQLite keeps of the schema of a database."""
    rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")
    return tuple(rows.fetchall())
