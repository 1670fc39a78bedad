"""The plan of a deletion, from what a survey found (PIPL Art. 47)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.rights.data_map import Edge, MappedTable
from chengnuo.domain.rights.fates import Asking, Fate, fate_of
from chengnuo.domain.rights.holds import duties_of, until
from chengnuo.domain.rights.kinds import Kind
from chengnuo.domain.rights.plan import Problem, ProblemKind, RowFate, Step
from chengnuo.domain.rights.planning import Rows, steps_of
from chengnuo.domain.rights.request import Scope
from chengnuo.domain.rights.scoping import Reach, reach
from chengnuo.ports.record_source import Lack
from chengnuo.ports.rights_scratch import Scratch, Stay
from chengnuo.usecases.rights.looking import Looked
from chengnuo.usecases.rights.planner_values import Surroundings
from chengnuo.usecases.rights.survey import walk_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """What a deletion comes to.

    Attributes:
        rows: Everything found, with what becomes of it.
        reaches: What the request reaches, by number of the table.

    """

    rows: tuple[Rows, ...]
    reaches: Mapping[int, Reach]


def deletion(
    looked: Looked, scratch: Scratch, scope: Scope, around: Surroundings, at: datetime
) -> Deletion:
    """Decide what becomes of each kind of rows; rows that stay pin what they refer to."""
    tables = [one for one in looked.data.reached() if one.store in looked.sources]
    reaches = {one.number: reach(one, around.register, scope, around.standing) for one in tables}

    def fate(table: MappedTable, kind: Kind) -> Fate:
        duties = duties_of(table.declared) if table.declared else ()
        asking = Asking(
            scope=reaches[table.number].columns,
            held=any(one.holds(table.name, at) for one in around.holds),
            duties=duties,
            ends={
                (bit, kind.mask): until(scratch.ends(table.number, bit, kind.duties))
                for bit in range(len(duties))
                if kind.keeps(bit)
            },
        )
        return fate_of(looked.data, table, kind, asking)

    scratch.pin(
        [
            Stay(
                table.number,
                kind,
                tuple(
                    walk_of(looked.data, edge)
                    for edge in looked.data.outgoing[table.number]
                    if not one.cuts(edge.columns)
                ),
            )
            for table in tables
            for kind in _variants(scratch, table)
            if (one := fate(table, kind)).rows is not RowFate.DELETE
        ]
    )
    rows = tuple(
        Rows(
            table=table,
            kind=kind,
            count=count,
            fate=fate(table, kind),
            referrers=scratch.referrers(
                table.number,
                kind,
                [walk_of(looked.data, edge) for edge in _into(looked, table)],
            ),
        )
        for table in tables
        for kind, count in scratch.kinds(table.number)
    )
    return Deletion(rows=rows, reaches=reaches)


def _variants(scratch: Scratch, table: MappedTable) -> list[Kind]:
    """Return the kinds there are, and those that they become once they are pinned."""
    kinds = [kind for kind, _ in scratch.kinds(table.number)]
    return list(dict.fromkeys([*kinds, *(replace(kind, pinned=True) for kind in kinds)]))


def _into(looked: Looked, table: MappedTable) -> tuple[Edge, ...]:
    return looked.data.incoming[table.number]


def store_steps(
    looked: Looked, found: Deletion, store: str
) -> tuple[tuple[Step, ...], tuple[Problem, ...]]:
    """Return the steps of one store, and what stands against them."""
    steps, problems = steps_of(looked.data, [one for one in found.rows if one.table.store == store])
    lacks = looked.sources[store].lacks
    acts = [one for one in steps if one.fate in {RowFate.DELETE, RowFate.CHANGE}]
    more = []
    if Lack.UPDATE in lacks and any(one.fate is RowFate.CHANGE for one in acts):
        more.append(_NO_UPDATE)
    if Lack.TRANSACTIONS in lacks and acts:
        more.append(_NO_TRANSACTION)
    return steps, (*problems, *more)


_NO_UPDATE = Problem(
    kind=ProblemKind.CANNOT,
    blocks=True,
    what=Text(
        "这一存储只能整条删除，不能改写其中一项；请把各列登记为 `delete-row` 或 `keep`。",
        "This store deletes whole rows only; register its columns as `delete-row` or `keep`.",
    ),
)
_NO_TRANSACTION = Problem(
    kind=ProblemKind.CANNOT,
    blocks=False,
    what=Text(
        "这一存储没有事务，改动逐条生效；中途停下时会从未做的部分继续。",
        "This store has no transactions; changes take effect one by one, and a stop is gone on "
        "from.",
    ),
)
