"""Who stands in a store: distinct accounts of its tables, as keyed pseudonyms.

Columns that name accounts are read in pages; a value becomes a pseudonym at once and is kept
nowhere. Where a column tells when a row was made, rows made after the period are left out; where
none does, nobody can say who was there then, and they count above only.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.incident.affected import Found, Source
from chengnuo.domain.register.store import About, Store, StoreKind, Table
from chengnuo.domain.rights.values import Value, ValueFormError, instant_of
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.record_source import StoreRefusedError, StoreUnavailableError
from chengnuo.ports.store_look import LookedTable, StoreLook, StoreLooks
from chengnuo.usecases.stores.when_made import made_columns

_READ_BY_OTHERS = frozenset({StoreKind.WEBHOOK, StoreKind.MANUAL})
_STORE_ERRORS = (StoreUnavailableError, StoreRefusedError, ValueFormError)
_NOT_OPENED = Text("没有连接，或者连接失败", "not connected, or the connection failed")
_NOT_THERE = Text("存储里没有这张表", "the store has no such table")
_BY_REFERENCE = Text(
    "只能经其他表认出是谁；那张表也要在范围内才算全",
    "people are told through another table alone; it has to be in scope, too",
)
_NO_DAY = Text(
    "没有说明何时建立的列，不能断定当时已在",
    "no column tells when a row was made, so whether then is not known",
)
_OTHERS = Text(
    "有的列是他人的信息，那些人没有计入", "some columns are about others, who are not counted"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCount:
    """Counts who stands in stores.

    Attributes:
        looks: Opens the stores.
        person: Turns an account id into the key under which somebody is known here.

    """

    looks: StoreLooks
    person: Callable[[str], PersonKey]

    def of(self, store: Store, tables: Collection[str], until: datetime) -> Iterator[Found]:
        """Yield what the tables of a store tell.

        Args:
            store: The store.
            tables: `store.table` of those in scope.
            until: End of the period; who came later is not concerned.

        """
        name = str(store.store)
        wanted = [one for one in store.tables if f"{name}.{one.table}" in tables]
        if store.kind in _READ_BY_OTHERS:
            yield Found(source=Source.UNSEEN, where=name, why=_NOT_OPENED)
            return
        try:
            look = self.looks.open(name)
        except StoreUnavailableError:
            yield Found(source=Source.UNSEEN, where=name, why=_NOT_OPENED)
            return
        try:
            there = {one.schema.table: one for one in look.tables()}
        except _STORE_ERRORS:
            yield Found(source=Source.UNSEEN, where=name, why=_NOT_OPENED)
        else:
            scope = {f"{name}.{one.table}" for one in wanted}
            for table in wanted:
                if table.identity or not any(one.to in scope for one in table.references):
                    yield from self._table(look, there.get(table.table), name, table, until)
        finally:
            look.close()

    def _table(
        self,
        look: StoreLook,
        there: LookedTable | None,
        store: str,
        table: Table,
        until: datetime,
    ) -> Iterator[Found]:
        where = f"{store}.{table.table}"
        if there is None or not there.readable:
            yield Found(source=Source.UNSEEN, where=where, why=_NOT_THERE)
            return
        columns = there.schema.by_name
        named = [one for one in table.identity if one in columns]
        try:
            if named:
                yield from self._named(look, there, where, named, until)
            elif table.references:
                yield Found(source=Source.UNSEEN, where=where, why=_BY_REFERENCE)
            elif table.columns:
                yield _rows(look, table.table, where)
        except _STORE_ERRORS:
            yield Found(source=Source.UNSEEN, where=where, why=_NOT_OPENED)
        if any(one.about is About.OTHER_PERSON for one in table.columns):
            yield Found(source=Source.UNSEEN, where=where, why=_OTHERS)

    def _named(
        self, look: StoreLook, there: LookedTable, where: str, named: list[str], until: datetime
    ) -> Iterator[Found]:
        when = made_columns(there.schema.columns)[:1]
        then, maybe = set[bytes](), set[bytes]()
        for page in look.pages(there.schema.table, (*named, *when), None):
            for row in page:
                at = instant_of(row[-1]) if when else None
                if at is not None and at > until:
                    continue
                into = maybe if at is None else then
                into.update(self._key(one) for one in row[: len(named)] if one not in {None, ""})
        if then:
            yield Found(source=Source.STORE, where=where, people=frozenset(then))
        if maybe - then:
            people = frozenset(maybe - then)
            yield Found(source=Source.STORE_MAYBE, where=where, people=people, why=_NO_DAY)

    def _key(self, account: Value) -> bytes:
        return bytes.fromhex(self.person(str(account)))


def _rows(look: StoreLook, table: str, where: str) -> Found:
    rows = look.rows(table)
    if rows is None:
        return Found(source=Source.UNSEEN, where=where, why=_NOT_OPENED)
    return Found(source=Source.ROWS, where=where, count=rows)
