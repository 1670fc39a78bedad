"""Proofs as values, and as the JSON that a verifier reads (`docs/formats/evidence.md`).

A proof says what it is about, carries everything that shows it, and needs no server and no secret
to be checked. What it answers is worked out here in the plain way; the verifier does it again.
"""

from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import Leaf, read_leaf
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.engines.merkle.sparse_map import MapProof

TYPE = "chengnuo-proof/1"


class Claim(StrEnum):
    """What a proof shows."""

    INCLUSION = "inclusion"
    COMPLETE = "complete"
    ABSENT = "absent"


class Outcome(StrEnum):
    """What a question about a chain comes to."""

    ABSENT = "absent"
    FOUND = "found"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: was there such a record within a window?

    Attributes:
        kind: Kind of record.
        recipient: Row of the register, or None for any; likewise `activity` and `item`.
        start: First instant that counts, microseconds since 1970.
        end: Last instant that counts.

    """

    kind: Kind
    recipient: str | None = None
    activity: str | None = None
    item: str | None = None
    start: int
    end: int

    def leaves_open(self, leaf: Leaf, *, batch: bool) -> bool:
        """Tell whether a record that does not match may yet be of the sort asked about.

        A batch says nothing of its individuals, so only its recipient tells it apart; and an id
        that a record does not name may be the one asked about.
        """
        if leaf.kind != self.kind.value or not self.start <= leaf.at <= self.end:
            return False
        own = () if batch else ((self.activity, leaf.activity), (self.item, leaf.item))
        pairs = ((self.recipient, leaf.recipient), *own)
        return all(asked in {None, named} or not named for asked, named in pairs)

    def matches(self, leaf: Leaf) -> bool:
        """Tell whether a record is of the sort asked about."""
        return (
            self.start <= leaf.at <= self.end
            and leaf.kind == self.kind.value
            and self.recipient in {None, leaf.recipient}
            and self.activity in {None, leaf.activity}
            and self.item in {None, leaf.item}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProof:
    """That a leaf stands at an index of the tree."""

    index: int
    entry: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainProof:
    """A chain, down to its first record or, of the batches, past the window asked about.

    Attributes:
        tag: 32 bytes.
        map: What the map holds for the tag.
        index: Where the head stands; None for a chain without records.
        path: Audit path of the head.
        entries: Leaves, newest first.

    """

    tag: bytes
    map: MapProof
    index: int | None
    path: tuple[bytes, ...]
    entries: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The payload of one record, held to its leaf by the commitment."""

    leaf_hash: bytes
    payload: bytes
    salt: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """That payloads were erased: when, under which duty, and of which positions."""

    on: int
    under: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A proof that stands by itself.

    Attributes:
        claim: What it shows.
        checkpoint: Under which checkpoint.
        keys: Keys of the log.
        records: Records that are in the log; of an absence, the last one of the checkpoint.
        chains: The individual's chain, of an absence then the open chain of the kind, then the
            chains that merges join to it, each where it is first met.
        question: What is asked of an absence.
        disclosed: Payloads.
        erased: What was erased.

    """

    claim: Claim
    checkpoint: SignedCheckpoint
    keys: LogKeys
    records: tuple[RecordProof, ...] = ()
    chains: tuple[ChainProof, ...] = ()
    question: Question | None = None
    disclosed: tuple[Disclosure, ...] = ()
    erased: tuple[Erased, ...] = ()

    def own_chains(self) -> tuple[ChainProof, ...]:
        """Return the chains of the individual, without that of the batches."""
        is_absence = self.claim is Claim.ABSENT
        return self.chains[:1] + self.chains[2 if is_absence else 1 :]

    def about(self) -> int:
        """Return how many records there are in those chains; a merge is in two of them."""
        return len({entry for chain in self.own_chains() for entry in chain.entries})

    def as_tree(self) -> dict[str, Tree]:
        """Return the JSON form."""
        tree: dict[str, Tree] = {
            "type": TYPE,
            "claim": self.claim.value,
            "checkpoint": self.checkpoint.text,
            "keys": self.keys.keys_tree(),
            "origin": self.checkpoint.checkpoint.origin,
            "records": [_record_tree(record) for record in self.records],
            "disclosed": [
                {
                    "leaf": one.leaf_hash.hex(),
                    "payload": one.payload.decode(),
                    "salt": _b64(one.salt),
                    "sealed": _b64(one.sealed),
                }
                for one in self.disclosed
            ],
        }
        if self.chains:
            tree["chains"] = [_chain_tree(chain) for chain in self.chains]
        if self.question is not None:
            tree["question"] = {
                "kind": self.question.kind.value,
                "recipient": self.question.recipient,
                "activity": self.question.activity,
                "item": self.question.item,
                "from": self.question.start,
                "to": self.question.end,
            }
        if self.erased:
            tree["erased"] = [
                {"on": one.on, "under": one.under, "from": one.first, "to": one.last}
                for one in self.erased
            ]
        return tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question comes to.

    Attributes:
        outcome: Absent, found, or undecided because of batches.
        found: The matching records of the individual's chains, of each newest first.
        batches: Matching records of batches, which say nothing about one individual.

    """

    outcome: Outcome
    found: tuple[Leaf, ...]
    batches: tuple[Leaf, ...]


def answer_of(proof: Proof, question: Question) -> Answer:
    """Return what the chains of a proof answer to a question."""
    own = dict.fromkeys(entry for chain in proof.own_chains() for entry in chain.entries)
    found = tuple(leaf for leaf in map(read_leaf, own) if question.matches(leaf))
    batches = tuple(
        leaf
        for entries in (own, proof.chains[1].entries)
        for leaf in map(read_leaf, entries)
        if question.leaves_open(leaf, batch=entries is not own)
    )
    outcome = Outcome.ABSENT
    if found:
        outcome = Outcome.FOUND
    elif batches:
        outcome = Outcome.UNDECIDED
    return Answer(outcome=outcome, found=found, batches=batches)


def _record_tree(record: RecordProof) -> dict[str, Tree]:
    return {
        "index": record.index,
        "leaf": record.entry.decode(),
        "path": [_b64(node) for node in record.path],
    }


def _chain_tree(chain: ChainProof) -> dict[str, Tree]:
    end = chain.map.end
    stands: Tree = None
    if end is not None:
        stands = {
            "tag": end.key.hex(),
            "seq": end.seq,
            "index": end.position,
            "head": end.head.hex(),
        }
    return {
        "tag": chain.tag.hex(),
        "map": {"path": [_b64(node) for node in chain.map.path], "end": stands},
        "index": chain.index,
        "path": [_b64(node) for node in chain.path],
        "leaves": [entry.decode() for entry in chain.entries],
    }


def _b64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
