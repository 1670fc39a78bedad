"""Columns of text that is known by its place: the corridors between pieces that no text enters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chengnuo.engines.policy.placed import Line

_NARROWEST = 0.3
"""A corridor between columns is this wide at least, in heights of the text."""
_OVERFLOW = 0.4


@dataclass(frozen=True, slots=True)
class Gap:
    """A corridor from top to bottom, by where it begins and ends across."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """The middle of it."""
        return (self.left + self.right) / 2


Band = Sequence[Sequence[Line]]
"""Lines, each as its pieces."""


def gaps_in(band: Band) -> list[Gap]:
    """Return the corridors of a band; text that runs over into the next column is cut off."""
    covered = sorted(span for pieces in band for span in _spans(pieces))
    least = _NARROWEST * max((piece.size for pieces in band for piece in pieces), default=0.0)
    found: list[Gap] = []
    reach: float | None = None
    for left, right in covered:
        if reach is not None and left - reach >= least:
            found.append(Gap(reach, left))
        reach = right if reach is None else max(reach, right)
    return found


def _spans(pieces: Sequence[Line]) -> Iterable[tuple[float, float]]:
    for at, piece in enumerate(pieces):
        right = piece.right
        if at + 1 < len(pieces):
            right = min(right, pieces[at + 1].left - _OVERFLOW * piece.size)
        yield piece.left, max(right, piece.left)


def gaps_of(bands: Sequence[Band]) -> list[Gap]:
    """Return the corridors of a table.

    Those of the band that has most, made narrower by the other bands; one that is crossed by text
    in half of the bands is none, unless text stands right of it in the same band: then what
    crosses runs over, or it is the first band alone, a head above several columns.
    """
    if not bands:
        return []
    best = max(bands, key=lambda band: (len(gaps_in(band)), len(band)))
    kept = gaps_in(best)
    crossed = [0] * len(kept)
    for number, band in enumerate(bands):
        across = set() if band is best else _narrow(kept, band)
        for at in across:
            if number and not _has_text(band, kept, at + 1):
                crossed[at] += 1
    least = _NARROWEST * max(piece.size for pieces in best for piece in pieces) / 2
    return [
        gap
        for gap, times in zip(kept, crossed, strict=True)
        if gap.right - gap.left >= least and 2 * times <= len(bands)
    ]


def _narrow(gaps: list[Gap], band: Band) -> set[int]:
    """Make corridors as narrow as a band leaves them, and return those that it crosses."""
    across: set[int] = set()
    for left, right in (span for pieces in band for span in _spans(pieces)):
        for at, gap in enumerate(gaps):
            if left < gap.left - 1 and right > gap.right + 1:
                across.add(at)
            elif left < gap.right and right > gap.left:
                gaps[at] = _narrower(gap, left, right)
    return across


def _narrower(gap: Gap, left: float, right: float) -> Gap:
    """Return a corridor without the part that text enters from one side."""
    if left <= gap.left:
        return (
            Gap(max(gap.left, right), gap.right) if right < gap.right else Gap(gap.right, gap.right)
        )
    return Gap(gap.left, min(gap.right, left))


def _has_text(band: Band, gaps: Sequence[Gap], column: int) -> bool:
    """Tell whether a piece begins in a column."""
    return any(column_of(piece.left, gaps) == column for pieces in band for piece in pieces)


def column_of(place: float, gaps: Sequence[Gap]) -> int:
    """Return the column, counted from 0, in which a place is."""
    return sum(1 for gap in gaps if place > gap.middle)
