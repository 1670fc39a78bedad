"""From what was found to the steps of each store, and to what is refused. Pure.

The order is: links are cut and rows that stay are emptied first, then rows go, those that refer
before those that are referred to. What a step says is what is executed, by the group of its rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import About
from chengnuo.domain.rights.data_map import DataMap, MappedTable
from chengnuo.domain.rights.fates import Fate
from chengnuo.domain.rights.filling import CHANGES, fill
from chengnuo.domain.rights.kinds import BELONGS, SHARED, Kind
from chengnuo.domain.rights.ordering import cut_columns, order
from chengnuo.domain.rights.plan import (
    ColumnAction,
    ColumnFate,
    Outside,
    Problem,
    Referrers,
    Refusal,
    RowFate,
    Step,
)
from chengnuo.domain.rights.preflight import circular, filled_problems, problems_of
from chengnuo.domain.rights.request import Scope
from chengnuo.domain.rights.scoping import Reach, concerned
from chengnuo.domain.rights.words import RefusalCode, Why, refusal
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of one kind, as they were found, with what becomes of them.

    Attributes:
        table: Their table.
        kind: Their kind.
        count: How many.
        fate: What becomes of them.
        referrers: Edge, own rows and others' that refer to them.

    """

    table: MappedTable
    kind: Kind
    count: int
    fate: Fate
    referrers: Sequence[tuple[int, int, int]] = ()


def steps_of(data: DataMap, rows: Sequence[Rows]) -> tuple[tuple[Step, ...], tuple[Problem, ...]]:
    """Return the steps of one store in order, and what stands against them."""
    going = [one for one in rows if one.fate.rows is RowFate.DELETE]
    sorted_ = order(data, list(dict.fromkeys(one.table.number for one in going)))
    place = {number: at for at, number in enumerate(sorted_.tables)}
    found = list(circular(data, sorted_.circular))
    cuts: list[Step] = []
    for edge in sorted_.cuts:
        table = data.tables[edge.child]
        columns = cut_columns(data, edge)
        found.extend(
            filled_problems(
                table.schema.table,
                fill(table.schema, dict.fromkeys(columns, ColumnFate.NULL)),
            )
        )
        cuts.extend(
            Step(
                table=table.schema.table,
                group=one.kind.group,
                belongs=BELONGS[one.kind.belongs],
                rows=one.count,
                fate=RowFate.CHANGE,
                columns=tuple(
                    ColumnAction(column=name, category=None, fate=ColumnFate.NULL)
                    for name in columns
                ),
                cuts=True,
            )
            for one in going
            if one.table.number == edge.child
        )
    for one in rows:
        found.extend(problems_of(one.table, one.fate))
    rank = {RowFate.CHANGE: 0, RowFate.DELETE: 1, RowFate.KEEP: 2, RowFate.READ: 2}
    ordered = sorted(rows, key=lambda one: (rank[one.fate.rows], place.get(one.table.number, 0)))
    changes = [_step(data, one) for one in ordered if one.fate.rows is RowFate.CHANGE]
    rest = [_step(data, one) for one in ordered if one.fate.rows is not RowFate.CHANGE]
    return (*changes, *cuts, *rest), tuple(dict.fromkeys(found))


def _step(data: DataMap, rows: Rows) -> Step:
    return Step(
        table=rows.table.schema.table,
        group=rows.kind.group,
        belongs=BELONGS[rows.kind.belongs],
        rows=rows.count,
        fate=rows.fate.rows,
        columns=rows.fate.columns,
        referrers=tuple(
            Referrers(
                table=data.tables[data.edges[edge].child].name,
                columns=data.edges[edge].columns,
                mine=mine,
                others=others,
            )
            for edge, mine, others in rows.referrers
        ),
        why=rows.fate.why,
    )


