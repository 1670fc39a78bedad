"""What the tests of keys share: a real token, holders of every kind, individuals, erasures."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_holder_environment import EnvironmentKeyHolder
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.key_rows import SCHEMA_NAME, PostgresqlKeyRows
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Erasure, KeyHolder, KeyHolderError, PersonKeys
from chengnuo.ports.individuals import PersonKey

MASTER = bytes(range(32))
TOKEN, PIN = "chengnuo-test", "824173"
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
OpenHolder = Callable[[], KeyHolder]


@dataclass(frozen=True)
class Holding:
    """A kind of holder: `opened()` opens the same one again, as another process would."""

    opened: OpenHolder
    file: Path | None


def file_holding(folder: Path) -> Holding:
    path = folder / "epoch.key"
    return Holding(lambda: FileKeyHolder(path, in_data_folder=False), path)


def environment_holding(folder: Path) -> Holding:
    path = folder / "epoch.key"
    return Holding(lambda: EnvironmentKeyHolder(MASTER, path), path)


def softhsm_library() -> str:
    """Return where Debian, Fedora or Homebrew keep SoftHSM's library."""
    places = [
        *Path("/usr").glob("lib*/softhsm/libsofthsm2.so"),
        *Path("/usr/lib").glob("*/softhsm/libsofthsm2.so"),
        *Path("/usr").glob("lib*/pkcs11/libsofthsm2.so"),
        *Path("/opt/homebrew/lib/softhsm").glob("libsofthsm2.so"),
    ]
    return str(places[0])


def make_token(folder: Path) -> None:
    """Make a throwaway token, and let SoftHSM find it from now on in this process."""
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(settings)
    names = ["--label", TOKEN, "--so-pin", PIN, "--pin", PIN]
    subprocess.run(  # noqa: S603 - a fixed command
        ["softhsm2-util", "--init-token", "--free", *names],  # noqa: S607 - where the system has it
        check=True,
        capture_output=True,
    )


def person(number: int) -> PersonKey:
    return PersonKey(sha256(b"%d" % number).hexdigest())


def erasure(position: int = 100, key: KeyClass = KeyClass.CONTENT) -> Erasure:
    return Erasure(key=key, at=NOW, under="PIPL-47", position=position)


def raw(keys: PersonKeys) -> tuple[int, bytes | None, bytes]:
    """Return everything of keys, also what does not show when they are printed."""
    return keys.ordinal, keys.content, keys.proof


def raws(keys: Mapping[PersonKey, PersonKeys]) -> dict[PersonKey, tuple[int, bytes | None, bytes]]:
    return {whose: raw(found) for whose, found in keys.items()}


def bytes_below(*folders: Path) -> bytes:
    """Return every byte of every file, one after the other."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return b"\0\0".join(path.read_bytes() for path in files)


def saved(folder: Path, to: Path) -> Path:
    """Copy the files of a folder as they are now, as a backup or a crash would leave them."""
    to.mkdir()
    for path in folder.iterdir():
        shutil.copy2(path, to)
    return to


def cut_short(vault: KeptKeys, whose: PersonKey, patch: pytest.MonkeyPatch) -> None:
    """Erase a key, and let the epoch change end before the new epoch key is made."""

    def stopped(_: object, epoch: int) -> None:
        raise KeyHolderError(str(epoch))

    with patch.context() as patched:
        patched.setattr(FileKeyHolder, "make", stopped)
        with pytest.raises(KeyHolderError):
            vault.erase({whose: erasure()})


@dataclass(frozen=True)
class KeysPlace:
    """Where keys are kept: a file of a folder, or a database."""

    folder: Path
    database: PostgresqlDatabase | None = None

    def vault(self, *, most_remembered: int = 100, follows: bool = False) -> KeptKeys:
        """Open it, again and again if asked to, as other processes would."""
        holder = file_holding(self.folder).opened()
        if self.database is not None:
            rows = PostgresqlKeyRows(self.database)
            return KeptKeys(rows, holder, most_remembered=most_remembered, follows=follows)
        path = self.folder / "keys.db"
        return SqliteKeyVault(path, holder, most_remembered=most_remembered, follows=follows)

    def run(self, statement: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Run a statement behind the vault's back, and return what it found."""
        if self.database is not None:
            with self.database.write() as connection:
                connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA_NAME}")
                said = statement.replace("?", "%s").replace("x'", r"'\x")
                found = connection.exec_driver_sql(said, tuple(values))
                return [tuple(row) for row in found] if found.returns_rows else []
        with closing(sqlite3.connect(self.folder / "keys.db")) as file, file:
            return [tuple(row) for row in file.execute(statement, values)]
