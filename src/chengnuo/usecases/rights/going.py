"""Which rows go because their time is over or their service ended, whoever they are about.

A row is over once every activity that uses its table is done with it, as its columns tell
(`Table.events`), or where no activity uses the table any more; no duty of law keeps it, and staff
keep nothing back of whom it names (PIPL Arts. 19, 47). One that is anonymised already is over and
done.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from chengnuo.base.instant import to_us
from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import fill
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.retention import RetentionEnd
from chengnuo.domain.register.store import Store, Table
from chengnuo.domain.rights.anonymising import Anonymising, anonymising
from chengnuo.domain.rights.holds import DutyOfTable, duties_of, end_of_duty, keeps
from chengnuo.domain.rights.plan import Problem, ProblemKind
from chengnuo.domain.rights.schema import TableSchema, ValueType
from chengnuo.domain.rights.values import RowKey, Value, instant_of
from chengnuo.law.civil import after
from chengnuo.ports.record_source import MOST_VALUES, PAGE, Lack, Match, RecordSource
from chengnuo.usecases.individual_entry import person_here
from chengnuo.usecases.rights.room import Room

_MARGIN = timedelta(days=3)
"""Rows are fetched by this much more than the period says, and then judged one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long one activity needs rows, by the column that tells from when on."""

    activity: ActivityId
    column: str
    keep: Period

    def is_over(self, told: Value, now: int) -> bool:
        """Tell whether it is done with a row; where nothing is told it is not."""
        since = instant_of(told)
        return since is not None and after(to_us(since), self.keep) <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A table of which rows go by themselves.

    Attributes:
        store: Its store.
        table: The table.
        spans: How long each activity needs its rows; none where no activity uses it any more.
        then: What happens to them.
        duties: What keeps rows longer.

    """

    store: Store
    table: Table
    spans: tuple[Span, ...]
    then: RetentionEnd = RetentionEnd.DELETE
    duties: tuple[DutyOfTable, ...]

    @property
    def name(self) -> str:
        """The table with its store."""
        return f"{self.store.store}.{self.table.table}"


