"""Requests about rights counted, in SQLite."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select, union_all

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.rights_schema import (
    RIGHTS_LINE,
    RIGHTS_NOTICE,
    RIGHTS_REQUEST,
    RIGHTS_TASK,
)
from chengnuo.adapters.sql.spoken import Member
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.rights.machine import FINAL, Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_figures import Told
from chengnuo.ports.rights_outside import OutsideState, TaskKind

_OPEN = sorted(stage.value for stage in Stage if stage not in FINAL)
_ENDED = sorted(stage.value for stage in FINAL - {Stage.TAKEN_BACK})


@dataclass(frozen=True, slots=True)
class SqlRightsFigures:
    """`RightsFiguresStore` over SQLite."""

    database: Database

    def closed_since(self, at: datetime, *, limit: int) -> tuple[tuple[RequestId, datetime], ...]:
        """See `RightsFiguresStore.closed_since`."""
        request, line = RIGHTS_REQUEST.c, RIGHTS_LINE.c
        newest = and_(line.request == request.id, line.number == request.number)
        query = (
            select(request.id, line.at)
            .join(RIGHTS_LINE, newest)
            .where(request.stage.in_(_ENDED), line.at >= to_us(at))
            .order_by(line.at.desc(), request.id)
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(
                (RequestId(one), from_us(ended)) for one, ended in connection.execute(query)
            )

    def told(self, before: datetime, *, limit: int) -> Told:
        """See `RightsFiguresStore.told`."""
        notice, task = RIGHTS_NOTICE.c, RIGHTS_TASK.c
        of_recipient = task.kind == TaskKind.RECIPIENT.value
        silent = select(notice.request).where(notice.state == OutsideState.GIVEN_UP.value)
        undone = select(task.request).where(
            of_recipient, task.done_at.is_(None), task.since <= to_us(before)
        )
        both = union_all(silent, undone).subquery()
        late = select(both.c.request).order_by(both.c.request.desc()).limit(limit)
        counts = (
            select(func.count()).select_from(RIGHTS_NOTICE),
            select(func.count()).select_from(RIGHTS_TASK).where(of_recipient),
        )
        with self.database.read() as connection:
            return Told(
                sum(connection.scalar(one) or 0 for one in counts),
                tuple(RequestId(one) for one in connection.scalars(late)),
            )

    def open_by_due(self) -> tuple[tuple[date, int], ...]:
        """See `RightsFiguresStore.open_by_due`."""
        request = RIGHTS_REQUEST.c
        query = (
            select(request.due_on, func.count())
            .where(request.stage.in_(_OPEN))
            .group_by(request.due_on)
            .order_by(request.due_on)
        )
        with self.database.read() as connection:
            return tuple(
                (date.fromisoformat(due), count) for due, count in connection.execute(query)
            )

    def asked_again(
        self, requests: Sequence[RequestId], *, limit: int
    ) -> tuple[tuple[RequestId, PersonKey, str, int], ...]:
        """See `RightsFiguresStore.asked_again`."""
        request = RIGHTS_REQUEST.c
        is_open = request.stage.in_(_OPEN)
        right = Member(request.body, "right").label("right")
        wanted = select(request.id, request.person, right).where(is_open, request.id.in_(requests))
        with self.database.read() as connection:
            found = [tuple(row) for row in connection.execute(wanted)]
            counts: dict[tuple[str, str], int] = {}
            for person in {person for _, person, _ in found}:
                some = select(right).where(is_open, request.person == person).limit(limit)
                each = some.subquery().c.right
                for asked, count in connection.execute(select(each, func.count()).group_by(each)):
                    counts[person, asked] = count
        return tuple(
            (RequestId(one), PersonKey(person), asked, counts.get((person, asked), 1))
            for one, person, asked in found
        )
