"""The same answer again, years later: from the record, the register version and the chain.

What the answer rested on is read again, not taken from the record: consents from the chain, up to
the position that the record names, and the register from the archive. What the log does not hold
(age band, account, switches at the time) the record does. An answer that comes out otherwise is
shown beside the digest of the one recorded; nothing is smoothed over.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from chengnuo.base.errors import UnavailableError
from chengnuo.base.instant import from_us
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.rules import EDITION
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date
from chengnuo.ports.evidence_log import LogReader, Position, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.usecases.decision.answering import Decided, Mode, Question
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.chain_states import ChainStates
from chengnuo.usecases.decision.desk import decided_by
from chengnuo.usecases.decision.recorded import (
    DecisionRecordError,
    Recorded,
    decision_digest,
    read_back,
)


class LawVersionGoneError(UnavailableError):
    """The law catalogue that a decision was made by is not the one of this program."""

    code = "law-version-gone"

    def __init__(self, wanted: str, has: str) -> None:
        super().__init__(
            f"the decision was made by law version `{wanted[:12]}` and this program has"
            f" `{has[:12]}`; replay it with the program of that time"
        )
        self.wanted = wanted
        self.has = has


class RulesEditionGoneError(UnavailableError):
    """The rules that a decision was made by are of another edition than those of this program."""

    code = "rules-edition-gone"

    def __init__(self, wanted: int, has: int) -> None:
        super().__init__(
            f"the decision was made by edition {wanted} of the rules and this program has edition"
            f" {has}; replay it with the program of that time"
        )
        self.wanted = wanted
        self.has = has


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A decision made again.

    Attributes:
        decided: The question and the answer as it comes out now.
        recorded: The outcome recorded.
        same: Whether the whole answer is the one recorded, reasons included.

    """

    decided: Decided
    recorded: Outcome
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Replays recorded decisions.

    Attributes:
        log: The log.
        payloads: Opens payloads.
        states: The state of individuals by the log.
        register_of: Returns the register of a kept version.
        books: Opens books.

    """

    log: LogReader
    payloads: Payloads
    states: ChainStates
    register_of: Callable[[str], Register]
    books: Books

    def replay(self, position: Position) -> Replayed:
        """Make a recorded decision again.

        Raises:
            NoSuchRecordError: There is no such record.
            DecisionRecordError: It is no decision about one individual, or its key is destroyed.
            UnknownVersionError: The register version is not kept.
            LawVersionGoneError: This program has another law version.
            RulesEditionGoneError: This program has another edition of the rules.

        """
        record = self.log.record(position)
        said = self._said(record)
        leaf = record.leaf
        if leaf.law != self.books.law:
            raise LawVersionGoneError(leaf.law, self.books.law)
        if said.edition != EDITION:
            raise RulesEditionGoneError(said.edition, EDITION)
        person = self.payloads.person(record)
        if person is None:
            raise DecisionRecordError(position, "the key of its individual was destroyed")
        consents = self.states.state_before(person, said.at, position=said.position).consents
        edition = Edition(version=Version(leaf.register), register=self.register_of(leaf.register))
        decided = decided_by(
            self.books.of(edition, civil_date(from_us(said.at)), position=said.position),
            Question(person=person, request=said.request, at=from_us(said.at)),
            replace(said.state, consents=consents),
            at=said.at,
            position=said.position,
        )
        answer = msgspec.structs.replace(decided.answer, recorded=position, mode=Mode.NONE)
        return Replayed(
            decided=replace(decided, answer=answer),
            recorded=said.outcome,
            same=decision_digest(answer.decision) == said.digest,
        )

    def _said(self, record: Record) -> Recorded:
        if record.leaf.kind != Kind.DECISION.value:
            raise DecisionRecordError(record.position, f"it is a `{record.leaf.kind}` record")
        if not record.ordinal:
            raise DecisionRecordError(record.position, "it is about a batch, not one individual")
        payload = self.payloads.opened(record).payload
        if payload is None:
            raise DecisionRecordError(record.position, "its content was destroyed on request")
        return read_back(record.position, json.loads(payload))
