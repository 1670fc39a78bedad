"""The key vault ends at any step, or its holder fails: nothing is lost, what was erased is gone."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import (
    bytes_below,
    erasure,
    file_holding,
    person,
    raw,
    raws,
    saved,
)

from chengnuo.adapters.evidence import key_vault_epochs
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import KeyHolder, KeyHolderError, WrappedKeyError

PEOPLE = [person(number) for number in range(7)]
CONTENT_OF, PROOF_OF = PEOPLE[1], PEOPLE[4]
ERASURES = {CONTENT_OF: erasure(50), PROOF_OF: erasure(51, KeyClass.PROOF)}


class Crash(BaseException):
    """The process ends here."""


class Steps:
    """Counts what is done to disk and holder; from the step `end` on, nothing happens any more."""

    def __init__(self, end: int | None = None, error: Callable[[], BaseException] = Crash) -> None:
        self.end = end
        self.done = 0
        self._error = error

    def step(self) -> None:
        if self.end is not None and self.done >= self.end:
            raise self._error()
        self.done += 1


class EndingConnection(sqlite3.Connection):
    """A connection that ends at a step; the transaction under way is left as it is."""

    steps: Steps

    def execute(self, *args: object) -> sqlite3.Cursor:
        self.steps.step()
        return super().execute(*args)

    def executemany(self, *args: object) -> sqlite3.Cursor:
        self.steps.step()
        return super().executemany(*args)

    def executescript(self, *args: object) -> sqlite3.Cursor:
        self.steps.step()
        return super().executescript(*args)

    def rollback(self) -> None:
        self.steps.step()
        super().rollback()

    def close(self) -> None:
        """Stay open: a process that ended did not close anything."""


class EndingHolder:
    """A holder that ends, or fails, at a step."""

    def __init__(self, holder: KeyHolder, steps: Steps) -> None:
        self._holder = holder
        self._steps = steps
        self.place, self.in_data_folder, self.forgets = holder.place, False, holder.forgets

    def epochs(self) -> tuple[int, ...]:
        self._steps.step()
        return self._holder.epochs()

    def make(self, epoch: int) -> None:
        self._steps.step()
        self._holder.make(epoch)

    def wrap(self, epoch: int, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        self._steps.step()
        return self._holder.wrap(epoch, keys)

    def unwrap(self, epoch: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        self._steps.step()
        return self._holder.unwrap(epoch, wrapped)

    def destroy(self, epoch: int) -> None:
        self._steps.step()
        self._holder.destroy(epoch)


class Run:
    """One life of a process that uses the vault of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps = Steps()
        self._connections: list[EndingConnection] = []

    def open(self) -> SqliteKeyVault:
        holder = EndingHolder(file_holding(self.folder).opened(), self.steps)
        return SqliteKeyVault(self.folder / "keys.db", holder, connect=self._connected)

    def _connected(self, path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, factory=EndingConnection, isolation_level=None, check_same_thread=False
        )
        connection.steps = self.steps
        self._connections.append(connection)
        return connection

    def bury(self) -> None:
        for connection in self._connections:
            sqlite3.Connection.close(connection)


@contextmanager
def crashing(folder: Path, to: Path, end: int | None) -> Iterator[Run]:
    """Run until a crash, then copy to another folder what it left."""
    run = Run(folder)
    run.steps.end = end
    with suppress(Crash):
        yield run
    saved(folder, to)
    run.bury()


class _Making:
    """What goes on while an epoch changes: keys are made of individuals new and old."""

    def __init__(self, vault: SqliteKeyVault) -> None:
        self._vault = vault
        self._made = 100

    def __call__(self, _: float) -> None:
        self._made += 1
        self._vault.ready([person(self._made)], content=self._made % 2 == 0)
        self._vault.ready([person(self._made - 1)], content=True)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_vault_epochs, "_CHUNK", 2)


def opened(folder: Path) -> SqliteKeyVault:
    return SqliteKeyVault(folder / "keys.db", file_holding(folder).opened())


@pytest.fixture
def before(tmp_path: Path) -> Path:
    folder = tmp_path / "before"
    folder.mkdir()
    vault = opened(folder)
    vault.ready(PEOPLE, content=True)
    vault.close()
    return folder


def assert_whole(folder: Path, before: Path) -> bool:
    """Open what a crash left, hold it against what there was; tell whether it is erased."""
    old = opened(before)
    expected = {whose: raw(found) for whose in PEOPLE if (found := old.find(whose))}
    old.close()
    vault = opened(folder)
    erased = vault.erasures(CONTENT_OF) == (ERASURES[CONTENT_OF],)
    assert [one.key for one in vault.erasures(PROOF_OF)] == [KeyClass.PROOF] * erased
    if erased:
        ordinal, _, proof = expected[CONTENT_OF]
        expected[CONTENT_OF] = (ordinal, None, proof)
        del expected[PROOF_OF]
    found = {whose: raw(keys) for whose in PEOPLE if (keys := vault.find(whose))}
    assert found == expected
    assert list(vault.check()) == []
    (epoch,) = file_holding(folder).opened().epochs()
    assert (epoch > 1) is erased
    vault.close()
    return erased


def assert_old_copies_are_useless(folder: Path, before: Path, to: Path) -> None:
    """Put the key database of before beside the present holder."""
    saved(folder, to)
    (to / "keys.db").write_bytes((before / "keys.db").read_bytes())
    with pytest.raises(WrappedKeyError):
        opened(to)


def secrets_gone(before: Path) -> list[bytes]:
    """Return the wrapped forms that an erasure must not leave."""
    connection = sqlite3.connect(before / "keys.db")
    rows = connection.execute("SELECT person, content, proof FROM individual").fetchall()
    connection.close()
    wrapped = {whose: (content, proof) for whose, content, proof in rows}
    return [wrapped[CONTENT_OF][0], *wrapped[PROOF_OF]]


