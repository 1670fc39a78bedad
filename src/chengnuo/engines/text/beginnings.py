"""Where a value may begin, told by its first token and the signs beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.shape import Head, Made
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.tokens import DIGITS_ONLY, HEX_ONLY, LONG, Flags, Places, tokens_of

_TOKEN: Final = re.compile(r"[0-9A-Za-z]+")
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_SHORT: Final = 4096
_OTHER: Final = 0xFF
_BITS: Final = {Made.DIGITS: DIGITS_ONLY, Made.HEX: HEX_ONLY, Made.ANY: 0}


@dataclass(frozen=True, slots=True)
class _Start:
    """A head of a shape: which codes of tokens it fits, and what stands beside the token."""

    place: int
    codes: Flags
    then: str
    after: str

    def fits(self, before: str, then: str) -> bool:
        """Tell whether the signs beside a token are right; an empty one is an end of the text."""
        return (not self.then or (then != "" and then in self.then)) and (
            not self.after or (before != "" and before in self.after)
        )


def _start(place: int, head: Head) -> _Start:
    codes = np.arange(256)
    size = codes & LONG
    fits = (
        (head.shortest <= size)
        & (size <= head.longest)
        & (codes & _BITS[head.made] == _BITS[head.made])
    )
    return _Start(place, fits, head.then, SHAPES[place].after)


_ALL: Final = tuple(
    _start(place, head) for place, shape in enumerate(SHAPES) for head in shape.heads
)
_OF_CODE: Final = tuple(tuple(start for start in _ALL if start.codes[code]) for code in range(256))


def beginnings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of first tokens and the shape each may begin, as its place in `SHAPES`.

    A value begins at most `lead` signs before its first token. The order is that of the tokens,
    then that of the shapes.
    """
    return one_by_one(text) if len(text) < _SHORT else by_arrays(text)


def one_by_one(text: str) -> Iterator[tuple[int, int]]:
    """Yield the same, token by token."""
    last = len(text)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else ""
        then = text[end] if end < last else ""
        for wanted in _OF_CODE[_code(match.group())]:
            if wanted.fits(before, then):
                yield start, wanted.place


def by_arrays(text: str) -> Iterator[tuple[int, int]]:
    """Yield the same, found for all tokens at once."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    tokens = tokens_of(np.minimum(signs, _OTHER).astype(np.uint8))
    if not len(tokens.start):
        return
    around = np.zeros(len(signs) + 2, np.uint32)
    around[1:-1] = signs
    before, then = around[tokens.start], around[tokens.end + 1]
    found: list[Places] = []
    for wanted in _ALL:
        at = np.flatnonzero(wanted.codes[tokens.code])
        if wanted.then:
            at = at[np.isin(then[at], _signs(wanted.then))]
        if wanted.after:
            at = at[np.isin(before[at], _signs(wanted.after))]
        found.append(at * len(SHAPES) + wanted.place)
    token, place = np.divmod(np.sort(np.concatenate(found)), len(SHAPES))
    yield from zip(tokens.start[token].tolist(), place.tolist(), strict=True)


def _code(token: str) -> int:
    made = (HEX_ONLY if _HEX.fullmatch(token) else 0) | (DIGITS_ONLY if token.isdecimal() else 0)
    return min(len(token), LONG) | made


def _signs(signs: str) -> NDArray[np.uint32]:
    return np.array([ord(sign) for sign in signs], np.uint32)