def read_step(table: MappedTable, kind: Kind, count: int, scope: frozenset[str]) -> Step:
    """Return the step that shows rows: what is somebody else's is withheld."""
    return Step(
        table=table.schema.table,
        group=kind.group,
        belongs=BELONGS[kind.belongs],
        rows=count,
        fate=RowFate.READ,
        columns=tuple(
            ColumnAction(
                column=one.column,
                category=one.category,
                fate=ColumnFate.READ
                if one.about is About.INDIVIDUAL and not _names_others(table, kind, one.column)
                else ColumnFate.WITHHELD,
            )
            for one in (table.declared.columns if table.declared else ())
            if one.column in scope and one.column in table.schema.by_name and one.export
        ),
    )


def _names_others(table: MappedTable, kind: Kind, column: str) -> bool:
    return (
        kind.belongs == SHARED
        and column in table.identity
        and any(map(kind.is_named_by, range(len(table.identity))))
        and not kind.is_named_by(table.identity.index(column))
    )


def refusals_of_deletion(
    rows: Sequence[Rows],
    reaches: Mapping[int, Reach],
    held: Sequence[Text],
) -> Iterator[Refusal]:
    """Yield what of a deletion is not done, and why, each reason once.

    Args:
        rows: Everything that was found.
        reaches: What the request reaches, by number of the table.
        held: Reasons of staff.

    """
    if not rows:
        yield refusal(RefusalCode.NOTHING_THERE, Text("您的个人信息", "your personal information"))
        return
    by_law = _named(one for one in rows if Why.DUTY in one.fate.reasons)
    if by_law is not None:
        yield refusal(RefusalCode.KEPT_BY_LAW, by_law)
    back = _named(one for one in rows if Why.HELD in one.fate.reasons)
    if back is not None:
        for reason in dict.fromkeys(held):
            yield refusal(RefusalCode.HELD_BACK, back, more=reason)
    needed = _named(one for one in rows if reaches[one.table.number].needed)
    if needed is not None:
        yield refusal(RefusalCode.STILL_NEEDED, needed)
    others = _named(one for one in rows if Why.SHARED in one.fate.reasons)
    if others is not None:
        yield refusal(RefusalCode.BELONGS_TO_OTHERS, others)


def _named(rows: Iterator[Rows]) -> Text | None:
    names = dict.fromkeys(table_words(one.table) for one in rows)
    if not names:
        return None
    return Text("、".join(one.zh for one in names), ", ".join(one.en or one.zh for one in names))


def table_words(table: MappedTable) -> Text:
    """Return what a table holds in words, its name where nobody wrote any."""
    holds = table.declared.holds if table.declared else None
    return holds or Text(table.name)


def changed_categories(steps: Sequence[Step], rows: Sequence[Rows]) -> frozenset[CategoryId]:
    """Return the categories of what goes or is changed."""
    found = {
        one.category
        for step in steps
        for one in step.columns
        if one.fate in CHANGES and one.category is not None
    }
    for one in rows:
        if one.fate.rows is RowFate.DELETE and one.table.declared is not None:
            found.update(column.category for column in one.table.declared.columns)
    return frozenset(found)


def outside(
    register: Register, scope: Scope, kind: str, categories: frozenset[CategoryId]
) -> tuple[Outside, ...]:
    """Return who was given what goes or is corrected (PIPL Arts. 21, 23; NDR Art. 12).

    Args:
        register: The register in force.
        scope: What the request is about.
        kind: `delete` or `correct`.
        categories: Of what goes or is corrected.

    """
    given: dict[str, dict[CategoryId, None]] = {}
    for activity in concerned(register, scope):
        for recipient in register.recipients_of(activity):
            for category in recipient.categories:
                if category in categories:
                    given.setdefault(recipient.recipient, {})[category] = None
    return tuple(
        Outside(
            recipient=recipient.recipient,
            name=recipient.name,
            kind=kind,
            categories=tuple(given[recipient.recipient]),
        )
        for recipient in register.recipients
        if recipient.recipient in given
    )
