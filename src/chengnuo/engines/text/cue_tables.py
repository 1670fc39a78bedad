"""Cues as arrays: their words from the last sign to the first, and what each code is beside one."""

from collections.abc import Mapping
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.codes import HAN, PLANE, sign_of_code
from chengnuo.engines.text.cues import JOINTS, NUMBERING, SOFT_AFTER, Cues
from chengnuo.engines.text.folding import FOLDED
from chengnuo.engines.text.tokens import Bytes, Flags

NOT_PERSONAL: Final = 63
"""The number of what a cue says of a value that is something else; a kind has its own."""

# What a code is in a name: a digit, a small or a capital letter.
DIGIT: Final = 1
SMALL: Final = 2
CAPITAL: Final = 3
# What else it is, as bits.
OF_NAME: Final = 3
JOINT: Final = 4
BETWEEN: Final = 8
OF_HAN: Final = 16
SOFT: Final = 32
# How a part of a name goes on, read backwards. A small letter takes one capital before it.
CLOSED: Final = 4
GOES_ON: Final = np.zeros((5, 4), np.uint8)
GOES_ON[DIGIT, DIGIT] = DIGIT
GOES_ON[SMALL, SMALL] = SMALL
GOES_ON[SMALL, CAPITAL] = CLOSED
GOES_ON[CAPITAL, CAPITAL] = CAPITAL

_ALNUM: Final = digits + ascii_lowercase
_BETWEEN: Final = "_-. "


class CueTables(NamedTuple):
    """The words of cues, and what each code is.

    A state of a tree of words, read backwards, is a row; 0 is the root, and no step leads to it.

    Attributes:
        letter: `(65536,)` uint16, the column of a sign in both trees; 0: in none.
        marks: `(256,)` uint8, what each code is.
        goes_on: `(5, 4)` uint8, how a part of a name goes on with what stands before it.
        names: `(states, 37)` int16, the words of ASCII: the state after a letter, or 0.
        name_kind: `(states,)` uint8, what a word says that ends here; 0: nothing.
        numbering: `(states,)` bool, whether a word ends here that only says that a number follows.
        words: `(states, letters)` int16, the other words.
        word_kind: `(states,)` uint8, as `name_kind`.
        longest: `(1,)` int64, the length of the longest of the other words.

    """

    letter: NDArray[np.uint16]
    marks: Bytes
    goes_on: Bytes
    names: NDArray[np.int16]
    name_kind: Bytes
    numbering: Flags
    words: NDArray[np.int16]
    word_kind: Bytes
    longest: NDArray[np.int64]


@lru_cache(maxsize=8)
def cue_tables(cues: Cues) -> CueTables:
    """Return the tables of cues, made once."""
    known = {
        word: NOT_PERSONAL if cue.kind is None else int(cue.kind)
        for word, cue in cues.known.items()
    }
    names = {word: kind for word, kind in known.items() if word.isascii()}
    words = {word: kind for word, kind in known.items() if not word.isascii()}
    of_names = {sign: column for column, sign in enumerate(_ALNUM, 1)}
    columns = dict(of_names)
    for sign in sorted(set("".join(words))):
        columns.setdefault(sign, len(columns) + 1)
    asked = {word: names.get(word, 0) for word in sorted({*names, *NUMBERING})}
    name_tree, name_kind = _tree(asked, of_names)
    numbering = np.zeros(len(name_tree), np.bool_)
    for word in NUMBERING:
        numbering[_state(name_tree, word, of_names)] = True
    word_tree, word_kind = _tree(words, columns)
    return CueTables(
        letter=_letters(columns),
        marks=_marks(),
        goes_on=GOES_ON,
        names=name_tree,
        name_kind=name_kind,
        numbering=numbering,
        words=word_tree,
        word_kind=word_kind,
        longest=np.array([cues.longest], np.int64),
    )


def _tree(words: Mapping[str, int], columns: Mapping[str, int]) -> tuple[NDArray[np.int16], Bytes]:
    rows = [[0] * (len(columns) + 1)]
    kinds = [0]
    for word, kind in words.items():
        state = 0
        for sign in reversed(word):
            column = columns[sign]
            if not rows[state][column]:
                rows[state][column] = len(rows)
                rows.append([0] * (len(columns) + 1))
                kinds.append(0)
            state = rows[state][column]
        kinds[state] = kind
    return np.array(rows, np.int16), np.array(kinds, np.uint8)


def _state(tree: NDArray[np.int16], word: str, columns: Mapping[str, int]) -> int:
    state = 0
    for sign in reversed(word):
        state = int(tree[state, columns[sign]])
    return state


def _letters(columns: Mapping[str, int]) -> NDArray[np.uint16]:
    letters = np.zeros(PLANE, np.uint16)
    for sign, column in columns.items():
        if ord(sign) < PLANE - 1:
            letters[ord(sign)] = column
    for small, capital in zip(ascii_lowercase, ascii_uppercase, strict=True):
        letters[ord(capital)] = columns[small]
    for wide, plain in FOLDED.items():
        letters[wide] = letters[plain]
    return letters


def _marks() -> Bytes:
    marks = np.zeros(256, np.uint8)
    marks[HAN] = OF_HAN
    for code, sign in sign_of_code().items():
        for mark, signs in (
            (DIGIT, digits),
            (SMALL, ascii_lowercase),
            (CAPITAL, ascii_uppercase),
            (JOINT, JOINTS),
            (BETWEEN, _BETWEEN),
            (SOFT, SOFT_AFTER),
        ):
            marks[code] |= mark * (sign in signs)
        marks[code] |= OF_HAN * ("\u4e00" <= sign <= "\u9fff")
    return marks
