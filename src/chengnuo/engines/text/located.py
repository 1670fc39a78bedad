"""Values found in a text as arrays, for texts that hold many of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.tokens import Flags, Places

Numbers = NDArray[np.int32]

_KINDS: Final = {kind.value: kind for kind in Kind}
_EVIDENCES: Final = {evidence.value: evidence for evidence in Evidence}


@dataclass(frozen=True, slots=True)
class Located:
    """Values of a text, in order, none overlapping another.

    Attributes:
        start: `(n,)` int64, the place of the first character of each.
        end: `(n,)` int64, the place after its last.
        kind: `(n,)` int32, what it is, as a number of `Kind`.
        evidence: `(n,)` int32, what speaks for it, as a number of `Evidence`.

    """

    start: Places
    end: Places
    kind: Numbers
    evidence: Numbers

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> "Located":
        """Return values given one by one, in order, as arrays."""
        return cls(
            np.array([hit.start for hit in hits], np.int64),
            np.array([hit.end for hit in hits], np.int64),
            np.array([hit.kind for hit in hits], np.int32),
            np.array([hit.evidence for hit in hits], np.int32),
        )

    def hits(self) -> list[Hit]:
        """Return the values one by one."""
        kinds = [_KINDS[number] for number in self.kind.tolist()]
        evidences = [_EVIDENCES[number] for number in self.evidence.tolist()]
        return list(map(Hit, self.start.tolist(), self.end.tolist(), kinds, evidences))

    def only(self, chosen: Flags | Places) -> "Located":
        """Return some of them."""
        return Located(
            self.start[chosen], self.end[chosen], self.kind[chosen], self.evidence[chosen]
        )

    def of_kinds(self, kinds: frozenset[Kind]) -> Flags:
        """Tell of each whether it is of one of some kinds."""
        table = np.zeros(max(Kind) + 1, np.bool_)
        table[list(kinds)] = True
        flags: Flags = table[self.kind]
        return flags

    def merged(self, then: "Located") -> "Located":
        """Return values of both: of two that overlap, of this, unless it lies within the other.

        Args:
            then: The others.

        """
        if not len(then.start):
            return self
        first = np.searchsorted(self.end, then.start, "right")
        after = np.searchsorted(self.start, then.end, "left")
        over = np.flatnonzero(after > first)
        kept, stays = np.ones(len(then.start), np.bool_), np.ones(len(self.start), np.bool_)
        if len(over):
            within = self.start[first[over]] >= then.start[over]
            within &= self.end[after[over] - 1] <= then.end[over]
            kept[over] = within
            lost = over[within]
            stays = ~covered(first[lost], after[lost], len(stays))
        return _in_order(self.only(stays), then.only(kept))

    def touched(self, start: Places, end: Places) -> Flags:
        """Tell of each of some spans whether it overlaps one of these.

        Args:
            start: `(n,)` int64, where each begins, in any order.
            end: `(n,)` int64, the place after its last.

        """
        return overlapping(self.start, self.end, start, end)

    def covered(self, size: int) -> Flags:
        """Tell of each of so many places whether one of these covers it."""
        return covered(self.start, self.end, size)


def overlapping(starts: Places, ends: Places, start: Places, end: Places) -> Flags:
    """Tell of each of some spans whether it overlaps one of others.

    Args:
        starts: `(k,)` int64, where those others begin, ascending.
        ends: `(k,)` int64, the place after the last of each.
        start: `(n,)` int64, where each of the spans begins, in any order.
        end: `(n,)` int64, the place after its last.

    """
    first = np.searchsorted(np.maximum.accumulate(ends), start, "right")
    flags: Flags = np.searchsorted(starts, end, "left") > first
    return flags


def covered(start: Places, end: Places, size: int) -> Flags:
    """Tell of each of so many places whether one of some spans covers it.

    Args:
        start: `(n,)` int64, where each begins, ascending, none overlapping another.
        end: `(n,)` int64, the place after its last; at most `size`.
        size: How many places.

    """
    edges = np.empty(2 * len(start) + 2, np.int64)
    edges[0], edges[1:-1:2], edges[2:-1:2], edges[-1] = 0, start, end, size
    flags: Flags = np.repeat(np.arange(len(edges) - 1) % 2 == 1, np.diff(edges))
    return flags


def _in_order(one: Located, other: Located) -> Located:
    order = np.argsort(np.concatenate((one.start, other.start)), kind="stable")
    return Located(
        np.concatenate((one.start, other.start))[order],
        np.concatenate((one.end, other.end))[order],
        np.concatenate((one.kind, other.kind))[order],
        np.concatenate((one.evidence, other.evidence))[order],
    )
