"""Where in a text a name is told by how it is written: in Latin letters, with rare signs, with ·.

The plain way goes through the whole text by patterns; the other looks only where the marks of the
signs of a long text let a pattern match, and finds the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from chengnuo.engines.text.codes import PAD
from chengnuo.engines.text.name_words import (
    CAPITAL,
    CHINESE,
    DOT,
    DOTS,
    FAMILY,
    GIVEN,
    HAN,
    LETTER,
    OPENER,
    OPENERS,
    OPENS_LONG,
    PARTING,
    STAR,
    NameWords,
)
from chengnuo.engines.text.signs_marked import Marks, has
from chengnuo.engines.text.tokens import Places

Span = tuple[int, int]

# A charset comes first in each, by which places are found fast.
_LATIN: Final = re.compile(
    r"[A-Z](?:[a-z]{1,24}|[A-Z]{1,24})"
    r"(?:[ '-](?:[A-Z][a-z]+|[A-Z]{2,}|[A-Z]\.)){1,3}(?![0-9A-Za-z_*])"
)
_FOREIGN: Final = re.compile(
    f"[{OPENERS}]([{HAN}]{{1,8}}(?:[{DOTS}][{HAN}]{{1,8}}){{1,3}})(?![{HAN}*{DOTS}])"
)
_WORD: Final = re.compile(f"[{OPENERS}]([{HAN}]{{2,4}})(?![{HAN}*{DOTS}])")
# What stands in such names, and how far before the first sign that parts them they may begin.
_LATIN_SIGNS: Final = re.compile("[A-Za-z .'-]*")
_LATIN_REACH: Final = 25
_DOTTED_SIGNS: Final = re.compile(f"[{HAN}{DOTS}]*")
_DOTTED_REACH: Final = 9
_SHORTEST, _LONGEST = 2, 4


@dataclass(frozen=True, slots=True)
class Written:
    """Where names may stand by how they are written.

    Attributes:
        latin: In Latin letters.
        words: Chinese words right behind what opens them.
        opened: Names with · right behind what opens them.
        foreign: Names with · of signs that write names of other languages.

    """

    latin: list[Span]
    words: list[Span]
    opened: list[Span]
    foreign: list[Span]


def written_in(text: str, words: NameWords) -> Written:
    """Return where names may stand in a text by how they are written.

    Args:
        text: The text, folded.
        words: What names are made of.

    """
    has_dot = any(dot in text for dot in DOTS)
    return Written(
        [match.span() for match in _LATIN.finditer(text)],
        [match.span(1) for match in _WORD.finditer(text)],
        [match.span(1) for match in _FOREIGN.finditer(text)] if has_dot else [],
        [match.span() for match in words.foreign.finditer(text)] if has_dot else [],
    )


def written_at(text: str, marks: Marks, words: NameWords) -> Written:
    """Return the same of a long text, but for words whose signs the model of names all knows.

    Args:
        text: The text, folded.
        marks: `(PAD + m + PAD,)` uint16, the marks of its signs (`NameWords.marks`).
        words: What names are made of.

    """
    dots = _between(marks, CHINESE, DOT, CHINESE)
    dotted = list(_stretches(text, dots, _DOTTED_SIGNS, _DOTTED_REACH))
    parted = _between(marks, LETTER, PARTING, CAPITAL)
    latin = _stretches(text, parted, _LATIN_SIGNS, _LATIN_REACH)
    return Written(
        [span for part in latin for span in _matched(_LATIN, text, part)],
        _rare_words(marks),
        [span for part in dotted for span in _matched(_FOREIGN, text, part, 1)],
        [span for part in dotted for span in _matched(words.foreign, text, part)],
    )


def _between(marks: Marks, before: int, at: int, after: int) -> Places:
    """Return the places of the text whose sign has a mark, between two that have theirs."""
    places = np.flatnonzero(has(marks, at))
    is_between = has(marks[places - 1], before) & has(marks[places + 1], after)
    return places[is_between] - PAD


def _stretches(text: str, places: Places, signs: re.Pattern[str], reach: int) -> Iterator[Span]:
    """Yield the stretches in which a pattern may match, none over another.

    Args:
        text: The text.
        places: Where the first sign that parts a match may stand, ascending.
        signs: Matches what a match is made of.
        reach: How far before such a place it may begin, with what must stand before it.

    """
    seen = 0
    for place in places.tolist():
        if place >= seen and (onward := signs.match(text, place)):
            yield max(seen, place - reach), onward.end()
            seen = onward.end()


def _matched(pattern: re.Pattern[str], text: str, part: Span, group: int = 0) -> list[Span]:
    """Return where a pattern matches in a stretch; it may look at the sign behind."""
    start, end = part
    return [found.span(group) for found in pattern.finditer(text, start, end + 1)]


def _rare_words(marks: Marks) -> list[Span]:
    """Return the words behind what opens them that begin as a name and have a rare sign."""
    start = np.flatnonzero(has(marks[:-1], OPENER) & has(marks[1:], FAMILY | OPENS_LONG)) + 1
    size, is_rare = np.zeros(len(start), np.int64), np.zeros(len(start), np.bool_)
    ongoing = np.ones(len(start), np.bool_)
    for step in range(_LONGEST + 1):
        there = marks[np.minimum(start + step, len(marks) - 1)]
        ongoing &= has(there, CHINESE)
        size += ongoing
        if step:
            is_rare |= ongoing & ~has(there, GIVEN)
    behind = marks[np.minimum(start + size, len(marks) - 1)]
    fits = is_rare & (size >= _SHORTEST) & (size <= _LONGEST) & ~has(behind, DOT | STAR)
    start, end = start[fits] - PAD, (start + size)[fits] - PAD
    return list(zip(start.tolist(), end.tolist(), strict=True))
