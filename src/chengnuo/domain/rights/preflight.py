"""What the store's own rules would say to a plan, told before anything runs."""

from collections.abc import Iterable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.rights.data_map import DataMap, Edge, MappedTable
from chengnuo.domain.rights.fates import Fate
from chengnuo.domain.rights.filling import Filled
from chengnuo.domain.rights.plan import ColumnFate, Problem, ProblemKind, RowFate
from chengnuo.domain.rights.schema import Check, TableSchema


def problems_of(table: MappedTable, fate: Fate) -> Iterator[Problem]:
    """Yield what stands against a fate of rows of a table, or has to be known before."""
    name = table.schema.table
    yield from triggers(table.schema, fate.rows)
    for action in fate.columns:
        there = table.schema.by_name[action.column]
        if there.generated and action.fate is ColumnFate.KEEP and action.kept is None:
            yield _read_only(name, action.column)
    if fate.filled is not None:
        yield from filled_problems(name, fate.filled)


def filled_problems(name: str, filled: Filled) -> Iterator[Problem]:
    """Yield what stands against values that are to be written into a table."""
    for column in filled.narrow:
        yield _unique(name, column)
    if filled.fillings is None and not filled.narrow:
        if filled.failed:
            yield from (_check(name, check, blocks=True) for check in filled.failed)
        else:
            yield _not_null(name)
    yield from (_check(name, check, blocks=False) for check in filled.open)


def circular(data: DataMap, edges: Iterable[Edge]) -> Iterator[Problem]:
    """Yield a problem for each edge of a circle that cannot be cut."""
    for edge in edges:
        table = data.tables[edge.child].schema.table
        columns = ", ".join(edge.columns)
        yield Problem(
            kind=ProblemKind.CIRCULAR,
            table=table,
            column=edge.columns[0],
            blocks=True,
            what=Text(
                f"表 `{table}` 的外键（{columns}）与被引用的表互相引用且不可为空，"
                "无法排出删除顺序；请让该列可为空或把外键设为延迟检查。",
                f"Foreign key ({columns}) of `{table}` is part of a circle and takes no NULL, so "
                "there is no order of deletion; let it take NULL or defer the key.",
            ),
        )


def triggers(table: TableSchema, rows: RowFate) -> Iterator[Problem]:
    """Yield what will run by itself when rows of a table go or change."""
    event = {RowFate.DELETE: "delete", RowFate.CHANGE: "update"}.get(rows)
    for trigger in table.triggers:
        if trigger.on == event:
            yield Problem(
                kind=ProblemKind.TRIGGER,
                table=table.table,
                blocks=False,
                what=Text(
                    f"表 `{table.table}` 的触发器 `{trigger.name}` "
                    "会随之执行，它做什么不在方案内；请确认。",
                    f"Trigger `{trigger.name}` of `{table.table}` will run; what it does is "
                    "not part of the plan; make sure of it.",
                ),
            )


def _read_only(table: str, column: str) -> Problem:
    return Problem(
        kind=ProblemKind.READ_ONLY,
        table=table,
        column=column,
        blocks=False,
        what=Text(
            f"列 `{table}.{column}` 由库自行计算，随其他列变化，不能直接改写。",
            f"Column `{table}.{column}` is computed by the store; it follows other columns.",
        ),
    )


def _unique(table: str, column: str) -> Problem:
    return Problem(
        kind=ProblemKind.UNIQUE,
        table=table,
        column=column,
        blocks=True,
        what=Text(
            f"列 `{table}.{column}` 要求唯一，但放不下互不相同的替代值；"
            "请让它可为空并登记为 `null`。",
            f"Column `{table}.{column}` is unique and too narrow for values of their own; let it "
            "take NULL and register `null`.",
        ),
    )


def _not_null(table: str) -> Problem:
    return Problem(
        kind=ProblemKind.NOT_NULL,
        table=table,
        blocks=True,
        what=Text(
            f"表 `{table}` 有不可为空、又没有合适替代值的列；请让它可为空。",
            f"Table `{table}` has a column that takes no NULL and no neutral value is known for "
            "its type; let it take NULL.",
        ),
    )


def _check(table: str, check: Check, *, blocks: bool) -> Problem:
    named = f" `{check.name}`" if check.name else ""
    if blocks:
        what = Text(
            f"表 `{table}` 的约束{named}不允许清空后的任何取值；请放宽约束或改登记的处理方式。",
            f"Condition{named} on `{table}` allows no value that could take the place of what "
            "goes; loosen it or register another treatment.",
        )
    else:
        what = Text(
            f"表 `{table}` 的约束{named}事先不能判断，执行前的试运行会给出结果。",
            f"Condition{named} on `{table}` cannot be judged beforehand; a trial transaction will "
            "tell.",
        )
    return Problem(kind=ProblemKind.CHECK, table=table, blocks=blocks, what=what)
