"""Values that Latin letters are glued to, where the letters are a word that names them.

`QQ12345678` is one token, and letters and digits in one are an order number or a digest far more
often than a cue with its value. So a value is taken out of such a token only if all letters before
it are one name, a cue stands at the end of that name, and it is of a kind that the cue names.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

import numpy as np

from chengnuo.engines.jit import Kernel
from chengnuo.engines.text.by_tables import WORTH
from chengnuo.engines.text.codes import PAD, PLANE, Signs
from chengnuo.engines.text.cues import NUMBERING, REACH, Cues
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.kinds import Hit, Kind
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.tokens import Bytes, Flags, Places

Find = Callable[[str], Sequence[Hit]]
"""From a short text to the values in it that nothing is glued to."""

_AHEAD: Final = 96
"""How many signs of a value and of what follows it are looked at."""
_SHORTEST: Final = 6
_NAME: Final = re.compile(r"(?:.*[^0-9A-Za-z])?[A-Za-z]{2,32}", re.DOTALL)
_VALUE: Final = re.compile(r"[0-9A-Fa-f][0-9A-Fa-f:.\- ]{5}")
# What goes on is a name of a file or a version: `QQ20240101.tar.gz`.
_GOES_ON: Final = re.compile(r"[._\-][0-9A-Za-z]")
_EDGE: Final = re.compile(r"(?<=[A-Za-z])[0-9]")
# Few digits, or a name that is also a word of programs: `zip123456`, `pos1.5`, `mtp12345678`.
_NEVER: Final = frozenset({Kind.POSTCODE, Kind.LOCATION, Kind.HMT_PERMIT})
_NAMED: Final = frozenset((cue, shape.kind) for shape in SHAPES for cue in shape.cues - _NEVER)
_CHUNK: Final = 1 << 15
_ZERO, _WIDE_ZERO, _TEN = np.uint16(0x30), np.uint16(0xFF10), np.uint16(10)
_SORTS: Final = 27
_LAST_HEX: Final = 6


def _letters() -> Bytes:
    """Return the number of each letter, 1 to 26, and 0 of other signs, `(65536,)`."""
    table = np.zeros(PLANE, np.uint8)
    for begin in (0x41, 0x61, 0xFF21, 0xFF41):
        table[begin : begin + 26] = np.arange(1, 27)
    return table


LETTERS: Final = _letters()


def glued_at(edges: Iterable[int], text: str, cues: Cues, find: Find) -> Iterator[Hit]:
    """Yield the values of a text that letters are glued to, in order.

    Args:
        edges: Where they may begin, or may have their second sign; see `edges_of`.
        text: The text as given.
        cues: The words beside values.
        find: Finds the value when a colon stands between it and its name.

    """
    last = 0
    for edge in edges:
        # A hexadecimal value may begin with the letter before its first digit.
        hit = _glued_at(text, edge, cues, find) or _glued_at(text, edge - 1, cues, find)
        if hit is not None and hit.start >= last:
            yield hit
            last = hit.end


def edges_of(text: str) -> list[int]:
    """Return the places of digits that stand right behind a letter, in order."""
    return [match.start() for match in _EDGE.finditer(folded(text))]


def edges_in(signs: Signs, cues: Cues) -> list[int]:
    """Return those of them before which the end of a cue may stand.

    Args:
        signs: The signs of the text, with `PAD` before and after.
        cues: The words beside values.

    """
    places = _EDGES.best(len(signs))(signs, LETTERS, ends_of(cues))
    found: list[int] = (places - PAD).tolist()
    return found


def edges_by_arrays(signs: Signs, letters: Bytes, ends: Flags) -> Places:
    """Return their places in the signs, by whole arrays.

    Args:
        signs: The signs of the text, with `PAD` before and after.
        letters: The numbers of letters, `(65536,)`.
        ends: `(27, 27, 27)`, of each three letters whether a cue may end with them.

    """
    found = [np.zeros(0, np.int64)]
    for begin in range(PAD, len(signs), _CHUNK):
        part = signs[begin - 1 : begin + _CHUNK]
        digit = part - _ZERO < _TEN
        digit |= part - _WIDE_ZERO < _TEN
        places = np.flatnonzero(digit[1:] > digit[:-1]) + begin
        last = letters[signs[places - 1]]
        places, last = places[last > 0], last[last > 0]
        third, second, first = (letters[signs[places - back]] for back in (2, 3, 4))
        may = ends[second, third, last] | (last <= _LAST_HEX) & ends[first, second, third]
        found.append(places[may])
    return np.concatenate(found)


def edges_by_loop(signs: Signs, letters: Bytes, ends: Flags) -> Places:
    """Return the same by a loop, which numba compiles."""
    found = np.empty(len(signs) // 2 + 1, np.int64)
    count = 0
    for at in range(2, len(signs)):
        sign = signs[at]
        if sign < 0x30 or (sign > 0x39 and (sign < 0xFF10 or sign > 0xFF19)):  # noqa: PLR2004
            continue
        last = letters[signs[at - 1]]
        if last == 0:
            continue
        third, second = letters[signs[at - 2]], letters[signs[at - 3]]
        if ends[second, third, last] or (
            last <= 6 and ends[letters[signs[at - 4]], second, third]  # noqa: PLR2004
        ):
            found[count] = at
            count += 1
    return found[:count]


_EDGES = Kernel(loop=edges_by_loop, plain=edges_by_arrays, worth=WORTH, at_once=False)


@cache
def ends_of(cues: Cues) -> Flags:
    """Tell of each three letters whether a cue may end with them, 1 to 26, 0 for no letter."""
    ends = np.zeros((_SORTS, _SORTS, _SORTS), np.bool_)
    words = [word for word, cue in cues.known.items() if cue.kind not in _NEVER and cue.kind]
    for word in [*words, *NUMBERING]:
        if word.isascii() and len(word) > 1:
            first, second, last = (LETTERS[ord(sign)] for sign in word[-3:].rjust(3))
            ends[first or slice(None), second, last] = True
    return ends


def _glued_at(text: str, at: int, cues: Cues, find: Find) -> Hit | None:
    if not _VALUE.match(folded(text[at : at + _SHORTEST])):
        return None
    rest = folded(text[at : at + _AHEAD])
    left = folded(text[max(0, at - REACH) : at])
    if not _NAME.fullmatch(left):
        return None
    cue = cues.before(left, len(left))
    if cue is None or cue.kind is None:
        return None
    begin = len(left) + 1
    for hit in find(f"{left}:{rest}"):
        if hit.start == begin and hit.end - begin >= _SHORTEST and (cue.kind, hit.kind) in _NAMED:
            is_name = _GOES_ON.match(rest, hit.end - begin)
            return None if is_name else Hit(at, at + hit.end - begin, hit.kind, hit.evidence)
    return None
