"""The tables of the key vault's file, and what stands in a row.

A row of `individual` never changes its size: a key that is not there is as many zeros, an epoch is
8 bytes. So SQLite overwrites keys where they stand instead of moving rows about, which would leave
old bytes in the unused middle of pages. Persons are person keys (HMACs) only.
"""

from pathlib import Path
from typing import NamedTuple

from chengnuo.base.errors import InvalidInputError
from chengnuo.ports.individuals import PersonKey

APPLICATION_ID = 0x63686B79  # "chky"
VERSION = 1
EPOCH_BYTES = 8
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
        UNIQUE (person, key, position))""",
    """CREATE TABLE hold (
        person TEXT NOT NULL,
        duty TEXT NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER,
        PRIMARY KEY (person, duty)) WITHOUT ROWID""",
    """CREATE TABLE state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        ordinal INTEGER NOT NULL,
        wanted INTEGER NOT NULL,
        made INTEGER NOT NULL,
        known BLOB NOT NULL)""",
)
COLUMNS = "ordinal, person, epoch, content, proof"


class KeyDatabaseError(InvalidInputError):
    """The file is no key database, or one of a newer program; it is left as it is."""

    code = "evidence-key-database"

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"`{path.name}` is not a key database of this program: {what}")
        self.path = path
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

    """

    ordinal: int
    wanted: int
    made: int
    known: bytes
