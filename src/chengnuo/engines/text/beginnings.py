"""Where a value may begin, told by its first token and the signs beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from chengnuo.engines.text.shape import Head, Made
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.tokens import DIGITS, HEXES, LETTERS, LONG, MADE, MIXED, Flags

_TOKEN: Final = re.compile(r"[0-9A-Za-z]+")
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_MAY_BE: Final = {
    Made.DIGITS: (DIGITS,),
    Made.HEX: (DIGITS, HEXES),
    Made.LETTERS: (LETTERS,),
    Made.OTHER: (DIGITS, HEXES, MIXED),
    Made.ANY: (DIGITS, HEXES, LETTERS, MIXED),
}


@dataclass(frozen=True, slots=True)
class Start:
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


def _start(place: int, head: Head) -> Start:
    codes = np.arange(256)
    size = codes & LONG
    fits = (
        (head.shortest <= size) & (size <= head.longest) & np.isin(codes & MADE, _MAY_BE[head.made])
    )
    return Start(place, fits, head.then, SHAPES[place].after)


STARTS: Final = tuple(
    _start(place, head) for place, shape in enumerate(SHAPES) for head in shape.heads
)
"""Every head of every shape, in the order of the shapes."""

_OF_CODE: Final = tuple(
    tuple(start for start in STARTS if start.codes[code]) for code in range(256)
)


def beginnings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of first tokens and the shape each may begin, as its place in `SHAPES`.

    A value begins at most `lead` signs before its first token. The order is that of the tokens,
    then that of the shapes.
    """
    last = len(text)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else ""
        then = text[end] if end < last else ""
        for wanted in _OF_CODE[_code(match.group())]:
            if wanted.fits(before, then):
                yield start, wanted.place


def _code(token: str) -> int:
    made = MIXED
    if token.isdecimal():
        made = DIGITS
    elif _HEX.fullmatch(token):
        made = HEXES
    elif token.isalpha():
        made = LETTERS
    return min(len(token), LONG) | made
