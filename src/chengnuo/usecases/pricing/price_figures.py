"""Recorded audits and probes, as the pledge board looks at them.

What counts is what the log says was stated: a statement whose digest is not the one that stands
there, or that stands there and is not kept, is named and shows nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from chengnuo.base.instant import to_us
from chengnuo.domain.evidence.dsse import EnvelopeMalformedError, Statement, read_envelope
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.live import LiveRun, run_all
from chengnuo.domain.finding.price_controls import CONTROLS
from chengnuo.domain.finding.price_records import AuditSeen, PriceRecords, ProbeSeen, Shown
from chengnuo.domain.register.automated import AutomatedKind
from chengnuo.domain.register.model import Register
from chengnuo.ports.evidence_log import NoSuchRecordError, Position, Record
from chengnuo.ports.statements import Statements
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.pricing.statement_names import (
    AUDIT_KEY,
    AUDIT_PREDICATE,
    PROBE_KEY,
    PROBE_PREDICATE,
)
from chengnuo.usecases.register_desk import Desk

MOST_SCANNED = 20_000
"""Newest records of the log that are looked through for a statement that is not kept."""
_DAY_US = 86_400_000_000
_LISTS = frozenset({AutomatedKind.RECOMMENDATION, AutomatedKind.RANKING, AutomatedKind.ADVERTISING})
_TYPES = (AUDIT_PREDICATE, PROBE_PREDICATE)
_KEYS = (AUDIT_KEY, PROBE_KEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A kept statement beside the record of it.

    Attributes:
        digest: SHA-256 of what is kept.
        at: Instant of the record, microseconds since 1970; 0 where there is none.
        audit: What it says where it is of an audit, its days not counted. Neither this nor `probe`
            is there where it is not what was recorded.
        probe: What it says where it is of a probe.
        is_of_others: Whether the log says that it is neither of an audit nor of a probe.

    """

    digest: bytes = b""
    at: int = 0
    audit: AuditSeen | None = None
    probe: ProbeSeen | None = None
    is_of_others: bool = False


