"""Records are handed over in their order, all or none of a batch, and never forgotten unseen."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep

import pytest
from tests.running import run
from tests.waiting import until

from chengnuo.adapters.evidence import handing_over
from chengnuo.adapters.evidence.handing_over import HandingOver, Waiting
from chengnuo.base.errors import UnavailableError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.evidence_log import Appended, Draft, LogBusyError, LogUnavailableError, Position
from chengnuo.ports.following import NoLeaderError, RecordsRefusedError


class Leader:
    """Takes drafts, when it is there."""

    def __init__(self) -> None:
        self.is_there = True
        self.faults: list[Exception] = []
        self.refused: set[bytes] = set()
        self.taken: list[bytes] = []
        self.batches: list[int] = []
        self.asked = 0
        self.goes_on = Event()
        self.goes_on.set()

    def __call__(self, drafts: Sequence[Draft]) -> Appended:
        self.goes_on.wait(10)
        self.asked += 1
        if self.faults:
            raise self.faults.pop()
        if self.refused & {draft.payload for draft in drafts}:
            raise RecordsRefusedError
        if not self.is_there:
            raise NoLeaderError
        first = Position(len(self.taken))
        self.taken += [draft.payload for draft in drafts]
        self.batches.append(len(drafts))
        return Appended(first, 7)


def drafts(*payloads: int) -> list[Draft]:
    return [Draft(kind=Kind.DECISION, payload=b"%d" % one) for one in payloads]


def test_what_waits_shares_a_batch_and_each_is_told_its_own_place() -> None:
    leader, told = Leader(), list[tuple[int, Appended | UnavailableError]]()
    handing = HandingOver(leader)
    leader.goes_on.clear()
    for number in range(4):
        handing.put(
            Waiting(
                drafts(2 * number, 2 * number + 1),
                lambda result, number=number: told.append((number, result)),  # type: ignore[misc]  bound at once
            ),
            wait_s=0,
        )
    leader.goes_on.set()
    handing.close()
    assert leader.taken == [b"%d" % number for number in range(8)]
    assert sum(leader.batches) == 8
    assert len(leader.batches) <= 2
    assert told == [(number, Appended(Position(2 * number), 7)) for number in range(4)]


def test_who_waits_is_told_no_and_what_nobody_waits_for_is_tried_again() -> None:
    leader, told = Leader(), list[Appended | UnavailableError]()
    leader.is_there = False
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(1), None), wait_s=0)
    handing.put(Waiting(drafts(2), told.append), wait_s=0)
    until(lambda: len(told) == 1)
    assert isinstance(told[0], NoLeaderError)
    handing.put(Waiting(drafts(3), None), wait_s=0)
    leader.is_there = True
    until(lambda: leader.taken == [b"1", b"3"])
    handing.close()
    assert handing.lost == 0


def test_what_could_not_be_handed_over_at_the_end_is_counted() -> None:
    leader = Leader()
    leader.is_there = False
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(1, 2), None), wait_s=0)
    handing.close()
    assert handing.lost == 2
    with pytest.raises(LogBusyError):
        handing.put(Waiting(drafts(3), None), wait_s=0)


def test_the_end_does_not_wait_for_one_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "_CLOSES_S", 0.05)
    leader = Leader()
    leader.goes_on.clear()
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(1, 2), None), wait_s=0)
    until(lambda: handing.queued == 0)
    handing.put(Waiting(drafts(3), None), wait_s=0)
    before = monotonic()
    handing.close()
    assert monotonic() - before < 5
    assert handing.lost == 3
    leader.goes_on.set()


def test_a_full_queue_refuses_after_a_while() -> None:
    leader = Leader()
    leader.goes_on.clear()
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(0), None), wait_s=0)
    until(lambda: handing.queued == 0)
    for _ in range(32):
        handing.put(Waiting(drafts(*range(512)), None), wait_s=0)
    with pytest.raises(LogBusyError):
        handing.put(Waiting(drafts(1), None), wait_s=0.05)
    leader.goes_on.set()
    handing.close()
    assert len(leader.taken) == 1 + 32 * 512


def test_whoever_waited_and_is_gone_with_their_loop_stops_nothing() -> None:
    leader = Leader()
    leader.goes_on.clear()
    handing = HandingOver(leader)

    async def hang_up() -> None:
        asked = asyncio.create_task(handing.handed(drafts(1)))
        await asyncio.sleep(0)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)

    def with_their_loop() -> None:
        with asyncio.Runner() as runner:
            runner.run(hang_up())

    with ThreadPoolExecutor(1) as pool:
        pool.submit(with_their_loop).result()
    leader.goes_on.set()
    handing.put(Waiting(drafts(2), None), wait_s=0)
    until(lambda: leader.taken == [b"1", b"2"])
    handing.close()
    assert handing.lost == 0


def test_a_fault_ends_nothing_and_loses_nothing() -> None:
    leader, told = Leader(), list[Appended | UnavailableError]()
    leader.faults = [ValueError("no answer of ours"), ValueError("again")]
    leader.goes_on.clear()
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(0), told.append), wait_s=0)
    until(lambda: handing.queued == 0)
    handing.put(Waiting(drafts(1), None), wait_s=0)
    leader.goes_on.set()
    until(lambda: len(told) == 1)
    assert isinstance(told[0], NoLeaderError)
    until(lambda: leader.taken == [b"1"])
    handing.put(Waiting(drafts(2), told.append), wait_s=0)
    until(lambda: told[1:] == [Appended(Position(1), 7)])
    handing.close()
    assert handing.lost == 0


def test_what_is_refused_holds_up_nothing_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another process, which understands them, may write a moment later."""
    monkeypatch.setattr(handing_over, "_REFUSED_S", 0.05)
    leader, told = Leader(), list[Appended | UnavailableError]()
    leader.refused = {b"3", b"4"}
    leader.goes_on.clear()
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(0), None), wait_s=0)
    until(lambda: handing.queued == 0)
    for number in range(1, 7):
        handing.put(Waiting(drafts(number), told.append if number == 4 else None), wait_s=0)
    leader.goes_on.set()
    until(lambda: leader.taken == [b"0", b"1", b"2", b"5", b"6"])
    until(lambda: len(told) == 1)
    assert isinstance(told[0], LogUnavailableError)
    leader.refused.clear()
    until(lambda: leader.taken[5:] == [b"3"])
    handing.close()
    assert handing.lost == 0


