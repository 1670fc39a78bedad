"""Where the files of a large pack are put while it is made, outside of memory."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import UnavailableError


class PackNotWrittenError(UnavailableError):
    """The disk refused a pack, or a file of it."""

    code = "pack-not-written"

    def __init__(self, what: str) -> None:
        super().__init__(f"the pack could not be written: {what}")
        self.what = what


class PackShelf(Protocol):
    """Takes files, and packs them into one ZIP: the same files give the same bytes."""

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Take a file, in the place of one of its name.

        Raises:
            PackNotWrittenError: The disk refused.

        """
        ...

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of each file by its name, in the order of names."""
        ...

    def pack(self) -> str:
        """Make the ZIP of all files, on the shelf still, and return its SHA-256.

        Raises:
            PackNotWrittenError: The disk refused.

        """
        ...

    def hand_out(self, target: Path) -> None:
        """Put the ZIP in place, whole.

        Raises:
            PackNotWrittenError: The disk refused.

        """
        ...

    def read(self) -> bytes:
        """Return the ZIP.

        Raises:
            PackNotWrittenError: It cannot be read.

        """
        ...