def expiring(register: Register) -> Iterator[Going]:
    """Yield the tables whose rows tell when their time is over.

    Where one activity deletes and another anonymises, rows are anonymised once both are done:
    nothing personal is left then (PIPL Art. 4), and nothing goes that may stay.
    """
    for store in register.stores:
        for table in store.tables:
            name = f"{store.store}.{table.table}"
            spans = _spans(register, name, table)
            ends = {one.retention.then for one in register.activities if name in one.stores}
            if spans:
                yield Going(
                    store=store,
                    table=table,
                    spans=spans,
                    then=RetentionEnd.ANONYMISE
                    if RetentionEnd.ANONYMISE in ends
                    else RetentionEnd.DELETE,
                    duties=duties_of(table),
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of one table that are over, in an open store.

    Attributes:
        room: The room.
        source: The store.
        going: The table.
        schema: Its schema; None where it is not there.
        anonymised: What they get; None where they are deleted.
        problems: What stands against it, and what has to be known.
        digest: Digest of the schema.

    """

    room: Room
    source: RecordSource
    going: Going
    schema: TableSchema | None
    anonymised: Anonymising | None
    problems: tuple[Problem, ...]
    digest: str

    @property
    def is_blocked(self) -> bool:
        """Tell whether nothing can be done with them."""
        return any(one.blocks for one in self.problems)

    def pages(self) -> Iterator[list[RowKey]]:
        """Yield their keys, page by page; never an empty page."""
        if self.schema is None or Lack.READ in self.source.lacks:
            return
        now, width = self.room.keeper.now(), len(self.schema.key)
        wanted = tuple(
            one
            for one in dict.fromkeys(_needed(self.going, self.anonymised))
            if one in self.schema.by_name
        )
        columns = (*self.schema.key, *wanted)
        for rows in self._read(self.schema, columns, now):
            over = [
                row[:width]
                for row in rows
                if self._goes(row[:width], dict(zip(wanted, row[width:], strict=True)), now)
            ]
            if over:
                yield over

    def change(self, page: list[RowKey]) -> tuple[int, int]:
        """Delete or anonymise one page as one transaction; return how many of each.

        Raises:
            StoreRefusedError: A constraint stands against it.
            StoreUnavailableError: The store does not answer.

        """
        table = self.going.table.table
        with self.source.changes() as changes:
            if self.anonymised is None:
                return changes.delete(table, page), 0
            secret = self._secret()
            rows = [(key, self.anonymised.values(secret, key)) for key in page]
            return 0, changes.update(table, rows)

    def _goes(self, key: RowKey, told: Mapping[str, Value], now: datetime) -> bool:
        if self.anonymised is not None and self.anonymised.is_done(self._secret(), key, told):
            return False
        return _is_over(self.room, self.going, told, now)

    def _secret(self) -> bytes:
        return bytes.fromhex(self.room.tokens.keyed("anonymise", self.going.name))

    def _read(
        self, schema: TableSchema, columns: tuple[str, ...], now: datetime
    ) -> Iterator[Sequence[tuple[Value, ...]]]:
        table, spans = self.going.table.table, self.going.spans
        if not spans:
            yield from self._all(schema, columns)
            return
        first = max(spans, key=lambda span: span.keep.approximate_days())
        before = _as_stored(
            now - timedelta(days=first.keep.approximate_days()) + _MARGIN, schema, first.column
        )
        if before is None:
            return
        last: RowKey | None = None
        while True:
            rows = self.source.older(table, columns, first.column, before, after=last)
            yield rows
            if len(rows) < PAGE:
                return
            last = rows[-1][: len(schema.key)]

    def _all(
        self, schema: TableSchema, columns: tuple[str, ...]
    ) -> Iterator[Sequence[tuple[Value, ...]]]:
        """Yield all rows of a table, by the values of a column that every row has."""
        table, of = self.going.table.table, _told_by_all(schema)
        if of is None or Lack.ALL_VALUES in self.source.lacks:
            return  # the plan says so
        values = self.source.distinct(table, of)
        while some := tuple((one,) for one in islice(values, MOST_VALUES)):
            match, last = Match(columns=(of,), values=some), None
            while True:
                rows = self.source.rows(table, columns, match, after=last)
                yield rows
                if len(rows) < PAGE:
                    break
                last = rows[-1][: len(schema.key)]


@contextmanager
def rows_of(room: Room, going: Going) -> Iterator[Rows]:
    """Open the store of a table to look at the rows that are over.

    Raises:
        StoreUnavailableError: It does not answer.

    """
    with closing(room.sources.open(going.store.store)) as source:
        store = source.schema([going.table.table])
        schema = store.by_name.get(going.table.table)
        anonymised = None
        if going.then is RetentionEnd.ANONYMISE and schema is not None:
            anonymised = anonymising(store, schema, going.table)
        yield Rows(
            room=room,
            source=source,
            going=going,
            schema=schema,
            anonymised=anonymised,
            problems=tuple(_problems(going, source, schema, anonymised)),
            digest=store.digest,
        )


def _problems(
    going: Going,
    source: RecordSource,
    schema: TableSchema | None,
    anonymised: Anonymising | None,
) -> Iterator[Problem]:
    if anonymised is not None:
        yield from anonymised.problems
        if Lack.UPDATE in source.lacks:
            yield cannot(
                going.table.table,
                Text("该存储只能整行删除，不能改写", "The store can only delete whole rows"),
            )
    if schema is not None:
        lost = [one for one in _needed(going, None) if one not in schema.by_name]
        for name in dict.fromkeys(lost):
            yield cannot(
                going.table.table,
                fill("登记的列「{c}」在库中不存在", "column {c} is not in the store", c=name),
            )
    if not going.spans and (
        source.lacks & {Lack.READ, Lack.ALL_VALUES}
        or (schema is not None and _told_by_all(schema) is None)
    ):
        yield cannot(
            going.table.table,
            Text("该表的行不能逐一列出", "The rows of the table cannot be listed one by one"),
        )


def cannot(table: str, why: Text) -> Problem:
    """Return the problem of a table that a person has to see to."""
    return Problem(
        kind=ProblemKind.CANNOT,
        table=table,
        blocks=True,
        what=fill(
            "表「{table}」：{why}；请人工处理，再以“部分办结”结束本请求，写明做了什么。",
            "Table {table}: {why}; see to it by hand, then close this request as done in part and "
            "say what was done.",
            table=table,
            why=why,
        ),
    )


def _told_by_all(schema: TableSchema) -> str | None:
    """Return a column that has a value in every row, the first of the key if it is one."""
    names = [*schema.key, *(one.column for one in schema.columns)]
    return next((one for one in names if not schema.by_name[one].nullable), None)


def _spans(register: Register, name: str, table: Table) -> tuple[Span, ...]:
    """Return the spans of a table; none unless every activity tells when it is done with a row."""
    columns = {one.event: one.column for one in table.events}
    found: list[Span] = []
    for activity in register.activities:
        if name not in activity.stores:
            continue
        retention = activity.retention
        column, period = columns.get(retention.from_), retention.keep.period
        if column is None or period is None:
            return ()
        found.append(Span(activity=activity.activity, column=column, keep=period))
    return tuple(found)


def _needed(one: Going, anonymised: Anonymising | None) -> Iterator[str]:
    yield from (span.column for span in one.spans)
    yield from (duty.event for duty in one.duties if duty.event)
    yield from one.table.identity
    if anonymised is not None:
        yield from (filling.column.column for filling in anonymised.fillings)


def _is_over(room: Room, one: Going, told: Mapping[str, Value], at: datetime) -> bool:
    now = to_us(at)
    if not all(span.is_over(told.get(span.column), now) for span in one.spans):
        return False
    for duty in one.duties:
        if keeps(end_of_duty(duty, told.get(duty.event), at), at):
            return False
    accounts = (told.get(column) for column in one.table.identity)
    people = [person_here(room.tokens, str(account)) for account in accounts if account is not None]
    return not any(  # what is held of individuals of another shard is known there
        person is None or any(hold.holds(one.name, at) for hold in room.holds.holds(person))
        for person in people
    )


def _as_stored(at: datetime, schema: TableSchema, column: str) -> Value:
    """Return an instant as a column holds instants; None where it cannot be compared."""
    found = schema.by_name.get(column)
    match None if found is None else found.type:
        case ValueType.DATE:
            return at.date()
        case ValueType.INSTANT:
            return at
        case ValueType.TEXT:
            return at.date().isoformat()
        case ValueType.INTEGER:
            return int(at.timestamp())
        case _:
            return None
