"""Releases over SQLite: what is known of each, its result and its decision as JSON."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Index, Row, String, Table, Text, select, update
from sqlalchemy.dialects.sqlite import insert

from chengnuo.adapters.sqlite.database import Database
from chengnuo.adapters.sqlite.schema import METADATA
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.governance.release import (
    Release,
    ReleaseDecision,
    ReleaseId,
    ReleaseResult,
    ReleaseState,
)
from chengnuo.domain.register.ids import AppId
from chengnuo.ports.releases import NoSuchReleaseError, ReleaseChangedError

APP_RELEASE = Table(
    "app_release",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("app", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("submitted_by", Text, nullable=False),
    Column("submitted_at", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("error", Text, nullable=False),
    Column("result", Text),
    Column("decision", Text),
    Index("app_release_state", "state", "submitted_at"),
    Index("app_release_app", "app", "state", "changed_at"),
)


class _Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a result is kept; its fields are those of `ReleaseResult`."""

    verdict: GateVerdict
    version_name: str
    version_code: int
    app_id: str
    counts: tuple[tuple[Severity, int], ...]
    report: str
    register: str
    law: str
    knowledge: str
    before: str | None

    def to_domain(self) -> ReleaseResult:
        """Return the value."""
        before = None if self.before is None else ReleaseId(self.before)
        return ReleaseResult(**msgspec.structs.asdict(self) | {"before": before})


class _Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a decision is kept; its fields are those of `ReleaseDecision`."""

    by: str
    at: datetime
    reason: str
    single_person: bool

    def to_domain(self) -> ReleaseDecision:
        """Return the value."""
        return ReleaseDecision(**msgspec.structs.asdict(self))


@dataclass(frozen=True, slots=True)
class SqliteReleases:
    """`ReleaseStore` over SQLite."""

    database: Database

    def add(self, release: Release) -> None:
        """See `ReleaseStore.add`."""
        with self.database.write() as connection:
            connection.execute(insert(APP_RELEASE).values(_values(release)))

    def one(self, release: ReleaseId) -> Release:
        """See `ReleaseStore.one`."""
        query = select(APP_RELEASE).where(APP_RELEASE.c.id == release)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NoSuchReleaseError
        return _release(row)

    def every(self) -> tuple[Release, ...]:
        """See `ReleaseStore.every`."""
        query = select(APP_RELEASE).order_by(APP_RELEASE.c.submitted_at.desc(), APP_RELEASE.c.id)
        with self.database.read() as connection:
            return tuple(map(_release, connection.execute(query)))

    def in_state(self, state: ReleaseState) -> tuple[Release, ...]:
        """See `ReleaseStore.in_state`."""
        query = (
            select(APP_RELEASE)
            .where(APP_RELEASE.c.state == state.value)
            .order_by(APP_RELEASE.c.submitted_at, APP_RELEASE.c.id)
        )
        with self.database.read() as connection:
            return tuple(map(_release, connection.execute(query)))

    def last_signed_off(self, app: AppId) -> Release | None:
        """See `ReleaseStore.last_signed_off`."""
        query = (
            select(APP_RELEASE)
            .where(APP_RELEASE.c.app == app, APP_RELEASE.c.state == ReleaseState.SIGNED_OFF.value)
            .order_by(APP_RELEASE.c.changed_at.desc(), APP_RELEASE.c.id)
            .limit(1)
        )
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _release(row)

    def change(self, release: Release, *, was: ReleaseState) -> None:
        """See `ReleaseStore.change`."""
        changed = (
            update(APP_RELEASE)
            .where(APP_RELEASE.c.id == release.id, APP_RELEASE.c.state == was.value)
            .values(_values(release))
        )
        with self.database.write() as connection:
            if connection.execute(changed).rowcount != 1:
                raise ReleaseChangedError


def _values(release: Release) -> dict[str, str | int | None]:
    return {
        "id": release.id,
        "app": release.app,
        "file_name": release.file_name,
        "sha256": release.sha256,
        "size": release.size,
        "submitted_by": release.submitted_by,
        "submitted_at": to_us(release.submitted_at),
        "state": release.state.value,
        "changed_at": to_us(release.changed_at),
        "error": release.error,
        "result": _json(release.result),
        "decision": _json(release.decision),
    }


def _json(value: ReleaseResult | ReleaseDecision | None) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _release(row: Row[Any]) -> Release:
    result = None if row.result is None else msgspec.json.decode(row.result, type=_Result)
    decision = None if row.decision is None else msgspec.json.decode(row.decision, type=_Decision)
    return Release(
        id=ReleaseId(row.id),
        app=AppId(row.app),
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        submitted_by=row.submitted_by,
        submitted_at=from_us(row.submitted_at),
        state=ReleaseState(row.state),
        changed_at=from_us(row.changed_at),
        error=row.error,
        result=None if result is None else result.to_domain(),
        decision=None if decision is None else decision.to_domain(),
    )
