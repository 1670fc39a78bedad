"""What is foreign, lost, full, locked or read-only: said exactly, and nothing is made worse."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import (
    MASTER,
    environment_holding,
    erasure,
    file_holding,
    person,
    raws,
)

from chengnuo.adapters.evidence import key_vault_rows
from chengnuo.adapters.evidence.key_holder_environment import EnvironmentKeyHolder
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.adapters.evidence.key_vault_schema import KeyDatabaseError, KeysDamagedError
from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.ports.evidence_keys import KeyHolderError, MasterKeyError

NOBODY = 65534
PEOPLE = [person(number) for number in range(5)]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])}


def opened(folder: Path) -> SqliteKeyVault:
    return SqliteKeyVault(folder / "keys.db", file_holding(folder).opened())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with five individuals, closed."""
    vault = opened(tmp_path)
    vault.ready(PEOPLE, content=True)
    vault.close()
    return tmp_path


def refused(folder: Path, error: type[Exception], match: str) -> None:
    """See that opening is refused, and that no byte of the folder changes."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(error, match=match):
        opened(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_lost_epoch_key_is_said_and_no_other_is_made(folder: Path) -> None:
    (folder / "epoch.key").unlink()
    refused(folder, MasterKeyError, "epoch 1 is not there")


def test_the_epoch_key_of_another_vault_is_noticed(folder: Path) -> None:
    (folder / "epoch.key").unlink()
    file_holding(folder).opened().make(1)
    refused(folder, MasterKeyError, "used before")


def test_an_older_copy_of_the_holder_is_noticed(folder: Path) -> None:
    older = (folder / "epoch.key").read_bytes()
    vault = opened(folder)
    vault.erase({PEOPLE[0]: erasure()})
    vault.close()
    (folder / "epoch.key").write_bytes(older)
    refused(folder, MasterKeyError, "epoch 2 is not there")


def test_a_lost_key_database_is_not_begun_anew(folder: Path) -> None:
    (folder / "keys.db").unlink()
    refused(folder, MasterKeyError, "no key database")
    (folder / "keys.db").touch(0o600)
    with pytest.raises(MasterKeyError, match="no key database"):
        opened(folder)


def test_another_master_key_is_noticed(tmp_path: Path) -> None:
    holding = environment_holding(tmp_path)
    SqliteKeyVault(tmp_path / "keys.db", holding.opened()).close()
    assert holding.file is not None
    other = EnvironmentKeyHolder(MASTER[::-1], holding.file)
    before = (tmp_path / "keys.db").read_bytes()
    with pytest.raises(MasterKeyError, match="used before"):
        SqliteKeyVault(tmp_path / "keys.db", other)
    assert (tmp_path / "keys.db").read_bytes() == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "keys.db")
    connection.execute("CREATE TABLE theirs (id)")
    connection.close()
    (tmp_path / "keys.db").chmod(0o600)
    refused(tmp_path, KeyDatabaseError, "another program")


def test_a_database_of_a_newer_program_is_left_alone(folder: Path) -> None:
    connection = sqlite3.connect(folder / "keys.db")
    connection.execute("PRAGMA user_version=2")
    connection.close()
    refused(folder, KeyDatabaseError, "version 2; expected 1")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "keys.db").write_bytes(b"keys " * 1_000)
    (tmp_path / "keys.db").chmod(0o600)
    refused(tmp_path, KeysDamagedError, "malformed")


def test_a_damaged_page_is_found_at_the_start(folder: Path) -> None:
    with (folder / "keys.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 64)
    with pytest.raises(KeysDamagedError):
        opened(folder)


def test_a_page_that_is_damaged_later_is_found_by_the_check(folder: Path) -> None:
    vault = opened(folder)
    with (folder / "keys.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (file.seek(0, os.SEEK_END) - file.seek(4096)))
    # Another connection's commit, so that pages held in memory are read again.
    second = sqlite3.connect(folder / "keys.db")
    second.execute("PRAGMA user_version=1")
    second.close()
    assert "malformed" in " ".join(vault.check())
    vault.close()


def test_the_files_are_for_their_owner_alone(folder: Path) -> None:
    (folder / "keys.db").chmod(0o644)
    vault = opened(folder)
    vault.ready([person(9)], content=True)
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == dict.fromkeys(["keys.db", "keys.db-wal", "keys.db-shm", "epoch.key"], 0o600)
    vault.close()


def full_at(pages: int) -> key_vault_rows.Connect:
    def connected(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    return connected


def test_a_full_disk_is_said_and_nothing_is_lost(folder: Path) -> None:
    vault = SqliteKeyVault(folder / "keys.db", file_holding(folder).opened(), connect=full_at(12))
    known = raws(vault.ready(PEOPLE, content=True))
    crowd = [person(number) for number in range(100, 1_100)]
    with pytest.raises(DatabaseUnavailableError, match="SQLITE_FULL") as caught:
        vault.ready([*PEOPLE, *crowd], content=True)
    assert caught.value.code == "database-unavailable"
    assert vault.count() == 5
    assert raws(vault.ready(PEOPLE, content=True)) == known
    assert vault.find(crowd[0]) is None
    vault.close()
    vault = opened(folder)
    assert raws(vault.ready(PEOPLE, content=True)) == known
    assert vault.ready(crowd, content=True)[crowd[0]].ordinal == 6
    vault.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_vault_rows, "_BUSY_S", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_still_gives_known_keys(folder: Path) -> None:
    vault = opened(folder)
    known = raws(vault.ready(PEOPLE, content=True))
    other = sqlite3.connect(folder / "keys.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailableError, match="SQLITE_BUSY"):
        vault.ready([person(9)], content=True)
    with pytest.raises(DatabaseUnavailableError, match="SQLITE_BUSY"):
        vault.erase({PEOPLE[0]: erasure()})
    assert raws(vault.ready(PEOPLE, content=True)) == known
    other.execute("ROLLBACK")
    other.close()
    assert vault.ready([person(9)], content=True)[person(9)].ordinal == 6
    vault.close()


@pytest.mark.usefixtures("impatient")
def test_a_reader_that_stays_keeps_an_erasure_from_being_called_done(folder: Path) -> None:
    vault = opened(folder)
    reader = sqlite3.connect(folder / "keys.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM individual").fetchall()
    with pytest.raises(DatabaseUnavailableError, match="in use"):
        vault.erase({PEOPLE[0]: erasure()})
    found = vault.find(PEOPLE[0])
    assert found is not None
    assert found.content is None
    assert "not finished" in " ".join(vault.check())
    reader.close()
    vault.close()
    vault = opened(folder)
    assert file_holding(folder).opened().epochs() == (3,)  # not the one that another may be making
    assert (folder / "keys.db-wal").stat().st_size == 0
    assert list(vault.check()) == []
    vault.close()


def test_a_second_opening_sees_what_the_first_has_erased_and_made(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    known = raws(one.ready(PEOPLE, content=True))
    assert raws(two.ready(PEOPLE, content=True)) == known
    two.erase({PEOPLE[0]: erasure()})
    assert one.ready(PEOPLE[:1], content=False)[PEOPLE[0]].content is None
    made = one.ready([PEOPLE[0], person(9)], content=True)
    assert raws(two.ready([PEOPLE[0], person(9)], content=True)) == raws(made)
    one.erase({PEOPLE[1]: erasure()})
    assert two.ready(PEOPLE[2:], content=True)
    assert list(one.check()) == list(two.check()) == []
    one.close()
    two.close()


def test_a_number_that_another_process_wanted_is_never_wanted_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(holder: FileKeyHolder, epoch: int) -> None:
        wanted.append(epoch)
        raise KeyHolderError(holder.place)

    one = opened(folder)
    known = raws(one.ready(PEOPLE, content=True))
    wanted: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(FileKeyHolder, "make", stopped)
        for _ in range(2):
            with pytest.raises(KeyHolderError):
                one.erase({PEOPLE[0]: erasure()})
        with pytest.raises(KeyHolderError):
            opened(folder)
        with pytest.raises(KeyHolderError):
            one.erase({PEOPLE[1]: erasure()})
    assert wanted == [2, 2, 3, 3]
    with closing(opened(folder)) as two:
        assert file_holding(folder).opened().epochs() == (4,)
        kept = PEOPLE[2:]
        assert raws(two.ready(kept, content=True)) == {whose: known[whose] for whose in kept}
        assert list(two.check()) == []
    one.close()


class Meeting(sqlite3.Connection):
    """A connection that lets somebody else act before it cuts the log for the second time."""

    others: Callable[[], None]
    cuts: int = 0

    def execute(self, *args: object) -> sqlite3.Cursor:
        if "TRUNCATE" in str(args[0]):
            self.cuts += 1
            if self.cuts == 2:
                self.others()
        return super().execute(*args)


def test_two_that_erase_at_once_both_get_there(folder: Path) -> None:
    two = opened(folder)

    def connected(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, factory=Meeting, isolation_level=None, check_same_thread=False
        )
        # The keys are wrapped anew, the old epoch not yet destroyed: then another one erases, but
        # its holder fails before it has changed the epoch.
        connection.others = interrupted
        return connection

    def interrupted() -> None:
        (folder / "epoch.key").chmod(0o644)
        with pytest.raises(MasterKeyError):
            two.erase({PEOPLE[1]: erasure()})
        (folder / "epoch.key").chmod(0o600)

    one = SqliteKeyVault(folder / "keys.db", file_holding(folder).opened(), connect=connected)
    known = one.ready(PEOPLE, content=True)
    one.erase({PEOPLE[0]: erasure()})
    assert file_holding(folder).opened().epochs() == (3,)
    assert raws(one.ready(PEOPLE[2:], content=True)) == raws(
        {whose: known[whose] for whose in PEOPLE[2:]}
    )
    assert list(one.check()) == []
    one.close()
    two.close()


MAKING = """
import sys
from pathlib import Path
from tests.adapters.evidence.key_kit import erasure, file_holding, person
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
folder, number = Path(sys.argv[1]), int(sys.argv[2])
sys.stdin.readline()
vault = SqliteKeyVault(folder / "keys.db", file_holding(folder).opened())
for at in range(40):
    vault.ready([person(at), person(at + number)], content=True)
    if at % 10 == number:
        vault.erase({person(at): erasure(at * 10 + number)})
