"""One bit is flipped in the write-ahead log that a killed process left beside the key database.

Either the file is named, by the check and by the next opening, or the flip means nothing: every
answer of the vault stays what it was.
"""

import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from tests.adapters.evidence.key_kit import NOW, erasure, person, raw
from tests.adapters.evidence.log_kit import Kit, consents

from chengnuo.adapters.evidence.key_vault import FILE_NAME, SqliteKeyVault
from chengnuo.adapters.evidence.key_vault_log import LOG_SUFFIX, fault_of_log
from chengnuo.adapters.evidence.key_vault_schema import KeysDamagedError
from chengnuo.adapters.evidence.opening import check_everything, check_keys
from chengnuo.adapters.evidence.place import Place
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Erasure, Hold, Intention

PEOPLE = [person(number) for number in range(60)]
HEADER_BYTES, FRAME_BYTES, PAGE_BYTES = 32, 24, 4_096
WHOLE_FRAME = FRAME_BYTES + PAGE_BYTES


class Answers(NamedTuple):
    """What a vault answers: keys, erasures, and all the rest."""

    keys: list[tuple[int, bytes | None, bytes] | None]
    erasures: list[tuple[Erasure, ...]]
    others: tuple[object, ...]


NOTHING = Answers([], [], ())


@dataclass(frozen=True)
class Left:
    """What a killed process has left: the bytes of both files, and all that the vault answered."""

    place: Place
    database: bytes
    log: bytes
    answers: Answers

    @property
    def file(self) -> Path:
        return self.place.folder / FILE_NAME

    @property
    def log_file(self) -> Path:
        return self.file.with_name(FILE_NAME + LOG_SUFFIX)

    def put(self, log: bytes) -> None:
        self.file.with_name(f"{FILE_NAME}-shm").unlink(missing_ok=True)
        self.file.write_bytes(self.database)
        self.log_file.write_bytes(log)

    def is_found(self, offset: int, bit: int) -> bool:
        """Flip a bit and tell whether it is found; if not, see that it means nothing."""
        log = bytearray(self.log)
        log[offset] ^= 1 << bit
        self.put(log)
        if not fault_of_log(self.file):
            assert list(check_keys(self.place)) == []
            self.put(log)
            assert answers(self.place) == self.answers, (offset, bit)
            return False
        assert {problem.file for problem in check_keys(self.place)} == {self.log_file.name}
        with pytest.raises(KeysDamagedError, match=LOG_SUFFIX):
            vault_in(self.place)
        assert self.log_file.read_bytes() == log
        return True

    def frames(self) -> list[int]:
        """Return where frames begin."""
        return list(range(HEADER_BYTES, len(self.log), WHOLE_FRAME))

    def of_this_log(self) -> list[int]:
        """Return where the frames begin that are not of a log before."""
        salts = self.log[16:24]
        return [at for at in self.frames() if self.log[at + 8 : at + 16] == salts]

    def is_seal(self, at: int) -> bool:
        page, commits = struct.unpack_from(">II", self.log, at)
        return page == 1 and commits > 0


def vault_in(place: Place) -> SqliteKeyVault:
    return SqliteKeyVault(place.folder / FILE_NAME, place.holder())


def answers(place: Place) -> Answers:
    with closing(vault_in(place)) as vault:
        keys = [vault.find(whose) for whose in PEOPLE]
        return Answers(
            [None if found is None else raw(found) for found in keys],
            [vault.erasures(whose) for whose in PEOPLE],
            (vault.holds(), vault.intentions(), vault.given()),
        )


def checkpointed(place: Place) -> None:
    """Move the log into the database as SQLite does by itself; the next writer begins it anew."""
    with closing(sqlite3.connect(place.folder / FILE_NAME)) as database:
        assert database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[0] == 0


def begun_in(folder: Path) -> Place:
    place = Place(data=folder)
    place.folder.mkdir()
    (folder / "keys").mkdir()
    return place


