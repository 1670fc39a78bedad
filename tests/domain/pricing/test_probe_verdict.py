"""The verdict on a leg: what is needed for each, and what keeps anything from being said."""

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.pricing.probe_order import Role, commitment, legs_of, planned
from chengnuo.domain.pricing.probe_rounds import (
    Differences,
    Lack,
    Observed,
    Round,
    differences_of,
)
from chengnuo.domain.pricing.probe_spec import Outcome, ProbeSpec, ProbeSpecError, spec_of
from chengnuo.domain.pricing.probe_verdict import Reason, Verdict, judged, may_stop

PROBES = Path(__file__).parents[3] / "examples" / "shop" / "probes"
TREE = tomllib.loads((PROBES / "price.toml").read_text(encoding="utf-8"))
OFF_TREE = tomllib.loads((PROBES / "off-switch.toml").read_text(encoding="utf-8"))
PRICES, LISTS = spec_of(TREE), spec_of(OFF_TREE)


def seen(
    twins: list[float], repeats: list[float], *, broken: int = 0, lacks: tuple[float, ...] = ()
) -> Differences:
    return Differences(
        twins=tuple(twins),
        repeats=tuple(repeats),
        lacks=lacks,
        rounds=len(twins) + len(repeats) + broken,
        broken=broken,
        why={Lack.STATUS: broken} if broken else {},
    )


def normal(mean: float, count: int, seed: int = 1) -> list[float]:
    return np.random.default_rng(seed).normal(mean, 0.01, count).tolist()


def test_no_difference_is_absent_once_mean_and_tail_are_shown() -> None:
    quiet = judged(seen(normal(0, 100), normal(0, 20)), PRICES)
    assert (quiet.verdict, quiet.reasons) == (Verdict.ABSENT, ())
    early = judged(seen(normal(0, 45), normal(0, 20)), PRICES)
    assert (early.verdict, early.reasons) == (Verdict.INCONCLUSIVE, (Reason.TAIL_NOT_SHOWN,))
    assert early.needed is not None
    assert 60 <= early.needed <= 75
    few = judged(seen(normal(0, 100), normal(0, 3)), PRICES)
    assert few.reasons == (Reason.FEW_REPEATS,)


def test_a_difference_is_found_and_a_larger_number_of_legs_asks_for_more() -> None:
    found = seen(normal(0.03, 20), normal(0, 3))
    assert judged(found, PRICES).reasons == (Reason.MEAN_DIFFERS,)
    assert may_stop(found, PRICES)
    assert judged(found, PRICES, legs=10**9).verdict is Verdict.INCONCLUSIVE


def test_a_mean_within_the_margin_hides_no_large_differences() -> None:
    rare = [0.2 if n % 20 == 0 else 0.0 for n in range(240)]
    found = judged(seen(rare, normal(0, 60)), PRICES)
    assert (found.verdict, found.large) == (Verdict.FOUND, 12)
    both_ways = [(-1) ** (n // 20) * one for n, one in enumerate(rare)]
    open_ = judged(seen(both_ways, normal(0, 60)), PRICES, is_cut_off=True)
    assert open_.reasons == (Reason.TAIL_NOT_SHOWN, Reason.REQUESTS_USED_UP)


@pytest.mark.parametrize(
    ("looked", "reason"),
    [
        (seen(normal(0.03, 100), normal(0.02, 60)), Reason.ORDER_MATTERS),
        (seen(normal(0, 100), [0.1, -0.1] * 20), Reason.JITTER),
        (seen(normal(0, 100), normal(0, 20), broken=20), Reason.ERRORS),
        (
            seen(normal(0, 200), normal(0, 40), broken=12, lacks=(1.0,) * 12),
            Reason.ERRORS_BY_PROFILE,
        ),
    ],
    ids=lambda given: given.value if isinstance(given, Reason) else "",
)
def test_nothing_is_said_of_an_endpoint_that_cannot_be_audited(
    looked: Differences, reason: Reason
) -> None:
    said = judged(looked, PRICES)
    assert (said.verdict, said.reasons) == (Verdict.NOT_AUDITABLE, (reason,))


def test_lists_are_judged_on_one_side() -> None:
    noise = [0.02, -0.02] * 60
    assert judged(seen(noise, [0.02] * 120), LISTS).verdict is Verdict.ABSENT
    assert judged(seen([0.4] * 12, [0.0] * 12), LISTS).verdict is Verdict.FOUND
    assert judged(seen([-0.4] * 120, [0.4] * 120), LISTS).verdict is Verdict.ABSENT
    assert judged(seen([0.0] * 120, [0.9] * 120), LISTS).reasons == (Reason.JITTER,)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 400))
