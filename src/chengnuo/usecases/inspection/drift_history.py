"""Drift over time: each run recorded in the log as a statement, and what the log shows of them.

What counts is what the log says was stated: a kept statement whose digest is not the one that
stands there shows nothing, and is counted as not to be trusted.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.evidence.dsse import EnvelopeMalformedError, read_envelope
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.drift import (
    DriftLine,
    DriftSource,
    DriftTable,
    SourceRead,
    Thing,
)
from chengnuo.domain.finding.drift_json import stated_tree, table_tree
from chengnuo.domain.finding.finding import FindingId
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.ids import DutyId
from chengnuo.ports.evidence_log import NoSuchRecordError, Position
from chengnuo.ports.statements import Statements
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.statements import StatementRecorder

DRIFT_PREDICATE = "urn:chengnuo:drift:1"
DRIFT_KEY = "chengnuo-drift"
"""Name of the key in the vkey of a statement about drift."""
MOST = 500
"""Statements looked at, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigure:
    """How one source stood.

    Attributes:
        source: Which.
        agreed: How many rows agreed.
        total: How many rows there were.
        read: What was read of it.

    """

    source: DriftSource
    agreed: int
    total: int
    read: tuple[SourceRead, ...]

    @property
    def share(self) -> int | None:
        """How many of a thousand agreed, rounded down."""
        return self.agreed * 1000 // self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongSeen:
    """What a finding said.

    Attributes:
        title: What is wrong, in a few words.
        fix: What to do.
        duties: What it rests on.

    """

    title: Text
    fix: Text
    duties: tuple[DutyId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftSeen:
    """A recorded run.

    Attributes:
        position: Where it stands in the log.
        at: When it was recorded, microseconds since 1970.
        on: The day on which dates were judged.
        register: Version of the register.
        agreed: How many rows agreed.
        total: How many rows there were.
        sources: Each source.
        lines: The rows that are apart.
        left_out: How many more are apart.
        wrong: What is wrong with these rows, by the id of the finding.

    """

    position: Position
    at: int
    on: date
    register: str
    agreed: int
    total: int
    sources: tuple[SourceFigure, ...]
    lines: tuple[DriftLine, ...]
    left_out: int
    wrong: Mapping[FindingId, WrongSeen]

    @property
    def share(self) -> int | None:
        """How many of a thousand agreed, rounded down."""
        return self.agreed * 1000 // self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftHistory:
    """What was recorded of drift.

    Attributes:
        statements: Statements kept.
        evidence: The log that holds their digests.

    """

    statements: Statements
    evidence: EvidenceDesk

    def runs(self) -> tuple[DriftSeen, ...]:
        """Return the recorded runs that the log bears out, the oldest first.

        Raises:
            UnavailableError: Records cannot be read now.

        """
        kept = islice(self.statements.all(), MOST)
        found = (self._seen(position, envelope) for position, envelope in kept)
        return tuple(reversed([one for one in found if one is not None]))

    def _seen(self, position: Position, envelope: bytes) -> DriftSeen | None:
        try:
            statement = read_envelope(envelope, DRIFT_PREDICATE)
            record = self.evidence.log.record(position)
        except (EnvelopeMalformedError, NoSuchRecordError):
            return None
        payload = self.evidence.payloads.opened(record).payload
        values = {} if payload is None else json.loads(payload)
        if (
            record.leaf.kind != Kind.ATTESTATION.value
            or values.get("statement") != statement.digest
        ):
            return None
        return _read(position, record.leaf.at, json.loads(statement.predicate))


def record_drift(statements: StatementRecorder, table: DriftTable) -> tuple[bytes, Position]:
    """Record a table; see `StatementRecorder.attest`."""
    return statements.attest(
        key=DRIFT_KEY,
        subject=[("drift", sha256_hex(canonical_json(table_tree(table))))],
        predicate_type=DRIFT_PREDICATE,
        predicate=stated_tree(table),
    )


def _read(position: Position, at: int, said: Mapping[str, Any]) -> DriftSeen:
    return DriftSeen(
        position=position,
        at=at,
        on=date.fromisoformat(said["on"]),
        register=said["register"],
        agreed=said["agreed"],
        total=said["total"],
        sources=tuple(_figure(one) for one in said["sources"]),
        lines=tuple(_line(one) for one in said["lines"]),
        left_out=said["linesLeftOut"],
        wrong={FindingId(one["id"]): _wrong(one) for one in said["findings"]},
    )


def _figure(said: Mapping[str, Any]) -> SourceFigure:
    source = DriftSource(said["source"])
    return SourceFigure(
        source=source,
        agreed=said["agreed"],
        total=said["total"],
        read=tuple(
            SourceRead(source=source, name=one["name"], digest=one["sha256"])
            for one in said["read"]
        ),
    )


def _wrong(said: Mapping[str, Any]) -> WrongSeen:
    title, fix = said["title"], said["fix"]
    return WrongSeen(
        title=Text(title["zh"], title["en"]),
        fix=Text(fix["zh"], fix["en"]),
        duties=tuple(map(DutyId, said["duties"])),
    )


def _line(said: Mapping[str, Any]) -> DriftLine:
    return DriftLine(
        source=DriftSource(said["source"]),
        thing=Thing(said["thing"]),
        what=said["what"],
        side=Side(said["side"]),
        rows=tuple(RowRef(one["kind"], one["id"]) for one in said["rows"]),
        proof=tuple(said["proof"]),
        findings=tuple(map(FindingId, said["findings"])),
    )
