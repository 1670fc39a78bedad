"""The one writer of planes: what it has written, every worker sees before it returns.

It holds a lock that ends with its process. When it is killed, what it was writing is done or not
done for each value; the position of the log in the header is written last, so that a new writer
applies again what may be missing. Applying twice changes nothing.
"""

import fcntl
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from chengnuo.adapters.planes.files import (
    CAPACITY,
    FLAGS,
    GENERATION,
    HEADER,
    LOCK,
    NAMES,
    PAGE,
    POSITION,
    SLOTS,
    UNTILS,
    Meant,
    PlanesUnavailableError,
    lane_file,
    make,
    mapped,
    mean,
    meant_by,
    read_names,
    size_of,
    write_names,
)
from chengnuo.adapters.planes.reading import map_planes, untils_file
from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.engines.planes.planes import Planes, Value, Whole
from chengnuo.engines.planes.untils import LANES_AT_MOST
from chengnuo.engines.planes.writing import put_value, put_whole

_FIRST_SLOTS = 1024
Carried = Mapping[str, tuple[str, tuple[int, int, int, int]]]
"""Which new lane begins as which older one, and what becomes of each value."""


class PlanesLockedError(ConflictError):
    """Another process writes these planes."""

    code = "planes-locked"

    def __init__(self) -> None:
        super().__init__("another process writes the state of consent; expected one writer")


class BeyondPlanesError(InvalidInputError):
    """There are more individuals or lanes than planes can hold."""

    code = "planes-full"

    def __init__(self, what: str, count: int, most: int) -> None:
        super().__init__(f"the planes cannot hold {what} {count}; expected at most {most}")
        self.what = what
        self.count = count
        self.most = most


MOST_INDIVIDUALS = 1 << 40


