"""The search of a long text by tables: compiled where numba is installed, else by whole arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from chengnuo.engines.jit import Kernel
from chengnuo.engines.text import cue_loops, loops
from chengnuo.engines.text.batches import candidates
from chengnuo.engines.text.beside import evidence_beside
from chengnuo.engines.text.codes import PAD, Signs, signs_of
from chengnuo.engines.text.cue_tables import cue_tables
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.tables import Numbers, tables
from chengnuo.engines.text.tokens import Flags, Places

WORTH: Final = 1 << 24
"""From how many signs of a process on it is worth to load numba, and to compile if need be."""

_Begun = tuple[Places, Places, Numbers]
_Spoken = tuple[Places, Places, Numbers, Numbers]

_EVIDENCE: Final = 7
_TWO: Final = 2
_FULL_WIDTH: Final = 0xFF10


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


def search(text: str, cues: Cues) -> Spans:
    """Return the values found in a text."""
    begun, spoken = _BEGUN.fast(len(text)), _SPOKEN.fast(len(text))
    if begun is None or spoken is None:
        return search_by_arrays(text, cues)
    return search_by_loops(text, cues, begun, spoken)


def search_by_loops(
    text: str,
    cues: Cues,
    begun: Callable[..., _Begun] = loops.begun,
    spoken: Callable[..., _Spoken] = cue_loops.spoken,
) -> Spans:
    """Return the same by loops, compiled or not."""
    signs = signs_of(text)
    found = begun(signs, busy_chunks(signs), tables())
    return Spans(*spoken(signs, *found, tables(), cue_tables(cues)))


def busy_chunks(signs: Signs) -> Flags:
    """Tell of every `CHUNK` signs whether one of them may be of a token.

    That is one from the digits to the small letters of ASCII, or a full-width form.
    """
    may = np.zeros(-(-len(signs) // loops.CHUNK) * loops.CHUNK, np.bool_)
    inside = may[: len(signs)]
    np.less_equal(signs - np.uint16(ord("0")), ord("z") - ord("0"), out=inside)
    inside |= signs >= _FULL_WIDTH
    busy = may.view(np.uint64).reshape(-1, loops.CHUNK // 8).any(axis=1)
    return cast("Flags", busy)


def search_by_arrays(text: str, cues: Cues) -> Spans:
    """Return the same by whole arrays."""
    signs = signs_of(text)
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


_BEGUN = Kernel(loop=loops.begun, plain=loops.begun, worth=WORTH, parts=loops.PARTS, at_once=False)
_SPOKEN = Kernel(
    loop=cue_loops.spoken,
    plain=cue_loops.spoken,
    worth=WORTH,
    parts=cue_loops.PARTS,
    at_once=False,
)
