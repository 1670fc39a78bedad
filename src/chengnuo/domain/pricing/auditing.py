"""The audit of prices: statistics in, verdicts and proof out.

The two claims carry different burdens. "A difference is there" is said only beyond dust and after
holding down the share of false ones over all attributes, outcomes, segments and persons together.
"No difference is there" takes every leg of the proof; that single attributes show nothing is one of
them, and alone would certify a hidden list of persons who pay more.
"""

import math
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import numpy as np
from msgspec.structs import replace

from chengnuo.domain.pricing.audit import (
    Audit,
    ControlsResult,
    Declared,
    GapBins,
    Leg,
    PersonsResult,
    Proof,
    SegmentResult,
    TailResult,
    rule_of,
)
from chengnuo.domain.pricing.coding import Coded, How
from chengnuo.domain.pricing.effects import (
    PRICE,
    Effect,
    factors_of,
    judged_effects,
    kinds_of,
    other_effects,
    price_effects,
)
from chengnuo.domain.pricing.factor_effects import FactorsResult
from chengnuo.domain.pricing.legs import Judged, legs_of
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Spec
from chengnuo.engines.fairness.claims import beyond_p, found_among, reach
from chengnuo.engines.fairness.controls import Bar, controlled, few_cells
from chengnuo.engines.fairness.fitting import fitted
from chengnuo.engines.fairness.groups import GroupSize, sizes
from chengnuo.engines.fairness.persistence import permutation_p, persistence
from chengnuo.engines.fairness.person_gaps import person_gaps
from chengnuo.engines.fairness.quantiles import t_quantile
from chengnuo.engines.fairness.segments import Scan, Segment, conditions_of, scanned
from chengnuo.engines.fairness.statistics import Statistics
from chengnuo.engines.fairness.tails import tail

_SCAN_QUOTES: Final = 200_000
"""A group of a hundredth is 2,000 of them: where prices scatter by 5 % inside cells, the worst of
200 such groups is shown to be within 0.6 %."""
_PERMUTED_QUOTES: Final = 100_000
_REACH: Final = 1.25
"""The picture of mean gaps reaches so much further than the margin of persons."""


def audited(
    coded: Coded,
    statistics: Statistics,
    *,
    registered: str = "",
    factoring: FactorsResult | None = None,
) -> Audit:
    """Return the audit.

    Args:
        coded: The specification with its coding.
        statistics: What a pass over the log left, made with the same configuration.
        registered: The digest of the configuration that was logged before prices were looked at;
            empty for none.
        factoring: What declared factors do, from quotes drawn of the same log.

    """
    spec, seed = coded.spec, int(coded.config[:12], 16)
    raw = (*price_effects(coded, statistics), *other_effects(coded, statistics))
    moved = {one.regressor for one in raw if one.outcome == PRICE and one.window_s < spec.window_s}
    scan = _scan(coded, statistics, moved)
    lasting = _lasting(spec, statistics, seed)
    open_ = [one for one in raw if one.verdict is not Verdict.NOT_AUDITABLE]
    segment_p = [_p(one, spec) for one in scan.proposed]
    found = found_among([*(one.p for one in open_), *segment_p, lasting.p], spec.fdr)
    by_effect = dict(zip(map(id, open_), found[: len(open_)], strict=True))
    effects = judged_effects(raw, [by_effect.get(id(one), False) for one in raw])
    segments = _segments(coded, statistics, scan, found[len(open_) : -1])
    lasting = _judged(spec, lasting, is_found=found[-1])
    seen = tail(statistics.gaps, spec.tail_margin, spec.alpha)
    controls = _controls(coded, statistics, effects, seed)
    claims = [reach(one.effect, one.error, spec.alpha, one.freedom) for one in scan.claimed]
    moments = statistics.ladder[spec.window_s]
    tails = TailResult(
        scale=seen.scale, large=seen.large, above=seen.above, below=seen.below, bound=seen.bound
    )
    coverage = int(moments.count.sum()) / max(int(moments.rows[0]), 1)
    legs = legs_of(
        coded,
        statistics,
        Judged(
            effects=effects,
            segments=segments,
            claims=claims,
            lasting=lasting,
            tail=tails,
            controls=controls,
            coverage=coverage,
        ),
        registered,
    )
    proof = Proof(
        ok=all(one.holds for one in legs),
        legs=legs,
        margin=spec.margin,
        smallest_margin=max((one.value for one in legs if one.leg in _BY_MARGIN), default=1.0),
        config=coded.config,
        data=sha256("\n".join(statistics.sources).encode()).hexdigest(),
    )
    return Audit(
        verdict=_overall(proof, effects, segments, lasting),
        proof=proof,
        read=statistics.counts.read,
        used=statistics.counts.used,
        dropped=_dropped(statistics),
        first_hour=int(statistics.hours.min(initial=2**40)) if len(statistics.hours) else 0,
        last_hour=int(statistics.hours.max(initial=0)),
        persons=len(statistics.persons.key),
        coverage=coverage,
        effects=effects,
        lasting=lasting,
        segments=segments,
        segments_reach=max(claims) if claims else None,
        segments_claimed=len(claims),
        tail=tails,
        controls=controls,
        overcharged=_overcharged(coded, statistics, effects),
        not_coded=coded.not_coded,
        factors=_declared(spec),
        factoring=factoring,
    )


