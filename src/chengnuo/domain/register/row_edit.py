"""Changes of rows that somebody proposes: of each row, which of its top keys say something else.

A change is kept as the keys that change, so that it can be made again on a later register in which
the row still says what it said. A value is what stands in a register's canonical tree.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.errors import ChengnuoError, InvalidInputError
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.kinds import HANDLER, KIND_BY_NAME, RowRef, rows
from chengnuo.domain.register.model import Register


class WrongEditError(InvalidInputError):
    """A text is not a change of a row."""

    code = "register-edit"

    def __init__(self) -> None:
        super().__init__("this is not a change of a row of the register")


class EditWay(StrEnum):
    """What becomes of the row."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEdit:
    """A change of one row.

    Attributes:
        row: The row.
        way: What becomes of it.
        put: What its keys say now; all of them where it is added.
        drop: Keys that are left out now.

    """

    row: RowRef
    way: EditWay
    put: Mapping[str, Tree] = field(default_factory=dict)
    drop: tuple[str, ...] = ()

    @property
    def named(self) -> RowRef:
        """The row by the id that it has afterwards."""
        return RowRef(self.row.kind, str(self.put.get(self.row.kind, self.row.id)))

    def __bool__(self) -> bool:
        return self.way is not EditWay.CHANGE or bool(self.put or self.drop)

    def of(self, before: Mapping[str, Tree] | None) -> dict[str, Tree] | None:
        """Return the row with the change; None where it is taken out."""
        if self.way is EditWay.REMOVE:
            return None
        kept = {key: one for key, one in (before or {}).items() if key not in self.drop}
        return kept | dict(self.put)

    def tree(self) -> Tree:
        """Return it as it is kept."""
        return {
            "kind": self.row.kind,
            "id": self.row.id,
            "way": self.way.value,
            "put": dict(self.put),
            "drop": list(self.drop),
        }


Edits = tuple[RowEdit, ...]
"""Changes of rows that are made together, each of another row."""


def edit_between(
    row: RowRef, before: Mapping[str, Tree] | None, after: Mapping[str, Tree] | None
) -> RowEdit:
    """Return the change from what a row says to what it shall say; None for a row there is not."""
    if after is None:
        return RowEdit(row=row, way=EditWay.REMOVE)
    if before is None:
        return RowEdit(row=row, way=EditWay.ADD, put=dict(after))
    return RowEdit(
        row=row,
        way=EditWay.CHANGE,
        put={key: one for key, one in after.items() if key not in before or before[key] != one},
        drop=tuple(key for key in before if key not in after),
    )


def together(edits: Edits, more: Iterable[RowEdit]) -> Edits:
    """Return changes with more of them; a row's later one takes the place of the one before."""
    found = {one.row: one for one in edits} | {one.row: one for one in more}
    return tuple(one for one in found.values() if one)


def text_of(edits: Edits) -> str:
    """Return changes as canonical JSON: a list, or the one change itself."""
    trees = [one.tree() for one in edits]
    return canonical_json(trees[0] if len(trees) == 1 else trees).decode()


def title_of(edits: Edits) -> str:
    """Return the first row, and how many more there are."""
    return f"{edits[0].row} +{len(edits) - 1}" if len(edits) > 1 else str(edits[0].row)


def edits_of(text: str) -> Edits:
    """Read changes as `text_of` writes them.

    Raises:
        WrongEditError: They are none, or two are of one row.

    """
    try:
        tree = json.loads(text)
        edits = tuple(_edit_of(one) for one in (tree if isinstance(tree, list) else [tree]))
        same = bool(edits) and text_of(edits) == text
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ChengnuoError):
        raise WrongEditError from None
    if not same or len({one.row for one in edits}) != len(edits):
        raise WrongEditError
    return edits


def _edit_of(tree: dict[str, Any]) -> RowEdit:
    edit = RowEdit(
        row=RowRef(tree["kind"], tree["id"]),
        way=EditWay(tree["way"]),
        put=tree["put"],
        drop=tuple(tree["drop"]),
    )
    if edit.row.kind not in KIND_BY_NAME or not isinstance(edit.put, dict):
        raise WrongEditError
    return edit


def row_tree(register: Register, row: RowRef) -> dict[str, Tree] | None:
    """Return what a row says in a register; None where there is none."""
    found = rows(register).get(row)
    return None if found is None else cast("dict[str, Tree]", write(found))


def with_row(register: Tree, row: RowRef, after: Tree | None) -> Tree:
    """Return the tree of a register in which a row says something else, is new, or is gone."""
    tree = dict(cast("dict[str, Tree]", register))
    kind = KIND_BY_NAME[row.kind]
    if kind is HANDLER:
        if after is None:
            tree.pop(HANDLER.name, None)
        else:
            tree[HANDLER.name] = after
        return tree
    listed = cast("list[dict[str, Tree]]", tree.get(kind.plural, []))
    found = [after if one[kind.name] == row.id else one for one in listed]
    if after is not None and after not in found:
        found.append(after)
    tree[kind.plural] = cast("list[Tree]", [one for one in found if one is not None])
    return tree


def with_rows(register: Tree, after: Mapping[RowRef, Mapping[str, Tree] | None]) -> Tree:
    """Return the tree of a register in which rows say something else, are new, or are gone."""
    for row, one in after.items():
        register = with_row(register, row, None if one is None else dict(one))
    return register
