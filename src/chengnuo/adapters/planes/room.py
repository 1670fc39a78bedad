"""Room for what is written to planes, reserved piece by piece before it is.

The files are sparse and mapped. Where a file system in memory is full, reading or writing a page
that is not there yet ends the process with SIGBUS, also that of a reader; reserving it is refused
with an error instead. So everything is reserved that is looked at of an individual, in every lane.
"""

from pathlib import Path
from typing import Final

from chengnuo.adapters.planes.files import PAGE, reserve

PIECE_BITS: Final = 14
_PIECE: Final = 1 << PIECE_BITS


class Room:
    """What is reserved in the files of a folder, as far as this process knows."""

    def __init__(self, folder: Path) -> None:
        """Know of nothing yet; reserving what is reserved changes nothing."""
        self._folder = folder
        self._known: dict[str, bytearray] = {}

    def have(self, name: str, start: int, length: int = 1) -> None:
        """Reserve bytes of a file's body.

        Raises:
            PlanesUnavailableError: There is no room.

        """
        first, last = start >> PIECE_BITS, start + length - 1 >> PIECE_BITS
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = bytearray()
        if last >= len(known):
            known.extend(bytes(last + 1 - len(known)))
        for piece in range(first, last + 1):
            if not known[piece]:
                reserve(self._folder / name, PAGE + (piece << PIECE_BITS), _PIECE)
                known[piece] = 1

    def forget(self, name: str) -> None:
        """Take a file as not there."""
        self._known.pop(name, None)