_BY_MARGIN: Final = frozenset({Leg.ATTRIBUTES, Leg.SEGMENTS})


def _scan(coded: Coded, statistics: Statistics, moved: set[str]) -> Scan:
    """Return the scan of segments.

    Regressors that needed a narrower window than the sample's would show the drift in time, so
    they make no segments; their own verdict covers them.
    """
    sample = few_cells(statistics.sample, _SCAN_QUOTES)
    factors = factors_of(coded)
    x = sample.x.astype(np.float64)
    conditions = [
        one
        for one in conditions_of(x, kinds_of(coded), factors)
        if coded.regressors[one.regressor].name not in moved
    ]
    y = sample.y
    if factors:
        fit = fitted(statistics.ladder[coded.spec.window_s], factors)
        y = y - x[:, :factors] @ fit.effect[:factors]
    return scanned(sample.cell, sample.person, y, x, conditions)


def _p(segment: Segment, spec: Spec) -> float:
    return beyond_p(segment.effect, segment.error, spec.dust, segment.freedom)


def _lasting(spec: Spec, statistics: Statistics, seed: int) -> PersonsResult:
    seen = persistence(statistics.persons)
    by_permutation = permutation_p(few_cells(statistics.sample, _PERMUTED_QUOTES), seed)
    bound = seen.bound(spec.alpha)
    gaps = person_gaps(statistics.persons, _REACH * spec.person_margin, seen.variance)
    return PersonsResult(
        verdict=Verdict.INCONCLUSIVE,
        sigma=seen.sigma,
        bound=bound if math.isfinite(bound) else None,
        share_bound=min(1.0, (bound / spec.person_margin) ** 2),
        p=max(by_permutation, seen.beyond_p(spec.dust)),
        permutation_p=by_permutation,
        persons=seen.persons,
        gaps=GapBins(
            width=gaps.width,
            persons=tuple(gaps.count.tolist()),
            # To a thousandth of a person: what rounding adds up to in another order is nothing.
            chance=tuple(np.round(gaps.chance, 3).tolist()),
        ),
    )


def _judged(spec: Spec, lasting: PersonsResult, *, is_found: bool) -> PersonsResult:
    if is_found:
        verdict = Verdict.FOUND
    elif lasting.share_bound <= spec.person_share:
        verdict = Verdict.ABSENT
    else:
        verdict = Verdict.INCONCLUSIVE
    return replace(lasting, verdict=verdict)


