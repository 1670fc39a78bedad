"""What names are made of: surnames, signs of given names, and words that only look like names."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.name_model import Codes, Names, Places

Classes = NDArray[np.uint8]

HAN: Final = "\u4e00-\u9fff"
"""The Chinese signs, as a range of a pattern."""
DOTS: Final = "·•・‧"
"""What joins the parts of a name of another language."""
_PLANE: Final = 1 << 16


@dataclass(frozen=True)
class NameWords:
    """What names are made of.

    Attributes:
        surnames: Signs that are surnames, class after class, the commonest first.
        compound: Surnames of two signs.
        given: Signs of given names, class after class.
        transliterated: Signs by which names of other languages are written.
        never: What has the form of a name and is none.

    """

    surnames: tuple[str, ...]
    compound: tuple[str, ...]
    given: tuple[str, ...]
    transliterated: str
    never: tuple[str, ...]

    @cached_property
    def surname_class(self) -> NDArray[np.uint8]:
        """`(65536,)` uint8: the class of a sign among surnames, from 1; 0 of others."""
        return _classes(self.surnames)

    @cached_property
    def given_class(self) -> NDArray[np.uint8]:
        """`(65536,)` uint8: the class of a sign in given names, from 1; 0 of others."""
        return _classes(self.given)

    @cached_property
    def long_surnames(self) -> Codes:
        """`(k,)` uint32, ascending: surnames of two signs, each 16 bits."""
        codes = [ord(name[0]) << 16 | ord(name[1]) for name in self.compound]
        return np.array(sorted(codes), np.uint32)

    @cached_property
    def opens_long(self) -> NDArray[np.bool_]:
        """`(65536,)` bool: which signs open a surname of two."""
        table = np.zeros(_PLANE, np.bool_)
        table[self.long_surnames >> np.uint32(16)] = True
        return table

    @cached_property
    def foreign(self) -> re.Pattern[str]:
        """What matches a name of another language: signs that write such, around a dot."""
        signs = "".join(sorted(set(self.transliterated)))
        return re.compile(
            f"(?<![*{DOTS}])[{signs}]{{2,6}}(?:[{DOTS}][{signs}]{{1,6}}){{1,3}}(?![*{DOTS}])"
        )

    @cached_property
    def impostor(self) -> re.Pattern[str]:
        """What matches a word that only looks like a name."""
        longest_first = sorted(self.never, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def candidates(self, codes: Codes) -> Names:
        """Return where names may stand: a surname, then one or two signs of given names.

        Args:
            codes: `(m,)` uint32, the code points of a text.

        """
        padded = np.zeros(len(codes) + 4, np.uint32)
        padded[: len(codes)] = np.where(codes < _PLANE, codes, 0)
        given = self.given_class[padded]
        family = self.surname_class[padded]
        found = self._opened(
            padded, given, family, np.flatnonzero((family[:-3] != 0) & (given[1:-2] != 0)), 1
        )
        opens = np.flatnonzero(self.opens_long[padded[:-4]])
        if len(opens):
            pairs = padded[opens] << np.uint32(16) | padded[opens + 1]
            opens = opens[np.isin(pairs, self.long_surnames) & (given[opens + 2] != 0)]
        if not len(opens):
            return found
        return _in_order(found, self._opened(padded, given, family, opens, 2))

    @staticmethod
    def _opened(padded: Codes, given: Classes, family: Classes, start: Places, width: int) -> Names:
        """Return the candidates at places with a surname so wide: with one sign, and with two."""
        after = start + width
        two = given[after + 1] != 0
        places = np.flatnonzero(two)
        order = np.argsort(np.concatenate([np.arange(len(start)), places]), kind="stable")
        which = np.concatenate([np.arange(len(start)), places])[order]
        is_two = np.concatenate([np.zeros(len(start), np.bool_), np.ones(len(places), np.bool_)])[
            order
        ]
        start, after = start[which], after[which]
        first, second = padded[after], padded[after + 1] * is_two
        surname = padded[start]
        classes = given[after].astype(np.uint32) << np.uint32(4)
        classes |= (given[after + 1] * is_two).astype(np.uint32) << np.uint32(8)
        if width == 1:
            classes |= family[start]
        else:
            surname = surname << np.uint32(16) | padded[start + 1]
        return Names(start, width + 1 + is_two, surname, np.stack([first, second]), classes)

    def is_rare_name(self, word: str) -> bool:
        """Tell whether a word has the form of a name and signs that the model does not know."""
        width = 2 if word[:2] in self.compound else 1
        if len(word) - width not in {1, 2} or (
            width == 1 and not self.surname_class[ord(word[0]) % _PLANE]
        ):
            return False
        return not all(self.given_class[ord(sign) % _PLANE] for sign in word[width:])

    def is_unknown(self, word: str) -> bool:
        """Tell whether a word may be a name of which the model knows nothing: rare or foreign."""
        is_foreign = len(word) >= _SHORTEST_FOREIGN and set(word) <= {*self.transliterated, *DOTS}
        return is_foreign or self.is_rare_name(word)

    def surname_size(self, name: str) -> int:
        """Return how many signs of a name are its surname."""
        return 2 if name[:2] in self.compound and len(name) in _LONG_SIZES else 1


_SHORTEST_FOREIGN: Final = 3
_LONG_SIZES: Final = (3, 4)


def _in_order(one: Names, other: Names) -> Names:
    order = np.argsort(np.concatenate([one.start, other.start]), kind="stable")
    return Names(
        np.concatenate([one.start, other.start])[order],
        np.concatenate([one.size, other.size])[order],
        np.concatenate([one.surname, other.surname])[order],
        np.concatenate([one.given, other.given], axis=1)[:, order],
        np.concatenate([one.classes, other.classes])[order],
    )


def _classes(of: tuple[str, ...]) -> Classes:
    table = np.zeros(_PLANE, np.uint8)
    for number, signs in reversed(list(enumerate(of, 1))):
        table[[ord(sign) for sign in signs]] = number
    return table
