"""Releases over SQLite: what is known of each, its result and its decision as JSON."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Index, Row, String, Table, Text, select

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.adapters.sql.submitted import SubmittedRows, as_json, columns, fields
from chengnuo.base.shapes import ready
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
from chengnuo.ports.releases import NoSuchReleaseError

APP_RELEASE = Table(
    "app_release",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("app", Text, nullable=False),
    *columns(),
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
class SqlReleases:
    """`ReleaseStore` over SQLite."""

    database: Database

    def add(self, release: Release) -> None:
        """See `ReleaseStore.add`."""
        _ROWS.add(self.database, release)

    def one(self, release: ReleaseId) -> Release:
        """See `ReleaseStore.one`."""
        found = _ROWS.found(self.database, release)
        if found is None:
            raise NoSuchReleaseError
        return found

    def every(self) -> tuple[Release, ...]:
        """See `ReleaseStore.every`."""
        return _ROWS.every(self.database)

    def in_state(self, state: ReleaseState) -> tuple[Release, ...]:
        """See `ReleaseStore.in_state`."""
        return _ROWS.in_state(self.database, state)

    def last_signed_off(self, app: AppId) -> Release | None:
        """See `ReleaseStore.last_signed_off`."""
        query = (
            select(APP_RELEASE)
            .where(APP_RELEASE.c.app == app, APP_RELEASE.c.state == ReleaseState.SIGNED_OFF.value)
            .order_by(APP_RELEASE.c.changed_at.desc(), APP_RELEASE.c.id)
            .limit(1)
        )
        return next(iter(_ROWS.rows(self.database, query)), None)

    def change(self, release: Release, *, was: ReleaseState) -> None:
        """See `ReleaseStore.change`."""
        _ROWS.change(self.database, release, was=was)


def _more(release: Release) -> dict[str, str | int | None]:
    return {
        "app": release.app,
        "result": as_json(release.result),
        "decision": as_json(release.decision),
    }


def _release(row: Row[Any]) -> Release:
    result = None if row.result is None else msgspec.json.decode(row.result, type=ready(_Result))
    decision = (
        None if row.decision is None else msgspec.json.decode(row.decision, type=ready(_Decision))
    )
    return Release(
        id=ReleaseId(row.id),
        app=AppId(row.app),
        result=None if result is None else result.to_domain(),
        decision=None if decision is None else decision.to_domain(),
        **fields(row),
    )


_ROWS = SubmittedRows(table=APP_RELEASE, read=_release, more=_more)
