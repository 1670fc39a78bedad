"""The picture of who answers for what: boxes for the parts of the chain, the way an app takes.

On a phone the boxes stand below one another. On a page the way to the user lies in one row, and
below it, tied to the operator, stand those to whom information goes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.base.columns import cut, wrapped
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.responsibility import PART_WORDS, ChainLink, ChainPart
from chengnuo.engines.drawing.parts import (
    SIGN,
    WIDE,
    Box,
    Drawing,
    Label,
    Mark,
    Told,
    drawn,
    px,
    rect,
)

_LINE, _PAD, _GAP = 20, 10, 30
_MOST_NAMES = 4
_ARROW = 5
_OPERATOR = ChainPart.OPERATOR
_WAY = frozenset({ChainPart.STORE, _OPERATOR, ChainPart.SYSTEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A box: which part, what it is called, its first names and how many more there are."""

    part: ChainPart
    head: str
    lines: tuple[str, ...]

    def heads(self, wide: float) -> list[str]:
        """Return what it is called, in lines that fit into so wide a box."""
        return list(wrapped(self.head, int((wide - 2 * _PAD) / SIGN)))

    def height(self, wide: float) -> int:
        """Return how high a box so wide is."""
        return _LINE * (len(self.heads(wide)) + len(self.lines)) + 2 * _PAD


def chain_picture(links: Sequence[ChainLink], title: str, lang: Lang) -> Drawing:
    """Lay the picture out: a box for each part that there is, with its first names."""
    parts = [one for part in ChainPart if (one := _part(part, links, lang)) is not None]
    words = ("；" if lang is Lang.ZH else "; ").join(one.head for one in parts)
    told = Told(key="chain", title=title, words=words, lang=lang)
    return drawn(
        told, lambda width: _wide(parts, width) if width == WIDE else _narrow(parts, width)
    )


def _part(part: ChainPart, links: Sequence[ChainLink], lang: Lang) -> _Part | None:
    names = [one.name.in_lang(lang) for one in links if one.part is part]
    if not names:
        return None
    lines = names[:_MOST_NAMES]
    if len(names) > _MOST_NAMES:
        lines.append(_and_more(len(names) - _MOST_NAMES, lang))
    return _Part(part=part, head=_head(part, len(names), lang), lines=tuple(lines))


def _narrow(parts: Sequence[_Part], width: int) -> Box:
    marks: list[Mark] = []
    labels: list[Label] = []
    top, wide = 2, width - 4
    for at, one in enumerate(parts):
        high = one.height(wide)
        if at:
            marks.append(_arrow_down(width / 2, top - _GAP, top))
        marks.append(_frame(one, 2, top, wide, high))
        labels += _words(one, 2, top, wide)
        top += high + _GAP
    return Box(width, max(top - _GAP + 2, 4), tuple(marks), tuple(labels))


def _wide(parts: Sequence[_Part], width: int) -> Box:
    way = [one for one in parts if one.part in _WAY]
    beyond = [one for one in parts if one.part not in _WAY]
    upper = _row(way, 2, width)
    bottom = upper.bottom
    marks = list(upper.marks)
    marks += [_arrow_right(left - _GAP, left, (2 + bottom) / 2) for left in upper.lefts[1:]]
    lower = _row(beyond, bottom + 2 * _GAP, width)
    if beyond:
        middles = [left + lower.wide / 2 for left in lower.lefts]
        for left, one in zip(upper.lefts, way, strict=True):
            if one.part is _OPERATOR:
                start = left + upper.wide / 2
                bar = bottom + _GAP
                across = f"M{px(min(*middles, start))} {px(bar)}H{px(max(*middles, start))}"
                marks.append(Mark("way", f"M{px(start)} {px(bottom)}v{_GAP}{across}"))
                marks += [_arrow_down(one, bar, bottom + 2 * _GAP) for one in middles]
        bottom = lower.bottom
    marks += lower.marks
    return Box(width, bottom + 2, tuple(marks), (*upper.labels, *lower.labels))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """Boxes of one height beside each other: where each begins, how wide each is."""

    lefts: tuple[float, ...]
    wide: float
    bottom: int
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]


def _row(parts: Sequence[_Part], top: int, width: int) -> _Row:
    count = max(len(parts), 1)
    wide = (width - 4 - _GAP * (count - 1)) / count
    lefts = tuple(2 + at * (wide + _GAP) for at in range(len(parts)))
    high = max((one.height(wide) for one in parts), default=0)
    placed = tuple(zip(lefts, parts, strict=True))
    return _Row(
        lefts=lefts,
        wide=wide,
        bottom=top + high,
        marks=tuple(_frame(one, left, top, wide, high) for left, one in placed),
        labels=tuple(label for left, one in placed for label in _words(one, left, top, wide)),
    )


def _frame(one: _Part, left: float, top: float, wide: float, high: float) -> Mark:
    sort = "box-own" if one.part is _OPERATOR else "box"
    return Mark(sort, rect(left, top, wide, high))


def _words(one: _Part, left: float, top: float, wide: float) -> Iterator[Label]:
    most = int((wide - 2 * _PAD) / SIGN)
    y = top + _PAD + 13
    for head in one.heads(wide):
        yield Label(left + _PAD, y, head, "start", "name")
        y += _LINE
    for line in one.lines:
        yield Label(left + _PAD, y, cut(line, most), "start", "in")
        y += _LINE


def _arrow_down(x: float, top: float, bottom: float) -> Mark:
    head = f"M{px(x - _ARROW)} {px(bottom - 2 - _ARROW)}l{_ARROW} {_ARROW} {_ARROW}-{_ARROW}"
    return Mark("way", f"M{px(x)} {px(top)}V{px(bottom - 2)}{head}")


def _arrow_right(left: float, right: float, y: float) -> Mark:
    head = f"M{px(right - 2 - _ARROW)} {px(y - _ARROW)}l{_ARROW} {_ARROW}-{_ARROW} {_ARROW}"
    return Mark("way", f"M{px(left)} {px(y)}H{px(right - 2)}{head}")


def _head(part: ChainPart, count: int, lang: Lang) -> str:
    words = PART_WORDS[part].in_lang(lang)
    if part in {ChainPart.OPERATOR, ChainPart.SYSTEM}:
        return words
    return f"{words}（{count}）" if lang is Lang.ZH else f"{words} ({count})"


def _and_more(count: int, lang: Lang) -> str:
    return f"另有 {count} 家，见下表" if lang is Lang.ZH else f"and {count} more, see the table"
