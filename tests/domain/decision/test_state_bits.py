"""An individual and the acts that stand for them, as bits and back."""

from datetime import date
from itertools import product

import pytest
from tests.domain.decision.shop import ADULT, act, agreed, shop
from tests.domain.finding.changing import Change

from chengnuo.base.instant import to_us
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.request import State
from chengnuo.domain.decision.state_bits import (
    BY_GUARDIAN,
    BY_THEMSELVES,
    NO,
    NOT_GIVEN,
    OBJECTED,
    OFF,
    ON,
    Lanes,
    flags_of,
    individual_of,
    lane_of_objection,
    lane_of_switch,
)
from chengnuo.domain.individual.standing import NOBODY_KNOWN, AccountState, Individual
from chengnuo.domain.register.activity import AlsoInForce
from chengnuo.engines.planes.planes import Value
from chengnuo.engines.planes.untils import NEVER
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import end_of
from chengnuo.law.consent_form import ConsentForm

ITEM = "coupons/general"
UNTIL = date(2026, 11, 30)
EARLIER = AlsoInForce(matter="general", fingerprint="0" * 64, until=UNTIL)


def lanes(*changes: Change) -> Lanes:
    book = shop(*changes)
    return Lanes(book.register, book.catalogue)


def test_every_individual_is_read_back_from_a_byte() -> None:
    everybody = [
        Individual(age=age, account=account, restricted=restricted, suppressed=suppressed)
        for age, account, restricted, suppressed in product(
            AgeBand, AccountState, (False, True), (False, True)
        )
    ]
    assert [individual_of(flags_of(one)) for one in everybody] == everybody
    assert len({flags_of(one) for one in everybody}) == len(everybody)
    assert max(map(flags_of, everybody)) < 64


def test_of_whom_nothing_is_known_the_byte_is_zero() -> None:
    assert individual_of(0) == NOBODY_KNOWN


def test_a_byte_that_nothing_writes_is_of_somebody_deleted() -> None:
    assert individual_of(0x0C).suppressed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, Value(BY_THEMSELVES)),
        ({"by_guardian": True}, Value(BY_GUARDIAN)),
        ({"until": 9}, Value(BY_THEMSELVES, 9)),
        ({"act": Act.REFUSE}, Value(NO)),
        ({"act": Act.WITHDRAW, "until": 9}, Value(NO)),
        ({"act": Act.HAND_OVER}, Value(NOT_GIVEN)),
        ({"fingerprint": "e" * 64}, Value(NOT_GIVEN)),
        ({"fingerprint": "0" * 64}, Value(BY_THEMSELVES, to_us(end_of(UNTIL)))),
        ({"fingerprint": "0" * 64, "until": 9}, Value(BY_THEMSELVES, 9)),
        ({"form": ConsentForm.GUARDIAN}, Value(NOT_GIVEN)),
    ],
)
def test_what_an_act_stands_for(words: dict[str, object], expected: Value) -> None:
    lane = lanes(Change("activity coupons", "also_in_force", (EARLIER,))).items[ITEM]
    assert lane.value(act(lane.item, **words)) == expected


def test_no_act_is_no_consent() -> None:
    assert lanes().items[ITEM].value(None) == Value(NOT_GIVEN, NEVER)


@pytest.mark.parametrize(
    "change",
    [
        Change("activity coupons", "also_in_force", (EARLIER,)),
        Change("activity coupons", "consent", ConsentForm.WRITTEN),
        Change("activity coupons", "retention.keep.period.days", 31),
    ],
    ids=["an earlier text counts", "another form", "another period"],
)
def test_a_lane_is_named_for_all_that_its_value_rests_on(change: Change) -> None:
    older, newer = lanes(), lanes(change)
    assert older.items[ITEM].name != newer.items[ITEM].name
    assert set(newer.carried(older)) == {newer.items[ITEM].name}
    assert older.carried(older) == {}


def test_switches_and_objections_have_lanes_of_their_own() -> None:
    state = State(
        individual=ADULT,
        switches={"picks-switch": True, "adverts-switch": False},
        objects_to=frozenset({"public-shops", "coupons"}),
    )
    assert lanes().bits_of(state).values == {
        lane_of_switch("picks-switch"): Value(ON),
        lane_of_switch("adverts-switch"): Value(OFF),
        lane_of_objection("public-shops"): Value(OBJECTED),
    }


def test_an_item_that_the_register_no_longer_has_is_left_out() -> None:
    kept = agreed(shop())
    gone = lanes(Change("activity coupons", "", None))
    assert not any(ITEM in name for name in gone.bits_of(kept).values)
