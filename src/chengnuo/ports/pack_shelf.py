"""Where the files of a large pack are put while it is made, and where packs are kept: on disk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """A pack as a file.

    Attributes:
        name: A name for it.
        sha256: Its hash, as it is recorded.
        records: How many records of the period it holds.

    """

    name: str
    sha256: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPack:
    """A pack that somebody asked for and that lies on disk until it is over.

    Attributes:
        id: Of the request.
        file: The pack.
        path: Where it lies.
        start: First instant of the period that was asked for, microseconds since 1970.
        end: Last instant.
        by: Account that asked.
        reason: Why, in words.
        reviewed_by: Account that released it; empty where nobody could.
        single_person: Nobody else could have reviewed it.
        asked_at: When it was asked for.
        made_at: When it was made.

    """

    id: str
    file: PackFile
    path: Path
    start: int
    end: int
    by: str
    reason: str
    reviewed_by: str
    single_person: bool
    asked_at: datetime
    made_at: datetime

    @property
    def name(self) -> str:
        """A name for it."""
        return self.file.name

    @property
    def sha256(self) -> str:
        """Its hash."""
        return self.file.sha256

    @property
    def records(self) -> int:
        """How many records of the period it holds."""
        return self.file.records


class KeptPacks(Protocol):
    """Keeps packs on disk, within a bound of bytes: the oldest go first."""

    def coming(self, wanted: str) -> Path:
        """Return where the pack of a request is to be put.

        Raises:
            PackNotWrittenError: The disk refused.

        """
        ...

    def keep(self, pack: KeptPack) -> None:
        """Keep a pack that was put in its place.

        Raises:
            PackNotWrittenError: The disk refused.

        """
        ...

    def all(self) -> Sequence[KeptPack]:
        """Return the packs that are kept, the oldest first; what cannot be read is left out."""
        ...

    def is_whole(self, pack: KeptPack) -> bool:
        """Tell whether a pack is on disk still as it was made."""
        ...

    def drop(self, wanted: str) -> None:
        """Remove the pack of a request, if there is one."""
        ...

    def sweep(self, now: datetime) -> None:
        """Remove what was made over a day ago, and what a stop left half made."""
        ...
