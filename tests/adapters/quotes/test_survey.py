"""What hinders an audit is named before a price is looked at."""

from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from tests.adapters.quotes.logs import SPEC, arrow, parquet, table

from chengnuo.adapters.quotes.log_files import QuoteLogError, opened_log
from chengnuo.adapters.quotes.survey import surveyed
from chengnuo.domain.pricing.coding import UnknownColumnError
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.spec import Spec, spec_of


def hindrances(path: Path, spec: Spec = SPEC) -> set[str]:
    with opened_log([str(path)], spec) as log:
        return {one.name for one in surveyed(log, spec).problems}


def test_a_whole_log_is_hindered_by_nothing(tmp_path: Path) -> None:
    assert hindrances(parquet(table(500), tmp_path / "log.parquet")) == set()


@pytest.mark.parametrize("hindrance", sorted({"one-item", "one-person", "one-quote-per-person"}))
def test_a_log_that_cannot_tell_says_why(tmp_path: Path, hindrance: str) -> None:
    quotes = table(300)
    if hindrance == "one-item":
        quotes["sku"] = np.array(["s"] * 300)
    elif hindrance == "one-person":
        quotes["uid"] = np.array(["u"] * 300)
    else:
        quotes["uid"] = np.array([f"u{i}" for i in range(300)])
    assert hindrances(parquet(quotes, tmp_path / "log.parquet")) == {hindrance}


def test_times_without_a_zone_are_refused_until_one_is_declared(tmp_path: Path) -> None:
    quotes = arrow(table(300))
    place = quotes.schema.get_field_index("at")
    naive = quotes.set_column(place, "at", quotes["at"].cast(pa.timestamp("us")))
    pa.parquet.write_table(naive, tmp_path / "log.parquet")
    assert hindrances(tmp_path / "log.parquet") == {Hindrance.TIME_WITHOUT_ZONE}
    zoned = msgspec.structs.replace(SPEC, zone="Asia/Shanghai")
    assert hindrances(tmp_path / "log.parquet", zoned) == set()


def test_prices_in_several_currencies_are_told(tmp_path: Path) -> None:
    quotes = table(300)
    quotes["money"] = np.array(["CNY", "USD"] * 150)
    spec = msgspec.structs.replace(SPEC, currency="money")
    assert hindrances(parquet(quotes, tmp_path / "log.parquet"), spec) == {
        Hindrance.MIXED_CURRENCIES
    }


def test_a_column_that_names_persons_is_told(tmp_path: Path) -> None:
    quotes = table(300)
    quotes["card"] = np.array([f"c-{one}" for one in quotes["uid"]])
    spec = spec_of(
        {
            "person": "uid",
            "item": "sku",
            "time": "at",
            "price": "paid",
            "profile": {"other": ["card", "is_old"]},
        }
    )
    assert hindrances(parquet(quotes, tmp_path / "log.parquet"), spec) == {
        Hindrance.VALUE_PER_PERSON
    }


def test_a_log_that_is_none_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(parquet(table(100), tmp_path / "log.parquet").read_bytes()[:700])
    with pytest.raises(QuoteLogError), opened_log([str(broken)], SPEC):
        pass
    with pytest.raises(QuoteLogError), opened_log([str(tmp_path / "nothing.parquet")], SPEC):
        pass
    (tmp_path / "log.txt").write_text("x")
    with pytest.raises(QuoteLogError), opened_log([str(tmp_path / "log.txt")], SPEC):
        pass


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    quotes = table(50)
    del quotes["zone"]
    path = parquet(quotes, tmp_path / "log.parquet")
    with pytest.raises(UnknownColumnError) as raised, opened_log([str(path)], SPEC):
        pass
    assert raised.value.column == "zone"


def test_no_value_of_a_log_stands_in_an_error(tmp_path: Path) -> None:
    quotes = arrow(table(300)).to_pandas()
    quotes["km"] = quotes["km"].astype(object)
    quotes.loc[299, "km"] = "secret-of-a-person"
    quotes["km"] = quotes["km"].astype(str)
    quotes.to_csv(tmp_path / "log.csv", index=False)
    with opened_log([str(tmp_path / "log.csv")], SPEC) as log:
        survey = surveyed(log, SPEC)
        assert survey.of("km").values == ()
