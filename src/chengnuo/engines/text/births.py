"""Dates of birth that the words after them tell: `1980年6月7日出生`, `1980年6月7日生，汉族`."""

import re
from collections.abc import Iterable
from typing import Final

import numpy as np

from chengnuo.engines.text.codes import PAD
from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.signs_marked import marks_of
from chengnuo.engines.text.viewed import Viewed

_SHAPE: Final = next(shape for shape in SHAPES if shape.kind is Kind.BIRTH_DATE)
_BORN: Final = re.compile(r"出生|生(?:于|人|(?=[，。；,;）)\s]|$))")
_LONGEST: Final = 12
_WORD: Final = "出生"
# The last signs of a date.
_LASTS: Final = marks_of({1: "0123456789日号月"}) != 0


def births(text: str) -> list[Hit]:
    """Return the dates in a text right before a word of birth, in order.

    Args:
        text: The text, folded.

    """
    return _before(text, _BORN.finditer(text))


def births_in(view: Viewed) -> list[Hit]:
    """Return the same of a long text, looking only at words of birth behind a date's last sign.

    Args:
        view: The text.

    """
    born = np.flatnonzero(view.signs == ord(_WORD[1]))
    before = np.where(view.signs[born - 1] == ord(_WORD[0]), born - 1, born)
    born = before[_LASTS[view.signs[before - 1]]] - PAD
    found = (_BORN.match(view.text, place) for place in born.tolist())
    return _before(view.text, filter(None, found))


def _before(text: str, words: Iterable[re.Match[str]]) -> list[Hit]:
    """Return the dates right before some words of birth."""
    hits: list[Hit] = []
    for born in words:
        for start in range(max(0, born.start() - _LONGEST), born.start()):
            match = _SHAPE.form.pattern.match(text, start)
            if match and match.end() == born.start() and not text[start - 1 : start].isdecimal():
                if _SHAPE.check is None or _SHAPE.check.tells(match.group()):
                    hits.append(Hit(start, match.end(), Kind.BIRTH_DATE, Evidence.KEY))
                break
    return hits
