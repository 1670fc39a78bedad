"""Requests about rights counted, in SQLite."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from chengnuo.adapters.sqlite.database import Database
from chengnuo.adapters.sqlite.rights_schema import RIGHTS_LINE, RIGHTS_REQUEST
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.rights.machine import FINAL, Stage
from chengnuo.domain.rights.request import RequestId

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
