"""One session of Spark for all tests of a module."""

from collections.abc import Iterator

import pytest
from tests.adapters.spark.spark_session import on_this_machine

from chengnuo.adapters.spark.cluster import SparkBatch


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkBatch]:
    """Give one session for all tests here; to start it takes seconds."""
    with on_this_machine() as batch:
        yield batch
