"""What a deletion does to rows of one kind: they go, or they stay and each column is looked at.

A row goes only if it belongs to the individual alone, no row that stays refers to it, nothing of
it is kept under a duty or held, and all of it was asked for. Where it stays, a column that should
have gone with it becomes NULL, or something neutral where NULL cannot stand; keys and enforced
references stay what they are, because the row could not be one otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.register.store import Column, WhenDeleted
from chengnuo.domain.rights.data_map import DataMap, MappedTable
from chengnuo.domain.rights.filling import CHANGES, Filled, fill
from chengnuo.domain.rights.holds import DutyOfTable
from chengnuo.domain.rights.kinds import REFERENCED, SHARED, Kind
from chengnuo.domain.rights.plan import ColumnAction, ColumnFate, Kept, RowFate
from chengnuo.domain.rights.schema import ColumnSchema
from chengnuo.domain.rights.words import Why, why


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a deletion asks of one table.

    Attributes:
        scope: Columns that shall go.
        held: Whether staff hold the table.
        duties: Duties of the table; the bit of a kind's mask is the place in it.
        ends: Until when each duty keeps rows of a mask.

    """

    scope: frozenset[str]
    held: bool
    duties: tuple[DutyOfTable, ...]
    ends: Mapping[tuple[int, int], datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What happens to rows of one kind.

    Attributes:
        rows: To them as a whole.
        columns: To each declared column; empty where they go.
        why: Why they do not go.
        reasons: The same as codes.
        filled: What is written, where something is.

    """

    rows: RowFate
    columns: tuple[ColumnAction, ...]
    reasons: tuple[Why, ...]
    filled: Filled | None = None

    @property
    def why(self) -> Text | None:
        """Why not all is done, in words."""
        return why(self.reasons)

    def cuts(self, columns: Sequence[str]) -> bool:
        """Tell whether a reference by these columns no longer stands afterwards."""
        if self.rows is RowFate.DELETE:
            return True
        return any(one.column in columns and one.fate in CHANGES for one in self.columns)


def fate_of(data: DataMap, table: MappedTable, kind: Kind, asking: Asking) -> Fate:
    """Return what happens to rows of a kind of a declared personal table."""
    declared = [
        one
        for one in (table.declared.columns if table.declared else ())
        if one.column in table.schema.by_name
    ]
    reasons = _reasons(declared, kind, asking)
    wishes = [_effective(one, kind, asking) for one in declared]
    if not reasons and WhenDeleted.DELETE_ROW in wishes:
        return Fate(rows=RowFate.DELETE, columns=(), reasons=())
    if not reasons:
        reasons = [Why.DECLARED]
    actions = [
        _action(data, table, column, wish, kind=kind, asking=asking)
        for column, wish in zip(declared, wishes, strict=True)
    ]
    return _filled(table, actions, tuple(reasons))


def _reasons(declared: list[Column], kind: Kind, asking: Asking) -> list[Why]:
    found = []
    if kind.belongs == SHARED:
        found.append(Why.SHARED)
    if kind.belongs == REFERENCED:
        found.append(Why.REFERENCED)
    if any(_keeper(one, kind, asking) is not None or _kept_without_duty(one) for one in declared):
        found.append(Why.DUTY)
    if asking.held:
        found.append(Why.HELD)
    if any(one.column not in asking.scope for one in declared):
        found.append(Why.SCOPE)
    if kind.pinned and not found:
        found.append(Why.PINNED)
    return found


def _kept_without_duty(column: Column) -> bool:
    return column.when_deleted is WhenDeleted.KEEP and column.keep is None


def _keeper(column: Column, kind: Kind, asking: Asking) -> Kept | None:
    """Return the duty that keeps a column of these rows now."""
    for bit, one in enumerate(asking.duties):
        if column.column in one.columns and kind.keeps(bit):
            return Kept(duty=one.duty.duty, until=asking.ends.get((bit, kind.mask)))
    return None


def _effective(column: Column, kind: Kind, asking: Asking) -> WhenDeleted:
    """Return what shall happen to a column: a duty that is over keeps it no longer."""
    if column.when_deleted is not WhenDeleted.KEEP or _kept_without_duty(column):
        return column.when_deleted
    return WhenDeleted.KEEP if _keeper(column, kind, asking) is not None else WhenDeleted.DELETE_ROW


_FATES = {
    WhenDeleted.DELETE_ROW: ColumnFate.NULL,
    WhenDeleted.NULL: ColumnFate.NULL,
    WhenDeleted.MASK: ColumnFate.MASK,
    WhenDeleted.ANONYMISE: ColumnFate.ANONYMISE,
    WhenDeleted.KEEP: ColumnFate.KEEP,
}


def _action(  # noqa: PLR0913  all that bears on it
    data: DataMap,
    table: MappedTable,
    column: Column,
    wish: WhenDeleted,
    *,
    kind: Kind,
    asking: Asking,
) -> ColumnAction:
    kept = _keeper(column, kind, asking)
    there = table.schema.by_name[column.column]
    fate = _FATES[wish]
    if (
        kept is not None
        or asking.held
        or column.column not in asking.scope
        or (kind.belongs == SHARED and not _links(table, column.column, kind))
    ):
        fate = ColumnFate.KEEP
    elif fate is not ColumnFate.KEEP:
        fate = _possible(data, table, there, fate)
    return ColumnAction(
        column=column.column,
        category=column.category,
        fate=fate,
        kept=kept,
        instead_of=wish.value if fate.value != wish.value and kept is None else "",
    )


def _links(table: MappedTable, column: str, kind: Kind) -> bool:
    return any(
        name == column and kind.is_named_by(position)
        for position, name in enumerate(table.identity)
    )


def _possible(
    data: DataMap, table: MappedTable, column: ColumnSchema, fate: ColumnFate
) -> ColumnFate:
    if column.column in table.schema.key or column.generated:
        return ColumnFate.KEEP
    if any(
        edge.key is not None and column.column in edge.to_columns
        for edge in data.incoming[table.number]
    ):
        return ColumnFate.KEEP
    if any(column.column in key.columns for key in table.schema.foreign_keys):
        return ColumnFate.NULL if column.nullable else ColumnFate.KEEP
    if fate is ColumnFate.NULL and not column.nullable:
        return ColumnFate.ANONYMISE
    return fate


def _filled(table: MappedTable, actions: list[ColumnAction], reasons: tuple[Why, ...]) -> Fate:
    fates = {one.column: one.fate for one in actions}
    if not any(fate in CHANGES for fate in fates.values()):
        return Fate(rows=RowFate.KEEP, columns=tuple(actions), reasons=reasons)
    filled = fill(table.schema, fates)
    if filled.fillings is None:
        loose = fill(table.schema, fates, loosely=True)
        if loose.fillings is not None:
            others = loose.fates
            actions = [
                replace(
                    one,
                    fate=others[one.column],
                    instead_of=one.instead_of or one.fate.value,
                )
                if one.fate in CHANGES
                and (one.fate is ColumnFate.NULL) != (others[one.column] is ColumnFate.NULL)
                else one
                for one in actions
            ]
            filled = fill(table.schema, {one.column: one.fate for one in actions})
    return Fate(rows=RowFate.CHANGE, columns=tuple(actions), reasons=reasons, filled=filled)
