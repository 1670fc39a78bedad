"""Rules about what lies in stores beside what the register declares, both ways."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity, shortened
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.finding.store_rule import StoreRule, column_hit, table_hit
from chengnuo.domain.finding.stores_look import StoresLook, fits, store_row


def _undeclared(look: StoresLook) -> Iterator[Hit]:
    for pair in look.pairs:
        plain = () if pair.declared is None else pair.declared.not_personal
        for one in pair.holding:
            known = pair.column(one.place) is not None or pair.finds_by(one.place)
            if not known and one.place not in plain:
                yield column_hit(look, pair, one)


def _said_to_be_none(look: StoresLook) -> Iterator[Hit]:
    for pair in look.pairs:
        plain = () if pair.declared is None else pair.declared.not_personal
        for one in pair.holding:
            if one.place in plain and pair.column(one.place) is None:
                yield column_hit(look, pair, one)


def _table_absent(look: StoresLook) -> Iterator[Hit]:
    for store, at, table in look.absent():
        yield Hit(
            row=store_row(store),
            field=f"tables[{at}]",
            value=shortened(table.table),
            key=table.table,
            words={},
        )


def _column_absent(look: StoresLook) -> Iterator[Hit]:
    for pair in look.pairs:
        if pair.declared is None:
            continue
        for at, column in enumerate(pair.declared.columns):
            if column.column not in pair.seen.all_columns:
                yield table_hit(pair, column.column, field=pair.field(at), column=column.column)


def _category_differs(look: StoresLook) -> Iterator[Hit]:
    for pair in look.pairs:
        for one in pair.holding:
            declared = pair.column(one.place)
            if declared is None or one.in_json or one.kind is None or one.category is None:
                continue
            said = declared[1].category
            if not fits(one.kind, one.category, said):
                yield column_hit(look, pair, one, said=look.catalogue.category(said).text)


RULES: tuple[StoreRule, ...] = (
    StoreRule(
        id="store-holds-undeclared",
        duties=duties("PIPL-17", "PIPL-51.2", "191-2.1", "PIPL-7"),
        severity=Severity.HIGH,
        title=Text("存着没有登记的个人信息", "Personal information stored but not registered"),
        message=Text(
            "{row} 的列 `{value}` 里是{kind}（{rows}中非空 {filled} 个，{held} 个是），"
            "登记簿没有这一列。",
            "Column `{value}` of {row} holds a {kind} ({rows}: {held} of {filled} filled values), "
            "and the register has no such column.",
        ),
        fix=Text(
            "在登记簿的表中写明这一列及其种类（{category}），并登记到相应活动；不需要的，删除数据。",
            "Declare the column with its category ({category}) and register it in an activity; "
            "delete the data if it is not needed.",
        ),
        check=_undeclared,
    ),
    StoreRule(
        id="store-not-personal-holds",
        duties=duties("PIPL-4", "PIPL-17", "PIPL-51.2"),
        severity=Severity.HIGH,
        title=Text("登记为非个人信息的列存着个人信息", "Column said not to be personal, but is"),
        message=Text(
            "{row} 把列 `{value}` 登记为不含个人信息，里面却是{kind}"
            "（{rows}中非空 {filled} 个，{held} 个是）。",
            "{row} says that column `{value}` holds no personal information, but it holds a {kind} "
            "({rows}: {held} of {filled} filled values).",
        ),
        fix=Text(
            "从 `not_personal` 移到 `columns`，写明种类（{category}）和删除时的处理。",
            "Move it from `not_personal` to `columns`, with its category ({category}) and what a "
            "deletion does.",
        ),
        check=_said_to_be_none,
    ),
    StoreRule(
        id="store-table-absent",
        duties=duties("PIPL-51.2", "PIPL-45", "PIPL-47"),
        severity=Severity.MEDIUM,
        title=Text("登记的表不存在", "Registered table is not there"),
        message=Text(
            "{row} 登记了表 `{value}`，存储中没有它；查阅和删除会落空。",
            "{row} declares table `{value}`, which is not in the store; access and deletion find "
            "nothing there.",
        ),
        fix=Text("改正表名；已停用的，从登记簿删去。", "Mend its name, or take it out."),
        check=_table_absent,
    ),
    StoreRule(
        id="store-column-absent",
        duties=duties("PIPL-51.2", "PIPL-45", "PIPL-47"),
        severity=Severity.MEDIUM,
        title=Text("登记的列不存在", "Registered column is not there"),
        message=Text(
            "{row} 的表 `{value}` 登记了列 `{column}`，表中没有它。",
            "Table `{value}` of {row} is declared with column `{column}`, which it has not.",
        ),
        fix=Text("改正列名；已删除的，从登记簿删去。", "Mend its name, or take it out."),
        check=_column_absent,
    ),
    StoreRule(
        id="store-category-differs",
        duties=duties("PIPL-17", "PIPL-51.2", "191-2.1"),
        severity=Severity.HIGH,
        title=Text("登记的种类与存的不符", "Registered category is another than what is stored"),
        message=Text(
            "{row} 把列 `{value}` 登记为{said}，里面却是{kind}"
            "（{rows}中非空 {filled} 个，{held} 个是）。",
            "{row} declares column `{value}` as {said}, but it holds a {kind} ({rows}: {held} of "
            "{filled} filled values).",
        ),
        fix=Text(
            "改正这一列的 `category`（{category}），并核对相应活动的 `items`；存错的，清理数据。",
            "Correct its category ({category}) and the items of its activities, or clean the data.",
        ),
        check=_category_differs,
    ),
)
