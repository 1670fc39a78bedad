"""Runs of drift recorded in the log of a service, as `chengnuo drift --record` does."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.doors.service_kit import Kit

from chengnuo.adapters.keys import Ed25519Signer
from chengnuo.adapters.statement_folder import StatementFolder
from chengnuo.base.text import Text
from chengnuo.domain.finding.drift import (
    DriftLine,
    DriftSource,
    DriftTable,
    SourceRead,
    Thing,
    drift_table,
)
from chengnuo.domain.finding.finding import Finding, FindingId, Severity
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.ids import DutyId
from chengnuo.law.standing import Standing
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.evidence.statements import StatementRecorder
from chengnuo.usecases.inspection.drift_history import record_drift

ON = date(2026, 11, 28)
UMENG = RowRef("recipient", "umeng-analytics")
NEARBY = RowRef("activity", "nearby-stores")


def recorder_of(kit: Kit) -> StatementRecorder:
    """Return what records in the log of a service."""
    return StatementRecorder(
        recorder=kit.service.services.evidence.recorder,
        signer=Ed25519Signer(Ed25519PrivateKey.generate()),
        kept=StatementFolder(Path(kit.settings.data) / "statements"),
        by="cli",
    )


def table_of(agreed: int, apart: Sequence[DriftLine] | None = None) -> DriftTable:
    """Return a table with so many hosts that agree, and some rows that are apart."""
    lines = [
        DriftLine(
            source=DriftSource.PACKAGE, thing=Thing.HOST, what=f"h{n}.example", side=Side.AGREED
        )
        for n in range(agreed)
    ]
    read = (
        SourceRead(source=DriftSource.PACKAGE, name="app-1.2.apk", digest="ab" * 32),
        SourceRead(source=DriftSource.LOGS, name="run.har", digest="cd" * 32),
        SourceRead(source=DriftSource.DECISIONS, name="evidence log"),
    )
    rows = [*lines, *(APART if apart is None else apart)]
    return drift_table("11" * 32, ON, read, rows, (WRONG,))


WRONG = Finding(
    id=FindingId("00aa11bb22cc"),
    rule="category-not-registered",
    duties=(DutyId("PIPL-17"),),
    standing=Standing.LAW,
    severity=Severity.HIGH,
    row=RowRef("app", "jishi-app"),
    field="items",
    title=Text("读取的信息未登记", "Information read but not registered"),
    message=Text("读取了没有登记的信息。", "It reads what no row lists."),
    fix=Text("登记并告知。", "List it and tell people."),
)
APART = (
    DriftLine(
        source=DriftSource.PACKAGE,
        thing=Thing.INFORMATION,
        what="PI-DEVICE-IMEI",
        side=Side.USED_NOT_DECLARED,
        proof=("0123456789ab", "ba9876543210"),
        findings=(FindingId("00aa11bb22cc"),),
    ),
    DriftLine(
        source=DriftSource.LOGS,
        thing=Thing.HOST,
        what="<b>app-measurement.com</b>",
        side=Side.USED_NOT_DECLARED,
        proof=("0123456789ab",),
    ),
    DriftLine(
        source=DriftSource.LOGS,
        thing=Thing.SDK,
        what="umeng-analytics",
        side=Side.AGREED,
        rows=(UMENG,),
    ),
    DriftLine(
        source=DriftSource.DECISIONS,
        thing=Thing.ACTIVITY,
        what="nearby-stores",
        side=Side.DECLARED_NOT_USED,
        rows=(NEARBY,),
    ),
    DriftLine(
        source=DriftSource.DECISIONS,
        thing=Thing.RECIPIENT,
        what="nearby-stores → nobody",
        side=Side.USED_NOT_DECLARED,
        proof=("12",),
    ),
)


def recorded(kit: Kit, *agreed: int) -> list[Position]:
    """Record a run for each number of hosts that agree; returns where they stand."""
    recorder = recorder_of(kit)
    return [record_drift(recorder, table_of(each))[1] for each in agreed]