def as_left(place: Place) -> tuple[bytes, bytes]:
    """Return database and log as they are now, while the vault is open."""
    file = place.folder / FILE_NAME
    return file.read_bytes(), file.with_name(FILE_NAME + LOG_SUFFIX).read_bytes()


@pytest.fixture(name="left", scope="module")
def _left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    place = begun_in(tmp_path_factory.mktemp("left"))
    vault = vault_in(place)
    vault.ready(PEOPLE[:20], content=True)
    vault.erase({PEOPLE[0]: erasure(3)})
    for number in range(20, 26):
        vault.ready([PEOPLE[number]], content=True)
    checkpointed(place)
    # From here on the log begins anew; frames of the one before stay behind it.
    vault.ready(PEOPLE[26:50], content=True)
    vault.hold(Hold(person=PEOPLE[2], duty="PIPL-56", since=NOW, until=NOW + timedelta(days=3)))
    intention = Intention(key=KeyClass.CONTENT, under="PIPL-47", position=7, payload="00")
    vault.intend(PEOPLE[3], intention)
    vault.ready(PEOPLE[:1], content=True)
    vault.ready(PEOPLE[50:52], content=True)
    database, log = as_left(place)
    vault.close()
    left = Left(place, database, log, NOTHING)
    left.put(log)
    given = answers(place)
    left.put(log)
    assert list(check_keys(place)) == []
    return Left(place, database, log, given)


def test_what_was_left_has_frames_of_two_logs_and_a_seal_behind_each_transaction(
    left: Left,
) -> None:
    own, every = left.of_this_log(), left.frames()
    assert 8 < len(own) < len(every)
    assert left.is_seal(own[-1])
    commits = [at for at in own if any(left.log[at + 4 : at + 8])]
    assert [left.is_seal(at) for at in commits] == [False, True] * 5


def test_a_flipped_bit_of_the_header_is_found(left: Left) -> None:
    random = Random(1)
    for offset in range(HEADER_BYTES):
        assert left.is_found(offset, random.randrange(8)), offset


def test_a_flipped_bit_of_a_frame_is_found_unless_it_is_the_last_seal(left: Left) -> None:
    random = Random(2)
    own = left.of_this_log()
    for at in own:
        places = [
            *range(at % 3, FRAME_BYTES, 3),
            *random.sample(range(WHOLE_FRAME), 4),
        ]
        for place in places:
            offset, bit = at + place, random.randrange(8)
            assert left.is_found(offset, bit) is (at != own[-1]), (offset, bit)


def test_a_flipped_bit_behind_the_end_means_nothing(left: Left) -> None:
    random = Random(3)
    behind = left.of_this_log()[-1] + WHOLE_FRAME
    assert len(left.log) - behind >= WHOLE_FRAME
    for _ in range(12):
        assert not left.is_found(random.randrange(behind, len(left.log)), random.randrange(8))


@pytest.mark.slow
def test_any_flipped_bit_is_found_or_means_nothing(left: Left) -> None:
    random = Random(4)
    for offset in range(0, len(left.log), 97):
        left.is_found(offset, random.randrange(8))


def test_a_log_that_ends_anywhere_is_no_damage(left: Left) -> None:
    random = Random(5)
    own = left.of_this_log()
    ends = [0, HEADER_BYTES, *own, *(random.randrange(own[0], own[-1]) for _ in range(20))]
    for end in ends:
        left.put(left.log[:end])
        assert fault_of_log(left.file) == ""
        assert list(check_keys(left.place)) == []


