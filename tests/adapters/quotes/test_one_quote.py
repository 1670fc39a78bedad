"""One quote of a log and what it is compared with, as plain loops over arrays give it."""

import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.quotes.logs import SPEC, START, arrow, parquet, table

from chengnuo.adapters.quotes.one_quote import DAYS, LEAST_FREEDOM, QuoteFilesFinder
from chengnuo.domain.pricing.explaining import Others, QuoteFacts
from chengnuo.domain.pricing.in_memory import Table
from chengnuo.domain.pricing.spec import PriceSpecError, Spec
from chengnuo.ports.one_quote import (
    FoundQuote,
    NoSuchQuoteError,
    QuoteLack,
    QuoteTwiceError,
    QuoteUnusableError,
)

FINDER = QuoteFilesFinder(memory_bytes=256 << 20, threads=1)


def plain(spec: Spec, of: Table, row: int) -> QuoteFacts:
    """Return the facts of a quote the plain way; `off`, `zone` and `km` are the factors."""
    listed = of["paid"] + of["off"]
    day = 24 * 3600
    hour = of["at"][row] // 3600 * 3600
    near = [
        i
        for i in range(len(listed))
        if of["sku"][i] == of["sku"][row] and hour - DAYS * day <= of["at"][i] < hour + DAYS * day
    ]
    cells = defaultdict(list)
    for i in near:
        cells[of["zone"][i], of["at"][i] // spec.window_s].append(i)
    others = [i for i in cells[of["zone"][row], of["at"][row] // spec.window_s] if i != row]
    y, km = np.log(listed), of["km"]
    whole = [cell for cell in cells.values() if len(cell) > 1]
    r = [y[i] - np.mean(y[cell]) for cell in whole for i in cell]
    z = [km[i] - np.mean(km[cell]) for cell in whole for i in cell]
    weight = [np.sqrt(len(cell) / (len(cell) - 1)) for cell in whole for _ in cell]
    told = len(r) - len(whole) - 1 >= LEAST_FREEDOM
    slope = np.dot(z, r) / np.dot(z, z) if told else 0.0
    moved = slope * (km[row] - np.mean(km[others])) if others else 0.0
    return QuoteFacts(
        paid=of["paid"][row],
        back=(("off", of["off"][row]),),
        usual=float(np.median(listed[near])),
        persons=len({of["uid"][i] for i in near} - {of["uid"][row]}),
        others=Others(
            count=len(others),
            persons=len({of["uid"][i] for i in others} - {of["uid"][row]}),
            usual=statistics.geometric_mean(listed[others]),
            low=min(listed[others]),
            high=max(listed[others]),
            below=sum(listed[i] < listed[row] for i in others),
        )
        if others
        else None,
        factors=(("km", moved),) if told and others else (),
        untold=() if told else ("km",),
        scale=1.4826 * float(np.median(np.abs(np.array(r) - slope * np.array(z)) * weight))
        if told
        else None,
    )


def alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-12)
    if isinstance(one, msgspec.Struct) and isinstance(other, msgspec.Struct):
        return alike(msgspec.structs.asdict(one), msgspec.structs.asdict(other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(alike(*both) for both in zip(one, other, strict=True))
    return one == other


def found(
    path: Path | str, quote: str, spec: Spec = SPEC, *, person: str | None = None
) -> FoundQuote:
    return FINDER.find([str(path)], spec, quote, person=person)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.integers(1, 700),
    seed=st.integers(0, 9),
    persons=st.integers(1, 30),
    which=st.integers(0, 10**6),
    days=st.sampled_from([0, 20]),
)
def test_the_files_give_what_plain_loops_give(  # noqa: PLR0913, PLR0917  one for each drawn
    tmp_path: Path, rows: int, seed: int, persons: int, which: int, days: int
) -> None:
    of = table(rows, seed=seed, persons=persons, hours=1)
    of["at"] = of["at"] + np.arange(rows) % 2 * days * 24 * 3600
    row = which % rows
    seen = found(parquet(of, tmp_path / "log.parquet"), f"q{row}")
    assert (seen.at_s, seen.item) == (of["at"][row], of["sku"][row])
    expected = plain(SPEC, of, row)
    assert alike(seen.facts, expected), (seen.facts, expected)


def test_enough_quotes_tell_what_a_factor_does_and_how_prices_scatter(tmp_path: Path) -> None:
    of = table(2000, hours=1)
    of["paid"] = np.round(of["paid"] * np.exp(0.03 * of["km"]), 2)
    facts = found(parquet(of, tmp_path / "log.parquet"), "q7").facts
    assert facts.scale == pytest.approx(0.2, rel=0.2)
    assert facts.others is not None
    assert facts.others.persons >= 5
    assert alike(facts, plain(SPEC, of, 7))


@pytest.mark.parametrize("kind", ["csv", "jsonl", "two files"])
def test_the_kind_of_file_does_not_matter(tmp_path: Path, kind: str) -> None:
    of = table(600, hours=1)
    whole = found(parquet(of, tmp_path / "log.parquet"), "q3")
    path = tmp_path / f"other.{kind}"
    if kind == "csv":
        pa.csv.write_csv(arrow(of), path)
    elif kind == "jsonl":
        columns = arrow(of)
        with duckdb.connect() as database:
            database.register("log", columns)
            database.execute(f"COPY (FROM log) TO '{path}' (FORMAT json)")
    else:
        path = tmp_path / "part-*.parquet"
        pa.parquet.write_table(arrow(of).slice(0, 200), tmp_path / "part-1.parquet")
        pa.parquet.write_table(arrow(of).slice(200), tmp_path / "part-2.parquet")
    assert alike(found(path, "q3"), whole)


def test_only_the_person_of_a_quote_finds_it_by_name(tmp_path: Path) -> None:
    of = table(300, hours=1)
    path = parquet(of, tmp_path / "log.parquet")
    mine = str(of["uid"][5])
    assert found(path, "q5", person=mine) == found(path, "q5")
    said = []
    for quote, person in (("q5", "u-none"), ("q9999", mine), ("q9999", "u-none"), ("q5", "")):
        with pytest.raises(NoSuchQuoteError) as raised:
            found(path, quote, person=person)
        said.append(str(raised.value))
    assert len({*said}) == 1


@pytest.mark.parametrize(
    "quote", ["", "' OR 1=1 --", "q5' OR '1'='1", 'q5"', "q5\x00", "?", "报价", "q" * 5000]
)
def test_an_odd_id_is_only_an_id(tmp_path: Path, quote: str) -> None:
    path = parquet(table(20), tmp_path / "log.parquet")
    with pytest.raises(NoSuchQuoteError):
        found(path, quote)


def changed(of: dict[str, Any], column: str, value: object) -> pa.Table:
    """Return the log with a value of the first row replaced."""
    log = arrow(of)
    place = log.column_names.index(column)
    first = pa.array([value], log.schema.field(column).type)
    return log.set_column(place, column, pa.chunked_array([first, *log[column].slice(1).chunks]))


@pytest.mark.parametrize(
    ("column", "value", "lack"),
    [
        ("paid", None, QuoteLack.PRICE),
        ("paid", 0.0, QuoteLack.PRICE),
        ("paid", float("nan"), QuoteLack.PRICE),
        ("at", None, QuoteLack.TIME),
        ("uid", None, QuoteLack.NAMES),
        ("sku", None, QuoteLack.NAMES),
        ("km", float("inf"), QuoteLack.FACTOR),
        ("zone", None, QuoteLack.FACTOR),
        ("off", None, QuoteLack.FACTOR),
    ],
)
def test_what_a_quote_lacks_is_named(
    tmp_path: Path, column: str, value: object, lack: QuoteLack
) -> None:
    path = tmp_path / "log.parquet"
    pa.parquet.write_table(changed(table(40), column, value), path)
    with pytest.raises(QuoteUnusableError) as raised:
        found(path, "q0")
    assert (raised.value.column, raised.value.lack) == (column, lack)


def test_others_that_lack_something_or_come_again_do_not_count(tmp_path: Path) -> None:
    of = table(400, hours=1)
    whole = found(parquet(of, tmp_path / "log.parquet"), "q3")
    worse = pa.concat_tables(
        [
            arrow(of),
            arrow(of).filter(pa.compute.not_equal(arrow(of)["quote"], "q3")),
            changed({**of, "quote": np.array([f"r{i}" for i in range(400)])}, "paid", None).slice(
                0, 1
            ),
        ]
    )
    pa.parquet.write_table(worse, tmp_path / "worse.parquet")
    assert alike(found(tmp_path / "worse.parquet", "q3"), whole)
    with pytest.raises(QuoteTwiceError):
        found(tmp_path / "worse.parquet", "q4")


def test_only_quotes_in_the_same_currency_are_compared(tmp_path: Path) -> None:
    of = table(400, hours=1)
    is_mine = np.arange(400) % 2 == 1
    with_money = {**of, "money": np.where(is_mine, "CNY", "USD")}
    spec = msgspec.structs.replace(SPEC, currency="money")
    seen = found(parquet(with_money, tmp_path / "both.parquet"), "q3", spec)
    one = {name: column[is_mine] for name, column in of.items()}
    alone = found(parquet(one, tmp_path / "one.parquet"), "q3")
    assert seen.currency == "CNY"
    assert alike(seen.facts, alone.facts)


def test_numbers_that_name_things_and_times_without_a_zone_are_read(tmp_path: Path) -> None:
    of = table(300, hours=1)
    whole = found(parquet(of, tmp_path / "log.parquet"), "q7", person=str(of["uid"][7]))
    numbered = {
        **of,
        "quote": np.arange(300),
        "uid": np.array([int(str(one)[2:]) for one in of["uid"]]),
        "at": of["at"] - START,
    }
    columns = {name: pa.array(one) for name, one in numbered.items()}
    columns["at"] = pa.array(np.asarray(of["at"]) * 1000 + 8 * 3_600_000, pa.timestamp("ms"))
    pa.parquet.write_table(pa.table(columns), tmp_path / "numbered.parquet")
    spec = msgspec.structs.replace(SPEC, zone="Asia/Shanghai")
    seen = found(tmp_path / "numbered.parquet", "7", spec, person=str(int(str(of["uid"][7])[2:])))
    assert alike(seen.facts, whole.facts)
    assert seen.at_s == whole.at_s
    with pytest.raises(NoSuchQuoteError):
        found(tmp_path / "numbered.parquet", "q7", spec)


def test_without_a_column_of_ids_nothing_is_looked_for(tmp_path: Path) -> None:
    path = parquet(table(20), tmp_path / "log.parquet")
    with pytest.raises(PriceSpecError):
        found(path, "q1", msgspec.structs.replace(SPEC, quote_id=""))
