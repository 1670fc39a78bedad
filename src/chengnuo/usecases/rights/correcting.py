"""The plan of a correction or supplement, from what a survey found (PIPL Art. 46)."""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.rights.correction import column_of, left_open, may_not, may_not_here
from chengnuo.domain.rights.data_map import MappedTable
from chengnuo.domain.rights.kinds import BELONGS, Kind
from chengnuo.domain.rights.plan import (
    ColumnAction,
    ColumnFate,
    Problem,
    Refusal,
    RowFate,
    Step,
)
from chengnuo.domain.rights.planning import table_words
from chengnuo.domain.rights.request import ColumnChange
from chengnuo.domain.rights.words import RefusalCode, refusal
from chengnuo.ports.rights_scratch import Scratch
from chengnuo.usecases.rights.carrying_out import SET
from chengnuo.usecases.rights.looking import Looked


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What one change comes to: a step in a store, or a refusal."""

    store: str
    step: Step | None = None
    refusal: Refusal | None = None
    problems: tuple[Problem, ...] = ()


def correction(
    looked: Looked, scratch: Scratch, changes: Sequence[ColumnChange]
) -> tuple[Corrected, ...]:
    """Return what each change comes to, in the order given."""
    return tuple(_one(looked, scratch, number, one) for number, one in enumerate(changes))


def _one(looked: Looked, scratch: Scratch, number: int, change: ColumnChange) -> Corrected:
    table = looked.data.by_name.get(change.table)
    column = column_of(table, change.column) if table is not None else None
    if table is None or column is None or table.store not in looked.sources:
        where = change.table.partition(".")[0]
        return Corrected(
            store=where,
            refusal=refusal(RefusalCode.NO_SUCH_PLACE, Text(f"{change.table}.{change.column}")),
        )
    words = table_words(table)
    what = Text(f"{words.zh}：{column.column}", f"{words.en or words.zh}: {column.column}")
    code = may_not(table, column, change.value)
    found = _row(scratch, table, change.row) if code is None else None
    if code is None and isinstance(found, RefusalCode):
        code = found
    if code is None and isinstance(found, tuple):
        code = may_not_here(found[1])
    if code is not None or not isinstance(found, tuple):
        return Corrected(store=table.store, refusal=refusal(code or RefusalCode.NOT_FOUND, what))
    key, kind = found
    scratch.remember(f"{SET}{number}", key)
    step = Step(
        table=table.schema.table,
        group=f"{SET}{number}",
        belongs=BELONGS[kind.belongs],
        rows=1,
        fate=RowFate.CHANGE,
        columns=(
            ColumnAction(column=column.column, category=column.category, fate=ColumnFate.SET),
        ),
    )
    return Corrected(store=table.store, step=step, problems=left_open(table, column, change.value))


def _row(scratch: Scratch, table: MappedTable, row: str) -> tuple[str, Kind] | RefusalCode:
    """Return the row meant, with its kind; where none is named, the only one there is."""
    kinds = scratch.kinds(table.number)
    if row:
        kind = scratch.kind_of(table.number, row)
        return RefusalCode.NOT_FOUND if kind is None else (row, kind)
    if sum(count for _, count in kinds) > 1:
        return RefusalCode.WHICH_ROW
    for kind, _ in kinds:
        texts, _last = scratch.keys(table.number, kind, 0, 1)
        return texts[0], kind
    return RefusalCode.NOT_FOUND
