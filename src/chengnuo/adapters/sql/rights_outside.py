"""What others are told and what is done by hand, who must not come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.rights_codec import outside_bytes, outside_of
from chengnuo.adapters.sql.rights_schema import (
    CALLBACK_ID,
    RIGHTS_NOTICE,
    RIGHTS_REQUEST,
    RIGHTS_SUPPRESSION,
    RIGHTS_TASK,
)
from chengnuo.adapters.sql.schema import from_us_or_none
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.text import Text
from chengnuo.domain.rights.machine import FINAL
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Suppressed
from chengnuo.ports.rights_outside import NoticeKept, OutsideState, TaskKept, TaskKind

_AT_ONCE = 500
_IS_OF_PARTIES = RIGHTS_NOTICE.c.id.not_like(f"{CALLBACK_ID}%")
"""Not of an agent that is told of a status; see `rights_callbacks`."""


@dataclass(frozen=True, slots=True)
class SqlOutside:
    """`OutsideStore` over SQLite."""

    database: Database

    def put(self, notices: Sequence[NoticeKept], tasks: Sequence[TaskKept]) -> None:
        """See `OutsideStore.put`."""
        with self.database.write() as connection:
            for notice in notices:
                connection.execute(
                    insert(RIGHTS_NOTICE)
                    .values(
                        id=notice.id,
                        request=notice.request,
                        outside=outside_bytes(notice.outside),
                        **_state(notice),
                    )
                    .on_conflict_do_nothing()
                )
            for task in tasks:
                connection.execute(
                    insert(RIGHTS_TASK)
                    .values(
                        id=task.id,
                        request=task.request,
                        kind=task.kind.value,
                        store=task.store,
                        what_zh=task.what.zh,
                        what_en=task.what.en,
                        since=to_us(task.since),
                        **_done(task),
                    )
                    .on_conflict_do_nothing()
                )

    def notices(self, request: RequestId) -> tuple[NoticeKept, ...]:
        """See `OutsideStore.notices`."""
        query = (
            select(RIGHTS_NOTICE)
            .where(RIGHTS_NOTICE.c.request == request, _IS_OF_PARTIES)
            .order_by(RIGHTS_NOTICE.c.id)
        )
        with self.database.read() as connection:
            return tuple(_notice(row) for row in connection.execute(query))

    def notices_due(self, at: datetime, *, limit: int) -> tuple[NoticeKept, ...]:
        """See `OutsideStore.notices_due`."""
        query = (
            select(RIGHTS_NOTICE)
            .where(RIGHTS_NOTICE.c.next_at <= to_us(at), _IS_OF_PARTIES)
            .order_by(RIGHTS_NOTICE.c.next_at)
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(_notice(row) for row in connection.execute(query))

    def notice(self, notice: str) -> NoticeKept | None:
        """See `OutsideStore.notice`."""
        query = select(RIGHTS_NOTICE).where(RIGHTS_NOTICE.c.id == notice, _IS_OF_PARTIES)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _notice(row)

    def set_notice(self, notice: NoticeKept, *, attempts: int) -> bool:
        """See `OutsideStore.set_notice`."""
        changed = (
            update(RIGHTS_NOTICE)
            .where(
                RIGHTS_NOTICE.c.id == notice.id,
                RIGHTS_NOTICE.c.attempts == attempts,
                RIGHTS_NOTICE.c.state != OutsideState.ACKNOWLEDGED.value,
            )
            .values(**_state(notice))
        )
        with self.database.write() as connection:
            return connection.execute(changed).rowcount == 1

    def tasks(self, request: RequestId | None, *, open_only: bool) -> tuple[TaskKept, ...]:
        """See `OutsideStore.tasks`."""
        query = select(RIGHTS_TASK).order_by(RIGHTS_TASK.c.since, RIGHTS_TASK.c.id)
        if request is not None:
            query = query.where(RIGHTS_TASK.c.request == request)
        if open_only:
            closed = select(RIGHTS_REQUEST.c.id).where(RIGHTS_REQUEST.c.stage.in_(FINAL))
            query = query.where(
                RIGHTS_TASK.c.done_at.is_(None), RIGHTS_TASK.c.request.not_in(closed)
            )
        with self.database.read() as connection:
            return tuple(_task(row) for row in connection.execute(query))

    def task(self, task: str) -> TaskKept | None:
        """See `OutsideStore.task`."""
        query = select(RIGHTS_TASK).where(RIGHTS_TASK.c.id == task)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _task(row)

    def set_task(self, task: TaskKept) -> bool:
        """See `OutsideStore.set_task`."""
        changed = (
            update(RIGHTS_TASK)
            .where(RIGHTS_TASK.c.id == task.id, RIGHTS_TASK.c.done_at.is_(None))
            .values(**_done(task))
        )
        with self.database.write() as connection:
            return connection.execute(changed).rowcount == 1


@dataclass(frozen=True, slots=True)
class SqlSuppressions:
    """`SuppressionStore` over SQLite."""

    database: Database

    def suppress(self, one: Suppressed) -> None:
        """See `SuppressionStore.suppress`."""
        with self.database.write() as connection:
            connection.execute(
                insert(RIGHTS_SUPPRESSION)
                .values(person=one.person, since=to_us(one.since), request=one.request)
                .on_conflict_do_nothing()
            )

    def entry(self, person: PersonKey) -> Suppressed | None:
        """See `SuppressionStore.entry`."""
        query = select(RIGHTS_SUPPRESSION).where(RIGHTS_SUPPRESSION.c.person == person)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return _suppressed(row)

    def every(self) -> tuple[Suppressed, ...]:
        """See `SuppressionStore.every`."""
        query = select(RIGHTS_SUPPRESSION).order_by(RIGHTS_SUPPRESSION.c.person)
        with self.database.read() as connection:
            return tuple(map(_suppressed, connection.execute(query)))

    def suppressed(self, persons: Sequence[PersonKey]) -> frozenset[PersonKey]:
        """See `SuppressionStore.suppressed`."""
        found: set[PersonKey] = set()
        with self.database.read() as connection:
            for start in range(0, len(persons), _AT_ONCE):
                some = persons[start : start + _AT_ONCE]
                query = select(RIGHTS_SUPPRESSION.c.person).where(
                    RIGHTS_SUPPRESSION.c.person.in_(some)
                )
                found |= {PersonKey(one) for one in connection.execute(query).scalars()}
        return frozenset(found)

    def lift(self, person: PersonKey) -> bool:
        """See `SuppressionStore.lift`."""
        gone = delete(RIGHTS_SUPPRESSION).where(RIGHTS_SUPPRESSION.c.person == person)
        with self.database.write() as connection:
            return connection.execute(gone).rowcount == 1

    def count(self) -> int:
        """See `SuppressionStore.count`."""
        with self.database.read() as connection:
            query = select(func.count()).select_from(RIGHTS_SUPPRESSION)
            return connection.execute(query).scalar() or 0


def _suppressed(row: Row[Any]) -> Suppressed:
    return Suppressed(
        person=PersonKey(row.person), since=from_us(row.since), request=RequestId(row.request)
    )


def _state(notice: NoticeKept) -> dict[str, object]:
    return {
        "state": notice.state.value,
        "attempts": notice.attempts,
        "next_at": None if notice.next_at is None else to_us(notice.next_at),
    }


def _done(task: TaskKept) -> dict[str, object]:
    return {
        "done_by": task.done_by,
        "done_at": None if task.done_at is None else to_us(task.done_at),
        "note": task.note,
    }


def _notice(row: Row[Any]) -> NoticeKept:
    return NoticeKept(
        id=row.id,
        request=RequestId(row.request),
        outside=outside_of(row.outside),
        state=OutsideState(row.state),
        attempts=row.attempts,
        next_at=from_us_or_none(row.next_at),
    )


def _task(row: Row[Any]) -> TaskKept:
    return TaskKept(
        id=row.id,
        request=RequestId(row.request),
        kind=TaskKind(row.kind),
        store=row.store,
        what=Text(row.what_zh, row.what_en),
        since=from_us(row.since),
        done_by=row.done_by,
        done_at=from_us_or_none(row.done_at),
        note=row.note,
    )
