"""Tracing a leak through the log: the chain of an individual, and the batches of the period.

That somebody looks is recorded in that individual's chain before anything is read.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.evidence.proof import Proof
from chengnuo.domain.incident.tracing import Recorded, Trace, trace
from chengnuo.domain.register.model import Register
from chengnuo.law.ids import CategoryId
from chengnuo.ports.evidence_log import EvidenceLog, Position, Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.desk import note_chain_reading
from chengnuo.usecases.evidence.evidence_window import Chosen, Window
from chengnuo.usecases.evidence.proving import PartialChainError, Prover
from chengnuo.usecases.evidence.recording import Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A trace with its proof.

    Attributes:
        trace: Who saw or received something.
        proof: That these are all records about the individual, or, where a chain lost its key,
            that those found are in the log.
        whole: Whether all records about the individual could be found.

    """

    trace: Trace
    proof: Proof
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracing:
    """Traces leaks.

    Attributes:
        log: The log.
        prover: Proves from it.
        recorder: Records that somebody looks.
        register_of: Returns the register of a kept version, or None.

    """

    log: EvidenceLog
    prover: Prover
    recorder: Recorder
    register_of: Callable[[str], Register | None]

    def of(
        self,
        person: PersonKey,
        window: Window,
        category: CategoryId | None,
        *,
        by: str,
        reason: str,
    ) -> Traced:
        """Return who saw or received something about an individual in a period.

        Args:
            person: Whom it is about.
            window: The period.
            category: What it is about; None for everything.
            by: Who looks: an account id or `cli`.
            reason: Why, as it is recorded.

        Raises:
            NoChainError: No chain can be found.
            EvidenceTooLargeError: The period has too many records.
            LogUnavailableError: It could not be recorded that somebody looks; nothing is read.

        """
        self.log.publish()
        _, before = self._chain(person, lambda _: False)[:2]
        note_chain_reading(self.recorder, person, len(before), by=by, reason=reason)
        self.log.publish()
        proof, records, whole = self._chain(person, Chosen(window))
        chosen = [one for one in records if one.leaf.at in window]
        register = next(
            (found for one in chosen if (found := self.register_of(one.leaf.register)) is not None),
            None,
        )
        traced = trace(
            map(self._recorded, chosen),
            map(self._recorded, self._batches(window)),
            register,
            category,
        )
        return Traced(trace=traced, proof=proof, whole=whole)

    def _chain(
        self, person: PersonKey, chosen: Callable[[Record], bool]
    ) -> tuple[Proof, tuple[Record, ...], bool]:
        try:
            return (*self.prover.complete(person, disclose=True, chosen=chosen), True)
        except PartialChainError:
            return (*self.prover.found(person, chosen=chosen), False)

    def _batches(self, window: Window) -> Iterator[Record]:
        """Yield the provisions of a period that name no individual, the newest first."""
        tag = open_tag(Kind.PROVISION)
        _, position = self.log.last(tag)
        while position is not None:
            record = self.log.record(position)
            if record.leaf.at < window.start:
                return
            if record.leaf.at <= window.end:
                yield record
            position = None if record.before is None else Position(record.before)

    def _recorded(self, record: Record) -> Recorded:
        opened = self.prover.payloads.opened(record).payload
        return Recorded(
            kind=Kind(record.leaf.kind),
            position=record.position,
            at=record.leaf.at,
            activity=record.leaf.activity,
            recipient=record.leaf.recipient,
            payload=None if opened is None else json.loads(opened),
        )
