"""Prices from Python: any table gives what a file gives, parts add up, no log no verdict."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis  # type: ignore[import-untyped]
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

from chengnuo import price
from chengnuo.adapters.quotes.log_files import QuoteLogError
from chengnuo.domain.pricing.coding import UnknownColumnError
from chengnuo.domain.pricing.spec import PersonalFactorError
from chengnuo.engines.fairness.statistics import PartsDifferError, PartsOverlapError
from chengnuo.ports.one_quote import NoSuchQuoteError

# Ibis 12 asks DuckDB 2 for a table by a name that goes.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

LOG = price.simulate("big-spenders", seed=3, quotes=6000)
SPEC = price.Spec(
    person="person",
    item="item",
    time="time",
    price="paid",
    quote_id="quote",
    window_s=300,
    engine_update_s=300,
    profile={price.Family.PAYING_ABILITY: ("spend_band",)},
    factors=(
        price.Factor(column="zone", reason=price.Reason.NEED, kind=price.Kind.CELL),
        price.Factor(column="arm", reason=price.Reason.RANDOM_BY_RULE, kind=price.Kind.ARM),
        price.Factor(column="distance_km", reason=price.Reason.NEED, kind=price.Kind.LINEAR),
        price.Factor(
            column="coupon",
            reason=price.Reason.NEWCOMER,
            kind=price.Kind.ADDBACK,
            rule="newcomer-coupon",
            eligible="newcomer",
        ),
    ),
)


class Streamed:
    """An object that gives an Arrow stream, and nothing else."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def arrow() -> pa.Table:
    return pa.table({name: pa.array(column) for name, column in LOG.columns.items()})


def in_duckdb(folder: Path) -> ibis.Table:
    database = ibis.duckdb.connect()
    pa.parquet.write_table(arrow(), folder / "quotes.parquet")
    database.raw_sql(f"CREATE TABLE quotes AS FROM read_parquet('{folder}/quotes.parquet')")
    return database.table("quotes")


