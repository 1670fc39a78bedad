"""The evidence log, as the use cases see it: append, read back, prove from.

Appending is not publishing. An append returns positions once the records are durable; the tree,
the map of chain heads and the signed checkpoint follow within a second, or when asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NewType, Protocol

import msgspec

from chengnuo.base.errors import ConflictError, IntegrityError, InvalidInputError, UnavailableError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import Leaf
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.engines.merkle.sparse_map import MapProof
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.log_status import LogStatus

Position = NewType("Position", int)
"""Where a record stands in the log, from 0 without gaps; its index in the tree."""


class LogLockedError(ConflictError):
    """Another process writes this log."""

    code = "log-locked"

    def __init__(self, holder: str) -> None:
        super().__init__(f"the evidence log is being written by process {holder}")
        self.holder = holder


class NoLogError(InvalidInputError):
    """There is no evidence log where one was looked for."""

    code = "no-evidence-log"

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"`{folder}` holds no evidence log; make one with `chengnuo evidence init`"
        )
        self.folder = folder


class LogBusyError(UnavailableError):
    """The queue in front of the log stayed full; nothing of the request was recorded."""

    code = "log-busy"

    def __init__(self) -> None:
        super().__init__("the queue of the evidence log is full; nothing was recorded, try again")


class LogUnavailableError(UnavailableError):
    """The log cannot be written: the disk is full, away or failing; nothing was acknowledged."""

    code = "log-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"the evidence log cannot be written: {what}")
        self.what = what


class LogDamagedError(IntegrityError):
    """Something kept of the log is not what was written."""

    code = "log-damaged"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"evidence log, `{file}`: {what}")
        self.file = file
        self.what = what


class StrictKindError(InvalidInputError):
    """A record of a strict kind was to be recorded without waiting for it to be durable."""

    code = "strict-kind"

    def __init__(self, kind: str) -> None:
        super().__init__(f"records of strict kind `{kind}` cannot be recorded without waiting")
        self.kind = kind


class NoSuchRecordError(InvalidInputError):
    """The log has no record at a position, or none yet in its newest checkpoint."""

    code = "no-such-record"

    def __init__(self, position: int, size: int) -> None:
        super().__init__(f"there is no record {position}; the log has {size}")
        self.position = position
        self.size = size


class Draft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A record that has no position yet.

    Attributes:
        kind: Its kind.
        payload: Canonical JSON of its payload.
        person: Whom it concerns; None for a record about no one individual.
        also: The other alias, for a record that joins two.
        activity: Row of the register it speaks of, as are `item` and `recipient`; may be empty.
        register: Version of the register.
        law: Version of the law catalogue.

    """

    kind: Kind
    payload: bytes
    person: PersonKey | None = None
    also: PersonKey | None = None
    activity: str = ""
    item: str = ""
    recipient: str = ""
    register: str = ""
    law: str = ""


class Appended(msgspec.Struct, frozen=True, gc=False):
    """Where a run of records went.

    Attributes:
        first: Position of the first; the others follow it without gaps.
        at: Their effective instant, microseconds since 1970.

    """

    first: Position
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as it is kept.

    Attributes:
        position: Where it stands.
        leaf: Its leaf.
        entry: The bytes of the leaf.
        sealed: Its sealed payload.
        ordinal: Of the individual it concerns; 0 for none.
        before: Position of the record before in its chain; None for the first.
        also_before: The same in its second chain.

    """

    position: Position
    leaf: Leaf
    entry: bytes
    sealed: bytes
    ordinal: int
    before: Position | None
    also_before: Position | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An opened payload, or why it cannot be opened.

    Attributes:
        payload: Canonical JSON; None once its key is destroyed.
        salt: What commits to it together with the payload; None likewise.

    """

    payload: bytes | None
    salt: bytes | None


class LogReader(Protocol):
    """Reads a log and gives what proofs are made of, all as of one checkpoint."""

    def checkpoint(self) -> SignedCheckpoint | None:
        """Return the newest checkpoint, or None before the first."""
        ...

    def keys(self) -> LogKeys:
        """Return the public keys of the log."""
        ...

    def record(self, position: Position) -> Record:
        """Return a record.

        Raises:
            NoSuchRecordError: There is none there.
            LogDamagedError: Its bytes are not what was written.

        """
        ...

    def newest(self, *, before: Position | None = None) -> Iterator[Record]:
        """Yield records from the newest, or from the one before a position, back to the first."""
        ...

    def entries(self, first: Position, stop: int) -> Iterator[bytes]:
        """Yield the bytes of leaves from a position on and before `stop`; raises as `record`."""
        ...

    def at(self, instant: int) -> Position:
        """Return the position of the first record whose instant is not before `instant`."""
        ...

    def head(self, tag: bytes) -> tuple[SignedCheckpoint, MapProof]:
        """Return the newest checkpoint and what its map holds for a tag.

        Raises:
            NoSuchRecordError: There is no checkpoint yet.

        """
        ...

    def last(self, tag: bytes) -> tuple[int, Position | None]:
        """Return how many records the map holds and a tag's last among them; no proof of it."""
        ...

    def inclusion(self, position: Position, size: int) -> tuple[bytes, ...]:
        """Return the audit path of a record in the tree of `size`.

        Raises:
            NoSuchRecordError: The tree does not reach it.

        """
        ...

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """Return the proof that the tree of `new` extends that of `old`."""
        ...

    def root_at(self, size: int) -> bytes:
        """Return the root of the tree of the first `size` records.

        Raises:
            NoSuchRecordError: There are not so many under the newest checkpoint.

        """
        ...

    def status(self) -> LogStatus:
        """Return the state of the log."""
        ...


class EvidenceLog(LogReader, Protocol):
    """A log that can be written. One process at a time does."""

    @property
    def given_up(self) -> str:
        """Why nothing is written until the log is opened anew; empty as long as it may go on.

        What a disk holds after a sync that failed is known only by reading it anew.
        """
        ...

    def append(self, drafts: Sequence[Draft]) -> Appended:
        """Append 1 to 65,536 records, all or none, next to each other; durable on return.

        Raises:
            LogBusyError: The queue stayed full; nothing was recorded.
            LogUnavailableError: The disk refused; nothing was acknowledged.

        """
        ...

    def enqueue(self, drafts: Sequence[Draft]) -> None:
        """Queue records and return before they are durable; only for kinds that are not strict.

        A full queue makes it wait as long as `append` does, so that nothing is dropped unseen.

        Raises:
            StrictKindError: A kind is strict.
            LogBusyError: The queue stayed full; nothing was recorded.
            LogUnavailableError: The log cannot be written.

        """
        ...

    async def append_soon(self, drafts: Sequence[Draft]) -> Appended:
        """Append from an event loop; hundreds may wait at once and share one write.

        Raises the errors of `append`, `LogBusyError` at once where the queue is full.
        """
        ...

    def publish(self) -> SignedCheckpoint:
        """Bring tree, map and checkpoint up to what is durable now, and return the checkpoint.

        Raises:
            LogUnavailableError: The disk refused, or there is no record yet.

        """
        ...

    def keep_cosigned(self, signed: SignedCheckpoint) -> None:
        """Put a checkpoint with cosignatures in place if it is still the newest."""
        ...

    def erase(self, persons: Mapping[PersonKey, Erasure]) -> None:
        """Destroy keys of individuals; nothing is sealed while they go, but while epochs change.

        Raises:
            KeyHolderError: The holder of the epoch key cannot be written.

        """
        ...
