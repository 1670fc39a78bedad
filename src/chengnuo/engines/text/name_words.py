"""What names are made of: surnames, signs of given names, and words that only look like names."""

import re
from dataclasses import dataclass
from functools import cached_property
from string import ascii_letters, ascii_uppercase
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.name_model import Codes, Names, Places
from chengnuo.engines.text.signs_marked import Marks, has, marks_of

Classes = NDArray[np.uint8]

HAN: Final = "\u4e00-\u9fff"
"""The Chinese signs, as a range of a pattern."""
DOTS: Final = "·•・‧"
"""What joins the parts of a name of another language."""
OPENERS: Final = ":：=>\"'“‘（( "
"""Behind what a name may stand that a key tells."""
AFTER: Final = 2
"""How many signs behind a text are looked at."""

CLASS_BITS: Final = 4
FAMILY: Final = 15
"""The marks of signs: the class of a surname; of a given name; what opens a surname of two."""
GIVEN: Final = 15 << CLASS_BITS
OPENS_LONG: Final = 1 << 8
CHINESE: Final = 1 << 9
OPENER: Final = 1 << 10
DOT: Final = 1 << 11
CAPITAL: Final = 1 << 12
LETTER: Final = 1 << 13
PARTING: Final = 1 << 14
STAR: Final = 1 << 15

SURNAME: Final = 1
"""The marks of signs of rare names: a surname; what opens one of two signs; a sign that the model
does not know; one that stands in no given name; one of names of other languages."""
OPENS: Final = 2
UNUSUAL: Final = 4
NO_NAME: Final = 8
FOREIGN: Final = 16
_PLANE: Final = 1 << 16


@dataclass(frozen=True)
class NameWords:
    """What names are made of.

    Attributes:
        surnames: Signs that are surnames, class after class, the commonest first.
        compound: Surnames of two signs.
        given: Signs of given names, class after class.
        ordinary: Signs so common in any text that a word with one, unless it is of `given` too, is
            not taken for a rare name.
        transliterated: Signs by which names of other languages are written.
        never: What has the form of a name and is none.

    """

    surnames: tuple[str, ...]
    compound: tuple[str, ...]
    given: tuple[str, ...]
    ordinary: str
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
    def marks(self) -> Marks:
        """`(65536,)` uint16: what each sign may be of a name, or beside one."""
        table = marks_of(
            {
                OPENS_LONG: {name[0] for name in self.compound},
                CHINESE: map(chr, range(ord(HAN[0]), ord(HAN[-1]) + 1)),
                OPENER: OPENERS,
                DOT: DOTS,
                CAPITAL: ascii_uppercase,
                LETTER: ascii_letters,
                PARTING: " '-",
                STAR: "*",
            }
        )
        table |= self.surname_class
        table |= self.given_class.astype(np.uint16) << np.uint16(CLASS_BITS)
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
        """What matches a word that only looks like a name, the longest that begins at a place."""
        longest_first = sorted(self.never, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    @cached_property
    def longest_impostor(self) -> int:
        """How many signs the longest word has that only looks like a name."""
        return max(map(len, self.never), default=0)

    def candidates(self, codes: Codes) -> Names:
        """Return where names may stand: a surname, then one or two signs of given names.

        Args:
            codes: `(m,)` uint32, the code points of a text.

        """
        padded = np.zeros(len(codes) + AFTER, np.uint16)
        padded[: len(codes)] = np.minimum(codes, _PLANE - 1)
        return self.candidates_in(padded, self.marks[padded])

    def candidates_in(self, signs: NDArray[np.uint16], marks: Marks) -> Names:
        """Return the same of signs whose marks are known.

        Args:
            signs: `(m + AFTER,)` uint16, the signs of a text, and behind it signs of no name.
            marks: `(m + AFTER,)` uint16, the mark of each.

        """
        has_given = has(marks, GIVEN)
        first = np.flatnonzero(has(marks[:-1], FAMILY) & has_given[1:])
        found = self._opened(signs, marks, first, 1)
        opens = np.flatnonzero(has(marks, OPENS_LONG))
        if len(opens):
            pairs = signs[opens].astype(np.uint32) << np.uint32(16) | signs[opens + 1]
            opens = opens[np.isin(pairs, self.long_surnames) & has_given[opens + 2]]
        if not len(opens):
            return found
        return _in_order(found, self._opened(signs, marks, opens, 2))

    @staticmethod
    def _opened(signs: NDArray[np.uint16], marks: Marks, start: Places, width: int) -> Names:
        """Return the candidates at places with a surname so wide: with one sign, and with two."""
        has_two = has(marks[start + width + 1], GIVEN)
        start = np.repeat(start, 1 + has_two)
        is_two = np.zeros(len(start), np.bool_)
        is_two[1:] = start[1:] == start[:-1]
        after = start + width
        first, second = signs[after].astype(np.uint32), signs[after + 1] * is_two.astype(np.uint32)
        surname = signs[start].astype(np.uint32)
        classes = (marks[after] & np.uint16(GIVEN)).astype(np.uint32)
        classes |= (marks[after + 1] & np.uint16(GIVEN)) * is_two.astype(np.uint32) << CLASS_BITS
        if width == 1:
            classes |= marks[start] & np.uint16(FAMILY)
        else:
            surname = surname << np.uint32(16) | signs[start + 1]
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
        if len(word) >= _SHORTEST_FOREIGN and set(word) <= {*self.transliterated, *DOTS}:
            return True
        given = word[2 if word[:2] in self.compound else 1 :]
        may_be_given = all(map(_is_of_no_alphabet, given)) and self._ordinary.isdisjoint(given)
        return may_be_given and self.is_rare_name(word)

    @cached_property
    def unknown_marks(self) -> Marks:
        """`(65536,)` uint16: what each sign may be of a name of which the model knows nothing."""
        signs = {sign for sign in map(chr, range(_PLANE)) if _is_of_no_alphabet(sign)}
        usual = {*self._ordinary, *"".join(self.given)}
        return marks_of(
            {
                SURNAME: "".join(self.surnames),
                OPENS: {name[0] for name in self.compound},
                UNUSUAL: (signs - usual) | {_BEYOND},
                NO_NAME: self._ordinary,
                FOREIGN: {*self.transliterated, *DOTS},
            }
        )

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        return frozenset(self.ordinary).difference("".join(self.given))


def _is_of_no_alphabet(sign: str) -> bool:
    """Tell whether a sign may be a Chinese one, however rare."""
    return sign >= _FIRST_RARE and sign.isalpha()


_FIRST_RARE: Final = "\u3400"
# What stands in `Viewed.signs` for signs past the first plane.
_BEYOND: Final = "\uffff"
_SHORTEST_FOREIGN: Final = 3


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
