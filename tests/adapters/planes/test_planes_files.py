"""Planes in files: what is written is seen, what is damaged is refused, what is lacking is no."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from chengnuo.adapters.planes.files import PAGE, PlanesDamagedError, PlanesUnavailableError
from chengnuo.adapters.planes.limits import (
    MOST_INDIVIDUALS,
    BeyondPlanesError,
    PlanesLockedError,
)
from chengnuo.adapters.planes.reading import PlaneReader
from chengnuo.adapters.planes.snapshot import Label, open_snapshot, restore, write_snapshot
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.engines.planes.planes import Planes, Value, Whole
from chengnuo.engines.planes.untils import NEVER
from chengnuo.ports.planes import Good, Mark, Meant, Reached

MEANT = Meant(register="a" * 64, law="b" * 64)
NEXT = Meant(register="c" * 64, law="b" * 64)
LANES = ("consent:x@1", "consent:y@1", "switch:z")
WHOLE = Whole(flags=0x15, values={LANES[0]: Value(1), LANES[1]: Value(2, 700), LANES[2]: Value(3)})


def writer(folder: Path, capacity: int = 1000) -> PlaneWriter:
    return PlaneWriter(folder, meant=MEANT, lanes=LANES, capacity=capacity)


def seen(planes: Planes, ordinal: int) -> tuple[int, list[tuple[int, int]]]:
    return planes.flags_of(ordinal) & 0x3F, [
        (planes.value(name, ordinal), planes.end(name, ordinal)) for name in LANES
    ]


WRITTEN = (0x15, [(1, NEVER), (2, 700), (3, NEVER)])
NOBODY = (0, [(0, NEVER)] * 3)


def test_a_worker_sees_what_was_written_before_and_after_it_came(tmp_path: Path) -> None:
    one = writer(tmp_path)
    one.put(7, WHOLE)
    reader = PlaneReader(tmp_path)
    assert seen(reader.planes(), 7) == WRITTEN
    before = reader.planes()
    one.put_value(7, LANES[0], Value(3))
    one.put(8, WHOLE)
    one.reached(Reached(position=42, at=0, anchor=b""))
    assert reader.planes() is before
    assert (reader.planes().value(LANES[0], 7), seen(reader.planes(), 8)) == (3, WRITTEN)
    assert (reader.position, reader.meant) == (42, MEANT)


def test_planes_of_a_shared_database_count_no_longer_than_was_said(tmp_path: Path) -> None:
    one, day = writer(tmp_path), Good(since=1000, until=9000)
    one.count_until(0)
    one.good_for(day)
    one.marked(Mark.CURRENT)
    reader = PlaneReader(tmp_path)
    assert not reader.counts(reader.generation, 1000)
    one.count_until(3000)
    assert [reader.counts(reader.generation, at) for at in (999, 1000, 2999, 3000)] == [
        *(False, True, True, False)
    ]
    one.count_until(20_000)
    assert [reader.counts(reader.generation, at) for at in (8999, 9000)] == [True, False]
    assert one.good == day


def test_growing_lets_a_worker_map_anew_and_loses_nothing(tmp_path: Path) -> None:
    one = writer(tmp_path, capacity=10)
    one.put(9, WHOLE)
    reader = PlaneReader(tmp_path)
    older = reader.planes()
    one.put(5_000_000, WHOLE)
    assert seen(older, 5_000_000) == NOBODY
    assert reader.planes() is not older
    assert [seen(reader.planes(), each) for each in (9, 5_000_000)] == [WRITTEN] * 2
    one.put_value(9, LANES[0], Value(3))
    assert older.value(LANES[0], 9) == 3, "an older mapping shows the same bytes"
    used = sum(path.stat().st_blocks * 512 for path in tmp_path.iterdir())
    assert used < 300_000, "what nobody wrote takes no room"


def test_ends_grow_beyond_their_first_room(tmp_path: Path) -> None:
    one = writer(tmp_path, capacity=5000)
    reader = PlaneReader(tmp_path)
    for ordinal in range(3000):
        one.put_value(ordinal, LANES[0], Value(1, ordinal + 1))
    ends = [reader.planes().end(LANES[0], ordinal) for ordinal in range(3000)]
    assert ends == list(range(1, 3001))
    assert len([path for path in tmp_path.iterdir() if path.name.startswith("untils")]) == 1


def test_there_is_one_writer(tmp_path: Path) -> None:
    one = writer(tmp_path)
    with pytest.raises(PlanesLockedError):
        writer(tmp_path)
    one.close()
    writer(tmp_path).close()


def test_a_new_writer_goes_on_where_the_last_was(tmp_path: Path) -> None:
    one = writer(tmp_path)
    one.put(7, WHOLE)
    one.reached(Reached(position=3, at=0, anchor=b""))
    one.close()
    again = writer(tmp_path, capacity=5)
    assert (again.position, again.meant, again.planes.capacity) == (3, MEANT, 1000)
    assert seen(again.planes, 7) == WRITTEN


def test_another_register_carries_over_a_no_and_no_yes(tmp_path: Path) -> None:
    one = writer(tmp_path)
    for ordinal, value in enumerate((0, 1, 2, 3)):
        one.put_value(ordinal, LANES[0], Value(value))
        one.put_value(ordinal, LANES[1], Value(value))
    reader = PlaneReader(tmp_path)
    newer = "consent:x@2"
    one.renew(NEXT, (newer, LANES[1]), {newer: (LANES[0], (0, 0, 0, 3))})
    planes = reader.planes()
    assert [planes.value(newer, each) for each in range(4)] == [0, 0, 0, 3]
    assert [planes.value(LANES[1], each) for each in range(4)] == [0, 1, 2, 3]
    assert (set(planes.lanes), reader.meant) == ({newer, LANES[1]}, NEXT)
    one.renew(MEANT, LANES, {})
    assert [reader.planes().value(LANES[0], each) for each in range(4)] == [0] * 4


def test_what_a_killed_writer_left_behind_is_in_no_new_lane(tmp_path: Path) -> None:
    one = writer(tmp_path)
    one.put(7, WHOLE)
    left = (tmp_path / "lane-0003").read_bytes()
    one.close()
    (tmp_path / "lane-0004").write_bytes(left)
    again = PlaneWriter(tmp_path, meant=MEANT, lanes=(*LANES, "consent:new@1"), capacity=1000)
    assert again.planes.value("consent:new@1", 7) == 0
    again.close()
    (tmp_path / "header").unlink()
    fresh = writer(tmp_path)
    assert seen(fresh.planes, 7) == NOBODY


@pytest.mark.parametrize("ordinal", [-1, MOST_INDIVIDUALS])
def test_an_ordinal_that_cannot_be_is_refused(tmp_path: Path, ordinal: int) -> None:
    with pytest.raises(BeyondPlanesError):
        writer(tmp_path).put(ordinal, WHOLE)


def test_too_many_lanes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BeyondPlanesError):
        PlaneWriter(tmp_path, meant=MEANT, lanes=(f"l{n}" for n in range(4096)), capacity=1)


@pytest.mark.parametrize("name", ["header", "flags", "untils-1024", "lane-0001", "lanes.json"])
@pytest.mark.parametrize("harm", ["cut", "foreign", "gone"])
def test_a_damaged_file_is_refused_and_named(tmp_path: Path, name: str, harm: str) -> None:
    writer(tmp_path).close()
    path = tmp_path / name
    if harm == "cut":
        os.truncate(path, path.stat().st_size - 1)
    elif harm == "foreign":
        path.write_bytes(b"something else" + bytes(PAGE * 2))
    else:
        path.unlink()
    error = PlanesUnavailableError if harm == "gone" else PlanesDamagedError
    with pytest.raises(error, match=name):
        PlaneReader(tmp_path)


@pytest.mark.parametrize("name", ["header", "flags", "lane-0001"])
def test_a_file_of_another_version_or_kind_is_refused(tmp_path: Path, name: str) -> None:
    writer(tmp_path).close()
    with (tmp_path / name).open("r+b") as file:
        file.seek(8)
        file.write(struct.pack("<I", 2))
    with pytest.raises(PlanesDamagedError, match="version"):
        PlaneReader(tmp_path)


def test_a_folder_without_planes_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(PlanesUnavailableError):
        PlaneReader(tmp_path / "nowhere")


REACHED = Reached(position=12, at=34, anchor=b"a" * 32)
DAY = Good(since=5, until=6)


def snapshot_of(folder: Path, good_until: int = 1000) -> Path:
    one = writer(folder / "planes", capacity=1_000_000)
    one.put(7, WHOLE)
    one.put(99_999, WHOLE)
    one.reached(REACHED)
    one.good_for(DAY)
    path = folder / "state.snapshot"
    label = Label(
        meant=one.meant, reached=one.reached_to, day=one.good, made=500, good_until=good_until
    )
    write_snapshot(path, one.planes, label)
    one.close()
    return path


@pytest.fixture(name="disk")
def _disk() -> Iterator[Path]:
    """Return a folder on a disk: files in memory may take whole large pages for a run of zeros."""
    with TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


def test_a_snapshot_holds_what_the_planes_held(disk: Path) -> None:
    path = snapshot_of(disk)
    found = open_snapshot(path)
    assert [seen(found.planes, each) for each in (7, 99_999)] == [WRITTEN] * 2
    assert [seen(found.planes, each) for each in (-1, 8, 1_000_000)] == [NOBODY] * 3
    assert (found.label.reached, found.label.day) == (REACHED, DAY)
    assert (found.label.made, found.planes.good_until) == (500, 1000)
    assert found.label.meant == MEANT
    assert path.stat().st_blocks * 512 < path.stat().st_size / 5, "runs of zeros take no room"


def test_planes_are_restored_from_a_snapshot(tmp_path: Path) -> None:
    path = snapshot_of(tmp_path)
    lanes = (LANES[2], LANES[1], LANES[0], "consent:new@1")
    again = PlaneWriter(tmp_path / "again", meant=MEANT, lanes=lanes, capacity=1)
    restore(again, open_snapshot(path))
    reader = PlaneReader(tmp_path / "again")
    assert [seen(reader.planes(), each) for each in (7, 99_999, 8)] == [WRITTEN, WRITTEN, NOBODY]
    assert (reader.position, reader.planes().good_until) == (12, NEVER)
    assert (again.reached_to, again.good) == (REACHED, DAY)


def test_a_lane_that_is_gone_is_not_restored(tmp_path: Path) -> None:
    path = snapshot_of(tmp_path)
    again = PlaneWriter(tmp_path / "again", meant=MEANT, lanes=LANES[:1], capacity=1)
    restore(again, open_snapshot(path))
    assert set(again.planes.lanes) == {LANES[0]}
    assert again.planes.value(LANES[0], 7) == 1


@pytest.mark.parametrize("harm", ["cut", "short", "foreign", "version", "head", "bit"])
def test_a_damaged_snapshot_is_refused(tmp_path: Path, harm: str) -> None:
    path = snapshot_of(tmp_path)
    whole = bytearray(path.read_bytes())
    match harm:
        case "cut":
            del whole[-PAGE:]
        case "short":
            del whole[100:]
        case "foreign":
            whole[:8] = b"whatever"
        case "version":
            whole[8] = 9
        case "head":
            whole[16] ^= 1
        case _:
            whole[PAGE + 1] ^= 1
    path.write_bytes(whole)
    with pytest.raises(PlanesDamagedError):
        open_snapshot(path)
