"""Where in a long text one of many words may begin, told by its first two signs."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.codes import PAD, PLANE
from chengnuo.engines.text.tokens import Flags, Places
from chengnuo.engines.text.viewed import Viewed

# What a pattern that ignores case takes for a letter, besides its small and its great form.
_ALSO: Final = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}


@dataclass(frozen=True)
class WordStarts:
    """How words begin, small and great letters alike.

    Attributes:
        words: The words, of two signs at least, of the first plane.

    """

    words: Collection[str]

    def in_text(self, view: Viewed) -> Places:
        """Return the places of a text at which a word may begin."""
        signs = view.signs[:-PAD]
        first = np.flatnonzero(self._firsts[signs])
        pairs = view.signs[first].astype(np.uint32) << np.uint32(16) | view.signs[first + 1]
        at = np.searchsorted(self._pairs, pairs)
        is_one = self._pairs[np.minimum(at, len(self._pairs) - 1)] == pairs
        return np.asarray(first[is_one] - PAD, np.int64)

    @cached_property
    def _firsts(self) -> Flags:
        """`(65536,)` bool: the first signs."""
        table = np.zeros(PLANE, np.bool_)
        table[self._pairs >> np.uint32(16)] = True
        return table

    @cached_property
    def _pairs(self) -> NDArray[np.uint32]:
        """The first two signs, each 16 bits, ascending."""
        both = {(word[0], word[1]) for word in self.words}
        written = {
            pair for first, second in both for pair in product(_forms(first), _forms(second))
        }
        return np.array(sorted(ord(one) << 16 | ord(two) for one, two in written), np.uint32)


def _forms(sign: str) -> set[str]:
    forms = {sign, sign.lower(), sign.upper(), *_ALSO.get(sign.lower(), "")}
    return {form for form in forms if len(form) == 1}
