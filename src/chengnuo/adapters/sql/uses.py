"""What was done with information, counted in SQLite."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.spoken import Greater
from chengnuo.adapters.sql.uses_schema import USE_PERSON, USE_RECORD, USE_STATE
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.uses import ActivitySum, BatchSum, DecidedFor, DecisionSum, UseSeen, UseSum

_DAY_US = 86_400_000_000
_EAST_US = 8 * 3_600_000_000
_PERMIT = "permit"
_USES = (Kind.DECISION.value, Kind.PROVISION.value, Kind.EXPORT.value)


@dataclass(frozen=True, slots=True)
class SqlUses:
    """`UseStore` over SQLite."""

    database: Database

    def position(self) -> int:
        """See `UseStore.position`."""
        with self.database.read() as connection:
            return connection.execute(select(USE_STATE.c.position)).scalar() or 0

    def add(
        self,
        rows: Sequence[UseSeen],
        *,
        persons: Sequence[tuple[PersonKey, int]],
        deleted: Sequence[tuple[int, int]],
        position: int,
    ) -> None:
        """See `UseStore.add`."""
        with self.database.write() as connection:
            met = insert(USE_PERSON)
            newest = dict(persons)
            self.database.put_many(
                connection,
                met.on_conflict_do_update(
                    index_elements=[USE_PERSON.c.person],
                    set_={"ordinal": met.excluded.ordinal},
                ),
                [{"ordinal": ordinal, "person": person} for person, ordinal in newest.items()],
            )
            kept = insert(USE_RECORD).on_conflict_do_nothing()
            self.database.put_many(connection, kept, [_columns(row) for row in rows])
            for ordinal, at in deleted:
                noted = update(USE_PERSON).where(USE_PERSON.c.ordinal == ordinal)
                connection.execute(noted.values(deletion=at))
            moved = insert(USE_STATE).values(id=1, position=position)
            connection.execute(
                moved.on_conflict_do_update(
                    index_elements=[USE_STATE.c.id],
                    set_={"position": Greater(USE_STATE.c.position, moved.excluded.position)},
                )
            )

    def with_deletion(self) -> tuple[tuple[PersonKey, int, int], ...]:
        """See `UseStore.with_deletion`."""
        table = USE_PERSON
        query = select(table.c.person, table.c.ordinal, table.c.deletion).where(
            table.c.deletion.is_not(None)
        )
        with self.database.read() as connection:
            return tuple((PersonKey(row[0]), row[1], row[2]) for row in connection.execute(query))

    def settle(self, ordinal: int) -> None:
        """See `UseStore.settle`."""
        done = update(USE_PERSON).where(USE_PERSON.c.ordinal == ordinal).values(deletion=None)
        with self.database.write() as connection:
            connection.execute(done)

    def forget(self, ordinal: int, *, below: int, kinds: Sequence[str]) -> None:
        """See `UseStore.forget`."""
        gone = delete(USE_RECORD).where(
            USE_RECORD.c.ordinal == ordinal, USE_RECORD.c.position < below
        )
        with self.database.write() as connection:
            if kinds:
                connection.execute(gone.where(USE_RECORD.c.kind.in_(kinds)))
            else:
                connection.execute(gone)
                connection.execute(delete(USE_PERSON).where(USE_PERSON.c.ordinal == ordinal))

    def ordinals(self, persons: frozenset[PersonKey]) -> tuple[int, ...]:
        """See `UseStore.ordinals`."""
        query = select(USE_PERSON.c.ordinal).where(USE_PERSON.c.person.in_(persons))
        with self.database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def used(self, ordinals: Sequence[int], since: Sequence[int]) -> tuple[UseSum, ...]:
        """See `UseStore.used`."""
        table = USE_RECORD
        by = (table.c.kind, table.c.activity, table.c.recipient, table.c.categories)
        counts = [func.sum(case((table.c.at >= start, 1), else_=0)) for start in since]
        query = (
            select(*by, func.max(table.c.at), *counts)
            .where(
                table.c.ordinal.in_(ordinals),
                table.c.kind.in_(_USES),
                or_(table.c.kind != Kind.DECISION.value, table.c.outcome == _PERMIT),
            )
            .group_by(*by)
        )
        with self.database.read() as connection:
            return tuple(
                UseSum(
                    kind=row[0],
                    activity=row[1],
                    recipient=row[2],
                    categories=None if row[3] is None else _split(row[3]),
                    last=row[4],
                    counts=tuple(row[5:]),
                )
                for row in connection.execute(query)
            )

    def by_activity(self, since: int) -> tuple[ActivitySum, ...]:
        """See `UseStore.by_activity`."""
        table = USE_RECORD
        by = (table.c.activity, table.c.recipient)
        is_decision = table.c.kind == Kind.DECISION.value
        one = case((table.c.outcome == _PERMIT, 1), else_=table.c.permitted)
        counted = func.sum(case((is_decision, one), (table.c.ordinal == 0, table.c.count), else_=1))
        query = (
            select(*by, counted)
            .where(table.c.kind.in_(_USES), table.c.at >= since)
            .group_by(*by)
            .order_by(*by)
        )
        with self.database.read() as connection:
            return tuple(
                ActivitySum(activity=row[0], recipient=row[1], count=int(row[2]))
                for row in connection.execute(query)
            )

    def decided(self, since: int) -> tuple[DecisionSum, ...]:
        """See `UseStore.decided`."""
        table = USE_RECORD
        query = (
            select(table.c.outcome, table.c.rules, func.count())
            .where(table.c.kind == Kind.DECISION.value, table.c.at >= since, table.c.outcome != "")
            .group_by(table.c.outcome, table.c.rules)
            .order_by(func.count().desc(), table.c.outcome, table.c.rules)
        )
        with self.database.read() as connection:
            return tuple(
                DecisionSum(outcome=row[0], rules=_split(row[1]), count=row[2])
                for row in connection.execute(query)
            )

    def decided_for(self, since: int) -> tuple[DecidedFor, ...]:
        """See `UseStore.decided_for`."""
        table = USE_RECORD
        by = (table.c.activity, table.c.outcome, table.c.rules)
        query = (
            select(*by, func.count())
            .where(table.c.kind == Kind.DECISION.value, table.c.at >= since, table.c.outcome != "")
            .group_by(*by)
            .order_by(*by)
        )
        with self.database.read() as connection:
            return tuple(
                DecidedFor(activity=row[0], outcome=row[1], rules=_split(row[2]), count=row[3])
                for row in connection.execute(query)
            )

    def batches(self, since: int, *, kind: str) -> BatchSum:
        """See `UseStore.batches`."""
        table = USE_RECORD
        query = select(func.count(), func.sum(table.c.count), func.sum(table.c.permitted)).where(
            table.c.kind == kind, table.c.at >= since, table.c.ordinal == 0
        )
        with self.database.read() as connection:
            row = connection.execute(query).one()
        return BatchSum(records=row[0], individuals=int(row[1] or 0), permitted=int(row[2] or 0))

    def by_day(self, since: int) -> tuple[tuple[int, str, int], ...]:
        """See `UseStore.by_day`."""
        table = USE_RECORD
        day = (table.c.at + _written(_EAST_US)) // _written(_DAY_US)
        query = (
            select(day, table.c.outcome, func.count())
            .where(table.c.kind == Kind.DECISION.value, table.c.at >= since, table.c.outcome != "")
            .group_by(day, table.c.outcome)
            .order_by(day)
        )
        with self.database.read() as connection:
            return tuple((int(row[0]), row[1], row[2]) for row in connection.execute(query))

    def rows(  # noqa: PLR0913  what a page of rows is narrowed by
        self,
        since: int,
        *,
        kinds: Sequence[str],
        outcome: str = "",
        rule: str = "",
        activity: str = "",
        before: int | None = None,
        limit: int,
    ) -> tuple[UseSeen, ...]:
        """See `UseStore.rows`."""
        table = USE_RECORD
        query = select(table).where(*_narrowed(since, kinds, outcome, rule, activity))
        if before is not None:
            query = query.where(table.c.position < before)
        query = query.order_by(table.c.position.desc()).limit(limit)
        with self.database.read() as connection:
            return tuple(_seen(row) for row in connection.execute(query))

    def count(
        self,
        since: int,
        *,
        kinds: Sequence[str],
        outcome: str = "",
        rule: str = "",
        activity: str = "",
    ) -> int:
        """See `UseStore.count`."""
        query = select(func.count()).where(*_narrowed(since, kinds, outcome, rule, activity))
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def person(self, ordinal: int) -> PersonKey | None:
        """See `UseStore.person`."""
        query = select(USE_PERSON.c.person).where(USE_PERSON.c.ordinal == ordinal)
        with self.database.read() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else PersonKey(found)


def _narrowed(
    since: int, kinds: Sequence[str], outcome: str, rule: str, activity: str
) -> list[ColumnElement[bool]]:
    table = USE_RECORD
    found: list[ColumnElement[bool]] = [table.c.kind.in_(kinds), table.c.at >= since]
    if outcome:
        found.append(table.c.outcome == outcome)
    if rule:
        found.append((" " + table.c.rules + " ").contains(f" {rule} ", autoescape=True))
    if activity:
        found.append(table.c.activity == activity)
    return found


def _columns(row: UseSeen) -> dict[str, object]:
    return {
        "position": row.position,
        "ordinal": row.ordinal,
        "at": row.at,
        "kind": row.kind,
        "activity": row.activity,
        "recipient": row.recipient,
        "item": row.item,
        "register": row.register,
        "outcome": row.outcome,
        "rules": " ".join(row.rules),
        "categories": None if row.categories is None else " ".join(row.categories),
        "consents": " ".join(str(one) for one in row.consents),
        "request": row.request,
        "seen": row.seen,
        "started": row.started,
        "age": row.age,
        "count": row.count,
        "permitted": row.permitted,
    }


def _seen(row: Row[Any]) -> UseSeen:
    return UseSeen(
        position=row.position,
        ordinal=row.ordinal,
        at=row.at,
        kind=row.kind,
        activity=row.activity,
        recipient=row.recipient,
        item=row.item,
        register=row.register,
        outcome=row.outcome,
        rules=_split(row.rules),
        categories=None if row.categories is None else _split(row.categories),
        consents=tuple(int(one) for one in _split(row.consents)),
        request=row.request,
        seen=row.seen,
        started=row.started,
        age=row.age,
        count=row._mapping["count"],  # noqa: SLF001  `row.count` is a method
        permitted=row.permitted,
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _written(number: int) -> ColumnElement[int]:
    """Return a number that stands in the statement, and is no parameter of it.

    PostgreSQL takes `at + $1`, grouped by `at + $2`, for two different things.
    """
    return literal_column(f"{number}", BigInteger)
