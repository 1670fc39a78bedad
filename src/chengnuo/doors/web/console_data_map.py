"""The data map: which information is used for what, and where it ends up.

A line runs through every purpose as that of a railway through its town: on the left are the stops
at the kinds of information it takes up, on the right those at the places it ends in, the recipients
abroad behind the border. A stop says how many, so that the map stays as large as its purposes
however many kinds and recipients there are. Purposes whose information goes furthest stand last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chengnuo.base.columns import cut, wrapped
from chengnuo.engines.drawing.parts import (
    GAP,
    SIGN,
    WIDE,
    Box,
    Drawing,
    Label,
    Mark,
    Told,
    circle,
    drawn,
    fitted,
    px,
    rect,
)
from chengnuo.engines.drawing.scale import TEXT, wide_of

MOST_ROWS = 24
_PITCH = {True: 24, False: 20}
_MOST_KINDS = {True: 14, False: 9}
_MOST_PLACES = {True: 8, False: 6}
_HEADS_AGAIN = {True: MOST_ROWS + 1, False: 8}
_RADIUS = 9
_LINE, _AIR, _STRIP = 19, 14, 28
_MOST_LINES = 2
_LONGEST_HEAD = 190
_BESIDE, _ARROW = 10, 5
_MOST_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """A purpose, or some that belong together.

    Attributes:
        name: What for.
        takes: Keys of the kinds of information.
        sensitive: Those of them that are sensitive there.
        goes: Keys of the stores and recipients.

    """

    name: str
    takes: frozenset[str]
    sensitive: frozenset[str]
    goes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapColumn:
    """What stands under one head: its keys, and whether they are outside the mainland."""

    name: str
    keys: frozenset[str]
    abroad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapWords:
    """What is written on a map beside names.

    Attributes:
        takes: Over the kinds.
        uses: Over the purposes, where they have a column.
        goes: Over the places.
        other: Over kinds and places that share a head.
        more: Of a row of further purposes, with the place `n`.

    """

    takes: str
    uses: str
    goes: str
    other: str
    more: str


def data_map(
    told: Told,
    rows: Sequence[MapRow],
    kinds: Sequence[MapColumn],
    places: Sequence[MapColumn],
    words: MapWords,
) -> Drawing | None:
    """Lay a data map out; None where nothing is done.

    Args:
        told: What it says of itself.
        rows: The purposes; those beyond `MOST_ROWS` share the last row.
        kinds: The kinds of information; the least used share a head where there is no room.
        places: The places, those in the mainland first; of those abroad the least used share one.
        words: What is written on it.

    """
    if not rows:
        return None
    ordered = sorted(rows, key=lambda row: _reach(row, places))
    if len(ordered) > MOST_ROWS:
        rest = ordered[: len(ordered) - MOST_ROWS + 1]
        more = _together(words.more.format(n=len(rest)), rest)
        ordered = [more, *ordered[len(rest) :]]
    return drawn(told, lambda width: _Map(ordered, kinds, places, words, width).box())


def _reach(row: MapRow, places: Sequence[MapColumn]) -> tuple[int, int]:
    at = [number for number, one in enumerate(places) if one.keys & row.goes]
    return max(at, default=-1), len(at)


def _together(name: str, rows: Iterable[MapRow]) -> MapRow:
    found = list(rows)
    return MapRow(
        name=name,
        takes=frozenset().union(*(one.takes for one in found)),
        sensitive=frozenset().union(*(one.sensitive for one in found)),
        goes=frozenset().union(*(one.goes for one in found)),
    )


class _Map:
    """One layout."""

    def __init__(
        self,
        rows: Sequence[MapRow],
        kinds: Sequence[MapColumn],
        places: Sequence[MapColumn],
        words: MapWords,
        width: int,
    ) -> None:
        self.rows, self.words, self.width = rows, words, width
        self.is_wide = width == WIDE
        home = [one for one in places if not one.abroad]
        away = [one for one in places if one.abroad]
        uses = [row.takes | row.goes for row in rows]
        most = max(_MOST_PLACES[self.is_wide] - len(home), 1)
        self.kinds = _fitting(kinds, _MOST_KINDS[self.is_wide], words.other, uses)
        self.places = (*home, *_fitting(away, most, words.other, uses))
        pitch = _PITCH[self.is_wide]
        self.left = [pitch * (at + 0.5) for at in range(len(self.kinds))]
        first = width - pitch * len(self.places)
        self.right = [first + pitch * (at + 0.5) for at in range(len(self.places))]
        self.border = first + pitch * len(home) if away else None
        self.words_left = pitch * len(self.kinds) + _BESIDE
        self.words_right = first - _BESIDE - _ARROW
        self.marks: dict[str, str] = {}
        self.labels: list[Label] = []

    def box(self) -> Box:
        """Return the finished layout."""
        top, each = 0.0, _HEADS_AGAIN[self.is_wide]
        for at in range(0, len(self.rows), each):
            begin = top = self._heads(top + (3 * GAP if at else 0))
            for row in self.rows[at : at + each]:
                top = self._row(row, top)
            if self.border is not None:
                self._add("limit", f"M{px(self.border)} {px(begin)}V{px(top)}")
        marks = tuple(Mark(sort, path) for sort, path in sorted(self.marks.items(), key=_depth))
        return Box(self.width, int(top) + 2, marks, tuple(self.labels))

    def _heads(self, top: float) -> float:
        """Write the heads below an edge; return where the rows begin."""
        columns = (
            *zip(self.left, self.kinds, strict=True),
            *zip(self.right, self.places, strict=True),
        )
        names = [(x, fitted(one.name, _LONGEST_HEAD)) for x, one in columns]
        base = top + TEXT + 2 * GAP + max((wide_of(name) for _, name in names), default=0)
        self.labels += [
            Label(0, top + TEXT, self.words.takes, "start", "name"),
            Label(self.width, top + TEXT, self.words.goes, "end", "name"),
            *(Label(x, base, name, "end", "tick", down=True) for x, name in names),
        ]
        if self.is_wide:
            self.labels.append(Label(self.words_left, base, self.words.uses, "start", "name"))
        self._add("axis", f"M0 {px(base + GAP)}H{self.width}")
        return base + GAP

    def _row(self, row: MapRow, top: float) -> float:
        """Draw a row below an edge; return its lower edge."""
        room = self.words_right - self.words_left if self.is_wide else self.width
        lines = _lines(row.name, room)
        beside = 0.0 if not self.is_wide else self.words_left
        high = len(lines) * _LINE
        if self.is_wide:
            bottom = top + max(high, 2 * _RADIUS - 4) + _AIR
            y = (top + bottom) / 2
            base = y - high / 2 + TEXT
            ends = beside + max(map(wide_of, lines))
        else:
            bottom = top + high + _STRIP + _AIR / 2
            y = bottom - _STRIP / 2 - _AIR / 4
            base = top + _LINE - 2
            ends = self.words_left
        self.labels += [
            Label(beside, base + at * _LINE, line, "start", "row") for at, line in enumerate(lines)
        ]
        self._track(row, y, ends)
        self._stops(row, y)
        self._add("rule", f"M0 {px(bottom)}H{self.width}")
        return bottom

    def _track(self, row: MapRow, y: float, ends: float) -> None:
        taken = [x for x, one in zip(self.left, self.kinds, strict=True) if one.keys & row.takes]
        gone = [x for x, one in zip(self.right, self.places, strict=True) if one.keys & row.goes]
        until = self.words_left - GAP / 2 if self.is_wide else self.words_left
        if taken:
            self._add("way", f"M{px(taken[0])} {px(y)}H{px(until)}")
        if gone:
            begin = min(ends + GAP / 2, self.words_right) if self.is_wide else self.words_left
            head = self.words_right + _ARROW
            arrow = f"M{px(head - _ARROW)} {px(y - _ARROW)}l{_ARROW} {_ARROW}-{_ARROW} {_ARROW}"
            self._add("way", f"M{px(begin)} {px(y)}H{px(gone[-1])}{arrow}")

    def _stops(self, row: MapRow, y: float) -> None:
        for x, one in zip(self.left, self.kinds, strict=True):
            full = bool(one.keys & row.sensitive)
            self._stop(circle(x, y, _RADIUS), x, y, len(one.keys & row.takes), full=full)
        for x, one in zip(self.right, self.places, strict=True):
            square = rect(x - _RADIUS, y - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
            self._stop(square, x, y, len(one.keys & row.goes), full=one.abroad)

    def _stop(self, path: str, x: float, y: float, count: int, *, full: bool) -> None:
        if not count:
            return
        self._add("box-full" if full else "box", path)
        said = str(count)
        if len(said) <= _MOST_DIGITS:
            self.labels.append(Label(x, y + 5, said, "middle", "on" if full else "in"))

    def _add(self, sort: str, path: str) -> None:
        self.marks[sort] = self.marks.get(sort, "") + path


_DEPTHS = ("rule", "axis", "limit", "way", "box", "box-full")


def _depth(mark: tuple[str, str]) -> int:
    return _DEPTHS.index(mark[0])


def _lines(name: str, room: float) -> list[str]:
    """Return a name in lines that fit, cut where there are too many."""
    most = int(room / SIGN)
    lines = list(wrapped(name, most)) or [""]
    if len(lines) > _MOST_LINES:
        rest = "".join(lines[_MOST_LINES - 1 :])
        lines = [*lines[: _MOST_LINES - 1], cut(rest, most)]
    return lines


def _fitting(
    columns: Sequence[MapColumn], most: int, other: str, uses: Sequence[frozenset[str]]
) -> tuple[MapColumn, ...]:
    """Return at most so many columns; those that the fewest rows use share the last."""
    if len(columns) <= most:
        return tuple(columns)
    used = {one.name: sum(bool(one.keys & each) for each in uses) for one in columns}
    kept = sorted(columns, key=lambda one: -used[one.name])[: most - 1]
    rest = [one for one in columns if one not in kept]
    shared = MapColumn(
        name=other, keys=frozenset().union(*(one.keys for one in rest)), abroad=rest[0].abroad
    )
    return (*(one for one in columns if one in kept), shared)
