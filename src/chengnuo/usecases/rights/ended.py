"""Tables of a product or service that ended (PIPL Art. 47 para. 1 item 2).

The versions of the register tell: an activity that an earlier one had is in force no more, and no
activity in force uses a table that it kept. Activities that are merely renamed, or say of another
table that they use it, end nothing. A store is the same while its id or its connection is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import ActivityId, StoreId, TableRef, Version
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import Store
from chengnuo.domain.rights.data_map import BY_HAND
from chengnuo.domain.rights.holds import duties_of
from chengnuo.domain.rights.plan import Problem
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.going import Going, cannot


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A table that no activity uses any more.

    Attributes:
        going: The table.
        activities: The activities that used it and are in force no more.
        last: The newest version in which one did; names the change.
        problem: Why no program can see to its rows; None where one can.

    """

    going: Going
    activities: tuple[ActivityId, ...]
    last: Version
    problem: Problem | None


def ended(desk: Desk) -> Iterator[Ended]:
    """Yield the tables that an activity of an earlier version kept and that none uses now.

    Raises:
        NoRegisterError: Nothing is served.

    """
    served = desk.served
    register = served.register
    known = {name for one in register.activities for name in one.stores}
    in_force = {one.activity for one in register.activities}
    for kept in desk.kept():
        version = Version(kept.id)
        if version == served.version:
            continue
        used_by: dict[TableRef, list[ActivityId]] = {}
        for name, activity in desk.uses(version):
            if name not in known:
                used_by.setdefault(name, []).append(activity)
        known.update(used_by)  # only the newest version that used a table tells
        for name, activities in used_by.items():
            gone = tuple(one for one in activities if one not in in_force)
            if gone:
                found = _ended(desk, version, name, gone)
                if found.going.name == name or found.going.name not in known:
                    known.add(TableRef(found.going.name))
                    yield found


def _ended(
    desk: Desk, version: Version, name: TableRef, activities: tuple[ActivityId, ...]
) -> Ended:
    """Return a table as the register in force declares it, or else as that version did."""
    store_id, _, table_name = name.partition(".")
    old = desk.register_of(version).register.store_by_id[StoreId(store_id)]
    now = _now(desk.served.register, old)
    store = old if now is None else now
    table = next(one for one in (*store.tables, *old.tables) if one.table == table_name)
    return Ended(
        going=Going(store=store, table=table, spans=(), duties=duties_of(table)),
        activities=activities,
        last=version,
        problem=_problem(now, table_name),
    )


def _now(register: Register, old: Store) -> Store | None:
    """Return the store of the register in force that an earlier one is."""
    moved = (one for one in register.stores if one.connection == old.connection)
    return register.store_by_id.get(old.store) or next(moved, None)


def _problem(store: Store | None, table: str) -> Problem | None:
    if store is None:
        return cannot(
            table,
            Text("它所在的存储已不在登记簿中", "its store is not in the register any more"),
        )
    if store.kind in BY_HAND:
        return cannot(table, Text("该存储没有连接程序", "the store has no connector"))
    return None
