"""`MaskVault` as one SQLite file, its values sealed with AES-256-GCM.

The key of the seal is drawn from the given one (HKDF-SHA256, RFC 5869); the name of a value is the
associated data, so that no value can be put under another's name. What is destroyed is overwritten
with zeros in the file (`secure_delete`); what a disk keeps of it opens with the key alone, so that
whoever destroys the key destroys all.
"""

import os
import sqlite3
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.base.instant import to_us
from chengnuo.ports.clock import Clock
from chengnuo.ports.mask_vault import MaskVaultDamagedError, NotAMaskVaultError

_APPLICATION_ID: Final = 0x63686D76  # "chmv"
_BUSY_S: Final = 10.0
_AT_ONCE: Final = 500
_NONCE_BYTES: Final = 12
_KNOWN: Final = "chengnuo"
_SCHEMA: Final = f"""
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS masked (
        name TEXT PRIMARY KEY, kept_us INTEGER NOT NULL, sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS masked_by_time ON masked (kept_us);
    PRAGMA application_id={_APPLICATION_ID};
    COMMIT;
"""


class SqliteMaskVault:
    """`MaskVault` over one file."""

    def __init__(self, path: Path, key: bytes, clock: Clock) -> None:
        """Open a vault, making it if it is not there.

        Args:
            path: The file; its folder must be there.
            key: The key of the mask.
            clock: Tells when a value is kept.

        Raises:
            NotAMaskVaultError: The file is something else, or of another key.
            DatabaseUnavailableError: It cannot be opened or written.

        """
        self._file = path.name
        self._clock = clock
        self._seal = AESGCM(
            HKDF(SHA256(), length=32, salt=None, info=b"chengnuo mask vault v1").derive(key)
        )
        with self._our_errors():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            self._connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
            try:
                self._recognise()
            except BaseException:
                self._connection.close()
                raise

    def keep(self, values: Mapping[str, str]) -> None:
        """See `MaskVault.keep`."""
        now = to_us(self._clock.now())
        rows = [(name, now, self._sealed(name, value)) for name, value in values.items()]
        with self._writing():
            self._connection.executemany("INSERT OR IGNORE INTO masked VALUES (?, ?, ?)", rows)

    def values(self, names: Collection[str]) -> Mapping[str, str]:
        """See `MaskVault.values`."""
        found: dict[str, str] = {}
        with self._our_errors():
            for some in _groups(names):
                rows = self._connection.execute(
                    f"SELECT name, sealed FROM masked WHERE name IN ({_marks(some)})",  # noqa: S608
                    some,
                )
                found |= {name: self._opened(name, sealed) for name, sealed in rows}
        return found

    def forget(self, names: Collection[str]) -> int:
        """See `MaskVault.forget`."""
        with self._writing():
            return sum(
                self._connection.execute(
                    f"DELETE FROM masked WHERE name IN ({_marks(some)})",  # noqa: S608
                    some,
                ).rowcount
                for some in _groups(names)
            )

    def forget_before(self, moment: datetime) -> int:
        """See `MaskVault.forget_before`."""
        with self._writing():
            return self._connection.execute(
                "DELETE FROM masked WHERE kept_us < ? AND name <> ?", (to_us(moment), _KNOWN)
            ).rowcount

    def count(self) -> int:
        """See `MaskVault.count`."""
        with self._our_errors():
            (count,) = self._connection.execute(
                "SELECT count(*) FROM masked WHERE name <> ?", (_KNOWN,)
            ).fetchone()
        return int(count)

    def close(self) -> None:
        """See `MaskVault.close`."""
        self._connection.close()

    def _recognise(self) -> None:
        run = self._connection.execute
        bare = run("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        (application,) = run("PRAGMA application_id").fetchone()
        if application != _APPLICATION_ID and not (bare and application == 0):
            raise NotAMaskVaultError(self._file, "another program wrote it")
        run("PRAGMA secure_delete=ON")
        if bare:
            self._connection.executescript(_SCHEMA)
        with self._writing():
            known = run("SELECT sealed FROM masked WHERE name = ?", (_KNOWN,)).fetchone()
            if known is None:
                row = (_KNOWN, to_us(self._clock.now()), self._sealed(_KNOWN, _KNOWN))
                run("INSERT INTO masked VALUES (?, ?, ?)", row)
                return
        try:
            self._opened(_KNOWN, known[0])
        except MaskVaultDamagedError as error:
            raise NotAMaskVaultError(self._file, "it is of another key") from error

    def _sealed(self, name: str, value: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        plain = value.encode("utf-8", "surrogatepass")
        return nonce + self._seal.encrypt(nonce, plain, name.encode())

    def _opened(self, name: str, sealed: bytes) -> str:
        try:
            plain = self._seal.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise MaskVaultDamagedError(self._file) from error
        return plain.decode("utf-8", "surrogatepass")

    @contextmanager
    def _writing(self) -> Generator[None]:
        with self._our_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _our_errors(self) -> Generator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise DatabaseUnavailableError(str(error)) from error
        except sqlite3.DatabaseError as error:
            raise NotAMaskVaultError(self._file, "another program wrote it") from error
        except OSError as error:
            raise DatabaseUnavailableError(error.strerror or "it cannot be opened") from error


def _groups(names: Collection[str]) -> Generator[list[str]]:
    given = [name for name in names if name != _KNOWN]
    for start in range(0, len(given), _AT_ONCE):
        yield given[start : start + _AT_ONCE]


def _marks(names: list[str]) -> str:
    return ", ".join("?" * len(names))
