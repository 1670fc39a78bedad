"""Work given to a cluster, with what it is done by there; apart, for it comes seldom."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module

from chengnuo.adapters.spark.cluster import SparkBatches
from chengnuo.adapters.spark.session import Session
from chengnuo.doors.cli.engine_option import Bounded
from chengnuo.ports.batches import Batch, BatchUnavailableError, Engine, Spread
from chengnuo.ports.quote_logs import QuoteLogs
from chengnuo.ports.store_look import StoreLooks
from chengnuo.usecases.inspection.inspections import Inspections
from chengnuo.usecases.stores.counting import CountedApart
from chengnuo.wiring.knowledge import text_cues
from chengnuo.wiring.packages import inspections_elsewhere


class Batching:
    """Gives work to Spark."""

    def opened(self, engine: Engine) -> AbstractContextManager[Batch]:
        """Open a cluster.

        Raises:
            BatchUnavailableError: It cannot be had.

        """
        return SparkBatches(os.environ, quote_logs).opened(engine)

    def counted(self, spread: Spread, looks: StoreLooks) -> CountedApart:
        """Return what goes through the rows of stores on a cluster."""
        return CountedApart(spread=spread, looks=looks, cues=text_cues)

    def inspections(self, bounded: Bounded) -> Callable[[], Inspections]:
        """Return what makes the use cases on packages where there is room; pickles."""
        return partial(
            inspections_elsewhere, memory_bytes=bounded.memory_bytes, wall_s=bounded.wall_s
        )


def quote_logs(session: Session, files: QuoteLogs) -> QuoteLogs:
    """Return what opens logs of quotes on Spark.

    Raises:
        BatchUnavailableError: Ibis or DuckDB is not installed.

    """
    try:
        module = import_module("chengnuo.adapters.quotes.spark_logs")
    except ImportError as error:
        raise BatchUnavailableError("prices take the extra `price` too") from error
    logs: QuoteLogs = module.SparkLogs(session=session, files=files)
    return logs
