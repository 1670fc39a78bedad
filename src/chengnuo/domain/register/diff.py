"""What changed between two registers: field by field, and what must be asked again.

A difference is complete: applied to the old register's tree it gives the new one's. It is also
semantic: lists whose members have a name (items by category, columns by name) are compared
member by member, and the consent items say which changes reach back to people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.consent_items import ConsentItem, ConsentItemId, consent_items
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.kinds import HANDLER, KIND_BY_NAME, RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reach import MATERIAL, PUBLISHED, Reach
from chengnuo.law.catalogue import Catalogue


class Absent:
    """Stands for a field that is not there."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = Absent()

Step = str | int
"""A key of a mapping, or the position of a member in a list."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row that is in both registers.

    Attributes:
        row: The row.
        path: Steps from the row to the field.
        before: What was there, `ABSENT` if nothing (the default held).
        after: What is there now, `ABSENT` if nothing.

    """

    row: RowRef
    path: tuple[Step, ...]
    before: Tree | Absent
    after: Tree | Absent

    @property
    def field(self) -> str:
        """The path as it is written, as `items[0].necessary`."""
        written = "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path
        )
        return written.removeprefix(".")


class ConsentChangeKind(StrEnum):
    """What became of a consent item."""

    NEW = "new"
    RENEWED = "renewed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentChange:
    """A consent item that is new, is asked again, or is no longer asked.

    Attributes:
        id: The item.
        kind: What became of it.
        before: The item as it was.
        after: The item as it is now.
        differs: Parts of the material that differ, with the old and the new value.

    """

    id: ConsentItemId
    kind: ConsentChangeKind
    before: ConsentItem | None
    after: ConsentItem | None
    differs: Mapping[str, tuple[Tree | Absent, Tree | Absent]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDiff:
    """The difference between two registers.

    Attributes:
        before: Version of the old register.
        after: Version of the new register.
        added: Rows that are new, with their trees.
        removed: Rows that are gone, with their trees.
        changed: Fields that changed in rows that stayed.
        consent: What it means for the consent items.

    """

    before: Version
    after: Version
    added: Mapping[RowRef, Tree]
    removed: Mapping[RowRef, Tree]
    changed: tuple[FieldChange, ...]
    consent: tuple[ConsentChange, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def asks_again(self) -> tuple[ConsentChange, ...]:
        """The consent items for which people who had agreed are asked again."""
        return tuple(change for change in self.consent if change.kind is ConsentChangeKind.RENEWED)

    def reach_of(self, row: RowRef, path: tuple[Step, ...] = ()) -> Reach:
        """Tell how far a change of a row, or of one of its fields, reaches.

        Args:
            row: A row that was added, removed or changed.
            path: Steps to the field; empty for a row that was added or removed.

        """
        top = path[0] if path else None
        if self._asked_about(row, top):
            return Reach.ASK
        published = PUBLISHED.get(row.kind)
        if published is not None and (top is None or top in published):
            return Reach.TELL
        return Reach.INTERNAL

    def _asked_about(self, row: RowRef, top: Step | None) -> bool:
        material = MATERIAL.get(row.kind, frozenset())
        if top is not None and top not in material:
            return False
        changes = [change for change in self.consent if change.kind is not ConsentChangeKind.ENDED]
        if row.kind == "activity":
            return any(change.id.partition("/")[0] == row.id for change in changes)
        if row.kind == "recipient":
            return any(change.after and change.after.about == row.id for change in changes)
        return False


def diff(before: Register, after: Register, *, catalogue: Catalogue) -> RegisterDiff:
    """Return the difference between two registers; empty if they are equal."""
    old, new = rows(before), rows(after)
    changed = tuple(
        FieldChange(row, path, was, now)
        for row in sorted(old.keys() & new.keys())
        if old[row] != new[row]
        for path, was, now in _changes(write(old[row]), write(new[row]), ())
    )
    return RegisterDiff(
        before=version_of(before),
        after=version_of(after),
        added={row: write(new[row]) for row in sorted(new.keys() - old.keys())},
        removed={row: write(old[row]) for row in sorted(old.keys() - new.keys())},
        changed=changed,
        consent=tuple(_consent_changes(before, after, catalogue)),
    )


def apply(change: RegisterDiff, before: Tree) -> Tree:
    """Apply a difference to the tree of the old register and return the tree of the new one.

    What `canonical.tree_of_register` gives for the old register, with the difference, gives
    what it gives for the new one: the difference is complete.
    """
    found = _rows_of_tree(before)
    for row in change.removed:
        del found[row]
    for row, tree in change.added.items():
        found[row] = tree
    for field in change.changed:
        found[field.row] = _set(found[field.row], field.path, field.after)
    return _tree_of_rows(found)


def _consent_changes(
    before: Register, after: Register, catalogue: Catalogue
) -> Iterator[ConsentChange]:
    old = {item.id: item for item in consent_items(before, catalogue)}
    new = {item.id: item for item in consent_items(after, catalogue)}
    for item_id in sorted(old.keys() | new.keys()):
        was, now = old.get(item_id), new.get(item_id)
        if was is not None and now is not None:
            if was.fingerprint == now.fingerprint:
                continue
            kind = ConsentChangeKind.RENEWED
        else:
            kind = ConsentChangeKind.NEW if was is None else ConsentChangeKind.ENDED
        yield ConsentChange(
            id=item_id, kind=kind, before=was, after=now, differs=_differs(was, now)
        )


def _differs(
    was: ConsentItem | None, now: ConsentItem | None
) -> Mapping[str, tuple[Tree | Absent, Tree | Absent]]:
    old = was.material if was else {}
    new = now.material if now else {}
    return {
        key: (old.get(key, ABSENT), new.get(key, ABSENT))
        for key in sorted(old.keys() | new.keys())
        if old.get(key, ABSENT) != new.get(key, ABSENT)
    }


def _changes(
    was: Tree, now: Tree, path: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], Tree | Absent, Tree | Absent]]:
    if was == now:
        return
    if isinstance(was, dict) and isinstance(now, dict) and not (_is_text(was) or _is_text(now)):
        for key in [*was, *(key for key in now if key not in was)]:
            if key in was and key in now:
                yield from _changes(was[key], now[key], (*path, key))
            else:
                yield (*path, key), was.get(key, ABSENT), now.get(key, ABSENT)
        return
    if isinstance(was, list) and isinstance(now, list) and _same_members(was, now):
        for index, (old, new) in enumerate(zip(was, now, strict=True)):
            yield from _changes(old, new, (*path, index))
        return
    yield path, was, now


