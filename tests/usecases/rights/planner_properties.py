"""What holds of the planner over databases of any shape, beside a plain way in memory.

Each property takes an account's desk at databases that were just made. Which server keeps the
databases, the tests say.
"""

from collections import Counter
from datetime import UTC, datetime
from os import urandom
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import assume
from tests.strategies.record_shapes import World, register_of
from tests.strategies.registers import law
from tests.usecases.rights.plain_owners import Plain

from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.connectors.sql import open_database
from chengnuo.adapters.sqlite.rights_scratch import SqliteScratches
from chengnuo.domain.register.store import StoreKind, WhenDeleted
from chengnuo.domain.rights.plan import Belongs, ColumnFate, Plan, RowFate
from chengnuo.domain.rights.request import (
    AskedBy,
    DeletionAsked,
    Ground,
    ReadAsked,
    RequestId,
    RightsRequest,
)
from chengnuo.law.rights import Right
from chengnuo.ports.record_source import StoreRefusedError
from chengnuo.usecases.rights.planner import Planner
from chengnuo.usecases.rights.planner_values import RowPage, Surroundings

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)


class Place(Protocol):
    """Where the databases of a world are kept."""

    kind: StoreKind

    def make(self, world: World) -> None:
        """Make them anew."""
        ...

    def addresses(self) -> dict[str, str]:
        """Return the address of each store, by name of its connection."""
        ...

    def contents(self) -> dict[str, dict[tuple[object, ...], tuple[object, ...]]]:
        """Return every row of every table, by table and first column."""
        ...

    def refuse(self, table: str, event: str) -> None:
        """Let a trigger of the first store refuse what happens to the rows of a table."""
        ...


class Desk:
    """One account's requests in the databases of a world."""

    def __init__(self, world: World, place: Place, scratch: Path) -> None:
        place.make(world)
        self.world = world
        self.place = place
        register = register_of(world, place.kind)
        self.around = Surroundings(register=register, version="0" * 64, law=law())
        self.planner = Planner(
            sources=ConnectedStores(
                register.stores, place.addresses(), {place.kind: open_database}
            ),
            scratches=SqliteScratches(scratch),
            random=urandom,
        )

    def read(self) -> tuple[Plan, dict[str, Counter[tuple[object, ...]]]]:
        taken: dict[str, Counter[tuple[object, ...]]] = {}

        class Taker:
            def take(self, page: RowPage) -> None:
                taken.setdefault(page.table, Counter()).update(map(tuple, page.rows))

        request = _request(Right.ACCESS, ReadAsked())
        return self.planner.plan(request, "1", AT, self.around, taker=Taker()), taken

    def plan(self) -> Plan:
        request = _request(Right.DELETE, DeletionAsked(ground=Ground.UNLAWFUL))
        return self.planner.plan(request, "1", AT, self.around)

    def carry_out(self, plan: Plan) -> tuple[int, int]:
        done = [self.planner.carry_out(plan, one, account="1") for one in plan.stores]
        return sum(one.deleted for one in done), sum(one.changed for one in done)


def _request(right: Right, asked: ReadAsked | DeletionAsked) -> RightsRequest:
    return RightsRequest(
        id=RequestId(f"rq-{right}"),
        right=right,
        person="somebody",
        by=AskedBy.INDIVIDUAL,
        app="",
        surface="api",
        received=AT,
        asked=asked,
    )


def _belongs(plan: Plan) -> Counter[tuple[str, Belongs]]:
    return Counter(
        {
            (step.table, step.belongs): sum(
                other.rows
                for other in store.steps
                if (other.table, other.belongs) == (step.table, step.belongs) and not other.cuts
            )
            for store in plan.stores
            for step in store.steps
            if not step.cuts
        }
    )


def access_finds_what_the_plain_way_finds(desk: Desk) -> None:
    world = desk.world
    plan, taken = desk.read()
    owned = Plain(world).owned()
    expected: dict[str, Counter[tuple[object, ...]]] = {}
    for table, row in owned.mine:
        shape = world.shapes[table]
        values = world.rows[table][row][len(shape.key) :]
        shown = tuple(
            None if name in shape.identity and value not in {1, None} else value
            for name, value in zip(shape.columns[len(shape.key) :], values, strict=True)
        )
        expected.setdefault(shape.name, Counter())[shown] += 1
    assert taken == expected
    shared = Counter(world.shapes[table].name for table, _ in owned.shared)
    told = _belongs(plan)
    assert {name: count for (name, how), count in told.items() if how is Belongs.SHARED} == (
        dict(shared)
    )


def a_deletion_says_of_each_row_how_it_belongs(desk: Desk) -> None:
    world = desk.world
    plan = desk.plan()
    owned = Plain(world).owned()
    expected: Counter[tuple[str, Belongs]] = Counter()
    for row in owned.mine:
        how = (
            Belongs.SHARED
            if row in owned.shared
            else Belongs.REFERENCED
            if row in owned.referenced
            else Belongs.ALONE
        )
        expected[world.shapes[row[0]].name, how] += 1
    assert _belongs(plan) == expected


