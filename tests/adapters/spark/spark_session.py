"""A session of Spark on this machine alone: two places to work, few partitions, a quick start."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from chengnuo.adapters.spark.cluster import SparkBatch, SparkBatches
from chengnuo.ports.batches import Engine
from chengnuo.wiring.batching import quote_logs

_QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.session.timeZone": "Asia/Shanghai",
}


@contextmanager
def on_this_machine() -> Iterator[SparkBatch]:
    """Open a cluster that is this machine, and ends with the tests."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  loading it takes seconds

    builder = SparkSession.builder.master("local[2]")
    for name, value in _QUICK.items():
        builder = builder.config(name, value)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = builder.getOrCreate()
    with SparkBatches(os.environ, quote_logs).opened(Engine()) as batch:
        assert isinstance(batch, SparkBatch)
        assert batch.session is session
        yield batch
    session.stop()
