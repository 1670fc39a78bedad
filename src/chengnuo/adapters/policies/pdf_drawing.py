"""What a page of a PDF draws: signs by their places, and ruled lines (ISO 32000-2, 8 and 9)."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from unicodedata import normalize

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject
from pypdf.generic._font import Font  # it alone tells how wide each sign is

from chengnuo.adapters.policies.pdf_matrix import (
    SAME,
    Matrix,
    direction_of,
    matrix_of,
    moved,
    number_at,
    times,
)
from chengnuo.adapters.policies.pdf_paths import Paths

MAX_OPERATIONS = 1_500_000
"""Operations of one page, its forms included; what comes after them is not read."""
MAX_FORMS = 2_000
_MAX_DEPTH = 12
_JOINED = 0.15
"""Signs this near, in heights of the text, belong together without a blank."""
_WORD = 0.5
"""Signs this near, in heights of the text, are words of one run, if they are written in one go."""
_BACK = -0.7
_RADICALS = (
    "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_WHOLE = {
    **{
        one: normalize("NFKC", chr(one)).replace("戶", "户")
        for one in (*range(0x2F00, 0x2FD6), *range(0xFB00, 0xFB07))
    },
    **dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True)),
}
"""Signs for the form of others, as radicals and ligatures, and what people read there."""
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
QUARTERS: tuple[Matrix, ...] = (
    SAME,
    (0, -1, 1, 0, 0, 0),
    (-1, 0, 0, -1, 0, 0),
    (0, 1, -1, 0, 0, 0),
)
"""Turns that make text lie which runs to the right, up, to the left and down."""


Fonts = dict[int, Font]
"""Fonts by the place of each in memory, where the file's reader keeps it."""


@dataclass(slots=True)
class Signs:
    """A run that is being written, in the coordinates of the page."""

    text: str
    x: float
    y: float
    right: float
    size: float
    bold: bool
    direction: int


@dataclass(slots=True)
class _State:
    """The state of graphics and text (8.4, 9.3)."""

    matrix: Matrix = SAME
    font: Font | None = None
    size: float = 0.0
    between: float = 0.0
    blank: float = 0.0
    wide: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass(slots=True)
class _Level:
    """A content stream that is being read, and what it may name."""

    operations: Iterator[tuple[Any, bytes]]
    resources: DictionaryObject
    saved: list[_State] = field(default_factory=list)
    begun: _State = field(default_factory=_State)


