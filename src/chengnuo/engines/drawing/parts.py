"""One way to draw: what drawings are made of, and the frame with its scale.

A drawing is two boxes of the same facts, one for a wide place and one for a narrow one; the style
sheet shows the one that fits, so that the words of a picture are as large as those around it. What
differs in meaning differs in shape or pattern, never in colour alone. Every drawing has a title and
a description that says its numbers; a table beside it holds them all. Lays out only.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chengnuo.base.columns import cut
from chengnuo.base.text import Lang
from chengnuo.engines.drawing.scale import TEXT, DayTick, wide_of

WIDE, NARROW = 840, 344
GAP = 8
DOT = 4
SIGN = 8.4
"""Width of a column of text."""
_HIGH = {WIDE: 260, NARROW: 220}
_TOP, _BASE = 20, 30
_SWATCH, _KEY_LINE = 16, 26
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A path of a sort, which the style sheet knows: see `style.STYLE`."""

    sort: str
    path: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words whose base line begins, has its middle or ends at a point.

    Attributes:
        x: The point; of words that run down, the middle of their line.
        y: The point.
        text: The words.
        anchor: What of them is at the point.
        sort: How they look.
        down: Whether they run from the top down.

    """

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    sort: str = "tick"
    down: bool = False

    @property
    def left(self) -> float:
        """Where the words begin at the outermost."""
        return self.x - (TEXT / 2 if self.down else self._before)

    @property
    def right(self) -> float:
        """Where the words end at the outermost."""
        return self.left + (TEXT if self.down else wide_of(self.text))

    @property
    def top(self) -> float:
        """Where the words begin at the highest; what rises above small letters counts."""
        return self.y - (self._before if self.down else TEXT * 0.9)

    @property
    def bottom(self) -> float:
        """Where the words end at the lowest; what hangs below the line is left out."""
        return self.top + wide_of(self.text) if self.down else self.y

    @property
    def _before(self) -> float:
        wide = wide_of(self.text)
        return {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]


@dataclass(frozen=True, slots=True)
class Box:
    """One layout of a drawing."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A finished picture.

    Attributes:
        key: Name that is unique on its page; ids are made of it.
        title: What it shows.
        words: The same in numbers.
        wide: Laid out for a page.
        narrow: Laid out for a phone.

    """

    key: str
    title: str
    words: str
    wide: Box
    narrow: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a drawing says of itself: see `Drawing`; `lang` is that of its ticks."""

    key: str
    title: str
    words: str
    lang: Lang


def drawn(told: Told, lay: Callable[[int], Box]) -> Drawing:
    """Return a drawing laid out for both widths."""
    return Drawing(
        key=told.key, title=told.title, words=told.words, wide=lay(WIDE), narrow=lay(NARROW)
    )


class Frame:
    """The place within the axes."""

    def __init__(self, width: int, gutter: float, top: float, bottom: float = 0) -> None:
        self.width, self.height = width, _HIGH[width]
        self.left = round(gutter)
        self.room = width - self.left - DOT
        self.top_value, self.low_value = top, bottom
        self.bottom = self.height - _BASE

    def up(self, value: float) -> float:
        """Return how high a value lies."""
        share = (value - self.low_value) / max(self.top_value - self.low_value, 1)
        return self.bottom - (self.bottom - _TOP) * share

    def rules(self, ticks: Sequence[int]) -> list[Mark]:
        """Return the lines of the scale; the one of nothing is the axis."""
        path = "".join(f"M{self.left} {px(self.up(one))}H{self.width}" for one in ticks if one)
        axis = [Mark("axis", f"M{self.left} {px(self.up(0))}H{self.width}")] if 0 in ticks else []
        return [Mark("rule", path), *axis] if path else axis

    def scale(self, ticks: Sequence[int], texts: Sequence[str]) -> list[Label]:
        """Return the numbers of the scale."""
        return [
            Label(self.left - GAP, self.up(one) + 5, text, "end")
            for one, text in zip(ticks, texts, strict=True)
        ]

    def days(
        self, ticks: Sequence[DayTick], across: Callable[[float], float], start: date
    ) -> list[Label]:
        """Return the words under the axis, pushed inwards at its ends and never over each other."""
        found: list[Label] = []
        for one in ticks:
            half = wide_of(one.text) / 2
            x = min(max(across((one.day - start).days), half), self.width - half)
            label = Label(x, self.height - 8, one.text, "middle")
            if not found or label.left >= found[-1].right + GAP / 2:
                found.append(label)
        return found


def fitted(text: str, width: float) -> str:
    """Return a text, cut so that it is at most so wide, in units of the box."""
    most = int(width / SIGN)
    said = cut(text, most)
    while most > 1 and wide_of(said) > width:
        most -= 1
        said = cut(text, most)
    return said


def key_below(
    entries: Iterable[tuple[str, str]], top: float, width: int
) -> tuple[list[Mark], list[Label], float]:
    """Return what sorts of marks mean, in lines below an edge, and their lower edge.

    Args:
        entries: Sorts and their words.
        top: The edge.
        width: Of the box.

    """
    marks: list[Mark] = []
    labels: list[Label] = []
    left = 0.0
    for sort, words in entries:
        said = fitted(words, width - _SWATCH - GAP)
        wide = _SWATCH + GAP + wide_of(said)
        if left and left + wide > width:
            left, top = 0.0, top + _KEY_LINE
        marks.append(Mark(sort, rect(left + 1, top + 2, _SWATCH - 2, _SWATCH - 2)))
        labels.append(Label(left + _SWATCH + GAP, top + TEXT, said))
        left += wide + 2 * GAP
    return marks, labels, top + _KEY_LINE


def limit_words(frame: Frame, limits: Sequence[tuple[int, str]]) -> list[Label]:
    """Return the words on lines across, those left out that would stand on others."""
    found: list[Label] = []
    for at, text in sorted(limits):
        y = frame.up(at) - 5
        if not found or found[-1].y - y >= TEXT + 4:
            said = fitted(text, frame.room)
            found.append(Label(frame.left + GAP, y, said, "start", "limit-word"))
    return found


def gutter(texts: Sequence[str]) -> float:
    """Return how much room the numbers of a scale take."""
    return max(map(wide_of, texts)) + GAP + 1


def path_of(spots: Sequence[tuple[float, float]]) -> str:
    """Return a broken line."""
    return "M" + "L".join(f"{px(x)} {px(y)}" for x, y in spots) if spots else ""


def dot(spot: tuple[float, float]) -> str:
    """Return a stroke so short that its round ends make a dot."""
    return f"M{px(spot[0])} {px(spot[1])}h0.01"


def rect(left: float, top: float, wide: float, high: float) -> str:
    """Return a rectangle."""
    return f"M{px(left)} {px(top)}h{px(wide)}v{px(high)}h-{px(wide)}z"


def circle(x: float, y: float, radius: float) -> str:
    """Return a circle around a point."""
    across = 2 * radius
    arc = f"a{px(radius)} {px(radius)} 0 1 "
    return f"M{px(x - radius)} {px(y)}{arc}1 {px(across)} 0{arc}1-{px(across)} 0z"


def px(value: float) -> str:
    """Return a length in units of the box."""
    return f"{value:.1f}".removesuffix(".0")
