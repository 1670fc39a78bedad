"""Spark gives what memory gives: the same expressions, another engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.adapters.quotes.logs import SPEC, differences, parquet, table

from chengnuo.adapters.quotes.spark import passed_over_by_spark
from chengnuo.domain.pricing.coding import UnknownColumnError, coded
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed

Session = Any  # Spark has types only where it is loaded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """Give a session of Spark on this machine alone."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  loading it takes seconds

    made = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.session.timeZone", "Asia/Shanghai")
        .getOrCreate()
    )
    yield made
    made.stop()


def test_spark_gives_what_memory_gives(session: Session, tmp_path: Path) -> None:
    quotes = table(2000)
    fixed = coded(SPEC, surveyed(SPEC, quotes))
    frame = session.read.parquet(str(parquet(quotes, tmp_path / "log.parquet")))
    found = passed_over_by_spark(session, frame, fixed)
    assert list(differences(found, measured_in_memory(fixed, quotes))) == []
    assert found.counts.used == 2000


def test_a_column_that_spark_lacks_is_named(session: Session, tmp_path: Path) -> None:
    quotes = table(50)
    fixed = coded(SPEC, surveyed(SPEC, quotes))
    frame = session.read.parquet(str(parquet(quotes, tmp_path / "log.parquet"))).drop("zone")
    with pytest.raises(UnknownColumnError) as raised:
        passed_over_by_spark(session, frame, fixed)
    assert raised.value.column == "zone"
