"""Generated quotes, small and with all that makes cells awkward."""

import numpy as np
from hypothesis import strategies as st

from chengnuo.engines.fairness.cells import Outcome, Plan, Quotes

PLAN = Plan(config="c", window_s=300, windows=(3600, 300, 60), limit=10_000)


def made(seed: int, n: int = 60, regressors: int = 3, persons: int = 12) -> Quotes:
    """Return quotes over four hours; few persons, goods and slots, so that cells are shared."""
    random = np.random.default_rng(seed)
    person = random.integers(0, 2**63, persons).astype(np.uint64)[random.integers(0, persons, n)]
    paid = np.round(np.exp(random.normal(3, 0.05, n)), 2)
    rows = np.flatnonzero(random.random(n) < 0.6)
    return Quotes(
        person=person,
        goods=random.integers(1, 3, n).astype(np.uint64) << np.uint64(40),
        time=random.integers(0, 4, n) * 3600 + random.integers(0, 900, n),
        y=np.log(paid),
        paid=paid,
        x=np.column_stack(
            [random.integers(0, 2, n), random.normal(0, 1, (regressors - 1, n)).T]
        ).astype(float),
        outcomes={"got": Outcome(rows=rows, y=(random.random(len(rows)) < 0.3).astype(float))},
    )


def quotes() -> st.SearchStrategy[Quotes]:
    """Return a strategy of quotes."""
    return st.builds(made, st.integers(0, 2**32), st.integers(2, 80))
