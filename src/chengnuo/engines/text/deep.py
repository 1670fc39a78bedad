"""What a model of words adds: persons it tells, and places that stand beside each other.

The model sees a line only where Chinese signs stand, with what little parts them, sentence by
sentence: the rest of a log line costs time and tells it nothing, and sentences are alike in length
more often than lines, so that more of them go through the model together.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.name_words import DOTS, HAN
from chengnuo.engines.text.tagged import Tag, Tagged

TagWords = Callable[[Sequence[str]], list[list[Tagged]]]
"""From lines to the persons and places in each, as a model of words tells them."""

_PIECE: Final = re.compile(
    f"[{HAN}{DOTS}]++(?:[^{HAN}\\n。！？；]{{1,16}}[{HAN}{DOTS}]++)*+[0-9A-Za-z号-]{{0,8}}"
)
_BETWEEN_PLACES: Final = re.compile(r"[0-9A-Za-z \-—]{0,6}")
_NUMBERED: Final = re.compile("[0-9一二三四五六七八九十]+(?:号|弄|栋|幢|单元|室|组|层|楼)")
_FEWEST_PLACES: Final = 2
_FEWEST_SIGNS: Final = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What a model of words tells of a text.

    Attributes:
        persons: Where persons are named: start and end.
        places: Where places are named.

    """

    persons: frozenset[tuple[int, int]]
    places: tuple[tuple[int, int], ...]


def told(text: str, tag: TagWords, persons: Sequence[int]) -> Told:
    """Return what a model of words tells of the parts of a text where that changes anything.

    Args:
        text: The text, folded.
        tag: The model.
        persons: The places at which the name of a person may begin, ascending; elsewhere only
            what has a number of a house is worth asking about.

    """
    pieces = [
        match.span()
        for match in _PIECE.finditer(text)
        if len(match.group()) >= _FEWEST_SIGNS
        and (
            bisect_left(persons, match.start()) < bisect_left(persons, match.end())
            or _NUMBERED.search(match.group())
        )
    ]
    said = tag([text[start:end] for start, end in pieces])
    words = [
        (start + each.start, start + each.end, each.tag)
        for (start, _), found in zip(pieces, said, strict=True)
        for each in found
    ]
    return Told(
        frozenset((start, end) for start, end, tag_ in words if tag_ is Tag.PERSON),
        tuple((start, end) for start, end, tag_ in words if tag_ is Tag.PLACE),
    )


def joined_places(text: str, places: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    """Yield places that stand beside each other and hold the number of a house, each as one."""
    first = last = 0
    count = 0
    for start, end in [*places, (-1, -1)]:
        if count and start >= last and _BETWEEN_PLACES.fullmatch(text, last, start):
            last, count = end, count + 1
            continue
        if count >= _FEWEST_PLACES and _NUMBERED.search(text, first, last):
            yield Hit(first, last, Kind.ADDRESS, Evidence.MODEL)
        first, last, count = start, end, 1
