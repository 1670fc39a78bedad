"""Values of a register as new YAML text, in the style that was measured."""

from dataclasses import dataclass
from typing import Any, cast

from chengnuo.adapters.register_editing.style import Style, hints_of
from chengnuo.adapters.register_editing.words import word
from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.shapes import Shape, shape_of


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes values in a style."""

    style: Style

    def key(self, key: str) -> str:
        """Return a key with its colon."""
        return f'"{key}":' if self.style.keys_quoted else f"{key}:"

    def scalar(self, value: Tree, hint: Any, *, flow: bool, was: str | None = None) -> str:  # noqa: ANN401 (a type hint is any object)
        """Return a word, a text, a number or a flag on one line.

        Args:
            value: The value.
            hint: Its type.
            flow: Whether it stands within brackets.
            was: The quotes that stood there; None where nothing did.

        """
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        is_text = shape_of(hint).bare in {Text, str}
        quoted = self.style.texts_quoted if is_text else self.style.words_quoted
        usual = self.style.quote if quoted else ""
        return word(
            str(value),
            quote=self.style.quote,
            style=usual if was is None else was,
            flow=flow,
            is_text=is_text,
        )

    def inline(self, value: Tree, hint: Any) -> str:  # noqa: ANN401 (a type hint is any object)
        """Return any value within brackets, on one line."""
        shape = shape_of(hint)
        if isinstance(value, dict):
            hints, pad = hints_of(shape), self.style.padding
            inside = ", ".join(
                f"{self.key(key)} {self.inline(one, hints.get(key, str))}"
                for key, one in value.items()
            )
            return f"{{{pad}{inside}{pad}}}" if value else "{}"
        if isinstance(value, list):
            member = shape.member if shape.is_list else str
            return "[" + ", ".join(self.inline(one, member) for one in value) + "]"
        return self.scalar(value, hint, flow=True)

    def after_key(self, value: Tree, hint: Any, column: int, taken: int = 0) -> str:  # noqa: ANN401 (a type hint is any object)
        """Return what stands after the colon of a key, blank or new line included.

        Args:
            value: The value.
            hint: Its type.
            column: Of the key.
            taken: How much of the line is taken by the key.

        """
        if not isinstance(value, (dict, list)):
            return " " + self.scalar(value, hint, flow=False)
        if self._fits(value, shape_of(hint), column + taken):
            return " " + self.inline(value, hint)
        inner = column + (self.style.dash_offset if isinstance(value, list) else self.style.step)
        return self.style.newline + self._lines(value, hint, inner)

    def after_dash(self, value: Tree, hint: Any, column: int) -> str:  # noqa: ANN401 (a type hint is any object)
        """Return what stands after a dash, blanks included; `column` is that of the dash."""
        pad = " " * (self.style.dash_gap - 1)
        if not isinstance(value, dict):
            return pad + self._inline_or_scalar(value, hint)
        if self._fits(value, shape_of(hint), column + self.style.dash_gap):
            return pad + self.inline(value, hint)
        lines = self._lines(value, hint, column + self.style.dash_gap)
        return pad + lines.lstrip(" ")

    def entry(self, key: str, value: Tree, hint: Any, column: int) -> str:  # noqa: ANN401 (a type hint is any object)
        """Return an entry of a block mapping as lines, without the last line break."""
        written = self.key(key)
        return " " * column + written + self.after_key(value, hint, column, len(written))

    def member(self, value: Tree, hint: Any, column: int) -> str:  # noqa: ANN401 (a type hint is any object)
        """Return a member of a block list as lines, without the last line break."""
        return " " * column + "-" + self.after_dash(value, hint, column)

    def row(self, value: Tree, hint: Any) -> str:  # noqa: ANN401 (a type hint is any object)
        """Return a row as a file of its own, without the last line break."""
        return self._lines(value, hint, 0)

    def _inline_or_scalar(self, value: Tree, hint: Any) -> str:  # noqa: ANN401 (a type hint is any object)
        if isinstance(value, (dict, list)):
            return self.inline(value, hint)
        return self.scalar(value, hint, flow=False)

    def _fits(self, value: Tree, shape: Shape, column: int) -> bool:
        """Tell whether a value is to stand within brackets."""
        if not value:
            return True
        if not self.style.is_flow(shape):
            return False
        return column + 1 + len(self.inline(value, shape_hint(shape))) <= self.style.width

    def _lines(self, value: Tree, hint: Any, column: int) -> str:  # noqa: ANN401 (a type hint is any object)
        shape = shape_of(hint)
        if isinstance(value, list):
            member = shape.member if shape.is_list else str
            return self.style.newline.join(self.member(one, member, column) for one in value)
        hints = hints_of(shape)
        return self.style.newline.join(
            self.entry(key, one, hints.get(key, str), column)
            for key, one in cast("dict[str, Tree]", value).items()
        )


def shape_hint(shape: Shape) -> Any:  # noqa: ANN401 (a type hint is any object)
    """Return a type hint that a shape was taken from."""
    return shape.bare
