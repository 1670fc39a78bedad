"""`Batch` on Spark."""

from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from chengnuo.adapters.spark.id_lists import filtered
from chengnuo.adapters.spark.session import Session, opened_session, spark_errors
from chengnuo.ports.batches import (
    Batch,
    Engine,
    Filtered,
    ListedIds,
    Standing,
)
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.quote_logs import QuoteLogs

Logs = Callable[[Session, QuoteLogs], QuoteLogs]
T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE: Final = 16
"""Things for each place to work in that are handed out before what came of them is taken."""


@dataclass(frozen=True, slots=True)
class SparkBatch:
    """`Batch` of a session.

    Attributes:
        session: The session.
        logs: Returns what opens logs of quotes by a session, beside what writes them.

    """

    session: Session
    logs: Logs

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
        """See `Spread.each`; some are handed out at a time, so that what is done is soon seen."""
        context = self.session.sparkContext
        some = max(1, _AT_ONCE * context.defaultParallelism)
        for start in range(0, len(things), some):
            part = things[start : start + some]
            with spark_errors():
                found: list[R] = context.parallelize(part, len(part)).map(work).collect()
            yield from found

    def filtered(
        self,
        listed: ListedIds,
        known: Iterable[tuple[PersonKey, Standing]],
        others: Standing,
    ) -> Filtered:
        """See `Batch.filtered`."""
        with spark_errors():
            return filtered(self.session, listed, known, others)

    def quote_logs(self, files: QuoteLogs) -> QuoteLogs:
        """See `Batch.quote_logs`."""
        return self.logs(self.session, files)


@dataclass(frozen=True, slots=True)
class SparkBatches:
    """Opens sessions.

    Attributes:
        environment: Environment variables.
        logs: See `SparkBatch`.

    """

    environment: MutableMapping[str, str]
    logs: Logs

    @contextmanager
    def opened(self, engine: Engine) -> Iterator[Batch]:
        """Open a session.

        Raises:
            BatchUnavailableError: It cannot be had.

        """
        with opened_session(engine, self.environment) as session:
            yield SparkBatch(session, self.logs)
