"""What is said where Spark cannot be had, and how it is asked for."""

import sys
from collections.abc import Callable

import pytest

from chengnuo.adapters.spark.session import kind_of, spark_errors
from chengnuo.doors.cli.root import run
from chengnuo.ports.batches import BatchUnavailableError, Engine
from chengnuo.wiring.batching import Batching
from chengnuo.wiring.program import Program


@pytest.mark.parametrize("missing", ["pyspark.sql", "pyarrow"])
def test_without_the_extra_it_is_told(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(BatchUnavailableError) as raised, Batching().opened(Engine()):
        pass
    assert raised.value.what == "the extra `spark` is not installed"


@pytest.mark.parametrize("words", ["hadoop", "spark=", "=local"])
def test_another_engine_is_wrong_usage(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["--lang", "en", "audience", "ids.parquet", "--item", "a/general", "-o", "out"]
    assert run(Program(), [*line, "--engine", words]) == 2
    assert "--engine takes `spark` or `spark=MASTER`" in capsys.readouterr().err


def test_one_package_takes_no_engine(capsys: pytest.CaptureFixture[str]) -> None:
    package = "tests/packages/built/net-cleartext.apk"
    assert run(Program(), ["--lang", "en", "inspect", package, "--engine", "spark"]) == 2
    assert "--engine goes with a folder" in capsys.readouterr().err


def test_an_error_of_spark_is_told_by_its_kind_and_never_by_its_words() -> None:
    class CapturedError(Exception):
        getCondition: Callable[[], str] = staticmethod(lambda: "CAST_INVALID_INPUT")  # noqa: N815

    for error, kind in (
        (CapturedError("13800000000"), "CAST_INVALID_INPUT"),
        (OSError("a"), "OSError"),
    ):
        assert kind_of(error) == kind
        with pytest.raises(BatchUnavailableError) as raised, spark_errors():
            raise error
        assert str(raised.value) == f"Spark cannot do it: the work on it ended with `{kind}`"
