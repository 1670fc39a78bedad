"""The one writer of planes: what it has written, every worker sees before it returns.

It holds a lock that ends with its process. When it is killed, what it was writing is done or not
done for each value; the position of the log in the header is written last, so that a new writer
applies again what may be missing. Applying twice changes nothing.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import randbits

from chengnuo.adapters.planes.files import (
    CAPACITY,
    FLAGS,
    GENERATION,
    HEADER,
    NAMES,
    PAGE,
    SLOTS,
    UNTILS,
    lane_file,
    make,
    mapped,
    read_names,
    reserve,
    size_of,
    write_names,
)
from chengnuo.adapters.planes.header import Header
from chengnuo.adapters.planes.limits import MOST_INDIVIDUALS, BeyondPlanesError
from chengnuo.adapters.planes.reading import map_planes, untils_file
from chengnuo.adapters.planes.room import PIECE_BITS, Room
from chengnuo.adapters.planes.writer_lock import lock_of
from chengnuo.engines.planes.lane import bytes_for
from chengnuo.engines.planes.planes import Planes, Value, Whole
from chengnuo.engines.planes.untils import LANES_AT_MOST
from chengnuo.engines.planes.writing import put_value, put_whole
from chengnuo.ports.planes import Carried, Good, Mark, Meant, Reached

_FIRST_SLOTS = 1024
_AT_LEAST = 4096
"""Individuals that there is room for once there is one."""
_BLOCK = 512


class PlaneWriter:
    """The planes of a folder, to be written."""

    def __init__(
        self,
        folder: Path,
        *,
        meant: Meant,
        lanes: Iterable[str],
        capacity: int,
        identity: str = "",
    ) -> None:
        """Open the planes of a folder, making what is not there.

        Lanes that are there stay as they are; `renew` takes away what is not wanted any more.
        Planes of another installation are thrown away.

        Args:
            folder: A folder of memory, as below /dev/shm, or any other.
            meant: Register and law that new planes are for.
            lanes: Names of the lanes.
            capacity: For how many individuals at least.
            identity: Of which installation they are.

        Raises:
            PlanesLockedError: Another process writes them; nothing was changed.
            PlanesUnavailableError: The folder cannot be written, or others can write to it.
            PlanesDamagedError: A file is too short, or something else.
            BeyondPlanesError: There are too many individuals or lanes.

        """
        self._folder = folder
        self._lock = lock_of(folder)
        self._numbers: dict[str, int] = {}
        self._room = Room(folder)
        self._reserved = set[int]()
        try:
            make(folder / HEADER, size=PAGE)
            self._header = Header(mapped(folder / HEADER, size=PAGE, writable=True))
            self._words = self._header.words
            if not self._words[GENERATION] or self._header.identity != identity:
                self._header.identity = identity
                self.empty(meant, lanes)
            else:
                self._numbers = read_names(folder) if (folder / NAMES).exists() else {}
                self._add(lanes)
            self._lay_out(max(capacity, self._words[CAPACITY]), self._words[SLOTS])
        except BaseException:
            self.close()
            raise

    @property
    def planes(self) -> Planes:
        """The planes as they are now."""
        return self._planes

    @property
    def position(self) -> int:
        """How many records of the log are in the planes."""
        return self._header.position

    @property
    def meant(self) -> Meant:
        """For which register and law they are."""
        return self._header.meant

    @property
    def mark(self) -> Mark:
        """Whether they can be relied on."""
        return self._header.mark

    def marked(self, mark: Mark) -> None:
        """Say whether they can be relied on."""
        self._header.mark = mark

    @property
    def good(self) -> Good:
        """The day that they are for."""
        return self._header.day

    def good_for(self, good: Good) -> None:
        """Say which day they are for."""
        self._header.day = good

    def count_until(self, until: int) -> None:
        """See `PlanesWritten.count_until`."""
        self._header.count_until(until)

    @property
    def reached_to(self) -> Reached:
        """How far the log is in them."""
        return self._header.reached

    def reached(self, reached: Reached) -> None:
        """Say how far the log is in the planes, once it is."""
        self._header.reached = reached

    @property
    def expected(self) -> int | None:
        """Whose state may have changed without a record."""
        return self._header.expected

    def expect(self, ordinal: int | None) -> None:
        """Say whose state is about to change without a record."""
        self._header.expected = ordinal

    def put_value(self, ordinal: int, lane: str, value: Value) -> None:
        """Write one value; every worker sees it before this returns.

        Raises:
            BeyondPlanesError: The ordinal is none that planes can hold.
            PlanesUnavailableError: There is no room.
            KeyError: There is no such lane.

        """
        self._make_room(ordinal)
        self.have_room(ordinal)
        while not put_value(self._planes, ordinal, lane, value):
            self._more_ends()

    def put(self, ordinal: int, whole: Whole) -> None:
        """Write all that is so about somebody; every worker sees it before this returns.

        Raises:
            BeyondPlanesError: The ordinal is none that planes can hold.
            PlanesUnavailableError: There is no room.

        """
        self._make_room(ordinal)
        self.have_room(ordinal)
        while not put_whole(self._planes, ordinal, whole):
            self._more_ends()

    def end(self, ordinal: int, lane: str, end: int) -> None:
        """Write only when somebody's value in a lane ends; for planes that are being restored."""
        self._make_room(ordinal)
        while not self._planes.untils.put(ordinal, self._planes.numbers[lane], end):
            self._more_ends()

    def used(self) -> int:
        """Return how many bytes of memory they take."""
        found = 0
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # taken away meanwhile
                found += path.stat().st_blocks * _BLOCK
        return found

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
        self.have_all_room()
        for name in added & carried.keys():
            source, meaning = carried[name]
            if source in older:
                self._planes.lanes[name].take_over(older[source], meaning)
        gone = {name: self._numbers.pop(name) for name in set(self._numbers) - set(wanted)}
        self._header.meant = meant
        self._lay_out(self._words[CAPACITY], self._words[SLOTS])
        for number in gone.values():
            self._take_away(lane_file(number))

    def empty(self, meant: Meant, lanes: Iterable[str]) -> None:
        """Throw everything away and begin anew, marked as raw.

        Raises:
            PlanesUnavailableError: There is no room.
            BeyondPlanesError: There are too many lanes.

        """
        header = self._header
        header.mark = Mark.RAW
        # A number that no reader of planes that lay here before has met.
        self._words[GENERATION] = self._words[GENERATION] or randbits(40)
        header.day, header.expected = Good(since=0, until=0), None
        header.reached = Reached(position=0, at=0, anchor=b"")
        for path in self._folder.iterdir():
            if path.name.startswith(("lane-", f"{UNTILS}-")) or path.name in {FLAGS, NAMES}:
                self._take_away(path.name)
        self._numbers = {}
        self._reserved.clear()
        header.meant = meant
        self._add(lanes)
        self._words[CAPACITY], self._words[SLOTS] = 0, _FIRST_SLOTS
        self._lay_out(0, _FIRST_SLOTS)

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
            self._take_away(lane_file(number))
            self._numbers[name] = number
            self._reserved.clear()
        return added

    def _make_room(self, ordinal: int) -> None:
        if ordinal < 0:
            raise BeyondPlanesError("ordinal", ordinal, MOST_INDIVIDUALS)
        if ordinal >= self._planes.capacity:
            self.grow(max(ordinal + 1, self._planes.capacity * 5 // 4, _AT_LEAST))

    def have_room(self, ordinal: int) -> None:
        """Reserve what is read and written of somebody: in memory a read, too, needs the page.

        Raises:
            PlanesUnavailableError: There is no room.

        """
        self._room.have(FLAGS, ordinal)
        piece = ordinal >> 2 >> PIECE_BITS
        if piece not in self._reserved:
            for number in self._numbers.values():
                self._room.have(lane_file(number), ordinal >> 2)
            self._reserved.add(piece)

    def have_all_room(self) -> None:
        """Reserve everything up to the capacity.

        Raises:
            PlanesUnavailableError: There is no room.

        """
        capacity = self._words[CAPACITY]
        if capacity:
            self._room.have(FLAGS, 0, capacity)
            for number in self._numbers.values():
                self._room.have(lane_file(number), 0, bytes_for(capacity))

    def _take_away(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)
        self._room.forget(name)

    def _more_ends(self) -> None:
        """Lay the ends out anew with twice the room."""
        older = self._planes.untils
        slots = self._words[SLOTS] * 2
        name = untils_file(slots)
        size = size_of(name, capacity=0, slots=slots)
        self._take_away(name)
        make(self._folder / name, size=size)
        reserve(self._folder / name, 0, size)
        fresh = mapped(self._folder / name, size=size, writable=True)
        target = type(older).over(fresh.body)
        for ordinal, lane, end in older.entries():
            target.put(ordinal, lane, end)
        self._lay_out(self._words[CAPACITY], slots)
        self._take_away(untils_file(slots // 2))

    def _lay_out(self, capacity: int, slots: int) -> None:
        """Make every file that is lacking, let the others grow, and tell workers to map anew."""
        if capacity > MOST_INDIVIDUALS:
            raise BeyondPlanesError("individuals", capacity, MOST_INDIVIDUALS)
        numbers = self._numbers.values()
        for name in (FLAGS, untils_file(slots), *(lane_file(number) for number in numbers)):
            make(self._folder / name, size=size_of(name, capacity=capacity, slots=slots))
        ends = untils_file(slots)
        reserve(self._folder / ends, 0, size_of(ends, capacity=capacity, slots=slots))
        write_names(self._folder, self._numbers)
        self._words[CAPACITY], self._words[SLOTS] = capacity, slots
        self._planes = map_planes(self._folder, self._words, writable=True)
        self._words[GENERATION] += 1
