"""A long text as the search by whole arrays looks at it: its signs as numbers, and its lines."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from chengnuo.engines.text.codes import PAD, PLANE, Signs, signs_of
from chengnuo.engines.text.folding import FOLDED, folded
from chengnuo.engines.text.tokens import Places

_FIRST_WIDE: Final = 0xFF01
_DASHES: Final = (0x2010, 0x2014)
_MINUS: Final = 0x2212
_SURROGATES: Final = (0xD800, 0xDFFF)
_LAST_OF_PLANE: Final = PLANE - 1
_LINE_FEED: Final = ord("\n")


@dataclass(frozen=True)
class Viewed:
    """A long text, folded, with what it is made of.

    Attributes:
        text: The text, folded.
        signs: `(PAD + m + PAD,)` uint16, its signs as `signs_of` gives them; a place of the text
            is `PAD` further on.

    """

    text: str
    signs: Signs

    @cached_property
    def ends(self) -> Places:
        """`(k,)` int64: where lines end, the end of the text too, as places of the text."""
        return np.flatnonzero(self.signs[PAD : len(self.signs) - PAD + 1] == _LINE_FEED)

    def lines_at(self, places: Places) -> tuple[Places, Places]:
        """Return start and end of each line in which a place lies, once, in order.

        Args:
            places: `(n,)` int64, places of the text, ascending.

        """
        which = np.searchsorted(self.ends, places)
        which = which[np.flatnonzero(np.diff(which, prepend=-1))]
        starts = np.concatenate((np.zeros(1, np.int64), self.ends + 1))
        return starts[which], self.ends[which]

    def with_one(self, lines: tuple[Places, Places], places: Places) -> list[tuple[int, int]]:
        """Return those of some lines in which a place lies.

        Args:
            lines: Start and end of each.
            places: `(n,)` int64, places of the text, ascending.

        """
        start, end = lines
        has = np.searchsorted(places, start) < np.searchsorted(places, end)
        return list(zip(start[has].tolist(), end[has].tolist(), strict=True))


def viewed(text: str) -> Viewed:
    """Return a text as it is looked at."""
    signs = signs_of(text)
    dash = signs - np.uint16(_DASHES[0]) <= _DASHES[1] - _DASHES[0]
    wide = np.flatnonzero((signs >= _FIRST_WIDE) | dash | (signs == _MINUS))
    plain = _FOLDS[signs[wide]]
    if np.array_equal(plain, signs[wide]):
        return Viewed(text, signs)
    signs = signs.copy()
    signs[wide] = plain
    surrogate = signs - np.uint16(_SURROGATES[0]) <= _SURROGATES[1] - _SURROGATES[0]
    if surrogate.any() or (plain == _LAST_OF_PLANE).any():
        return Viewed(folded(text), signs)
    return Viewed(signs[PAD:-PAD].tobytes().decode("utf-16-le"), signs)


def _folds() -> Signs:
    table = np.arange(PLANE, dtype=np.uint16)
    for wide, plain in FOLDED.items():
        table[wide] = plain
    return table


_FOLDS: Final = _folds()
