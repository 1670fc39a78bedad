"""Requests about rights in SQLite: cases, timelines, leases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, update

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.rights_codec import (
    case_bytes,
    case_of,
    day_of,
    secret_bytes,
    secret_of,
)
from chengnuo.adapters.sql.rights_schema import RIGHTS_LINE, RIGHTS_REQUEST
from chengnuo.adapters.sql.schema import from_us_or_none
from chengnuo.adapters.sql.spoken import Member
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.rights.machine import FINAL, Event, Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case, CaseMovedError, Line, Secret
from chengnuo.ports.secrets import Sealer

_T = RIGHTS_REQUEST.c


@dataclass(frozen=True, slots=True)
class SqlRights:
    """`RightsStore` over SQLite."""

    database: Database
    sealer: Sealer

    def add(self, case: Case, secret: Secret, line: Line) -> None:
        """See `RightsStore.add`."""
        sealed = self.sealer.seal(secret_bytes(secret), context=case.request.id)
        with self.database.write() as connection:
            connection.execute(
                insert(RIGHTS_REQUEST).values(
                    id=case.request.id,
                    person=case.request.person,
                    received=to_us(case.request.received),
                    sealed=sealed,
                    fence=0,
                    lease_owner="",
                    lease_until=0,
                    **_columns(case),
                )
            )
            connection.execute(insert(RIGHTS_LINE).values(_line_columns(case.request.id, line)))

    def change(
        self, case: Case, line: Line | None, *, before: int, fence: int | None = None
    ) -> None:
        """See `RightsStore.change`."""
        values = _columns(case)
        if case.stage.is_final:
            values |= {"sealed": None}
        changed = update(RIGHTS_REQUEST).where(_T.id == case.request.id, _T.number == before)
        if fence is not None:
            changed = changed.where(_T.fence == fence)
        with self.database.write() as connection:
            if connection.execute(changed.values(**values)).rowcount != 1:
                raise CaseMovedError
            if line is not None:
                connection.execute(insert(RIGHTS_LINE).values(_line_columns(case.request.id, line)))

    def case(self, request: RequestId) -> Case | None:
        """See `RightsStore.case`."""
        with self.database.read() as connection:
            row = connection.execute(select(RIGHTS_REQUEST).where(_T.id == request)).one_or_none()
        return None if row is None else _case(row)

    def secret(self, request: RequestId) -> Secret | None:
        """See `RightsStore.secret`."""
        with self.database.read() as connection:
            sealed = connection.execute(select(_T.sealed).where(_T.id == request)).scalar()
        if sealed is None:
            return None
        return secret_of(self.sealer.unseal(sealed, context=request))

    def of(
        self,
        persons: Sequence[PersonKey],
        *,
        limit: int | None = None,
        skip: int = 0,
        open_only: bool = False,
    ) -> tuple[Case, ...]:
        """See `RightsStore.of`."""
        query = select(RIGHTS_REQUEST).where(_T.person.in_(persons))
        if open_only:
            query = query.where(_T.stage.not_in([one.value for one in FINAL]))
            query = query.order_by(_T.due_on, _T.received, _T.id)
        else:
            query = query.order_by(_T.received.desc(), _T.id)
        with self.database.read() as connection:
            rows = connection.execute(query.limit(limit).offset(skip))
            return tuple(_case(row) for row in rows)

    def count_of(self, persons: Sequence[PersonKey]) -> int:
        """See `RightsStore.count_of`."""
        query = select(func.count()).where(_T.person.in_(persons))
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def queue(  # noqa: PLR0913  which, and which part of them
        self,
        stages: Sequence[Stage],
        *,
        due_before: date | None,
        limit: int,
        skip: int = 0,
        right: str = "",
        by: str = "",
    ) -> tuple[Case, ...]:
        """See `RightsStore.queue`."""
        query = select(RIGHTS_REQUEST).where(*_wanted(stages, due_before, right, by))
        query = query.order_by(_T.due_on, _T.received, _T.id).limit(limit).offset(skip)
        with self.database.read() as connection:
            return tuple(_case(row) for row in connection.execute(query))

    def count(
        self,
        stages: Sequence[Stage],
        *,
        due_before: date | None,
        right: str = "",
        by: str = "",
    ) -> int:
        """See `RightsStore.count`."""
        query = select(func.count()).where(*_wanted(stages, due_before, right, by))
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def to_work_on(self, at: datetime, *, limit: int) -> tuple[RequestId, ...]:
        """See `RightsStore.to_work_on`."""
        now = to_us(at)
        query = (
            select(_T.id)
            .where(_T.next_at <= now, or_(_T.lease_owner == "", _T.lease_until <= now))
            .order_by(_T.next_at, _T.received)
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(RequestId(one) for one in connection.execute(query).scalars())

    def lease(self, request: RequestId, owner: str, *, at: datetime, until: datetime) -> int | None:
        """See `RightsStore.lease`."""
        taken = (
            update(RIGHTS_REQUEST)
            .where(_T.id == request, or_(_T.lease_owner == "", _T.lease_until <= to_us(at)))
            .values(fence=_T.fence + 1, lease_owner=owner, lease_until=to_us(until))
            .returning(_T.fence)
        )
        with self.database.write() as connection:
            return connection.execute(taken).scalar()

    def beat(self, request: RequestId, fence: int, until: datetime) -> None:
        """See `RightsStore.beat`."""
        kept = (
            update(RIGHTS_REQUEST)
            .where(_T.id == request, _T.fence == fence, _T.lease_owner != "")
            .values(lease_until=to_us(until))
        )
        with self.database.write() as connection:
            if connection.execute(kept).rowcount != 1:
                raise CaseMovedError

    def let_go(self, request: RequestId, fence: int) -> None:
        """See `RightsStore.let_go`."""
        gone = (
            update(RIGHTS_REQUEST)
            .where(_T.id == request, _T.fence == fence)
            .values(lease_owner="", lease_until=0)
        )
        with self.database.write() as connection:
            connection.execute(gone)

    def lines(self, request: RequestId) -> tuple[Line, ...]:
        """See `RightsStore.lines`."""
        query = (
            select(RIGHTS_LINE)
            .where(RIGHTS_LINE.c.request == request)
            .order_by(RIGHTS_LINE.c.number)
        )
        with self.database.read() as connection:
            return tuple(
                Line(
                    number=row.number,
                    at=from_us(row.at),
                    event=None if row.event is None else Event(row.event),
                    stage=Stage(row.stage),
                    by=row.by,
                    note=row.note,
                    position=row.position,
                )
                for row in connection.execute(query)
            )

    def unrecorded(self) -> tuple[RequestId, ...]:
        """See `RightsStore.unrecorded`."""
        query = select(RIGHTS_LINE.c.request).where(RIGHTS_LINE.c.position.is_(None)).distinct()
        with self.database.read() as connection:
            return tuple(RequestId(one) for one in connection.execute(query).scalars())

    def recorded(self, request: RequestId, number: int, position: int) -> None:
        """See `RightsStore.recorded`."""
        with self.database.write() as connection:
            connection.execute(
                update(RIGHTS_LINE)
                .where(RIGHTS_LINE.c.request == request, RIGHTS_LINE.c.number == number)
                .values(position=position)
            )


def _wanted(
    stages: Sequence[Stage], due_before: date | None, right: str, by: str
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_T.stage.in_([stage.value for stage in stages])]
    if due_before is not None:
        found.append(_T.due_on < due_before.isoformat())
    for name, value in (("right", right), ("by", by)):
        if value:
            said = Member(_T.body, name)
            found.append(said == value)
    return found


def _columns(case: Case) -> dict[str, object]:
    return {
        "stage": case.stage.value,
        "number": case.number,
        "due_on": case.due_on.isoformat(),
        "next_at": None if case.next_at is None else to_us(case.next_at),
        "body": case_bytes(case),
    }


def _case(row: Row[Any]) -> Case:
    return case_of(
        row.body,
        stage=Stage(row.stage),
        number=row.number,
        due_on=day_of(row.due_on),
        next_at=from_us_or_none(row.next_at),
        fence=row.fence,
    )


def _line_columns(request: RequestId, line: Line) -> dict[str, object]:
    return {
        "request": request,
        "number": line.number,
        "at": to_us(line.at),
        "event": None if line.event is None else line.event.value,
        "stage": line.stage.value,
        "by": line.by,
        "note": line.note,
        "position": line.position,
    }
