"""Beside an audit: sharper intervals, and another estimate that also sees quotes alone in a cell.

Neither decides anything. The rule of the verdict is fixed, and its digest logged, before prices are
seen; a rule that may take the friendlier of several estimates afterwards is none. What stands here
tells a reader whether the audit's estimate is one of a method or of the prices, and what lies
outside of its coverage.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import msgspec
import numpy as np

from chengnuo.domain.pricing.coding import Coded
from chengnuo.domain.pricing.effects import factors_of
from chengnuo.domain.pricing.spec import Family
from chengnuo.engines.fairness.fitting import fitted
from chengnuo.engines.fairness.quantiles import t_quantile
from chengnuo.engines.fairness.second_opinion import Apart, Opinion, compared
from chengnuo.engines.fairness.statistics import Statistics
from chengnuo.engines.fairness.wild_bootstrap import inside_of, wild_bootstrap

MOST_QUOTES: Final = 200_000
"""The most quotes that either is worked out from."""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """An estimate with the interval that both one-sided tests make.

    Attributes:
        effect: A logarithm, for a step of the regressor.
        low: Lower end; None where there is none.
        high: Upper end; None where there is none.

    """

    effect: float
    low: float | None
    high: float | None


class OpinionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What each way says of one regressor's effect on prices.

    Attributes:
        regressor: Its name.
        attribute: The column it is made of.
        family: What it tells about a person.
        cells: By cells, at the window of the specification, with the interval of the wild bootstrap
            by groups of persons; from the sample.
        compared: By the local price, on quotes that cells compare.
        outside: By the local price, on quotes that are alone in their cell.

    """

    regressor: str
    attribute: str
    family: Family
    cells: Estimate | None
    compared: Estimate | None
    outside: Estimate | None


class SecondOpinion(msgspec.Struct, frozen=True, kw_only=True):
    """The second opinion.

    Attributes:
        rows: A row for each regressor that is audited.
        compared: Quotes that cells compare and that have a local price.
        outside: Quotes alone in their cell that have a local price.
        unseen: Quotes without another person's quote of the same goods before and after them.

    """

    rows: tuple[OpinionRow, ...]
    compared: int
    outside: int
    unseen: int


def second_opinion(coded: Coded, statistics: Statistics) -> SecondOpinion:
    """Return the second opinion on an audit.

    Args:
        coded: What is audited.
        statistics: What the pass over the log left.

    """
    spec = coded.spec
    quotes = replace(statistics.hour_sample, limit=MOST_QUOTES).cut()
    apart = Apart.of(quotes)
    is_compared = compared(quotes, spec.window_s)
    inside, outside = apart.opinion(is_compared), apart.opinion(~is_compared)
    sharp = sharper(coded, statistics)
    return SecondOpinion(
        rows=tuple(
            OpinionRow(
                regressor=one.name,
                attribute=one.attribute,
                family=one.family,
                cells=sharp.get(one.name),
                compared=_estimate(inside, k, spec.alpha),
                outside=_estimate(outside, k, spec.alpha),
            )
            for k, one in enumerate(coded.regressors)
            if one.family is not None
        ),
        compared=inside.quotes,
        outside=outside.quotes,
        unseen=int((~apart.seen).sum()),
    )


def sharper(coded: Coded, statistics: Statistics) -> Mapping[str, Estimate]:
    """Return the effects that cells can tell, by regressor, with intervals of a wild bootstrap.

    Their level is that of the audit's own: both one-sided tests at `alpha`.
    """
    spec, first = coded.spec, factors_of(coded)
    fit = fitted(statistics.ladder[spec.window_s], first)
    inside = inside_of(statistics.sample.few(MOST_QUOTES))
    seed = int(coded.config[:12], 16)
    found = {}
    for k, one in enumerate(coded.regressors):
        if k < first or not fit.is_estimable[k] or fit.left[k] < spec.least_overlap:
            continue
        seen = wild_bootstrap(inside, k, seed)
        if seen is not None:
            low, high = seen.interval(1 - 2 * spec.alpha)
            found[one.name] = Estimate(effect=seen.effect, low=_finite(low), high=_finite(high))
    return found


def _estimate(opinion: Opinion, k: int, alpha: float) -> Estimate | None:
    effect, error = float(opinion.effect[k]), float(opinion.error[k])
    if np.isnan(effect):
        return None
    half = t_quantile(1 - alpha, opinion.freedom) * error
    return Estimate(effect=effect, low=effect - half, high=effect + half)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
