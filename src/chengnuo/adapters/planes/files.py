"""The files that planes lie in: one folder, a header, a file for each lane.

Each file begins with a page that says what it is; the header also says for which register and law
the lanes were written, how far the log is in them, how many individuals they hold, and a
generation that grows whenever a worker has to map anew. Files only grow, so who still reads by an
older generation reads the same bytes. Numbers are little-endian; each is written in one store.

Memory of a file is reserved before it is written: a write to a mapped page that the file system
has no room for would end the process with a signal.
"""

import json
import mmap
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chengnuo.base.errors import IntegrityError, UnavailableError
from chengnuo.engines.planes.lane import bytes_for
from chengnuo.engines.planes.untils import SLOT_BYTES
from chengnuo.ports.planes import Meant

PAGE: Final = 4096
VERSION: Final = 1
HEADER, FLAGS, UNTILS, NAMES, LOCK = "header", "flags", "untils", "lanes.json", "writer.lock"
_MAGIC: Final = b"CNPLANES"
_START = struct.Struct("<8sII")
# Words of eight bytes in the header page.
GENERATION: Final = 2
CAPACITY: Final = 3
POSITION: Final = 4
SLOTS: Final = 5
MARK: Final = 32
GOOD_SINCE: Final = 33
GOOD_UNTIL: Final = 34
EXPECTED: Final = 35
_VERSIONS = struct.Struct("<64s64s")
_VERSIONS_AT = 64
_KINDS = {HEADER: 1, FLAGS: 2, UNTILS: 3}
_LANE = 4


class PlanesUnavailableError(UnavailableError):
    """The folder of the planes cannot be used now."""

    code = "planes-unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"the state of consent cannot be mapped: {reason}")
        self.reason = reason


class PlanesDamagedError(IntegrityError):
    """A file of the planes is not what was written, or something else."""

    code = "planes-damaged"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"file `{name}` of the planes {reason}; nothing of it is used")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Mapped:
    """One mapped file.

    Attributes:
        page: Its first page.
        body: What comes after.
        file: Device and number of the file.

    """

    page: memoryview
    body: memoryview
    file: tuple[int, int]


def lane_file(number: int) -> str:
    """Return the name of a lane's file."""
    return f"lane-{number:04d}"


def size_of(name: str, *, capacity: int, slots: int) -> int:
    """Return how long a file is at least."""
    if name == HEADER:
        return PAGE
    if name == FLAGS:
        return PAGE + capacity
    if name == UNTILS or name.startswith(f"{UNTILS}-"):
        return PAGE + slots * SLOT_BYTES
    return PAGE + bytes_for(capacity)


def make(path: Path, *, size: int) -> None:
    """Make a sparse file of zeros with its first page, or let one that is there grow.

    Raises:
        PlanesUnavailableError: The folder cannot be written.
        PlanesDamagedError: Something else lies there.

    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            known = os.fstat(descriptor).st_size
            if known and os.pread(descriptor, _START.size, 0) != _start_of(path.name):
                raise PlanesDamagedError(path.name, "is not one of ours")
            if known < size:
                os.ftruncate(descriptor, size)
            os.pwrite(descriptor, _start_of(path.name), 0)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it cannot be written") from error


def mapped(path: Path, *, size: int, writable: bool) -> Mapped:
    """Map a file.

    Raises:
        PlanesUnavailableError: It cannot be opened.
        PlanesDamagedError: It is too short, or something else.

    """
    try:
        descriptor = os.open(path, (os.O_RDWR if writable else os.O_RDONLY) | os.O_CLOEXEC)
    except OSError as error:
        raise PlanesUnavailableError(f"file `{path.name}`: {error.strerror}") from error
    try:
        found = os.fstat(descriptor)
        known = found.st_size
        if known < size:
            raise PlanesDamagedError(path.name, f"has {known} bytes, expected {size}")
        access = mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ
        memory = memoryview(mmap.mmap(descriptor, size, access=access))
    except OSError as error:
        raise PlanesUnavailableError(f"file `{path.name}`: {error.strerror}") from error
    finally:
        os.close(descriptor)
    if bytes(memory[: _START.size]) != _start_of(path.name):
        raise PlanesDamagedError(path.name, "is not one of ours, or of another version")
    return Mapped(memory[:PAGE], memory[PAGE:], (found.st_dev, found.st_ino))


def reserve(path: Path, start: int, length: int) -> None:
    """Have the file system keep room for bytes of a file, which then can be written.

    Raises:
        PlanesUnavailableError: There is none.

    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            os.posix_fallocate(descriptor, start, length)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "there is no room") from error


def blank_header(folder: Path) -> None:
    """Say of planes, to whoever has them mapped, that they are nothing yet.

    Raises:
        PlanesUnavailableError: The header cannot be written.

    """
    page = _start_of(HEADER).ljust(PAGE, b"\0")
    try:
        descriptor = os.open(folder / HEADER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(descriptor, page, 0)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it cannot be written") from error


def meant_by(page: memoryview) -> Meant:
    """Return for which register and law a header was written."""
    register, law = _VERSIONS.unpack_from(page, _VERSIONS_AT)
    try:
        return Meant(
            register=register.rstrip(b"\0").decode("ascii"), law=law.rstrip(b"\0").decode("ascii")
        )
    except UnicodeDecodeError as error:
        raise PlanesDamagedError(HEADER, "names no version") from error


def mean(page: memoryview, meant: Meant) -> None:
    """Write for which register and law a header is."""
    _VERSIONS.pack_into(page, _VERSIONS_AT, meant.register.encode(), meant.law.encode())


def write_names(folder: Path, numbers: Mapping[str, int]) -> None:
    """Write the names of the lanes in one step.

    Raises:
        PlanesUnavailableError: The folder cannot be written.

    """
    try:
        aside = folder / f"{NAMES}.new"
        aside.write_text(json.dumps(numbers, ensure_ascii=False), encoding="utf-8")
        aside.replace(folder / NAMES)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it cannot be written") from error


def read_names(folder: Path) -> dict[str, int]:
    """Return the numbers of the lanes by name.

    Raises:
        PlanesUnavailableError: The file cannot be read.
        PlanesDamagedError: It is something else.

    """
    try:
        found = json.loads((folder / NAMES).read_bytes())
    except OSError as error:
        raise PlanesUnavailableError(f"file `{NAMES}`: {error.strerror}") from error
    except ValueError as error:
        raise PlanesDamagedError(NAMES, "is not JSON") from error
    if not isinstance(found, dict) or not all(
        isinstance(number, int) and number > 0 for number in found.values()
    ):
        raise PlanesDamagedError(NAMES, "does not name lanes")
    return {str(name): number for name, number in found.items()}


def _start_of(name: str) -> bytes:
    kind = _KINDS.get(name, 3 if name.startswith(f"{UNTILS}-") else _LANE)
    return _START.pack(_MAGIC, VERSION, kind)