def test_a_torn_transaction_that_nobody_was_told_of_is_no_damage(left: Left) -> None:
    """The end as a lost power leaves it: some frames of the last transaction, the seal not yet."""
    own = left.of_this_log()
    last_seals = [at for at in own if left.is_seal(at)][-2:]
    torn_from, torn_to = last_seals[0] + WHOLE_FRAME, last_seals[1]
    assert torn_to - torn_from >= 2 * WHOLE_FRAME
    for at in range(torn_from, torn_to, WHOLE_FRAME):
        log = bytearray(left.log[:torn_to])
        log[at : at + WHOLE_FRAME] = bytes(WHOLE_FRAME)
        left.put(log)
        assert list(check_keys(left.place)) == []
        left.put(log)
        keys = answers(left.place).keys
        assert keys == [*left.answers.keys[:50], *[None] * 10]


def test_zeros_in_place_of_a_log_mean_nothing_and_anything_else_is_found(left: Left) -> None:
    left.put(bytes(5 * WHOLE_FRAME))
    assert fault_of_log(left.file) == ""
    left.put(bytes(HEADER_BYTES) + left.log[HEADER_BYTES:])
    assert fault_of_log(left.file) == "its header is not what was written"
    left.put(b"something else")
    assert fault_of_log(left.file) == "its header is not what was written"


def test_whoever_writes_meanwhile_is_no_fault(tmp_path: Path) -> None:
    place = begun_in(tmp_path)
    with closing(vault_in(place)) as vault, ThreadPoolExecutor() as pool:

        def write() -> None:
            for number in range(250):
                vault.ready([person(number)], content=True)
                if number % 25 == 0:
                    checkpointed(place)  # so that the log begins anew time and again

        writing = pool.submit(write)
        looks = 0
        while not writing.done():
            assert fault_of_log(place.folder / FILE_NAME) == ""
            looks += 1
        writing.result()
    assert looks > 3


def test_records_of_ordinals_that_were_never_given_are_found(tmp_path: Path) -> None:
    kit = Kit(tmp_path)
    log = kit.open()
    log.append(consents([1], whose=1))
    shutil.copy2(kit.log_folder / FILE_NAME, tmp_path / "older")
    shutil.copy2(kit.log_folder / (FILE_NAME + LOG_SUFFIX), tmp_path / "older-wal")
    log.append(consents([2], whose=2))
    log.close()
    kit.close()
    (tmp_path / "older").rename(kit.log_folder / FILE_NAME)
    (tmp_path / "older-wal").rename(kit.log_folder / (FILE_NAME + LOG_SUFFIX))
    [problem] = check_everything(Place(data=tmp_path))
    assert problem.file == FILE_NAME
    assert "records are of ordinal 2, but only 1 were given" in problem.what
    with pytest.raises(KeysDamagedError, match="only 1 were given"):
        kit.open()
    kit.close()


WRITING = """
import sys
from pathlib import Path
from tests.adapters.evidence.key_kit import person
from chengnuo.adapters.evidence.key_vault import SqliteKeyVault
from chengnuo.adapters.evidence.place import Place
place = Place(data=Path(sys.argv[1]))
vault = SqliteKeyVault(place.folder / "keys.db", place.holder())
for number in range(100_000):
    vault.ready([person(number)], content=True)
    print(number, flush=True)
"""


@pytest.fixture(name="killed")
def _killed(tmp_path: Path) -> tuple[Place, int]:
    place = begun_in(tmp_path)
    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", WRITING, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])},
    )
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) == 20:
            child.send_signal(signal.SIGKILL)
            break
    told = [int(line) for line in child.communicate()[0].split()]
    return place, max([20, *told])


@pytest.mark.real
def test_a_flip_after_a_kill_never_costs_a_key_that_somebody_was_told_of(
    killed: tuple[Place, int],
) -> None:
    place, told = killed
    random = Random(6)
    database, log = as_left(place)
    left = Left(place, database, log, NOTHING)
    for _ in range(60):
        changed = bytearray(log)
        changed[random.randrange(len(log))] ^= 1 << random.randrange(8)
        left.put(changed)
        if not fault_of_log(left.file):
            with closing(vault_in(place)) as vault:
                assert vault.given() > told
                assert all(vault.find(person(number)) for number in range(told + 1))
