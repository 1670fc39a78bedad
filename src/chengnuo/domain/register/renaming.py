"""A row of a register under another id: the row itself, and every row that refers to it.

What refers to a row is found by the types of fields, so that a field that the model gains is
looked at by itself. A table is named by its store, and goes with it.
"""

from typing import Any, cast

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.ids import StoreId, TableRef
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.shapes import Shape, fields_of, shape_of


def renamed(register: Register, row: RowRef, to: str) -> dict[RowRef, dict[str, Tree]]:
    """Return what each row says that another id of a row changes, the row itself first.

    Args:
        register: The register.
        row: The row, by the id that it has; nothing is returned where there is none.
        to: The id that it shall have; not looked at here.

    """
    found: dict[RowRef, dict[str, Tree]] = {}
    change = (KIND_BY_NAME[row.kind].id_type, row.id, to)
    there = rows(register)
    for ref in sorted(there, key=lambda one: one != row):
        before = write(there[ref])
        after = _with(KIND_BY_NAME[ref.kind].model, before, change)
        if after != before:
            found[ref] = cast("dict[str, Tree]", after)
    return found if row in there else {}


def _with(hint: Any, tree: Tree, change: tuple[Any, str, str]) -> Tree:  # noqa: ANN401 (a type hint is any object)
    shape = shape_of(hint)
    if isinstance(tree, list):
        return [_with(shape.member if shape.is_list else hint, one, change) for one in tree]
    if isinstance(tree, dict):
        hints = {one.key: one.hint for one in fields_of(shape.bare)} if shape.is_row else {}
        return {
            key: _with(hints[key], one, change) if key in hints else one
            for key, one in tree.items()
        }
    if not isinstance(tree, str):
        return tree
    return _in_short(shape.bare, tree, change) if shape.is_row else _word(shape, tree, change)


def _word(shape: Shape, word: str, change: tuple[Any, str, str]) -> str:
    id_type, old, new = change
    if shape.bare is id_type:
        return new if word == old else word
    store, _, table = word.partition(".")
    if id_type is StoreId and shape.bare is TableRef and store == old:
        return f"{new}.{table}"
    return word


def _in_short(model: type, tree: str, change: tuple[Any, str, str]) -> Tree:
    """Return a row of which the one member of one list is written for it."""
    shorthand = getattr(model, "SHORTHAND", None)
    hint = next((one.hint for one in fields_of(model) if one.key == shorthand), None)
    return tree if hint is None else _with(shape_of(hint).member, tree, change)
