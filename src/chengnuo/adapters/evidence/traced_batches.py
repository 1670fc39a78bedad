"""`KeptBatches` whose writing is traced: how long it takes until a batch is durable."""

from collections.abc import Iterator

from chengnuo.adapters.evidence.batch import Row
from chengnuo.adapters.evidence.kept_batches import KeptBatches
from chengnuo.adapters.evidence.segments import Recovered
from chengnuo.ports.tracing import Fact, Spans


class TracedBatches:
    """The batches of a log, told of as they become durable."""

    def __init__(self, batches: KeptBatches, spans: Spans) -> None:
        """Tell of batches."""
        self._batches = batches
        self._spans = spans
        self.origin = batches.origin

    @property
    def unsure(self) -> bool:
        """See `KeptBatches.unsure`."""
        return self._batches.unsure

    @unsure.setter
    def unsure(self, value: bool) -> None:
        self._batches.unsure = value

    @property
    def size(self) -> int:
        """See `KeptBatches.size`."""
        return self._batches.size

    def close(self) -> None:
        """See `KeptBatches.close`."""
        self._batches.close()

    def look(self) -> None:
        """See `KeptBatches.look`."""
        self._batches.look()

    def refresh(self) -> None:
        """See `KeptBatches.refresh`."""
        self._batches.refresh()

    def recover(self, *, least: int = 0) -> Recovered:
        """See `KeptBatches.recover`."""
        return self._batches.recover(least=least)

    def append(self, batch: bytes, count: int) -> None:
        """See `KeptBatches.append`."""
        with self._spans.span("evidence batch", {Fact.RECORDS: count, Fact.BYTES: len(batch)}):
            self._batches.append(batch, count)

    def prepare(self) -> bool:
        """See `KeptBatches.prepare`."""
        return self._batches.prepare()

    def row(self, position: int) -> Row:
        """See `KeptBatches.row`."""
        return self._batches.row(position)

    def batches(self, start: int) -> Iterator[tuple[int, list[Row]]]:
        """See `KeptBatches.batches`."""
        return self._batches.batches(start)
