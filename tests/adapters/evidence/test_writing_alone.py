"""Whoever has nobody before them writes themselves; order, refusals and pauses are as always."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread, current_thread
from time import monotonic, sleep

import pytest
from tests.adapters.evidence.conftest import KitOf
from tests.adapters.evidence.log_kit import Kit, consents, opened, published

from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.evidence_log import Appended, Draft, LogUnavailableError

WAIT_S = 20.0


@pytest.fixture(name="kit")
def _kit(either_kit_of: KitOf, tmp_path: Path) -> Iterator[Kit]:
    kit = either_kit_of(tmp_path)
    yield kit
    kit.close()


@pytest.fixture(name="on_disk")
def _on_disk(tmp_path: Path) -> Iterator[Kit]:
    """A log in files, for what only a disk does."""
    kit = Kit(tmp_path)
    yield kit
    kit.close()


def writers_of(log: WritableLog) -> list[str]:
    """Note the name of the thread of every write from now on."""
    names: list[str] = []
    segments = log._segments  # noqa: SLF001  to see who writes
    append = segments.append

    def noted(batch: bytes, count: int) -> None:
        names.append(current_thread().name)
        append(batch, count)

    segments.append = noted  # type: ignore[method-assign]
    return names


def in_a_thread(log: WritableLog, drafts: Sequence[Draft], name: str = "caller") -> Appended:
    """Append from a thread of that name, and return or raise what it does."""
    with ThreadPoolExecutor(1, thread_name_prefix=name) as pool:
        return pool.submit(log.append, drafts).result(WAIT_S)


def test_a_thread_with_nobody_before_it_writes_itself_but_never_the_main_one(kit: Kit) -> None:
    log = kit.open()
    names = writers_of(log)
    assert in_a_thread(log, [published(0)]).first == 0
    assert log.append([published(1)]).first == 1
    assert [name.startswith("caller") for name in names] == [True, False]
    assert names[1] == "evidence-sequencer"
    assert log.status().queued == 0
    log.close()


def test_what_was_queued_before_stands_before(kit: Kit) -> None:
    log = kit.open()
    sequencer = log._sequencer  # noqa: SLF001  to hold the writer
    with ThreadPoolExecutor() as pool:
        with sequencer.paused():
            log.enqueue([Draft(kind=Kind.INSPECTION_RESULT, payload=b'{"n":0}')])
            waiting = pool.submit(log.append, [published(1)])
            while log.status().queued < 2:
                assert not waiting.done()
        assert waiting.result(WAIT_S).first == 1
    assert opened(kit.payloads(), log, 0) == b'{"n":0}'
    log.close()


def test_what_waits_for_another_try_stands_before(on_disk: Kit) -> None:
    log = on_disk.open()
    in_a_thread(log, [published(0)])
    file = log._segments._write_file  # noqa: SLF001  the disk
    assert file is not None
    write = file.write

    def full(_: int, __: bytes) -> None:
        raise OSError(28, "No space left on device")

    file.write = full  # type: ignore[method-assign]
    log.enqueue([Draft(kind=Kind.INSPECTION_RESULT, payload=b'{"n":1}')])
    until = monotonic() + WAIT_S
    while not log.status().failed and monotonic() < until:
        sleep(0.001)
    file.write = write  # type: ignore[method-assign]
    assert in_a_thread(log, [published(2)]).first == 2
    assert opened(on_disk.payloads(), log, 1) == b'{"n":1}'
    log.close()


def test_many_threads_and_the_queue_take_turns_without_a_gap(kit: Kit) -> None:
    log = kit.open()
    firsts: list[tuple[int, int]] = []

    def append(start: int) -> None:
        numbers = range(start, start + 40)
        firsts.extend([(log.append(consents([number])).first, number) for number in numbers])

    threads = [Thread(target=append, args=(100 * number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    append(900)
    for thread in threads:
        thread.join()
    assert sorted(first for first, _ in firsts) == list(range(280))
    payloads = kit.payloads()
    for first, number in firsts:
        assert opened(payloads, log, first) == b'{"n":%d,"v":1}' % number
    log.close()
    kit.close()
    assert kit.problems() == []


def test_a_pause_comes_before_the_next_of_a_thread_that_never_rests(kit: Kit) -> None:
    log = kit.open()
    stop = Event()

    def append() -> None:
        while not stop.is_set():
            log.append([published(0)])

    thread = Thread(target=append)
    writes = writers_of(log)
    thread.start()
    between = 0
    for _ in range(10):
        asked = len(writes)
        with log._sequencer.paused():  # noqa: SLF001  as an erasure does
            between += len(writes) - asked
            size = log.status().size
            assert not stop.wait(0.005)
            assert log.status().size == size
    assert between < 60
    stop.set()
    thread.join(WAIT_S)
    assert not thread.is_alive()
    log.close()


def test_a_refused_disk_is_said_to_the_thread_and_the_next_write_takes_the_place(
    on_disk: Kit,
) -> None:
    log = on_disk.open()
    in_a_thread(log, [published(0)])
    file = log._segments._write_file  # noqa: SLF001  the disk
    assert file is not None
    write = file.write

    def full(_: int, __: bytes) -> None:
        raise OSError(28, "No space left on device")

    file.write = full  # type: ignore[method-assign]
    with pytest.raises(LogUnavailableError, match="No space left"):
        in_a_thread(log, [published(1)])
    file.write = write  # type: ignore[method-assign]
    assert log.status().failed == ""
    assert log.given_up == ""
    assert in_a_thread(log, [published(2)]).first == 1
    log.close()


def test_a_sync_that_fails_ends_all_writing(on_disk: Kit) -> None:
    log = on_disk.open()
    in_a_thread(log, [published(0)])
    file = log._segments._write_file  # noqa: SLF001  the disk
    assert file is not None
    sync = file.sync

    def unsure() -> None:
        raise OSError(5, "Input/output error")

    file.sync = unsure  # type: ignore[method-assign]
    with pytest.raises(LogUnavailableError, match="Input/output"):
        in_a_thread(log, [published(1)])
    file.sync = sync  # type: ignore[method-assign]
    for again in (log.append, lambda drafts: in_a_thread(log, drafts)):
        with pytest.raises(LogUnavailableError, match="restart"):
            again([published(2)])
    assert "restart" in log.given_up
    log.close()


def test_a_fault_of_our_own_ends_all_writing_and_nobody_waits_for_ever(kit: Kit) -> None:
    log = kit.open()
    in_a_thread(log, [published(0)])
    entered, go = Event(), Event()

    def fault(*_: object) -> None:
        entered.set()
        assert go.wait(WAIT_S)
        raise MemoryError

    log._sealing.seal = fault  # type: ignore[method-assign, assignment]  # noqa: SLF001  a fault
    with ThreadPoolExecutor() as pool:
        first = pool.submit(log.append, [published(1)])
        assert entered.wait(WAIT_S)
        second = pool.submit(log.append, [published(2)])
        while log.status().queued < 2:
            assert not second.done()
        go.set()
        with pytest.raises(MemoryError):
            first.result(WAIT_S)
        with pytest.raises(LogUnavailableError, match="fault of its own"):
            second.result(WAIT_S)
    with pytest.raises(LogUnavailableError, match="fault of its own"):
        log.append([published(3)])
    assert log.status().queued == 0
    log.close()


def test_closing_waits_for_whoever_writes_just_now(kit: Kit) -> None:
    log = kit.open()
    segments = log._segments  # noqa: SLF001  to be in the middle of a write
    append = segments.append
    entered, go = Event(), Event()

    def slow(batch: bytes, count: int) -> None:
        entered.set()
        assert go.wait(WAIT_S)
        append(batch, count)

    segments.append = slow  # type: ignore[method-assign]
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(log.append, [published(0)])
        assert entered.wait(WAIT_S)
        closing = pool.submit(log.close)
        assert not closing.done()
        until = monotonic() + WAIT_S
        while not log._sequencer._closed and monotonic() < until:  # noqa: SLF001  as above
            sleep(0.001)
        with pytest.raises(LogUnavailableError, match="closed"):
            log.append([published(1)])
        assert not go.wait(0.2)
        assert not closing.done()
        go.set()
        assert writing.result(WAIT_S).first == 0
        closing.result(WAIT_S)
    kit.close()
    log = kit.open()
    assert log.status().size == 1
    assert log.status().published == 1
    log.close()
