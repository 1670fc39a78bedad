"""The compiled engine, the planes and the batch say what the reference says, reasons included."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from tests.domain.decision.shop import ADULT, NOW, agreed, ask, book_of, but, shop
from tests.domain.finding.changing import Change
from tests.strategies.clean_activities import needed
from tests.strategies.clean_register import clean_register
from tests.strategies.decisions import any_request, any_state, made_usable, seeds
from tests.strategies.registers import law, registers, small_registers

from chengnuo.base.text import Text
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.lookup import OUTCOMES, OUTDATED, Lookup, audience
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import State
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.decision.state_bits import Lanes
from chengnuo.domain.register.activity import MinorsRule
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.engines.planes.ordinals import ordinals_of
from chengnuo.engines.planes.planes import Value
from chengnuo.engines.planes.writing import memory_planes, put_whole

# 15 registers, 20 requests, 115 individuals, three ways: the hundred thousand of `check`.
REQUESTS, STATES = 20, 115
POPULATION = STATES + 3
LONGER = Change("activity coupons", "purpose", Text("另一目的", "Another purpose"))


def compare_everything(register: Register, random: Random) -> int:
    """Hold four ways to answer to the reference; return how many answers were compared."""
    book = book_of(made_usable(random, register))
    compiled = Compiled(book)
    planes = memory_planes(compiled.lanes.names, POPULATION)
    about = [one.activity for one in book.register.activities] or [None]
    states = [any_state(random, book, random.choice(about)) for _ in range(STATES)]
    for ordinal, state in enumerate(states):
        assert put_whole(planes, ordinal, compiled.lanes.bits_of(state))
    lookup = Lookup(compiled, planes)
    ordinals = ordinals_of(range(STATES))
    for _ in range(REQUESTS):
        request = any_request(random, book.register)
        expected = [decide(request, state, book=book, at=NOW) for state in states]
        assert [compiled.decide(request, state, NOW) for state in states] == expected
        assert [lookup.decide(request, number, NOW) for number in range(STATES)] == expected
        found = audience(lookup, request, ordinals, NOW)
        assert [OUTCOMES[code] for code in found.outcomes] == [one.outcome for one in expected]
        assert dict(found.decisions) == Counter(expected)
    return REQUESTS * STATES


@given(registers() | small_registers(), seeds)
def test_the_engine_says_what_the_reference_says(register: Register, random: Random) -> None:
    compare_everything(register, random)


@pytest.mark.slow
@settings(max_examples=150)
@given(registers() | small_registers(), seeds)
def test_the_engine_says_what_the_reference_says_a_million_times(
    register: Register, random: Random
) -> None:
    compare_everything(register, random)


def test_a_permit_once_met_is_the_same_object() -> None:
    compiled = Compiled(shop())
    one, other = agreed(compiled.book), agreed(compiled.book, replace(ADULT, suppressed=False))
    first = compiled.decide(ask("coupons"), one, NOW)
    assert compiled.decide(ask("coupons", recent=7), other, NOW) is first


def test_a_register_swapped_in_the_middle_gives_one_answer_or_the_other() -> None:
    """Threads ask without pause while the holder's one reference is swapped over and over."""
    off = Change("activity coupons", "minors_under_14", MinorsRule.GUARDIAN_CONSENT)
    gone = Change("activity coupons", "assessment", None)
    compiled = [Compiled(shop()), Compiled(shop(off, gone))]
    state, request = agreed(shop()), ask("coupons")
    expected = {decide(request, state, book=one.book, at=NOW) for one in compiled}
    assert len(expected) == 2
    held, stop = [compiled[0]], threading.Event()

    def swap() -> None:
        while not stop.is_set():
            for one in compiled:
                held[0] = one

    with ThreadPoolExecutor() as pool:
        swapping = pool.submit(swap)
        met = {held[0].decide(request, state, NOW) for _ in range(5_000)}
        # Five thousand may fit between two turns of the other thread.
        until = time.monotonic() + 10
        while met != expected and time.monotonic() < until:
            met.add(held[0].decide(request, state, NOW))
        stop.set()
        swapping.result()
    assert met == expected


def test_of_an_ordinal_beyond_the_planes_nothing_is_known() -> None:
    compiled = Compiled(shop())
    planes = memory_planes(compiled.lanes.names, 8)
    everything = compiled.lanes.bits_of(agreed(compiled.book))
    for ordinal in range(8):
        put_whole(planes, ordinal, everything)
    lookup = Lookup(compiled, planes)
    nobody = decide(ask("picks-for-you"), State(), book=compiled.book, at=NOW)
    strangers = [-1, -(2**70), 8, 9, 31, 32, 2**40, 2**70]
    assert lookup.decide(ask("picks-for-you"), 7, NOW).permits
    for ordinal in strangers:
        assert lookup.decide(ask("picks-for-you"), ordinal, NOW) == nobody
    found = audience(lookup, ask("picks-for-you"), ordinals_of([7, *strangers]), NOW)
    assert [OUTCOMES[code] for code in found.outcomes] == [Outcome.PERMIT] + [Outcome.REFUSE] * 8


