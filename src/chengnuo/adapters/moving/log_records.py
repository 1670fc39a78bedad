"""The records of the log, brought over by position and held to the signed tree head.

Only what is durable for certain is taken. What is there is read back from the server, held to the
bytes of the segments, and its leaves are hashed into a tree of their own: at the size of the newest
checkpoint the root must be the one that the log has signed.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from chengnuo.adapters.evidence.batch import read_head, rows_of
from chengnuo.adapters.moving.segment_batches import RawBatch
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.tree import grow, root_of
from chengnuo.ports.data_move import MoveDiffersError

_LOG = "log_batch"
_AT_ONCE_BYTES = 4 << 20


class LogHere(Protocol):
    """The log that is moved."""

    def durable(self) -> int:
        """Return up to where records are durable for certain."""
        ...

    def checkpoint(self) -> SignedCheckpoint | None:
        """Return the newest checkpoint, whose signature holds."""
        ...

    def batches(self, start: int, stop: int) -> Iterator[RawBatch]:
        """Yield the whole batches from one position up to another."""
        ...


class LogThere(Protocol):
    """Where it goes."""

    def size(self) -> int:
        """Return how many records are there."""
        ...

    def add(self, batches: list[RawBatch]) -> None:
        """Add batches to its end."""
        ...

    def batches(self, start: int, stop: int) -> Iterator[RawBatch]:
        """Yield the batches from one position up to another."""
        ...


class LogRecords:
    """How far the log was brought over, and the tree over what was read back.

    Attributes:
        size: How many records were read back and are the same.
        proved: Size of the newest checkpoint whose root was found again.
        root: That root.

    """

    def __init__(self) -> None:
        """Begin with nothing; what is there already is read back as well."""
        self.size = 0
        self.proved = 0
        self.root = b""
        self._frontier: list[bytes] = []
        self._leaves = 0

    def bring_over(self, here: LogHere, there: LogThere, tell: Callable[[int], None]) -> int:
        """Add what is durable and not there yet, and read back what was not read back so far.

        Returns:
            How many batches were added.

        Raises:
            MoveDiffersError: What is there is not what is here, or its root is not the signed one.
            LogDamagedError: A batch here is not what was written.

        """
        signed, stop = here.checkpoint(), here.durable()
        start, added = there.size(), 0
        for some in _together(here.batches(start, stop)):
            there.add(some)
            added += len(some)
            tell(some[-1].first)
        self._read_back(here, there, stop, signed, tell)
        return added

    def _read_back(
        self,
        here: LogHere,
        there: LogThere,
        stop: int,
        signed: SignedCheckpoint | None,
        tell: Callable[[int], None],
    ) -> None:
        found = there.batches(self.size, stop)
        for batch in here.batches(self.size, stop):
            if next(found, None) != batch:
                raise MoveDiffersError(_LOG)
            self._grow(batch, signed)
            self.size = batch.first + batch.records
            tell(self.size)
        if signed is not None and self.size >= signed.checkpoint.size > self.proved:
            raise MoveDiffersError(_LOG)

    def _grow(self, batch: RawBatch, signed: SignedCheckpoint | None) -> None:
        head = read_head(batch.data)
        if head is None or (head.first, head.records) != batch[:2]:
            raise MoveDiffersError(_LOG)
        for row in rows_of(batch.data, head):
            for _ in grow(self._frontier, self._leaves, leaf_hash(row.entry)):
                pass
            self._leaves += 1
            if signed is not None and self._leaves == signed.checkpoint.size:
                self.root = root_of(self._frontier)
                if self.root != signed.checkpoint.root:
                    raise MoveDiffersError(_LOG)
                self.proved = self._leaves


def _together(batches: Iterable[RawBatch]) -> Iterator[list[RawBatch]]:
    some: list[RawBatch] = []
    held = 0
    for batch in batches:
        some.append(batch)
        held += len(batch.data)
        if held > _AT_ONCE_BYTES:
            yield some
            some, held = [], 0
    if some:
        yield some
