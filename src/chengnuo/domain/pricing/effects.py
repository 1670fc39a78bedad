"""What each attribute does to each outcome: the estimate, its window, and what may be said of it.

Conditions change with time, so quotes far apart are no fair comparison, and quotes close together
are few. The ladder of windows is walked for each attribute by itself: from the window of the
specification to narrower ones, until the estimate stands still over two steps.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.pricing.coding import Coded, How, Regressor
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Family, Spec
from chengnuo.engines.fairness.claims import beyond_p, quotes_needed, reach
from chengnuo.engines.fairness.fitting import Fit, Gaps, contrast, fitted, gaps
from chengnuo.engines.fairness.moments import Moments
from chengnuo.engines.fairness.quantiles import t_quantile
from chengnuo.engines.fairness.statistics import Statistics

PRICE: Final = "price"
"""The outcome that every audit has."""
_STEPS: Final = 2


class Lack(StrEnum):
    """What keeps an effect from being judged, or from being shown absent."""

    NONE = ""
    OVERLAP = "overlap"
    CELLS = "cells"
    ENTANGLED = "entangled"
    MOVING = "moving"
    WIDE = "wide"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _LACK_TEXTS[self]


_LACK_TEXTS = {
    Lack.NONE: Text("", ""),
    Lack.OVERLAP: Text(
        "同等条件内几乎没有留下这一特征的差异，无从比较",
        "hardly any of the attribute's variation is left inside cells, so nothing is compared",
    ),
    Lack.CELLS: Text(
        "能比较这一特征的单元太少", "too few cells in which the attribute takes two values"
    ),
    Lack.ENTANGLED: Text(
        "与其他特征完全重合，分不开", "the attribute is wholly made up of others beside it"
    ),
    Lack.MOVING: Text(
        "时间窗口越窄，估计值仍在变动", "the estimate still moves as the window narrows"
    ),
    Lack.WIDE: Text("报价还不够多", "there are not yet quotes enough"),
}


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """An estimate at one window.

    Attributes:
        window_s: The window.
        effect: The estimate.
        error: Its standard error.
        coverage: Share of quotes in cells of two and more.
        left: Share of the attribute's variation that is left inside cells.

    """

    window_s: int
    effect: float
    error: float
    coverage: float
    left: float


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What one regressor does to one outcome.

    Attributes:
        outcome: `price`, or the column of another outcome.
        regressor: Its name.
        attribute: The column it is made of.
        family: What it tells about a person.
        window_s: The window the estimate was taken at.
        effect: All attributes together: of prices a logarithm, for a step of the regressor.
        error: Its standard error, clustered by person.
        low: Lower end of the interval that both one-sided tests make.
        high: Its upper end.
        margin: Which difference counts as none.
        reach: The smallest margin within which the effect is shown to be.
        p: p-value of "the effect is at most dust".
        verdict: What is said.
        lack: Why no more is said.
        left: Share of the attribute's variation that is left inside cells.
        informative: Cells in which the attribute takes two values.
        marginal: The effect within cells of this attribute alone.
        marginal_error: Its standard error.
        naive: The slope over all quotes, cells left out of account.
        needed: Quotes that would about do to show absence; None if none would.
        rungs: The estimate at every window.

    """

    outcome: str
    regressor: str
    attribute: str
    family: Family
    window_s: int
    effect: float
    error: float
    low: float
    high: float
    margin: float
    reach: float
    p: float
    verdict: Verdict
    lack: Lack
    left: float
    informative: int
    marginal: float
    marginal_error: float
    naive: float
    needed: int | None
    rungs: tuple[Rung, ...]


def factors_of(coded: Coded) -> int:
    """Return how many regressors, from the first, are declared linear factors."""
    return sum(one.family is None for one in coded.regressors)


def price_effects(coded: Coded, statistics: Statistics) -> tuple[Effect, ...]:
    """Return the effects on prices, none called found yet: that is decided over all of them."""
    windows = sorted(statistics.ladder, reverse=True)
    # Windows are held against each other over the same quotes, those of the sample.
    on_sample = {one: fitted(statistics.rungs[one], factors_of(coded)) for one in windows}
    return _effects(coded, PRICE, {one: statistics.ladder[one] for one in windows}, on_sample)


def other_effects(coded: Coded, statistics: Statistics) -> tuple[Effect, ...]:
    """Return the effects on other outcomes, none called found yet."""
    window = coded.spec.window_s
    return tuple(
        effect
        for name in sorted(statistics.outcomes)
        for effect in _effects(coded, name, {window: statistics.outcomes[name]}, {})
    )


def margin_of(spec: Spec, outcome: str) -> float:
    """Return which difference of an outcome counts as none."""
    if outcome == PRICE:
        return spec.margin
    return next((one.margin for one in spec.terms if one.column == outcome), spec.outcome_margin)


def dust_of(spec: Spec, outcome: str) -> float:
    """Return the difference of an outcome that is not called found."""
    return spec.dust if outcome == PRICE else margin_of(spec, outcome) * spec.dust / spec.margin


