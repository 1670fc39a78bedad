"""Rules about stores: what lies there is declared, findable and safe."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, Word, duties, hit
from chengnuo.domain.register.handler import MAINLAND
from chengnuo.domain.register.ids import TableRef
from chengnuo.domain.register.method import Operation
from chengnuo.domain.register.store import StoreKind

_WITH_SCHEMA = frozenset({StoreKind.SQLITE, StoreKind.POSTGRESQL, StoreKind.MYSQL})
"""Stores that declare their own references, which are read when a right is exercised."""


def _column_unexplained(facts: Facts) -> Iterator[Hit]:
    for store in facts.register.stores:
        for table_index, table in enumerate(store.tables):
            name = TableRef(f"{store.store}.{table.table}")
            activities = facts.activities_by_table.get(name, ())
            declared = {category for activity in activities for category in activity.categories}
            keys = {*table.identity, *(key for one in table.references for key in one.columns)}
            for index, column in enumerate(table.columns):
                if column.category not in declared and column.column not in keys:
                    where = f"tables[{table_index}].columns[{index}]"
                    words: dict[str, Word] = {"column": f"{table.table}.{column.column}"}
                    key = f"{table.table}.{column.column}"
                    yield hit(store, where, column.category, key=key, words=words)


def _item_without_column(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        tables = [facts.tables[name][1] for name in activity.stores if name in facts.tables]
        if not tables or not all(table.columns for table in tables):
            continue
        kept = {column.category for table in tables for column in table.columns}
        sent = {one for each in facts.register.recipients_of(activity) for one in each.categories}
        for index, item in enumerate(activity.items):
            if item.category not in kept | sent:
                yield hit(activity, f"items[{index}].category", item.category, key=item.category)


def _kept_nowhere(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        keeps = Operation.STORE in activity.method.operations
        if facts.register.stores and keeps and not activity.stores and not activity.recipients:
            yield hit(activity, "stores")


def _cannot_be_found(facts: Facts) -> Iterator[Hit]:
    for store in facts.register.stores:
        if store.kind in _WITH_SCHEMA:
            continue
        for index, table in enumerate(store.tables):
            if table.columns and not table.identity and not table.references:
                where = f"tables[{index}].identity"
                yield hit(store, where, table.table, key=table.table)


def _told_by_no_column(facts: Facts) -> Iterator[Hit]:
    for store in facts.register.stores:
        for index, table in enumerate(store.tables):
            declared = {
                *(one.column for one in table.columns),
                *table.not_personal,
                *table.identity,
                *(key for one in table.references for key in one.columns),
            }
            named = [(f"events[{at}].column", one.column) for at, one in enumerate(table.events)]
            for at, identifier in enumerate(table.identifiers):
                here = f"identifiers[{at}]"
                named += [
                    (f"{here}.column", identifier.column),
                    (f"{here}.account", identifier.account),
                    (f"{here}.when_column", identifier.when_column or identifier.column),
                ]
            if table.labels is not None:
                told = table.labels
                named += [
                    ("labels.label", told.label),
                    ("labels.learned_from", told.learned_from or told.label),
                    ("labels.since", told.since or told.label),
                ]
            missing = dict(reversed([(column, where) for where, column in named]))
            for column, where in missing.items():
                if column not in declared:
                    key = f"{table.table}.{column}"
                    yield hit(store, f"tables[{index}].{where}", key, key=key)


def _unencrypted(facts: Facts) -> Iterator[Hit]:
    for store in facts.register.stores:
        if store.encrypted:
            continue
        sensitive = [
            f"{table.table}.{column.column}"
            for table in store.tables
            for column in table.columns
            if column.category in facts.sensitive_categories
            or facts.catalogue.category(column.category).is_sensitive
        ]
        if sensitive:
            yield hit(store, "encrypted", sensitive[0], count=len(sensitive))


def _unused(facts: Facts) -> Iterator[Hit]:
    used = {str(name).partition(".")[0] for name in facts.activities_by_table}
    for store in facts.register.stores:
        if store.store not in used:
            yield hit(store, "", store.name)


def _store_abroad(facts: Facts) -> Iterator[Hit]:
    for store in facts.register.stores:
        if store.country == MAINLAND:
            continue
        operator = (
            facts.register.recipient_by_id.get(store.operated_by) if store.operated_by else None
        )
        if operator is None or not operator.is_overseas:
            yield hit(store, "country", store.country)


RULES: tuple[Rule, ...] = (
    Rule(
        id="column-unexplained",
        duties=duties("191-2.1", "PIPL-7", "PIPL-51.2"),
        severity=Severity.MEDIUM,
        title=Text("存了没有活动说明的信息", "Column that no activity explains"),
        message=Text(
            "{row} 的列 `{column}` 存着 `{value}`，但没有一项存入该表的处理活动含有它。",
            "Column `{column}` of {row} holds `{value}`, which no activity that keeps something in "
            "that table handles.",
        ),
        fix=Text(
            "在对应活动的 `items` 和 `stores` 登记；说不清用途的，删掉这列数据。",
            "Register it in the activity's items and stores, or delete the data.",
        ),
        check=_column_unexplained,
    ),
    Rule(
        id="item-without-column",
        duties=duties("PIPL-45", "PIPL-47", "duty-12"),
        severity=Severity.LOW,
        title=Text("登记了信息却没有对应的列", "Item without a column"),
        message=Text(
            "{row} 处理 `{value}` 并写明存放的表，但这些表里没有一列是它；查阅和删除会漏掉。",
            "{row} handles `{value}` and names its tables, but none has a column for it; access "
            "and deletion would miss it.",
        ),
        fix=Text("在表里标出对应的列；不落库的另立一项活动。", "Mark the column; or split it off."),
        check=_item_without_column,
    ),
    Rule(
        id="kept-nowhere",
        duties=duties("PIPL-17", "PIPL-45"),
        severity=Severity.LOW,
        title=Text("未说明存在哪里", "Not said where it is kept"),
        message=Text(
            "{row} 会存储个人信息，却没有写存在哪些表（`stores`）。",
            "{row} keeps information but names no tables (`stores`).",
        ),
        fix=Text(
            "写 `stores`；不存储的，从 `method.operations` 去掉 `store`。",
            "Name them; or take `store` out of `method.operations`.",
        ),
        check=_kept_nowhere,
    ),
    Rule(
        id="table-without-identity",
        duties=duties("PIPL-45", "PIPL-47", "duty-12", "duty-13"),
        severity=Severity.MEDIUM,
        title=Text("找不到是谁的行", "Rows that cannot be found by person"),
        message=Text(
            "{row} 的表 `{value}` 既没有身份列，也没有通向身份的引用，查阅和删除都找不到人。",
            "Table `{value}` of {row} has no identity columns and no references; a person's rows "
            "cannot be found.",
        ),
        fix=Text("写 `identity` 或 `references`。", "Write `identity` or `references`."),
        check=_cannot_be_found,
    ),
    Rule(
        id="named-column-undeclared",
        duties=duties("PIPL-45", "PIPL-47", "duty-12", "duty-13"),
        severity=Severity.MEDIUM,
        title=Text("用到了没有登记的列", "Column used but not declared"),
        message=Text(
            "{row} 按列 `{value}` 查找账户或计算期限，但该表没有登记这一列。",
            "{row} finds accounts or reckons periods by column `{value}`, which its table does not "
            "declare.",
        ),
        fix=Text(
            "登记到 `columns` 或 `not_personal`，或改正列名。",
            "Declare it in `columns` or `not_personal`, or mend its name.",
        ),
        check=_told_by_no_column,
    ),
    Rule(
        id="sensitive-store-unencrypted",
        duties=duties("PIPL-51.3", "NDSR-9", "pledge-10"),
        severity=Severity.HIGH,
        title=Text("敏感信息未加密存储", "Sensitive information not encrypted"),
        message=Text(
            "{row} 没有加密，其中有 {count} 列敏感个人信息，如 `{value}`。",
            "{row} is not encrypted but holds {count} sensitive columns, such as `{value}`.",
        ),
        fix=Text("加密存储后写 `encrypted: true`。", "Encrypt it, then write `encrypted: true`."),
        check=_unencrypted,
    ),
    Rule(
        id="store-unused",
        duties=duties("PIPL-7"),
        severity=Severity.LOW,
        title=Text("没有用到的存储", "Store not used"),
        message=Text(
            "{row}（{value}）没有任何处理活动存入。",
            "{row} ({value}) is named by no activity.",
        ),
        fix=Text(
            "写进活动的 `stores`；已停用的，删数据后删去。", "Name it in an activity, or drop it."
        ),
        check=_unused,
    ),
    Rule(
        id="store-abroad-without-recipient",
        duties=duties("PIPL-38", "PIPL-40", "duty-15"),
        severity=Severity.HIGH,
        title=Text("境外存储没有登记接收方", "Store abroad without its recipient"),
        message=Text(
            "{row} 设在 `{value}`，却没有境外运维方作为接收方，出境的路径和告知都无从谈起。",
            "{row} stands in `{value}`, but no party abroad is registered as running it; there is "
            "no route and no notice.",
        ),
        fix=Text(
            "迁回境内，或登记境外运维方及其 `cross_border`。",
            "Move it home, or register who runs it, with its route.",
        ),
        check=_store_abroad,
    ),
)
