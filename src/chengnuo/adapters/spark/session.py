"""A session of Spark: the one that is there already, or one that begins and ends here.

Whatever goes wrong on a cluster comes out as our error. Its message names the kind and never what
Spark says of it, for that may hold a row.
"""

import sys
import warnings
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

from chengnuo.base.errors import ChengnuoError
from chengnuo.ports.batches import BatchUnavailableError, Engine

_LOCAL: Final = "local"
_ON_THIS_MACHINE: Final = "local[*]"
_GATEWAY: Final = "PYSPARK_GATEWAY_PORT"
"""Set by `spark-submit`, which says by itself where the cluster is."""
_ALONE: Final = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "4",  # 200, as for a cluster, take minutes on a few cores
    "spark.ui.enabled": "false",
}
"""On one machine nothing listens where another could reach it."""
_PYTHON: Final = "PYSPARK_PYTHON"

Session = Any  # Spark has types only where it is installed


@contextmanager
def opened_session(engine: Engine, environment: MutableMapping[str, str]) -> Iterator[Session]:
    """Open a session; one that was there before stays.

    Args:
        engine: Which cluster.
        environment: Environment variables of this process; on this machine alone, they come to say
            that work is done by the Python that runs here, unless they say by which.

    Raises:
        BatchUnavailableError: Spark or Java is not installed, or the cluster does not answer.

    """
    sessions = _spark().SparkSession
    known = sessions.getActiveSession()
    master = engine.master or ("" if _GATEWAY in environment else _ON_THIS_MACHINE)
    if master.startswith(_LOCAL):
        environment.setdefault(_PYTHON, sys.executable)
    with spark_errors():
        session = known or _built(sessions.builder, master)
    try:
        yield session
    finally:
        if known is None:
            session.stop()


@contextmanager
def spark_errors() -> Iterator[None]:
    """Turn what Spark raises into our error; errors of ours pass."""
    try:
        with _without_pandas():
            yield
    except (ChengnuoError, KeyboardInterrupt):
        raise
    except Exception as error:  # Py4J, PySpark and Java each have kinds of their own
        raise BatchUnavailableError(f"the work on it ended with `{kind_of(error)}`") from error


def kind_of(error: Exception) -> str:
    """Return the kind of an error of Spark: its condition where it has one, else its class."""
    condition = getattr(error, "getCondition", None)
    named = condition() if callable(condition) else None
    return str(named or type(error).__name__)


def _spark() -> Any:
    try:
        with _without_pandas():
            import_module("pyarrow")
            return import_module("pyspark.sql")
    except ImportError as error:
        raise BatchUnavailableError("the extra `spark` is not installed") from error


def _built(builder: Any, master: str) -> Session:
    made = builder.appName("chengnuo").config("spark.ui.showConsoleProgress", "false")
    if master:
        made = made.master(master)
    if master.startswith(_LOCAL):
        for name, value in _ALONE.items():
            made = made.config(name, value)
    return made.getOrCreate()


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Let PySpark not say that it knows no newer pandas, which is not used here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
        yield
