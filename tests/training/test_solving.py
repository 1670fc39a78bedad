"""Classes that are fitted together are fitted as each one alone."""

import numpy as np
from numpy.typing import NDArray
from training.solving import Rows, dense, descend

ROUNDS = 4


def solved(rows: Rows, is_so: NDArray[np.bool_], cost: NDArray[np.float32]) -> NDArray[np.float32]:
    signs = np.where(is_so, 1, -1).astype(np.float32)
    with np.errstate(over="ignore"):
        return descend(rows.starts, rows.column, rows.value, signs, cost, rows.width, ROUNDS)


def test_no_class_changes_what_another_one_finds() -> None:
    drawn = np.random.default_rng(7)
    values = drawn.normal(size=(40, 5)).astype(np.float32)
    is_so = values[:, :3] + drawn.normal(size=(40, 3)) * 0.3 > 0
    cost = np.full(is_so.shape, 0.5, dtype=np.float32)
    cost[:10, 1] = 0
    together = solved(dense(values), is_so, cost)
    for at in range(3):
        alone = solved(dense(values), is_so[:, [at]], cost[:, [at]])
        assert (together[:, at] == alone[:, 0]).all()
    told = values @ together[:-1] + together[-1] > 0
    assert (told == is_so).mean() > 0.85


def test_rows_that_cost_nothing_teach_nothing() -> None:
    values = np.ones((6, 2), dtype=np.float32)
    found = solved(dense(values), np.ones((6, 1), dtype=bool), np.zeros((6, 1), dtype=np.float32))
    assert not found.any()
