"""What the tests of the examples share: the sample's own modules, and one small database."""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SHOP = Path(__file__).parents[2] / "examples" / "shop"
sys.path.insert(0, str(SHOP))


@pytest.fixture(scope="session")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from make_database import make  # noqa: PLC0415 - the folder of the example is on the path now

    out = tmp_path_factory.mktemp("shop") / "shop.db"
    make(out, customers=200)
    return out


@pytest.fixture
def database(small_database: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{small_database}?mode=ro", uri=True)
    yield connection
    connection.close()
