"""Appends while publishing lags or fails: nobody waits for ever, and memory has a bound."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.adapters.evidence.conftest import KitOf
from tests.adapters.evidence.log_kit import consents

from chengnuo.adapters.evidence import log as log_module
from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.ports.evidence_log import LogUnavailableError

_WAIT_S = 20.0


@pytest.fixture(autouse=True)
def _tight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "_PUBLISH_AT", 4)
    monkeypatch.setattr(log_module, "_MOST_UNPUBLISHED", 8)


def _filling(log: WritableLog, told: list[object]) -> Thread:
    """Append more than may wait for the publisher, in a thread of its own."""

    def fill() -> None:
        try:
            told.extend(log.append(consents(range(4))).first for _ in range(6))
        except LogUnavailableError as error:
            told.append(error)

    thread = Thread(target=fill)
    thread.start()
    return thread


def _before_publishing(log: WritableLog, act: Callable[[], None]) -> None:
    publisher = log._publisher  # noqa: SLF001  to lag exactly there
    real = publisher.publish

    def publish(*args: object, **more: object) -> object:
        publisher.publish = real  # type: ignore[method-assign]
        act()
        return real(*args, **more)  # type: ignore[arg-type]  # passed on

    publisher.publish = publish  # type: ignore[method-assign, assignment]


def test_a_log_that_closes_while_publishing_lags_gets_there(
    either_kit_of: KitOf, tmp_path: Path
) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    lags, go_on = Event(), Event()

    def lag() -> None:
        lags.set()
        assert go_on.wait(_WAIT_S)

    _before_publishing(log, lag)
    told: list[object] = []
    filling = _filling(log, told)
    assert lags.wait(_WAIT_S)
    closing = Thread(target=log.close)
    closing.start()
    filling.join(_WAIT_S)
    go_on.set()
    closing.join(_WAIT_S)
    assert not filling.is_alive()
    assert not closing.is_alive()
    again = kit.open()
    assert again.status().size >= 4 * sum(isinstance(one, int) for one in told)
    again.close()
    kit.close()
    assert kit.problems() == []


def test_a_fault_of_the_publisher_stops_no_append(either_kit_of: KitOf, tmp_path: Path) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()

    def fail() -> None:
        raise ValueError

    _before_publishing(log, fail)
    told: list[object] = []
    filling = _filling(log, told)
    filling.join(_WAIT_S)
    assert not filling.is_alive()
    assert told == [0, 4, 8, 12, 16, 20]
    assert log.publish().checkpoint.size == 24
    log.close()
    kit.close()
    assert kit.problems() == []


def test_heads_that_wait_for_a_publication_that_fails_are_bounded(
    either_kit_of: KitOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "_MOST_HEADS_UNPUBLISHED", 12)
    kit = either_kit_of(tmp_path)
    log = kit.open()

    def away(*_: object) -> None:
        raise LogUnavailableError("disk full")

    publisher = log._publisher  # noqa: SLF001  to fail exactly there
    real = publisher._advance  # noqa: SLF001  as above
    setattr(publisher, "_advance", away)  # noqa: B010  as above
    taken, refused = 0, ""
    while not refused:
        try:
            log.append(consents([taken], whose=taken))
        except LogUnavailableError as error:
            refused = str(error)
        else:
            taken += 1
            with pytest.raises(LogUnavailableError):
                log.publish()
    assert "too much waits" in refused
    assert 12 <= taken <= 14
    setattr(publisher, "_advance", real)  # noqa: B010  as above
    assert log.publish().checkpoint.size == taken
    log.append(consents([99]))
    log.close()
    kit.close()
    assert kit.problems() == []
