"""Proving from the log: that a record is in it, that these are all, that something never was.

Everything is as of the newest checkpoint. A proof about an individual is worth as much as the tag
is known to be theirs: their receipts name it, and the page says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.instant import to_us
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.kinds import RULES, KeyClass, Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.evidence.proof import (
    Answer,
    ChainProof,
    Claim,
    Disclosure,
    Erased,
    Proof,
    Question,
    RecordProof,
    answer_of,
)
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.sparse_map import MapProof
from chengnuo.ports.evidence_log import LogReader, NoSuchRecordError, Position, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey


class NoChainError(InvalidInputError):
    """No record about this individual can be found: none was made, or its proof key is gone."""

    code = "no-chain"

    def __init__(self) -> None:
        super().__init__(
            "no chain of records can be found for this individual: none was made under this"
            " account id, or the hold on its proof key has ended"
        )


class PartialChainError(ConflictError):
    """Only a part of what was recorded about an individual can be found, so nothing is proved."""

    code = "partial-chain"

    def __init__(self) -> None:
        super().__init__(
            "only a part of the records about this individual can be found: the account was"
            " merged with another, or the key of an earlier chain was destroyed"
        )


class WindowError(InvalidInputError):
    """A window ends before it begins, or after what the log can speak of."""

    code = "evidence-window"

    def __init__(self, what: str) -> None:
        super().__init__(f"the window asked about {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class Prover:
    """Makes proofs from a log and the keys of its payloads."""

    log: LogReader
    payloads: Payloads

    def inclusion(self, positions: Sequence[Position], *, disclose: bool) -> Proof:
        """Return the proof that records are in the log.

        Args:
            positions: Where they stand.
            disclose: Whether their payloads are shown, as far as their keys are there.

        Raises:
            NoSuchRecordError: The newest checkpoint does not reach one.

        """
        signed = self._checkpoint()
        records = [self.log.record(position) for position in positions]
        return Proof(
            claim=Claim.INCLUSION,
            checkpoint=signed,
            keys=self.log.keys(),
            records=tuple(self._record(record, signed) for record in records),
            disclosed=self._disclosed(records) if disclose else (),
            erased=self._erased(records),
        )

    def complete(
        self,
        person: PersonKey,
        *,
        disclose: bool,
        chosen: Callable[[Record], bool] = lambda _: True,
    ) -> tuple[Proof, tuple[Record, ...]]:
        """Return the proof that these are all records about an individual, and the records.

        Args:
            person: Whom.
            disclose: Whether payloads are shown.
            chosen: Which records' payloads are shown.

        Raises:
            NoChainError: No chain can be found.
            PartialChainError: An earlier chain lost its key, or another account is theirs too.

        """
        signed, chain, records = self._chain(self._tag(person), None)
        if self._is_partial(person, 0, records):
            raise PartialChainError
        shown = [record for record in records if chosen(record)]
        proof = Proof(
            claim=Claim.COMPLETE,
            checkpoint=signed,
            keys=self.log.keys(),
            chains=(chain,),
            disclosed=self._disclosed(shown) if disclose else (),
            erased=self._erased(records),
        )
        return proof, records

    def found(
        self, person: PersonKey, *, chosen: Callable[[Record], bool]
    ) -> tuple[Proof, tuple[Record, ...]]:
        """Return the proof that records about an individual are in the log, and all of the chain.

        For whom completeness cannot be proved; `chosen` tells which records are in the proof, with
        their payloads. Where none is, the newest stands there without, for no proof is empty.

        Raises:
            NoChainError: No chain can be found.

        """
        signed, _, records = self._chain(self._tag(person), None)
        if not records:
            raise NoChainError
        shown = [record for record in records if chosen(record)]
        proof = Proof(
            claim=Claim.INCLUSION,
            checkpoint=signed,
            keys=self.log.keys(),
            records=tuple(self._record(record, signed) for record in shown or records[:1]),
            disclosed=self._disclosed(shown),
            erased=self._erased(shown),
        )
        return proof, records

    def absent(self, person: PersonKey, question: Question) -> tuple[Proof, Answer]:
        """Return what shows whether a record of some sort was made in a window, and the answer.

        Raises:
            NoChainError: No chain can be found.
            PartialChainError: An earlier chain lost its key, or another account is theirs too.
            WindowError: The window is empty, or ends after the last record of the checkpoint.

        """
        if question.start > question.end:
            raise WindowError("ends before it begins")
        tags = [self._tag(person), open_tag(question.kind)]
        signed, chains, records = self._chains(tags, question.start)
        rest = records
        if records and records[-1].leaf.seq > 1:
            rest = tuple(self._walk(tags[0], records[-1].position, None))
        if self._is_partial(person, question.start, [*records, *rest]):
            raise PartialChainError
        last = self.log.record(Position(signed.checkpoint.size - 1))
        if question.end > last.leaf.at:
            raise WindowError("ends after the last record of the log; it cannot speak of later")
        proof = Proof(
            claim=Claim.ABSENT,
            checkpoint=signed,
            keys=self.log.keys(),
            records=(self._record(last, signed),),
            chains=chains,
            question=question,
            erased=self._erased(records),
        )
        return proof, answer_of(proof, question)

    def _is_partial(self, person: PersonKey, start: int, chain: Sequence[Record]) -> bool:
        """Tell whether only a part of what concerns an individual since then can be found.

        An earlier chain of theirs may have lost its key; and once an account was merged with
        another, either chain goes on by itself.
        """
        return any(record.leaf.also is not None for record in chain) or any(
            erasure.key is KeyClass.PROOF and start <= to_us(erasure.at)
            for erasure in self.payloads.erasures(person)
        )

    def last_instant(self) -> int:
        """Return the instant up to which the newest checkpoint can speak.

        Raises:
            NoSuchRecordError: There is no checkpoint yet.

        """
        return self.log.record(Position(self._checkpoint().checkpoint.size - 1)).leaf.at

    def _checkpoint(self) -> SignedCheckpoint:
        signed = self.log.checkpoint()
        if signed is None:
            raise NoSuchRecordError(0, 0)
        return signed

    def _tag(self, person: PersonKey) -> bytes:
        tag = self.payloads.tag(person)
        if tag is None:
            raise NoChainError
        return tag

    def _chains(
        self, tags: Sequence[bytes], start: int
    ) -> tuple[SignedCheckpoint, tuple[ChainProof, ...], tuple[Record, ...]]:
        """Return several chains under one checkpoint; a new one may be signed between two looks."""
        while True:  # heads only: a chain takes longer to walk than a checkpoint to be signed
            heads = [self.log.head(tag) for tag in tags]
            signed = heads[0][0]
            if all(one.checkpoint == signed.checkpoint for one, _ in heads):
                break
        found = [
            self._below(tag, signed, head, start)
            for tag, (_, head) in zip(tags, heads, strict=True)
        ]
        return signed, tuple(chain for chain, _ in found), found[0][1]

    def _chain(
        self, tag: bytes, start: int | None
    ) -> tuple[SignedCheckpoint, ChainProof, tuple[Record, ...]]:
        signed, found = self.log.head(tag)
        return signed, *self._below(tag, signed, found, start)

    def _below(
        self, tag: bytes, signed: SignedCheckpoint, found: MapProof, start: int | None
    ) -> tuple[ChainProof, tuple[Record, ...]]:
        if found.end is None or found.end.key != tag:
            return ChainProof(tag=tag, map=found, index=None, path=(), entries=()), ()
        head = Position(found.end.position)
        records = tuple(self._walk(tag, head, start))
        chain = ChainProof(
            tag=tag,
            map=found,
            index=head,
            path=self.log.inclusion(head, signed.checkpoint.size),
            entries=tuple(record.entry for record in records),
        )
        return chain, records

    def _walk(self, tag: bytes, head: Position, start: int | None) -> Iterator[Record]:
        """Yield a chain from its head down, past the start of a window by one record."""
        at: Position | None = head
        tag_hex = tag.hex()
        while at is not None:
            record = self.log.record(at)
            yield record
            if start is not None and record.leaf.at < start:
                return
            at = record.before if record.leaf.tag == tag_hex else record.also_before

    def _record(self, record: Record, signed: SignedCheckpoint) -> RecordProof:
        return RecordProof(
            index=record.position,
            entry=record.entry,
            path=self.log.inclusion(record.position, signed.checkpoint.size),
        )

    def _disclosed(self, records: Sequence[Record]) -> tuple[Disclosure, ...]:
        shown: list[Disclosure] = []
        for record in records:
            opened = self.payloads.opened(record)
            if opened.payload is not None and opened.salt is not None:
                shown.append(
                    Disclosure(
                        leaf_hash=leaf_hash(record.entry),
                        payload=opened.payload,
                        salt=opened.salt,
                        sealed=record.sealed,
                    )
                )
        return tuple(shown)

    def _erased(self, records: Sequence[Record]) -> tuple[Erased, ...]:
        ordinals = {record.ordinal: record for record in records if record.ordinal}
        found: list[Erased] = []
        for ordinal, one in ordinals.items():
            person = self.payloads.person(one)
            if person is None:
                continue
            for erasure in self.payloads.erasures(person):
                gone = [
                    record.position
                    for record in records
                    if record.ordinal == ordinal
                    and record.position < erasure.position
                    and RULES[Kind(record.leaf.kind)].personal is erasure.key
                ]
                if gone:
                    found.append(
                        Erased(
                            on=to_us(erasure.at),
                            under=erasure.under,
                            first=min(gone),
                            last=max(gone),
                        )
                    )
        return tuple(found)