@pytest.mark.parametrize("made_meanwhile", [False, True], ids=["alone", "keys made meanwhile"])
def test_an_erasure_that_ends_at_any_step_is_whole_at_the_next_start(
    tmp_path: Path, before: Path, monkeypatch: pytest.MonkeyPatch, *, made_meanwhile: bool
) -> None:
    gone = secrets_gone(before)
    outcomes = []
    for step in range(1_000):
        folder = saved(before, tmp_path / f"run-{step}")
        left = tmp_path / f"left-{step}"
        with crashing(folder, left, None) as run:
            vault = run.open()
            run.steps.end = run.steps.done + step
            if made_meanwhile:
                monkeypatch.setattr(key_vault_epochs, "sleep", _Making(vault))
            vault.erase(ERASURES)
            run.steps.end = None
        monkeypatch.setattr(key_vault_epochs, "sleep", time.sleep)
        erased = assert_whole(left, before)
        outcomes.append(erased)
        assert any(secret in bytes_below(left) for secret in gone) is not erased
        if erased:
            assert_old_copies_are_useless(left, before, tmp_path / f"old-{step}")
        if run.steps.end is None:
            break
    assert len(outcomes) > 30
    assert outcomes == sorted(outcomes)


def test_a_start_that_is_interrupted_again_and_again_gets_there(
    tmp_path: Path, before: Path
) -> None:
    for step in range(24, 56, 4):
        folder = saved(before, tmp_path / f"run-{step}")
        left = tmp_path / f"left-{step}"
        with crashing(folder, left, None) as run:
            vault = run.open()
            run.steps.end = run.steps.done + step
            vault.erase(ERASURES)
        for again in range(14, 1_000, 5):
            folder, left = left, tmp_path / f"left-{step}-{again}"
            with crashing(folder, left, again) as run:
                run.open()
                run.steps.end = None
            if run.steps.end is None:
                break
        assert assert_whole(left, before)


def test_a_first_start_that_ends_at_any_step_can_be_repeated(tmp_path: Path) -> None:
    for step in range(1_000):
        folder = tmp_path / f"run-{step}"
        folder.mkdir()
        left = tmp_path / f"left-{step}"
        with crashing(folder, left, step) as run:
            run.open().ready(PEOPLE[:2], content=True)
            run.steps.end = None
        vault = opened(left)
        assert vault.count() in {0, 2}
        made = vault.ready(PEOPLE, content=True)
        assert sorted(keys.ordinal for keys in made.values()) == list(range(1, 8))
        assert list(vault.check()) == []
        vault.close()
        assert len(file_holding(left).opened().epochs()) == 1
        if run.steps.end is None:
            break
    assert step > 20


def test_a_holder_that_fails_at_any_step_leaves_keys_erased_and_the_rest_for_later(
    tmp_path: Path, before: Path
) -> None:
    for step in range(1_000):
        folder = saved(before, tmp_path / f"run-{step}")
        steps = Steps(error=lambda: KeyHolderError("it is away"))
        holder = EndingHolder(file_holding(folder).opened(), steps)
        vault = SqliteKeyVault(folder / "keys.db", holder)
        known = raws(vault.ready(PEOPLE, content=True))
        steps.end = steps.done + step
        try:
            vault.erase(ERASURES)
        except KeyHolderError:
            failed = True
        else:
            failed = False
        steps.end = None
        # The keys are gone at once, others are still there and new ones can be made.
        assert raw(vault.ready([CONTENT_OF], content=False)[CONTENT_OF])[1] is None
        assert vault.find(PROOF_OF) is None
        assert raw(vault.ready([PEOPLE[0]], content=True)[PEOPLE[0]]) == known[PEOPLE[0]]
        assert vault.ready([person(99)], content=True)[person(99)].ordinal == 8
        assert bool(list(vault.check())) is failed
        # The next erasure finishes it as well, even one that has nothing to destroy.
        vault.erase({person(100): erasure()})
        assert file_holding(folder).opened().epochs() == (2,)
        assert list(vault.check()) == []
        vault.close()
        if not failed:
            break
    assert step > 8


ERASING = """
import sys
from pathlib import Path
from tests.adapters.evidence.key_kit import erasure, file_holding, person
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
folder, first = Path(sys.argv[1]), int(sys.argv[2])
vault = SqliteKeyVault(folder / "keys.db", file_holding(folder).opened())
for number in range(first, first + 100_000):
    keys = vault.ready([person(number)], content=True)[person(number)]
    print("made", number, keys.proof.hex(), flush=True)
    if number % 2:
        vault.erase({person(number): erasure(number)})
        print("erased", number, "-", flush=True)
"""


@pytest.mark.real
def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(7)
    made: dict[int, str] = {}
    erased: set[int] = set()
    for turn in range(40):
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", ERASING, str(tmp_path), str(turn * 100_000)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])},
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(chance.random() * 0.2 * (turn + 1))  # a busy machine gets there later
        child.send_signal(signal.SIGKILL)
        for line in [first, *child.communicate()[0].splitlines()]:
            words = line.split()
            if len(words) == 3 and words[0] == "made" and len(words[2]) == 64:
                made[int(words[1])] = words[2]
            elif len(words) == 3 and words[0] == "erased":
                erased.add(int(words[1]))
        vault = opened(tmp_path)
        for number, proof in made.items():
            keys = vault.find(person(number))
            assert keys is not None
            assert keys.proof.hex() == proof
            assert (keys.content is None) >= (number in erased)
        assert list(vault.check()) == []
        vault.close()
        assert len(file_holding(tmp_path).opened().epochs()) == 1
        if turn > 2 and erased:
            break
    assert erased
