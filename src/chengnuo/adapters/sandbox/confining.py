"""A process gives up, for good, all that it does not need to read one hostile file.

Each layer stands by itself: where the kernel has none, the others still do. They are set while the
process has one thread, before any library begins others. What really stands, `attempts` finds out.
"""

import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.sandbox.calling import gain_nothing_anew
from chengnuo.adapters.sandbox.calls import refuse_calls
from chengnuo.adapters.sandbox.files import only_these

_OPEN_FILES = 512
_SCRATCH_BYTES = 64 << 30
_OF_PACKAGES = frozenset({"site-packages", "dist-packages"})
_OF_THE_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
    "/dev/urandom",
    "/proc/meminfo",
    "/proc/self/cgroup",
    "/proc/self/mountinfo",
    "/sys/fs/cgroup",
)
"""Libraries, and what they look at to see how much memory there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a confined process may still reach.

    Attributes:
        reads: Files and folders that it may read, beside the program's own.
        scratch: A folder in which it may make files; None for nowhere.

    """

    reads: tuple[Path, ...] = ()
    scratch: Path | None = None


def confine(reach: Reach) -> None:
    """Confine this process for good, as far as its kernel can."""
    if sys.platform != "linux":
        return
    _bound_files(0 if reach.scratch is None else _SCRATCH_BYTES)
    gain_nothing_anew()
    only_these((*_of_the_program(), *reach.reads), reach.scratch)
    refuse_calls()


def _bound_files(longest_bytes: int) -> None:
    """Let no file grow longer, and bound how many are open."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (longest_bytes, longest_bytes))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    bound = _OPEN_FILES if most == resource.RLIM_INFINITY else min(_OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (bound, bound))


def _of_the_program() -> Iterator[Path]:
    """Yield where code lies that may be loaded later: libraries, and this package."""
    yield Path(os.__file__).parent
    yield from (one for one in map(Path, sys.path) if one.name in _OF_PACKAGES)
    yield Path(__file__).resolve().parents[2]
    yield from map(Path, _OF_THE_SYSTEM)
