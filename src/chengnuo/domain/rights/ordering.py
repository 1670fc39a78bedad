"""In which order tables of a store are emptied: what refers goes before what is referred to.

Where tables refer to each other in a circle, a link that may be NULL is cut first. A circle that
has none, and that the store looks at before commit, cannot be carried out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.domain.rights.data_map import DataMap, Edge
from chengnuo.domain.rights.schema import OnDelete


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order of tables.

    Attributes:
        tables: Numbers of tables, in the order of deletion.
        cuts: Edges whose links are cut first.
        circular: Edges that stand in the way.

    """

    tables: tuple[int, ...]
    cuts: tuple[Edge, ...]
    circular: tuple[Edge, ...]


def order(data: DataMap, tables: Sequence[int]) -> Order:
    """Return the order in which rows of these tables of one store are deleted."""
    among = set(tables)
    edges = [
        one
        for one in data.edges
        if one.key is not None and one.child in among and one.parent in among
    ]
    place = {
        table: number for number, group in enumerate(_groups(tables, edges)) for table in group
    }
    within = [one for one in edges if place[one.child] == place[one.parent]]
    cuts = tuple(one for one in within if _can_be_cut(data, one))
    left = [one for one in edges if one not in cuts]
    groups = _groups(tables, left)
    place = {table: number for number, group in enumerate(groups) for table in group}
    circular = tuple(
        one
        for one in left
        if place[one.child] == place[one.parent]
        and one.on_delete in {OnDelete.REFUSE, OnDelete.SET_DEFAULT}
        and not (one.key is not None and one.key.deferrable)
    )
    return Order(
        tables=tuple(table for group in groups for table in group), cuts=cuts, circular=circular
    )


def cut_columns(data: DataMap, edge: Edge) -> tuple[str, ...]:
    """Return the columns that are set to NULL to cut a link; one is enough."""
    table = data.tables[edge.child].schema
    return tuple(
        name
        for name in edge.columns
        if table.by_name[name].nullable
        and name not in table.key
        and not table.by_name[name].generated
    )[:1]


def _can_be_cut(data: DataMap, edge: Edge) -> bool:
    return bool(cut_columns(data, edge))


def _groups(tables: Sequence[int], edges: Sequence[Edge]) -> list[list[int]]:
    """Return strongly connected tables together, referring ones before those referred to.

    Two tables are of one circle if each leads to the other; there are few tables, so that is
    asked of every pair.
    """
    leads = {table: _reached(table, edges) for table in tables}
    groups: list[list[int]] = []
    placed: set[int] = set()
    for table in sorted(tables, key=lambda one: (-len(leads[one]), one)):
        if table not in placed:
            group = [one for one in tables if one in leads[table] and table in leads[one]]
            groups.append(sorted(group))
            placed.update(group)
    return groups


def _reached(table: int, edges: Sequence[Edge]) -> set[int]:
    """Return what a table leads to by any number of references, itself among it."""
    found, waiting = {table}, [table]
    while waiting:
        one = waiting.pop()
        fresh = {edge.parent for edge in edges if edge.child == one} - found
        found |= fresh
        waiting.extend(fresh)
    return found
