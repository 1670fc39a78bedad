"""Spark audits prices as this process does: the same survey, the same statistics."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from math import isclose
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from msgspec.structs import replace as replaced
from pyarrow import parquet
from tests.adapters.quotes.logs import SPEC, arrow, differences, table, without_sources
from tests.doors.cli.test_price_audit import SPEC as PRICES

from chengnuo.adapters.quotes.log_files import QuoteLogError
from chengnuo.adapters.spark.cluster import SparkBatch
from chengnuo.base.canonical import Tree
from chengnuo.domain.pricing.coding import Survey, UnknownColumnError, coded
from chengnuo.domain.pricing.in_memory import measured_in_memory
from chengnuo.domain.pricing.simulating import SCENARIOS
from chengnuo.doors.cli.root import run
from chengnuo.engines.fairness.simulation import simulated
from chengnuo.wiring.program import Program

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


def apart(one: Tree, other: Tree, name: str = "") -> Iterator[str]:
    """Yield where two trees differ by more than the rounding of sums."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from apart(one[key], other[key], f"{name}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for at, pair in enumerate(zip(one, other, strict=True)):
            yield from apart(*pair, f"{name}[{at}]")
    elif isinstance(one, float) and isinstance(other, float):
        if not isclose(one, other, rel_tol=1e-6, abs_tol=1e-9):
            yield f"{name}: {one} and {other}"
    elif one != other:
        yield f"{name}: {one} and {other}"


def test_prices_are_audited_as_they_are_here(
    spark: SparkBatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert spark.session is not None
    scenario = replace(SCENARIOS["segment"], quotes=3000, persons=300)
    made = {name: pa.array(one) for name, one in simulated(scenario, 7).columns.items()}
    parquet.write_table(pa.table(made), tmp_path / "quotes.parquet")
    (tmp_path / "prices.toml").write_text(PRICES)

    def audited(*more: str) -> tuple[int, Tree]:
        files = [str(tmp_path / name) for name in ("prices.toml", "quotes.parquet")]
        status = run(Program(), ["price", "audit", *files, "--json", *more])
        return status, json.loads(capsys.readouterr().out)

    here, there = audited(), audited("--engine", "spark")
    assert here[0] == there[0] != 2
    assert list(apart(here[1], there[1])) == []


def in_other_zone(of: Mapping[str, Any]) -> pa.Table:
    """Return a log whose times say no zone."""
    seconds = pa.array(of["at"] + 8 * 3600)
    return arrow(of).set_column(of_time(of), "at", seconds.cast(pa.timestamp("s")))


def in_milliseconds(of: Mapping[str, Any]) -> pa.Table:
    return arrow(of).set_column(of_time(of), "at", pa.array(of["at"] * 1000))


def as_words(of: Mapping[str, Any]) -> pa.Table:
    said = [datetime.fromtimestamp(one, UTC).isoformat() for one in of["at"].tolist()]
    return arrow(of).set_column(of_time(of), "at", pa.array(said))


def of_time(of: Mapping[str, Any]) -> int:
    return arrow(of).schema.get_field_index("at")


def rounded(survey: Survey) -> Survey:
    """Return a survey without the number of different values where that is an estimate."""
    columns = tuple(one if one.values else replaced(one, distinct=0) for one in survey.columns)
    return replaced(survey, columns=columns)


@pytest.mark.parametrize("made", [arrow, in_other_zone, in_milliseconds, as_words])
def test_a_time_reads_as_it_does_here(
    spark: SparkBatch, tmp_path: Path, made: Callable[[Mapping[str, Any]], pa.Table]
) -> None:
    quotes = table(2000)
    file = tmp_path / "log.parquet"
    parquet.write_table(made(quotes), file)
    spec = replaced(SPEC, zone="Asia/Shanghai")
    here = Program().price_audits(memory_bytes=512 << 20, threads=1)
    with here.logs.open([str(file)], spec) as log:
        survey = log.survey()
    with spark.quote_logs(here.logs).open([str(file)], spec) as log:
        assert rounded(log.survey()) == rounded(survey)
        fixed = coded(spec, survey)
        found = log.passed_over(fixed, lambda *_: None)
    assert found.counts.used == 2000
    memory = measured_in_memory(fixed, quotes)
    assert list(differences(without_sources(found), memory)) == []


def test_a_log_that_spark_does_not_read_is_named(spark: SparkBatch, tmp_path: Path) -> None:
    logs = spark.quote_logs(Program().price_audits(memory_bytes=512 << 20, threads=1).logs)
    file = tmp_path / "log.parquet"
    parquet.write_table(arrow(table(50)).drop_columns(["zone"]), file)
    with pytest.raises(UnknownColumnError) as raised, logs.open([str(file)], SPEC):
        pass
    assert raised.value.column == "zone"
    (tmp_path / "log.csv").touch()
    with pytest.raises(QuoteLogError), logs.open([str(tmp_path / "log.csv")], SPEC):
        pass
