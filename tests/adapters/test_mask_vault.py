"""The vault of masked values: sealed, of one key, forgetting for good."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chengnuo.adapters.mask_vault import SqliteMaskVault
from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.ports.mask_vault import MaskVaultDamagedError, NotAMaskVaultError

KEY = b"k" * 32
# Made up.
VALUES = {"[mobile*aaaa]": "13812345678", "[email*bbbb]": "某人@例子.cn", "[qq*c]": "\ud800"}


@dataclass
class Hands:
    """A clock that stands until it is moved."""

    at: datetime = datetime(2026, 11, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "names.vault"


@pytest.fixture
def vault(file: Path, clock: Hands) -> Iterator[SqliteMaskVault]:
    opened = SqliteMaskVault(file, KEY, clock)
    opened.keep(VALUES)
    yield opened
    opened.close()


def test_what_is_kept_is_given_back_by_name(
    vault: SqliteMaskVault, file: Path, clock: Hands
) -> None:
    assert vault.values([*VALUES, "[name*none]"]) == VALUES
    assert vault.values([f"[qq*{number}]" for number in range(1200)] + ["[qq*c]"]) == {
        "[qq*c]": "\ud800"
    }
    vault.close()
    again = SqliteMaskVault(file, KEY, clock)
    assert again.values(VALUES) == VALUES
    assert again.count() == 3
    again.close()


def test_a_value_is_nowhere_in_the_file(vault: SqliteMaskVault, file: Path) -> None:
    assert b"13812345678" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert vault.count() == 3


def test_what_was_kept_first_stays(vault: SqliteMaskVault, clock: Hands) -> None:
    clock.at += timedelta(days=2)
    vault.keep(VALUES | {"[qq*d]": "1"})
    assert vault.forget_before(clock.at) == 3
    assert vault.values([*VALUES, "[qq*d]"]) == {"[qq*d]": "1"}


def test_what_is_forgotten_is_gone(vault: SqliteMaskVault, file: Path) -> None:
    sealed = sealed_in(file, "[mobile*aaaa]")
    assert sealed in file.read_bytes()
    assert vault.forget(["[mobile*aaaa]", "[qq*none]", "chengnuo"]) == 1
    assert sealed not in file.read_bytes()
    assert vault.count() == 2


def sealed_in(file: Path, name: str) -> bytes:
    connection = sqlite3.connect(file)
    (sealed,) = connection.execute("SELECT sealed FROM masked WHERE name = ?", (name,)).fetchone()
    connection.close()
    return bytes(sealed)


def test_another_key_is_refused_and_changes_nothing(
    vault: SqliteMaskVault, file: Path, clock: Hands
) -> None:
    before = file.read_bytes()
    with pytest.raises(NotAMaskVaultError, match="of another key"):
        SqliteMaskVault(file, b"q" * 32, clock)
    assert file.read_bytes() == before
    assert vault.values(VALUES) == VALUES


@pytest.mark.parametrize("content", [b"no database at all, and long enough", b"SQLite format 3\0"])
def test_another_file_is_refused(file: Path, clock: Hands, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(NotAMaskVaultError, match="another program"):
        SqliteMaskVault(file, KEY, clock)
    assert file.read_bytes() == content


def test_a_database_of_another_program_is_refused(file: Path, clock: Hands) -> None:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE masked (name TEXT)")
    connection.close()
    with pytest.raises(NotAMaskVaultError, match="another program"):
        SqliteMaskVault(file, KEY, clock)


def test_a_value_under_anothers_name_is_damage(vault: SqliteMaskVault, file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute(
        "UPDATE masked SET sealed = (SELECT sealed FROM masked WHERE name = '[qq*c]')"
        " WHERE name = '[mobile*aaaa]'"
    )
    connection.commit()
    connection.close()
    assert vault.values(["[qq*c]"]) == {"[qq*c]": "\ud800"}
    with pytest.raises(MaskVaultDamagedError, match=r"names\.vault"):
        vault.values(["[mobile*aaaa]"])


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, clock: Hands) -> None:
    with pytest.raises(DatabaseUnavailableError):
        SqliteMaskVault(tmp_path / "none" / "x.vault", KEY, clock)
    assert list(tmp_path.iterdir()) == []
