"""Dates of birth that the words after them tell: `1980年6月7日出生`, `1980年6月7日生，汉族`."""

import re
from typing import Final

from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.shapes import SHAPES

_SHAPE: Final = next(shape for shape in SHAPES if shape.kind is Kind.BIRTH_DATE)
_BORN: Final = re.compile(r"出生|生(?:于|人|(?=[，。；,;）)\s]|$))")
_LONGEST: Final = 12


def births(text: str) -> list[Hit]:
    """Return the dates in a text right before a word of birth, in order.

    Args:
        text: The text, folded.

    """
    hits: list[Hit] = []
    for born in _BORN.finditer(text):
        for start in range(max(0, born.start() - _LONGEST), born.start()):
            match = _SHAPE.form.pattern.match(text, start)
            if match and match.end() == born.start() and not text[start - 1 : start].isdecimal():
                if _SHAPE.check is None or _SHAPE.check.tells(match.group()):
                    hits.append(Hit(start, match.end(), Kind.BIRTH_DATE, Evidence.KEY))
                break
    return hits
