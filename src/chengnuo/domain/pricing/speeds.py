"""Whether free accounts of a cloud drive get the speed that they are promised (292号文 5.5).

On the same network the lowest speed of free accounts has to be enough for basic needs, and what
paid accounts get has to be said. Declared are the least speeds of both; measured is how fast
transfers of both were. A difference is fair as far as it is declared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from chengnuo.domain.register.app import TransferSpeeds
from chengnuo.engines.fairness.beta import share_lower_bound, share_upper_bound
from chengnuo.engines.fairness.two_rates import RateRatio, rate_ratio

ALPHA = 0.05
TOLERANCE = 0.9
"""Free accounts may be this much below the declared relation and still count as at it."""
MOST_BELOW = 0.05
"""Share of transfers of free accounts that may be below the speed promised to them."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Direction(StrEnum):
    """Which way."""

    UP = "up"
    DOWN = "down"


class SpeedVerdict(StrEnum):
    """How free accounts fare, beside what is declared."""

    FAIR = "fair"
    UNFAIR = "unfair"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedLog:
    """Transfers, one a place of each array, all `(n,)`.

    Attributes:
        is_free: Whether the account was a free one then.
        is_up: Whether it was an upload.
        kbps: Speed in kbit/s, above 0.
        account: Number of the account.
        network: Number of the network.
        left_out: Rows of the log without what is needed, or with what cannot be.

    """

    is_free: NDArray[np.bool_]
    is_up: NDArray[np.bool_]
    kbps: NDArray[np.float64]
    account: NDArray[np.int64]
    network: NDArray[np.int64]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionSpeeds:
    """The speeds of one direction.

    Attributes:
        direction: Which.
        free: Quantiles of free accounts in kbit/s, by the share below; empty for none.
        paid: Those of paid accounts.
        transfers: How many transfers of free and of paid accounts.
        ratio: How free accounts are to paid ones on the same network.
        declared_ratio: How they are declared to be; 1 where nothing is declared.
        promised: Least speed in kbit/s declared for free accounts; None where none is.
        below: Share of their transfers below that, with the bounds of it.
        verdict: How they fare.

    """

    direction: Direction
    free: Mapping[float, float]
    paid: Mapping[float, float]
    transfers: tuple[int, int]
    ratio: RateRatio
    declared_ratio: float
    promised: int | None
    below: tuple[float, float, float] | None
    verdict: SpeedVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedReport:
    """What a log of transfers tells.

    Attributes:
        directions: The directions that it has transfers of.
        left_out: Rows that were left out.

    """

    directions: tuple[DirectionSpeeds, ...]
    left_out: int

    @property
    def verdict(self) -> SpeedVerdict:
        """The worst of the directions; inconclusive for none."""
        found = {one.verdict for one in self.directions}
        order = (SpeedVerdict.UNFAIR, SpeedVerdict.INCONCLUSIVE, SpeedVerdict.FAIR)
        return next((one for one in order if one in found), SpeedVerdict.INCONCLUSIVE)


def judge_speeds(log: SpeedLog, declared: TransferSpeeds | None) -> SpeedReport:
    """Hold a log of transfers to what is declared; with nothing declared, to equal speed."""
    found = []
    for direction in Direction:
        chosen = log.is_up == (direction is Direction.UP)
        if chosen.any():
            found.append(_judged(direction, log, chosen, declared))
    return SpeedReport(directions=tuple(found), left_out=log.left_out)


def _judged(
    direction: Direction,
    log: SpeedLog,
    chosen: NDArray[np.bool_],
    declared: TransferSpeeds | None,
) -> DirectionSpeeds:
    kbps, is_free = log.kbps[chosen], log.is_free[chosen]
    free, paid = kbps[is_free], kbps[~is_free]
    ratio = rate_ratio(kbps, is_free, log.account[chosen], log.network[chosen], alpha=ALPHA)
    promised, most = _declared(direction, declared)
    wanted = 1.0 if promised is None or most is None else min(promised / most, 1.0)
    below = None if promised is None or not free.size else _below(free, promised)
    return DirectionSpeeds(
        direction=direction,
        free=_quantiles(free),
        paid=_quantiles(paid),
        transfers=(free.size, paid.size),
        ratio=ratio,
        declared_ratio=wanted,
        promised=promised,
        below=below,
        verdict=_verdict(ratio, wanted, below),
    )


def _declared(
    direction: Direction, declared: TransferSpeeds | None
) -> tuple[int | None, int | None]:
    if declared is None:
        return None, None
    if direction is Direction.UP:
        return declared.free_up, declared.paid_up
    return declared.free_down, declared.paid_down


def _verdict(
    ratio: RateRatio, wanted: float, below: tuple[float, float, float] | None
) -> SpeedVerdict:
    """Return the verdict: unfair if either is surely broken, fair if both surely hold."""
    if ratio.high < wanted * TOLERANCE or (below is not None and below[1] > MOST_BELOW):
        return SpeedVerdict.UNFAIR
    if ratio.low >= wanted * TOLERANCE and (below is None or below[2] <= MOST_BELOW):
        return SpeedVerdict.FAIR
    return SpeedVerdict.INCONCLUSIVE


def _below(free: NDArray[np.float64], promised: int) -> tuple[float, float, float]:
    hits = int(np.count_nonzero(free < promised))
    low = share_lower_bound(hits, free.size, ALPHA / 2)
    return hits / free.size, low, share_upper_bound(hits, free.size, ALPHA / 2)


def _quantiles(kbps: NDArray[np.float64]) -> dict[float, float]:
    if not kbps.size:
        return {}
    return dict(zip(QUANTILES, np.quantile(kbps, QUANTILES).tolist(), strict=True))
