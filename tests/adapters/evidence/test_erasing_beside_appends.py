"""While an erasure changes the epoch the log goes on; nothing sealed meanwhile is lost or left."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.adapters.evidence.conftest import KitOf
from tests.adapters.evidence.key_kit import bytes_below
from tests.adapters.evidence.log_kit import START, Kit, consents, opened, person

from chengnuo.adapters.evidence import key_vault_epochs
from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Draft

WHO, OTHER = person(1), person(2)
CROWD = [person(number) for number in range(40)]
WAIT_S = 20.0


def provision(number: int) -> Draft:
    return Draft(kind=Kind.PROVISION, payload=b'{"n":%d}' % number, person=person(number))


def erasing(log: WritableLog, whose: int = 1) -> None:
    one = Erasure(key=KeyClass.CONTENT, at=START, under="PIPL-47", position=0)
    log.erase({person(whose): one})


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_vault_epochs, "_CHUNK", 4)


def between_chunks(monkeypatch: pytest.MonkeyPatch, act: Callable[[int], None]) -> list[int]:
    """Let something be done between any two chunks; returns which of them there were."""
    turns: list[int] = []

    def turn(_: float) -> None:
        turns.append(len(turns))
        act(turns[-1])

    monkeypatch.setattr(key_vault_epochs, "sleep", turn)
    return turns


def epochs_of_rows(kit: Kit) -> set[int]:
    rows = kit.open_vault()._rows.execute("SELECT DISTINCT epoch FROM individual").fetchall()  # noqa: SLF001  as they stand
    return {int.from_bytes(epoch, "big") for (epoch,) in rows}


def test_records_are_appended_between_two_chunks_and_all_is_of_the_new_epoch(
    either_kit_of: KitOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append([provision(number) for number in range(40)])
    gone = kit.open_vault().ready([WHO], content=True)[WHO].content
    assert gone is not None
    appended: dict[int, int] = {}
    with ThreadPoolExecutor() as pool:

        def append(turn: int) -> None:
            # Of somebody new, and of the one whose content key has just gone: it gets another.
            future = pool.submit(log.append, [provision(100 + turn), provision(1)])
            appended[100 + turn] = future.result(WAIT_S).first

        turns = between_chunks(monkeypatch, append)
        erasing(log)
    assert len(turns) > 10
    assert epochs_of_rows(kit) == {2}
    vault, payloads = kit.open_vault(), kit.payloads()
    assert list(vault.check()) == []
    assert gone not in bytes_below(tmp_path)
    for number, position in appended.items():
        assert opened(payloads, log, position) == b'{"n":%d}' % number
        assert opened(payloads, log, position + 1) == b'{"n":1}'
    assert opened(payloads, log, 1) is None
    assert opened(payloads, log, 2) == b'{"n":2}'
    log.close()
    kit.close()
    assert kit.problems() == []


def test_what_is_sealed_before_the_keys_go_goes_with_them(
    either_kit_of: KitOf, tmp_path: Path
) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    with ThreadPoolExecutor() as pool:
        for turn in range(1, 6):
            waiting = [pool.submit(log.append, [provision(1)]) for _ in range(8)]
            erasing(log)
            positions = [one.result(WAIT_S).first for one in waiting]
            assert len(set(positions)) == 8
            vault, payloads = kit.open_vault(), kit.payloads()
            end = max(one.position for one in vault.erasures(WHO))
            for position in range(8 * turn):
                assert (opened(payloads, log, position) is None) is (position < end)
    log.close()
    kit.close()


def test_a_stop_while_the_epoch_changes_is_made_up_for_at_the_next_opening(
    either_kit_of: KitOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ends here."""

    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append([provision(number) for number in range(40)])
    gone = kit.open_vault().ready([WHO], content=True)[WHO].content
    assert gone is not None
    first = 0

    def append_and_end(turn: int) -> None:
        nonlocal first
        first = log.append([provision(100 + turn), *consents([1], whose=2)]).first
        if turn == 5:
            raise Killed

    between_chunks(monkeypatch, append_and_end)
    with pytest.raises(Killed):
        erasing(log)
    monkeypatch.setattr(key_vault_epochs, "sleep", time.sleep)
    assert epochs_of_rows(kit) == {1, 2}
    assert opened(kit.payloads(), log, 1) is None
    log.close()
    kit.close()
    log = kit.open()
    assert epochs_of_rows(kit) == {2}
    assert list(kit.open_vault().check()) == []
    assert (tmp_path / "keys" / "epoch.key").read_bytes().count(b'":"') == 2
    assert gone not in bytes_below(tmp_path)
    assert opened(kit.payloads(), log, first) == b'{"n":105}'
    log.close()
    kit.close()


def test_two_erasures_at_once_both_get_there(either_kit_of: KitOf, tmp_path: Path) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append([provision(number) for number in range(40)])
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(erasing, log, whose) for whose in (1, 2)]
        for one in both:
            one.result(WAIT_S)
    vault, payloads = kit.open_vault(), kit.payloads()
    for position in range(40):
        assert (opened(payloads, log, position) is None) is (position in {1, 2})
    assert epochs_of_rows(kit) == {3}
    assert list(vault.check()) == []
    log.close()
    kit.close()
