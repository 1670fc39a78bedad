"""Workers: they map the planes read-only and map anew when the writer says so.

Looking whether anything is new costs one read of memory, so it is done for each question.
"""

from pathlib import Path

from chengnuo.adapters.planes.files import (
    CAPACITY,
    FLAGS,
    GENERATION,
    HEADER,
    PAGE,
    POSITION,
    SLOTS,
    UNTILS,
    Meant,
    PlanesDamagedError,
    PlanesUnavailableError,
    lane_file,
    mapped,
    meant_by,
    read_names,
    size_of,
)
from chengnuo.base.errors import ChengnuoError
from chengnuo.engines.planes.lane import Lane
from chengnuo.engines.planes.planes import Planes
from chengnuo.engines.planes.untils import Untils

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
    """The planes as one worker sees them."""

    def __init__(self, folder: Path) -> None:
        """Map the planes of a folder.

        Raises:
            PlanesUnavailableError: There are none, or they cannot be read.
            PlanesDamagedError: A file is too short, or something else.

        """
        self._folder = folder
        self._header = mapped(folder / HEADER, size=PAGE, writable=False)
        self._words = self._header.page.cast("Q")
        self._generation = 0
        self._planes = self.planes()

    def planes(self) -> Planes:
        """Return the planes as they are now; the same object until a worker has to map anew.

        Raises:
            PlanesUnavailableError: The writer did not get to the end of a change.
            PlanesDamagedError: A file is too short, or something else.

        """
        if self._words[GENERATION] == self._generation:
            return self._planes
        for _ in range(_TRIES):
            generation = self._words[GENERATION]
            try:
                planes = map_planes(self._folder, self._words, writable=False)
            except ChengnuoError:
                if self._words[GENERATION] == generation:
                    raise
                continue  # the writer took a file away while it was being mapped
            if self._words[GENERATION] == generation:
                self._planes, self._generation = planes, generation
                return planes
        raise PlanesUnavailableError("the writer changes it without pause")

    @property
    def position(self) -> int:
        """How many records of the log are in the planes."""
        return self._words[POSITION]

    @property
    def meant(self) -> Meant:
        """For which register and law they are."""
        return meant_by(self._header.page)
