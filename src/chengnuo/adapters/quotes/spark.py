"""The pass over a log by Spark: the same expressions, where a log has outgrown one machine.

Spark divides the work itself, so that the log is one part. Ibis has no way of its own to write for
Spark without a session; what it writes for Databricks is the same language.
"""

from typing import Any

import ibis  # type: ignore[import-untyped]  # it says nothing of its types
import numpy as np
from ibis.backends.sql.datatypes import DatabricksType  # type: ignore[import-untyped]

from chengnuo.adapters.quotes import expressions
from chengnuo.adapters.quotes.expressions import Table
from chengnuo.adapters.quotes.log_files import columns_of
from chengnuo.adapters.quotes.part import Columns, part_statistics
from chengnuo.domain.pricing.coding import Coded, UnknownColumnError
from chengnuo.domain.pricing.spec import PriceSpecError
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
        return {name: np.array([row[i] for row in rows]) for i, name in enumerate(frame.columns)}

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
        frame: The log, a DataFrame; its time a timestamp, or whole seconds since 1970 UTC.
        coded: What is audited, by a survey of the same columns.

    Raises:
        UnknownColumnError: The frame lacks a column.
        PriceSpecError: The time is a text, or a timestamp without a zone.

    """
    spec = coded.spec
    names = columns_of(spec)
    kinds = dict(frame.dtypes)
    for name in names:
        if name not in kinds:
            raise UnknownColumnError(name)
    kind = kinds[spec.time]
    if kind not in {"timestamp", "bigint", "int"}:
        raise PriceSpecError(f"`time`: is `{kind}` in Spark; give `timestamp` or whole seconds")
    seconds = f"unix_seconds(`{spec.time}`)" if kind == "timestamp" else f"`{spec.time}`"
    others = [f"`{name}`" for name in names if name != spec.time]
    log = frame.selectExpr(*others, f"CAST({seconds} AS BIGINT) AS `{spec.time}`")
    log.createOrReplaceTempView(_LOG)
    types = {name: str(DatabricksType.from_string(kind)) for name, kind in log.dtypes}
    engine = SparkTables(session)
    try:
        return part_statistics(engine, expressions.named(types, _LOG), coded, log.count())
    finally:
        engine.forget()
        session.catalog.dropTempView(_LOG)
