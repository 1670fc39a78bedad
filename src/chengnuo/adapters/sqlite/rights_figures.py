"""Requests about rights counted, in SQLite."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select, union_all

from chengnuo.adapters.sqlite.database import Database
from chengnuo.adapters.sqlite.rights_schema import (
    RIGHTS_LINE,
    RIGHTS_NOTICE,
    RIGHTS_REQUEST,
    RIGHTS_TASK,
)
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.rights.machine import FINAL, Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.rights_figures import Told
from chengnuo.ports.rights_outside import OutsideState, TaskKind

_ENDED = sorted(stage.value for stage in FINAL - {Stage.TAKEN_BACK})


@dataclass(frozen=True, slots=True)
class SqliteRightsFigures:
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
