"""Where files lie: a folder or a bucket, by names with `/`, never outside of it.

Names come out of databases. One that could lead elsewhere, as by `..`, is never looked up.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

_MOST_NAME_BYTES = 1024
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class PlaceError(Exception):
    """A place does not do what was asked now; the argument says why, without a name."""


class PlaceRefusedError(Exception):
    """A place will not change a file; the argument says why, without a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that is there.

    Attributes:
        size: Its bytes.
        modified_at: When it was written.
        version: Another whenever the file is.

    """

    size: int
    modified_at: datetime
    version: str


class Draft(Protocol):
    """A file being written beside its place."""

    @property
    def file(self) -> BinaryIO:
        """Where to write; may be read and sought."""
        ...

    def ready(self) -> None:
        """Make it last and see that the place still has the version that was read.

        Raises:
            PlaceError: It cannot be written.
            PlaceRefusedError: The place has another version by now.

        """
        ...

    def put(self) -> None:
        """Put it into its place, at once as a whole.

        Raises:
            PlaceError: It cannot be.
            PlaceRefusedError: The place has another version by now.

        """
        ...

    def drop(self) -> None:
        """Throw it away; does nothing after `put`."""
        ...


class Place(Protocol):
    """A folder or a bucket. Names given have gone through `is_safe`."""

    def names(self, under: str) -> Iterator[str]:
        """Yield the names of all files under a folder, in any order; `""` is the whole place.

        Raises:
            PlaceError: It does not answer.

        """
        ...

    def has(self, name: str) -> bool:
        """Tell whether `names` yields a file.

        Raises:
            PlaceError: It does not answer.

        """
        ...

    def find(self, name: str) -> Found | None:
        """Return what there is of a file, earlier versions that are still kept counted.

        Raises:
            PlaceError: It does not answer.

        """
        ...

    def open(self, name: str) -> AbstractContextManager[tuple[BinaryIO, str]]:
        """Open a file to read and seek in it; yields it and its version.

        Raises:
            PlaceError: It does not answer, or the file is gone.

        """
        ...

    def changing(self, under: tuple[str, ...]) -> AbstractContextManager[None]:
        """Be the only one of us that changes it; what an earlier one left beside is removed.

        Raises:
            PlaceError: Another one is changing it.

        """
        ...

    def draft(self, name: str, version: str) -> Draft:
        """Begin a file that will take the place of another.

        Args:
            name: The file to replace.
            version: Which version of it was read.

        Raises:
            PlaceError: It cannot be written.

        """
        ...

    def delete(self, name: str) -> bool:
        """Remove a file with all versions that are kept of it; tell whether there was one.

        Raises:
            PlaceError: It does not answer.
            PlaceRefusedError: The file may not be removed.

        """
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def is_safe(name: str) -> bool:
    """Tell whether a name can only mean a file inside of the place.

    >>> [is_safe(one) for one in ("up/a.jpg", "../a", "/a", "a//b", "a/./b", "")]
    [True, False, False, False, False, False]

    """
    if _NOT_IN_NAMES.search(name) or len(name.encode("utf-8")) > _MOST_NAME_BYTES:
        return False
    return all(part not in {"", ".", ".."} for part in name.split("/"))
