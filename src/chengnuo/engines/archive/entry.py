"""One file in a ZIP archive, as its central directory tells it (APPNOTE 4.3.12)."""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.engines.program.unit import Damage

STORED = 0
DEFLATED = 8
DAMAGES_SHOWN = 100

ENCRYPTED = 1 << 0
"""Bit of the general purpose flag (APPNOTE 4.4.4): the contents are encrypted."""
DESCRIPTOR = 1 << 3
"""Sizes and checksum stand behind the data; those of the local header are zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    r"""A file in the archive; its name is UTF-8 whatever the flags say, as Android takes it.

    Attributes:
        name: Bytes that are no UTF-8 are shown as `\xNN`.
        flags: The general purpose flag.
        method: Compression method, 0 stored and 8 deflated.
        crc: CRC-32 of the contents.
        compressed: Bytes in the archive.
        size: Bytes when read.
        offset: Where its local header is in the buffer.

    """

    name: str
    flags: int
    method: int
    crc: int
    compressed: int
    size: int
    offset: int

    @property
    def is_folder(self) -> bool:
        """Tell whether it only names a folder."""
        return self.name.endswith("/") and not self.size


class Reason(StrEnum):
    """Why an entry is not given."""

    OUTSIDE = "outside"
    """Its header or data is not inside the archive."""
    TOO_LARGE = "too-large"
    """It is larger than an entry may be."""
    RATIO = "ratio"
    """It inflates to many times its size: a bomb."""
    BUDGET = "budget"
    """Too much has been inflated out of this archive already."""
    ENCRYPTED = "encrypted"
    """It says that it is encrypted, and what is there cannot be read as it is."""
    METHOD = "method"
    """Its compression is none that Android knows, and the data is not simply stored."""
    CORRUPT = "corrupt"
    """The compressed data is broken."""
    SIZE = "size"
    """It does not inflate to the size that the directory tells."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that was asked for and is not given."""

    name: str
    reason: Reason

    @property
    def damage(self) -> Damage:
        """The refusal as a damage of the package."""
        return Damage(where=f"entry {self.name}", why=f"not read: {self.reason.value}")


def shown(damages: list[Damage]) -> tuple[Damage, ...]:
    """Return the first damages, and how many there are beyond."""
    beyond = len(damages) - DAMAGES_SHOWN
    if beyond <= 0:
        return tuple(damages)
    more = Damage(where="package", why=f"{beyond} more of these")
    return (*damages[:DAMAGES_SHOWN], more)
