"""The digest of long memory is one, however it is worked out, and no byte can differ."""

import hashlib
from pathlib import Path
from random import Random

import pytest

from chengnuo.adapters.planes.digests import PIECE, GrowingDigest, hexdigests
from chengnuo.adapters.planes.files import PlanesDamagedError
from chengnuo.adapters.planes.snapshot import Label, open_snapshot, write_snapshot
from chengnuo.engines.planes.planes import Value, Whole
from chengnuo.engines.planes.untils import NEVER
from chengnuo.engines.planes.writing import memory_planes, put_whole
from chengnuo.ports.planes import Good, Meant, Reached

CHUNK = PIECE // 256


def grown(memory: bytes) -> str:
    digest = GrowingDigest()
    for start in range(0, len(memory), CHUNK):
        digest.update(memory[start : start + CHUNK])
    return digest.hexdigest()


def found(*memories: bytes | bytearray) -> list[str]:
    return list(hexdigests([memoryview(one) for one in memories], lambda *_: False))


@pytest.mark.parametrize("length", [0, 1, CHUNK + 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_a_digest_grown_by_chunks_is_the_one_that_threads_find(length: int) -> None:
    memory = Random(length).randbytes(length)
    pieces = [memory[start : start + PIECE] for start in range(0, length, PIECE)]
    plain = hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in pieces)).hexdigest()
    assert grown(memory) == plain
    assert found(memory, b"") == [plain, grown(b"")]


def test_a_changed_byte_and_a_changed_order_are_noticed_in_every_piece() -> None:
    memory = bytearray(Random(1).randbytes(2 * PIECE + 9))
    expected = grown(memory)
    for at in (0, PIECE - 1, PIECE, 2 * PIECE, len(memory) - 1):
        memory[at] ^= 1
        assert found(memory) != [expected]
        memory[at] ^= 1
    turned = memory[PIECE : 2 * PIECE] + memory[:PIECE] + memory[2 * PIECE :]
    assert found(turned) != [expected]
    assert found(memory) == [expected]


@pytest.mark.parametrize("length", [5, PIECE, 2 * PIECE + 5])
def test_zeros_have_their_digest_whether_or_not_they_are_read(length: int) -> None:
    memory = bytes(length)
    assert list(hexdigests([memoryview(memory)], lambda *_: True)) == found(memory)


def test_a_snapshot_is_held_to_its_digests_where_it_has_holes(tmp_path: Path) -> None:
    planes = memory_planes(("item",), 100_000_000)
    for ordinal in (5, 70_000_000):
        put_whole(planes, ordinal, Whole(flags=1, values={"item": Value(3)}))
    path = tmp_path / "state.snapshot"
    meant = Meant(register="a" * 64, law="b" * 64)
    reached, day = Reached(position=1, at=0, anchor=b""), Good(since=0, until=NEVER)
    write_snapshot(path, planes, Label(meant=meant, reached=reached, day=day, made=0))
    assert path.stat().st_blocks * 512 < path.stat().st_size / 100
    assert open_snapshot(path).planes.value("item", 70_000_000) == 3
    for at in (path.stat().st_size - 40_000, 60_000_000, 10_000_000):
        with path.open("r+b") as file:
            file.seek(at)
            file.write(b"\1")
        with pytest.raises(PlanesDamagedError):
            open_snapshot(path)
        with path.open("r+b") as file:
            file.seek(at)
            file.write(b"\0")
    open_snapshot(path)