def _effects(
    coded: Coded, outcome: str, by_window: Mapping[int, Moments], on_sample: Mapping[int, Fit]
) -> tuple[Effect, ...]:
    spec = coded.spec
    fits = {
        window: on_sample[window]
        if window in on_sample and window != spec.window_s
        else fitted(one, factors_of(coded))
        for window, one in by_window.items()
    }
    alone = {window: gaps(one) for window, one in by_window.items()}
    some = by_window[spec.window_s]
    spread = some.sum_xx * float(some.rows[0]) - some.sum_x**2
    return tuple(
        _effect(
            spec,
            outcome,
            (k, one, one.family),
            (settled_window(spec, on_sample or fits, k), fits, alone),
        )
        for k, one in enumerate(coded.regressors)
        # An outcome that only one sort of person can have says nothing about the others.
        if one.family is not None and (outcome == PRICE or spread[k] > 0)
    )


def _effect(
    spec: Spec,
    outcome: str,
    which: tuple[int, Regressor, Family],
    how: tuple[tuple[int, bool], Mapping[int, Fit], Mapping[int, Gaps]],
) -> Effect:
    k, regressor, family = which
    (window, is_still), fits, alone = how
    fit = fits[window]
    effect, error = float(fit.effect[k]), float(fit.error[k])
    margin, dust = margin_of(spec, outcome), dust_of(spec, outcome)
    within = reach(effect, error, spec.alpha, fit.freedom)
    lack = _lack(spec, fit, k)
    half = t_quantile(1 - spec.alpha, fit.freedom) * error
    if lack is not Lack.NONE:
        verdict = Verdict.NOT_AUDITABLE
    elif is_still and within < margin:
        verdict = Verdict.ABSENT
    else:
        verdict = Verdict.INCONCLUSIVE
        lack = Lack.WIDE if is_still else Lack.MOVING
    return Effect(
        outcome=outcome,
        regressor=regressor.name,
        attribute=regressor.attribute,
        family=family,
        window_s=window,
        effect=effect,
        error=error,
        low=effect - half,
        high=effect + half,
        margin=margin,
        reach=within,
        p=beyond_p(effect, error, dust, fit.freedom) if is_still else 1.0,
        verdict=verdict,
        lack=lack,
        left=float(fit.left[k]),
        informative=int(fit.informative[k]),
        marginal=float(alone[window].marginal[k]),
        marginal_error=float(alone[window].marginal_error[k]),
        naive=float(alone[window].naive[k]),
        needed=quotes_needed(effect, error, margin, fit.rows, spec.alpha),
        rungs=tuple(
            Rung(
                window_s=one,
                effect=float(fits[one].effect[k]),
                error=float(fits[one].error[k]),
                coverage=fits[one].quotes / max(fits[one].rows, 1),
                left=float(fits[one].left[k]),
            )
            for one in fits
        ),
    )


def _lack(spec: Spec, fit: Fit, k: int) -> Lack:
    if fit.left[k] < spec.least_overlap:
        return Lack.OVERLAP
    if fit.informative[k] < spec.least_cells:
        return Lack.CELLS
    return Lack.NONE if fit.is_estimable[k] else Lack.ENTANGLED


def settled_window(spec: Spec, fits: Mapping[int, Fit], k: int) -> tuple[int, bool]:
    """Return the widest window from which on an estimate stands still, and whether there is one.

    Standing still is: over the next two steps it does not move more than chance would make it, or
    by no more than half of what counts as dust.
    """
    windows = sorted((one for one in fits if one <= spec.window_s), reverse=True)
    telling = [one for one in windows if fits[one].informative[k] >= spec.least_cells]
    for window in windows:
        steps = [one for one in telling if one < window][:_STEPS]
        if all(_stands(spec, fits[window], fits[one], k) for one in steps):
            # With nothing narrower to hold it against, the operator's word on its engine counts,
            # unless a step before has shown the estimate to move.
            is_declared = window == spec.window_s and window <= spec.engine_update_s
            return window, bool(steps) or is_declared or len(windows) == 1
    return windows[-1], False


def _stands(spec: Spec, wide: Fit, narrow: Fit, k: int) -> bool:
    moved, error = contrast(wide, narrow, k)
    bar = t_quantile(1 - spec.alpha / 2, wide.freedom) * error
    return abs(moved) <= bar or abs(moved) + bar <= spec.dust / 2


def judged_effects(effects: Sequence[Effect], found: Sequence[bool]) -> tuple[Effect, ...]:
    """Return effects with those called found that are."""
    return tuple(
        msgspec.structs.replace(one, verdict=Verdict.FOUND, lack=Lack.NONE) if is_found else one
        for one, is_found in zip(effects, found, strict=True)
    )


def kinds_of(coded: Coded) -> tuple[How, ...]:
    """Return how each regressor is made."""
    return tuple(one.how for one in coded.regressors)