class PlaneWriter:
    """The planes of a folder, to be written."""

    def __init__(self, folder: Path, *, meant: Meant, lanes: Iterable[str], capacity: int) -> None:
        """Open the planes of a folder, making what is not there.

        Lanes that are there stay as they are; `renew` takes away what is not wanted any more.

        Args:
            folder: A folder of memory, as below /dev/shm, or any other.
            meant: Register and law that new planes are for.
            lanes: Names of the lanes.
            capacity: For how many individuals at least.

        Raises:
            PlanesLockedError: Another process writes them; nothing was changed.
            PlanesUnavailableError: The folder cannot be written.
            PlanesDamagedError: A file is too short, or something else.
            BeyondPlanesError: There are too many individuals or lanes.

        """
        self._folder = folder
        self._lock = _locked(folder)
        make(folder / HEADER, size=PAGE)
        self._header = mapped(folder / HEADER, size=PAGE, writable=True)
        self._words = self._header.page.cast("Q")
        is_new = not self._words[GENERATION]
        if is_new:
            _clear(folder)
            self._words[SLOTS] = _FIRST_SLOTS
            mean(self._header.page, meant)
        self._numbers = read_names(folder) if (folder / NAMES).exists() else {}
        self._add(lanes)
        self._lay_out(max(capacity, self._words[CAPACITY]), self._words[SLOTS])

    @property
    def planes(self) -> Planes:
        """The planes as they are now."""
        return self._planes

    @property
    def position(self) -> int:
        """How many records of the log are in the planes."""
        return self._words[POSITION]

    @property
    def meant(self) -> Meant:
        """For which register and law they are."""
        return meant_by(self._header.page)

    def put_value(self, ordinal: int, lane: str, value: Value) -> None:
        """Write one value; every worker sees it before this returns.

        Raises:
            BeyondPlanesError: The ordinal is none that planes can hold.
            KeyError: There is no such lane.

        """
        self._make_room(ordinal)
        while not put_value(self._planes, ordinal, lane, value):
            self._more_ends()

    def put(self, ordinal: int, whole: Whole) -> None:
        """Write all that is so about somebody; every worker sees it before this returns.

        Raises:
            BeyondPlanesError: The ordinal is none that planes can hold.

        """
        self._make_room(ordinal)
        while not put_whole(self._planes, ordinal, whole):
            self._more_ends()

    def end(self, ordinal: int, lane: str, end: int) -> None:
        """Write only when somebody's value in a lane ends; for planes that are being restored."""
        self._make_room(ordinal)
        while not self._planes.untils.put(ordinal, self._planes.numbers[lane], end):
            self._more_ends()

    def reached(self, position: int) -> None:
        """Say how many records of the log are in the planes, once they are."""
        self._words[POSITION] = position

    def grow(self, capacity: int) -> None:
        """Make room for so many individuals; less than there is changes nothing.

        Raises:
            BeyondPlanesError: They are too many.
            PlanesUnavailableError: There is no room on the disk.

        """
        if capacity > self._planes.capacity:
            self._lay_out(capacity, self._words[SLOTS])

    def renew(self, meant: Meant, lanes: Iterable[str], carried: Carried) -> None:
        """Change to another register: add its lanes, carry over, take the others away.

        A worker that decides by the older register goes on with what it has mapped until it maps
        anew; then lanes that are gone answer for it that nothing is known.

        Args:
            meant: The other register and law.
            lanes: Names of all its lanes.
            carried: What new lanes begin with.

        """
        wanted = tuple(lanes)
        older = self._planes.lanes
        added = self._add(wanted)
        self._lay_out(self._words[CAPACITY], self._words[SLOTS])
        for name in added & carried.keys():
            source, meaning = carried[name]
            if source in older:
                self._planes.lanes[name].take_over(older[source], meaning)
        gone = {name: self._numbers.pop(name) for name in set(self._numbers) - set(wanted)}
        mean(self._header.page, meant)
        self._lay_out(self._words[CAPACITY], self._words[SLOTS])
        for number in gone.values():
            (self._folder / lane_file(number)).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the lock; the planes stay."""
        descriptor, self._lock = self._lock, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _add(self, lanes: Iterable[str]) -> set[str]:
        added = {name for name in lanes if name not in self._numbers}
        taken = max(self._numbers.values(), default=0)
        if taken + len(added) > LANES_AT_MOST:
            raise BeyondPlanesError("lanes", taken + len(added), LANES_AT_MOST)
        for number, name in enumerate(sorted(added), taken + 1):
            # What a writer left there that was killed half-way is not what this lane holds.
            (self._folder / lane_file(number)).unlink(missing_ok=True)
            self._numbers[name] = number
        return added

    def _make_room(self, ordinal: int) -> None:
        if ordinal < 0:
            raise BeyondPlanesError("ordinal", ordinal, MOST_INDIVIDUALS)
        if ordinal >= self._planes.capacity:
            self.grow(max(ordinal + 1, self._planes.capacity * 5 // 4))

    def _more_ends(self) -> None:
        """Lay the ends out anew with twice the room."""
        older = self._planes.untils
        slots = self._words[SLOTS] * 2
        name = untils_file(slots)
        (self._folder / name).unlink(missing_ok=True)
        make(self._folder / name, size=size_of(name, capacity=0, slots=slots))
        fresh = mapped(
            self._folder / name, size=size_of(name, capacity=0, slots=slots), writable=True
        )
        target = type(older).over(fresh.body)
        for ordinal, lane, end in older.entries():
            target.put(ordinal, lane, end)
        self._lay_out(self._words[CAPACITY], slots)
        (self._folder / untils_file(slots // 2)).unlink(missing_ok=True)

    def _lay_out(self, capacity: int, slots: int) -> None:
        """Make every file that is lacking, let the others grow, and tell workers to map anew."""
        if capacity > MOST_INDIVIDUALS:
            raise BeyondPlanesError("individuals", capacity, MOST_INDIVIDUALS)
        numbers = self._numbers.values()
        for name in (FLAGS, untils_file(slots), *(lane_file(number) for number in numbers)):
            make(self._folder / name, size=size_of(name, capacity=capacity, slots=slots))
        write_names(self._folder, self._numbers)
        self._words[CAPACITY], self._words[SLOTS] = capacity, slots
        self._planes = map_planes(self._folder, self._words, writable=True)
        self._words[GENERATION] += 1


def _clear(folder: Path) -> None:
    """Take away what lies in a folder whose header says nothing yet."""
    for path in folder.iterdir():
        if path.name.startswith(("lane-", f"{UNTILS}-")) or path.name in {FLAGS, NAMES}:
            path.unlink()


def _locked(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it cannot be written") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise PlanesLockedError from error
    return descriptor
