"""A row of the register as the controls of a form, and back: names and texts, nothing else.

A control is named by the way to its value, as `items.0.category` or `purpose.zh`. What was typed
becomes a tree as a file would hold it, wrong or not, so that the reader of registers says what is
wrong, and the same tree fills the form again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.shapes import Shape, fields_of, shape_of

Given = Mapping[str, tuple[str, ...]]
"""What stands in the controls, by their names."""

MOST_ROWS = 400
"""More members of one list than that are not typed into a form."""
DROP, KEEP = "_drop", "_keep"
_NUMBER = re.compile(r"\.\d+(?=\.|$)")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_FLAGS = {"true": True, "false": False}


def is_ticks(shape: Shape) -> bool:
    """Tell whether a list is chosen from a list: ids, or words of a closed set."""
    if not shape.is_list:
        return False
    member = shape_of(shape.member)
    return member.is_id or member.is_choice


def is_lines(shape: Shape) -> bool:
    """Tell whether a list is typed as one word a line."""
    if not shape.is_list or is_ticks(shape):
        return False
    member = shape_of(shape.member)
    return not member.is_row and member.bare is not Text


def filled(hint: Any, tree: Tree, name: str = "") -> dict[str, tuple[str, ...]]:  # noqa: ANN401 (a type hint is any object)
    """Return what stands in the controls of a value.

    Args:
        hint: Its type.
        tree: The value as a file holds it, wrong or not.
        name: Name of its controls.

    """
    shape = shape_of(hint)
    if tree is None:
        return {}
    if isinstance(tree, list) and shape.is_list:
        if is_ticks(shape) or is_lines(shape):
            return {name: tuple(_word(one) for one in tree)}
        found: dict[str, tuple[str, ...]] = {}
        for number, one in enumerate(tree):
            found |= filled(shape.member, one, f"{name}.{number}")
        return found
    if shape.bare is Text:
        spelled = tree if isinstance(tree, dict) else {"zh": tree}
        return {f"{name}.{key}": (_word(one),) for key, one in spelled.items()}
    if shape.is_row:
        shorthand = getattr(shape.bare, "SHORTHAND", None)
        spelled = tree if isinstance(tree, dict) else {str(shorthand): [tree]}
        within = f"{name}." if name else ""
        parts: dict[str, tuple[str, ...]] = {}
        for one in fields_of(shape.bare):
            if one.key in spelled:
                parts |= filled(one.hint, spelled[one.key], f"{within}{one.key}")
        return parts
    return {name: (_word(tree),)}


def _word(value: Tree) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def members_of(given: Given) -> dict[str, Given]:
    """Return what stands in each member of each list, by the name that the member has."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, values in given.items():
        for at in _NUMBER.finditer(name):
            found.setdefault(name[: at.end()], {})[name[at.end() :]] = values
    return dict(found)


def unfolded(given: Given, before: Given) -> dict[str, tuple[str, ...]]:
    """Return what was typed, with the members of lists that came as they were before.

    Args:
        given: What came; a member that was not opened says only which one it was.
        before: The row as it was.

    """
    members = members_of(before)
    found = dict(given)
    for name, values in given.items():
        if name.endswith(f".{KEEP}") and values:
            inner = members.get(values[0], {})
            outer = name.removesuffix(f".{KEEP}")
            found |= {f"{outer}{rest}": one for rest, one in inner.items()}
            del found[name]
    return found


@dataclass(slots=True)
class Typed:
    """Reads what was typed.

    Attributes:
        given: What came, by name.
        before: The row as it was, for the order of what is ticked.
        empty: How many members of a list were left empty, by the name that the list has in the
            tree; a part that was opened and left empty counts as one.
        opened: Members of lists that came with their controls, by their names in the tree.
        folded: Members that came without, by their names as they came.

    """

    given: Given
    before: Given
    empty: dict[str, int] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    folded: frozenset[str] = frozenset()
    _names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._names = frozenset(
            name[: at.start()] for name in self.given for at in re.finditer(r"\.|$", name)
        )

    def value(self, hint: Any, name: str, path: str) -> Tree:  # noqa: ANN401 (a type hint is any object)
        """Return what was typed for a value; None where nothing was.

        Args:
            hint: Its type.
            name: Name of its controls as they came.
            path: The name that they will have once empty members of lists are gone.

        """
        shape = shape_of(hint)
        if shape.is_list:
            return self._list(shape, name, path)
        if shape.bare is Text:
            zh, en = (self._text(f"{name}.{key}") for key in ("zh", "en"))
            if en:
                return {"zh": zh, "en": en} if zh else {"en": en}
            return zh or None
        if shape.is_row:
            return self.row(shape.bare, name, path) or None
        return _typed(shape, self._text(name))

    def row(self, model: type, name: str = "", path: str = "") -> "dict[str, Tree]":
        """Return what was typed for a row; empty where nothing was."""
        found: dict[str, Tree] = {}
        for one in fields_of(model):
            inner, at = (f"{each}.{one.key}" if each else one.key for each in (name, path))
            value = self.value(one.hint, inner, at)
            if value is not None:
                found[one.key] = value
        if not found and name:
            if name in self._names:
                self.empty.setdefault(path, 1)
            return found
        # A part that has to be there may be left at its own values, as `first_run: {}`.
        for one in fields_of(model):
            if one.required and one.key not in found and shape_of(one.hint).is_row:
                found[one.key] = {}
        return found

    def _text(self, name: str) -> str:
        given = self.given.get(name, ("",))[0].replace("\r\n", "\n")
        return given.strip(" \n\t")

    def _list(self, shape: Shape, name: str, path: str) -> Tree:
        if is_ticks(shape):
            ticked = [one for one in self.given.get(name, ()) if one]
            old = [one for one in self.before.get(name, ()) if one in ticked]
            return [*old, *dict.fromkeys(one for one in ticked if one not in old)] or None
        if is_lines(shape):
            member = shape_of(shape.member)
            lines = [line.strip() for one in self.given.get(name, ()) for line in one.splitlines()]
            return [_typed(member, line) for line in lines if line] or None
        found: list[Tree] = []
        numbers = [number for number in range(MOST_ROWS) if f"{name}.{number}" in self._names]
        for number in numbers:
            if self.given.get(f"{name}.{number}.{DROP}"):
                continue
            value = self.value(shape.member, f"{name}.{number}", f"{path}.{len(found)}")
            if value is None:
                self.empty[path] = self.empty.get(path, 0) + 1
            else:
                if f"{name}.{number}" not in self.folded:
                    self.opened.add(f"{path}.{len(found)}")
                found.append(value)
        return found or None


def _typed(shape: Shape, text: str) -> Tree:
    if not text:
        return None
    if shape.bare is bool:
        return _FLAGS.get(text, text)
    if shape.bare is int and _INTEGER.fullmatch(text):
        return int(text)
    return text