def _segments(
    coded: Coded, statistics: Statistics, scan: Scan, found: Sequence[bool]
) -> tuple[SegmentResult, ...]:
    sample = few_cells(statistics.sample, _SCAN_QUOTES)
    times = int(statistics.ladder[coded.spec.window_s].rows[0]) / max(len(sample.y), 1)
    return tuple(
        _segment(coded, one, size, is_found=is_found, times=times)
        for one, size, is_found in zip(
            scan.proposed, sizes(sample, scan.proposed), found, strict=True
        )
    )


def _segment(
    coded: Coded, segment: Segment, size: GroupSize, *, is_found: bool, times: float
) -> SegmentResult:
    half = t_quantile(1 - coded.spec.alpha, segment.freedom) * segment.error
    return SegmentResult(
        rules=tuple(
            rule_of(coded.regressors[one.regressor], one.bound, at_least=one.at_least)
            for one in segment.conditions
        ),
        persons=segment.persons,
        quotes=segment.quotes,
        outside=size.outside,
        effect=segment.effect,
        error=segment.error,
        low=segment.effect - half,
        high=segment.effect + half,
        p=_p(segment, coded.spec),
        verdict=Verdict.FOUND if is_found else Verdict.INCONCLUSIVE,
        money=size.cost * times if is_found else None,
    )


def _controls(
    coded: Coded, statistics: Statistics, effects: Sequence[Effect], seed: int
) -> ControlsResult:
    spec = coded.spec
    open_ = {
        one.regressor
        for one in effects
        if one.outcome == PRICE and one.verdict is not Verdict.NOT_AUDITABLE
    }
    places = [k for k, one in enumerate(coded.regressors) if one.name in open_]
    bar = Bar(dust=spec.dust, rate=spec.fdr, margin=spec.margin)
    seen = controlled(statistics.sample, factors_of(coded), places, bar, seed)
    return ControlsResult(runs=seen.runs, false=seen.false, planted=seen.planted, found=seen.found)


def _overall(
    proof: Proof,
    effects: Sequence[Effect],
    segments: Sequence[SegmentResult],
    lasting: PersonsResult,
) -> Verdict:
    said = [one.verdict for one in effects]
    if Verdict.FOUND in [*said, *(one.verdict for one in segments), lasting.verdict]:
        return Verdict.FOUND
    if Leg.OVERLAP in proof.missing or Leg.COVERAGE in proof.missing:
        return Verdict.NOT_AUDITABLE
    return Verdict.ABSENT if proof.ok else Verdict.INCONCLUSIVE


def _overcharged(coded: Coded, statistics: Statistics, effects: Sequence[Effect]) -> float:
    """Return what effects found on prices cost: `sum paid (1 - exp(-x'b))`, from the sample.

    Of a flag or level the mark-up is told from whichever side pays less, of a linear attribute
    from its median.
    """
    sample = statistics.sample
    mark_up = np.zeros(len(sample.y))
    by_name = {one.name: k for k, one in enumerate(coded.regressors)}
    for one in effects:
        if one.outcome == PRICE and one.verdict is Verdict.FOUND:
            k = by_name[one.regressor]
            is_step = coded.regressors[k].how is not How.LINEAR
            mark_up += one.effect * (sample.x[:, k] - (1.0 if is_step and one.effect < 0 else 0.0))
    cost = float((sample.paid * -np.expm1(-np.maximum(mark_up, 0.0))).sum())
    rows = int(statistics.ladder[coded.spec.window_s].rows[0])
    return cost * rows / max(len(sample.y), 1)


def _dropped(statistics: Statistics) -> dict[str, int]:
    counts = statistics.counts
    return {
        "duplicated": counts.duplicated,
        "unpriced": counts.unpriced,
        "undated": counts.undated,
        "unnamed": counts.unnamed,
        "incomplete": counts.incomplete,
    }


def _declared(spec: Spec) -> tuple[Declared, ...]:
    made = (
        Declared(
            column=one.column,
            kind=one.kind,
            reason=one.reason,
            rule=one.rule,
            published=one.published,
            personal=spec.is_personal(one),
        )
        for one in spec.factors
    )
    return tuple(sorted(made, key=lambda one: not one.personal))