for at in range(40):
    keys = vault.ready([person(at)], content=False)[person(at)]
    print(keys.ordinal, keys.proof.hex())
vault.close()
"""


@pytest.mark.real
def test_processes_that_begin_at_once_share_one_vault(tmp_path: Path) -> None:
    children = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", MAKING, str(tmp_path), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
        for number in range(3)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    told = [child.communicate()[0] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    assert told == [told[0]] * 3
    vault = opened(tmp_path)
    assert vault.count() == 42
    assert list(vault.check()) == []
    vault.close()
    assert len(file_holding(tmp_path).opened().epochs()) == 1


AS_NOBODY = """
import os, sys
from pathlib import Path
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.adapters.sql.database import DatabaseUnavailableError
if os.getuid() == 0:
    os.setuid(int(sys.argv[2]))
try:
    SqliteKeyVault(Path(sys.argv[1]), FileKeyHolder(Path(sys.argv[3]), in_data_folder=False))
except DatabaseUnavailableError as error:
    print(error)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account of the machine can look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.real
@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_a_read_only_folder_is_said_and_left_alone(open_folder: Path, *, there: bool) -> None:
    database = open_folder / "keys.db"
    if there:
        opened(open_folder).close()
        database.chmod(0o400)
        if os.getuid() == 0:
            os.chown(database, NOBODY, NOBODY)
            os.chown(open_folder / "epoch.key", NOBODY, NOBODY)
    before = {path.name: path.read_bytes() for path in open_folder.iterdir()}
    open_folder.chmod(0o555)
    told = subprocess.run(  # noqa: S603 - our own program
        [
            sys.executable,
            "-c",
            AS_NOBODY,
            str(database),
            str(NOBODY),
            str(open_folder / "epoch.key"),
        ],
        capture_output=True,
        text=True,
        check=True,
        env=ENVIRONMENT,
    ).stdout
    open_folder.chmod(0o755)
    assert told.startswith("the database cannot be used now: ")
    assert {path.name: path.read_bytes() for path in open_folder.iterdir()} == before
