"""A fideslang dataset as a store: collections are tables, fields are columns.

Nested fields become columns with dotted names. A field whose categories are all of the system is
a column that holds nothing personal; one without any category is asked about. fideslang keeps
what erasure does in policies, so what a column's field does not say itself is put as `null` and
asked about once a store.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.adapters.formats.fideslang_categories import CategoryTable
from chengnuo.adapters.formats.fideslang_names import Names
from chengnuo.adapters.formats.fideslang_words import (
    ANY_IDENTITY,
    IDENTITY_CATEGORIES,
    MASKING,
    bilingual,
    store_kind_of,
)
from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot, text_of
from chengnuo.base.text import Text
from chengnuo.domain.register.ids import StoreId, TableRef
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.problems import ProblemCode
from chengnuo.domain.register.shapes import longest, pattern_of
from chengnuo.domain.register.store import Column, Reference, Store, Table, WhenDeleted
from chengnuo.law.ids import CategoryId

_NOT_SETTING = re.compile(r"[^A-Z0-9]+")
_SETTING_LENGTH = 57
_MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Found:
    """A field of a collection on the way to becoming a column."""

    name: str
    entry: Entry
    meta: Entry | None


class StoreDrafts:
    """Turns datasets into stores, and finds the tables of a dataset by its key."""

    def __init__(self, categories: CategoryTable, ledger: Ledger, taken: frozenset[str]) -> None:
        self._categories = categories
        self._ledger = ledger
        self._names = Names(taken)
        self.store_of: dict[str, StoreId] = {}
        self._stores: dict[StoreId, Store] = {}
        self.stores: list[tuple[Spot, Store]] = []

    def add(self, datasets: Sequence[Entry]) -> None:
        """Turn datasets into stores; the keys first, so that references are found."""
        tables: dict[str, frozenset[str]] = {}
        for entry in datasets:
            key = text_of(entry.spot if (word := entry.word("fides_key")) is None else word)
            if key in self.store_of:
                self._ledger.refuse(
                    ProblemCode.DUPLICATE_ID, entry.spot, Text("只用一次的键", "a key used once")
                )
            self.store_of[key] = StoreId(self._names.give(key))
            named = (collection.word("name") for collection in entry.entries("collections"))
            tables[key] = frozenset(text_of(name) for name in named if name)
        for entry in datasets:
            store = self._store(entry, tables)
            self._stores[store.store] = store
            self.stores.append((entry.spot, store))

    def tables_of(self, dataset: str) -> Iterator[TableRef]:
        """Yield the tables of a dataset that hold personal information."""
        store = self._stores.get(self.store_of.get(dataset, StoreId("")))
        if store is None:
            return
        for table in store.tables:
            ref = f"{store.store}.{table.table}"
            if table.columns and _is_table_ref(ref):
                yield TableRef(ref)

    def _store(self, entry: Entry, tables: dict[str, frozenset[str]]) -> Store:
        key = entry.word("fides_key")
        name = entry.word("name")
        ref = RowRef("store", self.store_of[text_of(key)] if key else "")
        if key:
            self._ledger.carried(key, ref, "store")
        if name:
            self._ledger.carried(name, ref, "name")
        shown = text_of(name or key or entry.spot)
        setting = _NOT_SETTING.sub("_", ref.id.upper()).strip("_")[:_SETTING_LENGTH]
        for field, said in _QUESTIONS:
            self._ledger.ask(entry.spot, ref, field, said)
        inherited = entry.words("data_categories")
        self._meta(entry)
        return Store(
            store=StoreId(ref.id),
            name=Text(shown),
            kind=store_kind_of(shown, ref.id),
            connection=f"DB_{setting}",
            tables=tuple(
                self._table(collection, index, ref, inherited, tables)
                for index, collection in enumerate(entry.entries("collections"))
            ),
        )

    def _meta(self, entry: Entry) -> Entry | None:
        """Return the Fides settings of a thing; the old name for them is read as well."""
        return entry.entry("fides_meta") or entry.entry("fidesops_meta")

    def _table(
        self,
        entry: Entry,
        index: int,
        ref: RowRef,
        inherited: Sequence[Spot],
        tables: dict[str, frozenset[str]],
    ) -> Table:
        at = f"tables[{index}]"
        name = entry.needed("name")
        if name:
            self._ledger.carried(name, ref, f"{at}.table")
        described = entry.word("description")
        if described:
            self._ledger.carried(described, ref, f"{at}.holds")
        own = entry.words("data_categories")
        fields = list(self._fields(entry, "", 0, ref, f"{at}.columns"))
        whole_rows = self._whole_rows(entry, ref, at)
        columns: list[Column] = []
        others: list[str] = []
        identity: list[str] = []
        references: list[Reference] = []
        for found in fields:
            column, personal = self._column(
                found, ref, f"{at}.columns", own or inherited, whole_rows=whole_rows
            )
            if column is not None:
                columns.append(column)
            elif not personal:
                others.append(found.name)
            if self._identity(found, ref, at):
                identity.append(found.name)
            references += self._references(found, ref, f"{at}.references", tables)
        return Table(
            table=text_of(name) if name else "",
            holds=None
            if described is None
            else bilingual(text_of(described), Text("表中存放的内容", "what the table holds")),
            identity=tuple(identity),
            columns=tuple(columns),
            not_personal=tuple(others),
            references=tuple(references),
        )

    def _whole_rows(self, entry: Entry, ref: RowRef, at: str) -> bool:
        meta = self._meta(entry)
        override = meta.entry("masking_strategy_override") if meta else None
        strategy = override.word("strategy") if override else None
        if strategy is None or text_of(strategy) != "delete":
            return False
        self._ledger.carried(strategy, ref, f"{at}.columns")
        return True

    def _fields(
        self, entry: Entry, prefix: str, depth: int, ref: RowRef, at: str
    ) -> Iterator[Found]:
        for inner in entry.entries("fields"):
            if (name := inner.needed("name")) is None:
                continue
            found = Found(f"{prefix}{text_of(name)}", inner, self._meta(inner))
            nested = inner.get("fields")
            if nested is None or inner.words("data_categories"):
                yield found
            else:
                self._ledger.carried(name, ref, at)
            if nested is not None and depth < _MAX_DEPTH:
                yield from self._fields(inner, f"{found.name}.", depth + 1, ref, at)

    def _column(
        self,
        found: Found,
        ref: RowRef,
        at: str,
        inherited: Sequence[Spot],
        *,
        whole_rows: bool,
    ) -> tuple[Column | None, bool]:
        """Return the column of a field, and whether the field may hold personal information."""
        own = found.entry.words("data_categories")
        name = found.entry.word("name")
        category = self._category(found, own or inherited, ref, f"{at}.category")
        if category is None:
            known = bool(own or inherited)
            if known and name:
                self._ledger.carried(name, ref, at.replace("columns", "not_personal"))
            elif name:
                self._ledger.ask(name, ref, at, _UNLABELLED)
                self._ledger.lost(name, _UNLABELLED)
            return None, not known
        if name:
            self._ledger.carried(name, ref, f"{at}.column")
        deleted = WhenDeleted.DELETE_ROW if whole_rows else self._when_deleted(found, ref, at)
        return Column(column=found.name, category=category, when_deleted=deleted), True

    def _category(
        self, found: Found, keys: Sequence[Spot], ref: RowRef, at: str
    ) -> CategoryId | None:
        chosen: CategoryId | None = None
        for spot in keys:
            reading = self._categories.read(text_of(spot))
            if not reading.personal:
                self._ledger.carried(spot, ref, at.replace("columns.category", "not_personal"))
            elif not reading.categories:
                self._ledger.ask(spot, ref, at, _UNKNOWN_CATEGORY)
                self._ledger.changed(spot, ref, at, _UNKNOWN_CATEGORY)
                chosen = chosen or CategoryId(ANY_IDENTITY)
            elif chosen is None:
                chosen = reading.categories[0]
                if reading.sure:
                    self._ledger.carried(spot, ref, at)
                else:
                    said = Text(
                        f"`{text_of(spot)}` 范围较宽，暂取 `{chosen}`，请确认",
                        f"`{text_of(spot)}` is broad; `{chosen}` is put for now, confirm it",
                    )
                    self._ledger.changed(spot, ref, at, said)
                    self._ledger.ask(spot, ref, at, said)
            else:
                self._ledger.lost(spot, _ONE_CATEGORY)
        identity = found.meta.word("identity") if found.meta else None
        if chosen is None and identity is not None:
            chosen = CategoryId(IDENTITY_CATEGORIES.get(text_of(identity), ANY_IDENTITY))
            self._ledger.ask(identity, ref, at, _BY_IDENTITY)
        return chosen

    def _identity(self, found: Found, ref: RowRef, at: str) -> bool:
        spot = found.meta.word("identity") if found.meta else None
        if spot is None:
            return False
        self._ledger.changed(
            spot,
            ref,
            f"{at}.identity",
            Text(
                "列名记入查找依据；标识类型由信息种类体现", "the column; its category says the kind"
            ),
        )
        return True

    def _when_deleted(self, found: Found, ref: RowRef, at: str) -> WhenDeleted:
        meta = found.meta
        override = meta.entry("masking_strategy_override") if meta else None
        strategy = override.word("strategy") if override else None
        if strategy is not None and text_of(strategy) in MASKING:
            self._ledger.carried(strategy, ref, f"{at}.when_deleted")
            return MASKING[text_of(strategy)]
        read_only = meta.get("read_only") if meta else None
        if meta and read_only and meta.flag("read_only"):
            self._ledger.changed(read_only, ref, f"{at}.when_deleted", _READ_ONLY)
            self._ledger.ask(read_only, ref, f"{at}.keep", _READ_ONLY)
            return WhenDeleted.KEEP
        return WhenDeleted.NULL

    def _references(
        self, found: Found, ref: RowRef, at: str, tables: dict[str, frozenset[str]]
    ) -> Iterator[Reference]:
        for entry in found.meta.entries("references") if found.meta else []:
            dataset, field = entry.needed("dataset"), entry.needed("field")
            direction = entry.word("direction")
            if dataset is None or field is None:
                continue
            table, _, column = text_of(field).partition(".")
            store = self.store_of.get(text_of(dataset))
            there = table in tables.get(text_of(dataset), frozenset())
            target = f"{store}.{table}"
            if store is None or not there or not column or not _is_table_ref(target):
                self._ledger.lost(entry.spot, _NOWHERE)
                continue
            for spot in (dataset, field):
                self._ledger.carried(spot, ref, at)
            if direction is not None:
                self._ledger.changed(direction, ref, at, _DIRECTION)
            yield Reference(columns=(found.name,), to=TableRef(target), to_columns=(column,))


def _is_table_ref(text: str) -> bool:
    fits = re.fullmatch(pattern_of(TableRef).regex, text)
    return fits is not None and len(text) <= longest(TableRef)


_QUESTIONS = (
    ("kind", Text("是哪一种存储？已按名称推测", "what kind of store is it? guessed by its name")),
    (
        "connection",
        Text("连接信息放在哪个设置项里？", "which setting holds the connection?"),
    ),
    ("country", Text("存放在哪个国家或地区？已暂填 CN", "where does it stand? CN for now")),
    (
        "tables",
        Text(
            "删除个人信息时各列如何处理？原清单未写明的已暂填 null",
            "what does deleting do to each column? `null` for now where nothing is said",
        ),
    ),
)
_UNLABELLED = Text(
    "未标明种类，无法判断是否为个人信息；请补充", "without a category; say whether it is personal"
)
_UNKNOWN_CATEGORY = Text(
    "不认识的信息种类；已暂按账号登记，请改正",
    "a category that is not known; put as an account identifier for now, correct it",
)
_ONE_CATEGORY = Text(
    "每列只登记一个种类；已取第一个", "a column has one category; the first was taken"
)
_BY_IDENTITY = Text(
    "种类由标识类型推定，请确认", "the category follows from the kind of identity; confirm it"
)
_READ_ONLY = Text(
    "只读字段：删除时保留；请写明保留所依据的法定义务",
    "read-only: kept on deletion; say which duty of law keeps it",
)
_NOWHERE = Text(
    "所指的数据集或集合不在清单中", "the dataset or collection referred to is not in the manifest"
)
_DIRECTION = Text("登记簿中的引用没有方向", "a reference of the register has no direction")
