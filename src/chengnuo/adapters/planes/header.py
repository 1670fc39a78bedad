"""The header of planes: for what they are, whether they can be relied on, how far they go.

A reader looks at it before each answer, so every number is one word. How far the log is in the
planes is three things that belong together: they are written to the one of two places that is not
read, and then one word says which is, so that a writer killed in between leaves the older three.
"""

import os
import struct
from pathlib import Path
from typing import Final

from chengnuo.adapters.planes.files import (
    EXPECTED,
    GENERATION,
    GOOD_SINCE,
    GOOD_UNTIL,
    HEADER,
    MARK,
    PAGE,
    POSITION,
    Mapped,
    PlanesUnavailableError,
    mapped,
    mean,
    meant_by,
)
from chengnuo.ports.planes import Good, Mark, Meant, Reached

_IDENTITY_AT: Final = 320
_IDENTITY: Final = 32
_REACHED = struct.Struct("<Q32s")
_REACHED_AT: Final = 384
_WORD: Final = 8
_AT_WORD: Final = _REACHED_AT // _WORD
_PLACE_WORDS: Final = _REACHED.size // _WORD
_CURRENT: Final = Mark.CURRENT.value
_FOR_EVER: Final = (1 << 63) - 1


class Header:
    """The header of some planes, mapped to read or to write it."""

    def __init__(self, header: Mapped) -> None:
        """Take a mapped header."""
        self.file = header.file
        self.page = header.page
        self.words = header.page.cast("Q")
        self._day: Good | None = None
        self._most = _FOR_EVER

    @property
    def generation(self) -> int:
        """Grows whenever a reader has to map anew."""
        return self.words[GENERATION]

    @property
    def mark(self) -> Mark:
        """Whether the planes can be relied on."""
        try:
            return Mark(self.words[MARK])
        except ValueError:
            return Mark.RAW

    @mark.setter
    def mark(self, mark: Mark) -> None:
        self.words[MARK] = mark.value

    @property
    def good(self) -> Good:
        """The day that they are for."""
        return Good(since=self.words[GOOD_SINCE], until=self.words[GOOD_UNTIL])

    @property
    def day(self) -> Good:
        """The day that they are for, as their writer sees it: also where they count for less."""
        return self.good if self._day is None else self._day

    @day.setter
    def day(self, day: Good) -> None:
        self._day = day
        self.words[GOOD_UNTIL] = 0
        self.words[GOOD_SINCE] = day.since
        self.words[GOOD_UNTIL] = min(day.until, self._most)

    def count_until(self, until: int) -> None:
        """Let them count until an instant at most, of the day that they are for."""
        self._most = until
        self.words[GOOD_UNTIL] = min(self.day.until, until)

    @property
    def position(self) -> int:
        """How many records of the log are in them."""
        return self.words[POSITION] >> 1

    def last(self) -> tuple[int, int]:
        """Return how many records of the log are in them, and the instant of the last."""
        word = self.words[POSITION]
        return word >> 1, self.words[_AT_WORD + _PLACE_WORDS * (word & 1)]

    @property
    def reached(self) -> Reached:
        """How far the log is in them."""
        word = self.words[POSITION]
        at, anchor = self._place(word & 1)
        return Reached(position=word >> 1, at=at, anchor=anchor)

    @reached.setter
    def reached(self, reached: Reached) -> None:
        place = 1 - (self.words[POSITION] & 1)
        start = _REACHED_AT + place * _REACHED.size
        _REACHED.pack_into(self.page, start, reached.at, reached.anchor)
        self.words[POSITION] = reached.position << 1 | place

    @property
    def expected(self) -> int | None:
        """Whose state may have changed without a record."""
        return self.words[EXPECTED] - 1 if self.words[EXPECTED] else None

    @expected.setter
    def expected(self, ordinal: int | None) -> None:
        self.words[EXPECTED] = 0 if ordinal is None else ordinal + 1

    @property
    def identity(self) -> str:
        """Of which installation they are."""
        said = bytes(self.page[_IDENTITY_AT : _IDENTITY_AT + _IDENTITY])
        return said.rstrip(b"\0").decode("ascii", "replace")

    @identity.setter
    def identity(self, identity: str) -> None:
        self.page[_IDENTITY_AT : _IDENTITY_AT + _IDENTITY] = identity.encode()[:_IDENTITY].ljust(
            _IDENTITY, b"\0"
        )

    @property
    def meant(self) -> Meant:
        """For which register and law they are."""
        return meant_by(self.page)

    @meant.setter
    def meant(self, meant: Meant) -> None:
        mean(self.page, meant)

    def counts(self, generation: int, at: int) -> bool:
        """Tell whether planes got at a generation can be relied on at an instant, now."""
        words = self.words
        return (
            words[MARK] == _CURRENT
            and words[GENERATION] == generation
            and words[GOOD_SINCE] <= at < words[GOOD_UNTIL]
        )

    def _place(self, place: int) -> tuple[int, bytes]:
        at, anchor = _REACHED.unpack_from(self.page, _REACHED_AT + place * _REACHED.size)
        return at, anchor.rstrip(b"\0") if not any(anchor) else anchor


def header_of(folder: Path) -> Header:
    """Return the header of a folder of planes, to read it.

    Raises:
        PlanesUnavailableError: There is none.
        PlanesDamagedError: It is something else.

    """
    return Header(mapped(folder / HEADER, size=PAGE, writable=False))


def outdate(folder: Path) -> None:
    """Say that planes may be behind the log; for whoever is about to write that.

    Raises:
        PlanesUnavailableError: It cannot be written, so that readers would go on relying on them.
        PlanesDamagedError: The header is something else.

    """
    if header_of(folder).mark is not Mark.CURRENT:
        return
    try:
        descriptor = os.open(folder / HEADER, os.O_RDWR | os.O_CLOEXEC)
        try:
            os.pwrite(descriptor, Mark.BEHIND.to_bytes(_WORD, "little"), MARK * _WORD)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it cannot be written") from error
