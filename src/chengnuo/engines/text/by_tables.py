"""The search of a long text by tables: compiled where numba is installed, else by whole arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from chengnuo.engines.jit import Kernel
from chengnuo.engines.text import cue_loops, loops
from chengnuo.engines.text.batches import candidates
from chengnuo.engines.text.beside import evidence_beside
from chengnuo.engines.text.codes import PAD, PLANE, Signs, signs_of
from chengnuo.engines.text.cue_tables import cue_tables
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.tables import Numbers, tables
from chengnuo.engines.text.tokens import Bytes, Flags, Places

WORTH: Final = 1 << 24
"""From how many signs of a process on it is worth to load numba, and to compile if need be."""

_EVIDENCE: Final = 7
_TWO: Final = 2
_FULL_WIDTH: Final = 0xFF10


class Loops(NamedTuple):
    """The loops over a text, in the order in which they are gone through."""

    begun: Callable[..., tuple[Places, Places]]
    cues_before: Callable[..., Bytes]
    spans: Callable[..., tuple[Places, Places, Numbers, Bytes]]
    spoken: Callable[..., tuple[Places, Places, Numbers, Numbers]]


LOOPS: Final = Loops(loops.begun, cue_loops.cues_before, loops.spans, cue_loops.spoken)
"""The loops as they are written."""
PARTS: Final[tuple[tuple[Callable[..., object], ...], ...]] = ((), (), (), cue_loops.PARTS)
"""What each of them calls, of its own module."""
_KERNELS: Final[tuple[Kernel[..., Any], ...]] = tuple(
    Kernel(loop=loop, plain=loop, worth=WORTH, parts=parts, at_once=False)
    for loop, parts in zip(LOOPS, PARTS, strict=True)
)


@dataclass(frozen=True, slots=True)
class Spans:
    """The values of a text as arrays, in order, none overlapping another.

    Attributes:
        start: `(n,)` int64, the place of the first character of each.
        end: `(n,)` int64, the place after its last.
        shape: `(n,)` int32, the place of its shape in `SHAPES`.
        evidence: `(n,)` int32, what speaks for it, as a number of `Evidence`.

    """

    start: Places
    end: Places
    shape: Numbers
    evidence: Numbers

    @property
    def kinds(self) -> Numbers:
        """The numbers of their kinds, `(n,)` int32."""
        return tables().kind[self.shape]


def search(text: str, cues: Cues, signs: Signs | None = None) -> Spans:
    """Return the values found in a text, whose signs are given if they are known."""
    ways = [way for kernel in _KERNELS if (way := kernel.fast(len(text)))]
    if len(ways) < len(_KERNELS):
        return search_by_arrays(text, cues, signs)
    return search_by_loops(text, cues, Loops(*ways), signs)


def search_by_loops(text: str, cues: Cues, way: Loops = LOOPS, signs: Signs | None = None) -> Spans:
    """Return the same by loops, compiled or not."""
    signs = signs_of(text) if signs is None else signs
    t, q = tables(), cue_tables(cues)
    places, starts = way.begun(signs, busy_chunks(signs), t)
    said = way.cues_before(signs, places, t.codes, q)
    start, end, shape, said = way.spans(signs, places, starts, said, t)
    unheard = np.flatnonzero(said == loops.UNHEARD)
    said[unheard] = way.cues_before(signs, start[unheard], t.codes, q)
    return Spans(*way.spoken(signs, start, end, shape, said, t, q))


def busy_chunks(signs: Signs) -> loops.Words:
    """Return of every `CHUNK` signs a number that is 0 if none of them may be of a token.

    Of one may be what is up to the small letters of ASCII, or a full-width form: one range, moved
    to where the numbers of signs come round.
    """
    may = np.zeros(-(-len(signs) // loops.CHUNK) * loops.CHUNK, np.bool_)
    moved = signs - np.uint16(_FULL_WIDTH)
    np.less_equal(moved, (ord("z") - _FULL_WIDTH) % PLANE, out=may[: len(signs)])
    return may.view(np.uint64)


def search_by_arrays(text: str, cues: Cues, signs: Signs | None = None) -> Spans:
    """Return the same by whole arrays."""
    signs = signs_of(text) if signs is None else signs
    plain: list[str] = []

    def beside(start: int, end: int, place: int) -> int:
        if not plain:
            plain.append(folded(text))
        return evidence_beside(SHAPES[place], plain[0], start - PAD, end - PAD, cues) or 0

    found = candidates(signs, tables(), cue_tables(cues), beside)
    kept = np.flatnonzero(_settled(*found))
    start, end, shape, evidence = found
    return Spans(start[kept] - PAD, end[kept] - PAD, shape[kept], evidence[kept] & _EVIDENCE)


def _settled(start: Places, end: Places, shape: Numbers, evidence: Numbers) -> Flags:
    """Tell which candidates count; only more than two that overlap are looked at one by one."""
    counts = np.ones(len(start), np.bool_)
    if not len(start):
        return counts
    reach = np.maximum.accumulate(end)
    firsts = np.flatnonzero(np.append(True, start[1:] >= reach[:-1]))
    lasts = np.append(firsts[1:], len(start))
    pairs = firsts[lasts - firsts == _TWO]
    rank = evidence.astype(np.int64) << 12 | (cue_loops.LONGEST - (end - start))
    rank = rank << 6 | shape
    is_first = (rank[pairs] < rank[pairs + 1]) | (
        (rank[pairs] == rank[pairs + 1]) & (start[pairs] < start[pairs + 1])
    )
    counts[pairs], counts[pairs + 1] = is_first, ~is_first
    crowded = np.flatnonzero(lasts - firsts > _TWO)
    for first, last in zip(firsts[crowded].tolist(), lasts[crowded].tolist(), strict=True):
        counts[first:last] = cue_loops.settle(
            start[first:last], end[first:last], shape[first:last], evidence[first:last]
        )
    return counts
