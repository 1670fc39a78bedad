"""The ruled lines that a page of a PDF draws (ISO 32000-2, 8.5)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from chengnuo.adapters.policies.pdf_matrix import SAME, Box, moved, number_at

_THIN = 2.5
"""A filled box no wider than this is a ruled line."""
_SHORTEST_RULE = 4.0
_MAX_RULES = 20_000
_MAX_PATH = 20_000


class Paths:
    """Goes through the paths of a page, and keeps the ruled lines."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.matrix = SAME
        self._path: list[Box] = []
        self._at = (0.0, 0.0)
        self._begun = (0.0, 0.0)
        self.does: dict[bytes, Callable[[Sequence[Any]], None]] = {
            b"re": self._box, b"m": self._start, b"l": self._draw, b"h": self._close,
            b"S": self._stroke, b"s": self._close_and_stroke, b"f": self._fill, b"F": self._fill,
            b"f*": self._fill, b"B": self._stroke, b"B*": self._stroke,
            b"b": self._close_and_stroke, b"b*": self._close_and_stroke, b"n": self._forget,
        }  # fmt: skip

    def _box(self, given: Sequence[Any]) -> None:
        x, y = number_at(given, 0, 0.0), number_at(given, 1, 0.0)
        wide, high = number_at(given, 2, 0.0), number_at(given, 3, 0.0)
        self._add((x, y, x + wide, y + high))

    def _add(self, box: Box) -> None:
        if len(self._path) < _MAX_PATH:
            self._path.append(box)

    def _start(self, given: Sequence[Any]) -> None:
        self._at = self._begun = (number_at(given, 0, 0.0), number_at(given, 1, 0.0))

    def _draw(self, given: Sequence[Any]) -> None:
        to = (number_at(given, 0, 0.0), number_at(given, 1, 0.0))
        self._add((*self._at, *to))
        self._at = to

    def _close(self, _: Sequence[Any]) -> None:
        self._add((*self._at, *self._begun))
        self._at = self._begun

    def _forget(self, _: Sequence[Any]) -> None:
        self._path.clear()

    def _seen(self) -> Iterator[Box]:
        for x, y, to_x, to_y in self._path:
            one, other = moved(self.matrix, x, y), moved(self.matrix, to_x, to_y)
            yield (
                min(one[0], other[0]), min(one[1], other[1]),
                max(one[0], other[0]), max(one[1], other[1]),
            )  # fmt: skip

    def _rule(self, box: Box) -> None:
        wide, high = box[2] - box[0], box[3] - box[1]
        is_thin = min(wide, high) <= _THIN and max(wide, high) >= _SHORTEST_RULE
        if is_thin and len(self.boxes) < _MAX_RULES:
            self.boxes.append(box)

    def _fill(self, _: Sequence[Any]) -> None:
        """Fill a path: a thin box is a ruled line; the outline of one is too."""
        seen = [*self._seen()]
        self._path.clear()
        lines: list[Box] = []
        for box in seen:
            if min(box[2] - box[0], box[3] - box[1]) <= 0:
                lines.append(box)
            else:
                self._rule(box)
        if lines:
            self._rule((
                min(one[0] for one in lines), min(one[1] for one in lines),
                max(one[2] for one in lines), max(one[3] for one in lines),
            ))  # fmt: skip

    def _stroke(self, _: Sequence[Any]) -> None:
        for left, low, right, high in self._seen():
            if min(right - left, high - low) <= _THIN:
                self._rule((left, low, right, high))
            else:
                for edge in (
                    (left, low, right, low), (left, high, right, high),
                    (left, low, left, high), (right, low, right, high),
                ):  # fmt: skip
                    self._rule(edge)
        self._path.clear()

    def _close_and_stroke(self, given: Sequence[Any]) -> None:
        self._close(given)
        self._stroke(given)
