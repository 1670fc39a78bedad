"""Vettings of kits over SQLite: what is known of each, its result and its ruling as JSON."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Index, Row, String, Table, Text

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.adapters.sql.submitted import SubmittedRows, as_json, columns, fields
from chengnuo.base.shapes import ready
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.governance.kit_vetting import (
    KitAsk,
    KitResult,
    KitRuling,
    KitVetting,
    KitVettingId,
)
from chengnuo.domain.governance.release import ReleaseState
from chengnuo.ports.kit_vettings import NoSuchKitVettingError

KIT_VETTING = Table(
    "kit_vetting",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("asks", String(16), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("version", Text, nullable=False),
    *columns(),
    Column("ruling", Text),
    Column("withdraws", String(16)),
    Column("why", Text, nullable=False),
    Index("kit_vetting_state", "state", "submitted_at"),
)


class _Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a result is kept; its fields are those of `KitResult`."""

    verdict: GateVerdict
    recipient: str
    sdks: tuple[str, ...]
    version: str
    counts: tuple[tuple[Severity, int], ...]
    undeclared: int
    report: str
    register: str
    law: str
    knowledge: str


class _Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a ruling is kept; its fields are those of `KitRuling`."""

    by: str
    at: datetime
    words: str
    single_person: bool
    expires: date | None


@dataclass(frozen=True, slots=True)
class SqlKitVettings:
    """`KitStore` over SQLite."""

    database: Database

    def add(self, kit: KitVetting) -> None:
        """See `KitStore.add`."""
        _ROWS.add(self.database, kit)

    def one(self, kit: KitVettingId) -> KitVetting:
        """See `KitStore.one`."""
        found = _ROWS.found(self.database, kit)
        if found is None:
            raise NoSuchKitVettingError
        return found

    def every(self) -> tuple[KitVetting, ...]:
        """See `KitStore.every`."""
        return _ROWS.every(self.database)

    def in_state(self, state: ReleaseState) -> tuple[KitVetting, ...]:
        """See `KitStore.in_state`."""
        return _ROWS.in_state(self.database, state)

    def change(self, kit: KitVetting, *, was: ReleaseState) -> None:
        """See `KitStore.change`."""
        _ROWS.change(self.database, kit, was=was)


def _more(kit: KitVetting) -> dict[str, str | int | None]:
    return {
        "asks": kit.asks.value,
        "recipient": kit.recipient,
        "version": kit.version,
        "result": as_json(kit.result),
        "ruling": as_json(kit.ruling),
        "withdraws": kit.withdraws,
        "why": kit.why,
    }


def _kit(row: Row[Any]) -> KitVetting:
    result = None if row.result is None else msgspec.json.decode(row.result, type=ready(_Result))
    ruling = None if row.ruling is None else msgspec.json.decode(row.ruling, type=ready(_Ruling))
    return KitVetting(
        id=KitVettingId(row.id),
        asks=KitAsk(row.asks),
        recipient=row.recipient,
        version=row.version,
        result=None if result is None else KitResult(**msgspec.structs.asdict(result)),
        ruling=None if ruling is None else KitRuling(**msgspec.structs.asdict(ruling)),
        withdraws=None if row.withdraws is None else KitVettingId(row.withdraws),
        why=row.why,
        **fields(row),
    )


_ROWS = SubmittedRows(table=KIT_VETTING, read=_kit, more=_more)
