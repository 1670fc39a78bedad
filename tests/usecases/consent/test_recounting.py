"""Counts that are kept: quick ones never, slow ones beside whoever asks, faults as they are."""

from threading import Event

import pytest
from tests.doors.clock_kit import StandingClock
from tests.waiting import until

from chengnuo.base.errors import UnavailableError
from chengnuo.usecases.consent.recounting import BeingCountedError, Recounting


class Slow:
    """Counts how often it was asked, once it is let."""

    def __init__(self) -> None:
        self.may_end, self.asked = Event(), 0

    def __call__(self, key: str) -> tuple[str, int]:
        self.asked += 1
        number = self.asked
        assert self.may_end.wait(10)
        return key, number


def test_what_is_quick_is_counted_whenever_it_is_asked_for() -> None:
    seen = iter(range(10))
    counts: Recounting[str, int] = Recounting(
        lambda _: next(seen), StandingClock(), quick_s=10.0, wait_s=10.0
    )
    assert [counts.of("a").value for _ in range(3)] == [0, 1, 2]
    assert counts.of("b").value == 3


def test_a_first_count_that_takes_long_is_said_to_be_under_way_and_is_made_once() -> None:
    slow = Slow()
    counts = Recounting(slow, StandingClock(), quick_s=0.0, wait_s=0.01)
    for _ in range(3):
        with pytest.raises(BeingCountedError):
            counts.of("a")
    assert slow.asked == 1
    slow.may_end.set()

    def counted() -> bool:
        try:
            return counts.of("a").value == ("a", 1)
        except BeingCountedError:
            return False

    until(counted)


def test_the_count_before_is_shown_with_its_instant_while_a_new_one_is_made() -> None:
    slow, clock = Slow(), StandingClock()
    slow.may_end.set()
    counts = Recounting(slow, clock, quick_s=-1.0, wait_s=10.0)
    first = counts.of("a")
    assert (first.value, first.at) == (("a", 1), clock.now())
    slow.may_end.clear()
    until(lambda: counts.of("a") == first and slow.asked == 2)
    assert counts.of("a") == first
    slow.may_end.set()
    until(lambda: counts.of("a").value[1] >= 2)


def test_what_cannot_be_counted_is_said_and_tried_again() -> None:
    faults = [UnavailableError("the disk is away")]

    def count(key: str) -> str:
        if faults:
            raise faults.pop()
        return key

    counts = Recounting(count, StandingClock(), wait_s=10.0)
    with pytest.raises(UnavailableError, match="the disk is away"):
        counts.of("a")
    assert counts.of("a").value == "a"


def test_what_was_counted_beside_is_there_for_the_first_who_asks() -> None:
    slow, clock = Slow(), StandingClock()
    slow.may_end.set()
    counts = Recounting(slow, clock, quick_s=-1.0, wait_s=0.0)
    counts.warm("a")
    assert counts.of("a").value[0] == "a"


def test_what_is_quick_and_new_is_not_counted_beside_again() -> None:
    slow = Slow()
    slow.may_end.set()
    counts = Recounting(slow, StandingClock(), quick_s=10.0)
    for _ in range(3):
        counts.warm("a")
    assert slow.asked == 1


def test_a_fault_beside_is_told_to_nobody_but_who_asks() -> None:
    faults = [UnavailableError("the disk is away")] * 2

    def count(key: str) -> str:
        if faults:
            raise faults.pop()
        return key

    counts = Recounting(count, StandingClock(), wait_s=10.0)
    counts.warm("a")
    with pytest.raises(UnavailableError, match="the disk is away"):
        counts.of("a")
    counts.warm("a")
    assert counts.of("a").value == "a"


def test_nobody_starts_more_slow_counts_than_two_by_asking_for_different_things() -> None:
    slow = Slow()
    counts = Recounting(slow, StandingClock(), quick_s=0.0, wait_s=0.01)
    for key in "abcdef":
        with pytest.raises(BeingCountedError):
            counts.of(key)
    assert slow.asked == 2
    slow.may_end.set()
    until(lambda: slow.asked == 6)