_MEMBER_KEYS = ("category", "column", "table", "right", "sensor", "duty", "matter")


def member_key(member: Tree) -> str | None:
    """Return what a member of a list is known by: the category of an item, the name of a column."""
    if not isinstance(member, dict):
        return None
    for key in _MEMBER_KEYS:
        if isinstance(member.get(key), str):
            return str(member[key])
    return None


def _same_members(was: "list[Tree]", now: "list[Tree]") -> bool:
    """Tell whether two lists hold the same named members in the same order."""
    old, new = [member_key(member) for member in was], [member_key(member) for member in now]
    return old == new and None not in old and len(set(old)) == len(old)


def _is_text(tree: "dict[str, Tree]") -> bool:
    return "zh" in tree and tree.keys() <= {"zh", "en"}


def _rows_of_tree(tree: Tree) -> dict[RowRef, Tree]:
    found: dict[RowRef, Tree] = {}
    kinds = {kind.plural: kind for kind in KIND_BY_NAME.values()}
    for key, value in cast("dict[str, Tree]", tree).items():
        kind = kinds[key]
        for row in value if isinstance(value, list) else [value]:
            found[RowRef(kind.name, cast("dict[str, str]", row)[kind.name])] = row
    return found


def _tree_of_rows(found: dict[RowRef, Tree]) -> Tree:
    tree: dict[str, Tree] = {}
    lists: dict[str, list[Tree]] = {}
    for row in sorted(found):
        if row.kind == HANDLER.name:
            tree[HANDLER.name] = found[row]
        else:
            lists.setdefault(KIND_BY_NAME[row.kind].plural, []).append(found[row])
    return tree | lists


def _set(tree: Tree, path: tuple[Step, ...], value: Tree | Absent) -> Tree:
    if not path:
        return cast("Tree", value)
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [
            _set(member, rest, value) if index == step else member
            for index, member in enumerate(cast("list[Tree]", tree))
        ]
    copy = dict(cast("dict[str, Tree]", tree))
    if not rest and isinstance(value, Absent):
        copy.pop(step, None)
    else:
        copy[step] = _set(copy.get(step), rest, value)
    return copy