def a_deletion_does_what_its_plan_says_and_touches_nobody_else(desk: Desk) -> None:
    world = desk.world
    before = desk.place.contents()
    plan = desk.plan()
    assume(not plan.is_blocked)
    deleted, changed = desk.carry_out(plan)
    after = desk.place.contents()
    owned = Plain(world).owned()
    keys = {
        (world.shapes[table].name, (world.rows[table][row][0],)): (table, row)
        for table in range(len(world.shapes))
        for row in range(len(world.rows[table]))
    }
    gone, other = Counter[str](), Counter[str]()
    for name, rows in before.items():
        for key, row in rows.items():
            mine = keys[name, key] in owned.mine
            left = after[name].get(key)
            if left is None:
                assert mine
                assert keys[name, key] not in owned.shared | owned.referenced
                gone[name] += 1
            elif left != row:
                assert mine
                other[name] += 1
    steps = [step for store in plan.stores for step in store.steps if not step.cuts]
    said = Counter[str]()
    for step in steps:
        if step.fate is RowFate.DELETE:
            said[step.table] += step.rows
    assert gone == said
    assert deleted <= gone.total()  # what goes by a cascade of the store counts once
    assert changed == sum(step.rows for step in steps if step.fate is RowFate.CHANGE)
    assert other.total() <= changed
    assert all(one.rows == 0 for one in desk.planner.residue(plan, "1", AT, desk.around))
    again = [desk.planner.carry_out(plan, one, account="1") for one in plan.stores]
    assert all(one.before or one.deleted + one.changed == 0 for one in again)
    assert desk.place.contents() == after


def whatever_goes_wholly_by_the_register_goes_unless_a_row_that_stays_needs_it(desk: Desk) -> None:
    world = desk.world
    plan = desk.plan()
    assume(not plan.is_blocked)
    desk.carry_out(plan)
    after = desk.place.contents()
    plain = Plain(world)
    owned = plain.owned()
    stay = {
        (table, row)
        for table, shape in enumerate(world.shapes)
        for row, values in enumerate(world.rows[table])
        if (values[0],) in after[shape.name]
    }
    needed = {
        there
        for row in stay
        for ref, there in plain.arrows(row)
        if after[world.shapes[row[0]].name][world.rows[row[0]][row[1]][0],][
            world.shapes[row[0]].columns.index(ref.columns[0])
        ]
        is not None
    }
    for row in owned.mine - owned.shared - owned.referenced:
        if world.shapes[row[0]].rule is WhenDeleted.DELETE_ROW:
            assert row not in stay or row in needed


def values_end_as_the_plan_says(desk: Desk) -> None:
    world = desk.world
    before = desk.place.contents()
    plan = desk.plan()
    assume(not plan.is_blocked)
    desk.carry_out(plan)
    after = desk.place.contents()
    for store in plan.stores:
        for step in store.steps:
            if step.fate is not RowFate.CHANGE or step.cuts:
                continue
            shape = next(one for one in world.shapes if one.name == step.table)
            for action in step.columns:
                at = shape.columns.index(action.column)
                pairs = [
                    (row[at], after[step.table][key][at])
                    for key, row in before[step.table].items()
                    if key in after[step.table]
                ]
                as_said = sum(1 for old, new in pairs if _is_as_said(action.fate, old, new))
                assert as_said >= step.rows


def _is_as_said(fate: ColumnFate, old: object, new: object) -> bool:
    if fate is ColumnFate.KEEP:
        return old == new
    if fate is ColumnFate.NULL:
        return new is None
    return new is not None and (old is None or old != new)


def after_a_deletion_an_access_finds_only_what_the_plan_kept(desk: Desk) -> None:
    plan = desk.plan()
    assume(not plan.is_blocked)
    desk.carry_out(plan)
    left, _ = desk.read()
    kept = Counter[str]()
    for store in plan.stores:
        for step in store.steps:
            if step.fate in {RowFate.CHANGE, RowFate.KEEP} and not step.cuts:
                kept[step.table] += step.rows
    for store in left.stores:
        for table, count in Counter(step.table for step in store.steps).items():
            assert count
            found = sum(step.rows for step in store.steps if step.table == table)
            assert found <= kept[table]


def a_store_that_refuses_keeps_every_byte_of_its_rows(desk: Desk) -> None:
    first = next((one for one in desk.plan().stores if one.store == "one"), None)
    assume(first is not None and not first.is_blocked)
    assert first is not None
    acts = [one for one in first.steps if one.fate in {RowFate.DELETE, RowFate.CHANGE}]
    assume(acts)
    last = acts[-1]
    event = "DELETE" if last.fate is RowFate.DELETE else "UPDATE"
    desk.place.refuse(last.table, event)
    before = desk.place.contents()
    plan = desk.plan()
    with pytest.raises(StoreRefusedError):
        desk.carry_out(plan)
    assert desk.place.contents() == before


PROPERTIES = (
    access_finds_what_the_plain_way_finds,
    a_deletion_says_of_each_row_how_it_belongs,
    a_deletion_does_what_its_plan_says_and_touches_nobody_else,
    whatever_goes_wholly_by_the_register_goes_unless_a_row_that_stays_needs_it,
    values_end_as_the_plan_says,
    after_a_deletion_an_access_finds_only_what_the_plan_kept,
    a_store_that_refuses_keeps_every_byte_of_its_rows,
)
