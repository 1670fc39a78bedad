"""A search in a process of its own finds the same, and whatever befalls it is told."""

from pathlib import Path

import msgspec
import pytest
from tests.adapters.quotes.logs import SPEC, parquet, table

from chengnuo.adapters.quotes.child_finder import ChildFinder
from chengnuo.adapters.quotes.log_files import QuoteLogError
from chengnuo.adapters.quotes.one_quote import QuoteFilesFinder
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.pricing.coding import UnknownColumnError
from chengnuo.domain.pricing.spec import PriceSpecError
from chengnuo.ports.one_quote import (
    NoSuchQuoteError,
    QuoteSearchError,
    QuoteTwiceError,
)

pytestmark = pytest.mark.real

MEMORY = 256 << 20
CHILD = ChildFinder(memory_bytes=MEMORY, threads=1, wall_s=60)
HERE = QuoteFilesFinder(memory_bytes=MEMORY, threads=1)


def test_a_child_finds_what_this_process_finds(tmp_path: Path) -> None:
    of = table(300, hours=1)
    path = str(parquet(of, tmp_path / "log.parquet"))
    mine = str(of["uid"][3])
    assert CHILD.find([path], SPEC, "q3", person=mine) == HERE.find([path], SPEC, "q3")


@pytest.mark.parametrize(
    ("quote", "column", "error"),
    [
        ("q9999", "uid", NoSuchQuoteError),
        ("q3", "sku", UnknownColumnError),
        ("q3", "quote", PriceSpecError),
        ("q3", "damaged", QuoteLogError),
        ("q3", "twice", QuoteTwiceError),
    ],
)
def test_what_it_refuses_is_refused_here_in_the_same_words(
    tmp_path: Path, quote: str, column: str, error: type[ChengnuoError]
) -> None:
    of = table(40)
    spec = msgspec.structs.replace(SPEC, quote_id="") if column == "quote" else SPEC
    if column == "sku":
        del of["sku"]
    path = parquet(of, tmp_path / "log.parquet")
    if column == "damaged":
        path.write_bytes(b"PAR1" + b"\0" * 900)
    paths = [str(path)]
    if column == "twice":
        paths.append(str(parquet(of, tmp_path / "again.parquet")))
    with pytest.raises(error) as here:
        HERE.find(paths, spec, quote)
    with pytest.raises(error) as there:
        CHILD.find(paths, spec, quote)
    assert str(there.value) == str(here.value)


def test_one_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = str(parquet(table(20), tmp_path / "log.parquet"))
    hasty = ChildFinder(memory_bytes=MEMORY, threads=1, wall_s=0.01)
    with pytest.raises(QuoteSearchError) as raised:
        hasty.find([path], SPEC, "q3")
    assert "0.01 s" in str(raised.value)
