"""Workers: they map the planes read-only and map anew when the writer says so.

Looking whether anything is new costs one read of memory, so it is done for each question.
"""

from pathlib import Path

from chengnuo.adapters.planes.files import (
    CAPACITY,
    FLAGS,
    HEADER,
    PAGE,
    SLOTS,
    UNTILS,
    PlanesDamagedError,
    PlanesUnavailableError,
    lane_file,
    mapped,
    read_names,
    size_of,
)
from chengnuo.adapters.planes.header import Header, header_of
from chengnuo.base.errors import ChengnuoError
from chengnuo.engines.planes.lane import Lane
from chengnuo.engines.planes.planes import Planes
from chengnuo.engines.planes.untils import Untils
from chengnuo.ports.planes import Good, Meant

_TRIES = 100


def untils_file(slots: int) -> str:
    """Return the name of the file of ends; each size is a file of its own."""
    return f"{UNTILS}-{slots}"


def map_planes(folder: Path, words: memoryview, *, writable: bool) -> Planes:
    """Map all lanes as the header says.

    Raises:
        PlanesUnavailableError: A file cannot be opened.
        PlanesDamagedError: A file is too short, or something else.

    """
    capacity, slots = words[CAPACITY], words[SLOTS]
    if slots < 1 or slots & slots - 1:
        raise PlanesDamagedError(HEADER, "says something that cannot be")
    numbers = read_names(folder)

    def body(name: str, length: int) -> memoryview:
        size = size_of(name, capacity=capacity, slots=slots)
        return mapped(folder / name, size=size, writable=writable).body[:length]

    lanes_end = size_of(lane_file(1), capacity=capacity, slots=slots) - PAGE
    return Planes(
        capacity=capacity,
        flags=body(FLAGS, capacity),
        lanes={name: Lane(body(lane_file(number), lanes_end)) for name, number in numbers.items()},
        numbers=numbers,
        untils=Untils.over(
            body(untils_file(slots), size_of(UNTILS, capacity=0, slots=slots) - PAGE)
        ),
    )


class PlaneReader:
    """`PlanesMapped` of one worker."""

    def __init__(self, folder: Path) -> None:
        """Map the planes of a folder.

        Raises:
            PlanesUnavailableError: There are none, or they cannot be read.
            PlanesDamagedError: A file is too short, or something else.

        """
        self._folder = folder
        self._header: Header = header_of(folder)
        self._generation = 0
        self._planes = self.planes()
        self.counts = self._header.counts
        self.last = self._header.last

    def planes(self) -> Planes:
        """Return the planes as they are now; the same object until a worker has to map anew.

        Raises:
            PlanesUnavailableError: The writer did not get to the end of a change.
            PlanesDamagedError: A file is too short, or something else.

        """
        header = self._header
        if header.generation == self._generation:
            return self._planes
        for _ in range(_TRIES):
            generation = header.generation
            try:
                planes = map_planes(self._folder, header.words, writable=False)
            except ChengnuoError:
                if header.generation == generation:
                    raise
                continue  # the writer took a file away while it was being mapped
            if header.generation == generation:
                self._planes, self._generation = planes, generation
                return planes
        raise PlanesUnavailableError("the writer changes it without pause")

    def is_there(self) -> bool:
        """See `PlanesMapped.is_there`."""
        try:
            found = (self._folder / HEADER).stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self._header.file

    @property
    def generation(self) -> int:
        """See `PlanesMapped.generation`."""
        return self._header.generation

    @property
    def good(self) -> Good:
        """See `PlanesMapped.good`."""
        return self._header.good

    @property
    def identity(self) -> str:
        """Of which installation they are."""
        return self._header.identity

    @property
    def position(self) -> int:
        """See `PlanesMapped.position`."""
        return self._header.position

    @property
    def meant(self) -> Meant:
        """See `PlanesMapped.meant`."""
        return self._header.meant
