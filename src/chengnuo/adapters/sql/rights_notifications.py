"""Notifications that wait and how requests looked, in SQLite.

What a notification says is erased with its delivery. Its id stays for thirty days, so that it is
not made anew: a reminder follows from the queue as it is, also after a start.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.rights_schema import (
    RIGHTS_LOOK,
    RIGHTS_NOTIFICATION,
    RIGHTS_REQUEST,
)
from chengnuo.base.instant import to_us
from chengnuo.base.shapes import ready
from chengnuo.domain.rights.machine import FINAL, Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.accounts import Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.notifications import Look, Looked, NotificationFigures, Waiting
from chengnuo.ports.notifying import Notable, Notification, notification_id

_ID_KEPT = timedelta(days=30)
_N, _L = RIGHTS_NOTIFICATION.c, RIGHTS_LOOK.c


class _Look(msgspec.Struct, frozen=True):
    is_extended: bool
    has_files: bool
    tasks: tuple[str, ...]


class _Told(msgspec.Struct, frozen=True):
    to: str
    event: Notable
    request: str
    due: date | None
    days_left: int | None
    person: str
    occasion: int | None


@dataclass(frozen=True, slots=True)
class SqlNotifications:
    """`NotificationStore` over SQLite."""

    database: Database

    def looked(self, request: RequestId) -> Looked | None:
        """See `NotificationStore.looked`."""
        query = select(_L.stage, _L.body).where(_L.request == request)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.body is None:
            return Looked(None)
        said = msgspec.json.decode(row.body, type=ready(_Look))
        return Looked(
            Look(
                stage=Stage(row.stage),
                is_extended=said.is_extended,
                has_files=said.has_files,
                tasks=frozenset(said.tasks),
            )
        )

    def unsettled(self) -> frozenset[RequestId]:
        """See `NotificationStore.unsettled`."""
        ended = [stage.value for stage in FINAL]
        looked = select(_L.request).where(_L.stage.not_in(ended))
        never = (
            select(RIGHTS_REQUEST.c.id)
            .outerjoin(RIGHTS_LOOK, _L.request == RIGHTS_REQUEST.c.id)
            .where(_L.request.is_(None))
        )
        with self.database.read() as connection:
            found = connection.execute(looked.union(never)).scalars()
            return frozenset(RequestId(one) for one in found)

    def keep(
        self, request: RequestId, look: Look, told: Sequence[Notification], at: datetime
    ) -> None:
        """See `NotificationStore.keep`."""
        said = _Look(look.is_extended, look.has_files, tuple(sorted(look.tasks)))
        values = {"stage": look.stage.value, "body": msgspec.json.encode(said)}
        kept = insert(RIGHTS_LOOK).values(request=request, **values)
        with self.database.write() as connection:
            connection.execute(kept.on_conflict_do_update(index_elements=["request"], set_=values))
            _add(connection, told, at)

    def forget(self, request: RequestId) -> None:
        """See `NotificationStore.forget`."""
        with self.database.write() as connection:
            connection.execute(delete(RIGHTS_LOOK).where(_L.request == request))

    def put(self, told: Sequence[Notification], at: datetime) -> None:
        """See `NotificationStore.put`."""
        with self.database.write() as connection:
            _add(connection, told, at)

    def due(self, at: datetime, *, limit: int) -> tuple[Waiting, ...]:
        """See `NotificationStore.due`."""
        query = (
            select(_N.id, _N.body, _N.attempts)
            .where(_N.next_at <= to_us(at))
            .order_by(_N.next_at, _N.at)
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(
                Waiting(id=row.id, notification=_notification(row.body), attempts=row.attempts)
                for row in connection.execute(query)
            )

    def begin(self, waiting: Waiting, next_at: datetime) -> bool:
        """See `NotificationStore.begin`."""
        counted = (
            update(RIGHTS_NOTIFICATION)
            .where(_N.id == waiting.id, _N.attempts == waiting.attempts, _N.next_at.is_not(None))
            .values(attempts=waiting.attempts + 1, next_at=to_us(next_at))
        )
        with self.database.write() as connection:
            return connection.execute(counted).rowcount == 1

    def settle(self, notification: str, *, lost: bool) -> None:
        """See `NotificationStore.settle`."""
        erased = (
            update(RIGHTS_NOTIFICATION)
            .where(_N.id == notification)
            .values(body=None, next_at=None, lost=int(lost))
        )
        with self.database.write() as connection:
            connection.execute(erased)

    def figures(self) -> NotificationFigures:
        """See `NotificationStore.figures`."""
        query = select(func.count(_N.next_at), func.coalesce(func.sum(_N.lost), 0))
        with self.database.read() as connection:
            waiting, lost = connection.execute(query).one()
        return NotificationFigures(waiting=waiting, lost=lost)


def _add(connection: Connection, told: Sequence[Notification], at: datetime) -> None:
    now = to_us(at)
    over = _N.next_at.is_(None) & (_N.at < to_us(at - _ID_KEPT))
    connection.execute(delete(RIGHTS_NOTIFICATION).where(over))
    for one in told:
        said = _Told(
            to=one.to or "",
            event=one.event,
            request=one.request,
            due=one.due,
            days_left=one.days_left,
            person=one.person or "",
            occasion=one.occasion,
        )
        connection.execute(
            insert(RIGHTS_NOTIFICATION)
            .values(
                id=notification_id(one),
                body=msgspec.json.encode(said),
                attempts=0,
                at=now,
                next_at=now,
                lost=0,
            )
            .on_conflict_do_nothing()
        )


def _notification(body: bytes) -> Notification:
    said = msgspec.json.decode(body, type=ready(_Told))
    return Notification(
        to=Role(said.to) if said.to else None,
        event=said.event,
        request=RequestId(said.request),
        due=said.due,
        days_left=said.days_left,
        person=PersonKey(said.person) if said.person else None,
        occasion=said.occasion,
    )