class Drawing:
    """Goes through what a page draws."""

    def __init__(self, page: PageObject, fonts: Fonts) -> None:
        self.runs: list[Signs] = []
        self.directions: Counter[int] = Counter()
        self.state = _State()
        self._page = page
        self._fonts = fonts
        self._text: Matrix = SAME
        self._line: Matrix = SAME
        self.paths = Paths()
        self._levels: list[_Level] = []
        self._forms = 0
        self._moved = True
        self._does: dict[bytes, Callable[[Sequence[Any]], None]] = {
            b"q": self._save, b"Q": self._restore, b"cm": self._concatenate, b"Do": self._form,
            b"BT": self._begin_text, b"Tf": self._font, b"Tc": self._set("between"),
            b"Tw": self._set("blank"), b"TL": self._set("leading"), b"Ts": self._set("rise"),
            b"Tz": self._stretch, b"Td": self._move, b"TD": self._move_and_lead,
            b"Tm": self._place, b"T*": self._next, b"Tj": self._show, b"TJ": self._show_all,
            b"'": self._next_and_show, b'"': self._spaced_and_show,
        }  # fmt: skip

    @property
    def most(self) -> int:
        """The direction in which most of the text runs, in quarters; -1 is none of them."""
        counted = [(count, one) for one, count in self.directions.items() if one >= 0]
        return max(counted, key=lambda each: (each[0], -each[1]))[1] if counted else 0

    def draw(self) -> None:
        """Go through the page and the forms on it."""
        found = self._page.get("/Contents")
        if found is None:
            return
        content = ContentStream(found.get_object(), self._page.pdf, "bytes")
        self._levels = [_Level(iter(content.operations), _dictionary(self._page.get("/Resources")))]
        left = MAX_OPERATIONS
        while self._levels and left > 0:
            left -= 1
            step = next(self._levels[-1].operations, None)
            if step is None:
                self.state = self._levels.pop().begun
                continue
            does = self._does.get(step[1])
            if does is not None:
                does(step[0])
            elif (does := self.paths.does.get(step[1])) is not None:
                self.paths.matrix = self.state.matrix
                does(step[0])

    def _save(self, _: Sequence[Any]) -> None:
        self._levels[-1].saved.append(replace(self.state))

    def _restore(self, _: Sequence[Any]) -> None:
        if self._levels[-1].saved:
            self.state = self._levels[-1].saved.pop()

    def _concatenate(self, given: Sequence[Any]) -> None:
        self.state.matrix = times(matrix_of(given), self.state.matrix)

    def _form(self, given: Sequence[Any]) -> None:
        """Go into a form (8.10), unless too many lie in one another."""
        level = self._levels[-1]
        form = _dictionary(_dictionary(level.resources.get("/XObject")).get(_first(given)))
        if form.get("/Subtype") != "/Form" or len(self._levels) > _MAX_DEPTH:
            return
        self._forms += 1
        if self._forms > MAX_FORMS:
            return
        content = ContentStream(form, self._page.pdf, "bytes")
        resources = _dictionary(form.get("/Resources")) or level.resources
        begun = replace(self.state)
        self._levels.append(_Level(iter(content.operations), resources, begun=begun))
        self._concatenate(form.get("/Matrix") or SAME)

    def _begin_text(self, _: Sequence[Any]) -> None:
        self._moved = True
        self._text = self._line = SAME

    def _font(self, given: Sequence[Any]) -> None:
        named = _dictionary(_dictionary(self._levels[-1].resources.get("/Font")).get(_first(given)))
        key = id(named)
        if named and key not in self._fonts:
            self._fonts[key] = Font.from_font_resource(named)
        self.state.font = self._fonts.get(key)
        self.state.size = number_at(given, 1, self.state.size)

    def _set(self, name: str) -> Callable[[Sequence[Any]], None]:
        def doing(given: Sequence[Any]) -> None:
            setattr(self.state, name, number_at(given, 0, 0.0))

        return doing

    def _stretch(self, given: Sequence[Any]) -> None:
        self.state.wide = number_at(given, 0, 100.0) / 100

    def _move(self, given: Sequence[Any]) -> None:
        self._moved = True
        by = (1, 0, 0, 1, number_at(given, 0, 0.0), number_at(given, 1, 0.0))
        self._text = self._line = times(by, self._line)

    def _move_and_lead(self, given: Sequence[Any]) -> None:
        self.state.leading = -number_at(given, 1, -self.state.leading)
        self._move(given)

    def _place(self, given: Sequence[Any]) -> None:
        self._moved = True
        self._text = self._line = matrix_of(given)

    def _next(self, _: Sequence[Any]) -> None:
        self._move((0.0, -self.state.leading))

    def _next_and_show(self, given: Sequence[Any]) -> None:
        self._next(given)
        self._show(given)

    def _spaced_and_show(self, given: Sequence[Any]) -> None:
        self.state.blank, self.state.between = number_at(given, 0, 0.0), number_at(given, 1, 0.0)
        self._next(given)
        self._show(given[2:])

    def _show_all(self, given: Sequence[Any]) -> None:
        for one in _first(given, ArrayObject()):
            if isinstance(one, str | bytes):
                self._show((one,))
            elif isinstance(one, int | float):
                self._advance(-float(one) / 1000 * self.state.size * self.state.wide)

    def _advance(self, by: float) -> None:
        a, b, c, d, e, f = self._text
        self._text = (a, b, c, d, e + by * a, f + by * b)

    def _show(self, given: Sequence[Any]) -> None:
        """Show a string (9.4.3): each sign goes behind the run it touches, or begins one."""
        font, state = self.state.font, self.state
        if font is None:
            return
        for raw in _raw_signs(_first(given, b""), font):
            width = font.space_width if raw == font.space_char else font.get_text_width(raw)
            by = (width / 1000 * state.size + state.between) * state.wide
            sign = str(font.character_map.get(raw, raw)).translate(_WHOLE)
            if not sign.isspace() and sign.isprintable():
                self._put(sign, width / 1000 * state.size * state.wide, font)
            elif sign.isspace() and self.runs and self.runs[-1].text[-1:] != " ":
                self.runs[-1].text += " "
            self._advance(by + (state.blank * state.wide if raw == " " else 0.0))

    def _put(self, sign: str, width: float, font: Font) -> None:
        rising = (1, 0, 0, 1, 0, self.state.rise)
        a, b, c, d, x, y = times(times(rising, self._text), self.state.matrix)
        direction = direction_of(a, b)
        self.directions[direction] += 1
        turn = QUARTERS[direction] if direction >= 0 else SAME
        x, y = moved(turn, x, y)
        size = self.state.size * (c * c + d * d) ** 0.5
        length = width * (a * a + b * b) ** 0.5
        last = self.runs[-1] if self.runs else None
        if last is not None and size > 0 and last.direction == direction:
            gap = (x - last.right) / size
            most = _JOINED if self._moved else _WORD
            self._moved = False
            if abs(y - last.y) <= _JOINED * size and _BACK <= gap <= most:
                is_apart = gap > _JOINED and (sign.isascii() or last.text[-1].isascii())
                last.text += f" {sign}" if is_apart and not last.text.endswith(" ") else sign
                last.right = max(last.right, x + length)
                last.size = max(last.size, size)
                return
        bold = _BOLD.search(f"{font.name} {font.font_descriptor.weight}") is not None
        self.runs.append(Signs(sign, x, y, x + length, size, bold, direction))


def _raw_signs(shown: object, font: Font) -> str:
    """Return the codes of a string, each as one sign."""
    if isinstance(shown, str):
        return shown
    if not isinstance(shown, bytes):
        return ""
    if isinstance(font.encoding, str):
        try:
            return shown.decode(font.encoding, "surrogatepass")
        except UnicodeDecodeError:
            return shown.decode(font.encoding, "replace")
    return "".join(font.encoding.get(one, chr(one)) for one in shown)


def _first(given: Sequence[Any], otherwise: Any = "") -> Any:  # noqa: ANN401  of any kind
    return given[0] if given else otherwise


def _dictionary(found: object) -> DictionaryObject:
    """Return an object of the file if it is a dictionary, else an empty one."""
    get = getattr(found, "get_object", None)
    real = get() if get is not None else None
    return real if isinstance(real, DictionaryObject) else DictionaryObject()