def test_planes_out_of_date_answer_no_whoever_is_asked_about() -> None:
    compiled = Compiled(shop())
    planes = replace(memory_planes(compiled.lanes.names, 8), good_until=NOW)
    put_whole(planes, 1, compiled.lanes.bits_of(agreed(compiled.book)))
    lookup = Lookup(compiled, planes)
    assert lookup.decide(ask("security-logs"), 1, NOW - 1).permits
    for ordinal in (1, 2, 99):
        assert lookup.decide(ask("security-logs"), ordinal, NOW) is OUTDATED
    found = audience(lookup, ask("security-logs"), ordinals_of([1, 2, 99]), NOW)
    assert found.count(Outcome.REFUSE) == 3


def test_a_lane_of_another_text_is_no_consent() -> None:
    older, newer = Compiled(shop()), Compiled(shop(LONGER))
    planes = memory_planes(older.lanes.names, 8)
    put_whole(planes, 1, older.lanes.bits_of(agreed(older.book)))
    assert Lookup(older, planes).decide(ask("coupons"), 1, NOW).permits
    assert Lookup(newer, planes).decide(ask("coupons"), 1, NOW).outcome is Outcome.ASK
    assert set(newer.lanes.carried(older.lanes)) == {newer.lanes.items["coupons/general"].name}


def test_an_audience_counts_who_is_left_out_by_what() -> None:
    compiled = Compiled(shop())
    book, lanes = compiled.book, compiled.lanes
    planes = memory_planes(lanes.names, 300_000)
    item = "coupons/general"
    everything = agreed(book)
    kinds = [
        lanes.bits_of(everything),
        lanes.bits_of(but(everything, book, item)),
        lanes.bits_of(but(everything, book, item, act=Act.WITHDRAW)),
        lanes.bits_of(replace(everything, individual=replace(ADULT, restricted=True))),
    ]
    for ordinal in range(400):
        put_whole(planes, ordinal, kinds[ordinal % 4])
    found = audience(Lookup(compiled, planes), ask("coupons"), ordinals_of(range(300_000)), NOW)
    assert found.count(Outcome.PERMIT) == 100
    assert found.left_out == {
        (Outcome.ASK, Ruling(Rule.GENERAL, item, "not-given")): 100 + 299_600,
        (Outcome.REFUSE, Ruling(Rule.GENERAL, item, "refused")): 100,
        (Outcome.REFUSE, Ruling(Rule.RESTRICTION, "coupons")): 100,
    }
    assert (
        len(audience(Lookup(compiled, planes), ask("coupons"), ordinals_of([]), NOW).outcomes) == 0
    )


@pytest.mark.parametrize("count", [8, 12, 40], ids="{} sensitive categories".format)
def test_a_key_of_any_length_gives_the_same_answers(count: int) -> None:
    """Short keys stand in a table, longer ones are sorted, the longest are asked one by one."""
    items = tuple(needed(name, sensitive=True) for name in sorted(law().categories)[:count])
    compiled = Compiled(shop(Change("activity coupons", "items", items)))
    book, random = compiled.book, Random(count)
    planes = memory_planes(compiled.lanes.names, 64)
    states = [any_state(random, book, ActivityId("coupons")) for _ in range(64)]
    for ordinal, state in enumerate(states):
        put_whole(planes, ordinal, compiled.lanes.bits_of(state))
    request = ask("coupons")
    found = audience(Lookup(compiled, planes), request, ordinals_of(range(64)), NOW)
    expected = [decide(request, state, book=book, at=NOW) for state in states]
    assert [OUTCOMES[code] for code in found.outcomes] == [one.outcome for one in expected]
    assert dict(found.decisions) == Counter(expected)


@given(seeds)
def test_what_planes_hold_of_somebody_is_read_back(random: Random) -> None:
    book = book_of(clean_register())
    lanes = Lanes(book.register, book.catalogue)
    planes = memory_planes(lanes.names, 16)
    wholes = [lanes.bits_of(any_state(random, book)) for _ in range(40)]
    for number, whole in enumerate(wholes):
        assert put_whole(planes, number % 16, whole)
    for ordinal in range(16):
        last = wholes[ordinal + 32 if ordinal < 8 else ordinal + 16]
        assert planes.flags_of(ordinal) & 0x3F == last.flags
        for name in lanes.names:
            value = last.values.get(name, Value(0))
            assert planes.value(name, ordinal) == value.value
            if value.value in {1, 2}:
                assert planes.end(name, ordinal) == value.end
