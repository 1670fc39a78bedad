"""Our own rows found again in a fideslang file, and what somebody changed around them.

A file that we wrote holds our rows under `meta.pipl`; they are read from there with their own
lines. The words of fideslang beside them were derived, so a difference between them and what we
would write now was made by somebody in Fides. It is noted, never followed quietly.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot
from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.kinds import KIND_BY_NAME, KINDS, LISTS, RowRef
from chengnuo.domain.register.problems import ProblemCode
from chengnuo.domain.register.tree import Mapping, Node, Place, Scalar, is_null, tree_of
from chengnuo.domain.register.tree import Sequence as ListNode

_OURS = "pipl"
_NAMES = ("fides_key", "name")
_BOOLEANS = {"True": "true", "False": "false"}


@dataclass(frozen=True, slots=True)
class OwnRows:
    """Our rows under one resource.

    Attributes:
        resource: The system or dataset.
        rows: The mapping under `meta.pipl`, a register file by itself.

    """

    resource: Entry
    rows: Spot


def own_rows(resource: Entry) -> OwnRows | None:
    """Return our rows under a resource; None if there are none."""
    meta = resource.get("meta")
    if meta is None or not isinstance(meta.node, Mapping):
        return None
    ours = Entry(meta, resource.ledger).get(_OURS)
    if ours is None:
        return None
    if not isinstance(ours.node, Mapping):
        expected = Text("登记簿的行", "rows of a register")
        resource.ledger.refuse(ProblemCode.WRONG_TYPE, ours, expected)
        return None
    return OwnRows(resource, ours)


def ids_of(found: Sequence[OwnRows]) -> dict[str, frozenset[str]]:
    """Return the ids of our rows by kind, so that drafts beside them take others."""
    ids: dict[str, set[str]] = {kind.name: set() for kind in KINDS}
    for ref, _ in _row_spots(found):
        ids[ref.kind].add(ref.id)
    return {kind: frozenset(some) for kind, some in ids.items()}


def note_restored(found: Sequence[OwnRows], ledger: Ledger) -> None:
    """Note each of our rows as carried whole."""
    for ref, spot in _row_spots(found):
        ledger.carried(spot, ref, "")


def _row_spots(found: Sequence[OwnRows]) -> Iterator[tuple[RowRef, Spot]]:
    plurals = {kind.plural: kind for kind in LISTS}
    for own in found:
        for key, child in _entries(own.rows.node):
            at = f"{own.rows.path}.{key}"
            if key in plurals and isinstance(child, ListNode):
                for index, row in enumerate(child.members):
                    yield from _row(plurals[key].name, Spot(f"{at}[{index}]", row))
            elif key in KIND_BY_NAME:
                yield from _row(key, Spot(at, child))


def _row(kind: str, spot: Spot) -> Iterator[tuple[RowRef, Spot]]:
    for key, child in _entries(spot.node):
        if key == kind and isinstance(child, Scalar):
            yield RowRef(kind, child.text), spot


def _entries(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Mapping):
        for key, child in node:
            yield key.text, child


def note_differences(resource: Entry, derived: Tree | None, ref: RowRef, ledger: Ledger) -> None:
    """Note what stands otherwise in a resource than we would write it.

    Lists are compared without their order, which Fides changes.

    Args:
        resource: A resource of the file.
        derived: What we write for it now; None if we write nothing for it.
        ref: Row of ours that it shows.
        ledger: Where it is noted.

    """
    expected = Counter((path, text) for path, text, _ in _words(tree_of(derived, Place("", 1)), ""))
    for path, text, spot in _words(resource.spot.node, "", resource.spot.path):
        if path.startswith(f"meta.{_OURS}."):
            continue
        if expected[path, text] > 0:
            expected[path, text] -= 1
            ledger.carried(spot, ref, "")
        else:
            ledger.lost(spot, _CHANGED_THERE)
    for path, _ in expected.elements():
        if not path.startswith(f"meta.{_OURS}."):
            said = Text(f"{_GONE_THERE.zh}：`{path}`", f"{_GONE_THERE.en}: `{path}`")
            ledger.ask(resource.spot, ref, "", said)


def _words(node: Node, path: str, spot_path: str = "") -> Iterator[tuple[str, str, Spot]]:
    """Yield each word with a path in which members of lists go by their names."""
    match node:
        case Mapping():
            for key, child in node:
                inner = f"{path}.{key.text}" if path else key.text
                yield from _words(child, inner, f"{spot_path}.{key.text}".lstrip("."))
        case ListNode(members=members):
            for index, child in enumerate(members):
                inner = f"{path}[{_name_of(child)}]"
                yield from _words(child, inner, f"{spot_path}[{index}]")
        case Scalar():
            if not is_null(node):
                yield path, _BOOLEANS.get(node.text, node.text), Spot(spot_path, node)


def _name_of(node: Node) -> str:
    found = {key: child.text for key, child in _entries(node) if isinstance(child, Scalar)}
    return next((found[name] for name in _NAMES if name in found), "")


_CHANGED_THERE = Text(
    "在 Fides 中改动过；登记簿以 meta.pipl 为准，请在登记簿中修改",
    "changed in Fides; the register goes by meta.pipl, change it there",
)
_GONE_THERE = Text(
    "在 Fides 中删去了，登记簿仍保留", "taken out in Fides, and still in the register"
)