@dataclass(slots=True)
class Scanned:
    """Which records of the log were looked through for statements, and where some stand.

    Attributes:
        through: Position of the newest record that was looked at; -1 before the first.
        stated: Positions of statements about prices and probes.
        found: What each kept statement says, by its position.

    """

    through: int = -1
    stated: set[int] = field(default_factory=set)
    found: dict[int, Found] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFigures:
    """Runs the controls.

    Attributes:
        statements: Statements kept.
        evidence: The log that holds their digests.
        register: The register in force.
        scanned: What was looked through already: each record is once.

    """

    statements: Statements
    evidence: EvidenceDesk
    register: Desk
    scanned: Scanned = field(default_factory=Scanned)

    def runs(self, now: datetime) -> tuple[LiveRun, ...]:
        """Run the controls as of an instant.

        Raises:
            UnavailableError: Records cannot be read now.

        """
        return run_all(CONTROLS, self.of(now))

    def of(self, now: datetime) -> PriceRecords:
        """Return what was recorded before an instant."""
        seen_audits: list[AuditSeen] = []
        seen_probes: list[ProbeSeen] = []
        unkept, kept = set[int](), set[Position]()
        for position, envelope in self.statements.all():
            kept.add(position)
            found = self._found(position, envelope)
            days = max(0, to_us(now) - found.at) // _DAY_US
            if found.audit is not None:
                seen_audits.append(replace(found.audit, days=days))
            elif found.probe is not None:
                seen_probes.append(replace(found.probe, days=days))
            elif not found.is_of_others:
                unkept.add(position)
        unkept |= self._not_kept(kept)
        served = self.register.current()
        bare = PriceRecords(
            audits=tuple(seen_audits),
            probes=tuple(seen_probes),
            unkept=tuple(sorted(unkept, reverse=True)),
        )
        return bare if served is None else _with_activities(bare, served.register)

    def _found(self, position: Position, envelope: bytes) -> Found:
        """Return what a kept statement says; read once for as long as its bytes are the same."""
        digest, known = sha256(envelope).digest(), self.scanned.found.get(position)
        if known is None or known.digest != digest:
            known = replace(self._read(position, envelope), digest=digest)
            self.scanned.found[position] = known
        return known

    def _read(self, position: Position, envelope: bytes) -> Found:
        """Read a statement, which says nothing where it is not what was recorded."""
        try:
            record = self.evidence.log.record(position)
        except NoSuchRecordError:
            return Found()
        values, at = self._values(record), record.leaf.at
        signer = values.get("signer")
        if isinstance(signer, str) and signer.partition("+")[0] not in _KEYS:
            return Found(at=at, is_of_others=True)
        statement = _read(envelope)
        if record.leaf.kind != Kind.ATTESTATION.value or statement is None:
            return Found(at=at)
        kind, read = statement
        if read.digest != values.get("statement"):
            return Found(at=at)
        said: dict[str, Any] = json.loads(read.predicate)
        if kind == AUDIT_PREDICATE:
            return Found(at=at, audit=_audit(position, said))
        return Found(at=at, probe=_probe(position, record.leaf.activity, said))

    def _not_kept(self, kept: set[Position]) -> set[int]:
        """Return where statements stand, among the newest records, that are not kept."""
        before, newest = self.scanned.through, self.scanned.through
        for record in islice(self.evidence.log.newest(), MOST_SCANNED):
            newest = max(newest, record.position)
            if record.position <= before:
                break
            if record.leaf.kind == Kind.ATTESTATION.value:
                signer = str(self._values(record).get("signer", ""))
                if signer.partition("+")[0] in _KEYS:
                    self.scanned.stated.add(record.position)
        self.scanned.through = newest
        return self.scanned.stated - kept

    def _values(self, record: Record) -> dict[str, Any]:
        payload = self.evidence.payloads.opened(record).payload
        return {} if payload is None else json.loads(payload)


def _read(envelope: bytes) -> tuple[str, Statement] | None:
    for kind in _TYPES:
        try:
            return kind, read_envelope(envelope, kind)
        except EnvelopeMalformedError:
            continue
    return None


def _audit(position: int, said: Mapping[str, Any]) -> AuditSeen:
    verdict = str(said["verdict"])
    is_absent = verdict == "absent" and said["proved"] is True
    shown = Shown.ABSENT if is_absent else Shown.UNDECIDED
    return AuditSeen(
        position=position,
        days=0,
        declares=str(said.get("declares", "")),
        shown=Shown.FOUND if verdict == "found" else shown,
        quotes=int(said["quotes"]),
    )


def _probe(position: int, activity: str, said: Mapping[str, Any]) -> ProbeSeen:
    verdict, of_switch = str(said["verdict"]), said["aim"] == "off-switch"
    on = [one for one in said["legs"] if of_switch and one["switch"] == "on"]
    shown = {"found": Shown.FOUND, "absent": Shown.ABSENT}
    return ProbeSeen(
        position=position,
        days=0,
        name=str(said["probe"]),
        activity=activity,
        of_switch=of_switch,
        of_list=said["outcome"] == "list",
        shown=shown.get(verdict, Shown.UNDECIDED),
        differs_on=any(one["verdict"] == "found" for one in on) if on else None,
    )


def _with_activities(records: PriceRecords, register: Register) -> PriceRecords:
    priced, by_switch, ranked = set(), set(), set()
    for one in register.activities:
        found = one.automated
        if found is None:
            continue
        if found.kind is AutomatedKind.PRICING or found.sets_terms:
            priced.add(str(one.activity))
            if found.off_switch is not None:
                by_switch.add(str(one.activity))
        if found.kind in _LISTS and found.off_switch is not None:
            ranked.add(str(one.activity))
    return replace(
        records,
        priced=frozenset(priced),
        priced_by_switch=frozenset(by_switch),
        ranked_by_switch=frozenset(ranked),
    )