TABLES: dict[str, Callable[[Path], object]] = {
    "arrow": lambda _: arrow(),
    "arrow-stream": lambda _: Streamed(arrow()),
    "ibis": in_duckdb,
    "numpy": lambda _: LOG.columns,
    "pandas": lambda _: pd.DataFrame(dict(LOG.columns)),
    "polars": lambda _: pl.from_arrow(arrow()),
    "polars-lazy": lambda _: pl.DataFrame(pl.from_arrow(arrow())).lazy(),
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "quotes.parquet"
    pa.parquet.write_table(arrow(), path)
    return path


@pytest.fixture(scope="module")
def from_file(file: Path) -> price.PriceAudit:
    return price.audit(file, SPEC, second_opinion=True)


def test_a_specification_in_python_is_the_one_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "prices.toml"
    path.write_text(
        'person = "uid"\nitem = "sku"\ntime = "at"\nprice = "paid"\n'
        '[profile]\nhabit = ["tenure"]\n',
        encoding="utf-8",
    )
    mine = price.Spec(
        person="uid",
        item="sku",
        time="at",
        price="paid",
        profile={price.Family.HABIT: ("tenure",)},
    )
    assert price.read_spec(path) == mine == price.read_spec(str(path))


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_the_coding_of_a_table_is_that_of_its_file(kind: str, file: Path, tmp_path: Path) -> None:
    assert price.coding(TABLES[kind](tmp_path), SPEC) == price.coding([file], SPEC)


@pytest.mark.real
@pytest.mark.parametrize("kind", sorted(TABLES))
def test_an_audit_of_a_table_is_that_of_its_file(
    kind: str, from_file: price.PriceAudit, tmp_path: Path
) -> None:
    found = price.audit(TABLES[kind](tmp_path), SPEC)
    assert found.config == from_file.config
    assert found.verdicts == from_file.verdicts
    # The order of rows differs, so sums do in their last digits.
    np.testing.assert_allclose(
        [one.effect for one in found.effects],
        [one.effect for one in from_file.effects],
        atol=1e-10,
    )
    assert found.persistence.persons == from_file.persistence.persons


@pytest.mark.real
def test_every_part_of_an_audit_is_there(from_file: price.PriceAudit) -> None:
    assert from_file.verdict is price.Verdict.FOUND
    assert from_file.verdicts["spend_band=top"] is price.Verdict.FOUND
    assert 0 < from_file.coverage < 1
    assert {*from_file.families} == {price.Family.PAYING_ABILITY}
    assert {one.outcome for one in from_file.coupons} == {"coupon"}
    assert from_file.ladder["spend_band=top"][0].window_s == 3600
    assert from_file.money is None or from_file.money > 0
    assert from_file.persistence.persons > 100
    assert len(from_file.segments) > 0
    assert from_file.missing == tuple(one for one in from_file.proof().legs if not one.holds)
    assert from_file.to_json().encode() == from_file.value.canonical
    assert "<html" in from_file.to_html("en")
    assert from_file.to_html() != from_file.to_html("en")


@pytest.mark.real
def test_a_second_opinion_stands_beside_and_decides_nothing(
    from_file: price.PriceAudit, file: Path
) -> None:
    without = price.audit(file, SPEC)
    assert without.second_opinion is None
    assert without.verdicts == from_file.verdicts
    assert [(one.leg, one.holds) for one in without.proof().legs] == [
        (one.leg, one.holds) for one in from_file.proof().legs
    ]
    second = from_file.second_opinion
    assert second is not None
    assert second.outside > 500
    top = next(one for one in second.rows if one.regressor == "spend_band=top")
    assert top.cells is not None
    assert top.outside is not None
    assert top.outside.low is not None
    assert top.outside.low > 0
    effect = next(one for one in from_file.effects if one.regressor == "spend_band=top")
    assert top.cells.effect == pytest.approx(effect.effect, abs=1e-6)
    assert top.cells.low is not None
    assert top.cells.high is not None
    assert top.cells.high - top.cells.low < effect.high - effect.low


@pytest.mark.real
def test_days_add_up_to_the_whole(from_file: price.PriceAudit) -> None:
    late = LOG.columns["time"] >= LOG.columns["time"][3000] // 3600 * 3600
    days = [{name: one[rows] for name, one in LOG.columns.items()} for rows in (~late, late)]
    coding = price.coding(LOG.columns, SPEC)
    early, rest = (price.suffstats(one, coding) for one in days)
    both = price.from_suffstats(early + rest, registered=coding.config)
    assert both.value.used == 6000
    assert both.verdicts == from_file.verdicts
    assert "registered" not in [one.leg for one in both.missing]
    assert "registered" in [one.leg for one in from_file.missing]
    with pytest.raises(PartsOverlapError):
        _ = early + early
    other = price.suffstats(days[1], price.read_spec({**_tree(), "margin": 0.02}))
    with pytest.raises(PartsDifferError):
        _ = early + other


@pytest.mark.real
def test_a_price_is_explained_from_a_file_a_table_and_parts(
    from_file: price.PriceAudit, file: Path
) -> None:
    told = from_file.explain("2000", lang="en")
    assert "the usual price of the item" in told
    assert "standing audit" in told
    assert from_file.explain("2000") != told
    parts = price.from_suffstats(price.suffstats(LOG.columns, price.coding([file], SPEC)))
    assert parts.explain("2000", lang="en") == told
    with pytest.raises(NoSuchQuoteError):
        from_file.explain("no-such-quote")


@pytest.mark.real
def test_the_same_table_has_the_same_digest_and_another_another() -> None:
    one, two = (price.audit(pl.from_arrow(arrow()), SPEC).proof().data for _ in range(2))
    fewer = price.audit(pl.DataFrame(pl.from_arrow(arrow())).head(5000), SPEC).proof().data
    assert one == two != fewer


def test_a_log_that_forbids_a_verdict_tells_its_problems_and_nothing_else() -> None:
    alone = {**LOG.columns, "person": np.zeros(6000, np.int64)}
    found = price.audit(alone, SPEC)
    assert found.verdict is price.Verdict.NOT_AUDITABLE
    assert "one-person" in [one.name for one in found.problems]
    assert "one-person" in found.to_json()
    assert "<html" in found.to_html("en")
    with pytest.raises(price.NotAuditedError):
        found.proof()
    with pytest.raises(price.NotAuditedError):
        _ = found.coverage
    none = price.suffstats(alone, SPEC)
    assert price.from_suffstats(none + none).verdict is price.Verdict.NOT_AUDITABLE


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_a_column_that_is_not_there_is_named(kind: str, tmp_path: Path) -> None:
    spec = price.read_spec({**_tree(), "price": "cost"})
    with pytest.raises(UnknownColumnError, match="cost"):
        price.coding(TABLES[kind](tmp_path), spec)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(QuoteLogError, match="is no table"):
        price.coding(7, SPEC)


def test_a_specification_is_checked_however_it_was_made() -> None:
    personal = price.Factor(column="spend_band", reason=price.Reason.OTHER, kind=price.Kind.CELL)
    spec = price.Spec(
        person="person",
        item="item",
        time="time",
        price="paid",
        profile={price.Family.HABIT: ("tenure_months",)},
        factors=(personal,),
    )
    with pytest.raises(PersonalFactorError):
        price.audit(LOG.columns, spec)


def test_a_made_up_log_is_the_same_by_the_same_seed() -> None:
    again = price.simulate("big-spenders", seed=3, quotes=6000)
    other = price.simulate("big-spenders", seed=4, quotes=6000)
    assert again.columns["paid"].tolist() == LOG.columns["paid"].tolist()
    assert other.columns["paid"].tolist() != LOG.columns["paid"].tolist()


@pytest.mark.real
def test_importing_it_loads_none_of_what_reads_tables() -> None:
    names = ("duckdb", "ibis", "pandas", "polars", "pyarrow", "litestar", "sqlalchemy", "click")
    code = f"import chengnuo.price, sys; print([one for one in {names} if one in sys.modules])"
    assert told(code) == "[]"


@pytest.mark.real
@pytest.mark.parametrize("kind", ["numpy", "pandas", "polars"])
def test_no_table_takes_pyarrow_but_its_own(kind: str) -> None:
    made = {
        "numpy": "columns",
        "pandas": "__import__('pandas').DataFrame(dict(columns))",
        "polars": "__import__('polars').DataFrame({k: v.tolist() for k, v in columns.items()})",
    }
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from chengnuo import price\n"
        "log = price.simulate(quotes=500); columns = log.columns\n"
        f"print(price.coding({made[kind]}, log.spec).config)"
    )
    assert len(told(code)) == 64


@pytest.mark.real
def test_without_the_extra_only_an_audit_lacks_it() -> None:
    code = (
        "import sys; sys.modules['ibis'] = None\n"
        "from chengnuo import price\n"
        "from chengnuo.base.errors import UnavailableError\n"
        "from chengnuo.wiring.program import Program\n"
        "Program().prober()\n"
        "log = price.simulate(quotes=500)\n"
        "assert price.coding(log.columns, log.spec).config\n"
        "try: price.audit(log.columns, log.spec)\n"
        "except UnavailableError as error: print(error.code)"
    )
    assert told(code) == "price-log-unavailable"


def told(code: str) -> str:
    """Return what a program of ours says in a process of its own."""
    done = subprocess.run(  # noqa: S603  code of this file
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout.strip()


def _tree() -> dict[str, Any]:
    return {
        "person": "person",
        "item": "item",
        "time": "time",
        "price": "paid",
        "window_s": 300,
        "profile": {"paying-ability": ["spend_band"]},
    }
