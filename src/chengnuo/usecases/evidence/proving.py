"""Proving from the log: that a record is in it, that these are all, that something never was.

Everything is as of the newest checkpoint. A proof about an individual is worth as much as the tag
is known to be theirs: their receipts name it, and the page says so. Where accounts were merged, the
chains of all of them are in the proof, down to their first records: each merge stands in both.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
            "only a part of the records about this individual can be found: the key of an"
            " earlier chain was destroyed, or that of an account merged with this one"
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
        """Return the proof that these are all records about an individual, and they, newest first.

        Args:
            person: Whom.
            disclose: Whether payloads are shown.
            chosen: Which records' payloads are shown.

        Raises:
            NoChainError: No chain can be found.
            PartialChainError: A chain of theirs lost its key.

        """
        signed, chains, records = self._joined(person, 0)
        shown = [record for record in records if chosen(record)]
        proof = Proof(
            claim=Claim.COMPLETE,
            checkpoint=signed,
            keys=self.log.keys(),
            chains=chains,
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
        signed, chains = self._chains([self._tag(person)], {})
        records = chains[0][1]
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
            PartialChainError: A chain of theirs lost its key.
            WindowError: The window is empty, or ends after the last record of the checkpoint.

        """
        if question.start > question.end:
            raise WindowError("ends before it begins")
        signed, chains, records = self._joined(person, question.start, question.kind)
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

    def _joined(
        self, person: PersonKey, start: int, kind: Kind | None = None
    ) -> tuple[SignedCheckpoint, tuple[ChainProof, ...], tuple[Record, ...]]:
        """Return the chains of an individual that merges join, each where it is first met.

        With a kind its open chain stands second, down to the window that begins at `start`. The
        records are the individual's, newest first; a merge is in two chains and counts once.
        """
        tags, batches = [self._tag(person)], [] if kind is None else [open_tag(kind)]
        while True:
            asked = [*tags[:1], *batches, *tags[1:]]
            signed, found = self._chains(asked, dict.fromkeys(batches, start))
            of_tag = {tag: chain[1] for tag, chain in zip(asked, found, strict=True)}
            met = (tag for one in tags for record in of_tag[one] for tag in _tags(record))
            others = [tag for tag in dict.fromkeys(met) if tag not in tags]
            if not others:
                break
            tags += others
        if self._is_partial(person, [(tag, of_tag[tag]) for tag in tags[1:]], start):
            raise PartialChainError
        records = {record.position: record for tag in tags for record in of_tag[tag]}
        newest = tuple(records[position] for position in sorted(records, reverse=True))
        return signed, tuple(chain for chain, _ in found), newest

    def _is_partial(
        self, person: PersonKey, others: Sequence[tuple[bytes, Sequence[Record]]], start: int
    ) -> bool:
        """Tell whether only a part of what concerns an individual since then can be found.

        An earlier chain of an account may have lost its key, however long ago that of a merged
        account did: it may have gone on in a chain to which nothing leads. A chain that holds
        merges only was never erased, for that would be its own record.
        """
        people = [person]
        for tag, records in others:
            named = next((one for one in records if one.leaf.tag == tag.hex()), None)
            other = person if named is None else self.payloads.person(named)
            if other is None:
                return True
            people.append(other)
        return any(
            erasure.key is KeyClass.PROOF and start <= to_us(erasure.at)
            for one in people
            for erasure in self.payloads.erasures(one)
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
        self, tags: Sequence[bytes], starts: Mapping[bytes, int]
    ) -> tuple[SignedCheckpoint, list[tuple[ChainProof, tuple[Record, ...]]]]:
        """Return several chains under one checkpoint; a new one may be signed between two looks."""
        while True:  # heads only: a chain takes longer to walk than a checkpoint to be signed
            heads = [self.log.head(tag) for tag in tags]
            signed = heads[0][0]
            if all(one.checkpoint == signed.checkpoint for one, _ in heads):
                break
        return signed, [
            self._below(tag, signed, head, starts.get(tag))
            for tag, (_, head) in zip(tags, heads, strict=True)
        ]

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


def _tags(record: Record) -> tuple[bytes, ...]:
    links = (record.leaf, record.leaf.also)
    return tuple(bytes.fromhex(link.tag) for link in links if link is not None)
