"""Vettings of kits over SQLite: what is known of each, its result and its ruling as JSON."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Index, Row, Select, String, Table, Text, select, update
from sqlalchemy.dialects.sqlite import insert

from chengnuo.adapters.sqlite.database import Database
from chengnuo.adapters.sqlite.schema import METADATA
from chengnuo.base.instant import from_us, to_us
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
from chengnuo.ports.releases import ReleaseChangedError

KIT_VETTING = Table(
    "kit_vetting",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("asks", String(16), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("submitted_by", Text, nullable=False),
    Column("submitted_at", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("error", Text, nullable=False),
    Column("result", Text),
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
class SqliteKitVettings:
    """`KitStore` over SQLite."""

    database: Database

    def add(self, kit: KitVetting) -> None:
        """See `KitStore.add`."""
        with self.database.write() as connection:
            connection.execute(insert(KIT_VETTING).values(_values(kit)))

    def one(self, kit: KitVettingId) -> KitVetting:
        """See `KitStore.one`."""
        found = self._rows(select(KIT_VETTING).where(KIT_VETTING.c.id == kit))
        if not found:
            raise NoSuchKitVettingError
        return found[0]

    def every(self) -> tuple[KitVetting, ...]:
        """See `KitStore.every`."""
        order = (KIT_VETTING.c.submitted_at.desc(), KIT_VETTING.c.id)
        return self._rows(select(KIT_VETTING).order_by(*order))

    def in_state(self, state: ReleaseState) -> tuple[KitVetting, ...]:
        """See `KitStore.in_state`."""
        wanted = select(KIT_VETTING).where(KIT_VETTING.c.state == state.value)
        return self._rows(wanted.order_by(KIT_VETTING.c.submitted_at, KIT_VETTING.c.id))

    def change(self, kit: KitVetting, *, was: ReleaseState) -> None:
        """See `KitStore.change`."""
        changed = (
            update(KIT_VETTING)
            .where(KIT_VETTING.c.id == kit.id, KIT_VETTING.c.state == was.value)
            .values(_values(kit))
        )
        with self.database.write() as connection:
            if connection.execute(changed).rowcount != 1:
                raise ReleaseChangedError

    def _rows(self, query: Select[Any]) -> tuple[KitVetting, ...]:
        with self.database.read() as connection:
            return tuple(map(_kit, connection.execute(query)))


def _values(kit: KitVetting) -> dict[str, str | int | None]:
    return {
        "id": kit.id,
        "asks": kit.asks.value,
        "recipient": kit.recipient,
        "version": kit.version,
        "file_name": kit.file_name,
        "sha256": kit.sha256,
        "size": kit.size,
        "submitted_by": kit.submitted_by,
        "submitted_at": to_us(kit.submitted_at),
        "state": kit.state.value,
        "changed_at": to_us(kit.changed_at),
        "error": kit.error,
        "result": _json(kit.result),
        "ruling": _json(kit.ruling),
        "withdraws": kit.withdraws,
        "why": kit.why,
    }


def _json(value: KitResult | KitRuling | None) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _kit(row: Row[Any]) -> KitVetting:
    result = None if row.result is None else msgspec.json.decode(row.result, type=_Result)
    ruling = None if row.ruling is None else msgspec.json.decode(row.ruling, type=_Ruling)
    withdraws = None if row.withdraws is None else KitVettingId(row.withdraws)
    return KitVetting(
        id=KitVettingId(row.id),
        asks=KitAsk(row.asks),
        recipient=row.recipient,
        version=row.version,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        submitted_by=row.submitted_by,
        submitted_at=from_us(row.submitted_at),
        state=ReleaseState(row.state),
        changed_at=from_us(row.changed_at),
        error=row.error,
        result=None if result is None else KitResult(**msgspec.structs.asdict(result)),
        ruling=None if ruling is None else KitRuling(**msgspec.structs.asdict(ruling)),
        withdraws=withdraws,
        why=row.why,
    )
