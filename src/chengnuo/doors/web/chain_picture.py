"""The picture of who answers for what: boxes one below another, the way the app takes to its user.

Drawn by the server in a box that is narrow enough for a telephone; the same stands beside it as a
table. Lays out only.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.responsibility import PART_WORDS, ChainLink, ChainPart

WIDTH = 360
_HEAD, _LINE, _GAP, _PAD = 26, 20, 26, 8
_MOST_NAMES = 4
_MOST_SIGNS = 40
"""Signs of a line, a Chinese one counted as two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainBox:
    """A part of the chain.

    Attributes:
        part: Id of the part.
        top: Upper edge.
        height: Height.
        head: What the part is called, with how many there are.
        lines: Base line and words of each line.

    """

    part: str
    top: int
    height: int
    head: str
    lines: tuple[tuple[int, str], ...]

    @property
    def bottom(self) -> int:
        """Lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPicture:
    """A finished picture.

    Attributes:
        boxes: The parts, the first on top.
        height: Height of the whole.
        label: The same in one sentence.

    """

    boxes: tuple[ChainBox, ...]
    height: int
    label: str

    @property
    def width(self) -> int:
        """Width of the whole."""
        return WIDTH


def chain_picture(links: Sequence[ChainLink], lang: Lang) -> ChainPicture:
    """Lay the picture out: a box for each part that there is, with its first names."""
    boxes: list[ChainBox] = []
    top = 2
    for part in ChainPart:
        names = [one.name.in_lang(lang) for one in links if one.part is part]
        if not names:
            continue
        shown = [_cut(one) for one in names[:_MOST_NAMES]]
        if len(names) > _MOST_NAMES:
            shown.append(_and_more(len(names) - _MOST_NAMES, lang))
        height = _HEAD + _LINE * len(shown) + _PAD
        boxes.append(
            ChainBox(
                part=part.value,
                top=top,
                height=height,
                head=_head(part, len(names), lang),
                lines=tuple(
                    (top + _HEAD + _LINE * index + 14, words) for index, words in enumerate(shown)
                ),
            )
        )
        top += height + _GAP
    label = _between(lang).join(one.head for one in boxes)
    return ChainPicture(boxes=tuple(boxes), height=max(top - _GAP + 2, 4), label=label)


def _head(part: ChainPart, count: int, lang: Lang) -> str:
    words = PART_WORDS[part].in_lang(lang)
    if part in {ChainPart.OPERATOR, ChainPart.SYSTEM}:
        return words
    return f"{words}（{count}）" if lang is Lang.ZH else f"{words} ({count})"


def _between(lang: Lang) -> str:
    return "；" if lang is Lang.ZH else "; "


def _and_more(count: int, lang: Lang) -> str:
    return f"另有 {count} 家，见下表" if lang is Lang.ZH else f"and {count} more, see the table"


def _cut(words: str) -> str:
    """Return words as far as a line takes them."""
    used = 0
    for index, sign in enumerate(words):
        used += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if used > _MOST_SIGNS:
            return words[: index - 1] + "…"
    return words
