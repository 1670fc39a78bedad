"""The legs a proof of absence stands on, each with what was measured and what it had to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chengnuo.domain.pricing.audit import (
    ControlsResult,
    Leg,
    LegResult,
    PersonsResult,
    SegmentResult,
    TailResult,
)
from chengnuo.domain.pricing.coding import Coded
from chengnuo.domain.pricing.effects import PRICE, Effect
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Spec
from chengnuo.engines.fairness.statistics import Statistics

_MOST_FALSE: Final = 0.1
_LEAST_FOUND: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All that the legs are told from.

    Attributes:
        effects: Effects, those found called so.
        segments: Segments proposed, those found called so.
        claims: The smallest margin of every segment that absence is claimed over.
        lasting: Lasting mark-ups of persons.
        tail: Single large gaps.
        controls: The controls.
        coverage: Share of used quotes that are compared.

    """

    effects: Sequence[Effect]
    segments: Sequence[SegmentResult]
    claims: Sequence[float]
    lasting: PersonsResult
    tail: TailResult
    controls: ControlsResult
    coverage: float


def legs_of(
    coded: Coded, statistics: Statistics, judged: Judged, registered: str
) -> tuple[LegResult, ...]:
    """Return the legs; `registered` is the digest of the configuration logged beforehand."""
    spec = coded.spec
    return (
        *_effect_legs(coded, judged.effects),
        LegResult(
            leg=Leg.PERSONS,
            holds=judged.lasting.verdict is Verdict.ABSENT,
            value=judged.lasting.share_bound,
            bar=spec.person_share,
        ),
        LegResult(
            leg=Leg.SEGMENTS,
            holds=bool(judged.claims)
            and max(judged.claims) < spec.margin
            and all(one.verdict is not Verdict.FOUND for one in judged.segments),
            value=max(judged.claims, default=1.0),
            bar=spec.margin,
        ),
        LegResult(
            leg=Leg.TAILS,
            holds=judged.tail.bound <= spec.tail_share,
            value=judged.tail.bound,
            bar=spec.tail_share,
        ),
        _coverage_leg(spec, statistics, judged.coverage),
        _controls_leg(judged.controls),
        LegResult(
            leg=Leg.REGISTERED,
            holds=registered == coded.config,
            value=float(registered != coded.config),
            bar=0.0,
        ),
    )


def _effect_legs(coded: Coded, effects: Sequence[Effect]) -> tuple[LegResult, ...]:
    spec = coded.spec
    prices = [one for one in effects if one.outcome == PRICE]
    others = [one for one in effects if one.outcome != PRICE]
    left = [one.left for one in effects]
    closed = any(one.verdict is Verdict.NOT_AUDITABLE for one in effects)
    return (
        LegResult(
            leg=Leg.ATTRIBUTES,
            holds=bool(prices) and all(one.verdict is Verdict.ABSENT for one in prices),
            value=max((one.reach for one in prices), default=1.0),
            bar=spec.margin,
        ),
        LegResult(
            leg=Leg.OUTCOMES,
            holds=all(one.verdict is Verdict.ABSENT for one in others),
            # Outcomes have margins of their own, so what is told is the share of the margin.
            value=max((one.reach / one.margin for one in others), default=0.0),
            bar=1.0,
        ),
        LegResult(
            leg=Leg.OVERLAP,
            holds=not closed and not coded.not_coded,
            value=min(left, default=0.0),
            bar=spec.least_overlap,
        ),
    )


def _coverage_leg(spec: Spec, statistics: Statistics, coverage: float) -> LegResult:
    # Rows that cannot be used for want of a value may be the very ones that pay more.
    used = statistics.counts.used + statistics.counts.duplicated
    of_read = coverage * used / max(statistics.counts.read, 1)
    return LegResult(
        leg=Leg.COVERAGE,
        holds=of_read >= spec.least_coverage,
        value=of_read,
        bar=spec.least_coverage,
    )


def _controls_leg(controls: ControlsResult) -> LegResult:
    share = controls.found / max(controls.planted, 1)
    return LegResult(
        leg=Leg.CONTROLS,
        holds=share >= _LEAST_FOUND and controls.false <= _MOST_FALSE * controls.runs,
        value=share,
        bar=_LEAST_FOUND,
    )
