"""Runs of controls over SQLite: a row for each record, the newest of each control beside them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Index, Row, String, Table, Text, func, select
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.base.digest import Digest
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.shapes import ready
from chengnuo.base.text import Text as Words
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.control_run import KeptRun, KeptStatus
from chengnuo.domain.finding.live import Fault, LiveOutcome
from chengnuo.law.ids import DutyId

CONTROL_RUN = Table(
    "control_run",
    METADATA,
    Column("position", BigInteger, primary_key=True),
    Column("control", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("looked_at", BigInteger, nullable=False),
    Column("wrong", BigInteger, nullable=False),
    Column("why", Text),
    Column("digest", String(64), nullable=False),
    Column("register", Text, nullable=False),
    Column("faults", Text, nullable=False),
    Column("newest", Text, nullable=False),
    Index("control_run_at", "at"),
)
CONTROL_NEWEST = Table(
    "control_newest",
    METADATA,
    Column("control", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
BOARD_STATUS = Table(
    "board_status",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("duty", Text, primary_key=True),
    Column("status", String(16), nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("board_status_position", "position"),
)
_R, _N, _S = CONTROL_RUN.c, CONTROL_NEWEST.c, BOARD_STATUS.c
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SqlControlRuns:
    """`ControlRunStore` over SQLite."""

    database: Database

    def latest(self) -> Mapping[str, KeptRun]:
        """See `ControlRuns.latest`."""
        query = (
            select(CONTROL_RUN)
            .join(CONTROL_NEWEST, _N.position == _R.position)
            .order_by(_R.position)
        )
        with self.database.read() as connection:
            return {row.control: _run(row) for row in connection.execute(query)}

    def between(self, start: datetime, end: datetime) -> Iterator[KeptRun]:
        """See `ControlRuns.between`; reads in parts, so that a year of runs is not held at once."""
        after = -1
        while True:
            query = (
                select(CONTROL_RUN)
                .where(_R.at >= to_us(start), _R.at < to_us(end), _R.position > after)
                .order_by(_R.position)
                .limit(_AT_ONCE)
            )
            with self.database.read() as connection:
                rows = connection.execute(query).all()
            yield from map(_run, rows)
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1].position

    def newest(self, controls: Collection[str], limit: int) -> Sequence[KeptRun]:
        """See `ControlRuns.newest`."""
        query = (
            select(CONTROL_RUN)
            .where(_R.control.in_(sorted(controls)))
            .order_by(_R.position.desc())
            .limit(limit)
        )
        with self.database.read() as connection:
            return [_run(row) for row in connection.execute(query)]

    def statuses(self, start: date, end: date, duty: str = "") -> Iterator[KeptStatus]:
        """See `ControlRuns.statuses`."""
        query = (
            select(BOARD_STATUS)
            .where(_S.day >= start.isoformat(), _S.day <= end.isoformat())
            .order_by(_S.day, _S.duty)
        )
        if duty:
            query = query.where(_S.duty == duty)
        with self.database.read() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            yield KeptStatus(
                day=date.fromisoformat(row.day),
                duty=DutyId(row.duty),
                status=RowStatus(row.status),
                position=row.position,
            )

    def keep(self, runs: Sequence[KeptRun], statuses: Sequence[KeptStatus] = ()) -> None:
        """See `ControlRunStore.keep`."""
        with self.database.write() as connection:
            for one in runs:
                connection.execute(insert(CONTROL_RUN).values(_row(one)).on_conflict_do_nothing())
                newest = insert(CONTROL_NEWEST).values(control=one.control, position=one.position)
                connection.execute(
                    newest.on_conflict_do_update(
                        index_elements=[_N.control],
                        set_={"position": newest.excluded.position},
                        where=_N.position < newest.excluded.position,
                    )
                )
            for status in statuses:
                line = insert(BOARD_STATUS).values(
                    day=status.day.isoformat(),
                    duty=status.duty,
                    status=status.status.value,
                    position=status.position,
                )
                connection.execute(
                    line.on_conflict_do_update(
                        index_elements=[_S.day, _S.duty],
                        set_={"status": line.excluded.status, "position": line.excluded.position},
                        where=_S.position < line.excluded.position,
                    )
                )

    def reached(self) -> int:
        """See `ControlRunStore.reached`."""
        with self.database.read() as connection:
            found = (
                connection.execute(select(func.max(_R.position))).scalar(),
                connection.execute(select(func.max(_S.position))).scalar(),
            )
        return max((one for one in found if one is not None), default=-1)


def _row(one: KeptRun) -> dict[str, str | int | None]:
    return {
        "position": one.position,
        "control": one.control,
        "at": to_us(one.at),
        "outcome": one.outcome.value,
        "looked_at": one.looked_at,
        "wrong": one.wrong,
        "why": None if one.why is None else msgspec.json.encode(one.why).decode(),
        "digest": one.digest,
        "register": one.register,
        "faults": msgspec.json.encode(one.faults).decode(),
        "newest": one.newest,
    }


def _run(row: Row[Any]) -> KeptRun:
    return KeptRun(
        control=row.control,
        at=from_us(row.at),
        looked_at=row.looked_at,
        wrong=row.wrong,
        outcome=LiveOutcome(row.outcome),
        why=None if row.why is None else msgspec.json.decode(row.why, type=ready(Words)),
        position=row.position,
        digest=Digest(row.digest),
        register=row.register,
        faults=msgspec.json.decode(row.faults, type=ready(tuple[Fault, ...])),
        newest=row.newest,
    )