def test_the_seed_draws_the_same_again_and_another_seed_another_order(
    seed: bytes, number: int
) -> None:
    leg = legs_of(PRICES)[0]
    drawn = planned(seed, PRICES, leg, number)
    assert drawn == planned(seed, PRICES, leg, number)
    assert sorted(drawn.roles) in (
        [Role.ONE, Role.OTHER],
        [Role.AGAIN, Role.ONE],
        [Role.AGAIN, Role.OTHER],
    )
    rounds = range(number, number + 60)
    other = bytes([seed[0] ^ 1, *seed[1:]])
    assert [planned(seed, PRICES, leg, n) for n in rounds] != [
        planned(other, PRICES, leg, n) for n in rounds
    ]
    assert commitment(seed) != commitment(other)


def test_the_coin_is_fair_and_repeats_come_as_often_as_they_should() -> None:
    leg, seed = legs_of(PRICES)[0], bytes(32)
    drawn = [planned(seed, PRICES, leg, n) for n in range(4000)]
    twins = [one for one in drawn if not one.is_repeat]
    assert abs(len(twins) / 4000 - 0.8) < 0.03
    assert abs(sum(one.roles[0] is Role.ONE for one in twins) / len(twins) - 0.5) < 0.03
    assert {one.item for one in drawn} == {0, 1, 2}


def test_the_off_switch_is_asked_off_on_off() -> None:
    assert [(leg.switch, leg.is_judged) for leg in legs_of(LISTS)] == [
        ("off", True),
        ("on", False),
        ("off", True),
        ("off", True),
    ]


def test_differences_have_the_sign_of_the_other_whatever_the_order() -> None:
    cheap, dear = Observed(price=100.0), Observed(price=110.0)
    for roles, answers in (
        ((Role.ONE, Role.OTHER), (cheap, dear)),
        ((Role.OTHER, Role.ONE), (dear, cheap)),
    ):
        asked = Round(leg=0, number=0, item=0, roles=roles, again=None, answers=answers)
        assert differences_of([asked], Outcome.PRICE).twins == (math.log(1.1),)


def test_what_brought_nothing_is_counted() -> None:
    lacking, there = Observed(lack=Lack.TIMEOUT), Observed(price=1.0)
    asked = Round(
        leg=0,
        number=0,
        item=0,
        roles=(Role.OTHER, Role.ONE),
        again=None,
        answers=(lacking, there),
    )
    found = differences_of([asked], Outcome.PRICE)
    assert (found.twins, found.broken, found.lacks) == ((), 1, (1.0,))
    assert found.why == {Lack.TIMEOUT: 1}


def test_what_counts_as_large_and_as_dust_depends_on_what_is_compared() -> None:
    assert (PRICES.cut, PRICES.large, PRICES.dust) == (0.06, 0.05, 0.0025)
    assert (LISTS.cut, LISTS.large, LISTS.dust) == (0.25, 0.2, 0.0125)


def test_the_digest_is_of_all_but_the_seed() -> None:
    assert spec_of({**TREE, "seed": "ab" * 32}).digest == PRICES.digest
    assert spec_of({**TREE, "margin": 0.02}).digest != PRICES.digest


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"margin": 0.07}, "`margin`"),
        ({"least": 0.02}, "`least`"),
        ({"twins": [{"one": "new", "other": "nobody", "varied": "x"}]}, "no profile"),
        ({"twins": [{"one": "new", "other": "new", "varied": "x"}]}, "its own twin"),
        ({"profiles": {"new": {"item": 1}, "loyal": {}}}, "`item` and `switch`"),
        ({"endpoint": {"url": "http://{account}/x"}}, "placeholders"),
        ({"endpoint": {"url": "http://h/x", "body": {"a": 1}}}, "POST"),
        ({"endpoint": {"url": "http://h/x", "headers": {"Cookie": "sid=1"}}}, "environment"),
        ({"aim": "off-switch"}, "`switch`"),
        ({"limits": {"requests": 5}}, "`limits.requests`"),
        ({"wholly": "unknown"}, "wholly"),
        ({"seed": "short"}, "seed"),
    ],
    ids=str,
)
def test_a_specification_that_does_not_hold_is_refused(
    changes: dict[str, object], said: str
) -> None:
    with pytest.raises(ProbeSpecError, match=said):
        spec_of({**TREE, **changes})


@pytest.mark.slow
def test_false_verdicts_are_as_rare_as_they_should_be() -> None:
    generator = np.random.default_rng(9)

    def verdict(spec: ProbeSpec, mean: float) -> Verdict:
        twins = generator.normal(mean, 0.015, 300).tolist()
        repeats = generator.normal(0, 0.015, 80).tolist()
        for count in range(10, 301, 10):
            looked = seen(twins[:count], repeats[: count // 4])
            if may_stop(looked, spec):
                return judged(looked, spec).verdict
        return judged(seen(twins, repeats), spec).verdict

    clean = [verdict(PRICES, 0.0) for _ in range(200)]
    assert clean.count(Verdict.ABSENT) >= 180
    assert clean.count(Verdict.FOUND) <= 10
    at_margin = [verdict(PRICES, 0.01) for _ in range(200)]
    assert at_margin.count(Verdict.ABSENT) <= 10 + 2 * math.sqrt(200 * 0.05 * 0.95)
