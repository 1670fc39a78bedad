"""A type is ready before anything is read into it, whoever comes first."""

import subprocess
import sys

import pytest

from chengnuo.base.shapes import ready

# Several threads are the first to read into a type and into one that shares a part with it.
# Without `ready` msgspec 0.22 ends this process within the first tries.
_AT_ONCE = """
import sys, threading
from dataclasses import make_dataclass

import msgspec

from chengnuo.base.shapes import ready

sys.setswitchinterval(1e-6)


def read(gate, kind):
    gate.wait()
    found = msgspec.json.decode(b'{"parts":[{"a":1,"b":2}],"name":"q"}', type=ready(kind))
    assert found.parts[0].b == 2


for make in (make_dataclass, msgspec.defstruct):
    for _ in range(300):
        part = make("Part", [("a", int), ("b", int)])
        one = make("One", [("parts", tuple[part, ...]), ("name", str)])
        other = make("Other", [("name", str), ("parts", list[part])])
        gate = threading.Barrier(4)
        threads = [threading.Thread(target=read, args=(gate, kind)) for kind in (one, other) * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
print("read")
"""


def test_threads_that_are_first_at_once_do_not_end_the_process() -> None:
    done = subprocess.run(  # noqa: S603  our own lines
        [sys.executable, "-c", _AT_ONCE], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "read\n"), done.stderr[-500:]


def test_a_type_that_cannot_be_read_into_is_refused() -> None:
    with pytest.raises(TypeError):
        ready(tuple[dict[object, int] | dict[str, int], ...])
