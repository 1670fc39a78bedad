"""Looking into the stores of a register: what each column of each table really holds.

What cannot be looked into is said, and the rest is done. Nothing is changed, and no value goes
into what is returned.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.observation.stores import (
    Oldest,
    StoreSeen,
    StoresSeen,
    TableSeen,
    Trouble,
    Unseen,
)
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.domain.register.store import Store, StoreKind, Table
from chengnuo.domain.rights.schema import ColumnSchema
from chengnuo.domain.rights.values import ValueFormError, instant_of
from chengnuo.engines.text.columns import SAMPLE
from chengnuo.engines.text.name_model import NameModel
from chengnuo.law.civil import InstantBeyondCalendarError, civil_date
from chengnuo.ports.record_source import StoreUnavailableError
from chengnuo.ports.store_look import LookedTable, StoreLooks
from chengnuo.usecases.stores.columns import TableColumns, read_of
from chengnuo.usecases.stores.counting import COUNTED_HERE, STORE_ERRORS, Counting, Looked
from chengnuo.usecases.stores.when_made import made_columns

USUAL_ROWS: Final = 20_000
"""How many rows of a table are looked at if nothing else is asked for."""
_READ_BY_OTHERS: Final = frozenset({StoreKind.WEBHOOK, StoreKind.MANUAL})

Tell = Callable[[str, int, int], None]
"""Called with a store and table, how many tables are done, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a scan goes about it.

    Attributes:
        stores: Ids of the stores; all if empty.
        rows: How many rows of a table are looked at; None for all.
        examples: Whether masked examples are kept.

    """

    stores: tuple[str, ...] = ()
    rows: int | None = USUAL_ROWS
    examples: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreScans:
    """The use case of looking into stores.

    Attributes:
        knowledge: What text is searched with.
        model: Judges names.
        today: Tells the civil day.
        counting: Goes through all rows.

    """

    knowledge: TextKnowledge
    model: NameModel
    today: Callable[[], date]
    counting: Counting = COUNTED_HERE

    def scan(
        self, stores: Sequence[Store], looks: StoreLooks, wanted: Wanted, tell: Tell
    ) -> StoresSeen:
        """Return what the stores hold.

        Args:
            stores: Stores of the register.
            looks: Opens them.
            wanted: How.
            tell: Told how far it is.

        """
        chosen = [one for one in stores if not wanted.stores or str(one.store) in wanted.stores]
        scan = _Scan(self, wanted, tell)
        return StoresSeen(
            knowledge=self.knowledge.version,
            on=self.today(),
            stores=tuple(scan.store(one, looks) for one in chosen),
        )


class _Scan:
    """One scan."""

    def __init__(self, scans: StoreScans, wanted: Wanted, tell: Tell) -> None:
        self._knowledge, self._search = scans.knowledge, scans.knowledge.search(scans.model)
        self._counting = scans.counting
        self._wanted, self._tell = wanted, tell

    def store(self, store: Store, looks: StoreLooks) -> StoreSeen:
        """Return what a store holds."""
        name = str(store.store)
        if store.kind in _READ_BY_OTHERS:
            return StoreSeen(store=name, trouble=Trouble(unseen=Unseen.NO_CONNECTOR))
        try:
            look = looks.open(name)
        except StoreUnavailableError as error:
            return StoreSeen(store=name, trouble=_trouble(error))
        try:
            found = sorted(look.tables(), key=lambda one: one.schema.table)
            declared = {table.table: table for table in store.tables}
            tables = []
            for at, one in enumerate(found):
                self._tell(f"{name}.{one.schema.table}", at, len(found))
                looked = Looked(name, look, one.schema.table)
                tables.append(self._table(looked, one, declared.get(one.schema.table)))
            return StoreSeen(store=name, tables=tuple(tables))
        except STORE_ERRORS as error:
            return StoreSeen(store=name, trouble=_trouble(error))
        finally:
            look.close()

    def _table(self, looked: Looked, found: LookedTable, declared: Table | None) -> TableSeen:
        schema = found.schema
        names = read_of(schema.columns)
        every = tuple(one.column for one in schema.columns)
        if not found.readable:
            contents = Trouble(unseen=Unseen.CONTENTS)
            return TableSeen(table=schema.table, all_columns=every, trouble=contents)
        columns = TableColumns(names, self._knowledge, self._search)
        rows: int | None = None
        looked_at = 0
        oldest: tuple[Oldest, ...] = ()
        trouble: Trouble | None = None
        try:
            rows = looked.look.rows(schema.table)
            looked_at = self._look(looked, names, columns, rows)
            oldest = tuple(self._oldest(looked, schema.columns, declared))
        except STORE_ERRORS as error:
            trouble = _trouble(error)
        return TableSeen(
            table=schema.table,
            all_columns=every,
            columns=tuple(columns.seen(examples=self._wanted.examples)),
            rows=rows,
            looked_at=looked_at,
            is_whole=trouble is None and (self._wanted.rows is None or looked_at == rows),
            oldest=oldest,
            trouble=trouble,
        )

    def _look(
        self, looked: Looked, names: Sequence[str], columns: TableColumns, rows: int | None
    ) -> int:
        """Sample a table, then count; return how many rows were looked at."""
        if not names:
            return 0
        first = [row for page in looked.look.pages(looked.table, names, SAMPLE) for row in page]
        more = columns.sample(first)
        if not more or (self._wanted.rows is not None and self._wanted.rows <= SAMPLE):
            return len(first)
        if rows == len(first):  # these were all
            at = [names.index(name) for name in more]
            columns.count([tuple(row[one] for one in at) for row in first], more)
            return len(first)
        return self._counting.count(looked, columns, more, self._wanted.rows)

    def _oldest(
        self, looked: Looked, columns: Sequence[ColumnSchema], declared: Table | None
    ) -> Iterator[Oldest]:
        """Yield the least value of each column that tells when."""
        there = {one.column: one for one in columns}
        events = () if declared is None else tuple(one.column for one in declared.events)
        for name in dict.fromkeys((*events, *made_columns(columns))):
            if name not in there:
                continue
            at = instant_of(self._counting.oldest(looked, name))
            if at is None:
                continue
            try:
                yield Oldest(column=name, on=civil_date(at))
            except InstantBeyondCalendarError:
                continue


def _trouble(error: ChengnuoError) -> Trouble:
    if isinstance(error, ValueFormError):
        return Trouble(unseen=Unseen.VALUE, what=f"{error.column}: {error.found}")
    what = error.what if isinstance(error, StoreUnavailableError) else str(error)
    return Trouble(unseen=Unseen.UNAVAILABLE, what=what)
