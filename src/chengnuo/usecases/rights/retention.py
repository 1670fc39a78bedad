"""What goes because its time is over, whoever it is about (PIPL Arts. 19, 47 para. 1 item 2).

A row is over once every activity that uses its table is done with it, as its columns tell
(`Table.events`), no duty of law keeps it any more and staff keep nothing back of whom it names. All
such rows of one table are one request about nobody in particular; it waits for a reviewer as every
automatic one does. What shall be anonymised instead of deleted is left to a person.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from chengnuo.base.errors import UnavailableError
from chengnuo.base.instant import to_us
from chengnuo.base.period import Period
from chengnuo.domain.consent.asking import after
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.retention import RetentionEnd
from chengnuo.domain.register.store import Store, Table
from chengnuo.domain.rights.holds import DutyOfTable, duties_of, end_of_duty, keeps
from chengnuo.domain.rights.plan import Belongs, Plan, RowFate, Step, StorePlan
from chengnuo.domain.rights.request import (
    AskedBy,
    DeletionAsked,
    Ground,
    RightsRequest,
    Scope,
)
from chengnuo.domain.rights.schema import TableSchema, ValueType
from chengnuo.domain.rights.values import RowKey, Value, instant_of
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.record_source import PAGE, Lack, RecordSource
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights.asking import take_in
from chengnuo.usecases.rights.planner_values import Beat, Carried
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.seen import Asker

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
class Expiring:
    """A table of which rows go by themselves.

    Attributes:
        store: Its store.
        table: The table.
        spans: How long each activity needs its rows.
        duties: What keeps rows longer.

    """

    store: Store
    table: Table
    spans: tuple[Span, ...]
    duties: tuple[DutyOfTable, ...]

    @property
    def name(self) -> str:
        """The table with its store."""
        return f"{self.store.store}.{self.table.table}"


def is_about_time(request: RightsRequest) -> bool:
    """Tell whether a request is about rows whose time is over, and about nobody in particular."""
    asked = request.asked
    return (
        request.by is AskedBy.AUTOMATIC
        and isinstance(asked, DeletionAsked)
        and asked.ground is Ground.ENDED
    )


def expiring(register: Register) -> Iterator[Expiring]:
    """Yield the tables whose rows tell when their time is over."""
    for store in register.stores:
        for table in store.tables:
            spans = _spans(register, f"{store.store}.{table.table}", table)
            if spans:
                yield Expiring(store=store, table=table, spans=spans, duties=duties_of(table))


def look_for_expired(room: Room, register: Register) -> int:
    """Open a request for each table of which rows are over; return how many are new."""
    opened = 0
    for one in expiring(register):
        try:
            with closing(room.sources.open(one.store.store)) as source:
                is_due = next(_pages(room, source, one), None) is not None
        except UnavailableError:
            continue  # it is looked at again at the next sweep
        if is_due:
            opened += _open(room, one)
    return opened


def plan_expired(room: Room, request: RightsRequest, name: str) -> Plan:
    """Return the plan: how many rows of the table are over.

    Raises:
        StoreUnavailableError: The store does not answer.

    """
    around, now = room.around(PersonKey(request.person)), room.keeper.now()
    stores: tuple[StorePlan, ...] = ()
    one = _named(around.register, name)
    if one is not None:
        with closing(room.sources.open(one.store.store)) as source:
            schema = source.schema([one.table.table])
            rows = sum(len(page) for page in _pages(room, source, one))
        step = Step(
            table=one.table.table,
            group="expired",
            belongs=Belongs.ALONE,
            rows=rows,
            fate=RowFate.DELETE,
        )
        stores = (
            StorePlan(
                store=one.store.store,
                name=one.store.name,
                schema=schema.digest,
                steps=(step,) if rows else (),
            ),
        )
    return Plan(
        request=request,
        register=around.version,
        law=str(around.law.version),
        at=now,
        stores=stores,
        basis=("PIPL-19", "PIPL-47"),
    )


def erase_expired(room: Room, name: str, beat: Beat) -> Carried:
    """Delete the rows that are over, page by page, each page as one transaction.

    Raises:
        StoreRefusedError: A constraint stands against it; the pages before are gone.
        StoreUnavailableError: The store does not answer; call again.

    """
    one = _named(room.served().register, name)
    deleted = 0
    if one is not None:
        with closing(room.sources.open(one.store.store)) as source:
            for page in _pages(room, source, one):
                beat()
                with source.changes() as changes:
                    deleted += changes.delete(one.table.table, page)
    return Carried(deleted=deleted, changed=0)


def left_expired(room: Room, name: str) -> int:
    """Return how many rows are over and still there."""
    one = _named(room.served().register, name)
    if one is None:
        return 0
    with closing(room.sources.open(one.store.store)) as source:
        return sum(len(page) for page in _pages(room, source, one))


def _spans(register: Register, name: str, table: Table) -> tuple[Span, ...]:
    """Return the spans of a table; none unless every activity tells when it is done with a row."""
    columns = {one.event: one.column for one in table.events}
    found: list[Span] = []
    for activity in register.activities:
        if name not in activity.stores:
            continue
        retention = activity.retention
        column, period = columns.get(retention.from_), retention.keep.period
        if column is None or period is None or retention.then is not RetentionEnd.DELETE:
            return ()
        found.append(Span(activity=activity.activity, column=column, keep=period))
    return tuple(found)


def _pages(room: Room, source: RecordSource, one: Expiring) -> Iterator[list[RowKey]]:
    """Yield the keys of the rows that are over, page by page; never an empty page."""
    if Lack.READ in source.lacks:
        return
    schema = source.schema([one.table.table]).by_name.get(one.table.table)
    if schema is None:
        return
    now = room.keeper.now()
    first = max(one.spans, key=lambda span: span.keep.approximate_days())
    wanted = list(dict.fromkeys([*_needed(one), *one.table.identity]))
    columns = (*schema.key, *wanted)
    before = _as_stored(
        now - timedelta(days=first.keep.approximate_days()) + _MARGIN, schema, first.column
    )
    if before is None:
        return
    last: RowKey | None = None
    while True:
        rows = source.older(one.table.table, columns, first.column, before, after=last)
        width = len(schema.key)
        over = [
            row[:width]
            for row in rows
            if _is_over(room, one, dict(zip(wanted, row[width:], strict=True)), now)
        ]
        if over:
            yield over
        if len(rows) < PAGE:
            return
        last = rows[-1][:width]


def _needed(one: Expiring) -> Iterator[str]:
    yield from (span.column for span in one.spans)
    yield from (duty.event for duty in one.duties if duty.event)


def _is_over(room: Room, one: Expiring, told: Mapping[str, Value], at: datetime) -> bool:
    now = to_us(at)
    if not all(span.is_over(told[span.column], now) for span in one.spans):
        return False
    for duty in one.duties:
        if keeps(end_of_duty(duty, told.get(duty.event), at), at):
            return False
    accounts = [str(told[column]) for column in one.table.identity if told[column] is not None]
    return not any(
        hold.holds(one.name, at)
        for account in accounts
        for hold in room.holds.holds(person_key(room.tokens, account))
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


def _named(register: Register, name: str) -> Expiring | None:
    return next((one for one in expiring(register) if one.name == name), None)


def _open(room: Room, one: Expiring) -> int:
    activities = tuple(span.activity for span in one.spans)
    asker = Asker(
        person=PersonKey(room.tokens.keyed("retention", one.name)),
        account=one.name,
        by=AskedBy.AUTOMATIC,
        app="",
        surface="automatic",
        authenticated_at=None,
    )
    asked = DeletionAsked(ground=Ground.ENDED, scope=Scope(activities=activities))
    return take_in(room, asker, Right.DELETE, asked).is_new
