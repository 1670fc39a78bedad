"""Effects and errors within cells are those of peers, the weight of small cells apart.

An error of ours is the one clustered by person (CRV1, nothing corrected) whose residuals are
multiplied by `w = n / (n - 1)`, `n` the quotes of the cell. In cells of one size that is the peer's
error times `w`.
"""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray
from statsmodels.stats.sandwich_covariance import S_crosssection
from tests.packages_cache import python_with

from chengnuo.engines.fairness.cells import groups_of, moments_of, within_cells
from chengnuo.engines.fairness.fitting import Fit, fitted

Array = NDArray[np.float64]
HERE = Path(__file__).parent


def drawn(
    seed: int, sizes: list[int]
) -> tuple[NDArray[np.int64], NDArray[np.uint64], Array, Array]:
    """Return cells of these sizes by turns, persons, an outcome, and three regressors."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(90), np.resize(sizes, 90))
    n = len(labels)
    key = random.integers(0, 2**63, 50).astype(np.uint64)
    who = random.integers(0, 50, n)
    x = np.column_stack([random.integers(0, 2, 50)[who], random.normal(0, 1, (2, n)).T])
    y = x @ [0.1, 0.2, -0.1] + random.normal(0, 1, n) + random.normal(0, 1, 50)[who]
    return labels, key[who], y, x.astype(float)


def ours(seed: int, sizes: list[int], *, weighted: bool) -> Fit:
    """Return our fit; without the weight, that of plain moments."""
    labels, person, y, x = drawn(seed, sizes)
    moments = moments_of(labels, person, y, np.ones(len(y)), x)
    if not weighted:
        moments = replace(moments, weighted_xx=moments.xx, weighted_xy=moments.xy)
    return fitted(moments, 0)


@pytest.mark.parametrize("sizes", [[2], [2, 3, 7], [20]], ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_effects_and_plain_errors_are_those_of_statsmodels(seed: int, sizes: list[int]) -> None:
    labels, person, y, x = drawn(seed, sizes)
    dummies = (labels[:, None] == np.unique(labels)).astype(float)
    reference = sm.OLS(y, np.column_stack([x, dummies])).fit(
        cov_type="cluster", cov_kwds={"groups": groups_of(person), "use_correction": False}
    )
    plain = ours(seed, sizes, weighted=False)
    np.testing.assert_allclose(plain.effect, reference.params[:3], atol=1e-9)
    np.testing.assert_allclose(plain.error, reference.bse[:3], rtol=1e-8)


@pytest.mark.parametrize("sizes", [[2], [2, 3, 7], [20]], ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_our_error_is_that_of_weighted_residuals(seed: int, sizes: list[int]) -> None:
    labels, person, y, x = drawn(seed, sizes)
    within = within_cells(labels)
    inside = np.column_stack([within.centred(column) for column in x.T])
    residual = within.centred(y) - inside @ np.linalg.lstsq(inside, within.centred(y))[0]
    bread = np.linalg.inv(inside.T @ inside)
    meat = S_crosssection(inside * (within.weight * residual)[:, None], groups_of(person))
    found = ours(seed, sizes, weighted=True)
    np.testing.assert_allclose(found.error, np.sqrt(np.diag(bread @ meat @ bread)), rtol=1e-9)
    if len(sizes) == 1:
        ratio = found.error / ours(seed, sizes, weighted=False).error
        np.testing.assert_allclose(ratio, sizes[0] / (sizes[0] - 1), rtol=1e-9)


@pytest.fixture(scope="module")
def peer() -> Path:
    """Give a Python with pyfixest: 45 distributions and 590 MB that nothing else here needs."""
    return python_with("pyfixest==0.60.0")


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [[2], [2, 3, 7], [20]], ids=str)
def test_effects_and_plain_errors_are_those_of_pyfixest(peer: Path, sizes: list[int]) -> None:
    labels, person, y, x = drawn(11, sizes)
    columns = {"y": y, "cell": labels, "person": groups_of(person), "a": x[:, 0]}
    columns |= {"b": x[:, 1], "c": x[:, 2]}
    given = {
        "columns": {name: one.tolist() for name, one in columns.items()},
        "regressors": ["a", "b", "c"],
    }
    done = subprocess.run(  # noqa: S603  ours
        [str(peer), str(HERE / "peer_fit.py")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    plain = ours(11, sizes, weighted=False)
    np.testing.assert_allclose(plain.effect, found["effect"], atol=1e-7)
    np.testing.assert_allclose(plain.error, found["error"], rtol=1e-5)
