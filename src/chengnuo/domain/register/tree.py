"""What was read from a file, before anyone says what it means: a tree that knows its lines.

The reader (an adapter) makes the tree; the codec turns it into values. Every node knows its
file and line, so that every problem can be shown where it stands.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from chengnuo.base.canonical import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file; both as a person counts them (the first line is 1)."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single word or text; `plain` tells that it was written without quotes."""

    text: str
    plain: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    members: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; keys are texts and each stands once."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    place: Place

    def __iter__(self) -> "Iterator[tuple[Scalar, Node]]":
        return iter(self.entries)


Node: TypeAlias = Scalar | Sequence | Mapping

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def is_null(node: Node) -> bool:
    """Tell whether nothing was written (YAML 1.2 section 10.3.2, `null`)."""
    return isinstance(node, Scalar) and node.plain and node.text in _NULLS


def shown(node: Node) -> str:
    """Return what was written in a form that fits into one line of a message."""
    match node:
        case Scalar(text=text):
            printable = "".join(sign if sign.isprintable() else "�" for sign in text)
            return printable if len(printable) <= _SHOWN else f"{printable[:_SHOWN]}…"
        case Sequence(members=members):
            return f"[… {len(members)}]"
        case Mapping(entries=entries):
            return "{" + ", ".join(key.text for key, _ in entries[:3]) + ", …}"


_SHOWN = 48


def tree_of(value: Tree, place: Place) -> Node:
    """Return a tree for a JSON value, every node at the one place given."""
    match value:
        case None:
            return Scalar("null", plain=True, place=place)
        case bool():
            return Scalar("true" if value else "false", plain=True, place=place)
        case int():
            return Scalar(str(value), plain=True, place=place)
        case str():
            return Scalar(value, plain=False, place=place)
        case dict():
            return Mapping(
                tuple(
                    (Scalar(key, plain=False, place=place), tree_of(member, place))
                    for key, member in value.items()
                ),
                place,
            )
        case _:
            return Sequence(tuple(tree_of(member, place) for member in value), place)
