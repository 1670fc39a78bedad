"""The verdict on one leg of a probe: found, absent, inconclusive, or not auditable.

*Found* and *absent* are claims that hold at whatever moment one stops, each wrong with a chance of
at most `alpha` (`engines/fairness/sequential.py`). Found: the mean difference is beyond `least`, or
the large differences go one way. Absent needs two proofs, and no correction between them: the mean
is within the margin either way, and large differences, which a mean of cut values hides, are rare.

Nothing is said (*not auditable*) of an endpoint that answers the same request differently by which
came first, or by more than a large difference too often, that leaves too many requests without an
answer, or that leaves one profile without an answer more often than the other.
"""

import math
from enum import StrEnum
from statistics import fmean, stdev
from typing import Final

import msgspec
import numpy as np

from chengnuo.base.text import Text
from chengnuo.domain.pricing.probe_rounds import Differences, Lack
from chengnuo.domain.pricing.probe_spec import ProbeSpec, Stopping
from chengnuo.engines.fairness.beta import share_lower_bound, share_upper_bound
from chengnuo.engines.fairness.sequential import (
    Floats,
    log_wealth_above,
    log_wealth_either,
    log_wealth_rare,
    log_wealth_within,
    sign_flip_p,
)

_JITTER_ALPHA: Final = 0.01
"""Chance that jitter which is none is called so: smaller, since it spoils a whole leg."""
_LEAST_REPEATS: Final = 8
_FAIR_START: Final = 20
"""Rounds that the share of rounds without an answer is taken over at least."""


class Verdict(StrEnum):
    """What a probe says."""

    FOUND = "found"
    ABSENT = "absent"
    INCONCLUSIVE = "inconclusive"
    NOT_AUDITABLE = "not-auditable"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _VERDICT_TEXTS[self]


_VERDICT_TEXTS = {
    Verdict.FOUND: Text("发现差别", "found: a difference"),
    Verdict.ABSENT: Text("已证明没有差别", "absent: no difference of the margin or more"),
    Verdict.INCONCLUSIVE: Text("尚不能判断", "inconclusive"),
    Verdict.NOT_AUDITABLE: Text("无法检验", "not auditable"),
}


class Reason(StrEnum):
    """Why a verdict is not better than it is, or what has to be known beside it."""

    MEAN_DIFFERS = "mean-differs"
    LARGE_ONE_WAY = "large-one-way"
    MEAN_NOT_SHOWN = "mean-not-shown"
    TAIL_NOT_SHOWN = "tail-not-shown"
    FEW_REPEATS = "few-repeats"
    REQUESTS_USED_UP = "requests-used-up"
    ERRORS = "errors"
    ERRORS_BY_PROFILE = "errors-by-profile"
    ORDER_MATTERS = "order-matters"
    JITTER = "jitter"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _REASON_TEXTS[self]


_REASON_TEXTS = {
    Reason.MEAN_DIFFERS: Text("平均差别不是偶然", "the mean difference is not chance"),
    Reason.LARGE_ONE_WAY: Text("偶发的大差别都偏向一方", "the large differences go one way"),
    Reason.MEAN_NOT_SHOWN: Text(
        "还没有证明平均差别在容许范围内", "the mean is not yet shown to be within the margin"
    ),
    Reason.TAIL_NOT_SHOWN: Text(
        "还没有证明大差别足够少见", "large differences are not yet shown to be rare enough"
    ),
    Reason.FEW_REPEATS: Text(
        "同一身份重复询价太少，不知道抖动多大", "too few repeats to know the jitter"
    ),
    Reason.REQUESTS_USED_UP: Text("请求数用完了", "the requests allowed are used up"),
    Reason.ERRORS: Text("没有得到答复的太多", "too many requests without an answer"),
    Reason.ERRORS_BY_PROFILE: Text(
        "一方得不到答复的次数明显更多", "one profile lacks an answer more often than the other"
    ),
    Reason.ORDER_MATTERS: Text(
        "同一身份再问一次，答复会因先后而变", "a second answer to the same profile differs by order"
    ),
    Reason.JITTER: Text(
        "同一身份同一时刻的答复本身相差太大",
        "answers to the same profile at the same moment are too far apart",
    ),
}


class LegVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one leg says.

    Attributes:
        verdict: The verdict.
        reasons: Why.
        twins: Pairs of twins compared.
        repeats: Pairs of one profile with itself compared.
        rounds: Rounds asked.
        broken: Rounds without something to compare.
        lacks: Requests without an answer, by why.
        mean: Mean difference of the twins: of prices in logarithms, positive where the other
            pays more; of distances the excess.
        sd: Its standard deviation over pairs.
        repeat_mean: Mean of what two answers to one profile differ by, without sign.
        large: Pairs with a large difference.
        large_bound: Bound of the share of such pairs by Clopper and Pearson at `alpha`, as if
            the number of pairs had been fixed; the verdict rests on the e-process.
        found: Decimal logarithm of the evidence that there is a difference.
        within: Decimal logarithm of the evidence that the mean is within the margin.
        rare: Decimal logarithm of the evidence that large differences are rare.
        sign_flip: p-value by flipped signs; it counts where the number of pairs was fixed.
        needed: Pairs that would about do to show absence, at this mean; None if it is not to be
            had so.

    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    twins: int
    repeats: int
    rounds: int
    broken: int
    lacks: dict[Lack, int]
    mean: float
    sd: float
    repeat_mean: float
    large: int
    large_bound: float
    found: float
    within: float
    rare: float
    sign_flip: float
    needed: int | None


