"""The pass over a log by Spark: the same expressions, where a log has outgrown one machine.

Spark divides the work itself, so that the log is one part. Ibis has no way of its own to write for
Spark without a session; what it writes for Databricks is the same language.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis  # type: ignore[import-untyped]  # it says nothing of its types
import numpy as np
from ibis.backends.sql.datatypes import DatabricksType  # type: ignore[import-untyped]
from numpy.typing import NDArray

from chengnuo.adapters.quotes import expressions
from chengnuo.adapters.quotes.expressions import Table
from chengnuo.adapters.quotes.part import Columns, part_statistics
from chengnuo.domain.pricing.coding import Coded
from chengnuo.engines.fairness.statistics import Statistics

_LOG = "chengnuo_log"


class SparkTables:
    """The engine of tables that a session of Spark is.

    Args:
        session: The session. Its time zone is not changed: times come as seconds.

    """

    def __init__(self, session: Any) -> None:
        self._session = session
        self._kept: dict[str, Any] = {}

    def make(self, name: str, expression: Table) -> None:
        """Materialise an expression under a name, in place of what was there."""
        frame = self._session.sql(self.sql(expression)).persist()
        frame.count()
        frame.createOrReplaceTempView(name)
        if name in self._kept:
            self._kept[name].unpersist()
        self._kept[name] = frame

    def fetch(self, expression: Table) -> Columns:
        """Return the columns of an expression, whose rows are in no order."""
        frame = self._session.sql(self.sql(expression))
        rows = frame.collect()
        return {name: _column([row[i] for row in rows]) for i, name in enumerate(frame.columns)}

    def forget(self) -> None:
        """Let go of what was materialised."""
        for frame in self._kept.values():
            frame.unpersist()
        self._kept.clear()

    @staticmethod
    def sql(expression: Table) -> str:
        """Return an expression as Spark reads it."""
        return str(ibis.to_sql(expression, dialect="databricks"))


def passed_over_by_spark(session: Any, frame: Any, coded: Coded) -> Statistics:
    """Return the statistics of a frame of Spark.

    Args:
        session: The session of Spark.
        frame: The log, a DataFrame; its time whole seconds since 1970 UTC.
        coded: What is audited, by a survey of the same columns.

    """
    engine = SparkTables(session)
    with named_log(session, frame) as log:
        try:
            return part_statistics(engine, log, coded, frame.count())
        finally:
            engine.forget()


@contextmanager
def named_log(session: Any, frame: Any) -> Iterator[Table]:
    """Give a frame as a table that expressions are built on."""
    frame.createOrReplaceTempView(_LOG)
    try:
        types = {name: str(DatabricksType.from_string(kind)) for name, kind in frame.dtypes}
        yield expressions.named(types, _LOG)
    finally:
        session.catalog.dropTempView(_LOG)


def _column(values: list[Any]) -> NDArray[Any]:
    """Return values as an array; 0, or an empty text, where there is none."""
    nothing = "" if any(isinstance(one, str) for one in values) else 0
    return np.array([nothing if one is None else one for one in values])
