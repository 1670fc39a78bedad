"""What staff and individuals do with the log: look, verify, read with a reason, see one's own.

Whoever of the operator reads what is kept of an individual gives a reason, and the reading is
itself a record in that individual's chain before anything is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.evidence_log import EvidenceLog, NoSuchRecordError, Opened, Position, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.log_status import LogStatus
from chengnuo.ports.log_verifier import LogVerifier, VerifierReport
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import Recorder, Rows

IN_NOBODYS_CHAIN = "理由不留存（not kept）"
"""Stands for a reason in a record of nobody's chain: what somebody wrote of a person could not be
erased from there."""
_LEAST_REASON = 4
_LONGEST_REASON = 300
_MOST_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLeaf:
    """Some of the records about an individual.

    Attributes:
        records: They, newest first.
        total: How many there are in all.
        more: Whether there are older ones.

    """

    records: tuple[Record, ...]
    total: int
    more: bool


class NoReasonError(InvalidInputError):
    """Somebody wants to read what is kept of an individual and gives no reason."""

    code = "no-reason"

    def __init__(self) -> None:
        super().__init__(
            f"a reason of {_LEAST_REASON} to {_LONGEST_REASON} characters is needed; it is recorded"
        )


def checked_reason(reason: str) -> str:
    """Return a reason as it is recorded.

    Raises:
        NoReasonError: It is too short or too long.

    """
    given = reason.strip()
    if not _LEAST_REASON <= len(given) <= _LONGEST_REASON:
        raise NoReasonError
    return given


def note_reading(
    recorder: Recorder, payloads: Payloads, records: Sequence[Record], *, by: str, reason: str
) -> None:
    """Record that payloads are about to be read: for each record, in the chain it belongs to.

    Raises:
        LogUnavailableError: It could not be recorded; nothing may be shown.

    """
    for record in records:
        leaf = record.leaf
        recorder.record(
            Kind.OPERATOR_READ,
            {"what": f"record {record.position} ({leaf.kind})", "by": by, "reason": reason},
            person=payloads.person(record),
            rows=Rows(activity=leaf.activity, item=leaf.item, recipient=leaf.recipient),
        )


def note_chain_reading(
    recorder: Recorder, person: PersonKey, count: int, *, by: str, reason: str
) -> None:
    """Record that a whole chain is about to be read, in that chain.

    Raises:
        LogUnavailableError: It could not be recorded; nothing may be shown.

    """
    records = "1 record" if count == 1 else f"{count} records"
    recorder.record(
        Kind.OPERATOR_READ,
        {"what": f"the whole chain, {records}", "by": by, "reason": reason},
        person=person,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsed:
    """A page of records.

    Attributes:
        records: Newest first.
        more: Position before which to go on; None at the beginning of the log.

    """

    records: tuple[Record, ...]
    more: Position | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDesk:
    """The use cases around a log that this process writes."""

    log: EvidenceLog
    payloads: Payloads
    prover: Prover
    recorder: Recorder
    verifier: LogVerifier

    def status(self) -> LogStatus:
        """Return the state of the log."""
        return self.log.status()

    def verify(self) -> VerifierReport:
        """Bring the public log up to date and run the separate verifier on it.

        Raises:
            VerifierUnavailableError: It could not be run.

        """
        self.log.publish()
        return self.verifier.verify_log()

    def browse(
        self, *, before: Position | None = None, kind: Kind | None = None, count: int = 50
    ) -> Browsed:
        """Return a page of records without their payloads.

        Args:
            before: Go on before this position; None for the newest.
            kind: Only records of this kind; at most 20,000 records are looked through.
            count: How many at most.

        """
        looked = islice(self.log.newest(before=before), _MOST_LOOKED_AT)
        found: list[Record] = []
        last: Record | None = None
        for record in looked:
            last = record
            if kind is None or record.leaf.kind == kind.value:
                found.append(record)
                if len(found) == count:
                    break
        more = last.position if last is not None and last.position > 0 else None
        return Browsed(records=tuple(found), more=more)

    def record(self, position: Position) -> Record:
        """Return one record without its payload.

        Raises:
            NoSuchRecordError: There is none there.

        """
        return self.log.record(position)

    def read(self, position: Position, *, by: str, reason: str) -> Opened:
        """Record that somebody reads a payload and why, then return it.

        Args:
            position: Which record.
            by: The account id.
            reason: In words; it is recorded.

        Raises:
            NoReasonError: The reason is too short or too long.
            NoSuchRecordError: There is no such record.
            LogUnavailableError: The reading could not be recorded; nothing is shown.

        """
        given = checked_reason(reason)
        record = self.log.record(position)
        note_reading(self.recorder, self.payloads, [record], by=by, reason=given)
        return self.payloads.opened(record)

    def mine(self, person: PersonKey) -> tuple[Record, ...]:
        """Return the records about an individual, newest first, under the newest checkpoint."""
        return tuple(self.back_through(person))

    def back_through(self, person: PersonKey) -> Iterator[Record]:
        """Yield the records about an individual, newest first; each is read when it is wanted."""
        tag = self.payloads.tag(person)
        if tag is not None:
            yield from self._chain(tag)

    def some_of_mine(
        self, person: PersonKey, *, limit: int, before: Position | None = None
    ) -> OwnLeaf:
        """Return some of the records about an individual, newest first, read one by one.

        Args:
            person: The individual.
            limit: Return at most so many.
            before: Return those before this record of theirs; None, or a record that is not
                theirs, for the newest.

        """
        tag = self.payloads.tag(person)
        if tag is None:
            return OwnLeaf(records=(), total=0, more=False)
        newest = next(self._chain(tag), None)
        if newest is None:
            return OwnLeaf(records=(), total=0, more=False)
        rest = self._chain(tag)
        if before is not None and (known := self._theirs(before, tag)) is not None:
            rest = islice(self._back_from(known.position, tag), 1, None)
        found = tuple(islice(rest, limit + 1))
        total = _number_in(newest, tag)
        return OwnLeaf(records=found[:limit], total=total, more=len(found) > limit)

    def _theirs(self, position: Position, tag: bytes) -> Record | None:
        try:
            record = self.log.record(position)
        except NoSuchRecordError:
            return None
        return record if _number_in(record, tag) else None

    def _chain(self, tag: bytes) -> Iterator[Record]:
        self.log.publish()
        _, found = self.log.head(tag)
        at = None
        if found.end is not None and found.end.key == tag:
            at = Position(found.end.position)
        yield from self._back_from(at, tag)

    def _back_from(self, at: Position | None, tag: bytes) -> Iterator[Record]:
        while at is not None:
            record = self.log.record(at)
            yield record
            at = record.before if record.leaf.tag == tag.hex() else record.also_before


def _number_in(record: Record, tag: bytes) -> int:
    """Return the number of a record in an individual's chain, from 1; 0 if it is in another."""
    leaf = record.leaf
    if leaf.tag == tag.hex():
        return leaf.seq
    return leaf.also.seq if leaf.also is not None and leaf.also.tag == tag.hex() else 0