class _Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Logarithms of e-values after the last pair, and whether each differs by chance."""

    mean: float
    large: float
    within: float
    rare: float

    @property
    def found(self) -> float:
        """The mean of two e-values is one."""
        return float(np.logaddexp(self.mean, self.large)) - math.log(2)


def judged(
    seen: Differences, spec: ProbeSpec, *, legs: int = 1, is_cut_off: bool = False
) -> LegVerdict:
    """Return the verdict on what a leg saw.

    Args:
        seen: Its differences.
        spec: The probe.
        legs: How many legs are judged beside each other: a difference has to be found at
            `alpha / legs`, absence in each at `alpha`.
        is_cut_off: Whether the requests allowed were used up.

    """
    evidence = _evidence(seen, spec)
    flip = sign_flip_p(seen.twins, one_sided=spec.outcome.is_distance)
    blocked = _blocked(seen, spec)
    found = _found(seen, spec, evidence, flip, spec.alpha / legs)
    open_ = _not_shown(seen, spec, evidence)
    if blocked:
        verdict, reasons = Verdict.NOT_AUDITABLE, blocked
    elif found:
        verdict, reasons = Verdict.FOUND, found
    elif open_:
        more = (Reason.REQUESTS_USED_UP,) if is_cut_off else ()
        verdict, reasons = Verdict.INCONCLUSIVE, (*open_, *more)
    else:
        verdict, reasons = Verdict.ABSENT, ()
    large = _large(seen, spec)
    return LegVerdict(
        verdict=verdict,
        reasons=reasons,
        twins=len(seen.twins),
        repeats=len(seen.repeats),
        rounds=seen.rounds,
        broken=seen.broken,
        lacks=seen.why,
        mean=fmean(seen.twins) if seen.twins else 0.0,
        sd=stdev(seen.twins) if len(seen.twins) > 1 else 0.0,
        repeat_mean=fmean(abs(one) for one in seen.repeats) if seen.repeats else 0.0,
        large=sum(large),
        large_bound=share_upper_bound(sum(large), len(large), spec.alpha),
        found=evidence.found / math.log(10),
        within=evidence.within / math.log(10),
        rare=max(evidence.rare, -700.0) / math.log(10),
        sign_flip=flip,
        needed=_needed(seen, spec, evidence),
    )


def may_stop(seen: Differences, spec: ProbeSpec, *, legs: int = 1) -> bool:
    """Tell whether a leg may stop before its last pair: its verdict stands, or cannot be had."""
    if _too_many_broken(seen, spec):
        return True
    if spec.stopping is Stopping.FIXED:
        return False
    evidence = _evidence(seen, spec)
    if _found(seen, spec, evidence, 1.0, spec.alpha / legs):
        return True
    return not _not_shown(seen, spec, evidence)


def _too_many_broken(seen: Differences, spec: ProbeSpec) -> bool:
    """Tell whether too many rounds brought nothing to compare."""
    return seen.broken > spec.most_errors * max(seen.rounds, _FAIR_START)


def _large(seen: Differences, spec: ProbeSpec) -> list[bool]:
    sizes = seen.twins if spec.outcome.is_distance else [abs(one) for one in seen.twins]
    return [one > spec.large for one in sizes]


def _last(wealth: Floats) -> float:
    return float(wealth[-1]) if len(wealth) else 0.0


def _evidence(seen: Differences, spec: ProbeSpec) -> _Evidence:
    ways = [math.copysign(float(abs(one) > spec.large), one) for one in seen.twins]
    if spec.outcome.is_distance:
        mean = log_wealth_above(seen.twins, spec.dust, spec.cut)
        large = log_wealth_above(ways, 0.0, 1.0)
        # A distance cannot be too small: only its being too large is to be ruled out.
        within = log_wealth_above([-one for one in seen.twins], -spec.margin, spec.cut)
    else:
        mean = log_wealth_either(seen.twins, spec.dust, spec.cut)
        large = log_wealth_either(ways, 0.0, 1.0)
        within = log_wealth_within(seen.twins, spec.margin, spec.cut)
    return _Evidence(
        mean=_last(mean),
        large=_last(large),
        within=_last(within),
        rare=_last(log_wealth_rare(_large(seen, spec), spec.tail_share)),
    )


def _found(
    seen: Differences, spec: ProbeSpec, evidence: _Evidence, flip: float, alpha: float
) -> tuple[Reason, ...]:
    if spec.stopping is Stopping.FIXED:
        is_found = flip <= alpha and abs(fmean(seen.twins or (0.0,))) > spec.dust
        return (Reason.MEAN_DIFFERS,) if is_found else ()
    if evidence.found < -math.log(alpha):
        return ()
    return (Reason.MEAN_DIFFERS if evidence.mean >= evidence.large else Reason.LARGE_ONE_WAY,)


def _not_shown(seen: Differences, spec: ProbeSpec, evidence: _Evidence) -> tuple[Reason, ...]:
    needed = -math.log(spec.alpha)
    is_open = (
        (Reason.MEAN_NOT_SHOWN, evidence.within < needed),
        (Reason.TAIL_NOT_SHOWN, evidence.rare < needed),
        (Reason.FEW_REPEATS, len(seen.repeats) < _LEAST_REPEATS),
    )
    return tuple(reason for reason, is_so in is_open if is_so)


def _blocked(seen: Differences, spec: ProbeSpec) -> tuple[Reason, ...]:
    fires = -math.log(_JITTER_ALPHA)
    if spec.outcome.is_distance:
        by_order = False
        apart = bool(seen.repeats) and fmean(seen.repeats) > spec.most_noise
    else:
        by_order = _last(log_wealth_either(seen.repeats, spec.dust, spec.cut)) >= fires
        hits = sum(abs(one) > spec.large for one in seen.repeats)
        apart = share_lower_bound(hits, len(seen.repeats), _JITTER_ALPHA) > spec.tail_share
    is_so = (
        (Reason.ERRORS, _too_many_broken(seen, spec)),
        (Reason.ERRORS_BY_PROFILE, _last(log_wealth_either(seen.lacks, 0.0, 1.0)) >= fires),
        (Reason.ORDER_MATTERS, by_order),
        (Reason.JITTER, apart),
    )
    return tuple(reason for reason, holds in is_so if holds)


def _needed(seen: Differences, spec: ProbeSpec, evidence: _Evidence) -> int | None:
    """Return the pairs at which evidence that grows as it did would show absence."""
    slowest = min(evidence.within, evidence.rare)
    if not seen.twins or slowest <= 0:
        return None
    return max(len(seen.twins), math.ceil(len(seen.twins) * -math.log(spec.alpha) / slowest))
