"""A made-up log of quotes of a delivery app, with what confounds a comparison and what is planted.

Nothing about a person moves a clean log's prices, yet a naive comparison of groups finds much:
those who spend more ask at the rush hour and in the centre. Prices differ by item, zone, surge that
changes every five minutes, arm of a declared experiment, a published coupon for new customers and a
fair lottery; the count of views grows with the surge. On top a scenario may plant mark-ups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.fairness.moments import Floats, Ints

Column = NDArray[Any]

_START: Final = 1_772_323_200  # 2026-03-01 00:00 UTC
_SURGE_S: Final = 300
_ITEMS: Final = 4
_ZONES: Final = 4
_BANDS: Final = ("high", "low", "middle", "top")
_BAND_SHARES: Final = (0.25, 0.3, 0.3, 0.15)
_HIGH: Final = 0
_TOP: Final = 3
_DEVICES: Final = ("a", "b", "c")
_AGES: Final = ("18-25", "26-35", "36-50", "over-50")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What a made-up log holds; mark-ups are logarithms, 0.01 is about 1 %.

    Attributes:
        quotes: How many.
        persons: Of how many persons.
        days: Over how many days.
        noise: Spread of prices that nothing explains.
        person_noise: Spread of what a person's quotes of one hour share, as from one way of asking.
        big_spenders: Mark-up of the top band of spending.
        segment: Mark-up of the high band with device `a`, customers of twenty months and more.
        hidden: Mark-up of a hidden list.
        hidden_share: Share of persons on it.
        per_view: Mark-up for each view of the last day.
        lottery_tilt: By how much device `a` has less of a chance in the lottery.

    """

    quotes: int = 60_000
    persons: int = 6_000
    days: int = 2
    noise: float = 0.01
    person_noise: float = 0.0
    big_spenders: float = 0.0
    segment: float = 0.0
    hidden: float = 0.0
    hidden_share: float = 0.05
    per_view: float = 0.0
    lottery_tilt: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """A made-up log.

    Attributes:
        columns: Its columns by name, each `(n,)`: `quote`, `person`, `item`, `time` (seconds since
            1970 UTC), `zone`, `arm`, `paid`, `coupon`, `lottery`, `newcomer`, `distance_km`,
            `spend_band`, `device`, `age_band`, `tenure_months`, `views_24h`.
        overcharged: What planted mark-ups cost in all, in yuan.

    """

    columns: Mapping[str, Column]
    overcharged: float


def simulated(scenario: Scenario, seed: int) -> Simulated:
    """Return a made-up log; equal arguments make equal ones."""
    random = np.random.default_rng(seed)
    persons, n = scenario.persons, scenario.quotes
    band = random.choice(len(_BANDS), persons, p=_BAND_SHARES)
    device = random.choice(len(_DEVICES), persons, p=(0.3, 0.4, 0.3))
    tenure = np.round(random.gamma(1.5, 10, persons))
    age = random.integers(0, len(_AGES), persons)
    is_hidden = random.random(persons) < scenario.hidden_share
    activity = random.gamma(2.0, 1.0, persons)
    who = random.choice(persons, n, p=activity / activity.sum())

    time = _times(random, band[who], scenario.days)
    zone = _zones(random, band[who])
    item = random.integers(0, _ITEMS, n)
    arm = random.integers(0, 2, persons)[who]
    distance = np.round(random.gamma(4.0, 0.7, n), 1)
    surge = _surge(random, scenario.days)[zone, (time - _START) // _SURGE_S]
    views = random.poisson(1 + 12 * surge)

    is_top = band[who] == _TOP
    in_segment = (band[who] == _HIGH) & (device[who] == 0) & (tenure[who] >= 20)  # noqa: PLR2004 (months)
    planted = scenario.big_spenders * is_top + scenario.segment * in_segment
    planted = planted + scenario.hidden * is_hidden[who] + scenario.per_view * views
    shared = random.normal(0, 1, persons * 24 * (scenario.days + 1))
    hour = (time - _START) // 3600
    log_price = np.log(18.0 + 4.0 * item) + 0.05 * zone + surge + 0.03 * arm
    log_price = log_price + 0.01 * distance + random.normal(0, scenario.noise, n)
    log_price = log_price + scenario.person_noise * shared[who * 24 + hour % 24]
    fair = np.exp(log_price)
    listed = np.exp(log_price + planted)
    newcomer = tenure[who] < 2  # noqa: PLR2004 (months)
    coupon = np.where(newcomer & (random.random(n) < 0.9), 5.0, 0.0)  # noqa: PLR2004 (used)
    chance = 0.12 - scenario.lottery_tilt * (device[who] == 0)
    lottery = np.where(~newcomer & (random.random(n) < chance), 2.0, 0.0)
    order = np.argsort(time, kind="stable")
    columns: dict[str, Column] = {
        "quote": np.arange(n),
        "person": who[order],
        "item": item[order],
        "time": time[order],
        "zone": zone[order],
        "arm": arm[order],
        "paid": np.round(listed - coupon - lottery, 2)[order],
        "coupon": coupon[order],
        "lottery": lottery[order],
        "newcomer": newcomer[order],
        "distance_km": distance[order],
        "spend_band": np.array(_BANDS)[band[who]][order],
        "device": np.array(_DEVICES)[device[who]][order],
        "age_band": np.array(_AGES)[age[who]][order],
        "tenure_months": tenure[who][order],
        "views_24h": views[order],
    }
    return Simulated(columns=columns, overcharged=float((listed - fair).sum()))


def _times(random: np.random.Generator, band: Ints, days: int) -> Ints:
    """Return moments: at noon and in the evening, big spenders rather in the evening."""
    n = len(band)
    evening = random.random(n) < 0.35 + 0.1 * band
    centre = np.where(evening, 18.5, 12.0) * 3600
    second = np.clip(random.normal(centre, 4200, n), 0, 86_399).astype(np.int64)
    day = random.integers(0, days, n)
    return np.asarray(_START + day * 86_400 + second, np.int64)


def _zones(random: np.random.Generator, band: Ints) -> Ints:
    """Return zones; big spenders are more often in the dear one."""
    draw = random.random(len(band)) + 0.08 * band
    return np.minimum((draw * _ZONES).astype(np.int64), _ZONES - 1)


def _surge(random: np.random.Generator, days: int) -> Floats:
    """Return `(zones, slots)` the surge of each five minutes: it wanders, highest at rush hours."""
    slots = days * 86_400 // _SURGE_S
    hour = np.arange(slots) * _SURGE_S % 86_400 / 3600
    rush = 0.12 * np.exp(-((hour - 12) ** 2)) + 0.25 * np.exp(-((hour - 18.5) ** 2) / 2)
    wander = np.cumsum(random.normal(0, 0.012, (_ZONES, slots)), axis=1)
    return np.asarray(rush + np.abs(wander - wander.mean(axis=1, keepdims=True)) / 4, np.float64)
