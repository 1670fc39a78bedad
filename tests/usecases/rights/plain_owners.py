"""Whose rows are whose, in the plainest way: all in memory, over and over until it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.strategies.record_shapes import Ref, Shape, World

Row = tuple[int, int]
"""Number of the table, number of the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """What account 1 has."""

    mine: frozenset[Row]
    shared: frozenset[Row]
    referenced: frozenset[Row]


class Plain:
    """One database looked at."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rows = [
            (shape.number, at)
            for shape, rows in zip(world.shapes, world.rows, strict=True)
            for at in range(len(rows))
        ]
        self.level, self.referred = self._levels()

    def value(self, row: Row, column: str) -> object:
        shape = self.world.shapes[row[0]]
        return self.world.rows[row[0]][row[1]][shape.columns.index(column)]

    def arrows(self, row: Row) -> Iterator[tuple[Ref, Row]]:
        """Yield the references of a row that lead to a row."""
        for ref in self.world.shapes[row[0]].refs:
            if ref.when and self.value(row, "kind") != ref.when:
                continue
            if not self.is_known(self.world.shapes[row[0]], ref):
                continue
            there = self.world.shapes[ref.to]
            for at in range(len(self.world.rows[ref.to])):
                if self.value((ref.to, at), there.key[0]) == self.value(row, ref.columns[0]):
                    yield ref, (ref.to, at)

    def is_known(self, shape: Shape, ref: Ref) -> bool:
        """Only a database's own references of an undeclared table are known."""
        there = self.world.shapes[ref.to]
        enforced = ref.enforced and shape.store == there.store
        return self.is_seen(shape) and self.is_seen(there) and (enforced or shape.declared)

    def is_seen(self, shape: Shape) -> bool:
        """A store is only looked at for its declared tables and what stands by them."""
        return any(one.store == shape.store and one.declared for one in self.world.shapes)

    def names(self, row: Row) -> set[object]:
        shape = self.world.shapes[row[0]]
        if not shape.personal:
            return set()
        return {self.value(row, one) for one in shape.identity} - {None}

    def gives(self, row: Row, ref: Ref) -> bool:
        """Tell whether a row belongs by a reference."""
        shape = self.world.shapes[row[0]]
        if shape.number not in self.level or ref.to not in self.level:
            return False
        if shape.identity:
            return not self.names(row)
        return shape.number not in self.referred and self.level[ref.to] <= self.level[row[0]]

    def claims(self, row: Row, ref: Ref) -> bool:
        """Tell whether a row makes its owners owners of what it refers to."""
        shape = self.world.shapes[row[0]]
        if shape.number not in self.level or ref.to not in self.referred:
            return False
        if shape.identity and not self.names(row):
            return False
        return self.level[ref.to] >= self.level[row[0]] and not self.gives(row, ref)

    def owned(self) -> Owned:  # noqa: C901  the definition, in one piece
        mine = {row for row in self.rows if 1 in self.names(row)}
        while True:
            more = set()
            for row in self.rows:
                for ref, there in self.arrows(row):
                    if self.gives(row, ref) and there in mine:
                        more.add(row)
                    if self.claims(row, ref) and row in mine:
                        more.add(there)
            if more <= mine:
                break
            mine |= more
        shared = {row for row in mine if self.names(row) - {1}}
        while True:
            more = set()
            for row in self.rows:
                for ref, there in self.arrows(row):
                    if self.gives(row, ref) and (there not in mine or there in shared):
                        more.add(row)
                    if self.claims(row, ref) and (row not in mine or row in shared):
                        more.add(there)
            more &= mine
            if more <= shared:
                break
            shared |= more
        referenced = {
            there
            for row in self.rows
            if row not in mine
            for _, there in self.arrows(row)
            if there in mine and there not in shared
        }
        return Owned(
            mine=frozenset(mine), shared=frozenset(shared), referenced=frozenset(referenced)
        )

    def _levels(self) -> tuple[dict[int, int], set[int]]:
        shapes = self.world.shapes
        level = {one.number: 0 for one in shapes if one.personal and one.identity}
        arrows = [
            (one.number, ref.to)
            for one in shapes
            for ref in one.refs
            if one.personal
            and shapes[ref.to].personal
            and one.number != ref.to
            and self.is_known(one, ref)
        ]
        referred: set[int] = set()
        step = 0
        while True:
            step += 1
            grew = True
            while grew:
                grew = False
                for one, other in arrows:
                    if one not in level and other in level:
                        level[one] = step
                        grew = True
            step += 1
            found = {other for one, other in arrows if one in level and other not in level}
            if not found:
                return level, referred
            level.update(dict.fromkeys(found, step))
            referred |= found
