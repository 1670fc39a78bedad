"""A change of one row that somebody proposes: which of its top keys say something else.

It is kept as the keys that change, so that it can be made again on a later register in which the
row still says what it said. A value is what stands in a register's canonical tree.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

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

    def __bool__(self) -> bool:
        return self.way is not EditWay.CHANGE or bool(self.put or self.drop)

    def of(self, before: Mapping[str, Tree] | None) -> dict[str, Tree] | None:
        """Return the row with the change; None where it is taken out."""
        if self.way is EditWay.REMOVE:
            return None
        kept = {key: one for key, one in (before or {}).items() if key not in self.drop}
        return kept | dict(self.put)

    def text(self) -> str:
        """Return it as canonical JSON."""
        tree: dict[str, Tree] = {
            "kind": self.row.kind,
            "id": self.row.id,
            "way": self.way.value,
            "put": dict(self.put),
            "drop": list(self.drop),
        }
        return canonical_json(tree).decode()


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


def edit_of(text: str) -> RowEdit:
    """Read a change as `RowEdit.text` writes it.

    Raises:
        WrongEditError: It is none.

    """
    try:
        tree = json.loads(text)
        edit = RowEdit(
            row=RowRef(tree["kind"], tree["id"]),
            way=EditWay(tree["way"]),
            put=tree["put"],
            drop=tuple(tree["drop"]),
        )
        known = edit.row.kind in KIND_BY_NAME and isinstance(edit.put, dict)
        same = known and edit.text() == text
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ChengnuoError):
        raise WrongEditError from None
    if not same:
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
