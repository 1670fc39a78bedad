"""Somebody with very many rows: memory does not grow with them."""

import tracemalloc
from pathlib import Path

import pytest
from tests.usecases.rights.shop_kit import Shop, fates, make_shop

from chengnuo.domain.rights.plan import RowFate

ROWS = 300_000
MOST_BYTES = 48 << 20


@pytest.mark.slow
def test_a_survey_of_very_many_rows_needs_little_memory(tmp_path: Path) -> None:
    make_shop(tmp_path / "made.db")
    shop = Shop(tmp_path / "made.db", tmp_path, most_rows=ROWS * 2)
    shop.sql(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
        "INSERT INTO search_history SELECT 1000000 + i, 7, 'tea', 0, '2026-05-05 10:00:00' FROM n",
        ROWS,
    )
    tracemalloc.start()
    try:
        plan = shop.delete(7)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert fates(plan, "search_history")[RowFate.DELETE] >= ROWS
    assert peak < MOST_BYTES
