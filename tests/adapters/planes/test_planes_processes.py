"""A real second process sees a withdrawal before it is acknowledged; a killed writer harms none."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.adapters.planes import beside
from tests.adapters.planes.beside import GIVEN, LANE, MEANT, OTHER

from chengnuo.adapters.planes.reading import PlaneReader
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.engines.planes.planes import Value
from chengnuo.ports.planes import Reached

pytestmark = pytest.mark.real

WITHDRAWALS = 20_000


@contextmanager
def running(*words: str | Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process beside the test and wait until it is ready."""
    command = [sys.executable, "-m", beside.__name__, *words]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_worker_sees_every_withdrawal_before_it_is_acknowledged(tmp_path: Path) -> None:
    writer = PlaneWriter(tmp_path, meant=MEANT, lanes=(LANE, OTHER), capacity=64)
    writer.put(0, GIVEN)
    with running("watch", tmp_path, str(WITHDRAWALS)) as worker:
        for ordinal in range(WITHDRAWALS):
            writer.put(ordinal + 1, GIVEN)
            writer.put_value(ordinal, LANE, Value(3))
            writer.reached(Reached(position=ordinal + 1, at=0, anchor=b""))
        looks, missed = map(int, worker.communicate(timeout=60)[0].split())
    assert looks > 100
    assert missed == 0


@pytest.mark.parametrize("wait_ms", [0, 3, 17, 40])
def test_a_writer_killed_in_the_middle_leaves_before_or_after(tmp_path: Path, wait_ms: int) -> None:
    with running("write", tmp_path) as process:
        reader = PlaneReader(tmp_path)
        seen = set[tuple[int, int]]()
        until = time.monotonic() + wait_ms / 1000
        while time.monotonic() < until:
            seen |= looked_at(reader)
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen |= looked_at(reader)
    assert {one for one, _ in seen} <= {0, 1, 3}
    assert {other for _, other in seen} <= {0, 2, 3}
    with written_on(tmp_path) as again:
        last = again.position
        assert last >= 100
        whole = {again.planes.value(LANE, ordinal) for ordinal in range(last // 8)}
        assert whole == {3}, "everything that was acknowledged is there"
        again.put_value(last // 8, LANE, Value(3))
        assert reader.planes().value(LANE, last // 8) == 3


def looked_at(reader: PlaneReader) -> set[tuple[int, int]]:
    planes, last = reader.planes(), reader.position // 8
    return {
        (planes.value(LANE, ordinal), planes.value(OTHER, ordinal))
        for ordinal in range(max(0, last - 2), last + 3)
    }


@contextmanager
def written_on(folder: Path) -> Iterator[PlaneWriter]:
    writer = PlaneWriter(folder, meant=MEANT, lanes=(LANE, OTHER), capacity=64)
    try:
        yield writer
    finally:
        writer.close()
