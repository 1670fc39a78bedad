"""The pass over files gives what the plain one in memory gives, however the files lie."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.quotes.logs import (
    SPEC,
    arrow,
    differences,
    parquet,
    table,
    without_sources,
)

from chengnuo.adapters.quotes import embedded, expressions
from chengnuo.adapters.quotes.embedded import DuckTables, column_types, passed_over
from chengnuo.adapters.quotes.log_files import LogFiles, opened_log
from chengnuo.adapters.quotes.part import part_statistics
from chengnuo.adapters.quotes.survey import surveyed
from chengnuo.domain.pricing import in_memory
from chengnuo.domain.pricing.coding import Coded, coded
from chengnuo.domain.pricing.in_memory import measured_in_memory
from chengnuo.domain.pricing.spec import Spec
from chengnuo.engines.fairness.statistics import Counts, Statistics


def read(path: Path | str, spec: Spec = SPEC) -> tuple[Coded, Statistics]:
    with opened_log([str(path)], spec) as log:
        fixed = coded(spec, surveyed(log, spec))
        return fixed, passed_over(log, fixed)


def test_files_give_what_memory_gives(tmp_path: Path) -> None:
    quotes = table(3000)
    fixed, found = read(parquet(quotes, tmp_path / "log.parquet"))
    assert fixed == coded(SPEC, in_memory.surveyed(SPEC, quotes))
    plain = measured_in_memory(fixed, quotes)
    assert list(differences(without_sources(found), plain)) == []
    assert found.sources
    assert plain.quotes.count.sum() > 1000


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.integers(1, 400), seed=st.integers(0, 9), persons=st.integers(1, 30))
def test_small_logs_give_what_memory_gives(
    tmp_path: Path, rows: int, seed: int, persons: int
) -> None:
    quotes = table(rows, seed=seed, persons=persons, hours=1)
    fixed, found = read(parquet(quotes, tmp_path / "log.parquet"))
    plain = measured_in_memory(fixed, quotes)
    assert list(differences(without_sources(found), plain)) == []


def test_an_engine_of_tables_gives_what_memory_gives(tmp_path: Path) -> None:
    """As Spark runs them where it is installed: every expression, by DuckDB."""
    quotes = table(2000)
    with opened_log([str(parquet(quotes, tmp_path / "log.parquet"))], SPEC) as log:
        fixed = coded(SPEC, surveyed(log, SPEC))
        engine = DuckTables(log)
        engine.run(f"CREATE TEMP VIEW whole AS {_seconds(log)}")
        whole = expressions.named(column_types(log, fixed), "whole")
        found = part_statistics(engine, whole, fixed, 2000)
    assert list(differences(found, measured_in_memory(fixed, quotes))) == []
    assert found.counts.used == 2000


def _seconds(log: LogFiles) -> str:
    others = ", ".join(f'"{one}"' for one in log.types if one != SPEC.time)
    named = f'{others}, {log.time.seconds} AS "{SPEC.time}"'
    return f"SELECT {named} FROM {log.source}"  # noqa: S608  names are our own


@pytest.mark.parametrize("in_order", [False, True])
def test_cutting_into_chunks_never_matters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, in_order: bool
) -> None:
    quotes = table(3000, hours=9)
    written = arrow(quotes).sort_by("at") if in_order else arrow(quotes)
    pa.parquet.write_table(written, tmp_path / "log.parquet", row_group_size=300)
    _, whole = read(tmp_path / "log.parquet")
    monkeypatch.setattr(embedded, "_CHUNK", 500)
    told: list[tuple[int, int]] = []
    with opened_log([str(tmp_path / "log.parquet")], SPEC) as log:
        fixed = coded(SPEC, surveyed(log, SPEC))
        cut = passed_over(log, fixed, lambda done, rows: told.append((done, rows)))
    assert list(differences(cut, whole)) == []
    assert len(told) > 3
    assert told[-1] == (3000, 3000)


def test_cutting_a_busy_hour_by_its_items_never_matters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = parquet(table(2000, hours=2), tmp_path / "log.parquet")
    _, whole = read(path)
    monkeypatch.setattr(embedded, "_CHUNK", 300)
    _, cut = read(path)
    assert list(differences(cut, whole)) == []


def test_parts_add_up_to_the_whole(tmp_path: Path) -> None:
    quotes = table(4000, hours=6)
    middle = int(np.asarray(quotes["at"]).min()) // 3600 * 3600 + 3 * 3600
    early = np.asarray(quotes["at"]) < middle
    fixed, whole = read(parquet(quotes, tmp_path / "whole.parquet"))
    parts = []
    for name, rows in (("a", early), ("b", ~early)):
        part = parquet({k: v[rows] for k, v in quotes.items()}, tmp_path / f"{name}.parquet")
        with opened_log([str(part)], SPEC) as log:
            parts.append(passed_over(log, fixed))
    added = without_sources(parts[0] + parts[1])
    assert list(differences(added, without_sources(whole))) == []


def test_the_order_of_rows_never_matters(tmp_path: Path) -> None:
    quotes = table(2000)
    _, one = read(parquet(quotes, tmp_path / "one.parquet"))
    order = np.random.default_rng(1).permutation(2000)
    mixed = {name: column[order] for name, column in quotes.items()}
    _, other = read(parquet(mixed, tmp_path / "other.parquet"))
    assert list(differences(without_sources(other), without_sources(one))) == []


@pytest.mark.parametrize("form", ["csv", "jsonl", "many", "seconds", "text"])
def test_the_form_of_the_files_never_matters(tmp_path: Path, form: str) -> None:
    quotes = table(1500)
    _, one = read(parquet(quotes, tmp_path / "one.parquet"))
    written = arrow(quotes)
    if form == "many":
        for i in range(3):
            pa.parquet.write_table(written.slice(i * 500, 500), tmp_path / f"part-{i}.parquet")
        _, other = read(tmp_path / "part-*.parquet")
    elif form == "seconds":
        place = written.schema.get_field_index("at")
        seconds = written.set_column(place, "at", pa.array(quotes["at"]))
        pa.parquet.write_table(seconds, tmp_path / "seconds.parquet")
        _, other = read(tmp_path / "seconds.parquet")
    else:
        place = written.schema.get_field_index("at")
        texts = np.array([f"{one}+08:00" for one in _local(quotes["at"])])
        text = written.set_column(place, "at", pa.array(texts))
        if form == "text":
            pa.parquet.write_table(text, tmp_path / "text.parquet")
            _, other = read(tmp_path / "text.parquet")
        elif form == "csv":
            pa.csv.write_csv(text, tmp_path / "log.csv")
            _, other = read(tmp_path / "log.csv")
        else:
            text.to_pandas().to_json(tmp_path / "log.jsonl", orient="records", lines=True)
            _, other = read(tmp_path / "log.jsonl")
    assert list(differences(without_sources(other), without_sources(one))) == []


def _local(seconds: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    moved = (np.asarray(seconds) + 8 * 3600).astype("datetime64[s]")
    return [str(one) for one in moved]


def test_what_cannot_be_used_is_counted_by_its_reason(tmp_path: Path) -> None:
    quotes = table(1000)
    written = arrow(quotes).to_pandas()
    written.loc[0, "paid"] = -3.0
    written.loc[1, "paid"] = None
    written.loc[2, "at"] = None
    written.loc[3, "uid"] = None
    written.loc[4, "phone"] = None
    written.loc[5, "km"] = float("nan")
    written.loc[7, "quote"] = written.loc[6, "quote"]
    written.to_parquet(tmp_path / "log.parquet")
    _, found = read(tmp_path / "log.parquet")
    assert found.counts == Counts(
        read=1000, used=993, duplicated=1, unpriced=2, undated=1, unnamed=1, incomplete=2
    )