def test_what_is_refused_is_not_sent_along_with_whatever_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    leader = Leader()
    leader.refused = {b"1"}
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(1), None), wait_s=0)
    until(lambda: leader.asked == 1)
    for number in range(2, 7):
        handing.put(Waiting(drafts(number), None), wait_s=0)
        until(lambda number=number: b"%d" % number in leader.taken)  # type: ignore[misc]  bound at once
    sleep(0.6)
    assert leader.asked == 6
    assert handing.queued == 1
    assert len(caplog.messages) == 1
    leader.refused.clear()
    handing.close()
    assert leader.taken[5:] == [b"1"]
    assert handing.lost == 0


def test_of_all_that_was_refused_one_shows_whether_it_is_taken_by_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handing_over, "_REFUSED_S", 0.2)
    leader = Leader()
    leader.refused = {b"%d" % number for number in range(1, 20)}
    leader.goes_on.clear()
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(0), None), wait_s=0)
    until(lambda: handing.queued == 0)
    for number in range(1, 20):
        handing.put(Waiting(drafts(number), None), wait_s=0)
    leader.goes_on.set()
    until(lambda: leader.asked >= 38 and handing.queued == 19)
    asked, began = leader.asked, monotonic()
    until(lambda: leader.asked >= asked + 3)
    assert monotonic() - began > 0.3
    leader.refused.clear()
    until(lambda: len(leader.taken) == 20)
    assert handing.queued == 0
    handing.close()


def test_what_came_later_goes_no_earlier_where_a_half_is_not_taken_for_now() -> None:
    leader, faulty = Leader(), [NoLeaderError()]
    leader.refused = {b"4"}

    def handed(some: Sequence[Draft]) -> Appended:
        if [draft.payload for draft in some] == [b"1", b"2"] and faulty:
            raise faulty.pop()
        return leader(some)

    handing = HandingOver(handed)
    leader.goes_on.clear()
    handing.put(Waiting(drafts(0), None), wait_s=0)
    until(lambda: handing.queued == 0)
    for number in range(1, 5):
        handing.put(Waiting(drafts(number), None), wait_s=0)
    leader.goes_on.set()
    until(lambda: len(leader.taken) == 4)
    assert leader.taken == [b"0", b"1", b"2", b"3"]
    leader.refused.clear()
    handing.close()
    assert leader.taken[4:] == [b"4"]


def test_a_whole_batch_that_is_refused_comes_after_all_others() -> None:
    leader = Leader()
    leader.refused = {b"7"}
    leader.goes_on.clear()
    handing = HandingOver(leader)
    handing.put(Waiting(drafts(*range(512)), None), wait_s=0)
    handing.put(Waiting(drafts(1000), None), wait_s=0)
    leader.goes_on.set()
    until(lambda: leader.taken == [b"1000"])
    handing.close()
    assert handing.lost == 512


def test_nobody_waits_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "ANSWER_S", 0.05)
    leader = Leader()
    leader.goes_on.clear()
    handing = HandingOver(leader)
    assert isinstance(run(handing.handed(drafts(1))), NoLeaderError)
    leader.goes_on.set()
    handing.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_is_gone_takes_nothing_more() -> None:
    def ends(some: Sequence[Draft]) -> Appended:
        raise SystemExit(len(some))

    handing = HandingOver(ends)
    handing.put(Waiting(drafts(1), None), wait_s=0)

    def is_refused() -> bool:
        try:
            handing.put(Waiting(drafts(2), None), wait_s=0)
        except LogBusyError:
            return True
        return False

    until(is_refused)
    handing.close()
