"""What drawings are made of: marks, words, the frame with its scale, and how each is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chengnuo.base.columns import cut
from chengnuo.base.text import Lang
from chengnuo.doors.web.page_parts import Figure
from chengnuo.doors.web.plot_scale import TEXT, DayTick, wide_of

WIDE, NARROW = 840, 344
GAP = 8
DOT = 4
SIGN = 8.4
"""Width of a column of text."""
_HIGH = {WIDE: 260, NARROW: 220}
_TOP, _BASE = 20, 30
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A path of a sort: `line`, `area`, `axis`, `rule`, `limit`, `dots`, or `bar-0` to `bar-2`."""

    sort: str
    path: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words whose base line begins, has its middle or ends at a point."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    sort: str = "tick"

    @property
    def left(self) -> float:
        """Where the words begin at the outermost."""
        wide = wide_of(self.text)
        return self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]

    @property
    def right(self) -> float:
        """Where the words end at the outermost."""
        return self.left + wide_of(self.text)


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
class Legend:
    """What a pattern means.

    Attributes:
        sort: Which pattern, from 0.
        figure: Its name, how many, and the way to the rows.

    """

    sort: int
    figure: Figure


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


def limit_words(frame: Frame, limits: Sequence[tuple[int, str]]) -> list[Label]:
    """Return the words on lines across, those left out that would stand on others."""
    found: list[Label] = []
    for at, text in sorted(limits):
        y = frame.up(at) - 5
        if not found or found[-1].y - y >= TEXT + 4:
            said = cut(text, int(frame.room / SIGN))
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


def px(value: float) -> str:
    """Return a length in units of the box."""
    return f"{value:.1f}".removesuffix(".0")
