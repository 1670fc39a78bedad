"""Planes in a memory that is full: an error that can be told, never a process that is gone."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.adapters.planes.beside import LANE, MEANT, OTHER

from chengnuo.adapters.planes.files import PlanesUnavailableError
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.engines.planes.planes import Value, Whole

pytestmark = pytest.mark.real

_WRITE = """
import sys
from pathlib import Path
from tests.adapters.planes import test_planes_room
print(test_planes_room.written(Path(sys.argv[1])))
"""


def written(folder: Path) -> int:
    """Write individuals far apart until there is no room; return how many were written whole."""
    writer = PlaneWriter(folder, meant=MEANT, lanes=(LANE, OTHER), capacity=0)
    try:
        for number in range(1000):
            whole = Whole(flags=5, values={LANE: Value(1, number + 1), OTHER: Value(3)})
            writer.put(number * 70_000, whole)
    except PlanesUnavailableError:
        assert writer.planes.value(LANE, 0) == 1
        return number
    return -1


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory of one megabyte."""
    place = tmp_path / "memory"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", str(place)]
    subprocess.run(mount, check=True)  # noqa: S603  of this test alone
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S603, S607


def test_a_full_memory_is_an_error_and_ends_no_process(small: Path) -> None:
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", _WRITE, str(small / "planes")],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert 3 < int(done.stdout) < 60


def fill(writer: PlaneWriter, whole: Whole) -> None:
    for number in range(100):
        writer.put(number * 70_000, whole)


def test_a_memory_that_was_full_goes_on_once_there_is_room(small: Path) -> None:
    filler = small / "filler"
    filler.write_bytes(bytes(900_000))
    writer = PlaneWriter(small / "planes", meant=MEANT, lanes=(LANE, OTHER), capacity=0)
    whole = Whole(flags=5, values={LANE: Value(1)})
    with pytest.raises(PlanesUnavailableError):
        fill(writer, whole)
    filler.unlink()
    writer.put(99 * 70_000, whole)
    assert writer.planes.value(LANE, 99 * 70_000) == 1
    writer.close()
